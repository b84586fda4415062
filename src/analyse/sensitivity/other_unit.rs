//! The quantities with the other unit: events where cases are counted, cases where meetings are.

use std::collections::{BTreeMap, BTreeSet};

use super::quantities::{Values, real};
use crate::analyse::selection::Selection;
use crate::analyse::thresholds;
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::study::Period;
use crate::validate::typed::{texts, truths};

/// One act inside a mediation.
struct Act<'a> {
    case: &'a str,
    period: Option<&'a str>,
    outcome: Option<usize>,
    /// Was it held at home? Only of meetings with a known place.
    hosted: Option<bool>,
}

/// The quantities by events instead of cases, and for hosting by cases instead of meetings: a case
/// counts as hosted in a period if any of its meetings then was. The depth of roles is one of cases
/// only, and has no value here.
pub(super) fn of_other_unit(selection: &Selection) -> Result<Values> {
    let acts = acts(selection)?;
    let [first, last] = [selection.periods.first(), selection.periods.last()];
    let rate = |period: Option<&Period>| {
        let period = period?;
        let begun = acts.iter().filter(|act| act.period == Some(&period.code));
        let years = period.exposure(selection.window);
        (years > 0.0).then(|| real(begun.count() as u64) / years)
    };
    let ratio = rate(last)
        .zip(rate(first))
        .filter(|(_, first)| *first > 0.0)
        .map(|(last, first)| last / first);
    let values = [
        ("mediations", Some(real(acts.len() as u64))),
        ("frequency", ratio),
        ("hosted_first", hosted(&acts, first)),
        ("hosted_last", hosted(&acts, last)),
    ];
    let thresholds = thresholds::of(selection).into_iter();
    let reached = thresholds.map(|threshold| (threshold.column, reached(&acts, threshold.rank)));
    let values = values.map(|(name, value)| (name.to_owned(), value));
    let values = values.into_iter().chain(reached);
    Ok(values
        .filter_map(|(name, value)| Some((name, value?)))
        .collect())
}

fn acts<'a>(selection: &'a Selection) -> Result<Vec<Act<'a>>> {
    let events = &selection.events;
    let scale = selection.codes(Concept::Outcome);
    let rank = |code: &str| scale.iter().position(|(known, _)| known == code);
    let (cases, periods) = (texts(events, "case")?, texts(events, "period")?);
    let (outcomes, hosted) = (texts(events, "outcome")?, truths(events, "hosted")?);
    let [is_act, is_base, is_meeting] =
        ["is_act", "is_base", "is_meeting"].map(|name| truths(events, name));
    let (is_act, is_base, is_meeting) = (is_act?, is_base?, is_meeting?);
    let counts = |row: &usize| is_act.get(*row) == Some(true) && is_base.get(*row) == Some(true);
    Ok((0..events.height())
        .filter(counts)
        .filter_map(|row| {
            Some(Act {
                case: cases.get(row)?,
                period: periods.get(row),
                outcome: outcomes.get(row).and_then(rank),
                hosted: hosted
                    .get(row)
                    .filter(|_| is_meeting.get(row) == Some(true)),
            })
        })
        .collect())
}

fn reached(acts: &[Act], threshold: usize) -> Option<f64> {
    let known: Vec<usize> = acts.iter().filter_map(|act| act.outcome).collect();
    let successes = known.iter().filter(|rank| **rank >= threshold).count();
    (!known.is_empty()).then(|| real(successes as u64) / real(known.len() as u64))
}

fn hosted(acts: &[Act], period: Option<&Period>) -> Option<f64> {
    let code = period?.code.as_str();
    let mut cases: BTreeMap<&str, BTreeSet<bool>> = BTreeMap::new();
    for act in acts.iter().filter(|act| act.period == Some(code)) {
        if let Some(at_home) = act.hosted {
            cases.entry(act.case).or_default().insert(at_home);
        }
    }
    let at_home = cases.values().filter(|known| known.contains(&true)).count();
    (!cases.is_empty()).then(|| real(at_home as u64) / real(cases.len() as u64))
}
