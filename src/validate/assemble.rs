//! The frames of [`Cases`], from typed tables of whatever shape.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{Column, DataFrame, IdxCa, IdxSize};

use super::cases::Cases;
use super::evidence::evidence;
use super::places::{hosted, places};
use super::roles::roles;
use super::rows::{
    CasesOf, Texts, cases_of_events, cases_of_rows, event_identifiers, frame, texts,
};
use super::typed::{Draft, Typed, missing};
use crate::error::{Error, Result};
use crate::load::Document;
use crate::model::concept::Concept;
use crate::model::unit::Unit;

/// Puts a checked draft into the shape that analysis asks for.
pub(super) fn cases(draft: Draft) -> Result<Cases> {
    let case_of = cases_of_events(&draft);
    let cases = frame_of_cases(&draft)?;
    let places = places(&draft)?;
    let hosted = hosted(&draft, &places);
    let events = frame_of_events(&draft, &hosted)?;
    let roles = roles(&draft, &case_of, &hosted)?;
    let parties = parties(&draft, &case_of)?;
    let mediators = mediators(&draft, &case_of)?;
    let regions = pairs(&draft, &case_of, Concept::Region, "region")?;
    let evidence = evidence(&draft, &case_of);
    let sources = pairs(&draft, &case_of, Concept::Source, "source")?;
    let Draft {
        records,
        tables,
        codings,
        ..
    } = draft;
    let settings = [
        ("codebook.toml", written(&records.codebook)),
        ("study.toml", written(&records.study)),
        ("claims.toml", written(&records.claims)),
    ];
    Ok(Cases {
        codebook: records.codebook.value,
        study: records.study.value,
        claims: records.claims.value,
        settings,
        inputs: records.inputs,
        findings: records.findings,
        tables,
        engagements: cases,
        events,
        roles,
        parties,
        mediators,
        places,
        regions,
        sources,
        codings,
        evidence,
    })
}

/// A steering file as it is written. It was read before, so its text is sound.
fn written<T>(document: &Document<T>) -> toml::Table {
    document.text.parse().unwrap_or_default()
}

/// Adds `start` and `end` of a table under their canonical names.
fn dates(table: &Typed, columns: &mut Vec<Column>) {
    for concept in [Concept::Start, Concept::End] {
        let name = concept.name();
        let key = table.concept(concept).map_or(name, |field| &field.key);
        let days = table.days(key);
        let split = |last: bool| -> Vec<Option<i32>> {
            days.iter()
                .map(|days| days.map(|days| if last { days.1 } else { days.0 }))
                .collect()
        };
        columns.push(Column::new(format!("{name}_earliest").into(), split(false)));
        columns.push(Column::new(format!("{name}_latest").into(), split(true)));
        columns.push(Column::new(missing(name).into(), reasons(table, key)));
    }
}

fn reasons(table: &Typed, key: &str) -> Texts {
    table
        .texts(&missing(key))
        .into_iter()
        .map(|reason| reason.map(str::to_owned))
        .collect()
}

fn frame_of_cases(draft: &Draft) -> Result<DataFrame> {
    let table = draft.unit(Unit::Case);
    let identifiers = texts(table, Concept::Case);
    let titles: Texts = texts(table, Concept::Title)
        .into_iter()
        .zip(&identifiers)
        .map(|(title, identifier)| title.or_else(|| identifier.clone()))
        .collect();
    let mut columns = vec![
        Column::new("case".into(), identifiers),
        Column::new("title".into(), titles),
        Column::new("kind".into(), texts(table, Concept::Kind)),
        Column::new("outcome".into(), texts(table, Concept::Outcome)),
    ];
    let blank;
    let table = if let Some(table) = table {
        table
    } else {
        blank = nothing();
        &blank
    };
    let key = table
        .concept(Concept::Outcome)
        .map_or("outcome", |field| &field.key);
    columns.push(Column::new("outcome_missing".into(), reasons(table, key)));
    dates(table, &mut columns);
    frame(columns)
}

/// A table without rows, for a unit that the data set does not have.
fn nothing() -> Typed {
    Typed {
        name: String::new(),
        unit: Unit::Other,
        files: Vec::new(),
        fields: Vec::new(),
        frame: DataFrame::empty(),
        lists: BTreeMap::new(),
        filtered: 0,
    }
}

