//! The exact distribution of Kendall's S, the pairs in order less the pairs in reverse order, over
//! all orders of the observations: tau-b and Jonckheere-Terpstra are both S.

use std::collections::BTreeMap;

use super::float::float;
use super::not_computable::NotComputable;

/// The steps of work that the exact distribution may take: about a second without optimisation.
const WORK: usize = 30_000_000;

/// The most states that [`with_ties`] may pass through.
const STATES: usize = 20_000;

/// The most observations for which [`without_ties`] is asked.
pub(super) const EXACT_UP_TO: usize = 60;

/// The pairs among so many observations.
pub(super) fn pairs(observations: usize) -> usize {
    observations * observations.saturating_sub(1) / 2
}

/// The sizes of the groups of equal values, in the order of the values.
pub(super) fn tied(values: &[f64]) -> Vec<usize> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.chunk_by(|a, b| a >= b).map(<[f64]>::len).collect()
}

/// The same of values that stand for several.
pub(super) fn tied_times(values: impl Iterator<Item = (f64, usize)>) -> Vec<usize> {
    let mut sorted: Vec<(f64, usize)> = values.collect();
    sorted.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    let groups = sorted.chunk_by(|(one, _), (other, _)| one >= other);
    groups
        .map(|group| group.iter().map(|(_, times)| times).sum())
        .collect()
}

/// The pairs of cases that both variables put into the same order, and those that they put into
/// opposite orders.
pub(super) fn concordance(cases: &[(f64, f64)]) -> (u64, u64) {
    concordance_times(cases.iter().map(|case| (*case, 1)))
}

/// The same of cases that stand for several.
///
/// From the lowest first value to the highest, the second ones that came before are kept in a tree of
/// partial sums, so that each case takes a few steps (Knight 1966; Fenwick 1994): a hundred thousand
/// cases have five thousand million pairs.
pub(super) fn concordance_times(cases: impl Iterator<Item = ((f64, f64), u64)>) -> (u64, u64) {
    let mut cases: Vec<((f64, f64), u64)> = cases.collect();
    cases.sort_by(|((one, _), _), ((other, _), _)| one.total_cmp(other));
    let mut seconds: Vec<f64> = cases.iter().map(|((_, second), _)| *second).collect();
    seconds.sort_by(f64::total_cmp);
    let mut met = vec![0_u64; seconds.len() + 1];
    let up_to = |met: &[u64], mut place: usize| {
        let mut sum = 0;
        while place > 0 {
            sum += met[place];
            place &= place - 1;
        }
        sum
    };
    let (mut concordant, mut discordant) = (0, 0);
    for equal in cases.chunk_by(|((one, _), _), ((other, _), _)| one >= other) {
        let places = equal.iter().map(|((_, second), times)| {
            let below = seconds.partition_point(|other| other < second);
            (
                below,
                seconds.partition_point(|other| other <= second),
                times,
            )
        });
        for (below, at_most, times) in places.clone() {
            concordant += times * up_to(&met, below);
            discordant += times * (up_to(&met, seconds.len()) - up_to(&met, at_most));
        }
        for (below, _, times) in places {
            let mut place = below + 1;
            while place < met.len() {
                met[place] += times;
                place += place & place.wrapping_neg();
            }
        }
    }
    (concordant, discordant)
}

/// The distribution of S where no two observations are equal: that of the inversions of a
/// permutation, built up one observation at a time. Only sums of positive numbers, so that small
/// probabilities keep their digits.
pub(super) fn without_ties(observations: usize) -> Vec<(i64, f64)> {
    let mut inversions = vec![1.0];
    for size in 2..=observations {
        let mut next = vec![0.0; pairs(size) + 1];
        for added in 0..size {
            for (sum, p) in next[added..].iter_mut().zip(&inversions) {
                *sum += p / float(size);
            }
        }
        inversions = next;
    }
    let most = i64::try_from(pairs(observations)).unwrap_or(i64::MAX);
    (0..)
        .zip(inversions)
        .map(|(count, p): (i64, f64)| (most - 2 * count, p))
        .collect()
}

/// The distribution of S given the sizes of the groups of equal values of both variables, each in
/// the order of its values.
///
/// The groups of one variable are dealt out to those of the other one after another; what a group
/// adds to S depends only on how full those are, so that the fullness is the whole state.
pub(super) fn with_ties(one: &[usize], other: &[usize]) -> Result<Vec<(i64, f64)>, NotComputable> {
    let (Some(of_one), Some(of_other)) = (states(one), states(other)) else {
        let (dealt, places) = match (states(one), states(other)) {
            (Some(_), None) => (other, one),
            (None, Some(_)) => (one, other),
            _ => return Err(NotComputable::TooLarge),
        };
        return deal(dealt, places);
    };
    if of_one < of_other {
        deal(other, one)
    } else {
        deal(one, other)
    }
}

