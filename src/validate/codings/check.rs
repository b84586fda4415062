//! Are codings values that the variables of the cases can have?

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::IdxCa;

use super::{Coded, Coding, Codings, Given};
use crate::error::{Error, Result};
use crate::load::texts::TextColumn;
use crate::load::{FILE, LINE, TableRecords, Tally};
use crate::model::codebook::{TableSpec, Variable};
use crate::model::concept::Concept;
use crate::model::finding::{Findings, Rule, Severity, meant};
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use crate::validate::concepts::texts;
use crate::validate::decode;
use crate::validate::typed::{Draft, Typed};

/// A coding of a variable that cases do not have.
pub(crate) static VARIABLE: Rule = Rule {
    code: "V212",
    name: "unknown-variable",
    severity: Severity::Error,
    explain: "The row is about a variable that no table of cases or roles has. A variable is named as the codebook names\n\
              it (`name`, else the concept, else the column); the uptake of one of several roles is `uptake:venue`.\n\
              Fix: correct the name, or declare the variable in codebook.toml.",
};

/// One coder, one case, one variable, two values.
pub(crate) static TWICE: Rule = Rule {
    code: "V303",
    name: "coded-twice",
    severity: Severity::Error,
    explain: "One coder gave two values for one variable of one case, or the same value twice. Only a variable that can\n\
              have several values, as the roles of a case, may stand in several rows, each with another value.\n\
              Fix: keep one of the rows.",
};

/// A variable that a coding may be about, with the table that holds it.
struct Target<'a> {
    table: &'a TableSpec,
    variable: &'a Variable,
}

/// The variables of cases and roles, without those that say which case a row is about.
fn targets(draft: &Draft) -> Vec<Target<'_>> {
    let tables = draft.records.codebook.value.tables();
    let keys = [Concept::Case, Concept::Mediator, Concept::Source];
    let mut found: Vec<Target> = tables
        .filter(|table| matches!(table.unit, Unit::Case | Unit::Role))
        .flat_map(|table| table.variables.iter().map(move |of| (table, of.get_ref())))
        .filter(|(_, variable)| {
            variable
                .concept
                .is_none_or(|concept| !keys.contains(&concept))
        })
        .map(|(table, variable)| Target { table, variable })
        .collect();
    found.sort_by_key(|target| target.table.unit != Unit::Case);
    found
}

impl Target<'_> {
    fn is_set(&self) -> bool {
        self.variable.concept == Some(Concept::Role) || self.variable.separator.is_some()
    }

    fn of_role(&self) -> bool {
        self.table.unit == Unit::Role && self.variable.concept != Some(Concept::Role)
    }
}

/// The variable as a cell of its own: what a coding says is one value, and may be silent.
pub(super) fn alone(variable: &Variable) -> Variable {
    Variable {
        column: Some(variable.key().to_owned()),
        parts: None,
        alias: None,
        refers: None,
        separator: None,
        required: false,
        ..variable.clone()
    }
}

/// One row of codings on its way to be decoded.
struct Row<'a> {
    table: &'a Typed,
    position: usize,
    coder: Option<String>,
    case: String,
    variable: String,
    of: Option<String>,
    value: Option<String>,
    reason: Option<Reason>,
}

/// The codings and decisions of a data set, decoded; what is wrong with them is a finding.
pub(in crate::validate) fn read(draft: &Draft, findings: &mut Findings) -> Result<Codings> {
    let targets = targets(draft);
    let mut codings = Codings::default();
    let mut coded: BTreeSet<usize> = BTreeSet::new();
    for table in &draft.tables {
        if !matches!(table.unit, Unit::Coding | Unit::Decision) {
            continue;
        }
        let mut by_target: BTreeMap<usize, Vec<Row>> = BTreeMap::new();
        for row in rows(table) {
            if let Some(target) = find(&targets, &row, findings) {
                by_target.entry(target).or_default().push(row);
            }
        }
        for (position, rows) in by_target {
            let Some(target) = targets.get(position) else {
                continue;
            };
            coded.insert(position);
            twice(target, &rows, findings);
            let made = decoded(draft, target, rows, findings)?;
            match table.unit {
                Unit::Coding => codings.codings.extend(made),
                _ => codings.decisions.extend(made),
            }
        }
    }
    let codebook = &draft.records.codebook.value;
    codings.variables = coded
        .into_iter()
        .filter_map(|position| targets.get(position))
        .map(|target| Coded {
            key: target.variable.key().to_owned(),
            label: target.variable.label.clone(),
            measure: target.variable.measure,
            codes: target
                .variable
                .codes
                .as_ref()
                .map_or_else(Vec::new, |codes| codebook.codes(codes).to_vec()),
            reasons: codebook
                .missing(target.variable)
                .map(|code| code.reason)
                .collect(),
            is_set: target.is_set(),
            of_role: target.of_role(),
        })
        .collect();
    Ok(codings)
}

