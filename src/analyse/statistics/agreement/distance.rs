//! How far apart are two values? The same question for categories, numbers and sets.

use std::collections::BTreeSet;

use super::ratings::Number;
use crate::analyse::statistics::float::float;

/// A value among those that were rated.
#[derive(Debug)]
pub struct Rated<'a, V> {
    /// The value.
    pub value: &'a V,
    /// The mean rank, from 1, of the ratings that have this value, among all that can be compared.
    pub rank: f64,
}

/// The disagreement of two ratings, for [`krippendorff`](super::krippendorff()).
///
/// It is asked only about values that differ, and in one order: equal values are at distance 0, and
/// distances are symmetric. They are used as they are; where a definition squares a difference, the
/// distance is the square.
///
/// Any function of two values is one: `&|one: &Number, other: &Number| …`.
pub trait Distance<V> {
    /// The distance: finite and not negative, else there is no alpha.
    fn between(&self, one: &Rated<V>, other: &Rated<V>) -> f64;
}

impl<V, F: Fn(&V, &V) -> f64> Distance<V> for F {
    fn between(&self, one: &Rated<V>, other: &Rated<V>) -> f64 {
        self(one.value, other.value)
    }
}

/// Different values are at distance 1.
#[derive(Clone, Copy, Debug)]
pub struct Nominal;

/// The square of how many ratings lie between two values, half of those with either included.
///
/// That is the difference of their mean ranks, so only the order of the scheme matters and no
/// distance between categories is assumed; a category that nobody used adds none.
#[derive(Clone, Copy, Debug)]
pub struct Ordinal;

/// The square of the difference of two numbers.
#[derive(Clone, Copy, Debug)]
pub struct Interval;

/// The square of the difference of two numbers as a share of their sum, for quantities with a zero:
/// there is no distance from a number below 0.
#[derive(Clone, Copy, Debug)]
pub struct Ratio;

/// The share of the members of two sets that are not in both (Jaccard): 1 for disjoint sets.
///
/// Two empty sets are equal, and an empty one is at distance 1 from any other.
#[derive(Clone, Copy, Debug)]
pub struct Jaccard;

/// Passonneau's MASI: Jaccard's similarity, reduced to 2/3 where one set contains the other, and to
/// 1/3 where each has members that the other lacks, taken from 1.
///
/// To leave out a code is thus a smaller disagreement than to put another in its place. The
/// weights are those of the paper, 1, 2/3, 1/3 and 0, unrounded, as in NLTK 3.10.4; Passonneau's earlier
/// measure of 2004 has no Jaccard factor. Empty sets as for [`Jaccard`], where NLTK divides 0 by 0.
///
/// # Examples
///
/// ```
/// use std::collections::BTreeSet;
/// use bitim::analyse::statistics::agreement::{Distance, Masi, Rated};
/// let masi = |one: &[u8], other: &[u8]| {
///     let [one, other] = [one, other].map(|set| BTreeSet::from_iter(set.iter().copied()));
///     let distance = Masi.between(&Rated { value: &one, rank: 1.0 }, &Rated { value: &other, rank: 2.0 });
///     format!("{distance:.4}")
/// };
/// // NLTK 3.10.4: masi_distance(set([1]), set([1, 2])) and so on
/// assert_eq!([masi(&[1], &[1, 2]), masi(&[1, 2], &[2, 3]), masi(&[1], &[2])], ["0.6667", "0.8889", "1.0000"]);
/// ```
///
/// # References
///
/// Passonneau, R. J. (2006). Measuring agreement on set-valued items (MASI) for semantic and pragmatic
/// annotation. *Proceedings of LREC 2006*, 831–836.
#[derive(Clone, Copy, Debug)]
pub struct Masi;

impl<V: PartialEq> Distance<V> for Nominal {
    fn between(&self, one: &Rated<V>, other: &Rated<V>) -> f64 {
        f64::from(one.value != other.value)
    }
}

impl<V> Distance<V> for Ordinal {
    fn between(&self, one: &Rated<V>, other: &Rated<V>) -> f64 {
        (one.rank - other.rank).powi(2)
    }
}

impl Distance<Number> for Interval {
    fn between(&self, one: &Rated<Number>, other: &Rated<Number>) -> f64 {
        (one.value.get() - other.value.get()).powi(2)
    }
}

impl Distance<Number> for Ratio {
    fn between(&self, one: &Rated<Number>, other: &Rated<Number>) -> f64 {
        // Halves, so that the sum of the largest numbers is still one.
        let [one, other] = [one.value.get() / 2.0, other.value.get() / 2.0];
        if one < 0.0 || other < 0.0 {
            return f64::NAN;
        }
        ((one - other) / (one + other)).powi(2)
    }
}

impl<C: Ord> Distance<BTreeSet<C>> for Jaccard {
    fn between(&self, one: &Rated<BTreeSet<C>>, other: &Rated<BTreeSet<C>>) -> f64 {
        1.0 - similarity(one.value, other.value)
    }
}

impl<C: Ord> Distance<BTreeSet<C>> for Masi {
    fn between(&self, one: &Rated<BTreeSet<C>>, other: &Rated<BTreeSet<C>>) -> f64 {
        let (one, other) = (one.value, other.value);
        let monotony = if one == other {
            1.0
        } else if one.is_subset(other) || other.is_subset(one) {
            2.0 / 3.0
        } else {
            1.0 / 3.0
        };
        1.0 - similarity(one, other) * monotony
    }
}

/// The share of the members of either set that are in both.
fn similarity<C: Ord>(one: &BTreeSet<C>, other: &BTreeSet<C>) -> f64 {
    if one == other {
        return 1.0;
    }
    float(one.intersection(other).count()) / float(one.union(other).count())
}
