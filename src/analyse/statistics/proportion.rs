//! Shares of small counts.
//!
//! [`wilson`] is the interval that the tables print. The others take the same arguments and answer
//! the same way, so that one can stand for another where a journal or an older study asks for it.

use super::beta::Beta;
use super::bisection::crossing;
use super::float::float;
use super::tails::critical;
use crate::model::estimate::{Estimate, Level, Share};

/// More trials than this are no small sample, and the digits of the exact limits would be wrong.
const MOST: u64 = 10_000_000;

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

/// The share with the exact interval of Clopper and Pearson.
///
/// It never covers less than `level` says, whatever the true share, and is therefore too wide on
/// average; [`wilson`] is closer to the level. Use it where a guarantee is asked for.
///
/// Arguments and `None` as for [`wilson`], and `None` above 10 million trials. At 0 successes the
/// lower limit is 0, at `trials` the upper one is 1; the other keeps half of what the level allows.
///
/// # Examples
///
/// ```
/// use bitim::{analyse::statistics::proportion, model::estimate::Level};
/// let share = proportion::clopper_pearson(15, 148, Level::P95).unwrap();
/// assert_eq!(format!("{share:.4}"), "0.1014 [0.0578, 0.1617]"); // R: binom.test(15, 148)
/// ```
///
/// # References
///
/// Clopper, C. J., & Pearson, E. S. (1934). The use of confidence or fiducial limits illustrated in
/// the case of the binomial. *Biometrika* 26(4), 404–413.
#[must_use]
pub fn clopper_pearson(successes: u64, trials: u64, level: Level) -> Option<Estimate> {
    let tail = (1.0 - level.get()) / 2.0;
    exact(successes, trials, level, |x, y| {
        Beta::new(x, y + 1.0).quantile(tail)
    })
}

/// The share with the interval of Jeffreys, by the quantiles of a beta distribution.
///
/// It is nearly as close to the level as [`wilson`] and has equal tails even for rare outcomes. The
/// limit is 0 at no success and 1 at no failure, as Brown, Cai and DasGupta advise, since the plain
/// quantile would exclude the observed share.
///
/// Arguments and `None` as for [`clopper_pearson`]. At levels far below one half, where the quantiles
/// may lie on one side of the observed share, the interval is widened to hold it.
///
/// # Examples
///
/// ```
/// use bitim::{analyse::statistics::proportion, model::estimate::Level};
/// let share = proportion::jeffreys(36, 154, Level::P95).unwrap();
/// assert_eq!(format!("{share:.4}"), "0.2338 [0.1723, 0.3051]"); // SAS: BINOMIAL(CL=JEFFREYS)
/// ```
///
/// # References
///
/// Brown, L. D., Cai, T. T., & DasGupta, A. (2001). Interval estimation for a binomial proportion.
/// *Statistical Science* 16(2), 101–133.
#[must_use]
pub fn jeffreys(successes: u64, trials: u64, level: Level) -> Option<Estimate> {
    let tail = (1.0 - level.get()) / 2.0;
    exact(successes, trials, level, |x, y| {
        Beta::new(x + 0.5, y + 0.5).quantile(tail)
    })
}

/// The share with the mid-P interval, which counts half of the observed outcome into each tail.
///
/// It is the exact interval without its excess width: it covers the level on average, not always,
/// and is for those who want limits from the binomial distribution rather than those of [`wilson`].
///
/// Arguments and `None` as for [`clopper_pearson`]; levels far below one half as for [`jeffreys`]. The
/// limits are solved to the last digits, where R's `exactci` stops at about 2e-5.
///
/// # Examples
///
/// ```
/// use bitim::{analyse::statistics::proportion, model::estimate::Level};
/// let share = proportion::mid_p(15, 148, Level::P95).unwrap();
/// assert_eq!(format!("{share:.4}"), "0.1014 [0.0601, 0.1581]"); // SAS: BINOMIAL(CL=MIDP)
/// ```
///
/// # References
///
/// Lancaster, H. O. (1961). Significance tests in discrete distributions. *Journal of the American
/// Statistical Association* 56(294), 223–234.
///
/// Newcombe, R. G. (1998). Two-sided confidence intervals for the single proportion: comparison of
/// seven methods. *Statistics in Medicine* 17(8), 857–872.
#[must_use]
pub fn mid_p(successes: u64, trials: u64, level: Level) -> Option<Estimate> {
    let tail = (1.0 - level.get()) / 2.0;
    exact(successes, trials, level, |x, y| {
        let with = Beta::new(x, y + 1.0);
        if y == 0.0 {
            return crossing(0.0, 1.0, |p| with.lower(p) / 2.0 < tail);
        }
        let without = Beta::new(x + 1.0, y);
        crossing(0.0, 1.0, |p| {
            f64::midpoint(with.lower(p), without.lower(p)) < tail
        })
    })
}

/// The share with the interval of Agresti and Coull: `p ± z·se` after adding `z²/2` successes and
/// as many failures.
///
/// It is always as wide as [`wilson`] or wider and can leave [0, 1], where it is cut off; its one
/// merit is that it can be worked out by hand.
///
/// Arguments and `None` as for [`wilson`]. It adds `z²/2`, not the rounded 2 of some textbooks. The
/// estimate is the observed share, not the centre of the interval.
///
/// # Examples
///
/// ```
/// use bitim::{analyse::statistics::proportion, model::estimate::Level};
/// let share = proportion::agresti_coull(36, 154, Level::P95).unwrap();
/// assert_eq!(format!("{share:.4}"), "0.2338 [0.1736, 0.3069]"); // SAS: BINOMIAL(CL=AGRESTICOULL)
/// ```
///
/// # References
///
/// Agresti, A., & Coull, B. A. (1998). Approximate is better than "exact" for interval estimation of
/// binomial proportions. *The American Statistician* 52(2), 119–126.
#[must_use]
pub fn agresti_coull(successes: u64, trials: u64, level: Level) -> Option<Estimate> {
    let z = critical(level);
    mirrored(successes, trials, level, |x, y| {
        let n = x + y + z * z;
        let centre = (x + z * z / 2.0) / n;
        centre - z * (centre * (1.0 - centre) / n).sqrt()
    })
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

/// A share with limits that are quantiles.
fn exact(
    successes: u64,
    trials: u64,
    level: Level,
    lower: impl Fn(f64, f64) -> f64,
) -> Option<Estimate> {
    if trials > MOST {
        return None;
    }
    mirrored(successes, trials, level, lower)
}

/// A share with the limits of a method that treats successes and failures alike: `lower` of the
/// numbers of both is one limit, and 1 minus `lower` of them swapped the other.
fn mirrored(
    successes: u64,
    trials: u64,
    level: Level,
    lower: impl Fn(f64, f64) -> f64,
) -> Option<Estimate> {
    if trials == 0 || successes > trials {
        return None;
    }
    let (x, y) = (float(successes), float(trials - successes));
    let value = x / float(trials);
    let limit = |x: f64, y: f64| if x > 0.0 { lower(x, y) } else { 0.0 };
    Some(Estimate {
        value,
        low: limit(x, y).clamp(0.0, value),
        high: (1.0 - limit(y, x)).clamp(value, 1.0),
        level,
        n: trials,
    })
}
