//! Does a share rise or fall over ordered groups?

use super::float::{finite, float, size};
use super::not_computable::NotComputable;
use super::tails::{NormalTest, Tails};

/// A group of an ordered classification.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Group {
    /// The cases that have the property.
    pub successes: u64,
    /// The cases of which it is known whether they have it.
    pub total: u64,
    /// Where the group stands: a year, a rank or an amount.
    pub score: f64,
}

/// The Cochran-Armitage statistic and its asymptotic tests.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CochranArmitage {
    /// The sum of the scores of all cases that have the property.
    pub statistic: f64,
    /// The test with the binomial variance, as in R `prop.trend.test` and SAS; `z * z` is its
    /// chi-squared statistic with one degree of freedom.
    pub binomial: NormalTest,
    /// The test with the variance of the permutation distribution, as in `coin` and `StatXact`:
    /// `z` is smaller by `sqrt((N - 1) / N)`.
    pub permutation: NormalTest,
}

/// Tests by the normal approximation whether the share changes steadily with the score.
///
/// A chi-squared test of the table ignores the order of its groups and so needs more cases to see a
/// trend. With few cases prefer [`exact`]; this one is for scores and sizes that it cannot take.
///
/// Each group counts its cases with a known outcome; a group without any drops out with its score,
/// and groups with the same score are taken together by the definition. "Increasing" means that the
/// share rises with the score.
///
/// # Errors
///
/// [`NotComputable::NoData`] without a case, [`NotComputable::OneCategory`] if all cases have the
/// same score, [`NotComputable::NoVariation`] if all or none have the property,
/// [`NotComputable::Invalid`] if there are more successes than cases or a score is not finite.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::cochran_armitage::{Group, asymptotic};
/// let group = |successes, score| Group { successes, total: 20, score };
/// let test = asymptotic(&[group(1, 1.0), group(4, 2.0), group(3, 3.0), group(8, 4.0)]).unwrap();
/// // R: prop.trend.test(c(1, 4, 3, 8), rep(20, 4)) has X-squared 6.25, p-value 0.01242
/// assert_eq!(format!("{:.2} {:.5}", test.binomial.z, test.binomial.p.two_sided), "2.50 0.01242");
/// ```
///
/// # References
///
/// Cochran, W. G. (1954). Some methods for strengthening the common χ² tests. *Biometrics* 10(4),
/// 417–451. Armitage, P. (1955). Tests for linear trends in proportions and frequencies.
/// *Biometrics* 11(3), 375–386.
pub fn asymptotic(groups: &[Group]) -> Result<CochranArmitage, NotComputable> {
    let groups = checked(groups)?;
    let cases: f64 = groups.iter().map(|group| float(group.total)).sum();
    let successes: f64 = groups.iter().map(|group| float(group.successes)).sum();
    let origin = groups
        .iter()
        .map(|group| group.score * float(group.total))
        .sum::<f64>()
        / cases;
    let (mut deviation, mut spread) = (0.0, 0.0);
    for group in &groups {
        let distance = group.score - origin;
        deviation += distance * float(group.successes);
        spread += distance * distance * float(group.total);
    }
    let share = successes / cases;
    let z = deviation / (share * (1.0 - share) * spread).sqrt();
    if !z.is_finite() {
        return Err(NotComputable::Invalid("the scores are too far apart"));
    }
    Ok(CochranArmitage {
        statistic: groups
            .iter()
            .map(|group| group.score * float(group.successes))
            .sum(),
        binomial: NormalTest::at(z),
        permutation: NormalTest::at(z * ((cases - 1.0) / cases).sqrt()),
    })
}

/// The steps of work that an exact test may take: a few seconds without optimisation.
const WORK: u128 = 200_000_000;

