//! What the third party did in each case, from whatever shape the data have it in.

use std::collections::BTreeMap;

use polars::prelude::{Column, DataFrame};

use super::rows::{CasesOf, Texts, cases_of_rows, event_identifiers, frame, texts};
use super::typed::{Draft, Typed};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::derive::Derive;
use crate::model::unit::Unit;

/// One coded role on its way into the frame.
struct RoleRow {
    case: Option<String>,
    role: Option<String>,
    basis: Option<String>,
    uptake: Option<String>,
    is_coded: bool,
    day: Option<i32>,
}

/// `case role basis uptake is_coded day`: from a table of roles, from cells or 0/1 columns of cases and
/// events, and from hosting where the codebook says that it is evidence of a role. `is_coded` is
/// false where the role is missing; a row without a role that is coded says that there is none.
/// `day` is the first day of the event that shows the role.
pub(super) fn roles(
    draft: &Draft,
    case_of: &CasesOf,
    hosted: &BTreeMap<String, bool>,
) -> Result<DataFrame> {
    let mut rows: Vec<RoleRow> = Vec::new();
    for table in draft.tables.iter().filter(|table| table.unit == Unit::Role) {
        let columns = [
            Concept::Case,
            Concept::Role,
            Concept::Basis,
            Concept::Uptake,
        ]
        .map(|concept| texts(Some(table), concept));
        for row in 0..table.frame.height() {
            let cell = |column: usize| columns[column].get(row).cloned().flatten();
            rows.push(RoleRow {
                case: cell(0),
                role: cell(1),
                basis: cell(2),
                uptake: cell(3),
                is_coded: cell(1).is_some(),
                day: None,
            });
        }
    }
    let base = &draft.records.study.value.base;
    let first = |codes: &[toml::Spanned<String>]| Some(codes.first()?.get_ref().clone());
    let shown = |case: &str, role: Option<&str>, day: Option<i32>| RoleRow {
        case: Some(case.to_owned()),
        role: role.map(str::to_owned),
        basis: first(&base.basis),
        uptake: first(&base.uptake),
        is_coded: true,
        day,
    };
    for table in &draft.tables {
        let field = table.concept(Concept::Role);
        let Some(field) = field.filter(|_| matches!(table.unit, Unit::Case | Unit::Event)) else {
            continue;
        };
        let (cases, days) = (cases_of_rows(table, case_of), first_days(table));
        let silent = table.reasons(&field.key);
        let mut found: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for (row, role) in table.values(field) {
            found.entry(row as usize).or_default().push(role);
        }
        for (row, cases) in cases.iter().enumerate() {
            let day = days.get(row).copied().flatten();
            let roles = found.get(&row);
            if roles.is_none() && silent.get(row).copied().flatten().is_some() {
                continue;
            }
            for case in cases {
                match roles {
                    Some(roles) => {
                        rows.extend(roles.iter().map(|role| shown(case, Some(role), day)));
                    }
                    None => rows.push(shown(case, None, day)),
                }
            }
        }
    }
    for derived in &draft.records.codebook.value.derived {
        if let Derive::Hosted {
            role: Some(role), ..
        } = derived.get_ref()
        {
            let events = draft.unit(Unit::Event);
            let days = events.map(first_days).unwrap_or_default();
            for (row, event) in event_identifiers(events).iter().enumerate() {
                let cases = case_of
                    .get(event)
                    .filter(|_| hosted.get(event) == Some(&true));
                let day = days.get(row).copied().flatten();
                rows.extend(
                    cases
                        .into_iter()
                        .flatten()
                        .map(|case| shown(case, Some(role), day)),
                );
            }
        }
    }
    let column =
        |read: &dyn Fn(&RoleRow) -> Option<String>| -> Texts { rows.iter().map(read).collect() };
    let coded: Vec<bool> = rows.iter().map(|row| row.is_coded).collect();
    let days: Vec<Option<i32>> = rows.iter().map(|row| row.day).collect();
    frame(vec![
        Column::new("case".into(), column(&|row| row.case.clone())),
        Column::new("role".into(), column(&|row| row.role.clone())),
        Column::new("basis".into(), column(&|row| row.basis.clone())),
        Column::new("uptake".into(), column(&|row| row.uptake.clone())),
        Column::new("is_coded".into(), coded),
        Column::new("day".into(), days),
    ])
}

/// The first possible day of every event of a table; of other tables nothing.
fn first_days(table: &Typed) -> Vec<Option<i32>> {
    let start = table.concept(Concept::Start);
    match start.filter(|_| table.unit == Unit::Event) {
        Some(start) => table
            .days(&start.key)
            .into_iter()
            .map(|days| days.map(|days| days.0))
            .collect(),
        None => Vec::new(),
    }
}
