//! What each case brings to the numbers that headlines speak of.

use std::collections::BTreeMap;

use super::exchange::Part;
use crate::analyse::selection::Selection;
use crate::error::Result;
use crate::model::concept::Concept;
use crate::validate::typed::{integers, texts, truths};

/// What is counted. Periods are positions among those of the selection, codes their ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// A mediation.
    Mediation,
    /// A mediation begun in a period.
    Begun(usize),
    /// A mediation with an outcome.
    Known,
    /// A mediation with an outcome of that rank.
    Outcome(usize),
    /// A mediation begun in a period, whose deepest role has that rank.
    Depth(usize, usize),
    /// A meeting with a known place in a period.
    Meeting(usize),
    /// One that was held at home.
    AtHome(usize),
}

/// Counts of one case, or their sum over some; no count is zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally(BTreeMap<Key, u64>);

impl Tally {
    /// What each case of a selection brings.
    pub(super) fn by_case(selection: &Selection) -> Result<BTreeMap<String, Self>> {
        let mut found: BTreeMap<String, Self> = BTreeMap::new();
        let periods = selection.periods.iter().enumerate();
        let periods: BTreeMap<&str, usize> = periods
            .map(|(at, period)| (period.code.as_str(), at))
            .collect();
        let place = |code: Option<&str>| periods.get(code?).copied();
        let scale = selection.codes(Concept::Outcome);
        let ranks: BTreeMap<&str, usize> = scale
            .iter()
            .enumerate()
            .map(|(rank, (code, _))| (code.as_str(), rank))
            .collect();

        let cases = &selection.cases;
        let (begun, outcomes) = (texts(cases, "period")?, texts(cases, "outcome")?);
        let (is_base, depths) = (truths(cases, "is_base")?, integers(cases, "depth")?);
        for (row, case) in texts(cases, "case")?.iter().enumerate() {
            let Some(case) = case.filter(|_| is_base.get(row) == Some(true)) else {
                continue;
            };
            let tally = found.entry(case.to_owned()).or_default();
            let period = place(begun.get(row));
            let depth = depths[row].and_then(|depth| usize::try_from(depth).ok());
            let outcome = outcomes.get(row);
            let rank = outcome.and_then(|code| ranks.get(code).copied());
            tally.count(Some(Key::Mediation));
            tally.count(period.map(Key::Begun));
            tally.count(outcome.map(|_| Key::Known));
            tally.count(rank.map(Key::Outcome));
            tally.count(period.zip(depth).map(|(at, rank)| Key::Depth(at, rank)));
        }

        let events = &selection.events;
        let (of, held) = (texts(events, "case")?, texts(events, "period")?);
        let (is_meeting, hosted) = (truths(events, "is_meeting")?, truths(events, "hosted")?);
        for row in 0..events.height() {
            let hosted = hosted
                .get(row)
                .filter(|_| is_meeting.get(row) == Some(true));
            if let (Some(case), Some(period), Some(hosted)) =
                (of.get(row), place(held.get(row)), hosted)
            {
                let tally = found.entry(case.to_owned()).or_default();
                tally.count(Some(Key::Meeting(period)));
                tally.count(hosted.then_some(Key::AtHome(period)));
            }
        }
        Ok(found)
    }

    fn count(&mut self, key: Option<Key>) {
        if let Some(key) = key {
            *self.0.entry(key).or_default() += 1;
        }
    }

    /// How many there are of that.
    pub(super) fn of(&self, key: Key) -> u64 {
        self.0.get(&key).copied().unwrap_or(0)
    }

    /// How many have an outcome of that rank or above.
    pub(super) fn reached(&self, rank: usize) -> u64 {
        let above = self.0.range(Key::Outcome(rank)..=Key::Outcome(usize::MAX));
        above.map(|(_, n)| n).sum()
    }

    /// The lower and the upper median of the deepest roles in a period; nothing without any. An ordered
    /// scale has no mean, and with an even number no single middle.
    pub(super) fn depth(&self, period: usize) -> Option<[usize; 2]> {
        let depths = || {
            let all = Key::Depth(period, 0)..=Key::Depth(period, usize::MAX);
            self.0.range(all)
        };
        let n: u64 = depths().map(|(_, n)| n).sum();
        let at = |place: u64| {
            let mut passed = 0;
            depths().find_map(|(key, n)| {
                passed += n;
                match key {
                    Key::Depth(_, rank) if passed > place => Some(*rank),
                    _ => None,
                }
            })
        };
        Some([at(n.checked_sub(1)? / 2)?, at(n / 2)?])
    }
}

impl Part for Tally {
    fn add(&mut self, part: &Self) {
        for (key, n) in &part.0 {
            *self.0.entry(*key).or_default() += n;
        }
    }

    fn remove(&mut self, part: &Self) {
        for (key, n) in &part.0 {
            let left = self.of(*key).saturating_sub(*n);
            if left == 0 {
                self.0.remove(key);
            } else {
                self.0.insert(*key, left);
            }
        }
    }
}
