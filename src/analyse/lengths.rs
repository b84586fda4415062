//! How long cases lasted, as far as their dates say.
//!
//! Dates are intervals of days, so a case has a shortest and a longest possible length. A case that is
//! open at the date of the view has lasted until then, and longer.

use std::collections::BTreeMap;

use super::engagements::Engagement;
use super::selection::Selection;
use super::statistics::survival::Observed;
use crate::error::Result;
use crate::validate::typed::{integers, texts, truths};

/// The days of a year, as for the exposure of periods.
pub(super) const YEAR: f64 = 365.25;

/// The length of a case in days, both its first and its last day included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Length {
    /// From the latest possible start to the earliest possible end.
    pub(super) shortest: Observed,
    /// From the earliest possible start to the latest possible end.
    pub(super) longest: Observed,
}

/// Why a case has no length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// The start is missing.
    Start,
    /// The end is missing, and not because the case is open.
    End,
}

/// Case → its length, or why it has none.
pub(super) type Lengths = BTreeMap<String, std::result::Result<Length, Gap>>;

/// The length of every case of the selection.
pub(super) fn all(selection: &Selection) -> Result<Lengths> {
    let limit = selection.window.latest.epoch();
    let frame = &selection.cases;
    let start_latest = integers(frame, "start_latest")?;
    let end_earliest = integers(frame, "end_earliest")?;
    let is_open = truths(frame, "is_open")?;
    // In a selection ends stop at the date of the view; whether a case had surely ended by then, only
    // the ends as coded say.
    let ends = integers(frame, "coded_end")?;
    let starts = integers(frame, "start_earliest")?;
    let mut lengths = BTreeMap::new();
    for (row, case) in texts(frame, "case")?.iter().enumerate() {
        let Some(case) = case else { continue };
        let is_open = is_open.get(row) == Some(true);
        let Some((first, last)) = starts[row].zip(start_latest[row]) else {
            lengths.insert(case.to_owned(), Err(Gap::Start));
            continue;
        };
        let end = match (is_open, end_earliest[row], ends[row]) {
            (true, ..) => Some((limit, false, limit, false)),
            (false, Some(earliest), Some(latest)) => {
                Some((earliest, true, latest.min(limit), latest <= limit))
            }
            _ => None,
        };
        let length = end.map(|(earliest, has_ended, latest, has_surely_ended)| Length {
            shortest: Observed {
                time: days(last.min(limit), earliest),
                is_event: has_ended,
            },
            longest: Observed {
                time: days(first, latest),
                is_event: has_surely_ended,
            },
        });
        lengths.insert(case.to_owned(), length.ok_or(Gap::End));
    }
    Ok(lengths)
}

/// The days from the first to the last, both included; a case lasts a day at least.
fn days(first: i32, last: i32) -> f64 {
    f64::from((last - first + 1).max(1))
}

/// The lengths of these cases that are known.
pub(super) fn known(lengths: &Lengths, cases: &[&Engagement]) -> Vec<Length> {
    cases
        .iter()
        .filter_map(|case| lengths.get(&case.case)?.ok())
        .collect()
}
