//! Numbers formed from events. Those of one case resemble each other, so whole cases are drawn again,
//! and few cases have counts and no interval.

use std::collections::BTreeMap;

use super::measured::{Kind, Measured};
use super::units::Units;
use crate::analyse::by_case::{ByCase, RESAMPLES, SEED};
use crate::analyse::statistics::clustered::{self, FEWEST};
use crate::analyse::statistics::not_computable::NotComputable;
use crate::model::estimate::Level;
use crate::model::label::Label;

/// What a number is formed from: of every unit of each group whether it counts; nothing for one that
/// is not in the group or of which it is not known.
type Groups<'a> = &'a [Vec<Option<bool>>];

/// The number with the interval that its cases give it, if it has any, and with the counts by case.
///
/// Without a `level` none is asked for. `value` forms the number from some of the units; each group
/// needs its ten cases.
pub(super) fn settled(
    mut measured: Measured,
    units: &Units,
    groups: Groups,
    level: Option<Level>,
    value: impl Fn(&[usize]) -> Result<f64, NotComputable>,
) -> Measured {
    let mut cases: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut counts = vec![ByCase::default(); groups.len()];
    for row in 0..units.len() {
        for (group, counts) in groups.iter().zip(&mut counts) {
            if let Some(does) = group[row] {
                let case = units.case(row);
                counts.add(case, does);
                let rows = cases.entry(case).or_default();
                if rows.last() != Some(&row) {
                    rows.push(row);
                }
            }
        }
    }
    let cases: Vec<Vec<usize>> = cases.into_values().collect();
    let of_cases = |drawn: &[&Vec<usize>]| {
        let rows: Vec<usize> = drawn.iter().copied().flatten().copied().collect();
        value(&rows)
    };
    let resampled = match level {
        Some(_) if counts.iter().any(|group| group.len() < FEWEST) => {
            Err(NotComputable::FewClusters)
        }
        Some(level) => clustered::bootstrap(&cases, of_cases, level, RESAMPLES, SEED),
        None => Err(NotComputable::NoData),
    };
    let are_shares = matches!(measured.kind, Kind::Share | Kind::Difference);
    let words = counts.iter().map(|counts| counts.words(are_shares));
    let words: Vec<Label> = words.collect();
    let mut made_of = vec![measured.made_of, Label::join(&words, " − ")];
    if let Err(reason) = resampled {
        let text = Label::new(
            "interval {reason}",
            "аралығы {reason}",
            "интервал – {reason}",
        );
        made_of.push(text.fill(&[("reason", &reason.label())]));
    }
    measured.made_of = Label::join(&made_of, "; ");
    measured.interval = resampled.ok().map(|resampled| {
        let estimate = resampled.estimate;
        (estimate.low, estimate.high)
    });
    measured
}
