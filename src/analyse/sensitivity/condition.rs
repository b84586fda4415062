//! Which cases meet a condition of the study.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use crate::analyse::engagements::Engagement;
use crate::analyse::selection::Selection;
use crate::model::concept::Concept;
use crate::model::date::{Day, Interval};
use crate::model::rule::{Row, Test};
use crate::model::study::DEPTH;
use crate::model::unit::Unit;

/// The cases whose variables pass every test.
pub(super) fn meeting(
    selection: &Selection,
    cases: &[Engagement],
    tests: &BTreeMap<Spanned<String>, Test>,
) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = cases.iter().map(|case| case.case.clone()).collect();
    for (key, test) in tests {
        let passing = passing(selection, cases, key.get_ref(), test);
        found.retain(|case| passing.contains(case));
    }
    found
}

fn passing(
    selection: &Selection,
    cases: &[Engagement],
    key: &str,
    test: &Test,
) -> BTreeSet<String> {
    if key == DEPTH {
        let codes = selection.data.depths();
        let passes = |case: &&Engagement| {
            let code = case.depth.and_then(|rank| codes.get(rank));
            let values: Vec<String> = code.iter().map(|code| code.code.clone()).collect();
            test.holds(&Row {
                values: &values,
                codes,
                ..Row::default()
            })
        };
        return cases
            .iter()
            .filter(passes)
            .map(|case| case.case.clone())
            .collect();
    }
    let table = selection
        .data
        .tables
        .iter()
        .find(|table| table.unit == Unit::Case);
    let Some((table, field, of)) =
        table.and_then(|table| Some((table, table.field(key)?, table.concept(Concept::Case)?)))
    else {
        return BTreeSet::new();
    };
    let (said, reasons, days) = (table.said(field), table.reasons(key), table.days(key));
    let names = table.texts(&of.key).into_iter().enumerate();
    names
        .filter(|(row, _)| {
            test.holds(&Row {
                values: said.get(*row).map_or(&[], Vec::as_slice),
                codes: &field.codes,
                reason: reasons.get(*row).copied().flatten(),
                days: days
                    .get(*row)
                    .copied()
                    .flatten()
                    .map(|(first, last)| Interval {
                        earliest: Day::from_epoch(first),
                        latest: Day::from_epoch(last),
                    }),
                best: None,
            })
        })
        .filter_map(|(_, case)| case.map(str::to_owned))
        .collect()
}
