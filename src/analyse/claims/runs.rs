//! Does a verdict survive when the record is asked otherwise?

use std::collections::BTreeMap;

use super::{Judged, Verdict, judge};
use crate::analyse::selection::Selection;
use crate::analyse::sensitivity::{self, Group, Variation};
use crate::error::Result;
use crate::model::claims::{Claim, Claims};
use crate::model::label::Label;
use crate::model::rule::Test;

/// In how many runs a claim has which verdict.
#[derive(Clone, Debug, Default)]
pub(in crate::analyse) struct Survival {
    /// The runs that ask about the claim.
    pub(in crate::analyse) runs: u64,
    /// Those with a verdict of the same direction.
    pub(in crate::analyse) same: u64,
    /// The verdicts of the others, and the first run that has each.
    pub(in crate::analyse) others: BTreeMap<Verdict, (u64, Label)>,
}

/// The survival of every verdict, in the order of the claims.
///
/// Cases are left out one at a time and in groups, second codes taken, codes of low confidence and
/// unknown ones taken otherwise, offers counted, and each coder taken alone where several coded what
/// the view shows. Cuts and periods are left out, for the claims name their own; and a run that leaves
/// out a case that a claim names says nothing of it.
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
        | Group::Confidence
        | Group::Unknown
        | Group::Kinds
        | Group::Without => true,
        Group::Coder => is_coded,
        Group::Cut | Group::Periods | Group::Unit | Group::View => false,
    };
    let runs = sensitivity::under(selection, &asks, &|_, _| (), &|asked, _| {
        let judged = judge(claims, asked)?;
        Ok(judged.iter().map(|one| one.verdict).collect::<Vec<_>>())
    })?;
    let mut survivals = vec![Survival::default(); judged.len()];
    for (variation, verdicts) in &runs {
        for ((survival, judged), verdict) in survivals.iter_mut().zip(judged).zip(verdicts) {
            if takes_away(variation, judged.claim) || *verdict == Verdict::Undecided {
                continue;
            }
            survival.runs += 1;
            if verdict.direction() == judged.verdict.direction() {
                survival.same += 1;
            } else {
                let first = (0, variation.label.clone());
                survival
                    .others
                    .entry(verdict.direction())
                    .or_insert(first)
                    .0 += 1;
            }
        }
    }
    Ok(survivals)
}

/// Does the run leave out a case that the claim is about by name?
fn takes_away(variation: &Variation, claim: &Claim) -> bool {
    let without = &variation.question.assumptions.without;
    let tests = claim
        .tests
        .iter()
        .flat_map(|test| test.get_ref().measure.tests());
    let mut named = tests.flat_map(|(_, test)| match test {
        Test::Is(value) => std::slice::from_ref(value),
        Test::In(values) => values,
        _ => &[],
    });
    named.any(|value| without.contains(value))
}
