//! Fleiss' kappa.

use super::ratings::{Ratings, pairs};
use crate::analyse::statistics::float::float;
use crate::analyse::statistics::not_computable::NotComputable;

/// Fleiss' kappa and what it is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fleiss {
    /// The agreement beyond chance as a share of the largest possible.
    pub kappa: f64,
    /// The share of pairs of ratings of a unit that are equal.
    pub observed: f64,
    /// The same share for pairs drawn from all ratings.
    pub expected: f64,
    /// The standard error if kappa is 0, for the test of that; not for an interval.
    pub null_standard_error: f64,
    /// The units rated.
    pub units: u64,
}

/// Fleiss' kappa of any number of raters on unordered categories.
///
/// Raters need not be the same for each unit, only as many; with two it is Scott's pi. Where ratings
/// are missing or categories have an order, use [`krippendorff`](super::krippendorff()), which it
/// approaches with many units.
///
/// Units that nobody rated are left out.
///
/// # Errors
///
/// [`NotComputable::Invalid`] if units have different numbers of ratings;
/// [`NotComputable::NoData`], [`NotComputable::OneRater`], [`NotComputable::NoPair`] and
/// [`NotComputable::OneUnit`] for fewer than two units with two ratings;
/// [`NotComputable::OneCategory`] if all ratings are the same; [`NotComputable::TooLarge`] beyond a
/// thousand million comparisons.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::agreement::{Ratings, fleiss};
/// let unit = |yes: usize| [vec![Some("yes"); yes], vec![Some("no"); 8 - yes]].concat();
/// let kappa = fleiss(&Ratings::new(&["yes", "no"], &[unit(7), unit(3)]).unwrap()).unwrap();
/// // R: irr 0.84.1, kappam.fleiss(x): kappa 0.162, z 1.21
/// let z = kappa.kappa / kappa.null_standard_error;
/// assert_eq!(format!("{:.3} {z:.2}", kappa.kappa), "0.162 1.21");
/// ```
///
/// # References
///
/// Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. *Psychological Bulletin*
/// 76(5), 378–382. Fleiss, J. L., Nee, J. C. M. & Landis, J. R. (1979). Large sample variance of kappa in
/// the case of different sets of raters. *Psychological Bulletin* 86(5), 974–977.
pub fn fleiss<V>(ratings: &Ratings<V>) -> Result<Fleiss, NotComputable> {
    let units = ratings.comparable()?;
    let each = units[0].len();
    if ratings.rated().any(|unit| unit.len() != each) {
        return Err(NotComputable::Invalid(
            "Fleiss' kappa needs equally many ratings of each unit; Krippendorff's alpha does not",
        ));
    }
    let (n, m) = (float(units.len()), float(each));
    let mut totals = vec![0.0; ratings.scheme().len()];
    let mut equal = 0.0;
    for unit in &units {
        for place in unit {
            totals[*place] += 1.0;
        }
        equal += float(pairs(unit).filter(|(one, other)| one == other).count());
    }
    if totals.iter().filter(|total| **total > 0.0).count() < 2 {
        return Err(NotComputable::OneCategory);
    }
    let of_shares = |term: fn(f64) -> f64| totals.iter().map(|total| term(total / (n * m))).sum();
    let observed = equal / (n * m * (m - 1.0) / 2.0);
    let expected: f64 = of_shares(|p| p * p);
    let differ: f64 = of_shares(|p| p * (1.0 - p));
    let skew: f64 = of_shares(|p| p * (1.0 - p) * (1.0 - 2.0 * p));
    let variance = 2.0 * (differ * differ - skew) / (n * m * (m - 1.0));
    Ok(Fleiss {
        kappa: (observed - expected) / (1.0 - expected),
        observed,
        expected,
        null_standard_error: variance.max(0.0).sqrt() / differ,
        units: units.len() as u64,
    })
}
