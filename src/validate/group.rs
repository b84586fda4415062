//! A table of cases, for data sets that have only events: events that name the same case and the
//! same mediator are one case.
//!
//! By the protocol a case is one engagement of one mediator, so an event with two mediators is part
//! of two cases, one of each.

use std::collections::BTreeMap;

use polars::prelude::{Column, DataFrame};

use super::typed::{Field, Typed};
use super::value::{coded, dates, list, reasons};
use crate::error::{Error, Result};
use crate::load::{FILE, LINE};
use crate::model::codebook::Code;
use crate::model::concept::Concept;
use crate::model::date::{Day, Interval};
use crate::model::derive::Aggregate;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::missing::Reason;
use crate::model::unit::Unit;

/// What the events call a case, and its mediator, if they name one.
type Key<'a> = (&'a str, Option<&'a str>);

/// What is known of a case while its events are gathered.
#[derive(Default)]
struct Gathered {
    first_row: usize,
    start: Option<(i32, i32)>,
    end: Option<(i32, i32)>,
    outcome: Option<(usize, i32)>,
    is_open: bool,
    title: Option<String>,
}

/// The identifier of a grouped case.
fn identifier(key: &Key) -> String {
    match key {
        (case, None) => (*case).to_owned(),
        (case, Some(mediator)) => format!("{case} · {mediator}"),
    }
}

/// The cases, and for every event row the cases it is part of.
///
/// A case spans from the first start to the last end of its events; without dated events it has no
/// span, without a known outcome none.
pub(super) fn group(
    name: &str,
    events: &Typed,
    label: &Label,
    aggregate: Aggregate,
) -> Result<(Typed, Vec<(usize, String)>)> {
    let key = |concept: Concept| events.concept(concept).map(|field| field.key.clone());
    let text = |concept| {
        key(concept)
            .map(|key| events.texts(&key))
            .unwrap_or_default()
    };
    let dates = |concept| {
        key(concept)
            .map(|key| events.days(&key))
            .unwrap_or_default()
    };
    let (cases, titles) = (text(Concept::Case), text(Concept::Title));
    let (starts, ends) = (dates(Concept::Start), dates(Concept::End));
    let silent = key(Concept::End)
        .map(|key| events.reasons(&key))
        .unwrap_or_default();
    let outcomes = text(Concept::Outcome);
    let scale = events
        .concept(Concept::Outcome)
        .map(|field| field.codes.clone())
        .unwrap_or_default();
    let mut mediators: BTreeMap<usize, Vec<Option<&str>>> = BTreeMap::new();
    if let Some(field) = events.concept(Concept::Mediator) {
        for (row, mediator) in events.values(field) {
            mediators
                .entry(row as usize)
                .or_default()
                .push(Some(mediator));
        }
    }
    let mut title_of: BTreeMap<&str, &str> = BTreeMap::new();
    for (case, title) in cases.iter().zip(&titles) {
        if let (Some(case), Some(title)) = (case, title) {
            title_of.entry(case).or_insert(title);
        }
    }
    let nobody = vec![None];
    let mut gathered: BTreeMap<Key, Gathered> = BTreeMap::new();
    let mut grouped = Vec::new();
    for (row, case) in cases.iter().enumerate() {
        let Some(case) = case else { continue };
        let start = starts.get(row).copied().flatten();
        let why = silent.get(row).copied().flatten();
        let end = ends.get(row).copied().flatten().or(start);
        let title = title_of.get(case).copied();
        let rank = outcomes
            .get(row)
            .copied()
            .flatten()
            .and_then(|code| scale.iter().position(|known| known.code == code));
        for mediator in mediators.get(&row).unwrap_or(&nobody) {
            let key = (*case, *mediator);
            grouped.push((row, identifier(&key)));
            let entry = gathered.entry(key).or_insert_with(|| Gathered {
                first_row: row,
                ..Gathered::default()
            });
            entry.take(start, end, title);
            entry.is_open |= why == Some(Reason::Open);
            if let Some(rank) = rank {
                entry.reach(rank, end.map_or(i32::MIN, |end| end.1), aggregate);
            }
        }
    }
    Ok((assemble(name, events, label, &scale, &gathered)?, grouped))
}

impl Gathered {
    /// The end; a case of which any event is still open has none.
    fn ended(&self) -> Option<(i32, i32)> {
        self.end.filter(|_| !self.is_open)
    }

