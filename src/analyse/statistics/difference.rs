//! The difference of two shares.

use super::not_computable::NotComputable;
use super::proportion::wilson;
use crate::model::estimate::{Estimate, Level};

/// The share in the first group minus that in the second, with Newcombe's interval.
///
/// It is put together from the Wilson intervals of the two shares, so that it stays within [-1, 1]
/// and has a width where a share is 0 or 1; the textbook `d ± z·se` has neither. It is method
/// 10 of the paper, without continuity correction.
///
/// Each group is `(successes, trials)`, counting cases with a known outcome; the groups share no
/// case. The number of units is that of both.
///
/// # Errors
///
/// [`NotComputable::NoData`] if a group is empty, [`NotComputable::Invalid`] if it has more
/// successes than trials.
///
/// # Examples
///
/// ```
/// use bitim::{analyse::statistics::difference, model::estimate::Level};
/// let change = difference::newcombe((56, 70), (48, 80), Level::P95).unwrap();
/// assert_eq!(format!("{change:.4}"), "0.2000 [0.0524, 0.3339]"); // SAS: RISKDIFF(CL=NEWCOMBE)
/// ```
///
/// # References
///
/// Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions:
/// comparison of eleven methods. *Statistics in Medicine* 17(8), 873–890.
pub fn newcombe(
    first: (u64, u64),
    second: (u64, u64),
    level: Level,
) -> Result<Estimate, NotComputable> {
    let share = |(successes, trials): (u64, u64)| {
        if successes > trials {
            return Err(NotComputable::Invalid("more successes than trials"));
        }
        wilson(successes, trials, level).ok_or(NotComputable::NoData)
    };
    let (first, second) = (share(first)?, share(second)?);
    let value = first.value - second.value;
    let below = (first.value - first.low).hypot(second.high - second.value);
    let above = (first.high - first.value).hypot(second.value - second.low);
    Ok(Estimate {
        value,
        low: (value - below).max(-1.0),
        high: (value + above).min(1.0),
        level,
        n: first.n.saturating_add(second.n),
    })
}
