//! Does a headline depend on one case, one coder, one definition? Every quantity under every variation.

mod condition;
mod group;
mod other_unit;
mod quantities;
mod readings;
mod variations;

pub(super) use group::{Family, Group};
pub(super) use quantities::{Kind, Quantity};
pub(super) use variations::Variation;

use super::selection::Selection;
use crate::error::Result;
use crate::side_by_side;

/// Two values nearer than this are the same: they are quotients of small whole numbers.
pub(crate) const NEAR: f64 = 1e-9;

/// The quantities under one variation.
pub(super) struct Run {
    pub(super) variation: Variation,
    pub(super) quantities: Vec<Quantity>,
}

/// The quantities as asked, and under every variation, in its order.
pub(super) type Runs = (Vec<Quantity>, Vec<Run>);

/// The runs of a selection, computed when they are first asked for: two tables show them.
///
/// `step` hears, as each run ends, how many have ended and how many there are.
pub(super) fn runs<'a>(
    selection: &'a Selection,
    step: &(dyn Fn(usize, usize) + Sync),
) -> Result<&'a Runs> {
    if let Some(known) = selection.runs.get() {
        return Ok(known);
    }
    let base = quantities::quantities(selection)?;
    let runs = under(selection, &|_| true, step, &|asked, variation| {
        let quantities = quantities::quantities(asked)?;
        if variation.group == Group::Unit {
            return other_unit::of_other_unit(asked, quantities);
        }
        Ok(quantities)
    })?;
    let run = |(variation, quantities)| Run {
        variation,
        quantities,
    };
    let computed = (base, runs.into_iter().map(run).collect());
    Ok(selection.runs.get_or_init(|| computed))
}

/// What `compute` makes of the record under every variation of the groups asked for, in its order.
///
/// Runs are computed side by side, since each is a pure function of the data and its question, and
/// collected in order, so that the result does not depend on how many run at a time.
pub(super) fn under<R: Send>(
    selection: &Selection,
    asks: &dyn Fn(Group) -> bool,
    step: &(dyn Fn(usize, usize) + Sync),
    compute: &(dyn Fn(&Selection, &Variation) -> Result<R> + Sync),
) -> Result<Vec<(Variation, R)>> {
    let mut variations = variations::variations(selection)?;
    variations.retain(|variation| asks(variation.group));
    let results = side_by_side::each(&variations, step, |variation| {
        let theirs;
        let data = match &variation.coder {
            Some(coder) => {
                theirs = selection.data.coded_by(coder)?;
                &theirs
            }
            None => selection.data,
        };
        compute(&data.select(&variation.question)?, variation)
    })?;
    Ok(variations.into_iter().zip(results).collect())
}

impl Run {
    /// The value of a quantity; none if the run has no such quantity, or nothing to form it from.
    pub(super) fn value(&self, name: &str) -> Option<f64> {
        let mut quantities = self.quantities.iter();
        quantities.find(|quantity| quantity.name == name)?.value
    }
}
