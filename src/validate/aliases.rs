//! Tables of aliases: spellings of names, and the identifiers that they lead to.

use std::collections::BTreeMap;

use super::rules::keys::DUPLICATE;
use super::typed::Draft;
use crate::load::Records;
use crate::load::texts::TextColumn;
use crate::model::codebook::{TableSpec, Variable};
use crate::model::finding::Findings;

/// Spelling → identifier: the first variable without `refers`, and the one with it.
pub(super) fn read(records: &Records, table: &str) -> BTreeMap<String, String> {
    let Some(((_, names), (_, identifiers))) = columns(records, table) else {
        return BTreeMap::new();
    };
    let tidy = |text: &str| text.trim().to_owned();
    names
        .iter()
        .zip(identifiers.iter())
        .filter_map(|(name, identifier)| Some((tidy(name?), tidy(identifier?))))
        .collect()
}

/// No spelling leads to two identifiers. Where the spelling is the key of the table, that is found already.
pub(super) fn once(draft: &Draft, findings: &mut Findings) {
    let records = &draft.records;
    let variables = records
        .codebook
        .value
        .tables()
        .flat_map(|table| &table.variables);
    let mut named: Vec<&str> = variables
        .filter_map(|variable| variable.get_ref().alias.as_deref())
        .collect();
    named.sort_unstable();
    named.dedup();
    for name in named {
        let Some(((variable, names), (_, identifiers))) = columns(records, name) else {
            continue;
        };
        let is_key = |table: &TableSpec| table.key.iter().eq(&variable.column);
        let Some(table) = draft
            .table(name)
            .filter(|_| !records.codebook.value.table(name).is_some_and(is_key))
        else {
            continue;
        };
        let mut first: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
        for (row, (name, identifier)) in names.iter().zip(identifiers.iter()).enumerate() {
            let (Some(name), Some(identifier)) = (name.map(str::trim), identifier.map(str::trim))
            else {
                continue;
            };
            let (earlier, other) = *first.entry(name).or_insert((row, identifier));
            if other != identifier {
                let line = table.place(earlier, None).line.unwrap_or_default();
                let problem = format!(
                    "the spelling leads to \"{identifier}\" here and to \"{other}\" on line {line}"
                );
                let place = table.place(row, variable.column.as_deref());
                findings.value(&DUPLICATE, place, name, problem, None);
            }
        }
    }
}

type Texts<'a> = (&'a Variable, &'a TextColumn);

fn columns<'a>(records: &'a Records, table: &str) -> Option<(Texts<'a>, Texts<'a>)> {
    let spec = records.codebook.value.table(table)?;
    let rows = records.table(table)?;
    let column = |is_reference: bool| {
        let mut variables = spec.variables.iter().map(toml::Spanned::get_ref);
        let variable = variables.find(|variable| variable.refers.is_some() == is_reference)?;
        let name = variable.column.as_deref()?;
        Some((variable, rows.column(name)?))
    };
    Some((column(false)?, column(true)?))
}