    fn lacks_end(&self) -> Option<Reason> {
        match (self.is_open, self.end) {
            (true, _) => Some(Reason::Open),
            (false, None) => Some(Reason::Unknown),
            (false, Some(_)) => None,
        }
    }

    fn take(&mut self, start: Option<(i32, i32)>, end: Option<(i32, i32)>, title: Option<&str>) {
        if let Some(start) = start {
            self.start = Some(self.start.map_or(start, |known| known.min(start)));
        }
        if let Some(end) = end {
            let later = |known: (i32, i32)| (known.0.max(end.0), known.1.max(end.1));
            self.end = Some(self.end.map_or(end, later));
        }
        if self.title.is_none() {
            self.title = title.map(str::to_owned);
        }
    }

    fn reach(&mut self, rank: usize, when: i32, aggregate: Aggregate) {
        let is_better = match (self.outcome, aggregate) {
            (None, _) => true,
            (Some((best, _)), Aggregate::Best) => rank > best,
            (Some((_, last)), Aggregate::Last) => when >= last,
        };
        if is_better {
            self.outcome = Some((rank, when));
        }
    }
}

fn assemble(
    name: &str,
    events: &Typed,
    label: &Label,
    scale: &[Code],
    gathered: &BTreeMap<Key, Gathered>,
) -> Result<Typed> {
    let cases: Vec<&Gathered> = gathered.values().collect();
    let identifiers: Vec<String> = gathered.keys().map(identifier).collect();
    let titles: Vec<String> = gathered
        .iter()
        .map(|((case, _), known)| known.title.clone().unwrap_or_else(|| (*case).to_owned()))
        .collect();
    let outcome = |case: &&Gathered| Some(scale.get(case.outcome?.0)?.code.as_str());
    let lines: Vec<Option<u64>> = cases
        .iter()
        .map(|case| events.place(case.first_row, None).line)
        .collect();
    let unless = |is_known: bool| (!is_known).then_some(Reason::Unknown);
    let each = cases.iter();
    let mut columns = vec![
        Column::new(LINE.into(), lines),
        Column::new(FILE.into(), vec![0_u32; cases.len()]),
        Column::new("case".into(), identifiers),
        Column::new("title".into(), titles),
        coded("outcome", scale, each.clone().map(outcome))?,
        reasons(
            "outcome",
            each.clone().map(|case| unless(case.outcome.is_some())),
        )?,
        reasons(
            "start",
            each.clone().map(|case| unless(case.start.is_some())),
        )?,
        reasons("end", each.clone().map(|case| case.lacks_end()))?,
    ];
    columns.extend(dates(
        "start",
        each.clone().map(|case| case.start.map(interval)),
    )?);
    columns.extend(dates("end", each.map(|case| case.ended().map(interval)))?);
    let field = |concept: Concept, measure: Measure, label: &Label, codes: &[Code]| Field {
        key: concept.name().to_owned(),
        column: concept.name().to_owned(),
        concept: Some(concept),
        measure,
        label: label.clone(),
        codes: codes.to_vec(),
        is_list: concept == Concept::Mediator,
    };
    let of = |concept: Concept, measure: Measure, codes: &[Code]| {
        let label = events
            .concept(concept)
            .map_or_else(|| label.clone(), |field| field.label.clone());
        field(concept, measure, &label, codes)
    };
    let mediator = of(Concept::Mediator, Measure::Identifier, &[]);
    let named = (0..).zip(gathered.keys());
    let named = named.filter_map(|(row, (_, mediator))| Some((row, (*mediator)?)));
    let lists = BTreeMap::from([(mediator.key.clone(), list(&mediator, named)?)]);
    Ok(Typed {
        name: name.to_owned(),
        unit: Unit::Case,
        files: events.files.clone(),
        fields: vec![
            of(Concept::Case, Measure::Identifier, &[]),
            field(Concept::Title, Measure::Text, label, &[]),
            of(Concept::Outcome, Measure::Ordinal, scale),
            of(Concept::Start, Measure::Date, &[]),
            of(Concept::End, Measure::Date, &[]),
            mediator,
        ],
        frame: DataFrame::new(cases.len(), columns).map_err(Error::compute("grouped cases"))?,
        lists,
        filtered: 0,
    })
}

/// The days between two, counted from 1970.
fn interval((earliest, latest): (i32, i32)) -> Interval {
    Interval {
        earliest: Day::from_epoch(earliest),
        latest: Day::from_epoch(latest),
    }
}
