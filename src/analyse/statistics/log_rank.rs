//! Do groups of a few cases differ in how long they last?

use super::float::size;
use super::mantel::Mantel;
use super::not_computable::NotComputable;
use super::random::SplitMix64;
use super::survival::{Observed, memberships, possible};

/// More steps than this are not taken: half a minute without optimisation.
const STEPS: usize = 2_000_000_000;

/// The p value of Mantel's log-rank test by random exchange of cases between groups.
///
/// The chi-squared distribution of [`log_rank`](super::survival::log_rank) is an approximation for
/// many events; with a handful in each group it can be far off. Here the same statistic is computed
/// again after each exchange. It weighs every time with events by those who are still under
/// observation, so that no case rules it by lasting much longer than all others, as it does where
/// each case has one score and the scores are summed (`logrank_test` of `coin`). It supposes that
/// censoring does not depend on the group.
///
/// `groups` as for [`log_rank`](super::survival::log_rank); empty ones play no part. `resamples`
/// exchanges are drawn, the same for the same `seed`, and the data count as one more: p is never 0.
///
/// # Errors
///
/// [`NotComputable::NoData`] without a case, [`NotComputable::OneCategory`] if one group holds them
/// all or all that last until the first event, [`NotComputable::NoEvent`] if all are censored,
/// [`NotComputable::NoVariation`] if all end at the same time, [`NotComputable::Invalid`] if a duration
/// is negative or not finite, [`NotComputable::TooFew`] for fewer than 99 resamples,
/// [`NotComputable::TooLarge`] for more than a million, or if they are more than half a minute's work.
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
/// // R: the share of the C(23, 11) ways to deal out the cases whose survdiff(Surv(time, status) ~ x)
/// // has a Chisq of 3.396 or more: 104 631 of 1 352 078
/// assert!((p - 0.0774).abs() < 0.01);
/// ```
///
/// # References
///
/// Mantel, N. (1966). Evaluation of survival data and two new rank order statistics arising in its
/// consideration. *Cancer Chemotherapy Reports* 50(3), 163–170. Heimann, G. & Neuhaus, G. (1998).
/// Permutational distribution of the log-rank statistic under random censorship with applications to
/// carcinogenicity assays. *Biometrics* 54(1), 168–184. Phipson, B. & Smyth, G. K. (2010). Permutation
/// p-values should never be zero. *Statistical Applications in Genetics and Molecular Biology* 9(1), 39.
pub fn by_permutation(
    groups: &[Vec<Observed>],
    resamples: u32,
    seed: u64,
) -> Result<f64, NotComputable> {
    let groups: Vec<Vec<Observed>> = groups
        .iter()
        .filter(|group| !group.is_empty())
        .cloned()
        .collect();
    let cases = groups.concat();
    possible(&cases)?;
    if groups.len() < 2 {
        return Err(NotComputable::OneCategory);
    }
    if resamples < 99 {
        return Err(NotComputable::TooFew);
    }
    let mantel = Mantel::of(&cases);
    let steps = mantel.steps(groups.len());
    if resamples > 1_000_000 || steps.saturating_mul(size(resamples.into())?) > STEPS {
        return Err(NotComputable::TooLarge);
    }
    let mut dealt = mantel.in_order(&memberships(&groups));
    let (statistic, _) = mantel.compare(&dealt, groups.len()).statistic()?;
    // Equal statistics may differ by a rounding error, since their sums are in another order.
    let observed = statistic * (1.0 - 1e-10);
    let mut random = SplitMix64::new(seed);
    let mut as_large = 1;
    for _ in 0..resamples {
        random.shuffle(&mut dealt);
        // Where no two groups are left to be compared, none differs.
        let statistic = mantel.compare(&dealt, groups.len()).statistic();
        let statistic = statistic.map_or(0.0, |(statistic, _)| statistic);
        as_large += u32::from(statistic >= observed);
    }
    Ok(f64::from(as_large) / f64::from(resamples + 1))
}
