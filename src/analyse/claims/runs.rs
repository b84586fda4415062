//! Does a verdict survive when the record is asked otherwise?

use std::collections::BTreeMap;

use toml::Spanned;

use super::measure::value;
use super::sums::{Shown, Sums, Terms};
use super::verdict::{Side, common, direction, side_of};
use super::{Judged, LookedAt};
use crate::analyse::selection::Selection;
use crate::analyse::sensitivity::{self, Group, Numbers, Part, Parts};
use crate::error::Result;
use crate::model::claims::{Claim, ClaimTest, Claims};
use crate::model::estimate::Level;
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
        Group::Threshold | Group::Periods | Group::Unit | Group::View => false,
    };
    let runs = sensitivity::under(selection, &asks, &|_, _| (), &Directions(claims))?;
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

/// The directions of claims: the sums that each test is formed from, in the order of the claims.
pub(in crate::analyse) struct Directions<'a>(pub(in crate::analyse) &'a Claims);

/// The sums of every test.
#[derive(Default)]
pub(in crate::analyse) struct Tests(Vec<Sums>);

impl Numbers for Directions<'_> {
    /// The level, and of every test the terms; nothing of one of which no number can be formed.
    type Terms = (Level, Vec<Option<Terms>>);
    type Part = Tests;
    type Answer = Vec<Option<Side>>;

    fn of(&self, selection: &Selection) -> Result<(Self::Terms, Parts<Tests>)> {
        let looked_at = LookedAt::of(selection)?;
        let mut all = Vec::new();
        let mut parts: Parts<Tests> = BTreeMap::new();
        for (claim, test) in self.tests() {
            let looked_at = looked_at.at(self.0, claim, test).ok();
            let terms = looked_at.and_then(|(units, members)| {
                let shown = Shown::of(&test.measure, units, &members, selection.window).ok()?;
                for row in 0..units.len() {
                    let tests = parts.entry(units.case(row).to_owned()).or_default();
                    tests.0.resize_with(all.len() + 1, Sums::default);
                    if let Some(sums) = tests.0.last_mut() {
                        shown.add(row, units, sums);
                    }
                }
                Some(shown.terms)
            });
            all.push(terms);
        }
        Ok(((selection.level, all), parts))
    }

    fn answer(&self, (level, terms): &Self::Terms, sum: &Tests) -> Self::Answer {
        let none = Sums::default();
        let sums = sum.0.iter().chain(std::iter::repeat(&none));
        let mut sides =
            self.tests()
                .zip(terms.iter().zip(sums))
                .map(|((_, test), (terms, sums))| {
                    let value = value(&test.measure, terms.as_ref()?, sums, *level)?;
                    Some(side_of(test, value))
                });
        let claims = self.0.claims.iter();
        let directions = claims.map(|claim| {
            let tests = claim.get_ref().tests.len();
            let sides: Vec<Option<Side>> = sides.by_ref().take(tests).collect();
            let sides: Option<Vec<Side>> = sides.into_iter().collect();
            common(sides?.into_iter())
        });
        directions.collect()
    }
}

impl<'a> Directions<'a> {
    /// The tests of all claims.
    fn tests(&self) -> impl Iterator<Item = (&'a Claim, &'a ClaimTest)> {
        let claims = self.0.claims.iter().map(Spanned::get_ref);
        claims.flat_map(|claim| {
            let tests = claim.tests.iter();
            tests.map(move |test| (claim, test.get_ref()))
        })
    }
}

impl Part for Tests {
    fn add(&mut self, part: &Self) {
        let n = self.0.len().max(part.0.len());
        self.0.resize_with(n, Sums::default);
        for (sums, part) in self.0.iter_mut().zip(&part.0) {
            sums.add(part);
        }
    }

    fn remove(&mut self, part: &Self) {
        for (sums, part) in self.0.iter_mut().zip(&part.0) {
            sums.remove(part);
        }
    }
}

/// The direction of a claim of which every number can be formed.
#[cfg(test)]
pub(in crate::analyse) fn direction_of(judged: &Judged) -> Option<Side> {
    let is_whole = judged.tests.iter().all(|test| test.answer.is_ok());
    direction(&judged.tests).filter(|_| is_whole)
}
