//! Text becomes values: what a cell says, by the measure that the codebook gives its variable.

use std::collections::BTreeMap;

use polars::prelude::Column;

use super::rules::{codes, dates as date_rules};
use super::typed::{Field, Typed};
use super::value::{Value, columns, list_of};
use super::{aliases, dates, numbers};
use crate::error::Result;
use crate::load::{Records, TableRecords};
use crate::model::codebook::{Code, Codebook, TableSpec, Variable};
use crate::model::concept::Concept;
use crate::model::date::{DateError, Edtf};
use crate::model::finding::{Findings, Severity, meant};
use crate::model::measure::Measure;
use crate::model::missing::Reason;

/// The typed form of a table: every declared variable, decoded.
pub(super) fn table(
    records: &Records,
    spec: &TableSpec,
    rows: &TableRecords,
    findings: &mut Findings,
) -> Result<Typed> {
    let codebook = &records.codebook.value;
    let keep: Vec<&str> = vec![crate::load::LINE, crate::load::FILE];
    let frame = rows
        .frame
        .select(keep)
        .map_err(crate::error::Error::compute("the lines of a table"))?;
    let mut typed = Typed {
        name: spec.name.clone(),
        unit: spec.unit,
        files: rows.files.clone(),
        fields: Vec::new(),
        frame,
        lists: BTreeMap::new(),
        filtered: rows.tally.filtered,
    };
    for variable in &spec.variables {
        Decoder::new(records, variable.get_ref()).decode(rows, &mut typed, findings)?;
    }
    for block in &spec.indicators {
        super::indicators::decode(codebook, block.get_ref(), rows, &mut typed, findings)?;
    }
    Ok(typed)
}

/// What a text would say in a cell of a variable, by its codes, missing codes, notation and
/// spellings; [`Value::Wrong`] if it is no value of it.
pub(super) fn reading(records: &Records, table: &Typed, variable: &Variable, text: &str) -> Value {
    let mut report = Report {
        typed: table,
        findings: &mut Findings::default(),
        row: 0,
        column: "",
    };
    Decoder::new(records, variable).value(text, &mut report)
}

/// What stands between the parts of an identifier of several columns.
pub(super) const JOIN: &str = " / ";

struct Decoder<'a> {
    codebook: &'a Codebook,
    variable: &'a Variable,
    codes: &'a [Code],
    aliases: Option<BTreeMap<String, String>>,
}

impl<'a> Decoder<'a> {
    fn new(records: &'a Records, variable: &'a Variable) -> Self {
        let codebook = &records.codebook.value;
        let codes = variable.codes.as_ref();
        let aliases = variable.alias.as_ref();
        Self {
            codebook,
            variable,
            codes: codes.map_or(&[], |codes| codebook.codes(codes)),
            aliases: aliases.map(|table| aliases::read(records, table)),
        }
    }

    fn decode(
        &self,
        rows: &TableRecords,
        typed: &mut Typed,
        findings: &mut Findings,
    ) -> Result<()> {
        let variable = self.variable;
        let field = Field {
            key: variable.key().to_owned(),
            column: variable.columns().collect::<Vec<_>>().join(", "),
            concept: variable.concept,
            measure: variable.measure,
            label: variable.label.clone(),
            codes: self.codes.to_vec(),
            is_list: variable.separator.is_some(),
        };
        let cells: Vec<_> = variable
            .columns()
            .map(|name| rows.frame.column(name).and_then(Column::str))
            .collect();
        let height = rows.frame.height();
        let mut values = Vec::with_capacity(height);
        for row in 0..height {
            let parts: Vec<Option<&str>> = cells
                .iter()
                .map(|column| column.as_ref().ok().and_then(|column| column.get(row)))
                .collect();
            let cell = parts.first().copied().flatten();
            let mut report = Report {
                typed,
                findings,
                row,
                column: &field.column,
            };
            if variable.parts.is_some() {
                values.push(self.parts(&parts, &mut report));
                continue;
            }
            if variable.joined.is_some() {
                values.push(self.joined(&parts, &mut report));
                continue;
            }
            let value = match (cell, variable.separator) {
                (None, _) => Value::Missing(Reason::Blank),
                (Some(cell), None) => self.value(cell, &mut report),
                (Some(cell), Some(separator)) => self.items(cell, separator, &mut report),
            };
            values.push(value);
        }
        if field.is_list {
            let list = list_of(&field, &values)?;
            typed.lists.insert(field.key.clone(), list);
        }
        let columns = columns(&field, &values)?;
        typed.add(field, columns)
    }

