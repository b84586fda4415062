//! Shares of small counts.

use statrs::distribution::{ContinuousCDF, Normal};

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
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of cases are far below the 2^53 that f64 holds exactly"
)]
pub fn wilson(successes: u64, trials: u64, level: Level) -> Option<Estimate> {
    if trials == 0 || successes > trials {
        return None;
    }
    let n = trials as f64;
    let value = successes as f64 / n;
    let z = Normal::standard().inverse_cdf(f64::midpoint(1.0, level.get()));
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
        successes,
        trials,
        estimate: wilson(successes, trials, level),
    }
}
