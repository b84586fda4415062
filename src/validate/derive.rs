//! Variables and tables that the codebook derives from others, by its small closed set of forms.

use std::collections::BTreeMap;

use polars::prelude::{Column, DataFrame};

use super::rules::codes;
use super::typed::{Draft, Field, Typed, missing};
use crate::error::{Error, Result};
use crate::load::{FILE, LINE};
use crate::model::codebook::{Code, Codebook};
use crate::model::concept::Concept;
use crate::model::derive::{Aggregate, Derive};
use crate::model::finding::Findings;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::missing::Reason;
use crate::model::unit::Unit;

/// Makes the derived variables and tables that can be made from single tables. `hosted` waits for
/// [`super::assemble`], which knows the places.
pub(super) fn derive(draft: &mut Draft, findings: &mut Findings) -> Result<()> {
    let codebook = draft.records.codebook.value.clone();
    for derived in &codebook.derived {
        match derived.get_ref() {
            Derive::Recode { .. } => recode(derived.get_ref(), &codebook, draft, findings)?,
            Derive::Group {
                table,
                from,
                label,
                outcome,
            } => {
                if let Some(events) = draft.table(from) {
                    let cases = group(table, events, label, *outcome)?;
                    draft.tables.push(cases);
                }
            }
            Derive::Hosted { .. } => {}
        }
    }
    Ok(())
}

fn recode(
    derived: &Derive,
    codebook: &Codebook,
    draft: &mut Draft,
    findings: &mut Findings,
) -> Result<()> {
    let Derive::Recode {
        table,
        from,
        concept,
        measure,
        label,
        codes: list,
        map,
        missing: reasons,
    } = derived
    else {
        return Ok(());
    };
    let Some(typed) = draft.tables.iter_mut().find(|typed| typed.name == *table) else {
        return Ok(());
    };
    let Some(read) = typed.field(from).cloned() else {
        return Ok(());
    };
    let mut values: Vec<Option<String>> = vec![None; typed.frame.height()];
    let mut why: Vec<Option<Reason>> = typed.reasons(from);
    for (row, value) in typed.values(&read) {
        let row = row as usize;
        if let Some(code) = map.get(value) {
            values[row] = Some(code.clone());
        } else if let Some(reason) = reasons.get(value) {
            why[row] = Some(*reason);
        } else {
            let known: Vec<&str> = map
                .keys()
                .chain(reasons.keys())
                .map(String::as_str)
                .collect();
            let place = typed.place(row, Some(&read.column));
            let problem = format!(
                "the recoding to {} has no line for it; it has {}",
                concept.name(),
                known.join(", ")
            );
            findings.value(&codes::UNKNOWN, place, value, problem, None);
        }
    }
    let key = concept.name();
    let why: Vec<Option<&str>> = why
        .into_iter()
        .map(|reason| reason.map(Reason::name))
        .collect();
    let columns = vec![
        Column::new(key.into(), values),
        Column::new(missing(key).into(), why),
    ];
    let field = Field {
        key: key.to_owned(),
        column: read.column,
        concept: Some(*concept),
        measure: *measure,
        label: label.clone(),
        codes: codebook.codes(list).to_vec(),
        is_list: false,
    };
    typed.add(field, columns)
}

/// What is known of a case while its events are gathered.
#[derive(Default)]
struct Gathered {
    first_row: usize,
    start: Option<(i32, i32)>,
    end: Option<(i32, i32)>,
    outcome: Option<(usize, i32)>,
    mediators: Vec<String>,
    title: Option<String>,
}

