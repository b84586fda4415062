//! Do values rise or fall over ordered groups?

use super::float::{finite, float};
use super::kendall_s::{concordance, pairs, tied, with_ties};
use super::not_computable::NotComputable;
use super::tails::{NormalTest, Tails};

/// The Jonckheere-Terpstra statistic and its tests.
#[derive(Clone, Debug, PartialEq)]
pub struct JonckheereTerpstra {
    /// The pairs of two groups in which the later group has the larger value; ties count one half.
    pub statistic: f64,
    /// Its expectation without a trend.
    pub expectation: f64,
    /// Its variance without a trend, corrected for ties.
    pub variance: f64,
    /// The test by the normal approximation, without continuity correction.
    pub normal: Result<NormalTest, NotComputable>,
    /// The test over all ways to deal out the values to the groups.
    pub exact: Result<Tails, NotComputable>,
}

/// Tests whether values rise or fall over ordered groups by Jonckheere and Terpstra's count of
/// ordered pairs.
///
/// The Kruskal-Wallis test ignores the order of the groups and so needs more cases to see a trend.
/// Prefer `exact` where it is given; its two-sided p is the probability of a statistic at least as
/// far from its expectation, as in SAS.
///
/// `groups` hold the values of the groups in their order, in any unit or as ranks; leave missing
/// values out. An empty group has no influence. Ties count one half and are corrected for in the
/// variance, as in SAS; `clinfun` and `DescTools` leave that out.
///
/// # Errors
///
/// [`NotComputable::NoData`] without a value, [`NotComputable::OneCategory`] if one group holds them
/// all, [`NotComputable::Invalid`] if one is not finite. Within the result,
/// [`NotComputable::NoVariation`] for the normal test if all values are equal (the exact p is 1
/// then), [`NotComputable::TooLarge`] for the exact test.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::jonckheere::jonckheere_terpstra;
/// let test = jonckheere_terpstra(&[vec![1.0, 2.0], vec![3.0, 4.0], vec![5.0, 6.0]]).unwrap();
/// assert_eq!(test.statistic, 12.0);
/// // R: clinfun::jonckheere.test(1:6, c(1, 1, 2, 2, 3, 3)) has p-value 0.02222: 1 of 90 in each tail
/// assert!((test.exact.unwrap().two_sided - 2.0 / 90.0).abs() < 1e-12);
/// ```
///
/// # References
///
/// Terpstra, T. J. (1952). The asymptotic normality and consistency of Kendall's test against trend,
/// when ties are present in one ranking. *Indagationes Mathematicae* 14, 327–333.
/// Jonckheere, A. R. (1954). A distribution-free k-sample test against ordered alternatives.
/// *Biometrika* 41(1/2), 133–145.
pub fn jonckheere_terpstra(groups: &[Vec<f64>]) -> Result<JonckheereTerpstra, NotComputable> {
    let values = groups.concat();
    finite(&values)?;
    if values.is_empty() {
        return Err(NotComputable::NoData);
    }
    let sizes: Vec<usize> = groups
        .iter()
        .map(Vec::len)
        .filter(|size| *size > 0)
        .collect();
    if sizes.len() < 2 {
        return Err(NotComputable::OneCategory);
    }
    let ties = tied(&values);
    let between = pairs(values.len()) - sizes.iter().map(|size| pairs(*size)).sum::<usize>();
    let in_order: Vec<(f64, f64)> = groups
        .iter()
        .enumerate()
        .flat_map(|(at, group)| group.iter().map(move |value| (float(at), *value)))
        .collect();
    let (rising, falling) = concordance(&in_order);
    let s = rising.cast_signed() - falling.cast_signed();
    let expectation = float(between) / 2.0;
    let statistic = expectation + float(s) / 2.0;
    let variance = variance(values.len(), &sizes, &ties);
    let normal = if ties.len() == 1 {
        Err(NotComputable::NoVariation)
    } else {
        Ok(NormalTest::at((statistic - expectation) / variance.sqrt()))
    };
    let exact = with_ties(&ties, &sizes).map(|null| Tails::exact(&null, s, (0, 1)));
    Ok(JonckheereTerpstra {
        statistic,
        expectation,
        variance,
        normal,
        exact,
    })
}

/// The variance of the statistic given the sizes of the groups and of the ties.
fn variance(cases: usize, groups: &[usize], ties: &[usize]) -> f64 {
    let n = float(cases);
    let sum = |sizes: &[usize], term: fn(f64) -> f64| -> f64 {
        sizes.iter().map(|size| term(float(*size))).sum()
    };
    let first = |n: f64| n * (n - 1.0) * (2.0 * n + 5.0);
    let second = |n: f64| n * (n - 1.0) * (n - 2.0);
    let third = |n: f64| n * (n - 1.0);
    let mut variance = (first(n) - sum(groups, first) - sum(ties, first)) / 72.0;
    if cases > 2 {
        variance += sum(groups, second) * sum(ties, second) / (36.0 * second(n));
    }
    variance + sum(groups, third) * sum(ties, third) / (8.0 * third(n))
}
