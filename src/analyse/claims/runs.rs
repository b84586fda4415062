//! Does a verdict survive when the record is asked otherwise?

use std::collections::BTreeMap;

use super::verdict::{Side, direction};
use super::{Judged, held};
use crate::analyse::selection::Selection;
use crate::analyse::sensitivity::{self, Group};
use crate::error::Result;
use crate::model::claims::Claims;
use crate::model::label::Label;

/// In how many runs a claim has which verdict.
#[derive(Clone, Debug, Default)]
pub(in crate::analyse) struct Survival {
    /// The runs that ask about the claim.
    pub(in crate::analyse) runs: u64,
    /// Those whose numbers lie in the same direction.
    pub(in crate::analyse) same: u64,
    /// Where the numbers of the others lie, and the first run of each.
    pub(in crate::analyse) others: BTreeMap<Side, (u64, Label)>,
}

/// The survival of every verdict, in the order of the claims.
///
/// Cases are left out one at a time and in groups, second codes and readings taken, codes of low confidence and
/// unknown ones taken otherwise, offers counted, and each coder taken alone where several coded what
/// the view shows. Cuts and periods are left out, for the claims name their own; and a run in which a number
/// of a claim cannot be formed, as without a case that it names, says nothing of it.
pub(in crate::analyse) fn survival(
    claims: &Claims,
    selection: &Selection,
    judged: &[Judged],
) -> Result<Vec<Survival>> {
    let coded = selection.study().coded.as_ref();
    let is_coded =
        coded.is_some_and(|view| Some(view.get_ref()) == selection.question.view.as_ref());
    let asks = |group: Group| match group {
        Group::Case
        | Group::Alternative
        | Group::Reading
        | Group::Confidence
        | Group::Unknown
        | Group::Kinds
        | Group::Without => true,
        Group::Coder => is_coded,
        Group::Cut | Group::Periods | Group::Unit | Group::View => false,
    };
    let runs = sensitivity::under(selection, &asks, &|_, _| (), &|asked, _| {
        let judged = held(claims, asked, false)?;
        let directions = judged.iter().map(|one| direction_of(one));
        Ok(directions.collect::<Vec<_>>())
    })?;
    let mut survivals = vec![Survival::default(); judged.len()];
    for (variation, directions) in &runs {
        for ((survival, judged), side) in survivals.iter_mut().zip(judged).zip(directions) {
            let Some(side) = side else { continue };
            survival.runs += 1;
            if Some(*side) == direction(&judged.tests) {
                survival.same += 1;
            } else {
                let first = (0, variation.label.clone());
                survival.others.entry(*side).or_insert(first).0 += 1;
            }
        }
    }
    Ok(survivals)
}

/// The direction of a claim of which every number can be formed.
fn direction_of(judged: &Judged) -> Option<Side> {
    let is_whole = judged.tests.iter().all(|test| test.answer.is_ok());
    direction(&judged.tests).filter(|_| is_whole)
}
