//! Events per unit of exposure: mediation efforts per year, meetings per process.

use statrs::function::gamma::{checked_gamma_lr, checked_gamma_ur};

use super::bisection::crossing;
use super::exact_test::{ExactTest, Family, Side};
use super::float::float;
use super::not_computable::NotComputable;
use crate::model::estimate::{Estimate, Level};

/// More events than this are no small sample, and their sums would take too long.
const MOST: u64 = 10_000_000;

/// How many events were counted, and over what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Events {
    /// The number of events.
    pub count: u64,
    /// What they were counted over: years, months, case-years. Not negative.
    pub exposure: f64,
}

impl Events {
    /// These events, if there is an exposure that they can be divided by.
    fn checked(self) -> Result<Self, NotComputable> {
        if !self.exposure.is_finite() || self.exposure < 0.0 {
            return Err(NotComputable::Invalid(
                "an exposure is negative or not a finite number",
            ));
        }
        if self.exposure == 0.0 {
            return Err(NotComputable::NoData);
        }
        if self.count > MOST {
            return Err(NotComputable::TooLarge);
        }
        Ok(self)
    }
}

/// The events per unit of exposure, with Garwood's exact interval.
///
/// Counts per year are small, often 0, where `rate ± z·se` has a negative limit or no width. The
/// interval holds if events come independently of each other; where they come in series it
/// is too narrow.
///
/// At 0 events the lower limit is 0 and the upper one keeps half of what the level allows, as in R.
///
/// # Errors
///
/// [`NotComputable::NoData`] if the exposure is 0, [`NotComputable::Invalid`] if it is negative or
/// not a finite number, [`NotComputable::TooLarge`] above 10 million events.
///
/// # Examples
///
/// ```
/// use bitim::{analyse::statistics::rate::{self, Events}, model::estimate::Level};
/// let events = Events { count: 137, exposure: 24.19893 };
/// let rate = rate::garwood(events, Level::P95).unwrap();
/// assert_eq!(rate.to_string(), "5.661 [4.753, 6.693]"); // R: poisson.test(137, 24.19893)
/// ```
///
/// # References
///
/// Garwood, F. (1936). Fiducial limits for the Poisson distribution. *Biometrika* 28(3/4), 437–442.
pub fn garwood(events: Events, level: Level) -> Result<Estimate, NotComputable> {
    let Events { count, exposure } = events.checked()?;
    let tail = (1.0 - level.get()) / 2.0;
    let x = float(count);
    let low = if count == 0 {
        0.0
    } else {
        crossing(0.0, x, |mean| {
            checked_gamma_lr(x, mean).unwrap_or(0.0) < tail
        })
    };
    let at_most = |mean: f64| checked_gamma_ur(x + 1.0, mean).unwrap_or(0.0);
    let mut above = 2.0 * (x + 1.0);
    while at_most(above) > tail {
        above *= 2.0;
    }
    let high = crossing(x, above, |mean| at_most(mean) > tail);
    let value = x / exposure;
    Ok(Estimate {
        value,
        low: (low / exposure).min(value),
        high: (high / exposure).max(value),
        level,
        n: count,
    })
}

/// The p values of the exact test that two rates are equal.
///
/// Given the total of the events, those of the first group are binomial with its share of the
/// exposure, whatever the common rate is; so no approximation is needed. `less` is the probability
/// that the first rate is as much smaller or more.
///
/// No event at all gives p = 1.
///
/// # Errors
///
/// Those of [`garwood`] for either group, with [`NotComputable::TooLarge`] above 100,000 events.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::rate::{self, Events};
/// let first = Events { count: 11, exposure: 800.0 };
/// let second = Events { count: 21, exposure: 3011.0 };
/// let test = rate::compare(first, second).unwrap();
/// assert_eq!(format!("{:.5}", test.two_sided), "0.07967"); // R: poisson.test(c(11, 21), c(800, 3011))
/// assert_eq!(format!("{:.4}", test.central), "0.1120"); // R: rateratio.test
/// ```
///
/// # References
///
/// Przyborowski, J., & Wilenski, H. (1940). Homogeneity of results in testing samples from Poisson
/// series. *Biometrika* 31(3/4), 313–323.
///
/// Fay, M. P. (2010). Two-sided exact tests and matching confidence intervals for discrete data. *The
/// R Journal* 2(1), 53–58.
pub fn compare(first: Events, second: Events) -> Result<ExactTest, NotComputable> {
    let (family, shift) = family(first, second)?;
    Ok(family.test(-shift))
}

/// The first rate divided by the second, with the exact interval.
///
/// It is the interval of the conditional binomial distribution of [`compare`] and belongs to
/// [`ExactTest::central`]: p < 0.05 by [`ExactTest::two_sided`] beside an interval that contains 1
/// is possible. Without events in one group the estimate is 0 or infinity, with one finite limit.
///
/// # Errors
///
/// Those of [`compare`], and [`NotComputable::NoEvent`] if there is none in either group.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::{exact_test::Side, rate::{self, Events}};
/// use bitim::model::estimate::Level;
/// let first = Events { count: 11, exposure: 800.0 };
/// let second = Events { count: 21, exposure: 3011.0 };
/// let ratio = rate::ratio(first, second, Level::P95, Side::Both).unwrap();
/// assert_eq!(ratio.to_string(), "1.971 [0.858, 4.277]"); // R: poisson.test(c(11, 21), c(800, 3011))
/// ```
///
/// # References
///
/// As for [`compare`].
pub fn ratio(
    first: Events,
    second: Events,
    level: Level,
    side: Side,
) -> Result<Estimate, NotComputable> {
    let (family, shift) = family(first, second)?;
    let value = quotient(first, second)?;
    let n = first.count + second.count;
    Ok(family.ratio(value, shift, (level, side), n))
}

/// The first rate divided by the second: the estimate of [`ratio`] without its interval, which takes the
/// longer the more events there are.
///
/// # Errors
///
/// Those of [`garwood`] for either group, and [`NotComputable::NoEvent`] if there is none in either.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::rate::{self, Events};
/// let first = Events { count: 11, exposure: 800.0 };
/// let second = Events { count: 21, exposure: 3011.0 };
/// assert_eq!(format!("{:.3}", rate::quotient(first, second).unwrap()), "1.971");
/// ```
pub fn quotient(first: Events, second: Events) -> Result<f64, NotComputable> {
    let (first, second) = (first.checked()?, second.checked()?);
    match (first.count, second.count) {
        (0, 0) => Err(NotComputable::NoEvent),
        (0, _) => Ok(0.0),
        (_, 0) => Ok(f64::INFINITY),
        (one, other) => Ok(float(one) / float(other) * (second.exposure / first.exposure)),
    }
}

/// The distribution of the events of the first group given those of both, and the logarithm of what
/// makes its odds a ratio of rates.
fn family(first: Events, second: Events) -> Result<(Family, f64), NotComputable> {
    let (first, second) = (first.checked()?, second.checked()?);
    let n = first.count + second.count;
    let ln_step = |k: u64| float(n - k).ln() - float(k + 1).ln();
    let family = Family::new(n, first.count, ln_step)?;
    Ok((family, second.exposure.ln() - first.exposure.ln()))
}