/// Tests whether the share changes steadily with the score, from the exact distribution given the
/// sizes of the groups and the number of successes.
///
/// The normal approximation of [`asymptotic`] is wrong where a few successes decide. The two-sided p
/// is the probability of a statistic at least as far from its expectation, as in SAS, `StatXact` and
/// `coin`; twice the smaller tail ([`Tails::doubled`]) is another convention, and can be much larger.
///
/// Groups as in [`asymptotic`]. Scores must be multiples of a common step of at least a
/// ten-thousandth; years, ranks and simple fractions are. Ties have no influence: the
/// statistic is a whole number of steps, so equal distances are equal.
///
/// # Errors
///
/// As [`asymptotic`]; also [`NotComputable::OffLattice`] for other scores, and
/// [`NotComputable::TooLarge`] if the distribution would take longer than some seconds.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::cochran_armitage::{Group, exact};
/// let group = |successes, score| Group { successes, total: 4, score };
/// let p = exact(&[group(0, 1.0), group(2, 2.0), group(4, 3.0)]).unwrap();
/// // R: coin::chisq_test with scores and distribution = "exact"; 6 of the C(12, 6) = 924 outcomes
/// assert!((p.increasing - 6.0 / 924.0).abs() < 1e-12);
/// ```
///
/// # References
///
/// Williams, D. A. (1988). Tests for differences between several small proportions. *Applied
/// Statistics* 37(3), 421–434. Mehta, C. R., Patel, N. & Senchaudhuri, P. (1992). Exact stratified
/// linear rank tests for ordered categorical and binary data. *Journal of Computational and Graphical
/// Statistics* 1(1), 21–40.
pub fn exact(groups: &[Group]) -> Result<Tails, NotComputable> {
    let groups = checked(groups)?;
    let cases: u64 = groups.iter().map(|group| group.total).sum();
    let successes: u64 = groups.iter().map(|group| group.successes).sum();
    let is_flipped = successes > cases - successes;
    let marked = successes.min(cases - successes);
    let scores: Vec<f64> = groups.iter().map(|group| group.score).collect();
    let steps = lattice(&scores)?;
    let widest = steps.iter().copied().max().unwrap_or(0);
    let rows: u128 = groups
        .iter()
        .map(|group| u128::from(group.total.min(marked)) + 1)
        .sum();
    let width = u128::from(marked) * u128::from(widest) + 1;
    let cells = width.saturating_mul(u128::from(marked) + 1);
    if cells.saturating_mul(rows) > WORK {
        return Err(NotComputable::TooLarge);
    }
    let mut observed = 0_u64;
    let mut expected = 0_u128;
    let mut places = Vec::with_capacity(groups.len());
    for (group, step) in groups.iter().zip(&steps) {
        let count = if is_flipped {
            group.total - group.successes
        } else {
            group.successes
        };
        observed += count * step;
        expected += u128::from(group.total) * u128::from(*step);
        places.push((group.total, size(*step)?));
    }
    let distribution = conditional(
        &places,
        size(marked)?,
        float(marked) / float(cases),
        size(widest)?,
    );
    let whole = |value: u128| i128::try_from(value).map_err(|_| NotComputable::TooLarge);
    let p = Tails::exact(
        &distribution,
        i64::try_from(observed).map_err(|_| NotComputable::TooLarge)?,
        (whole(expected * u128::from(marked))?, i128::from(cases)),
    );
    if !is_flipped {
        return Ok(p);
    }
    Ok(Tails {
        two_sided: p.two_sided,
        increasing: p.decreasing,
        decreasing: p.increasing,
    })
}

