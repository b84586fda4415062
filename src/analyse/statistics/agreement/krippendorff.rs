//! Krippendorff's alpha.

use super::distance::{Distance, Rated};
use super::ratings::{Ratings, pairs};
use crate::analyse::statistics::float::float;
use crate::analyse::statistics::not_computable::NotComputable;

/// Krippendorff's alpha: 1 less the observed disagreement as a share of the one expected by chance.
///
/// 1 is perfect agreement, 0 what raters reach who draw from all ratings at random, and below 0 they
/// disagree more than that. Unlike a kappa it takes any number of raters, with ratings missing, and
/// any distance: [`Nominal`](super::Nominal), [`Ordinal`](super::Ordinal),
/// [`Interval`](super::Interval), [`Ratio`](super::Ratio), [`Jaccard`](super::Jaccard) and
/// [`Masi`](super::Masi) for sets, or a function.
///
/// Units with fewer than two ratings can show no disagreement and are left out altogether.
///
/// # Errors
///
/// [`NotComputable::NoData`] without a rating, [`NotComputable::OneRater`],
/// [`NotComputable::NoPair`] if no unit has two ratings, [`NotComputable::OneUnit`] if only one has
/// (alpha would be 0 however little they differ), [`NotComputable::OneCategory`] if all comparable
/// ratings have one value (0 divided by 0; some programs say 1), [`NotComputable::NoVariation`] if the
/// distance is 0 between all values, [`NotComputable::Invalid`] if it is negative or not finite,
/// [`NotComputable::TooLarge`] beyond a thousand million comparisons.
///
/// # Examples
///
/// Which procedural roles two coders saw in four cases, each a set:
///
/// ```
/// use std::collections::BTreeSet;
/// use bitim::analyse::statistics::agreement::{Jaccard, Masi, Ratings, krippendorff};
/// let set = |roles: &[u8]| Some(BTreeSet::from_iter(roles.iter().copied()));
/// let units = [
///     vec![set(&[1]), set(&[1])],
///     vec![set(&[1, 2]), set(&[2])],
///     vec![set(&[3]), set(&[1, 3])],
///     vec![set(&[2, 3]), set(&[2, 3])],
/// ];
/// let ratings = Ratings::as_found(&units).unwrap();
/// let alpha = |value: f64| format!("{value:.4}");
/// // NLTK 3.10.4: AnnotationTask(data, distance=masi_distance).alpha()
/// assert_eq!(alpha(krippendorff(&ratings, &Masi).unwrap()), "0.5779");
/// assert_eq!(alpha(krippendorff(&ratings, &Jaccard).unwrap()), "0.6379");
/// ```
///
/// # References
///
/// Krippendorff, K. (2019). *Content analysis: an introduction to its methodology* (4th ed.), chapter
/// 12. Sage. Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of
/// Pennsylvania. For sets: Passonneau (2006), see [`Masi`](super::Masi).
pub fn krippendorff<V, D>(ratings: &Ratings<V>, distance: &D) -> Result<f64, NotComputable>
where
    D: Distance<V> + ?Sized,
{
    let units = ratings.comparable()?;
    let mut counts = vec![0_u64; ratings.scheme().len()];
    for place in units.iter().flatten() {
        counts[*place] += 1;
    }
    let mut n = 0.0;
    let mut values = Vec::new();
    for (value, count) in ratings.scheme().iter().zip(&counts) {
        let count = float(*count);
        let rank = n + f64::midpoint(count, 1.0);
        values.push(Rated { value, rank });
        n += count;
    }
    let between = |one: usize, other: usize| {
        let distance = if one == other {
            0.0
        } else {
            distance.between(&values[one.min(other)], &values[one.max(other)])
        };
        if distance.is_finite() && distance >= 0.0 {
            return Ok(distance);
        }
        Err(NotComputable::Invalid(
            "a distance is negative, infinite, or not a number; on a ratio scale no value is below 0",
        ))
    };

    let used: Vec<usize> = (0..counts.len()).filter(|at| counts[*at] > 0).collect();
    if used.len() < 2 {
        return Err(NotComputable::OneCategory);
    }
    let mut largest = 0.0_f64;
    for (one, other) in pairs(&used) {
        largest = largest.max(between(one, other)?);
    }
    if largest <= 0.0 {
        return Err(NotComputable::NoVariation);
    }
    // Only their proportions matter; as shares of the largest, no sum of distances is too large.
    let between = |one: usize, other: usize| between(one, other).map(|distance| distance / largest);
    let mut expected = 0.0;
    for (one, other) in pairs(&used) {
        expected += float(counts[one]) * float(counts[other]) * between(one, other)?;
    }
    let mut observed = 0.0;
    for unit in &units {
        let mut within = 0.0;
        for (one, other) in pairs(unit) {
            within += between(one, other)?;
        }
        observed += within / float(unit.len() - 1);
    }
    // Each pair counts once in both sums: observed / n against expected / (n (n - 1)).
    Ok(1.0 - observed / expected * (n - 1.0))
}
