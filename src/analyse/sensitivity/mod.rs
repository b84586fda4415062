//! Does a headline depend on one case, one coder, one definition? Every quantity under every variation.

mod condition;
mod group;
mod other_unit;
mod quantities;
mod variations;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

pub(super) use group::{Family, Group};
pub(super) use quantities::{Kind, Quantity};
pub(super) use variations::Variation;

use super::selection::Selection;
use super::{Table, tables};
use crate::error::Result;

/// Two values nearer than this are the same: they are quotients of small whole numbers.
pub(crate) const NEAR: f64 = 1e-9;

/// The quantities under one variation.
pub(super) struct Run {
    pub(super) variation: Variation,
    pub(super) quantities: Vec<Quantity>,
}

/// The quantities as asked, and under every variation, in its order.
///
/// `step` hears, as each run ends, how many have ended and how many there are.
pub(super) fn runs(
    selection: &Selection,
    step: &(dyn Fn(usize, usize) + Sync),
) -> Result<(Vec<Quantity>, Vec<Run>)> {
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
    Ok((base, runs.into_iter().map(run).collect()))
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
    let results = side_by_side(&variations, step, |variation| {
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

/// The stack of a thread that computes: as large as that of the main thread, since plans of frames are
/// walked recursively.
const STACK: usize = 8 << 20;

/// Applies `compute` to every item on as many threads as the machine has, and gives the results in
/// the order of the items, or the first error in that order.
///
/// Plain threads and not rayon: a thread of its pool that waits for polars takes up another item
/// meanwhile, one inside the other, until its stack is full.
fn side_by_side<T: Sync, R: Send>(
    items: &[T],
    step: &(dyn Fn(usize, usize) + Sync),
    compute: impl Fn(&T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let (next, ended) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else {
                return done;
            };
            done.push((at, compute(item)));
            step(ended.fetch_add(1, Ordering::Relaxed) + 1, items.len());
        }
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let mut all = thread::scope(|scope| {
        let others: Vec<_> = (1..workers.min(items.len()))
            .filter_map(|_| {
                let builder = thread::Builder::new().stack_size(STACK);
                builder.spawn_scoped(scope, work).ok()
            })
            .collect();
        // Where no thread can be had, this one does it all.
        let mut all = work();
        for other in others {
            match other.join() {
                Ok(done) => all.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, result)| result).collect()
}

/// The tables `sensitivity` and `specifications` from one set of runs, for whoever wants to watch
/// them being computed.
///
/// `step` hears, as each run ends, how many have ended and how many there are.
///
/// # Errors
///
/// [`crate::error::Error::Compute`] if a computation fails.
pub fn sensitivity(
    selection: &Selection,
    step: &(dyn Fn(usize, usize) + Sync),
) -> Result<[Table; 2]> {
    let (base, runs) = runs(selection, step)?;
    Ok([
        tables::sensitivity::table(selection, &base, &runs)?,
        tables::specifications::table(selection, &base, &runs)?,
    ])
}

impl Run {
    /// The value of a quantity; none if the run has no such quantity, or nothing to form it from.
    pub(super) fn value(&self, name: &str) -> Option<f64> {
        let mut quantities = self.quantities.iter();
        quantities.find(|quantity| quantity.name == name)?.value
    }
}