/// The groups that have cases, if a trend can be sought in them.
fn checked(groups: &[Group]) -> Result<Vec<Group>, NotComputable> {
    let groups: Vec<Group> = groups
        .iter()
        .copied()
        .filter(|group| group.total > 0)
        .collect();
    let scores: Vec<f64> = groups.iter().map(|group| group.score).collect();
    finite(&scores)?;
    if groups.iter().any(|group| group.successes > group.total) {
        return Err(NotComputable::Invalid(
            "there are more successes than cases",
        ));
    }
    let Some(first) = scores.first() else {
        return Err(NotComputable::NoData);
    };
    let mut cases = 0_u64;
    for group in &groups {
        cases = cases
            .checked_add(group.total)
            .ok_or(NotComputable::TooLarge)?;
    }
    let successes: u64 = groups.iter().map(|group| group.successes).sum();
    if scores.iter().all(|score| score.total_cmp(first).is_eq()) {
        return Err(NotComputable::OneCategory);
    }
    if successes == 0 || successes == cases {
        return Err(NotComputable::NoVariation);
    }
    Ok(groups)
}

/// The scores as whole numbers of steps above the smallest.
fn lattice(scores: &[f64]) -> Result<Vec<u64>, NotComputable> {
    let lowest = scores.iter().copied().fold(f64::INFINITY, f64::min);
    for multiplier in 1..=10_000_u32 {
        let steps: Option<Vec<u64>> = scores
            .iter()
            .map(|score| whole_steps((score - lowest) * f64::from(multiplier)))
            .collect();
        if let Some(steps) = steps {
            let divisor = steps
                .iter()
                .copied()
                .fold(0, greatest_common_divisor)
                .max(1);
            return Ok(steps.into_iter().map(|step| step / divisor).collect());
        }
    }
    Err(NotComputable::OffLattice)
}

/// The nearest whole number, if the value is one but for rounding.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be whole and between 0 and a million million"
)]
fn whole_steps(value: f64) -> Option<u64> {
    let is_whole = (value - value.round()).abs() <= 1e-9 * value.max(1.0);
    (is_whole && value < 1e12).then_some(value.round() as u64)
}

fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 {
        a
    } else {
        greatest_common_divisor(b, a % b)
    }
}

/// The distribution of the statistic given the number of marked cases: group by group, over how many
/// are marked so far and what they add up to. Binomial weights with any share give the conditional
/// distribution; those with the overall one neither overflow nor vanish.
fn conditional(
    groups: &[(u64, usize)],
    marked: usize,
    share: f64,
    widest: usize,
) -> Vec<(i64, f64)> {
    let width = marked * widest + 1;
    let mut table = vec![vec![0.0; width]; marked + 1];
    table[0][0] = 1.0;
    for (at, (total, step)) in groups.iter().enumerate() {
        let most = usize::try_from(*total).map_or(marked, |total| total.min(marked));
        let weights = weights(*total, most, share);
        let is_last = at + 1 == groups.len();
        let mut next = vec![vec![0.0; width]; marked + 1];
        for (before, sums) in table.iter().enumerate() {
            let reached = before * widest + 1;
            for (count, weight) in weights.iter().enumerate().take(marked - before + 1) {
                if is_last && before + count != marked {
                    continue;
                }
                let target = &mut next[before + count][count * step..];
                for (sum, value) in target.iter_mut().zip(&sums[..reached]) {
                    *sum += weight * value;
                }
            }
        }
        table = next;
    }
    let sums = table.pop().unwrap_or_default();
    let all: f64 = sums.iter().sum();
    (0_i64..)
        .zip(sums.into_iter().map(|sum| sum / all))
        .collect()
}

/// The binomial weights of 0 to `most` marked cases of a group, as shares of the largest: each from the
/// one before, since the logarithms of the factorials of a million million have lost the digits that
/// their differences are made of.
fn weights(total: u64, most: usize, share: f64) -> Vec<f64> {
    let odds = share.ln() - (1.0 - share).ln();
    let mut logarithms = vec![0.0];
    let mut last = 0.0;
    for (count, left) in (0..most).zip((0..=total).rev()) {
        last += (float(left) / float(count + 1)).ln() + odds;
        logarithms.push(last);
    }
    let largest = logarithms.iter().copied().fold(0.0, f64::max);
    let shares = logarithms
        .into_iter()
        .map(|weight| (weight - largest).exp());
    shares.collect()
}
