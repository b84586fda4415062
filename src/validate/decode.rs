//! Text becomes values: what a cell says, by the measure that the codebook gives its variable.

use std::borrow::Cow;
use std::collections::BTreeMap;

use polars::prelude::{Column, DataFrame};

use super::alike::{Alike, Report};
use super::rules::{codes, dates as date_rules};
use super::typed::{Field, Typed};
use super::value::{Value, columns, list_of};
use super::{aliases, dates, indicators, numbers};
use crate::error::Result;
use crate::load::texts::TextColumn;
use crate::load::{Records, TableRecords};
use crate::model::codebook::{Code, Codebook, TableSpec, Variable};
use crate::model::concept::Concept;
use crate::model::date::{DateError, Edtf};
use crate::model::finding::{Findings, meant};
use crate::model::measure::Measure;
use crate::model::missing::Reason;
use crate::side_by_side;

/// The typed form of a table: every declared variable, decoded; the variables side by side.
pub(super) fn table(
    records: &Records,
    spec: &TableSpec,
    rows: &TableRecords,
    findings: &mut Findings,
) -> Result<Typed> {
    let codebook = &records.codebook.value;
    let mut typed = Typed {
        name: spec.name.clone(),
        unit: spec.unit,
        files: rows.files.clone(),
        fields: Vec::new(),
        frame: rows.frame.clone(),
        lists: BTreeMap::new(),
        filtered: rows.tally.filtered,
    };
    let decoders: Vec<Decoder> = { spec.variables.iter() }
        .map(|variable| Decoder::new(records, variable.get_ref()))
        .collect();
    let decoded = side_by_side::each(&decoders, &|_, _| {}, |decoder| decoder.decode(rows))?;
    for (decoder, decoded) in decoders.iter().zip(decoded) {
        let Decoded {
            field,
            alike,
            wrong,
            columns,
            list,
        } = decoded;
        let cells = decoder.cells(rows);
        alike.report_of(&wrong, &typed, &field.column, findings, |row, report| {
            decoder.row(&cells, row, report);
        });
        typed
            .lists
            .extend(list.map(|list| (field.key.clone(), list)));
        typed.add(field, columns)?;
    }
    for block in &spec.indicators {
        indicators::decode(codebook, block.get_ref(), rows, &mut typed, findings)?;
    }
    Ok(typed)
}

/// What a text would say in a cell of a variable, by its codes, missing codes, notation and
/// spellings; [`Value::Wrong`] if it is no value of it.
pub(super) fn reading(records: &Records, variable: &Variable, text: &str) -> Value {
    Decoder::new(records, variable).value(text, &mut Report::default())
}

/// What stands between the parts of an identifier of several columns.
pub(super) const JOIN: &str = " / ";

struct Decoder<'a> {
    codebook: &'a Codebook,
    variable: &'a Variable,
    codes: &'a [Code],
    aliases: Option<BTreeMap<String, String>>,
}