    /// The values of a cell that holds several.
    fn items(&self, cell: &str, separator: char, report: &mut Report) -> Value {
        let mut items = Vec::new();
        let whole = self.tidy(cell, report);
        if let Some(reason) = self.reason(&whole) {
            return self.missing(reason, &whole, report);
        }
        if whole.is_empty() {
            return self.missing(Reason::Blank, &whole, report);
        }
        for item in whole.split(separator).map(str::trim) {
            if item.is_empty() {
                report.value(
                    &codes::WRONG_TYPE,
                    item,
                    "an empty item between separators",
                    None,
                );
            } else {
                match self.value(item, report) {
                    Value::Text(text) => items.push(text),
                    Value::Missing(_) => {
                        let problem = "a missing code beside values says nothing and is not read";
                        report.graded(&codes::WRONG_TYPE, Severity::Warning, item, problem);
                    }
                    _ => {}
                }
            }
        }
        Value::List(items)
    }

    fn value(&self, cell: &str, report: &mut Report) -> Value {
        let tidy = self.tidy(cell, report);
        if let Some(reason) = self.reason(&tidy) {
            return self.missing(reason, &tidy, report);
        }
        if tidy.is_empty() {
            return self.missing(Reason::Blank, &tidy, report);
        }
        let text = match &self.aliases {
            None => tidy,
            Some(aliases) => {
                if let Some(identifier) = aliases.get(&tidy) {
                    if let Some(reason) = self.reason(identifier) {
                        return self.missing(reason, identifier, report);
                    }
                    identifier.clone()
                } else {
                    let near = meant(&tidy, aliases.keys().map(String::as_str));
                    let problem = "no alias leads from this spelling to an identifier";
                    report.value(&codes::UNMATCHED, &tidy, problem, near);
                    tidy
                }
            }
        };
        match self.variable.measure {
            Measure::Identifier | Measure::Text => Value::Text(text),
            Measure::Nominal | Measure::Ordinal => self.code(text, report),
            Measure::Flag => self.flag(&text, report),
            Measure::Count | Measure::Number | Measure::Share | Measure::Proportion => {
                self.number(&text, report)
            }
            Measure::Date => dated(dates::read(&text, self.variable), &text, report),
        }
    }

    /// The cell without blanks around it; that there were some is reported.
    fn tidy(&self, cell: &str, report: &mut Report) -> String {
        let trimmed = cell.trim();
        let tidy = if self.variable.normalise {
            trimmed.split_whitespace().collect::<Vec<_>>().join(" ")
        } else {
            trimmed.to_owned()
        };
        if tidy != cell {
            let rule = if self.variable.normalise {
                &codes::NORMALISED
            } else {
                &codes::BLANKS
            };
            report.value(rule, cell, "read without the needless blanks", None);
        }
        tidy
    }

    fn reason(&self, text: &str) -> Option<Reason> {
        self.codebook
            .missing(self.variable)
            .find(|missing| missing.code == text)
            .map(|missing| missing.reason)
    }

    fn missing(&self, reason: Reason, text: &str, report: &mut Report) -> Value {
        if reason == Reason::Blank && text.is_empty() && self.variable.required {
            let problem = "a value is required; where there is none, write a missing code";
            report.value(&codes::REQUIRED, text, problem, None);
        }
        Value::Missing(reason)
    }

    fn code(&self, text: String, report: &mut Report) -> Value {
        if self.codes.is_empty() || self.codes.iter().any(|code| code.code == text) {
            return Value::Text(text);
        }
        let allowed: Vec<&str> = self
            .codes
            .iter()
            .map(|code| code.code.as_str())
            .chain(
                self.codebook
                    .missing(self.variable)
                    .map(|missing| missing.code.as_str())
                    .filter(|code| !code.is_empty()),
            )
            .collect();
        let problem = format!("codes are {}", allowed.join(", "));
        let near = meant(&text, allowed.iter().copied());
        report.value(&codes::UNKNOWN, &text, problem, near);
        Value::Wrong
    }

