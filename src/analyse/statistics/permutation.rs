//! Is a difference larger than the cases' own order would bring about by chance?
//!
//! Observations of one case resemble each other: counting each attempt of a long case as independent
//! would make p values far too small. So labels change places only where they are exchangeable:
//! within cases, or between whole cases.

use std::collections::BTreeMap;

use super::float::{finite, float};
use super::not_computable::NotComputable;
use super::random::SplitMix64;
use super::tails::Tails;

/// What is exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exchange {
    /// The labels of the observations within each case: for a label that changes within cases.
    WithinCases,
    /// The labels of whole cases: for a label that all observations of a case share.
    WholeCases,
}

/// An observation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// What was measured.
    pub value: f64,
    /// The group: `true` or `false`.
    pub label: bool,
    /// The case, by any number of its own.
    pub case: u64,
}

/// The outcome of a permutation test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Permutation {
    /// The statistic of the data.
    pub statistic: f64,
    /// The shares of arrangements whose statistic is as far from 0, as large, or as small.
    pub p: Tails,
    /// How many arrangements were looked at.
    pub arrangements: u64,
    /// Whether these were all there are; if not, they were drawn at random.
    pub is_exact: bool,
}

/// Tests whether the mean of the observations labelled `true` differs from that of the others, by
/// exchanging labels as the cases allow.
///
/// A t test would take the observations of a case for independent. A generalised estimating equation
/// needs more cases than there are.
///
/// Cases differ, and where labels change places within cases, one with many `true` labels pulls the
/// difference its own way in every arrangement. So the two-sided p counts distance from the difference
/// that the arrangements have on average, as `coin` does; `SciPy` doubles the smaller tail. Between
/// whole cases p counts distance from 0, which is the average if they are equally long, and near it
/// otherwise.
///
/// `observations` in any order; leave out those that lack a value or a label. Other arguments as in
/// [`permutation_test`], which takes any statistic.
///
/// # Errors
///
/// As [`permutation_test`]; also [`NotComputable::NoVariation`] if all values are equal and
/// [`NotComputable::Invalid`] if one is not finite.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::permutation::{Exchange, Observation, mean_difference};
/// let values = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
/// let observations: Vec<Observation> = (0..6)
///     .map(|at| Observation { value: values[at], label: at > 2, case: at as u64 }).collect();
/// let test = mean_difference(&observations, Exchange::WholeCases, 1000, 1).unwrap();
/// // R: coin::oneway_test(value ~ label, distribution = "exact") has p = 0.1, which is 2 of C(6, 3)
/// assert_eq!((test.statistic, test.p.two_sided, test.is_exact), (3.0, 0.1, true));
/// ```
///
/// # References
///
/// As [`permutation_test`].
pub fn mean_difference(
    observations: &[Observation],
    exchange: Exchange,
    resamples: u32,
    seed: u64,
) -> Result<Permutation, NotComputable> {
    let values: Vec<f64> = observations.iter().map(|one| one.value).collect();
    finite(&values)?;
    if values.iter().all(|value| *value >= values[0])
        && values.iter().all(|value| *value <= values[0])
    {
        return Err(if values.is_empty() {
            NotComputable::NoData
        } else {
            NotComputable::NoVariation
        });
    }
    let labels: Vec<bool> = observations.iter().map(|one| one.label).collect();
    let cases: Vec<u64> = observations.iter().map(|one| one.case).collect();
    let compared = match exchange {
        Exchange::WithinCases => less_case_means(&values, &cases),
        Exchange::WholeCases => values.clone(),
    };
    let test = permutation_test(&labels, &cases, exchange, resamples, seed, |labels| {
        difference(&compared, labels)
    })?;
    let statistic = difference(&values, &labels);
    finite(&[statistic])?;
    Ok(Permutation { statistic, ..test })
}

/// The mean of the values labelled `true`, less that of the others.
fn difference(values: &[f64], labels: &[bool]) -> f64 {
    let mean = |wanted: bool| {
        let group = || {
            values
                .iter()
                .zip(labels)
                .filter(|(_, label)| **label == wanted)
        };
        group().map(|(value, _)| value).sum::<f64>() / float(group().count())
    };
    mean(true) - mean(false)
}

