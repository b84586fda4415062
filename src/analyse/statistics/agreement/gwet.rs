//! Gwet's AC1 and AC2.

use super::ratings::{Ratings, pairs};
use super::weights::Weights;
use crate::analyse::statistics::float::float;
use crate::analyse::statistics::not_computable::NotComputable;

/// Gwet's coefficient and what it is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gwet {
    /// AC1 without weights, AC2 with them.
    pub coefficient: f64,
    /// The (weighted) agreement observed.
    pub observed: f64,
    /// The (weighted) agreement expected by chance.
    pub expected: f64,
    /// The standard error over units, raters given.
    pub standard_error: f64,
    /// The units rated, by one rater or more.
    pub units: u64,
}

/// Gwet's AC1 (unweighted) or AC2 (weighted) of any number of raters, with ratings missing.
///
/// Chance agrees here only on units that are hard to tell, so that a category which nearly every
/// unit has does not push the coefficient to 0 as it does a kappa. The price is a value that depends on
/// the number of categories of the scheme, used or not, and that is 1 when all use one of several.
///
/// Units with one rating count for how often a category is used, not for the agreement.
///
/// # Errors
///
/// [`NotComputable::OneCategory`] if the scheme has no more; [`NotComputable::NoData`],
/// [`NotComputable::OneRater`], [`NotComputable::NoPair`] and [`NotComputable::OneUnit`] for fewer than
/// two units with two ratings; [`NotComputable::TooLarge`] beyond a thousand million comparisons.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::agreement::{Ratings, Weights, cohen, gwet};
/// let pairs = [(1, 1, 118), (1, 2, 5), (2, 1, 2)];   // one, other, how often
/// let units: Vec<Vec<Option<u8>>> = pairs.iter()
///     .flat_map(|(one, other, times)| vec![vec![Some(*one), Some(*other)]; *times]).collect();
/// let ratings = Ratings::new(&[1, 2], &units).unwrap();
/// let ac1 = gwet(&ratings, Weights::Unweighted).unwrap();
/// // R: irrCAC 1.0, gwet.ac1.raw(x): 0.94078, standard error 0.02306; kappa is -0.02339
/// assert_eq!(format!("{:.5} {:.5}", ac1.coefficient, ac1.standard_error), "0.94078 0.02306");
/// assert_eq!(format!("{:.5}", cohen(&ratings, Weights::Unweighted).unwrap().kappa), "-0.02339");
/// ```
///
/// # References
///
/// Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high
/// agreement. *British Journal of Mathematical and Statistical Psychology* 61(1), 29–48.
/// Gwet, K. L. (2014). *Handbook of inter-rater reliability* (4th ed.). Advanced Analytics.
pub fn gwet<V>(ratings: &Ratings<V>, weights: Weights) -> Result<Gwet, NotComputable> {
    let paired = float(ratings.comparable()?.len());
    let categories = ratings.scheme().len();
    if categories < 2 {
        return Err(NotComputable::OneCategory);
    }
    let units: Vec<Vec<usize>> = ratings.rated().collect();
    let n = float(units.len());
    let mut shares = vec![0.0; categories];
    for unit in &units {
        for place in unit {
            shares[*place] += 1.0 / float(unit.len()) / n;
        }
    }
    let weight = |i: usize, j: usize| weights.of(i, j, categories);
    let all = (0..categories).flat_map(|i| (0..categories).map(move |j| (i, j)));
    let k = float(categories);
    let scale = all.map(|(i, j)| weight(i, j)).sum::<f64>() / (k * (k - 1.0));
    let spread: f64 = shares.iter().map(|share| share * (1.0 - share)).sum();
    let expected = scale * spread;

    // Of each unit the agreement of its pairs, and what its categories add to the expected one.
    let mut parts = Vec::new();
    for unit in &units {
        let ratings = float(unit.len());
        let within: f64 = pairs(unit).map(|(one, other)| weight(one, other)).sum();
        let agreement = (unit.len() > 1).then(|| within / (ratings * (ratings - 1.0) / 2.0));
        let unused: f64 = unit.iter().map(|place| 1.0 - shares[*place]).sum();
        parts.push((agreement, scale * unused / ratings));
    }
    let agreements: f64 = parts.iter().filter_map(|(agreement, _)| *agreement).sum();
    let observed = agreements / paired;
    let coefficient = (observed - expected) / (1.0 - expected);
    let deviation = |(agreement, chance): &(Option<f64>, f64)| {
        let own = agreement.map_or(0.0, |agreement| n / paired * (agreement - expected));
        let moved = 2.0 * (1.0 - coefficient) * (chance - expected);
        (own - moved) / (1.0 - expected) - coefficient
    };
    let squares: f64 = parts.iter().map(|part| deviation(part).powi(2)).sum();
    Ok(Gwet {
        coefficient,
        observed,
        expected,
        standard_error: (squares / (n * (n - 1.0))).sqrt(),
        units: units.len() as u64,
    })
}
