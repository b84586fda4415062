//! Percentile intervals by drawing units again, with replacement.

use super::float::{quantile, size};
use super::not_computable::NotComputable;
use super::random::SplitMix64;
use crate::model::estimate::{Estimate, Level};

/// An interval by resampling, and how many resamples could not tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resampled {
    /// The statistic with its interval; `n` counts the units that were drawn.
    pub estimate: Estimate,
    /// The resamples in which the statistic has no value, for instance because one category is left.
    pub undefined: u32,
    /// All resamples.
    pub resamples: u32,
}

/// The percentiles of a statistic whose value is `value`, over resamples of so many units.
///
/// `statistic` is told which units were drawn, by number.
pub(super) fn percentiles(
    value: f64,
    units: usize,
    statistic: impl Fn(&[usize]) -> Result<f64, NotComputable>,
    level: Level,
    resamples: u32,
    seed: u64,
) -> Result<Resampled, NotComputable> {
    if resamples < 100 {
        return Err(NotComputable::TooFew);
    }
    let mut random = SplitMix64::new(seed);
    let mut drawn = vec![0; units];
    let mut values = Vec::new();
    for _ in 0..resamples {
        for unit in &mut drawn {
            *unit = size(random.below(units as u64))?;
        }
        values.extend(statistic(&drawn));
    }
    let undefined = values.iter().fold(resamples, |left, _| left - 1);
    if undefined > resamples / 20 {
        return Err(NotComputable::UndefinedResamples);
    }
    values.sort_by(f64::total_cmp);
    if values.first() == values.last() {
        return Err(NotComputable::NoVariation);
    }
    let tail = f64::midpoint(1.0, -level.get());
    Ok(Resampled {
        estimate: Estimate {
            value,
            low: quantile(&values, tail).min(value),
            high: quantile(&values, 1.0 - tail).max(value),
            level,
            n: units as u64,
        },
        undefined,
        resamples,
    })
}
