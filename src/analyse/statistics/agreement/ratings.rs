//! Who gave which unit which value.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::analyse::statistics::float::float;
use crate::analyse::statistics::not_computable::NotComputable;

/// The most comparisons of two values that one call makes.
const COMPARISONS: f64 = 1e9;

/// To take up a unit costs as much as this many comparisons.
const UNIT: f64 = 50.0;

/// A finite number, so that numbers have an order and equal ones are equal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number(f64);

impl Number {
    /// `None` if `value` is infinite or not a number.
    #[must_use]
    pub fn new(value: f64) -> Option<Self> {
        // Adding 0 turns -0 into 0.
        value.is_finite().then_some(Self(value + 0.0))
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl Eq for Number {}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// The ratings of some units by some raters, with the values that a rating could be.
///
/// Units are rows and raters columns, and a rating that is missing is `None`: a matrix turned the
/// other way round would give another number and no error, so the names say which is which. A unit
/// keeps its place even if nobody rated it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ratings<V> {
    scheme: Arc<[V]>,
    raters: usize,
    /// For each unit and rater the place of the value in the scheme.
    units: Vec<Vec<Option<usize>>>,
}

impl<V: Ord + Clone> Ratings<V> {
    /// Ratings by a scheme of categories that was declared beforehand, in its order.
    ///
    /// Categories nobody used count: weights and the chance agreement of [`gwet`](super::gwet()) depend
    /// on how many there were to choose from.
    ///
    /// # Errors
    ///
    /// [`NotComputable::Invalid`] if units differ in their number of raters, if a rating is not in the
    /// scheme, or if a category is there twice.
    ///
    /// # Examples
    ///
    /// ```
    /// use bitim::analyse::statistics::agreement::Ratings;
    /// let ratings = Ratings::new(&["low", "middle", "high"], &[vec![Some("low"), None]]).unwrap();
    /// assert_eq!((ratings.units(), ratings.raters(), ratings.scheme().len()), (1, 2, 3));
    /// assert!(Ratings::new(&["low"], &[vec![Some("lwo")]]).is_err());
    /// ```
    pub fn new(scheme: &[V], units: &[Vec<Option<V>>]) -> Result<Self, NotComputable> {
        let places: BTreeMap<&V, usize> = scheme.iter().zip(0..).collect();
        if places.len() < scheme.len() {
            return Err(NotComputable::Invalid("a category is twice in the scheme"));
        }
        let raters = units.first().map_or(0, Vec::len);
        if units.iter().any(|unit| unit.len() != raters) {
            return Err(NotComputable::Invalid(
                "the units differ in their number of raters",
            ));
        }
        let place = |value: &V| {
            let unknown = NotComputable::Invalid("a rating is not in the scheme");
            places.get(value).copied().ok_or(unknown)
        };
        let unit = |unit: &Vec<Option<V>>| {
            let ratings = unit.iter();
            ratings
                .map(|rating| rating.as_ref().map(place).transpose())
                .collect()
        };
        Ok(Self {
            scheme: scheme.into(),
            raters,
            units: units.iter().map(unit).collect::<Result<_, _>>()?,
        })
    }

    /// Ratings that no list limits, such as sets of codes: the scheme is what occurs, in its order.
    ///
    /// # Errors
    ///
    /// [`NotComputable::Invalid`] if units differ in their number of raters.
    pub fn as_found(units: &[Vec<Option<V>>]) -> Result<Self, NotComputable> {
        let found: BTreeSet<V> = units.iter().flatten().flatten().cloned().collect();
        Self::new(&found.into_iter().collect::<Vec<V>>(), units)
    }
}

impl Ratings<Number> {
    /// Ratings that are numbers.
    ///
    /// # Errors
    ///
    /// [`NotComputable::Invalid`] if units differ in their number of raters, or a number is not finite.
    pub fn numbers(units: &[Vec<Option<f64>>]) -> Result<Self, NotComputable> {
        let number = |value: f64| {
            let infinite = NotComputable::Invalid("a value is not a finite number");
            Number::new(value).ok_or(infinite)
        };
        let unit = |unit: &Vec<Option<f64>>| {
            let ratings = unit.iter();
            ratings
                .map(|rating| rating.map(number).transpose())
                .collect()
        };
        let units: Vec<Vec<Option<Number>>> = units.iter().map(unit).collect::<Result<_, _>>()?;
        Self::as_found(&units)
    }
}

impl<V> Ratings<V> {
    /// The number of units, rated or not.
    #[must_use]
    pub const fn units(&self) -> usize {
        self.units.len()
    }

