//! Do groups of a few cases differ in how long they last?

use super::float::float;
use super::not_computable::NotComputable;
use super::random::SplitMix64;
use super::survival::{Observed, cumulative_hazard};

/// The p value of the log-rank test by random exchange of cases between groups.
///
/// The chi-squared distribution of [`log_rank`](super::survival::log_rank) is an approximation for
/// many events; with a handful in each group it can be far off. Here the groups' excesses of
/// events over expectation, which are sums of one score per case, are compared with those after
/// exchange: the covariance is that of the permutations, so the statistic is near the
/// chi-squared one but not equal to it. It supposes that censoring does not depend on the group.
///
/// `groups` as for [`log_rank`](super::survival::log_rank); empty ones play no part. `resamples`
/// exchanges are drawn, the same for the same `seed`, and the data count as one more: p is never 0.
///
/// # Errors
///
/// [`NotComputable::NoData`] without a case, [`NotComputable::OneCategory`] if one group holds them
/// all, [`NotComputable::NoEvent`] if all are censored, [`NotComputable::NoVariation`] if all end at
/// the same time, [`NotComputable::Invalid`] if a duration is negative or not finite,
/// [`NotComputable::TooFew`] for fewer than 99 resamples, [`NotComputable::TooLarge`] for more than
/// a million.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::{log_rank, survival::Observed};
/// let group = |times: &[u8], open: &[u8]| -> Vec<Observed> {
///     let ends = times.iter().map(|time| Observed { time: f64::from(*time), is_event: true });
///     let still = open.iter().map(|time| Observed { time: f64::from(*time), is_event: false });
///     ends.chain(still).collect()
/// };
/// let maintained = group(&[9, 13, 18, 23, 31, 34, 48], &[13, 28, 45, 161]);
/// let other = group(&[5, 5, 8, 8, 12, 23, 27, 30, 33, 43, 45], &[16]);
/// let p = log_rank::by_permutation(&[maintained, other], 9999, 1).unwrap();
/// // R: coin::logrank_test(Surv(time, status) ~ x, aml, ties.method = "Hothorn-Lausen",
/// // distribution = exact()) has p = 0.0666
/// assert!((p - 0.0666).abs() < 0.01);
/// ```
///
/// # References
///
/// Peto, R. & Peto, J. (1972). Asymptotically efficient rank invariant test procedures. *Journal of
/// the Royal Statistical Society A* 135(2), 185–207. Hothorn, T. & Lausen, B. (2003). On the exact
/// distribution of maximally selected rank statistics. *Computational Statistics & Data Analysis*
/// 43(2), 121–137. Phipson, B. & Smyth, G. K. (2010). Permutation p-values should never be zero.
/// *Statistical Applications in Genetics and Molecular Biology* 9(1), 39.
pub fn by_permutation(
    groups: &[Vec<Observed>],
    resamples: u32,
    seed: u64,
) -> Result<f64, NotComputable> {
    let cases = groups.concat();
    let hazard = cumulative_hazard(&cases)?;
    let sizes: Vec<usize> = groups
        .iter()
        .map(Vec::len)
        .filter(|size| *size > 0)
        .collect();
    if sizes.len() < 2 {
        return Err(NotComputable::OneCategory);
    }
    if !cases.iter().any(|case| case.is_event) {
        return Err(NotComputable::NoEvent);
    }
    if resamples < 99 {
        return Err(NotComputable::TooFew);
    }
    if resamples > 1_000_000 {
        return Err(NotComputable::TooLarge);
    }
    let mut scores: Vec<f64> = cases
        .iter()
        .zip(hazard)
        .map(|(case, hazard)| f64::from(u8::from(case.is_event)) - hazard)
        .collect();
    if scores.iter().all(|score| score.abs() < 1e-12) {
        return Err(NotComputable::NoVariation);
    }
    let statistic = |scores: &[f64]| -> f64 {
        let mut rest = scores;
        let mut sum = 0.0;
        for size in &sizes {
            let (group, others) = rest.split_at(*size);
            sum += group.iter().sum::<f64>().powi(2) / float(*size);
            rest = others;
        }
        sum
    };
    // Equal statistics may differ by a rounding error, since their sums are in another order.
    let observed = statistic(&scores) * (1.0 - 1e-10);
    let mut random = SplitMix64::new(seed);
    let mut as_large = 1;
    for _ in 0..resamples {
        random.shuffle(&mut scores);
        as_large += u32::from(statistic(&scores) >= observed);
    }
    Ok(f64::from(as_large) / f64::from(resamples + 1))
}