/// A variable of every row.
struct Decoded<'a> {
    field: Field,
    alike: Alike<'a>,
    /// Of which rows alike a finding is to be made.
    wrong: Vec<bool>,
    columns: Vec<Column>,
    /// The values, a row each, where there may be several.
    list: Option<DataFrame>,
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

    /// The columns of the file that hold the variable.
    fn cells<'r>(&self, rows: &'r TableRecords) -> Vec<Option<&'r TextColumn>> {
        let columns = self.variable.columns();
        columns.map(|name| rows.column(name)).collect()
    }

    /// Decodes each text once.
    fn decode<'r>(&self, rows: &'r TableRecords) -> Result<Decoded<'r>> {
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
        let cells = self.cells(rows);
        let there: Vec<&TextColumn> = cells.iter().copied().flatten().collect();
        let alike = Alike::of(&there, rows.frame.height());
        let mut wrong = Vec::with_capacity(alike.first().len());
        let values = alike.first().iter().map(|row| {
            let mut report = Report::default();
            let value = self.row(&cells, *row, &mut report);
            wrong.push(report.found);
            value
        });
        let values: Vec<Value> = values.collect();
        let list = field.is_list.then(|| list_of(&field, &values, &alike));
        Ok(Decoded {
            list: list.transpose()?,
            columns: alike.spread(&columns(&field, &values)?)?,
            field,
            alike,
            wrong,
        })
    }

    /// What a row says.
    fn row(&self, cells: &[Option<&TextColumn>], row: usize, report: &mut Report) -> Value {
        let mut parts = cells.iter().map(|column| (*column)?.get(row));
        if self.variable.parts.is_some() {
            return self.parts(&parts.collect::<Vec<_>>(), report);
        }
        if self.variable.joined.is_some() {
            return self.joined(&parts.collect::<Vec<_>>(), report);
        }
        match (parts.next().flatten(), self.variable.separator) {
            (None, _) => Value::Missing(Reason::Blank),
            (Some(cell), None) => self.value(cell, report),
            (Some(cell), Some(separator)) => self.items(cell, separator, report),
        }
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
                let problem = || "an empty item between separators".to_owned();
                report.value(&codes::WRONG_TYPE, item, problem);
            } else {
                match self.value(item, report) {
                    Value::Text(text) => items.push(text),
                    Value::Missing(_) => {
                        let problem = "a missing code beside values says nothing and is not read";
                        report.warn(&codes::WRONG_TYPE, item, problem);
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
            None => tidy.into_owned(),
            Some(aliases) => {
                if let Some(identifier) = aliases.get(&*tidy) {
                    if let Some(reason) = self.reason(identifier) {
                        return self.missing(reason, identifier, report);
                    }
                    identifier.clone()
                } else {
                    let rule = &codes::UNMATCHED;
                    let problem =
                        || "no alias leads from this spelling to an identifier".to_owned();
                    let near = || near(&tidy, aliases.keys().map(String::as_str));
                    report.find(rule, rule.severity, &tidy, problem, near);
                    tidy.into_owned()
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
    fn tidy<'t>(&self, cell: &'t str, report: &mut Report) -> Cow<'t, str> {
        let mut tidy = Cow::Borrowed(cell.trim());
        let mut rule = &codes::BLANKS;
        if self.variable.normalise {
            rule = &codes::NORMALISED;
            tidy = Cow::Owned(tidy.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        if tidy != cell {
            let problem = || "read without the needless blanks".to_owned();
            report.value(rule, cell, problem);
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
            let problem =
                || "a value is required; where there is none, write a missing code".to_owned();
            report.value(&codes::REQUIRED, text, problem);
        }
        Value::Missing(reason)
    }

    fn code(&self, text: String, report: &mut Report) -> Value {
        if self.codes.is_empty() || self.codes.iter().any(|code| code.code == text) {
            return Value::Text(text);
        }
        let allowed = || {
            let codes = self.codes.iter().map(|code| code.code.as_str());
            let silent = self.codebook.missing(self.variable);
            let silent = silent.map(|missing| missing.code.as_str());
            codes.chain(silent.filter(|code| !code.is_empty()))
        };
        let problem = || format!("codes are {}", allowed().collect::<Vec<_>>().join(", "));
        let rule = &codes::UNKNOWN;
        report.find(rule, rule.severity, &text, problem, || {
            near(&text, allowed())
        });
        Value::Wrong
    }

    fn flag(&self, text: &str, report: &mut Report) -> Value {
        let texts = self.variable.flag.clone().unwrap_or_default();
        if let Some(truth) = indicators::truth(&texts, text) {
            Value::Flag(truth)
        } else {
            report.value(&codes::WRONG_TYPE, text, || indicators::written(&texts));
            Value::Wrong
        }
    }

    fn number(&self, text: &str, report: &mut Report) -> Value {
        let number = match numbers::read(text, self.variable) {
            Ok(number) => number,
            Err(problem) => {
                report.value(&codes::WRONG_TYPE, text, || problem.to_owned());
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
        let problem = || format!("degrees lie between -{bound} and {bound}");
        report.value(&codes::OUT_OF_RANGE, text, problem);
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
            report.warn(&codes::WRONG_TYPE, &shown, problem);
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
            report.value(rule, text, || error.to_string());
            Value::Wrong
        }
    }
}

/// What was probably meant.
fn near<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    meant(given, known).map(str::to_owned)
}