/// A table of cases: one per value of the events' `case`, spanning from the first start to the last
/// end. A case without dated events has no span.
fn group(name: &str, events: &Typed, label: &Label, aggregate: Aggregate) -> Result<Typed> {
    let key = |concept: Concept| events.concept(concept).map(|field| field.key.clone());
    let text = |concept: Concept| {
        key(concept)
            .map(|key| events.texts(&key))
            .unwrap_or_default()
    };
    let dates = |concept: Concept| {
        key(concept)
            .map(|key| events.days(&key))
            .unwrap_or_default()
    };
    let (cases, titles) = (text(Concept::Case), text(Concept::Title));
    let (starts, ends) = (dates(Concept::Start), dates(Concept::End));
    let outcomes = text(Concept::Outcome);
    let scale: Vec<Code> = events
        .concept(Concept::Outcome)
        .map(|field| field.codes.clone())
        .unwrap_or_default();
    let mut mediators: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    if let Some(field) = events.concept(Concept::Mediator) {
        for (row, mediator) in events.values(field) {
            mediators.entry(row).or_default().push(mediator);
        }
    }
    let mut gathered: BTreeMap<&str, Gathered> = BTreeMap::new();
    for (row, case) in cases.iter().enumerate() {
        let Some(case) = case else { continue };
        let entry = gathered.entry(case).or_insert_with(|| Gathered {
            first_row: row,
            ..Gathered::default()
        });
        let start = starts.get(row).copied().flatten();
        let end = ends.get(row).copied().flatten().or(start);
        if let Some(start) = start {
            entry.start = Some(entry.start.map_or(start, |known| known.min(start)));
        }
        if let Some(end) = end {
            entry.end = Some(
                entry
                    .end
                    .map_or(end, |known| (known.0.max(end.0), known.1.max(end.1))),
            );
        }
        if entry.title.is_none() {
            entry.title = titles.get(row).copied().flatten().map(str::to_owned);
        }
        let rank = outcomes
            .get(row)
            .copied()
            .flatten()
            .and_then(|code| scale.iter().position(|known| known.code == code));
        if let Some(rank) = rank {
            let when = end.map_or(i32::MIN, |end| end.1);
            let better = match (entry.outcome, aggregate) {
                (None, _) => true,
                (Some((best, _)), Aggregate::Best) => rank > best,
                (Some((_, last)), Aggregate::Last) => when >= last,
            };
            if better {
                entry.outcome = Some((rank, when));
            }
        }
        for mediator in mediators
            .get(&u32::try_from(row).unwrap_or(u32::MAX))
            .into_iter()
            .flatten()
        {
            if !entry.mediators.iter().any(|known| known == mediator) {
                entry.mediators.push((*mediator).to_owned());
            }
        }
    }
    assemble(name, events, label, &scale, &gathered)
}

fn assemble(
    name: &str,
    events: &Typed,
    label: &Label,
    scale: &[Code],
    gathered: &BTreeMap<&str, Gathered>,
) -> Result<Typed> {
    let cases: Vec<&Gathered> = gathered.values().collect();
    let each = |read: &dyn Fn(&Gathered) -> Option<String>| -> Vec<Option<String>> {
        cases.iter().map(|case| read(case)).collect()
    };
    let days = |read: &dyn Fn(&Gathered) -> Option<i32>| -> Vec<Option<i32>> {
        cases.iter().map(|case| read(case)).collect()
    };
    let unless = |known: &dyn Fn(&Gathered) -> bool| -> Vec<Option<&str>> {
        cases
            .iter()
            .map(|case| (!known(case)).then_some(Reason::Unknown.name()))
            .collect()
    };
    let identifiers: Vec<String> = gathered.keys().map(|case| (*case).to_owned()).collect();
    let titles: Vec<String> = gathered
        .iter()
        .map(|(case, known)| known.title.clone().unwrap_or_else(|| (*case).to_owned()))
        .collect();
    let outcome = |case: &Gathered| Some(scale.get(case.outcome?.0)?.code.clone());
    let lines: Vec<Option<u64>> = cases
        .iter()
        .map(|case| events.place(case.first_row, None).line)
        .collect();
    let columns = vec![
        Column::new(LINE.into(), lines),
        Column::new(FILE.into(), vec![0_u32; cases.len()]),
        Column::new("case".into(), identifiers),
        Column::new("title".into(), titles),
        Column::new("outcome".into(), each(&outcome)),
        Column::new(
            "outcome.missing".into(),
            unless(&|case| case.outcome.is_some()),
        ),
        Column::new("start.earliest".into(), days(&|case| Some(case.start?.0))),
        Column::new("start.latest".into(), days(&|case| Some(case.start?.1))),
        Column::new("start.missing".into(), unless(&|case| case.start.is_some())),
        Column::new("end.earliest".into(), days(&|case| Some(case.end?.0))),
        Column::new("end.latest".into(), days(&|case| Some(case.end?.1))),
        Column::new("end.missing".into(), unless(&|case| case.end.is_some())),
    ];
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
    let mut lists = BTreeMap::new();
    let mediators = (0..).zip(&cases).flat_map(|(row, case)| {
        case.mediators
            .iter()
            .map(move |mediator| (row, mediator.clone()))
    });
    lists.insert(Concept::Mediator.name().to_owned(), mediators.collect());
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
            of(Concept::Mediator, Measure::Identifier, &[]),
        ],
        frame: DataFrame::new(cases.len(), columns).map_err(Error::compute("grouped cases"))?,
        lists,
        filtered: 0,
    })
}
