//! How varied are the categories of a set of cases?
//!
//! Natural logarithms throughout, and no correction for small samples: corrected values depend on a
//! guess at the categories that were not seen. Few cases show in the interval instead.

use super::float::{float, quantile, size};
use super::not_computable::NotComputable;
use super::random::SplitMix64;
use crate::model::estimate::{Estimate, Level};

/// The measures of diversity of one set of counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Diversity {
    /// Shannon's entropy in nats.
    pub shannon: f64,
    /// The entropy as a share of the largest one with the categories that occur (Pielou's evenness).
    pub evenness_of_observed: Result<f64, NotComputable>,
    /// The entropy as a share of the largest one with the categories that could occur.
    pub evenness_of_listed: Result<f64, NotComputable>,
    /// The chance that two cases drawn with replacement differ in category.
    pub gini_simpson: f64,
}

/// Shannon's entropy, its two normalisations, and the Gini-Simpson index.
///
/// Which normalisation is meant must be said: by the categories that occur, or by those of the
/// codebook. To compare diversity between sets, prefer [`hill`], which has a unit: categories.
///
/// `counts` are the cases in each category that could occur, zeros included; missing ones belong in
/// none.
///
/// # Errors
///
/// [`NotComputable::NoData`] without a case. Within the result, [`NotComputable::OneCategory`] for an
/// evenness among one category, which would be 0 divided by 0.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::diversity::diversity;
/// let measures = diversity(&[10, 0, 5, 3, 0, 2]).unwrap();
/// // R: vegan::diversity(x) has 1.207974, vegan::diversity(x, "simpson") 0.655
/// assert_eq!(format!("{:.6} {:.3}", measures.shannon, measures.gini_simpson), "1.207974 0.655");
/// assert_eq!(format!("{:.4}", measures.evenness_of_observed.unwrap()), "0.8714");   // H / log(4)
/// ```
///
/// # References
///
/// Shannon, C. E. (1948). A mathematical theory of communication. *Bell System Technical Journal*
/// 27(3), 379–423. Simpson, E. H. (1949). Measurement of diversity. *Nature* 163, 688.
/// Pielou, E. C. (1966). The measurement of diversity in different types of biological collections.
/// *Journal of Theoretical Biology* 13, 131–144.
pub fn diversity(counts: &[u64]) -> Result<Diversity, NotComputable> {
    let shannon = Measure::Shannon.of(counts)?;
    let observed = counts.iter().filter(|count| **count > 0).count();
    let share_of_largest = |categories: usize| {
        if categories < 2 {
            Err(NotComputable::OneCategory)
        } else {
            Ok((shannon / float(categories).ln()).min(1.0))
        }
    };
    Ok(Diversity {
        shannon,
        evenness_of_observed: share_of_largest(observed),
        evenness_of_listed: share_of_largest(counts.len()),
        gini_simpson: Measure::GiniSimpson.of(counts)?,
    })
}

/// The Hill number of order `q`: as many equally frequent categories would be as diverse.
///
/// Order 0 counts the categories that occur, 1 is the exponential of Shannon's entropy, 2 the inverse
/// of Simpson's concentration; the larger `q`, the less rare categories matter. Unlike an entropy, it
/// doubles when a set is joined by an equally diverse one that shares no category.
///
/// `counts` are the cases in each category; zeros have no influence, missing cases belong in none.
///
/// # Errors
///
/// [`NotComputable::NoData`] without a case, [`NotComputable::Invalid`] if `q` is negative or not
/// finite.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::diversity::hill;
/// let counts = [10, 0, 5, 3, 0, 2];
/// // R: vegan::renyi(x, scales = c(0, 1, 2), hill = TRUE)
/// let numbers = [0.0, 1.0, 2.0].map(|q| format!("{:.4}", hill(&counts, q).unwrap()));
/// assert_eq!(numbers, ["4.0000", "3.3467", "2.8986"]);
/// ```
///
/// # References
///
/// Hill, M. O. (1973). Diversity and evenness: a unifying notation and its consequences. *Ecology*
/// 54(2), 427–432.
pub fn hill(counts: &[u64], q: f64) -> Result<f64, NotComputable> {
    Measure::Hill(q).of(counts)
}

/// A measure of diversity, for [`bootstrap`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// Shannon's entropy in nats.
    Shannon,
    /// The Gini-Simpson index.
    GiniSimpson,
    /// The Hill number of that order.
    Hill(f64),
}

