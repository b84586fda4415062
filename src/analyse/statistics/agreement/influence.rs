//! Which unit and which rater pull agreement down?

use std::collections::{BTreeMap, BTreeSet};

use super::ratings::Ratings;
use crate::analyse::statistics::not_computable::NotComputable;

/// A statistic without each unit and without each rater.
#[derive(Clone, Debug, PartialEq)]
pub struct Influence {
    /// Without the unit at each place; the same as with it where the statistic does not use the unit.
    pub units: Vec<Result<f64, NotComputable>>,
    /// Without the rater at each place; of two raters, none is left to compare with.
    pub raters: Vec<Result<f64, NotComputable>>,
}

/// Computes a statistic again without each unit, and without each rater.
///
/// A value well above the one of all ratings marks the unit or the rater with whom the others agree
/// least. That is where to look, not what to leave out: the rater may be the one who is right.
///
/// `statistic` is any function of ratings that does not depend on the order of the units, such as
/// `|ratings| krippendorff(ratings, &Nominal)`.
///
/// # Errors
///
/// As the statistic for all ratings; [`NotComputable::TooLarge`] beyond a thousand million comparisons.
/// Within the result, the reason where the statistic has no value without a unit or rater.
///
/// # Examples
///
/// See the [module](super).
///
/// # References
///
/// Gwet, K. L. (2014). *Handbook of inter-rater reliability* (4th ed.), on influential units and raters.
pub fn influence<V>(
    ratings: &Ratings<V>,
    statistic: impl Fn(&Ratings<V>) -> Result<f64, NotComputable>,
) -> Result<Influence, NotComputable> {
    statistic(ratings)?;
    let (units, raters) = (ratings.units(), ratings.raters());
    let distinct: BTreeSet<_> = ratings.rows().iter().collect();
    ratings.work(distinct.len() + raters)?;
    let without_unit = |place: usize| {
        let others = (0..units).filter(|at| *at != place);
        statistic(&ratings.of_units(others))
    };
    let without_rater = |place: usize| statistic(&ratings.without_rater(place));
    // Of units with the same ratings one is as good as another to leave out.
    let mut known = BTreeMap::new();
    let rows = ratings.rows().iter().enumerate();
    Ok(Influence {
        units: rows
            .map(|(at, row)| *known.entry(row).or_insert_with(|| without_unit(at)))
            .collect(),
        raters: (0..raters).map(without_rater).collect(),
    })
}