    fn flag(&self, text: &str, report: &mut Report) -> Value {
        let texts = self.variable.flag.clone().unwrap_or_default();
        if let Some(truth) = super::indicators::truth(&texts, text) {
            Value::Flag(truth)
        } else {
            let problem = format!(
                "yes is written {}, no is written {}",
                texts.yes.join(" or "),
                texts.no.join(" or ")
            );
            report.value(&codes::WRONG_TYPE, text, problem, None);
            Value::Wrong
        }
    }

    fn number(&self, text: &str, report: &mut Report) -> Value {
        let number = match numbers::read(text, self.variable) {
            Ok(number) => number,
            Err(problem) => {
                report.value(&codes::WRONG_TYPE, text, problem, None);
                return Value::Wrong;
            }
        };
        let bound = match self.variable.concept {
            Some(Concept::Latitude) => 90.0,
            Some(Concept::Longitude) => 180.0,
            _ => return Value::Number(number),
        };
        if number.abs() <= bound {
            return Value::Number(number);
        }
        let problem = format!("degrees lie between -{bound} and {bound}");
        report.value(&codes::OUT_OF_RANGE, text, problem, None);
        Value::Wrong
    }

    /// An identifier that stands in several columns; without one of its parts there is none.
    fn joined(&self, parts: &[Option<&str>], report: &mut Report) -> Value {
        let mut texts = Vec::with_capacity(parts.len());
        for part in parts {
            match self.value(part.unwrap_or_default(), report) {
                Value::Text(text) => texts.push(text),
                other => return other,
            }
        }
        Value::Text(texts.join(JOIN))
    }

    /// A date whose year, month and day stand in columns of their own. What is given beside a part that is
    /// not there is lost, which is reported.
    fn parts(&self, parts: &[Option<&str>], report: &mut Report) -> Value {
        let part = |at: usize| parts.get(at).copied().flatten().unwrap_or_default().trim();
        let given = |text: &'_ str| !text.is_empty() && self.reason(text).is_none();
        let (year, month, day) = (part(0), part(1), part(2));
        let (month, day) = (
            (given(month) && month != "0").then_some(month),
            (given(day) && day != "0").then_some(day),
        );
        let shown = parts.iter().map(|part| part.unwrap_or_default());
        let shown = shown.collect::<Vec<_>>().join("-");
        let lost = if given(year) {
            month.is_none() && day.is_some()
        } else {
            month.or(day).is_some()
        };
        if lost {
            let problem = "a month without its year, or a day without its month, says nothing and is not read";
            report.graded(&codes::WRONG_TYPE, Severity::Warning, &shown, problem);
        }
        if !given(year) {
            let reason = self.reason(year).unwrap_or(Reason::Blank);
            return self.missing(reason, year, report);
        }
        dated(dates::assemble(year, month, day), &shown, report)
    }
}

fn dated(read: Result<Edtf, DateError>, text: &str, report: &mut Report) -> Value {
    match read {
        Ok(Edtf::Open) => Value::Missing(Reason::Open),
        Ok(date) => Value::Date(date),
        Err(error) => {
            let rule = match error {
                DateError::Mangled => &date_rules::MANGLED,
                DateError::Notation => &codes::WRONG_TYPE,
                DateError::Calendar | DateError::Reversed => &date_rules::IMPOSSIBLE,
            };
            report.value(rule, text, error.to_string(), None);
            Value::Wrong
        }
    }
}

/// Where a finding about the present cell goes.
struct Report<'a> {
    typed: &'a Typed,
    findings: &'a mut Findings,
    row: usize,
    column: &'a str,
}

impl Report<'_> {
    fn value(
        &mut self,
        rule: &'static crate::model::finding::Rule,
        value: &str,
        problem: impl Into<String>,
        near: Option<&str>,
    ) {
        let place = self.typed.place(self.row, Some(self.column));
        self.findings
            .value(rule, place, value, problem, near.map(str::to_owned));
    }

    fn graded(
        &mut self,
        rule: &'static crate::model::finding::Rule,
        severity: Severity,
        value: &str,
        problem: &str,
    ) {
        let place = self.typed.place(self.row, Some(self.column));
        let value = Some(value);
        self.findings.graded(rule, severity, place, value, problem);
    }
}
