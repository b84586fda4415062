//! Rules about keys and references: is every row one thing, and does what it points to exist?

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::load::rules::ROWS_LOST;
use crate::load::texts::{ABSENT, Interned};
use crate::model::concept::Concept;
use crate::model::finding::{Candidates, Findings, Rule, Severity};
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use crate::validate::alike::Alike;
use crate::validate::cells::{Cells, Said};
use crate::validate::decode::JOIN;
use crate::validate::rules::codes::REQUIRED;
use crate::validate::typed::{Draft, Field, Typed};

/// Two rows with one key.
pub(crate) static DUPLICATE: Rule = Rule {
    code: "V301",
    name: "duplicate-key",
    severity: Severity::Error,
    explain: "Two rows have the same key, so one thing would be counted twice, or two things as one.\n\
              Fix: remove the copy, or give the second thing a key of its own.",
};

/// A reference to nothing.
pub(crate) static DANGLING: Rule = Rule {
    code: "V302",
    name: "dangling-reference",
    severity: Severity::Error,
    explain: "The value is to be a key of another table, and that table has no such row.\n\
              Fix: correct the value, or add the row to the other table.",
};

/// The keys of a table, each once.
struct Keys<'a> {
    alike: Alike<'a>,
    known: Interned,
    /// Group of rows → key; [`ABSENT`] where a part of it is missing.
    of_group: Vec<u32>,
}

impl<'a> Keys<'a> {
    fn of(draft: &'a Draft, table: &'a Typed, key: &[&Field]) -> Self {
        let each = key.iter().map(|field| Alike::of_field(draft, table, field));
        let alike = each.reduce(|alike, other| alike.and(&other));
        let alike = alike.unwrap_or_else(|| Alike::of(&[], table.frame.height()));
        let parts: Vec<Said> = key.iter().map(|field| Said::of(table, field)).collect();
        let mut known = Interned::default();
        let of_group = alike.first().iter().map(|row| {
            let cells: Option<Vec<_>> = parts.iter().map(|said| part(said, *row)).collect();
            let cells = cells.filter(|cells| !cells.is_empty());
            cells.map_or(ABSENT, |cells| known.place(&cells.join(" + ")))
        });
        Self {
            of_group: of_group.collect(),
            alike,
            known,
        }
    }
}

/// What a row has of a variable that is part of a key: one value.
fn part<'a>(said: &Said<'a>, row: usize) -> Option<Cow<'a, str>> {
    if let Some(text) = said.cells.one(row) {
        return Some(Cow::Borrowed(text));
    }
    let number = || Some(said.numbers?.get(row)?.to_string());
    let flag = || Some(u8::from(said.flags?.get(row)?).to_string());
    let days = said.interval(row).map(|days| days.to_string());
    days.or_else(number).or_else(flag).map(Cow::Owned)
}

/// No key stands twice.
pub(super) fn unique(draft: &Draft, findings: &mut Findings) {
    for spec in draft.records.codebook.value.tables() {
        let Some(table) = draft.table(&spec.name) else {
            continue;
        };
        let key = table.key(&spec.key);
        repeated(draft, table, &key, "", findings);
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
            let hint = if table.unit == Unit::Engagement {
                ""
            } else {
                "; where a case is named by several columns, write them as `columns` of one variable"
            };
            repeated(draft, table, &own, hint, findings);
        }
    }
}

/// Reports every row whose key an earlier row has.
fn repeated(draft: &Draft, table: &Typed, key: &[&Field], hint: &str, findings: &mut Findings) {
    let columns: Vec<&str> = key.iter().map(|field| field.column.as_str()).collect();
    let columns = columns.join(", ");
    let keys = Keys::of(draft, table, key);
    let whereabouts = table.whereabouts();
    let mut first = vec![None; keys.known.texts.len() as usize];
    for (row, group) in keys.alike.groups().enumerate() {
        let key = keys.of_group[group as usize];
        let Some(first) = first.get_mut(key as usize) else {
            continue;
        };
        let Some(earlier) = first else {
            *first = Some(row);
            continue;
        };
        let problem = || {
            let earlier = whereabouts.spot(*earlier, None);
            match earlier.line {
                Some(line) => format!("already on line {line} of {}{hint}", earlier.file),
                None => "it stands there twice".to_owned(),
            }
        };
        let spot = whereabouts.spot(row, Some(&columns));
        let key = keys.known.texts.get(key);
        findings.find(&DUPLICATE, DUPLICATE.severity, spot, key, problem, || None);
    }
}

/// Every row about a case says which, a coding also which variable, and, where the study is about one mediator, a
/// case whose it is: a row without would drop out of every table unseen.
pub(super) fn identities(draft: &Draft, findings: &mut Findings) {
    let one_mediator = draft.records.study.value.mediator.is_some();
    for table in &draft.tables {
        let needed: &[Concept] = match (table.unit, one_mediator) {
            (Unit::Case, true) | (Unit::Engagement, _) => &[Concept::Case, Concept::Mediator],
            (Unit::Case | Unit::Event | Unit::Role | Unit::Party | Unit::Evidence, _) => {
                &[Concept::Case]
            }
            (Unit::Coding | Unit::Decision, _) => &[Concept::Case, Concept::Variable],
            _ => continue,
        };
        for field in needed.iter().filter_map(|concept| table.concept(*concept)) {
            // A table that grouping makes has the cases of its events.
            if draft.records.codebook.value.table(&table.name).is_none() {
                continue;
            }
            let alike = Alike::of_field(draft, table, field);
            let reasons = Cells::reasons(table, &field.key);
            alike.report(table, &field.column, findings, |row, report| {
                // An event may belong to no case, if it says so.
                let is_na = reasons.one(row) == Some(Reason::Na.name());
                let is_alone = table.unit == Unit::Event && is_na;
                if let Some(reason) = reasons.one(row).filter(|_| !is_alone) {
                    let problem = || {
                        "without it the row belongs to nothing and would be counted nowhere"
                            .to_owned()
                    };
                    report.value(&REQUIRED, reason, problem);
                }
            });
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
            let known = Keys::of(draft, target, &target.key(&target_spec.key)).known;
            let Some(field) = table.field(variable.key()) else {
                continue;
            };
            let (alike, cells) = (
                Alike::of_field(draft, table, field),
                Cells::new(table, field),
            );
            let near: OnceCell<Candidates> = OnceCell::new();
            let near = || {
                near.get_or_init(|| {
                    let sorted: BTreeSet<&str> = known.texts.iter().collect();
                    Candidates::new(sorted)
                })
            };
            alike.report(table, &field.column, findings, |row, report| {
                let dangling = |value: &&str| known.find(value).is_none();
                for value in cells.of(row).filter(dangling) {
                    let begun = [JOIN, " + "].map(|between| format!("{value}{between}"));
                    let is_begun = |key: &&str| begun.iter().any(|begun| key.starts_with(begun));
                    let whole = || -> Vec<&str> { known.texts.iter().filter(is_begun).collect() };
                    let problem = || match whole().as_slice() {
                        [] => format!("the table {} has no such row", target.name),
                        whole => {
                            format!("it is part of {}; say which is meant", whole.join(" and "))
                        }
                    };
                    let meant = || {
                        let near = near().meant(value).filter(|_| whole().is_empty());
                        near.map(str::to_owned)
                    };
                    report.find(&DANGLING, DANGLING.severity, value, problem, meant);
                }
            });
        }
    }
}
