//! Exact tests of one count given its total: what Fisher's test and the comparison of two rates share.

use super::bisection::crossing;
use super::float::{float, size};
use super::not_computable::NotComputable;
use crate::model::estimate::{Estimate, Level};

/// Probabilities that differ by less than this share count as tied, as in R: sums of floating-point
/// numbers miss exact ties without it, and a looser one takes for ties what are none.
pub(super) const TIE: f64 = 1e-7;

/// More possible counts than this are not enumerated.
const MOST: u64 = 100_000;

/// The largest logarithm of an odds ratio that is looked for; `exp` overflows at 709.
const FARTHEST: f64 = 700.0;

/// The p values of an exact test.
///
/// The interval that goes with such a test is central: it leaves half of what the level allows in
/// each tail, and contains the value of the null hypothesis just when [`central`](Self::central) is
/// above that. `two_sided` can be smaller, so p < 0.05 beside a 95 percent interval that
/// contains the null hypothesis is no mistake; to be consistent, print `central` with the interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExactTest {
    /// The probability of all outcomes that are at most as probable as the observed one: what R
    /// prints.
    pub two_sided: f64,
    /// Twice the smaller of the two one-sided p values, at most 1.
    pub central: f64,
    /// The probability of a count as small as the observed one or smaller.
    pub less: f64,
    /// The probability of a count as large as the observed one or larger.
    pub greater: f64,
}

/// Where the interval of an exact test ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A limit on either side, each with half of what the level allows.
    Both,
    /// An upper limit only, for the claim that the ratio is small: the lower one is 0.
    Upper,
    /// A lower limit only, for the claim that the ratio is large: the upper one is infinite.
    Lower,
}

/// The distribution of one count given its total: the count `k` has a probability proportional to
/// `exp(weight + k * tilt)`, where the tilt is the logarithm of an odds ratio.
pub(super) struct Family {
    ln_weights: Vec<f64>,
    observed: usize,
}

impl Family {
    /// `span` counts follow the smallest one; `ln_step(k)` is the logarithm of how much more
    /// weight the count `k + 1` has than `k`; `observed` counts from the smallest one too.
    pub(super) fn new(
        span: u64,
        observed: u64,
        ln_step: impl Fn(u64) -> f64,
    ) -> Result<Self, NotComputable> {
        if span > MOST {
            return Err(NotComputable::TooLarge);
        }
        let mut ln_weights = vec![0.0];
        let mut sum = 0.0;
        for k in 0..span {
            sum += ln_step(k);
            ln_weights.push(sum);
        }
        let observed = size(observed)?;
        Ok(Self {
            ln_weights,
            observed,
        })
    }

    /// The probabilities at a tilt.
    fn probabilities(&self, tilt: f64) -> Vec<f64> {
        let tilted = || {
            let mut k = -1.0;
            self.ln_weights.iter().map(move |weight| {
                k += 1.0;
                weight + k * tilt
            })
        };
        let largest = tilted().fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = tilted().map(|weight| (weight - largest).exp()).collect();
        let sum: f64 = weights.iter().sum();
        weights.iter().map(|weight| weight / sum).collect()
    }

    /// The p values if the tilt is `tilt`.
    pub(super) fn test(&self, tilt: f64) -> ExactTest {
        let p = self.probabilities(tilt);
        let limit = p[self.observed] * (1.0 + TIE);
        let two_sided: f64 = p.iter().filter(|p| **p <= limit).sum();
        let less: f64 = p[..=self.observed].iter().sum();
        let greater: f64 = p[self.observed..].iter().sum();
        ExactTest {
            two_sided: two_sided.min(1.0),
            central: (2.0 * less.min(greater)).min(1.0),
            less: less.min(1.0),
            greater: greater.min(1.0),
        }
    }

    fn is_smallest(&self) -> bool {
        self.observed == 0
    }

    fn is_largest(&self) -> bool {
        self.observed + 1 == self.ln_weights.len()
    }

    /// The tilt at which the observed count is the expected one: the maximum of the likelihood.
    pub(super) fn likeliest(&self) -> f64 {
        if self.is_smallest() {
            return f64::NEG_INFINITY;
        }
        if self.is_largest() {
            return f64::INFINITY;
        }
        crossing(-FARTHEST, FARTHEST, |tilt| {
            let mut k = -1.0;
            let mean: f64 = self
                .probabilities(tilt)
                .iter()
                .map(|p| {
                    k += 1.0;
                    k * p
                })
                .sum();
            mean < float(self.observed)
        })
    }

    /// The tilts between which the observed count is not in a tail.
    fn limits(&self, level: Level, side: Side) -> (f64, f64) {
        let outside = 1.0 - level.get();
        let tail = match side {
            Side::Both => outside / 2.0,
            Side::Upper | Side::Lower => outside,
        };
        let low = if self.is_smallest() || side == Side::Upper {
            f64::NEG_INFINITY
        } else {
            crossing(-FARTHEST, FARTHEST, |tilt| {
                let p = self.probabilities(tilt);
                p[self.observed..].iter().sum::<f64>() < tail
            })
        };
        let high = if self.is_largest() || side == Side::Lower {
            f64::INFINITY
        } else {
            crossing(-FARTHEST, FARTHEST, |tilt| {
                let p = self.probabilities(tilt);
                p[..=self.observed].iter().sum::<f64>() > tail
            })
        };
        (low, high)
    }

    /// An odds ratio with the interval that belongs to [`ExactTest::central`] or, if it has one
    /// side, to one of the one-sided p values; `shift` is added to each tilt.
    pub(super) fn ratio(
        &self,
        value: f64,
        shift: f64,
        (level, side): (Level, Side),
        n: u64,
    ) -> Estimate {
        let (low, high) = self.limits(level, side);
        Estimate {
            value,
            low: (low + shift).exp().min(value),
            high: (high + shift).exp().max(value),
            level,
            n,
        }
    }
}