/// The number of ways in which groups of these sizes can be full, unless there are too many.
fn states(sizes: &[usize]) -> Option<usize> {
    sizes.iter().try_fold(1_usize, |states, size| {
        states
            .checked_mul(size + 1)
            .filter(|states| *states <= STATES)
    })
}

fn deal(groups: &[usize], places: &[usize]) -> Result<Vec<(i64, f64)>, NotComputable> {
    let all: usize = places.iter().sum();
    let most = pairs(all);
    if most > WORK / 8 {
        return Err(NotComputable::TooLarge);
    }
    let mut work = 0;
    let mut centred = vec![0.0; 2 * most + 1];
    centred[most] = 1.0;
    let mut layer = BTreeMap::from([(vec![0; places.len()], centred)]);
    for group in groups {
        let mut next: BTreeMap<Vec<usize>, Vec<f64>> = BTreeMap::new();
        for (used, distribution) in &layer {
            let free: Vec<usize> = places
                .iter()
                .zip(used)
                .map(|(all, used)| all - used)
                .collect();
            for hand in hands(*group, &free) {
                work += distribution.len();
                if work > WORK {
                    return Err(NotComputable::TooLarge);
                }
                let (below, above) = order(used, &hand);
                let ways: f64 = free
                    .iter()
                    .zip(&hand)
                    .map(|(free, drawn)| ways(*free, *drawn))
                    .product();
                let weight = ways / self::ways(free.iter().sum(), *group);
                let filled = used
                    .iter()
                    .zip(&hand)
                    .map(|(used, drawn)| used + drawn)
                    .collect();
                let target = next
                    .entry(filled)
                    .or_insert_with(|| vec![0.0; 2 * most + 1]);
                let (from, to) = if below >= above {
                    (0, below - above)
                } else {
                    (above - below, 0)
                };
                for (sum, p) in target[to..].iter_mut().zip(&distribution[from..]) {
                    *sum += weight * p;
                }
            }
        }
        layer = next;
    }
    let distribution = layer.into_values().next().unwrap_or_default();
    let lowest = -i64::try_from(most).unwrap_or(i64::MAX);
    Ok((lowest..)
        .zip(distribution)
        .filter(|(_, p)| *p > 0.0)
        .collect())
}

/// Every way to put so many into places with so much room.
fn hands(size: usize, free: &[usize]) -> Vec<Vec<usize>> {
    let mut partial = vec![(Vec::new(), size)];
    for (at, room) in free.iter().enumerate() {
        let later: usize = free[at + 1..].iter().sum();
        let mut next = Vec::new();
        for (hand, left) in partial {
            for drawn in left.saturating_sub(later)..=left.min(*room) {
                let mut longer: Vec<usize> = hand.clone();
                longer.push(drawn);
                next.push((longer, left - drawn));
            }
        }
        partial = next;
    }
    partial.into_iter().map(|(hand, _)| hand).collect()
}

/// The pairs in order and in reverse order between what is in the places and what is added.
fn order(used: &[usize], hand: &[usize]) -> (usize, usize) {
    let all: usize = used.iter().sum();
    let (mut passed, mut below, mut above) = (0, 0, 0);
    for (used, drawn) in used.iter().zip(hand) {
        below += drawn * passed;
        passed += used;
        above += drawn * (all - passed);
    }
    (below, above)
}

/// The number of ways to choose `drawn` of `size`.
fn ways(size: usize, drawn: usize) -> f64 {
    (0..drawn.min(size - drawn)).fold(1.0, |ways, at| ways * float(size - at) / float(at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_counted_as_one_by_one() {
        let cases: Vec<(f64, f64)> = (0..200_u32)
            .map(|at| (f64::from(at * 37 % 23) - 9.0, f64::from(at * at % 31) - 0.0))
            .chain([(0.0, -0.0), (-0.0, 0.0)])
            .collect();
        let (mut concordant, mut discordant) = (0, 0);
        for (at, (x, y)) in cases.iter().enumerate() {
            for (other, before) in &cases[..at] {
                concordant += u64::from((x > other && y > before) || (x < other && y < before));
                discordant += u64::from((x > other && y < before) || (x < other && y > before));
            }
        }
        assert_eq!(concordance(&cases), (concordant, discordant));
        let thrice = cases.iter().map(|case| (*case, 3));
        let thrice = concordance_times(thrice);
        assert_eq!(thrice, (9 * concordant, 9 * discordant));
        assert_eq!(concordance(&[]), (0, 0));
    }

    #[test]
    fn both_ways_agree_where_nothing_is_tied() {
        let one_by_one = without_ties(7);
        let dealt = with_ties(&[1; 7], &[1; 7]).unwrap();
        let known: f64 = one_by_one.iter().map(|(_, p)| p).sum();
        assert!((known - 1.0).abs() < 1e-12);
        assert_eq!(one_by_one.len(), dealt.len());
        for ((s, p), (other, q)) in one_by_one.iter().rev().zip(&dealt) {
            assert_eq!(s, other);
            assert!((p - q).abs() < 1e-12);
        }
    }
}
