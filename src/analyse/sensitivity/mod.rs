//! Does a headline depend on one case, one coder, one definition? Every quantity under every variation.

mod condition;
mod exchange;
mod group;
mod other_unit;
mod quantities;
mod readings;
mod tally;
#[cfg(test)]
mod tests;
mod variations;

pub(super) use exchange::{Part, Parts};
pub(super) use group::{Family, Group};
pub(super) use quantities::{Kind, Quantity};
pub(super) use variations::Variation;

use self::exchange::{Whole, exchanges};
use self::quantities::{Headlined, Values, quantities};
use super::selection::Selection;
use crate::error::Result;
use crate::side_by_side;

/// Two values nearer than this are the same: they are quotients of small whole numbers.
pub(crate) const NEAR: f64 = 1e-9;

/// The quantities under one variation.
pub(super) struct Run {
    pub(super) variation: Variation,
    values: Values,
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
    let base = quantities(selection, &Headlined.whole(selection)?);
    let runs = under(selection, &|_| true, step, &Headlined)?;
    let run = |(variation, values)| Run { variation, values };
    let computed = (base, runs.into_iter().map(run).collect());
    Ok(selection.runs.get_or_init(|| computed))
}

/// Numbers that are formed from sums over cases, so that a run that concerns a few cases need not look
/// at the others.
pub(super) trait Numbers: Sync {
    /// What the numbers of a selection are formed with, whatever its cases are.
    type Terms;
    /// What a case brings to the sums.
    type Part: Part;
    /// The numbers.
    type Answer: Send;

    /// The terms of a selection, and what each of its cases brings.
    fn of(&self, selection: &Selection) -> Result<(Self::Terms, Parts<Self::Part>)>;

    /// The numbers that a sum gives.
    fn answer(&self, terms: &Self::Terms, sum: &Self::Part) -> Self::Answer;

    /// The numbers of a whole selection.
    fn whole(&self, selection: &Selection) -> Result<Self::Answer> {
        let (terms, parts) = self.of(selection)?;
        Ok(self.answer(&terms, &Whole::of(parts).sum))
    }

    /// The numbers of what a variation that concerns all cases selects.
    fn otherwise(&self, asked: &Selection, _: Group) -> Result<Self::Answer> {
        self.whole(asked)
    }
}

/// The numbers under every variation of the groups asked for, in its order.
///
/// What concerns single cases exchanges what they bring to the sums. What concerns all cases is
/// computed from its own selection, side by side, since each is a pure function of the data and its question,
/// and collected in order, so that the result does not depend on how many run at a time.
pub(super) fn under<N: Numbers>(
    selection: &Selection,
    asks: &dyn Fn(Group) -> bool,
    step: &(dyn Fn(usize, usize) + Sync),
    numbers: &N,
) -> Result<Vec<(Variation, N::Answer)>> {
    let mut variations = variations::variations(selection)?;
    variations.retain(|variation| asks(variation.group));
    let all = variations.len();
    let is_of_cases = |variation: &&Variation| variation.group.is_of_cases();
    let (of_cases, others): (Vec<_>, Vec<_>) = variations.iter().partition(is_of_cases);
    let exchanged = under_exchanges(selection, &of_cases, numbers)?;
    let done = exchanged.len();
    step(done, all);
    let others = side_by_side::each(&others, &|ended, _| step(done + ended, all), |variation| {
        selected(selection, variation, numbers)
    })?;
    let (mut exchanged, mut others) = (exchanged.into_iter(), others.into_iter());
    Ok(variations
        .into_iter()
        .filter_map(|variation| {
            let answer = if variation.group.is_of_cases() {
                exchanged.next()
            } else {
                others.next()
            };
            Some((variation, answer?))
        })
        .collect())
}

/// The numbers under variations that concern single cases.
fn under_exchanges<N: Numbers>(
    selection: &Selection,
    variations: &[&Variation],
    numbers: &N,
) -> Result<Vec<N::Answer>> {
    let (terms, parts) = numbers.of(selection)?;
    let mut whole = Whole::of(parts);
    let exchanges = exchanges(selection, variations)?;
    let readings = exchanges.readings.iter();
    let readings = readings.map(|reading| Ok(numbers.of(reading)?.1));
    let readings = readings.collect::<Result<Vec<_>>>()?;
    let answers = exchanges
        .cases
        .iter()
        .map(|cases| whole.exchanged(&readings, cases, |sum| numbers.answer(&terms, sum)));
    Ok(answers.collect())
}

/// The numbers of what a variation selects.
fn selected<N: Numbers>(
    selection: &Selection,
    variation: &Variation,
    numbers: &N,
) -> Result<N::Answer> {
    let theirs;
    let data = match &variation.coder {
        Some(coder) => {
            theirs = selection.data.coded_by(coder)?;
            &theirs
        }
        None => selection.data,
    };
    numbers.otherwise(&data.select(&variation.question)?, variation.group)
}

impl Run {
    /// The value of a quantity; none if the run has no such quantity, or nothing to form it from.
    pub(super) fn value(&self, name: &str) -> Option<f64> {
        self.values.get(name).copied()
    }
}
