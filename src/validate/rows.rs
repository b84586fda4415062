//! The rows of typed tables by concept, and the cases that they are about.

use std::collections::BTreeMap;

use polars::prelude::{Column, DataFrame};

use super::typed::{Draft, Typed};
use crate::error::{Error, Result};
use crate::model::concept::Concept;
use crate::model::unit::Unit;

pub(super) type Texts = Vec<Option<String>>;

/// The values of a concept, row by row; nulls if the table does not declare it.
pub(super) fn texts(table: Option<&Typed>, concept: Concept) -> Texts {
    let Some(table) = table else {
        return Vec::new();
    };
    match table.concept(concept) {
        Some(field) => table
            .texts(&field.key)
            .into_iter()
            .map(|text| text.map(str::to_owned))
            .collect(),
        None => vec![None; table.frame.height()],
    }
}

pub(super) fn frame(columns: Vec<Column>) -> Result<DataFrame> {
    DataFrame::new_infer_height(columns).map_err(Error::compute("the frames of a data set"))
}

/// The identifiers of the events; an event without one is known by its row.
pub(super) fn event_identifiers(table: Option<&Typed>) -> Vec<String> {
    texts(table, Concept::Event)
        .into_iter()
        .enumerate()
        .map(|(row, identifier)| identifier.unwrap_or_else(|| format!("row {}", row + 1)))
        .collect()
}

/// Event → the cases it is part of: the one it names, or those that grouping puts it into.
pub(super) type CasesOf = BTreeMap<String, Vec<String>>;

pub(super) fn cases_of_events(draft: &Draft) -> CasesOf {
    let table = draft.unit(Unit::Event);
    let identifiers = event_identifiers(table);
    let mut cases = CasesOf::new();
    if draft.grouped.is_empty() {
        for (event, case) in identifiers.into_iter().zip(texts(table, Concept::Case)) {
            cases.entry(event).or_default().extend(case);
        }
        return cases;
    }
    for (row, case) in &draft.grouped {
        if let Some(event) = identifiers.get(*row) {
            cases.entry(event.clone()).or_default().push(case.clone());
        }
    }
    cases
}

/// The cases that each row of a table is about.
pub(super) fn cases_of_rows(table: &Typed, case_of: &CasesOf) -> Vec<Vec<String>> {
    if table.unit == Unit::Event {
        event_identifiers(Some(table))
            .iter()
            .map(|event| case_of.get(event).cloned().unwrap_or_default())
            .collect()
    } else {
        texts(Some(table), Concept::Case)
            .into_iter()
            .map(|case| case.into_iter().collect())
            .collect()
    }
}
