//! Does what the study and the claims name occur in the data?

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Report, STUDY, claims};
use crate::model::concept::Concept;
use crate::model::finding::Findings;
use crate::model::study::Home;
use crate::validate::alike::Alike;
use crate::validate::cells::Cells;
use crate::validate::typed::Draft;

/// The mediator and the home of the study are among the mediators and the countries of the data, if
/// there are any: a name that does not occur would make every share a zero.
pub(crate) fn values(draft: &Draft, findings: &mut Findings) {
    let mut report = Report {
        rule: &STUDY,
        document: &draft.records.study,
        findings,
    };
    let study = &draft.records.study.value;
    let mediator = (Concept::Mediator, "mediator in the data");
    let country = (Concept::Country, "country in the data");
    let mut all: Vec<((Concept, &str), Range<usize>, &str)> = Vec::new();
    all.extend(
        study
            .mediator
            .iter()
            .map(|named| (mediator, named.span(), named.get_ref().as_str())),
    );
    if let Some(home) = &study.home {
        match home.get_ref() {
            Home::One(named) => all.push((country, home.span(), named)),
            Home::Each(each) => all.extend(each.iter().flat_map(|(who, named)| {
                [
                    (mediator, home.span(), who.as_str()),
                    (country, home.span(), named),
                ]
            })),
        }
    }
    for ((concept, kind), span, named) in all {
        let mut known: BTreeSet<&str> = BTreeSet::new();
        for table in &draft.tables {
            if let Some(field) = table.concept(concept) {
                let (alike, cells) = (
                    Alike::of_field(draft, table, field),
                    Cells::new(table, field),
                );
                known.extend(alike.first().iter().flat_map(|row| cells.of(*row)));
            }
        }
        if !known.is_empty() {
            report.expect(&span, kind, named, known);
        }
    }
    claims::check(draft, findings);
}
