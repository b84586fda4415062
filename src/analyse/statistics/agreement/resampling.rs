//! How much would agreement vary had other units been coded?

use super::ratings::Ratings;
use crate::analyse::statistics::float::size;
use crate::analyse::statistics::not_computable::NotComputable;
use crate::analyse::statistics::resampling::{Resampled, percentiles};
use crate::model::estimate::Level;

/// Any statistic of agreement with a percentile interval by resampling the units.
///
/// Units are drawn with replacement and keep all their ratings: they, not the ratings, are what is
/// independent. The interval says what other units would have shown, coded by the same raters, and
/// nothing about other raters. With few units it is too narrow, as percentile intervals are.
///
/// `statistic` is a function of ratings, such as `|ratings| krippendorff(ratings, &Nominal)`. Units
/// that nobody rated are not drawn. `level` is two-sided. `resamples` are drawn, 2000 or more for a
/// published interval; the same `seed` gives the same interval on every machine. Resamples without a
/// value are counted in the result, and the limits are among the others. A limit that would pass the
/// value itself stops there.
///
/// # Errors
///
/// As the statistic; [`NotComputable::OneUnit`] for fewer than two units with two ratings;
/// [`NotComputable::NoVariation`] if all resamples give the same value, as at perfect agreement, for that
/// is no interval; [`NotComputable::UndefinedResamples`] if more than one resample in twenty has no value;
/// [`NotComputable::TooFew`] for fewer than 100 resamples, [`NotComputable::TooLarge`] beyond a
/// thousand million comparisons.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::agreement::{Nominal, Ratings, bootstrap, krippendorff};
/// use bitim::model::estimate::Level;
/// let pairs = [(0, 0), (0, 1), (1, 1), (1, 1), (0, 0), (1, 1), (0, 0), (1, 0), (0, 0), (1, 1)];
/// let units: Vec<_> = pairs.repeat(3).iter().map(|(one, other)| vec![Some(*one), Some(*other)]).collect();
/// let ratings = Ratings::new(&[0, 1], &units).unwrap();
/// let alpha = bootstrap(&ratings, |ratings| krippendorff(ratings, &Nominal), Level::P95, 2000, 1)
///     .unwrap().estimate;
/// assert_eq!(format!("{:.4}", alpha.value), "0.6067");   // Python: krippendorff 0.9.0
/// // Python, 100 000 samples by random.choices: 0.278 and 0.868
/// assert!((alpha.low - 0.278).abs() < 0.04 && (alpha.high - 0.868).abs() < 0.02);
/// ```
///
/// # References
///
/// Efron, B. & Tibshirani, R. J. (1993). *An introduction to the bootstrap*, chapter 13. Chapman & Hall.
/// Zapf, A., Castell, S., Morawietz, L. & Karch, A. (2016). Measuring inter-rater reliability for nominal
/// data – which coefficients and confidence intervals are appropriate? *BMC Medical Research
/// Methodology* 16, 93.
pub fn bootstrap<V>(
    ratings: &Ratings<V>,
    statistic: impl Fn(&Ratings<V>) -> Result<f64, NotComputable>,
    level: Level,
    resamples: u32,
    seed: u64,
) -> Result<Resampled, NotComputable> {
    let value = statistic(ratings)?;
    let paired = ratings.paired_units();
    if paired < 2 {
        return Err(NotComputable::OneUnit);
    }
    if resamples < 100 {
        return Err(NotComputable::TooFew);
    }
    ratings.work(size(u64::from(resamples))?)?;
    let is_rated = |at: &usize| ratings.rows()[*at].iter().any(Option::is_some);
    let rated: Vec<usize> = (0..ratings.units()).filter(is_rated).collect();
    let of_drawn =
        |drawn: &[usize]| statistic(&ratings.of_units(drawn.iter().map(|unit| rated[*unit])));
    let mut resampled = percentiles(value, rated.len(), of_drawn, level, resamples, seed)?;
    // Units with one rating are drawn, but say nothing.
    resampled.estimate.n = paired as u64;
    Ok(resampled)
}
