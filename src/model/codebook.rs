//! What the tables, columns and codes of a data set mean, as `codebook.toml` says it.
//!
//! A new data set is a new codebook, not new code: files differ, and everything after `load` asks
//! for a [`Concept`] instead of a column.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::concept::Concept;
use super::date::{Day, Interval, days};
use super::derive::Derive;
use super::label::Label;
use super::measure::Measure;
use super::missing::Reason;
use super::rule::Condition;
use super::unit::Unit;

/// The codebook of a data set.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codebook {
    /// What the data set is.
    pub dataset: About,
    /// The span of time that it covers: a year outside is not a zero.
    #[serde(default)]
    pub coverage: Coverage,
    /// Codes that several variables share, by name.
    #[serde(default)]
    pub lists: BTreeMap<String, Spanned<Vec<Code>>>,
    /// Missing codes that hold for every variable.
    #[serde(default)]
    pub missing: Vec<MissingCode>,
    /// The tables, in the order in which findings are listed.
    #[serde(rename = "table", default)]
    pub tables: Vec<Spanned<TableSpec>>,
    /// Variables and tables that are computed from others.
    #[serde(rename = "derive", default)]
    pub derived: Vec<Spanned<Derive>>,
    /// Conditions that rows must meet.
    #[serde(rename = "rule", default)]
    pub conditions: Vec<Spanned<Condition>>,
}

/// What a data set is, for its title page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The short name, which is also the folder of its report.
    pub name: String,
    /// The title.
    pub title: Label,
    /// A paragraph on what it holds.
    #[serde(default)]
    pub description: Label,
    /// The version.
    pub version: String,
    /// The licence.
    pub licence: String,
    /// How to cite it.
    pub citation: String,
}

/// The span of time that a data set covers, in EDTF.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// From when.
    pub start: Option<Spanned<String>>,
    /// Until when.
    pub end: Option<Spanned<String>>,
}

/// One code of a list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// The code in the files.
    pub code: String,
    /// What it means.
    pub label: Label,
}

/// A code that stands for a missing value.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MissingCode {
    /// The code in the files; an empty text declares what a blank cell means.
    pub code: String,
    /// Why the value is missing.
    pub reason: Reason,
}

/// One table: what a row is, in which files it stands, and its variables.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSpec {
    /// The name, by which variables refer to it.
    pub name: String,
    /// What a row is.
    pub unit: Unit,
    /// The file or files.
    pub file: OneOrMany,
    /// The columns that together name a row.
    #[serde(default)]
    pub key: Vec<String>,
    /// The character between cells; by default a comma, in `.tsv` and `.tab` files a tab.
    pub delimiter: Option<char>,
    /// The encoding, by its WHATWG label; by default UTF-8.
    pub encoding: Option<String>,
    /// Does a quotation mark at the beginning of a cell enclose it? If not, marks are letters like others.
    #[serde(default = "yes")]
    pub quotes: bool,
    /// The names of the columns, where the file has no header.
    pub columns: Option<Vec<String>>,
    /// Which rows are kept; printed in every report.
    pub keep: Option<Keep>,
    /// May there be columns that the codebook does not mention?
    #[serde(default)]
    pub other_columns: bool,
    /// The variables.
    #[serde(rename = "variable", default)]
    pub variables: Vec<Spanned<Variable>>,
    /// Blocks of 0/1 columns that together are one variable with several values.
    #[serde(rename = "indicators", default)]
    pub indicators: Vec<Spanned<Indicators>>,
}

const fn yes() -> bool {
    true
}

/// One text or several.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "a text or a list of texts")]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl OneOrMany {
    /// The texts.
    #[must_use]
    pub fn as_slice(&self) -> &[String] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::Many(texts) => texts,
        }
    }
}

/// A filter of rows.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keep {
    /// The column looked at.
    pub column: String,
    /// A row is kept if its cell is one of these.
    #[serde(rename = "in")]
    pub values: Vec<String>,
}

/// One variable: a column, or one assembled from the parts of a date.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// The column in the file; absent if the variable is made of several.
    pub column: Option<String>,
    /// The columns that together are one identifier, as a conflict and its episode are; joined by ` / `.
    #[serde(rename = "columns")]
    pub joined: Option<Vec<String>>,
    /// The columns of year, month and day.
    pub parts: Option<DateParts>,
    /// The name in the program; by default that of the concept, else that of the column.
    pub name: Option<String>,
    /// What it means to the program.
    pub concept: Option<Concept>,
    /// Its scale.
    pub measure: Measure,
    /// The name a reader sees.
    pub label: Label,
    /// The codes: a list of its own, or the name of a shared one.
    pub codes: Option<Codes>,
    /// Missing codes besides those of the whole codebook.
    #[serde(default)]
    pub missing: Vec<MissingCode>,
    /// Must every row have a value or a missing code?
    #[serde(default)]
    pub required: bool,
    /// The table whose key the value must be.
    pub refers: Option<String>,
    /// The character between several values in one cell.
    pub separator: Option<char>,
    /// How a date is written; by default EDTF.
    pub format: Option<DateFormat>,
    /// For two-digit years: the first year of the century window, as in 1945.
    pub pivot: Option<i16>,
    /// The sign between a whole number and its decimals; by default a point, and a comma where it cannot be
    /// one of thousands.
    pub decimal: Option<char>,
    /// The sign between groups of three digits, as in `1,000`; none by default.
    pub thousands: Option<char>,
    /// The texts that mean true and false, for a flag.
    pub flag: Option<FlagTexts>,
    /// A table of spellings: its first variable without `refers` holds the spelling, the one with
    /// `refers` the identifier.
    pub alias: Option<String>,
    /// Blanks around and inside values are put right and only noted.
    #[serde(default)]
    pub normalise: bool,
}

