//! Rules about keys and references: is every row one thing, and does what it points to exist?

use std::collections::{BTreeMap, BTreeSet};

use crate::load::rules::ROWS_LOST;
use crate::model::concept::Concept;
use crate::model::date::{Day, Interval};
use crate::model::finding::{Findings, Rule, Severity, meant};
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use crate::validate::decode::JOIN;
use crate::validate::rules::codes::REQUIRED;
use crate::validate::typed::{Draft, Field, Typed};

/// Two rows with one key.
pub(crate) static DUPLICATE: Rule = Rule {
    code: "V301",
    name: "duplicate-key",
    severity: Severity::Error,
    explain: "Two rows have the same key, so one thing would be counted twice, or two things as one.\n\
              Mend: remove the copy, or give the second thing a key of its own.",
};

/// A reference to nothing.
pub(crate) static DANGLING: Rule = Rule {
    code: "V302",
    name: "dangling-reference",
    severity: Severity::Error,
    explain: "The value is to be a key of another table, and that table has no such row.\n\
              Mend: correct the value, or add the row to the other table.",
};

/// The key of every row, `None` where a part of it is missing.
fn keys(table: &Typed, key: &[&Field]) -> Vec<Option<String>> {
    let parts: Vec<Vec<Option<String>>> = key
        .iter()
        .map(|field| {
            let texts = table.texts(&field.key);
            let days = table.days(&field.key);
            let column = table.frame.column(&field.key).ok();
            let numbers = column.and_then(|column| column.f64().ok());
            let flags = column.and_then(|column| column.bool().ok());
            texts
                .into_iter()
                .zip(days)
                .enumerate()
                .map(|(row, (text, days))| {
                    let number = || numbers.and_then(|numbers| numbers.get(row));
                    let flag = || flags.and_then(|flags| flags.get(row));
                    text.map(str::to_owned)
                        .or_else(|| days.map(|(first, last)| span(first, last).to_string()))
                        .or_else(|| number().map(|number| number.to_string()))
                        .or_else(|| flag().map(|flag| u8::from(flag).to_string()))
                })
                .collect()
        })
        .collect();
    (0..table.frame.height())
        .map(|row| {
            let cells: Option<Vec<&str>> = parts
                .iter()
                .map(|part| part.get(row).and_then(Option::as_deref))
                .collect();
            cells
                .filter(|cells| !cells.is_empty())
                .map(|cells| cells.join(" + "))
        })
        .collect()
}

/// No key stands twice.
pub(super) fn unique(draft: &Draft, findings: &mut Findings) {
    for spec in draft.records.codebook.value.tables() {
        let Some(table) = draft.table(&spec.name) else {
            continue;
        };
        let key = table.key(&spec.key);
        repeated(table, &key, "", findings);
        let identity: &[Concept] = match table.unit {
            Unit::Case => &[Concept::Case],
            Unit::Engagement => &[Concept::Case, Concept::Mediator],
            _ => continue,
        };
        let own: Vec<&Field> = identity
            .iter()
            .filter_map(|concept| table.concept(*concept))
            .collect();
        if own
            .iter()
            .map(|field| &field.key)
            .ne(key.iter().map(|field| &field.key))
        {
            let hint = "; where a case is named by several columns, write them as `columns` of one variable";
            repeated(table, &own, hint, findings);
        }
    }
}

/// Reports every row whose key an earlier row has.
fn repeated(table: &Typed, key: &[&Field], hint: &str, findings: &mut Findings) {
    let columns: Vec<&str> = key.iter().map(|field| field.column.as_str()).collect();
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let keys = keys(table, key);
    for (row, key) in keys.iter().enumerate() {
        let Some(key) = key else { continue };
        let Some(earlier) = first.get(key.as_str()) else {
            first.insert(key, row);
            continue;
        };
        let line = table.place(*earlier, None);
        let problem = match line.line {
            Some(number) => format!("already on line {number} of {}{hint}", line.file),
            None => "it stands there twice".to_owned(),
        };
        let place = table.place(row, Some(&columns.join(", ")));
        findings.value(&DUPLICATE, place, key, problem, None);
    }
}

/// Every row about a case says which, a coding also which variable, and, where the study is about one mediator, a
/// case whose it is: a row without would drop out of every table unseen.
pub(super) fn identities(draft: &Draft, findings: &mut Findings) {
    let one_mediator = draft.records.study.value.mediator.is_some();
    for table in &draft.tables {
        let needed: &[Concept] = match (table.unit, one_mediator) {
            (Unit::Case, true) => &[Concept::Case, Concept::Mediator],
            (Unit::Engagement, _) => &[Concept::Case, Concept::Mediator],
            (Unit::Case | Unit::Event | Unit::Role | Unit::Party | Unit::Evidence, _) => {
                &[Concept::Case]
            }
            (Unit::Coding | Unit::Decision, _) => &[Concept::Case, Concept::Variable],
            _ => continue,
        };
        for field in needed.iter().filter_map(|concept| table.concept(*concept)) {
            let is_declared = draft.records.codebook.value.table(&table.name).is_some();
            for (row, reason) in table.reasons(&field.key).into_iter().enumerate() {
                // An event may belong to no case, if it says so.
                let is_alone = table.unit == Unit::Event && reason == Some(Reason::Na);
                if let Some(reason) = reason.filter(|_| is_declared && !is_alone) {
                    let problem =
                        "without it the row belongs to nothing and would be counted nowhere";
                    let place = table.place(row, Some(&field.column));
                    findings.value(&REQUIRED, place, reason.name(), problem, None);
                }
            }
        }
    }
}

/// Every reference leads somewhere. Where rows of the other table could not be read, nothing is said:
/// one mistake is to be one finding.
pub(super) fn references(draft: &Draft, findings: &mut Findings) {
    let codebook = &draft.records.codebook.value;
    for spec in codebook.tables() {
        let Some(table) = draft.table(&spec.name) else {
            continue;
        };
        for variable in &spec.variables {
            let variable = variable.get_ref();
            let Some((target, target_spec)) = variable
                .refers
                .as_ref()
                .filter(|_| variable.alias.is_none())
                .and_then(|name| draft.table(name).zip(codebook.table(name)))
            else {
                continue;
            };
            let is_whole = |file: &String| !findings.has(file, ROWS_LOST);
            if !target.files.iter().all(is_whole) {
                continue;
            }
            let known: BTreeSet<String> = keys(target, &target.key(&target_spec.key))
                .into_iter()
                .flatten()
                .collect();
            let Some(field) = table.field(variable.key()) else {
                continue;
            };
            for (row, value) in table.values(field) {
                if !known.contains(value) {
                    let near = meant(value, known.iter().map(String::as_str));
                    let begun = [JOIN, " + "].map(|between| format!("{value}{between}"));
                    let is_begun = |key: &&String| begun.iter().any(|begun| key.starts_with(begun));
                    let whole = known.iter().filter(is_begun);
                    let whole: Vec<&str> = whole.map(String::as_str).collect();
                    let problem = match whole.as_slice() {
                        [] => format!("the table {} has no such row", target.name),
                        whole => {
                            format!("it is part of {}; say which is meant", whole.join(" and "))
                        }
                    };
                    let near = near.filter(|_| whole.is_empty()).map(str::to_owned);
                    let place = table.place(row as usize, Some(&field.column));
                    findings.value(&DANGLING, place, value, problem, near);
                }
            }
        }
    }
}

fn span(first: i32, last: i32) -> Interval {
    Interval {
        earliest: Day::from_epoch(first),
        latest: Day::from_epoch(last),
    }
}
