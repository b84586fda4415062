//! Cohen's kappa.

use super::ratings::Ratings;
use super::weights::Weights;
use crate::analyse::statistics::float::float;
use crate::analyse::statistics::not_computable::NotComputable;

/// Cohen's kappa and what it is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cohen {
    /// The agreement beyond chance as a share of the largest possible.
    pub kappa: f64,
    /// The (weighted) agreement observed.
    pub observed: f64,
    /// The (weighted) agreement expected if the raters kept their shares of each category and
    /// did not look at the units.
    pub expected: f64,
    /// The standard error for an interval about kappa; 0 at perfect agreement.
    pub standard_error: f64,
    /// The standard error if kappa is 0, for the test of that; 0 if one rater used one category only.
    pub null_standard_error: f64,
    /// The units that both raters rated.
    pub units: u64,
}

/// Cohen's kappa of two raters, with weights for ordered categories.
///
/// It differs from [`fleiss`](super::fleiss()) and [`krippendorff`](super::krippendorff()) in letting
/// each rater have preferences of their own, so raters who prefer different categories are not
/// blamed for it. With a category that nearly every unit has, kappa is near 0 even if they agree in
/// nearly all of them: read it beside [`percent`](super::percent()).
///
/// Units that one of them did not rate are left out. The standard errors are for large samples; for
/// an interval with few units use [`bootstrap`](super::bootstrap).
///
/// # Errors
///
/// [`NotComputable::Invalid`] for more than two raters; [`NotComputable::NoData`],
/// [`NotComputable::OneRater`], [`NotComputable::NoPair`] and [`NotComputable::OneUnit`] for fewer than
/// two units with both ratings; [`NotComputable::OneCategory`] if both used one category only, the same,
/// so that chance alone makes them agree; [`NotComputable::TooLarge`] beyond a thousand million
/// comparisons.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::agreement::{Ratings, Weights, cohen};
/// let pairs = [(0, 1, 4), (0, 2, 1), (1, 1, 8), (2, 1, 1), (2, 2, 5)];   // one, other, how often
/// let units: Vec<Vec<Option<u8>>> = pairs.iter()
///     .flat_map(|(one, other, times)| vec![vec![Some(*one), Some(*other)]; *times]).collect();
/// let kappa = cohen(&Ratings::new(&[0, 1, 2], &units).unwrap(), Weights::Linear).unwrap();
/// // SAS, PROC FREQ: weighted kappa 0.4701, ASE 0.1457, ASE under H0 0.1426
/// let printed = [kappa.kappa, kappa.standard_error, kappa.null_standard_error].map(|x| format!("{x:.4}"));
/// assert_eq!(printed, ["0.4701", "0.1457", "0.1426"]);
/// ```
///
/// # References
///
/// Cohen, J. (1960). A coefficient of agreement for nominal scales. *Educational and Psychological
/// Measurement* 20(1), 37–46. Fleiss, J. L., Cohen, J. & Everitt, B. S. (1969). Large sample standard
/// errors of kappa and weighted kappa. *Psychological Bulletin* 72(5), 323–327.
pub fn cohen<V>(ratings: &Ratings<V>, weights: Weights) -> Result<Cohen, NotComputable> {
    if ratings.raters() > 2 {
        return Err(NotComputable::Invalid(
            "Cohen's kappa is of two raters; for more, Fleiss' kappa or Krippendorff's alpha",
        ));
    }
    let units = ratings.comparable()?;
    let categories = ratings.scheme().len();
    let weight = |i: usize, j: usize| weights.of(i, j, categories);
    let n = float(units.len());
    let mut shares = vec![vec![0.0; categories]; categories];
    let mut first = vec![0.0; categories];
    let mut second = vec![0.0; categories];
    for unit in &units {
        shares[unit[0]][unit[1]] += 1.0;
        first[unit[0]] += 1.0;
        second[unit[1]] += 1.0;
    }
    if first
        .iter()
        .zip(&second)
        .any(|(one, other)| *one + *other >= 2.0 * n)
    {
        return Err(NotComputable::OneCategory);
    }
    let of_all = |term: &dyn Fn(usize, usize) -> f64| {
        let pairs = (0..categories).flat_map(|i| (0..categories).map(move |j| (i, j)));
        pairs.map(|(i, j)| term(i, j)).sum::<f64>()
    };
    let chance = |i: usize, j: usize| first[i] * second[j] / (n * n);
    let observed = of_all(&|i, j| weight(i, j) * shares[i][j]) / n;
    let expected = of_all(&|i, j| weight(i, j) * chance(i, j));
    let kappa = (observed - expected) / (1.0 - expected);

    // The mean weight of each category of one rater with those of the other.
    let mean = |of: &dyn Fn(usize) -> f64| (0..categories).map(of).sum::<f64>() / n;
    let of_first: Vec<f64> = (0..categories)
        .map(|i| mean(&|j| weight(i, j) * second[j]))
        .collect();
    let of_second: Vec<f64> = (0..categories)
        .map(|j| mean(&|i| weight(i, j) * first[i]))
        .collect();
    let spread = |kappa: f64, share: &dyn Fn(usize, usize) -> f64| {
        let deviation =
            |i: usize, j: usize| weight(i, j) - (of_first[i] + of_second[j]) * (1.0 - kappa);
        let squares = of_all(&|i, j| share(i, j) * deviation(i, j).powi(2));
        let variance = squares - (kappa - expected * (1.0 - kappa)).powi(2);
        variance.max(0.0).sqrt() / ((1.0 - expected) * n.sqrt())
    };
    Ok(Cohen {
        kappa,
        observed,
        expected,
        standard_error: spread(kappa, &|i, j| shares[i][j] / n),
        null_standard_error: spread(0.0, &chance),
        units: units.len() as u64,
    })
}