impl Variable {
    /// The name by which frames and tables know the variable.
    #[must_use]
    pub fn key(&self) -> &str {
        match (&self.name, self.concept, &self.column) {
            (Some(name), ..) => name,
            (None, Some(concept), _) => concept.name(),
            (None, None, Some(column)) => column,
            (None, None, None) => "",
        }
    }

    /// The columns of the file that it reads.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        let parts = self
            .parts
            .iter()
            .flat_map(|parts| [Some(&parts.year), parts.month.as_ref(), parts.day.as_ref()])
            .flatten();
        let joined = self.joined.iter().flatten();
        let columns = self.column.iter().chain(joined).chain(parts);
        columns.map(String::as_str)
    }
}

/// The columns in which the parts of a date stand.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateParts {
    /// The year. No calendar has a year 0: where it stands for unknown, declare it in `missing`.
    pub year: String,
    /// The month, from 1 to 12; missing or 0 if unknown.
    pub month: Option<String>,
    /// The day of the month; missing or 0 if unknown.
    pub day: Option<String>,
}

/// How a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum DateFormat {
    /// EDTF: `2013`, `2013-02`, `2013-02-26` …
    #[serde(rename = "edtf")]
    Edtf,
    /// Day first: `26.02.2013`, `26/2/13`.
    #[serde(rename = "day-month-year")]
    DayMonthYear,
    /// Month first: `2/26/2013`, `3//1996`.
    #[serde(rename = "month-day-year")]
    MonthDayYear,
    /// Without separators: `20130226`.
    #[serde(rename = "yyyymmdd")]
    Compact,
}

/// The texts of a flag.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlagTexts {
    /// Texts that mean true.
    pub yes: Vec<String>,
    /// Texts that mean false.
    pub no: Vec<String>,
}

impl Default for FlagTexts {
    fn default() -> Self {
        Self {
            yes: vec!["1".to_owned()],
            no: vec!["0".to_owned()],
        }
    }
}

/// The codes of a variable.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(
    untagged,
    expecting = "the name of a list, or a list of { code, label }"
)]
pub enum Codes {
    /// A shared list.
    Named(String),
    /// Its own.
    Own(Vec<Code>),
}

/// A block of 0/1 columns that together are one variable with several values.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicators {
    /// What it means to the program: role, party or place.
    pub concept: Concept,
    /// The scale of the codes.
    pub measure: Measure,
    /// The name a reader sees.
    pub label: Label,
    /// The codes: a list of its own, or the name of a shared one.
    pub codes: Codes,
    /// Column → code.
    pub columns: BTreeMap<String, String>,
    /// The texts that mean true and false.
    #[serde(default)]
    pub flag: FlagTexts,
}

impl Codebook {
    /// The days that the data set covers; an end that is not given lies at the edge of the calendar.
    #[must_use]
    pub fn window(&self) -> Interval {
        let edge =
            |text: &Option<Spanned<String>>| text.as_ref().and_then(|text| days(text.get_ref()));
        Interval {
            earliest: edge(&self.coverage.start)
                .map_or(Day::first_of(i16::MIN), |start| start.earliest),
            latest: edge(&self.coverage.end).map_or(Day::last_of(i16::MAX), |end| end.latest),
        }
    }

    /// The codes that `codes` stands for; empty if it names a list that is not there.
    #[must_use]
    pub fn codes<'a>(&'a self, codes: &'a Codes) -> &'a [Code] {
        match codes {
            Codes::Own(own) => own,
            Codes::Named(name) => self.lists.get(name).map_or(&[], |list| list.get_ref()),
        }
    }

    /// The table of that name.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&TableSpec> {
        self.tables
            .iter()
            .map(Spanned::get_ref)
            .find(|table| table.name == name)
    }

    /// Every table.
    pub fn tables(&self) -> impl Iterator<Item = &TableSpec> {
        self.tables.iter().map(Spanned::get_ref)
    }

    /// The variables of cases: those of their tables, or what a grouping keeps of those of events.
    pub fn of_cases(&self) -> impl Iterator<Item = &Variable> {
        let tables = self.tables().filter(|table| table.unit == Unit::Case);
        let own = tables.flat_map(|table| table.variables.iter());
        let kept = self.derived.iter().flat_map(|derived| {
            let Derive::Group { from, keep, .. } = derived.get_ref() else {
                return Vec::new();
            };
            let from = self.table(from).into_iter();
            let of = from.flat_map(|table| table.variables.iter());
            of.filter(|variable| keep.iter().any(|key| key == variable.get_ref().key()))
                .collect()
        });
        own.chain(kept).map(Spanned::get_ref)
    }

    /// The missing codes of a variable: its own before those of the codebook.
    pub fn missing<'a>(&'a self, variable: &'a Variable) -> impl Iterator<Item = &'a MissingCode> {
        variable.missing.iter().chain(&self.missing)
    }
}
