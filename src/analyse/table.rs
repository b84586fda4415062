//! What analysis produces: numbers that carry their unit, their n and the way they were made.
//!
//! A table is our own type and not a frame, so that nothing after analysis knows polars, and so
//! that a number cannot lose its denominator on the way to the page.

use std::collections::BTreeSet;

use super::Selection;
use crate::error::Result;
use crate::model::{
    date::{Day, Interval},
    estimate::Share,
    label::Label,
    measure::Measure,
    missing::Reason,
    unit::Unit,
};

/// A table of results.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The one name it has everywhere: file, command line, CSV, figure.
    pub name: &'static str,
    /// The heading.
    pub title: Label,
    /// What is counted.
    pub unit: Unit,
    /// The view it was computed through.
    pub view: Label,
    /// The first day of the record's coverage and the day as of which the view is taken.
    pub window: Interval,
    /// How many units it is about.
    pub n: usize,
    /// How many further units are left out because the value it needs is missing.
    pub missing: usize,
    /// What shares are shares of, in words.
    pub denominator: Label,
    /// How the numbers were formed, with references.
    pub method: Label,
    /// What a reader must know to use the numbers rightly.
    pub notes: Vec<Label>,
    /// The plain-language reading, a sentence each; the first is the finding.
    pub reading: Vec<Label>,
    /// Identifiers of the sources that the values rest on.
    pub sources: BTreeSet<String>,
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// The rows, each with a cell per column.
    pub rows: Vec<Vec<Cell>>,
}

/// What a table finds out: all of a [`Table`] that is its own.
///
/// Name and heading come from the registry, view, window, sources and the floor of the study from the
/// selection.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What is counted.
    pub unit: Unit,
    /// How many units it is about.
    pub n: usize,
    /// How many further units are left out because the value it needs is missing.
    pub missing: usize,
    /// What shares are shares of, in words.
    pub denominator: Label,
    /// How the numbers were formed, with references.
    pub method: Label,
    /// What a reader must know to use the numbers rightly.
    pub notes: Vec<Label>,
    /// The plain-language reading, a sentence each; the first is the finding.
    pub reading: Vec<Label>,
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// The rows, each with a cell per column.
    pub rows: Vec<Vec<Cell>>,
    /// What it looks through, if not through the view of the selection.
    pub view: Option<Label>,
    /// The sources its values rest on, if not those of the selection.
    pub sources: Option<BTreeSet<String>>,
}

impl Answer {
    /// An answer about `n` units, with `missing` further ones left out: to be filled.
    #[must_use]
    pub fn of(unit: Unit, n: usize, missing: usize) -> Self {
        Self {
            unit,
            n,
            missing,
            denominator: Label::default(),
            method: Label::default(),
            notes: Vec::new(),
            reading: Vec::new(),
            columns: Vec::new(),
            rows: Vec::new(),
            view: None,
            sources: None,
        }
    }

    /// The same without the columns of which the data declare nothing: what is not there is not unknown, and
    /// not 0.
    #[must_use]
    pub fn without(mut self, undeclared: &[(&str, bool)]) -> Self {
        let is_kept: Vec<bool> = { self.columns.iter() }
            .map(|column| {
                !undeclared
                    .iter()
                    .any(|(name, is_undeclared)| *is_undeclared && column.name == *name)
            })
            .collect();
        let kept = |at: usize| is_kept.get(at).copied().unwrap_or(true);
        self.columns = { self.columns.into_iter().enumerate() }
            .filter_map(|(at, column)| kept(at).then_some(column))
            .collect();
        for row in &mut self.rows {
            let mut at = 0..;
            row.retain(|_| at.next().is_some_and(kept));
        }
        self
    }

