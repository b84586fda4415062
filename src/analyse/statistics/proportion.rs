//! Shares of small counts.

use super::float::float;
use super::tails::critical;
use crate::model::estimate::{Estimate, Level, Share};

/// The share of `successes` among `trials`, with a Wilson score interval.
///
/// Samples of mediation cases are small and shares often near 0 or 1, where the usual `p ± z·se`
/// leaves [0, 1] or has no width; Wilson's interval does neither, and covers better than the exact
/// one, which is too wide on average.
///
/// Both arguments count cases with a known outcome: missing ones belong in neither. `level` is
/// two-sided. Returns `None` if `trials` is 0 or smaller than `successes`. The limits are clamped at
/// the source: at 0 of 12 the lower one is 2.8e-17 in floating point, and is given as 0.
///
/// # Examples
///
/// ```
/// use bitim::{analyse::statistics::proportion, model::estimate::Level};
/// let share = proportion::wilson(8, 10, Level::P95).unwrap();
/// assert_eq!(format!("{share:.3}"), "0.800 [0.490, 0.943]");   // R: prop.test(8, 10, correct = FALSE)
/// assert!(proportion::wilson(0, 0, Level::P95).is_none());
/// ```
///
/// # References
///
/// Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
/// *Journal of the American Statistical Association* 22(158), 209–212.
#[must_use]
pub fn wilson(successes: u64, trials: u64, level: Level) -> Option<Estimate> {
    if trials == 0 || successes > trials {
        return None;
    }
    let n = float(trials);
    let value = float(successes) / n;
    let z = critical(level);
    let squared = z * z;
    let centre = value + squared / (2.0 * n);
    let half = z * (value * (1.0 - value) / n + squared / (4.0 * n * n)).sqrt();
    let scale = 1.0 + squared / n;
    let low = if successes == 0 {
        0.0
    } else {
        (centre - half) / scale
    };
    let high = if successes == trials {
        1.0
    } else {
        (centre + half) / scale
    };
    Some(Estimate {
        value,
        low: low.clamp(0.0, value),
        high: high.clamp(value, 1.0),
        level,
        n: trials,
    })
}

/// The share of `successes` among `trials` that keeps both, with a Wilson interval where there is
/// anything to divide by.
///
/// ```
/// use bitim::{analyse::statistics::proportion, model::estimate::Level};
/// let none = proportion::share(0, 0, Level::P95);
/// assert_eq!((none.successes, none.trials, none.estimate), (0, 0, None));
/// ```
#[must_use]
pub fn share(successes: u64, trials: u64, level: Level) -> Share {
    Share {
        estimate: wilson(successes, trials, level),
        ..Share::counted(successes, trials)
    }
}

/// What a share would be if all unknown outcomes were failures, and if all were successes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// The share if every unknown outcome was a failure.
    pub all_failed: Share,
    /// The share if every unknown outcome was a success.
    pub all_succeeded: Share,
}

/// The bounds of a share of which some outcomes are unknown.
///
/// Leaving unknown cases out assumes that they are like the known ones. These bounds assume
/// nothing: the share in all cases lies between them whatever the reason for not knowing. They are
/// wide where much is unknown, which is what there is to say.
///
/// `successes` of `known` outcomes, and the number of cases whose outcome is `unknown`. The share of
/// each bound counts all cases; without any, both are shares of nothing.
///
/// # Examples
///
/// ```
/// use bitim::{analyse::statistics::proportion, model::estimate::Level};
/// let bounds = proportion::bounds(6, 10, 2, Level::P95);
/// let [low, high] = [bounds.all_failed, bounds.all_succeeded];
/// assert_eq!((low.successes, low.trials), (6, 12));
/// assert_eq!((high.successes, high.trials), (8, 12));
/// ```
///
/// # References
///
/// Manski, C. F. (1989). Anatomy of the selection problem. *Journal of Human Resources* 24(3),
/// 343–360.
#[must_use]
pub fn bounds(successes: u64, known: u64, unknown: u64, level: Level) -> Bounds {
    let all = known.saturating_add(unknown);
    Bounds {
        all_failed: share(successes, all, level),
        all_succeeded: share(successes.saturating_add(unknown), all, level),
    }
}
