//! The p values of a test that has a direction.

use statrs::distribution::{ContinuousCDF, Normal};

use crate::model::estimate::Level;

/// The p values of a test for a trend, in both directions and against either.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tails {
    /// The probability of a statistic at least as far from its expectation.
    pub two_sided: f64,
    /// The probability of a statistic at least as large.
    pub increasing: f64,
    /// The probability of a statistic at least as small.
    pub decreasing: f64,
}

/// A standardised statistic and its two-sided p by the normal approximation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Approximation {
    /// The statistic in standard deviations from its expectation.
    pub z: f64,
    /// The probability of one at least as far from 0.
    pub p: f64,
}

/// A test by the normal approximation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NormalTest {
    /// The standardised statistic.
    pub z: f64,
    /// Its p values.
    pub p: Tails,
}

impl Tails {
    /// Twice the smaller tail: another two-sided p, larger than [`Tails::two_sided`] where the
    /// distribution is skewed.
    #[must_use]
    pub fn doubled(&self) -> f64 {
        (2.0 * self.increasing.min(self.decreasing)).min(1.0)
    }

    /// The tails of an exact distribution, whose values and their expectation `centre.0 / centre.1`
    /// are whole numbers so that equal distances are recognised as equal.
    pub(super) fn exact(
        distribution: &[(i64, f64)],
        observed: i64,
        (numerator, denominator): (i128, i128),
    ) -> Self {
        let distance = |value: i64| (i128::from(value) * denominator - numerator).unsigned_abs();
        let limit = distance(observed);
        let probability = |is_in: &dyn Fn(i64) -> bool| {
            let within = distribution.iter().filter(|(value, _)| is_in(*value));
            within.map(|(_, p)| p).sum::<f64>().clamp(0.0, 1.0)
        };
        Self {
            two_sided: probability(&|value| distance(value) >= limit),
            increasing: probability(&|value| value >= observed),
            decreasing: probability(&|value| value <= observed),
        }
    }
}

impl NormalTest {
    /// The tails of the standard normal distribution at `z`.
    pub(super) fn at(z: f64) -> Self {
        let normal = Normal::standard();
        let p = Tails {
            two_sided: two_sided(z),
            increasing: normal.sf(z),
            decreasing: normal.cdf(z),
        };
        Self { z, p }
    }
}

/// The probability that a standard normal variable is at least as far from 0 as `z`.
pub(super) fn two_sided(z: f64) -> f64 {
    (2.0 * Normal::standard().sf(z.abs())).min(1.0)
}

/// The standard normal quantile of a two-sided level.
pub(super) fn critical(level: Level) -> f64 {
    Normal::standard().inverse_cdf(f64::midpoint(1.0, level.get()))
}
