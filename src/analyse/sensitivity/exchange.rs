//! Runs that concern single cases: the whole without what these cases bring to it, and with what they
//! bring as they are taken now. So a run takes as long as its cases are many, and not as the record is.

use std::collections::{BTreeMap, BTreeSet};

use super::variations::Variation;
use crate::analyse::selection::Selection;
use crate::analyse::{Assumptions, Question};
use crate::error::Result;
use crate::model::concept::Concept;

/// What a case brings to a sum, or the sum of it over cases.
pub(in crate::analyse) trait Part: Default {
    /// Takes in what a case brings.
    fn add(&mut self, part: &Self);
    /// Takes out what a case has brought.
    fn remove(&mut self, part: &Self);
    /// Takes out what a case has brought, and takes in what it brings instead.
    fn exchange(&mut self, old: Option<&Self>, new: Option<&Self>) {
        if let Some(old) = old {
            self.remove(old);
        }
        if let Some(new) = new {
            self.add(new);
        }
    }
}

/// What each case brings.
pub(in crate::analyse) type Parts<P> = BTreeMap<String, P>;

/// What is taken otherwise of one case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Change<'v> {
    outcome: Option<&'v String>,
    bases: BTreeSet<&'v String>,
    unknown: BTreeSet<Concept>,
}

/// A case whose part is exchanged, and which of the readings has the new one; a case that is left out
/// has none.
type Exchanged = (String, Option<usize>);

/// The exchanges of some variations, and the selections that show the cases as they are taken then.
///
/// No case depends on another, so that one selection shows many cases, each in one way; there are as many
/// as a single case is taken in different ways.
pub(super) struct Exchanges<'a> {
    pub(super) readings: Vec<Selection<'a>>,
    pub(super) cases: Vec<Vec<Exchanged>>,
}

/// The exchanges of variations that concern single cases.
pub(super) fn exchanges<'a>(
    selection: &Selection<'a>,
    variations: &[&Variation],
) -> Result<Exchanges<'a>> {
    let asked = &selection.question.assumptions;
    let mut known: BTreeMap<&str, Vec<Change>> = BTreeMap::new();
    let mut questions: Vec<Question> = Vec::new();
    let mut cases = Vec::new();
    for variation in variations {
        let assumed = &variation.question.assumptions;
        let left_out = assumed.without.difference(&asked.without);
        let mut exchanged: Vec<Exchanged> = left_out.map(|case| (case.clone(), None)).collect();
        for (case, change) in changes(asked, assumed) {
            if assumed.without.contains(case) {
                continue;
            }
            let ways = known.entry(case).or_default();
            let reading = ways.iter().position(|way| *way == change);
            let reading = reading.unwrap_or_else(|| {
                if questions.len() == ways.len() {
                    questions.push(selection.question.clone());
                }
                if let Some(question) = questions.get_mut(ways.len()) {
                    assume(&mut question.assumptions, case, &change);
                }
                ways.push(change);
                ways.len() - 1
            });
            exchanged.push((case.to_owned(), Some(reading)));
        }
        cases.push(exchanged);
    }
    let readings = questions
        .iter()
        .map(|question| selection.data.select(question));
    Ok(Exchanges {
        readings: readings.collect::<Result<_>>()?,
        cases,
    })
}

/// What is assumed of each case besides what was asked.
fn changes<'v>(asked: &'v Assumptions, assumed: &'v Assumptions) -> BTreeMap<&'v str, Change<'v>> {
    let mut found: BTreeMap<&str, Change> = BTreeMap::new();
    for (case, code) in &assumed.outcomes {
        if asked.outcomes.get(case) != Some(code) {
            found.entry(case).or_default().outcome = Some(code);
        }
    }
    for (case, basis) in assumed.bases.difference(&asked.bases) {
        found.entry(case).or_default().bases.insert(basis);
    }
    for (concept, case) in assumed.unknown.difference(&asked.unknown) {
        found.entry(case).or_default().unknown.insert(*concept);
    }
    found
}

fn assume(assumptions: &mut Assumptions, case: &str, change: &Change) {
    if let Some(code) = change.outcome {
        let outcomes = &mut assumptions.outcomes;
        outcomes.insert(case.to_owned(), code.clone());
    }
    let bases = change.bases.iter();
    assumptions
        .bases
        .extend(bases.map(|basis| (case.to_owned(), (*basis).clone())));
    let unknown = change.unknown.iter();
    assumptions
        .unknown
        .extend(unknown.map(|concept| (*concept, case.to_owned())));
}

/// What cases bring, one by one and in all.
pub(super) struct Whole<P> {
    pub(super) sum: P,
    parts: Parts<P>,
}

impl<P: Part> Whole<P> {
    pub(super) fn of(parts: Parts<P>) -> Self {
        let mut sum = P::default();
        for part in parts.values() {
            sum.add(part);
        }
        Self { sum, parts }
    }

    /// What `answer` makes of the sum with the parts of some cases exchanged.
    pub(super) fn exchanged<R>(
        &mut self,
        readings: &[Parts<P>],
        cases: &[Exchanged],
        answer: impl FnOnce(&P) -> R,
    ) -> R {
        let pairs = || {
            cases.iter().map(|(case, reading)| {
                let read = reading.and_then(|reading| readings.get(reading)?.get(case));
                (self.parts.get(case), read)
            })
        };
        for (old, new) in pairs() {
            self.sum.exchange(old, new);
        }
        let answered = answer(&self.sum);
        for (old, new) in pairs() {
            self.sum.exchange(new, old);
        }
        answered
    }
}
