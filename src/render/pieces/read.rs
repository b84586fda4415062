//! Reads the cells of a table for a chart, and says which figure fails if one is not as expected.

use crate::analyse::table::{Cell, Column, Table};
use crate::error::{Error, Result};
use crate::model::date::Day;
use crate::model::estimate::Share;
use crate::model::label::{Label, Language};
use crate::render::theme::precise;
use crate::render::words;

/// A table, read for one figure in one language.
#[derive(Clone, Copy)]
pub(in crate::render) struct Reader<'a> {
    /// The name of the figure, for errors.
    pub figure: &'static str,
    /// The table.
    pub table: &'a Table,
    /// The language of its words.
    pub language: Language,
}

impl<'a> Reader<'a> {
    /// The words of a label in the language of the figure.
    pub(in crate::render) fn say(&self, label: &Label) -> String {
        label.get(self.language).to_owned()
    }

    /// The column of that name.
    pub(in crate::render) fn column(&self, name: &str) -> Result<&'a Column> {
        self.table
            .columns
            .iter()
            .find(|column| column.name == name)
            .ok_or_else(|| {
                self.error(format!(
                    "the table {} has no column {name:?}",
                    self.table.name
                ))
            })
    }

    /// Does the table have that column?
    pub(in crate::render) fn has(&self, name: &str) -> bool {
        self.table.position(name).is_some()
    }

    /// The heading of a column; empty if the table has no such column.
    pub(in crate::render) fn heading(&self, name: &str) -> String {
        self.column(name)
            .map(|column| self.say(&column.label))
            .unwrap_or_default()
    }

    /// The codes of a column; none if the table has no such column.
    pub(in crate::render) fn codes(&self, name: &str) -> &'a [(String, Label)] {
        self.column(name).map_or(&[], |column| &column.codes)
    }

    /// The cell of a row in the column of that name.
    pub(in crate::render) fn cell(&self, row: usize, name: &str) -> Result<&'a Cell> {
        self.column(name)?;
        self.table.cell(row, name).ok_or_else(|| {
            self.error(format!(
                "row {row} of the table {} has no cell {name:?}",
                self.table.name
            ))
        })
    }

    /// The text or the meaning of the code in a cell; why there is none if it is missing.
    pub(in crate::render) fn words(&self, row: usize, name: &str) -> Result<String> {
        match self.cell(row, name)? {
            Cell::Flag(_) | Cell::Share(_) => {
                Err(self.error(format!("the column {name:?} should hold words")))
            }
            cell => Ok(self.say(&words::cell(cell))),
        }
    }

    /// What a page finds the mark of a cell by, the same in every language: its code, why there is
    /// none, or its words in English.
    pub(in crate::render) fn key(&self, row: usize, name: &str) -> Result<String> {
        Ok(match self.cell(row, name)? {
            Cell::Code(code, _) => code.clone(),
            Cell::Missing(reason) => words::missing(*reason),
            cell => words::cell(cell).get(Language::En).to_owned(),
        })
    }

    /// The place of a cell's code in the list of its column; `None` if the cell is missing.
    ///
    /// A code that the column does not list is an error and not a colour of its own: it would be
    /// drawn as if it were part of the scale.
    pub(in crate::render) fn place(&self, row: usize, name: &str) -> Result<Option<usize>> {
        let Some(code) = self.cell(row, name)?.code() else {
            return Ok(None);
        };
        self.column(name)?
            .codes
            .iter()
            .position(|(known, _)| known == code)
            .map(Some)
            .ok_or_else(|| {
                self.error(format!(
                    "the column {name:?} does not list the code {code:?}"
                ))
            })
    }

    /// The day in a cell; `None` if it is missing.
    pub(in crate::render) fn day(&self, row: usize, name: &str) -> Result<Option<Day>> {
        Ok(self.cell(row, name)?.day())
    }

    /// The count in a cell; `None` if it is missing.
    pub(in crate::render) fn count(&self, row: usize, name: &str) -> Result<Option<u64>> {
        Ok(self.cell(row, name)?.count())
    }

    /// The number in a cell, whatever its kind; `None` if it is missing.
    pub(in crate::render) fn number(&self, row: usize, name: &str) -> Result<Option<f64>> {
        Ok(match self.cell(row, name)? {
            Cell::Number(number) | Cell::Probability(number) | Cell::Worded(number, _) => {
                Some(*number)
            }
            Cell::Share(share) => share.value(),
            cell => cell.count().map(precise),
        })
    }

    /// The share in a cell; `None` if it is missing.
    pub(in crate::render) fn share(&self, row: usize, name: &str) -> Result<Option<&'a Share>> {
        Ok(self.cell(row, name)?.share())
    }

    /// The flag in a cell; `None` if it is missing.
    pub(in crate::render) fn flag(&self, row: usize, name: &str) -> Result<Option<bool>> {
        Ok(match self.cell(row, name)? {
            Cell::Flag(flag) => Some(*flag),
            _ => None,
        })
    }

    /// An error of this figure.
    pub(in crate::render) fn error(&self, problem: String) -> Error {
        Error::Draw {
            figure: self.figure.to_owned(),
            problem,
        }
    }
}