/// The rows of a table that name a case and a variable.
fn rows(table: &Typed) -> Vec<Row<'_>> {
    let column = |concept: Concept| texts(Some(table), concept);
    let (coders, cases) = (column(Concept::Coder), column(Concept::Case));
    let (variables, values) = (column(Concept::Variable), column(Concept::Value));
    let reasons = |concept: Concept| match table.concept(concept) {
        Some(field) => table.reasons(&field.key),
        None => vec![None; table.frame.height()],
    };
    let (silent, named) = (reasons(Concept::Value), reasons(Concept::Reason));
    let written = column(Concept::Reason);
    (0..table.frame.height())
        .filter_map(|row| {
            let whole = variables[row].clone()?;
            let (variable, of) = match whole.split_once(':') {
                Some((variable, of)) => (variable.to_owned(), Some(of.to_owned())),
                None => (whole, None),
            };
            let own = named[row].filter(|reason| *reason != Reason::Blank);
            Some(Row {
                table,
                position: row,
                coder: coders[row].clone(),
                case: cases[row].clone()?,
                variable,
                of,
                value: values[row].clone(),
                reason: written[row]
                    .as_deref()
                    .and_then(Reason::of)
                    .or(own)
                    .or(silent[row]),
            })
        })
        .collect()
}

/// The variable that a row is about.
fn find(targets: &[Target], row: &Row, findings: &mut Findings) -> Option<usize> {
    let found = targets.iter().position(|target| {
        let named = target.variable.key() == row.variable
            || target.variable.column.as_ref() == Some(&row.variable);
        named && target.of_role() == row.of.is_some()
    });
    if found.is_none() {
        let names = || -> Vec<String> {
            let each = targets.iter().map(|target| {
                let role = if target.of_role() { ":ROLE" } else { "" };
                format!("{}{role}", target.variable.key())
            });
            each.collect()
        };
        let problem = || format!("variables are {}", names().join(", "));
        let near = || {
            let names = names();
            let near = meant(&row.variable, names.iter().map(String::as_str));
            near.map(str::to_owned)
        };
        let place = place(row, Concept::Variable);
        let (spot, given) = (place.spot(), Some(row.variable.as_str()));
        findings.find(&VARIABLE, VARIABLE.severity, spot, given, problem, near);
    }
    found
}

fn place(row: &Row, concept: Concept) -> crate::model::finding::Place {
    let column = row
        .table
        .concept(concept)
        .map(|field| field.column.as_str());
    row.table.place(row.position, column)
}

fn twice(target: &Target, rows: &[Row], findings: &mut Findings) {
    let mut seen = BTreeMap::new();
    for row in rows {
        let value = target.is_set().then_some(&row.value);
        let key = (&row.coder, &row.case, &row.of, value);
        if let Some(earlier) = seen.insert(key, row.position) {
            let line = row.table.place(earlier, None).line.unwrap_or_default();
            let problem = format!(
                "{} of {} is coded on line {line} already",
                row.variable, row.case
            );
            findings.value(
                &TWICE,
                place(row, Concept::Value),
                row.value.as_deref().unwrap_or(""),
                problem,
                None,
            );
        }
    }
}

/// The rows decoded as cells of the variable that they are about.
fn decoded(
    draft: &Draft,
    target: &Target,
    rows: Vec<Row>,
    findings: &mut Findings,
) -> Result<Vec<Coding>> {
    let variable = alone(target.variable);
    let key = variable.key().to_owned();
    let Some(table) = rows.first().map(|row| row.table) else {
        return Ok(Vec::new());
    };
    let positions: Vec<u32> = { rows.iter() }
        .filter_map(|row| u32::try_from(row.position).ok())
        .collect();
    let frame = table
        .frame
        .select([LINE, FILE])
        .and_then(|frame| frame.take(&IdxCa::from_vec("row".into(), positions)))
        .map_err(Error::compute("the lines of codings"))?;
    // A row that gives a reason has no value to be decoded.
    let cells = rows.iter().map(|row| {
        let value = row.value.as_deref();
        value.filter(|_| row.reason_alone().is_none())
    });
    let column = TextColumn::of(&key, cells);
    let spec = TableSpec {
        variables: vec![toml::Spanned::new(0..0, variable)],
        indicators: Vec::new(),
        ..target.table.clone()
    };
    let records = TableRecords {
        name: table.name.clone(),
        files: table.files.clone(),
        frame,
        columns: vec![column],
        tally: Tally::default(),
    };
    let typed = decode::table(&draft.records, &spec, &records, findings)?;
    let silent = typed.reasons(&key);
    // Values are compared, not texts: a date, a flag or a number is written as it first was, or is.
    let mut spelt: BTreeMap<String, String> = BTreeMap::new();
    let field = typed.field(&key);
    let said = field.map_or_else(Vec::new, |field| typed.said(field));
    let notes = [Concept::Confidence, Concept::Locator, Concept::Note]
        .map(|concept| texts(Some(table), concept));
    Ok(rows
        .into_iter()
        .enumerate()
        .map(|(position, row)| {
            let text = row.value.clone().unwrap_or_default();
            let said = said.get(position).and_then(|said| said.first());
            let text = match said {
                Some(said) if target.variable.measure.is_numeric() => said.clone(),
                Some(said) => spelt.entry(said.clone()).or_insert(text).clone(),
                None => text,
            };
            let reason = row
                .reason_alone()
                .or(silent.get(position).copied().flatten());
            let [confidence, locator, note] =
                [0, 1, 2].map(|column| notes[column].get(row.position).cloned().flatten());
            Coding {
                coder: row.coder,
                case: row.case,
                variable: key.clone(),
                of: row.of,
                given: reason.map_or(Given::Value(text), Given::Missing),
                confidence,
                locator,
                note,
            }
        })
        .collect())
}

impl Row<'_> {
    /// The reason of a row without a value.
    fn reason_alone(&self) -> Option<Reason> {
        self.reason.filter(|_| self.value.is_none())
    }
}
