//! Does what the study and the claims name occur in the data?

use std::collections::BTreeSet;

use super::{Report, STUDY, claims};
use crate::model::concept::Concept;
use crate::model::finding::Findings;
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
    for (concept, named, kind) in [
        (Concept::Mediator, &study.mediator, "mediator in the data"),
        (Concept::Country, &study.home, "country in the data"),
    ] {
        let Some(named) = named else { continue };
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
            report.expect(&named.span(), kind, named.get_ref(), known);
        }
    }
    claims::check(draft, findings);
}