fn frame_of_events(draft: &Draft, hosted: &BTreeMap<String, bool>) -> Result<DataFrame> {
    let table = draft.unit(Unit::Event);
    let identifiers = event_identifiers(table);
    let declared = table
        .and_then(|table| Some((table, table.concept(Concept::Hosted)?)))
        .and_then(|(table, field)| table.frame.column(&field.key).ok())
        .and_then(|column| column.bool().ok())
        .map(|flags| flags.iter().collect::<Vec<Option<bool>>>());
    let hosted: Vec<Option<bool>> = declared.unwrap_or_else(|| {
        identifiers
            .iter()
            .map(|event| hosted.get(event).copied())
            .collect()
    });
    let mut columns = vec![
        Column::new("event".into(), identifiers),
        Column::new("case".into(), texts(table, Concept::Case)),
        Column::new("type".into(), texts(table, Concept::Type)),
        Column::new("outcome".into(), texts(table, Concept::Outcome)),
        Column::new("hosted".into(), hosted),
    ];
    let blank = nothing();
    let named = table.and_then(|table| Some((table, table.concept(Concept::Outcome)?)));
    let silent = match (named, table) {
        (Some((table, field)), _) => reasons(table, &field.key),
        (None, table) => vec![None; table.map_or(0, |table| table.frame.height())],
    };
    columns.push(Column::new("outcome_missing".into(), silent));
    dates(table.unwrap_or(&blank), &mut columns);
    let mut events = frame(columns)?;
    if draft.grouped.is_empty() {
        return Ok(events);
    }
    // An event is there once for every case that grouping puts it into.
    let (rows, cases): (Vec<_>, Vec<_>) = draft.grouped.iter().cloned().unzip();
    let rows: Vec<IdxSize> = rows
        .into_iter()
        .filter_map(|row| row.try_into().ok())
        .collect();
    events = events
        .take(&IdxCa::from_vec("row".into(), rows))
        .map_err(Error::compute("grouped events"))?;
    events
        .with_column(Column::new("case".into(), cases))
        .map_err(Error::compute("grouped events"))?;
    Ok(events)
}

/// `case party standing`.
fn parties(draft: &Draft, case_of: &CasesOf) -> Result<DataFrame> {
    let (mut case, mut party, mut standing) = (Vec::new(), Vec::new(), Vec::new());
    for table in draft
        .tables
        .iter()
        .filter(|table| table.unit == Unit::Party)
    {
        case.extend(texts(Some(table), Concept::Case));
        party.extend(texts(Some(table), Concept::Party));
        standing.extend(texts(Some(table), Concept::Standing));
    }
    let found: BTreeSet<_> = linked(draft, case_of, Concept::Party).into_iter().collect();
    for (of, actor) in found {
        case.push(Some(of));
        party.push(Some(actor));
        standing.push(None);
    }
    frame(vec![
        Column::new("case".into(), case),
        Column::new("party".into(), party),
        Column::new("standing".into(), standing),
    ])
}

/// `case mediator`: from the table of cases if it names them, else from events.
fn mediators(draft: &Draft, case_of: &CasesOf) -> Result<DataFrame> {
    let cases = draft
        .unit(Unit::Case)
        .filter(|table| table.concept(Concept::Mediator).is_some());
    let found = match cases {
        Some(table) => links(table, &cases_of_rows(table, case_of), Concept::Mediator),
        None => linked(draft, case_of, Concept::Mediator),
    };
    distinct(found, "mediator")
}

/// `case` and another column: every distinct pair that any row about a case names.
fn pairs(draft: &Draft, case_of: &CasesOf, concept: Concept, name: &str) -> Result<DataFrame> {
    let mut found = linked(draft, case_of, concept);
    for table in &draft.tables {
        if matches!(table.unit, Unit::Role | Unit::Party | Unit::Evidence) {
            found.extend(links(table, &cases_of_rows(table, case_of), concept));
        }
    }
    distinct(found, name)
}

fn distinct(found: Vec<(String, String)>, name: &str) -> Result<DataFrame> {
    let found: BTreeSet<_> = found.into_iter().collect();
    let (cases, others): (Vec<String>, Vec<String>) = found.into_iter().unzip();
    frame(vec![
        Column::new("case".into(), cases),
        Column::new(name.into(), others),
    ])
}

/// The values of a concept that tables of cases and events hold, with the case they are about.
fn linked(draft: &Draft, case_of: &CasesOf, concept: Concept) -> Vec<(String, String)> {
    draft
        .tables
        .iter()
        .filter(|table| matches!(table.unit, Unit::Case | Unit::Event))
        .flat_map(|table| links(table, &cases_of_rows(table, case_of), concept))
        .collect()
}

fn links(table: &Typed, cases: &[Vec<String>], concept: Concept) -> Vec<(String, String)> {
    let Some(field) = table.concept(concept) else {
        return Vec::new();
    };
    table
        .values(field)
        .into_iter()
        .flat_map(|(row, value)| {
            let cases = cases.get(row as usize).into_iter().flatten();
            cases.map(move |case| (case.clone(), value.to_owned()))
        })
        .collect()
}