    /// The table of that name and heading.
    ///
    /// Its shares are told from how many units on the study takes them for more than counts: here and not where
    /// they are formed, so that no table can forget it.
    pub(super) fn table(
        mut self,
        name: &'static str,
        title: &Label,
        selection: &Selection,
    ) -> Result<Table> {
        for cell in self.rows.iter_mut().flatten() {
            if let Cell::Share(share) = cell {
                share.floor = selection.study().floor();
            }
        }
        let sources = self.sources.map_or_else(|| selection.sources(), Ok)?;
        Ok(Table {
            name,
            title: title.clone(),
            unit: self.unit,
            view: self.view.unwrap_or_else(|| selection.view.clone()),
            window: selection.window,
            n: self.n,
            missing: self.missing,
            denominator: self.denominator,
            method: self.method,
            notes: self.notes,
            reading: self.reading,
            sources,
            columns: self.columns,
            rows: self.rows,
        })
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The name in CSV and JSON.
    pub name: String,
    /// The heading.
    pub label: Label,
    /// What kind of values it holds.
    pub measure: Measure,
    /// Every code that a coded column may hold, in the order of the codebook, with its meaning.
    pub codes: Vec<(String, Label)>,
}

impl Column {
    /// A column of that name, heading and measure, without codes.
    #[must_use]
    pub fn new(name: impl Into<String>, label: Label, measure: Measure) -> Self {
        Self {
            name: name.into(),
            label,
            measure,
            codes: Vec::new(),
        }
    }

    /// A column that holds codes: ordered ones if `measure` is ordinal.
    #[must_use]
    pub fn coded(
        name: impl Into<String>,
        label: Label,
        measure: Measure,
        codes: Vec<(String, Label)>,
    ) -> Self {
        Self {
            codes,
            ..Self::new(name, label, measure)
        }
    }
}

/// Below which p a sentence says that chance alone would rarely do it: the convention of the field,
/// used for the wording only; the p stands beside it.
pub(super) const SURPRISING: f64 = 0.05;

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(Label),
    /// A code of the codebook with what it means; exports write the code, pages the label.
    Code(String, Label),
    /// A number of units.
    Count(u64),
    /// A real number.
    Number(f64),
    /// A probability, as of a test.
    Probability(f64),
    /// A number with what a reader sees of it, where that differs from row to row; exports write the number.
    Worded(f64, Label),
    /// A share with its numerator, denominator and interval.
    Share(Share),
    /// A day.
    Day(Day),
    /// True or false.
    Flag(bool),
    /// No value, and why.
    Missing(Reason),
}

impl Table {
    /// What the table says first, in words that can stand alone above a figure; `None` if its numbers
    /// say nothing.
    ///
    /// It is the start of the reading and no text of its own, so that a figure cannot claim more than
    /// its table.
    #[must_use]
    pub fn finding(&self) -> Option<&Label> {
        self.reading.first()
    }

    /// The position of the column of that name.
    #[must_use]
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|held| held.name == column)
    }

    /// The cells of the column of that name, top to bottom; `None` if there is no such column.
    #[must_use]
    pub fn column<'a>(&'a self, name: &str) -> Option<impl Iterator<Item = &'a Cell> + use<'a>> {
        let position = self.position(name)?;
        Some(self.rows.iter().filter_map(move |row| row.get(position)))
    }

    /// The cell of a row in the column of that name.
    #[must_use]
    pub fn cell(&self, row: usize, column: &str) -> Option<&Cell> {
        self.rows.get(row)?.get(self.position(column)?)
    }
}

impl Cell {
    /// The count, if it is one.
    #[must_use]
    pub const fn count(&self) -> Option<u64> {
        match self {
            Self::Count(count) => Some(*count),
            _ => None,
        }
    }

    /// The share, if it is one.
    #[must_use]
    pub const fn share(&self) -> Option<&Share> {
        match self {
            Self::Share(share) => Some(share),
            _ => None,
        }
    }

    /// The day, if it is one.
    #[must_use]
    pub const fn day(&self) -> Option<Day> {
        match self {
            Self::Day(day) => Some(*day),
            _ => None,
        }
    }

    /// The code, if it is one.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Code(code, _) => Some(code),
            _ => None,
        }
    }

    /// What the cell says in words: a text, the meaning of a code or the words of a number.
    #[must_use]
    pub const fn words(&self) -> Option<&Label> {
        match self {
            Self::Text(label) | Self::Code(_, label) | Self::Worded(_, label) => Some(label),
            _ => None,
        }
    }
}