/// Each value less the mean of its case: their difference is 0 on average over the arrangements.
fn less_case_means(values: &[f64], cases: &[u64]) -> Vec<f64> {
    let mut of_case: BTreeMap<u64, Vec<f64>> = BTreeMap::new();
    for (value, case) in values.iter().zip(cases) {
        of_case.entry(*case).or_default().push(*value);
    }
    let mean = |case: &u64| {
        let values = &of_case[case];
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // Equal values must leave nothing, not a rounding error.
        (values.iter().sum::<f64>() / float(values.len())).clamp(least, most)
    };
    values
        .iter()
        .zip(cases)
        .map(|(value, case)| value - mean(case))
        .collect()
}

/// Tests a statistic of labels, two or more different ones, against its values when labels are exchanged as the cases allow.
///
/// If there are no more arrangements than `resamples`, all are looked at and p is exact. Otherwise
/// that many are drawn at random, the same ones for the same `seed`, and the data count as one more:
/// p is never 0, and holds its level for any number of draws.
///
/// `labels` and `cases` are parallel; `cases` numbers the case of each observation. `statistic` is 0
/// on average over the arrangements; equal values of it, but for rounding, count as equal.
/// `resamples` is at least 99; 9999 are usual.
///
/// # Errors
///
/// [`NotComputable::NoData`] without an observation, [`NotComputable::OneCategory`] if all labels are
/// equal, [`NotComputable::TooFew`] for fewer than 99 resamples, [`NotComputable::TooLarge`] for more
/// than a million, [`NotComputable::Invalid`] if `labels` and `cases` differ in length, if a case has
/// both labels where whole cases are to be exchanged, if no case has both where labels are to be
/// exchanged within cases, or if the statistic is not finite.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::permutation::{Exchange, permutation_test};
/// // Two cases of two observations, each before and after: 4 arrangements, one as large as the data.
/// let values = [1.0, 2.0, 1.0, 3.0];
/// let sum = |labels: &[bool]| values.iter().zip(labels).map(|(v, l)| if *l { *v } else { -v }).sum();
/// let labels = [false, true, false, true];
/// let test = permutation_test(&labels, &[1, 1, 2, 2], Exchange::WithinCases, 99, 1, sum).unwrap();
/// assert_eq!((test.arrangements, test.p.increasing, test.p.two_sided), (4, 0.25, 0.5));
/// ```
///
/// # References
///
/// Gail, M. H., Mark, S. D., Carroll, R. J., Green, S. B. & Pee, D. (1996). On design considerations
/// and randomization-based inference for community intervention trials. *Statistics in Medicine*
/// 15(11), 1069–1092. Phipson, B. & Smyth, G. K. (2010). Permutation p-values should never be zero.
/// *Statistical Applications in Genetics and Molecular Biology* 9(1), 39.
pub fn permutation_test<L: Copy + Ord>(
    labels: &[L],
    cases: &[u64],
    exchange: Exchange,
    resamples: u32,
    seed: u64,
    statistic: impl Fn(&[L]) -> f64,
) -> Result<Permutation, NotComputable> {
    let mut sets = sets(labels, cases, exchange)?;
    if resamples < 99 {
        return Err(NotComputable::TooFew);
    }
    if resamples > 1_000_000 {
        return Err(NotComputable::TooLarge);
    }
    let observed = statistic(labels);
    let all = sets
        .iter()
        .map(Set::arrangements)
        .fold(1_u64, u64::saturating_mul);
    let is_exact = all <= u64::from(resamples);
    let mut arranged = labels.to_vec();
    let mut values = Vec::new();
    if is_exact {
        for set in &mut sets {
            set.labels.sort_unstable();
        }
        for _ in 0..all {
            for set in &sets {
                set.place(&mut arranged);
            }
            values.push(statistic(&arranged));
            // As an odometer: the next set moves on when this one has come round.
            let _ = sets.iter_mut().any(Set::advance);
        }
    } else {
        let mut random = SplitMix64::new(seed);
        values.push(observed);
        for _ in 0..resamples {
            for set in &mut sets {
                random.shuffle(&mut set.labels);
                set.place(&mut arranged);
            }
            values.push(statistic(&arranged));
        }
    }
    finite(&values)?;
    let rounding = 1e-10 * values.iter().map(|value| value.abs()).fold(0.0, f64::max);
    let share = |is_in: &dyn Fn(f64) -> bool| {
        let within = values.iter().filter(|value| is_in(**value)).count();
        float(within) / float(values.len())
    };
    Ok(Permutation {
        statistic: observed,
        p: Tails {
            two_sided: share(&|value| value.abs() >= observed.abs() - rounding),
            increasing: share(&|value| value >= observed - rounding),
            decreasing: share(&|value| value <= observed + rounding),
        },
        arrangements: if is_exact { all } else { resamples.into() },
        is_exact,
    })
}

