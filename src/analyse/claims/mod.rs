//! Claims tested against the data: the number of each test, on which side of its thresholds it lies, and
//! whether the verdict survives when the record is asked otherwise.

mod breaks;
mod dependent;
mod measure;
mod measured;
mod runs;
mod sums;
mod tally;
mod units;
mod verdict;

pub(super) use measured::Kind;
#[cfg(test)]
pub(super) use runs::{Directions, direction_of};
pub(super) use runs::{Survival, survival};
pub(super) use verdict::{Side, Tested, Verdict};

use toml::Spanned;

use super::selection::{Question, Selection};
use crate::error::{Error, Result};
use crate::model::claims::{Claim, ClaimTest, Claims, Form};
use crate::model::date::Interval;
use crate::model::unit::Unit;
use measure::{Asked, measure};
use measured::Unanswered;
use units::Units;

/// A claim with its numbers and what they say.
pub(super) struct Judged<'a> {
    pub(super) claim: &'a Claim,
    pub(super) tests: Vec<Tested<'a>>,
    pub(super) verdict: Verdict,
}

/// Every claim, tested against what a selection shows.
pub(super) fn judge<'a>(claims: &'a Claims, selection: &Selection) -> Result<Vec<Judged<'a>>> {
    let asked = Asked {
        window: selection.window,
        level: selection.level,
        with_intervals: true,
    };
    let looked_at = LookedAt::of(selection)?;
    let judged = claims.claims.iter().map(|claim| {
        let claim = claim.get_ref();
        let tests: Vec<Tested> = claim
            .tests
            .iter()
            .map(|test| {
                let test = test.get_ref();
                let mut breaks = None;
                let answer = looked_at
                    .at(claims, claim, test)
                    .and_then(|(units, members)| {
                        let measured = measure(&test.measure, units, &members, &asked)?;
                        let kind = measured.kind;
                        breaks = breaks::beside(&test.measure, kind, units, &members, &asked);
                        Ok(measured)
                    });
                Tested {
                    test,
                    answer,
                    breaks,
                }
            })
            .collect();
        let verdict = Verdict::of(&tests);
        Judged {
            claim,
            tests,
            verdict,
        }
    });
    Ok(judged.collect())
}

/// The units of a selection that claims look at.
struct LookedAt<'a> {
    window: Interval,
    cases: Units<'a>,
    acts: Units<'a>,
}

impl<'a> LookedAt<'a> {
    fn of(selection: &'a Selection) -> Result<Self> {
        Ok(Self {
            window: selection.window,
            cases: Units::of(selection, Unit::Case)?,
            acts: Units::of(selection, Unit::Event)?,
        })
    }

    /// The units of a test, and which of them it is about.
    fn at(
        &self,
        claims: &Claims,
        claim: &Claim,
        test: &ClaimTest,
    ) -> std::result::Result<(&Units<'a>, Vec<Option<bool>>), Unanswered> {
        let units = if test.unit == Unit::Event {
            &self.acts
        } else {
            &self.cases
        };
        // A ratio of spans says itself what lies after the claim.
        let is_later = claim.forecast && !matches!(test.measure, Form::RateRatio { .. });
        let after = claims.day().filter(|_| is_later);
        if after.is_some_and(|day| self.window.latest <= day) {
            return Err(Unanswered::TooEarly);
        }
        Ok((units, units.members(test.kinds, after)))
    }
}

/// What the source of the claims would have selected; nothing if the claims name no view, if it is the one
/// that is asked, or if the data are those of one coder, which have no other.
pub(super) fn then<'a>(
    claims: &Claims,
    selection: &Selection<'a>,
) -> Result<Option<Selection<'a>>> {
    let views = &selection.study().views;
    let is_there = |name: &&Spanned<String>| views.iter().any(|view| view.name == **name);
    let asked = selection.question.view.as_ref();
    let is_asked = |name: &&Spanned<String>| asked == Some(name.get_ref());
    let view = claims.view.as_ref().filter(is_there);
    let Some(view) = view.filter(|name| !is_asked(name)) else {
        return Ok(None);
    };
    let question = Question {
        view: Some(view.get_ref().clone()),
        ..selection.question.clone()
    };
    selection.data.select(&question).map(Some)
}

/// The claims of the data set; a table of them needs some.
pub(super) fn of<'a>(table: &'static str, selection: &Selection<'a>) -> Result<&'a Claims> {
    let claims = selection.data.claims();
    if claims.claims.is_empty() {
        return Err(Error::MissingConcept {
            kind: "table",
            name: table,
            needs: "[[claim]] in claims.toml".to_owned(),
        });
    }
    Ok(claims)
}