    /// The number of raters.
    #[must_use]
    pub const fn raters(&self) -> usize {
        self.raters
    }

    /// The values that a rating could be, in their order.
    #[must_use]
    pub fn scheme(&self) -> &[V] {
        &self.scheme
    }

    /// The number of units with two ratings or more: those on which raters can agree.
    #[must_use]
    pub fn paired_units(&self) -> usize {
        self.rated().filter(|unit| unit.len() > 1).count()
    }

    /// The rows of the units, as places in the scheme.
    pub(super) fn rows(&self) -> &[Vec<Option<usize>>] {
        &self.units
    }

    /// The ratings of each unit that has any, as places in the scheme.
    pub(super) fn rated(&self) -> impl Iterator<Item = Vec<usize>> {
        let units = self.units.iter();
        units
            .map(|unit| unit.iter().flatten().copied().collect())
            .filter(|unit: &Vec<usize>| !unit.is_empty())
    }

    /// The ratings of each unit that has two or more: at least one unit, or the reason why not.
    pub(super) fn paired(&self) -> Result<Vec<Vec<usize>>, NotComputable> {
        if self.rated().next().is_none() {
            return Err(NotComputable::NoData);
        }
        if self.raters < 2 {
            return Err(NotComputable::OneRater);
        }
        self.work(1)?;
        let paired: Vec<Vec<usize>> = self.rated().filter(|unit| unit.len() > 1).collect();
        if paired.is_empty() {
            return Err(NotComputable::NoPair);
        }
        Ok(paired)
    }

    /// As [`paired`](Self::paired), for a statistic that compares units with each other: at least two.
    pub(super) fn comparable(&self) -> Result<Vec<Vec<usize>>, NotComputable> {
        let paired = self.paired()?;
        if paired.len() < 2 {
            return Err(NotComputable::OneUnit);
        }
        Ok(paired)
    }

    /// Nothing, unless to compute a statistic so many times would take too long.
    pub(super) fn work(&self, times: usize) -> Result<(), NotComputable> {
        let square = |count: usize| float(count) * float(count);
        let each = UNIT + square(self.raters);
        let once = square(self.scheme.len()) + float(self.units.len()) * each;
        if once * float(times) > COMPARISONS {
            return Err(NotComputable::TooLarge);
        }
        Ok(())
    }

    /// The same with other rows.
    fn with(&self, raters: usize, units: Vec<Vec<Option<usize>>>) -> Self {
        Self {
            scheme: Arc::clone(&self.scheme),
            raters,
            units,
        }
    }

    /// The units at these places, as often as each is named.
    pub(super) fn of_units(&self, places: impl Iterator<Item = usize>) -> Self {
        let units = places.filter_map(|at| self.units.get(at).cloned());
        self.with(self.raters, units.collect())
    }

    /// The ratings of all raters but the one at this place.
    pub(super) fn without_rater(&self, place: usize) -> Self {
        let others = |unit: &Vec<Option<usize>>| {
            let ratings = unit.iter().enumerate();
            let others = ratings.filter(|(rater, _)| *rater != place);
            others.map(|(_, rating)| *rating).collect()
        };
        let units = self.units.iter().map(others).collect();
        self.with(self.raters.saturating_sub(1), units)
    }
}

/// Every two of the places, each pair once.
pub(super) fn pairs(places: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    let with_those_before = move |at: usize| places[..at].iter().map(move |one| (*one, places[at]));
    (0..places.len()).flat_map(with_those_before)
}