impl Measure {
    /// The measure of these counts.
    ///
    /// # Errors
    ///
    /// As [`diversity`] and [`hill`].
    pub fn of(self, counts: &[u64]) -> Result<f64, NotComputable> {
        let all: f64 = counts.iter().map(|count| float(*count)).sum();
        if all <= 0.0 {
            return Err(NotComputable::NoData);
        }
        let present = || counts.iter().filter(|count| **count > 0);
        let shares = || present().map(|count| float(*count) / all);
        let shannon = || {
            shares()
                .map(|share| -share * share.ln())
                .sum::<f64>()
                .max(0.0)
        };
        Ok(match self {
            Self::Shannon => shannon(),
            Self::GiniSimpson => (1.0 - shares().map(|share| share * share).sum::<f64>()).max(0.0),
            Self::Hill(q) if !(q >= 0.0 && q.is_finite()) => {
                return Err(NotComputable::Invalid(
                    "the order of a Hill number is negative",
                ));
            }
            Self::Hill(q) if (q - 1.0).abs() < 1e-9 => shannon().exp(),
            Self::Hill(q) => {
                // Relative to the largest share, so that high orders do not vanish.
                let largest = shares().fold(0.0, f64::max);
                let sum: f64 = shares().map(|share| (share / largest).powf(q)).sum();
                ((sum.ln() + q * largest.ln()) / (1.0 - q)).exp().max(1.0)
            }
        })
    }

    /// The smallest and largest value with so many categories.
    fn bounds(self, categories: usize) -> (f64, f64) {
        let categories = float(categories);
        match self {
            Self::Shannon => (0.0, categories.ln()),
            Self::GiniSimpson => (0.0, 1.0 - 1.0 / categories),
            Self::Hill(_) => (1.0, categories),
        }
    }
}

/// The most draws of a case that a bootstrap makes.
const DRAWS: u64 = 100_000_000;

/// A measure of diversity with an interval by resampling the cases.
///
/// A sample drawn from the cases has fewer rare categories than the cases, so that the usual
/// percentile interval lies too low, often below the estimate. This one takes the spread of the
/// resampled values about their mean, and puts it about the estimate; it is cut at the values that
/// are possible with the listed categories. It still knows nothing of categories that were not seen.
///
/// `counts` as in [`diversity`]. `level` is two-sided. `resamples` samples are drawn, 2000 or more for
/// a published interval; the same `seed` gives the same interval on every machine.
///
/// # Errors
///
/// As [`diversity`] and [`hill`]; [`NotComputable::OneCategory`] if one category holds all cases, for
/// resampling then shows no spread; [`NotComputable::TooFew`] for fewer than 100 resamples,
/// [`NotComputable::TooLarge`] for more than a hundred million draws.
///
/// # Examples
///
/// ```
/// use bitim::{analyse::statistics::diversity::{Measure, bootstrap}, model::estimate::Level};
/// let counts = [10, 0, 5, 3, 0, 2];
/// let shannon = bootstrap(&counts, Measure::Shannon, Level::P95, 2000, 1).unwrap();
/// assert_eq!(format!("{:.2}", shannon.value), "1.21");   // R: vegan::diversity(x)
/// // Python, 100 000 samples by random.choices: 0.882 and 1.427
/// assert!((shannon.low - 0.882).abs() < 0.02 && (shannon.high - 1.427).abs() < 0.02);
/// ```
///
/// # References
///
/// Marcon, E., Hérault, B., Baraloto, C. & Lang, G. (2012). The decomposition of Shannon's entropy
/// and a confidence interval for beta diversity. *Oikos* 121(4), 516–522.
pub fn bootstrap(
    counts: &[u64],
    measure: Measure,
    level: Level,
    resamples: u32,
    seed: u64,
) -> Result<Estimate, NotComputable> {
    let value = measure.of(counts)?;
    if counts.iter().filter(|count| **count > 0).count() < 2 {
        return Err(NotComputable::OneCategory);
    }
    if resamples < 100 {
        return Err(NotComputable::TooFew);
    }
    let cases = counts
        .iter()
        .try_fold(0_u64, |sum, count| sum.checked_add(*count))
        .filter(|cases| cases.saturating_mul(u64::from(resamples)) <= DRAWS)
        .ok_or(NotComputable::TooLarge)?;
    let categories: Vec<usize> = (0..counts.len())
        .flat_map(|category| (0..counts[category]).map(move |_| category))
        .collect();
    let mut random = SplitMix64::new(seed);
    let mut values = Vec::new();
    for _ in 0..resamples {
        let mut drawn = vec![0; counts.len()];
        for _ in 0..cases {
            drawn[categories[size(random.below(cases))?]] += 1;
        }
        values.push(measure.of(&drawn)?);
    }
    values.sort_by(f64::total_cmp);
    let mean = values.iter().sum::<f64>() / f64::from(resamples);
    let tail = f64::midpoint(1.0, -level.get());
    let (least, most) = measure.bounds(counts.len());
    Ok(Estimate {
        value,
        low: (value + quantile(&values, tail) - mean).clamp(least.min(value), value),
        high: (value + quantile(&values, 1.0 - tail) - mean).clamp(value, most.max(value)),
        level,
        n: cases,
    })
}