/// Things that may exchange their labels: each is one or several observations.
struct Set<L> {
    members: Vec<Vec<usize>>,
    labels: Vec<L>,
}

impl<L: Copy + Ord> Set<L> {
    /// The number of different orders of the labels.
    fn arrangements(&self) -> u64 {
        let mut counts: BTreeMap<L, u64> = BTreeMap::new();
        for label in &self.labels {
            *counts.entry(*label).or_insert(0) += 1;
        }
        let (mut ways, mut placed) = (1_u64, 0);
        for count in counts.into_values() {
            for at in 1..=count {
                placed += 1;
                // A number of ways after each step, so that the division leaves nothing.
                let Some(product) = ways.checked_mul(placed) else {
                    return u64::MAX;
                };
                ways = product / at;
            }
        }
        ways
    }

    fn place(&self, labels: &mut [L]) {
        for (members, label) in self.members.iter().zip(&self.labels) {
            for member in members {
                labels[*member] = *label;
            }
        }
    }

    /// The next order of the labels; `false` if it is the first one again.
    fn advance(&mut self) -> bool {
        let Some(last) = self.labels.windows(2).rposition(|pair| pair[0] < pair[1]) else {
            self.labels.sort_unstable();
            return false;
        };
        let before = self.labels[last];
        let later = self.labels.iter().rposition(|label| *label > before);
        self.labels.swap(last, later.unwrap_or(last + 1));
        self.labels[last + 1..].reverse();
        true
    }
}

/// The sets within which labels may be exchanged.
fn sets<L: Copy + Ord>(
    labels: &[L],
    cases: &[u64],
    exchange: Exchange,
) -> Result<Vec<Set<L>>, NotComputable> {
    if labels.len() != cases.len() {
        return Err(NotComputable::Invalid("labels and cases differ in number"));
    }
    let first = labels.first().ok_or(NotComputable::NoData)?;
    if labels.iter().all(|label| label == first) {
        return Err(NotComputable::OneCategory);
    }
    let mut members: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, case) in cases.iter().enumerate() {
        members.entry(*case).or_default().push(at);
    }
    let is_mixed =
        |members: &Vec<usize>| members.iter().any(|at| labels[*at] != labels[members[0]]);
    match exchange {
        Exchange::WithinCases => {
            let sets: Vec<Set<L>> = members
                .into_values()
                .filter(is_mixed)
                .map(|members| Set {
                    labels: members.iter().map(|at| labels[*at]).collect(),
                    members: members.into_iter().map(|at| vec![at]).collect(),
                })
                .collect();
            if sets.is_empty() {
                return Err(NotComputable::Invalid("no case has both labels"));
            }
            Ok(sets)
        }
        Exchange::WholeCases => {
            let members: Vec<Vec<usize>> = members.into_values().collect();
            if members.iter().any(is_mixed) {
                return Err(NotComputable::Invalid("a case has both labels"));
            }
            Ok(vec![Set {
                labels: members.iter().map(|members| labels[members[0]]).collect(),
                members,
            }])
        }
    }
}
