//! A table whose cells have become values, on the way to [`super::Dataset`].

use std::collections::BTreeMap;

use polars::prelude::{BooleanChunked, Column, DataFrame, UInt32Chunked, UInt64Chunked};

use super::cells::{Read, Said};
use super::codings::Codings;
use crate::error::{Error, Result};
use crate::load::{FILE, LINE, Records};
use crate::model::codebook::Code;
use crate::model::concept::Concept;
use crate::model::finding::{Place, Spot};
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::missing::Reason;
use crate::model::unit::Unit;

/// The column of a list that holds the position of the row which has a value.
pub(crate) const ROW: &str = "row";
/// The column of a list that holds a value.
pub(crate) const VALUE: &str = "value";

/// A table with typed columns.
///
/// A variable `v` is the column `v` – an `Enum` in the order of the codebook if it is coded, a text, a
/// number or a truth – or the columns `v_earliest` and `v_latest` if it is a date; `v_missing` names the
/// reason where there is no value. A variable with several values a row has them in `lists`, a row each,
/// and only `v_missing` in the frame.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    pub(crate) name: String,
    pub(crate) unit: Unit,
    pub(crate) files: Vec<String>,
    pub(crate) fields: Vec<Field>,
    pub(crate) frame: DataFrame,
    /// Variable with several values a row → [`ROW`] and [`VALUE`], in the order of the rows.
    pub(crate) lists: BTreeMap<String, DataFrame>,
    /// How many rows the declared filter left out.
    pub(crate) filtered: u64,
}

/// What is known of a typed variable.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) key: String,
    pub(crate) column: String,
    pub(crate) concept: Option<Concept>,
    pub(crate) measure: Measure,
    pub(crate) label: Label,
    pub(crate) codes: Vec<Code>,
    pub(crate) is_list: bool,
}

/// Every table of a data set, typed; findings are still being collected.
pub(crate) struct Draft {
    pub(crate) records: Records,
    pub(crate) tables: Vec<Typed>,
    /// What several people coded.
    pub(crate) codings: Codings,
}

impl Draft {
    /// The table of that name.
    pub(crate) fn table(&self, name: &str) -> Option<&Typed> {
        self.tables.iter().find(|table| table.name == name)
    }

    /// The tables that say who mediated: those of engagements, else that of cases, else that of events,
    /// whichever names mediators first.
    pub(crate) fn mediating(&self) -> Vec<&Typed> {
        mediating(&self.tables)
    }

    /// The first table whose rows are that unit.
    pub(crate) fn unit(&self, unit: Unit) -> Option<&Typed> {
        self.tables.iter().find(|table| table.unit == unit)
    }
}

/// The tables that say who mediated; see [`Draft::mediating`].
pub(super) fn mediating(tables: &[Typed]) -> Vec<&Typed> {
    let units = [Unit::Engagement, Unit::Case, Unit::Event].into_iter();
    let mut naming = units.map(|unit| -> Vec<&Typed> {
        let tables = tables.iter().filter(|table| table.unit == unit);
        let naming = |table: &&Typed| table.concept(Concept::Mediator).is_some();
        tables.filter(naming).collect()
    });
    naming.find(|tables| !tables.is_empty()).unwrap_or_default()
}

impl Typed {
    /// The variable with that meaning.
    pub(crate) fn concept(&self, concept: Concept) -> Option<&Field> {
        self.fields
            .iter()
            .find(|field| field.concept == Some(concept))
    }

    /// The variable of that name.
    pub(crate) fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The variables that tell its rows apart: those of the declared key, or the identifier of the
    /// case or event; none if there is neither.
    pub(crate) fn key(&self, declared: &[String]) -> Vec<&Field> {
        let identity = match self.unit {
            Unit::Case => self.concept(Concept::Case),
            Unit::Event => self.concept(Concept::Event),
            _ => None,
        };
        if declared.is_empty() {
            return identity.into_iter().collect();
        }
        let together = declared.join(", ");
        if let Some(joined) = self.fields.iter().find(|field| field.column == together) {
            return vec![joined];
        }
        let mut key: Vec<&Field> = Vec::new();
        for column in declared {
            // A date in parts is one variable, whichever of its columns are named.
            let is_of = |field: &&Field| field.column.split(", ").any(|known| known == column);
            let whole = self.fields.iter().find(|field| field.column == *column);
            if let Some(field) = whole.or_else(|| self.fields.iter().find(is_of))
                && !key.iter().any(|known| known.key == field.key)
            {
                key.push(field);
            }
        }
        key
    }

    /// The values of a text column; an absent column is one without values.
    pub(crate) fn texts(&self, key: &str) -> Vec<Option<&str>> {
        let column = self.frame.column(key).ok();
        column
            .and_then(cells)
            .unwrap_or_else(|| vec![None; self.frame.height()])
    }

    /// The days of a date: the first and the last possible one.
    pub(crate) fn days(&self, key: &str) -> Vec<Option<(i32, i32)>> {
        let read = |end: &str| {
            integers(&self.frame, &format!("{key}_{end}"))
                .unwrap_or_else(|_| vec![None; self.frame.height()])
        };
        read("earliest")
            .into_iter()
            .zip(read("latest"))
            .map(|(earliest, latest)| earliest.zip(latest))
            .collect()
    }

    /// Every value of a variable as text, row by row, whether it has one a row or several.
    pub(crate) fn values(&self, field: &Field) -> Vec<(u32, &str)> {
        if let Some(long) = self.lists.get(&field.key) {
            let rows = long.column(ROW).and_then(Column::u32);
            let values = long.column(VALUE).ok().and_then(cells);
            return rows
                .into_iter()
                .flat_map(UInt32Chunked::iter)
                .zip(values.into_iter().flatten())
                .filter_map(|(row, value)| row.zip(value))
                .collect();
        }
        (0..)
            .zip(self.texts(&field.key))
            .filter_map(|(row, value)| Some((row, value?)))
            .collect()
    }

    /// What every row says of a variable, as text whatever its scale: codes as they are, flags as `1`
    /// and `0`, dates as the days that bound them; nothing where the value is missing.
    pub(crate) fn said(&self, field: &Field) -> Vec<Vec<String>> {
        let said = Said::of(self, field);
        (0..self.frame.height())
            .map(|row| said.values(row))
            .collect()
    }

    /// Why a variable has no value, row by row.
    pub(crate) fn reasons(&self, key: &str) -> Vec<Option<Reason>> {
        self.texts(&missing(key))
            .into_iter()
            .map(|name| Reason::of(name?))
            .collect()
    }

    /// Where its rows stand in their files.
    pub(super) fn whereabouts(&self) -> Whereabouts<'_> {
        Whereabouts {
            table: self,
            lines: self.frame.column(LINE).and_then(Column::u64).ok(),
            files: self.frame.column(FILE).and_then(Column::u32).ok(),
        }
    }

    /// Where a row stands in its file, and the cell of a column if one is named.
    pub(crate) fn place(&self, row: usize, column: Option<&str>) -> Place {
        self.whereabouts().spot(row, column).place()
    }

    /// Adds columns and what is known of the variable they are.
    pub(crate) fn add(&mut self, field: Field, columns: Vec<Column>) -> Result<()> {
        for column in columns {
            self.frame
                .with_column(column)
                .map_err(Error::compute("a typed column"))?;
        }
        self.fields.push(field);
        Ok(())
    }
}

/// The name of the column that says why a variable has no value.
pub(crate) fn missing(key: &str) -> String {
    format!("{key}_missing")
}

/// Where the rows of a table stand in their files.
pub(super) struct Whereabouts<'a> {
    table: &'a Typed,
    lines: Option<&'a UInt64Chunked>,
    files: Option<&'a UInt32Chunked>,
}

impl<'a> Whereabouts<'a> {
    /// Where a row stands, and the cell of a column if one is named.
    pub(super) fn spot<'s>(&self, row: usize, column: Option<&'s str>) -> Spot<'s>
    where
        'a: 's,
    {
        let position = self.files.and_then(|files| files.get(row));
        let file = self.table.files.get(position.unwrap_or_default() as usize);
        Spot {
            file: file.unwrap_or(&self.table.name),
            line: self.lines.and_then(|lines| lines.get(row)),
            column,
        }
    }
}

/// The texts of a column of text or codes, row by row; `None` if it holds something else.
fn cells(column: &Column) -> Option<Vec<Option<&str>>> {
    Read::of(column).map(|read| read.iter().collect())
}

/// The texts of a column, row by row.
pub(crate) struct Texts<'a>(Vec<Option<&'a str>>);

impl<'a> Texts<'a> {
    /// The text of a row, if it has one.
    pub(crate) fn get(&self, row: usize) -> Option<&'a str> {
        self.0.get(row).copied().flatten()
    }

    /// The texts, top to bottom.
    pub(crate) fn iter(&self) -> std::vec::IntoIter<Option<&'a str>> {
        self.0.clone().into_iter()
    }
}

/// The column of texts or codes of that name in a frame that is known to have it.
///
/// # Errors
///
/// [`Error::Compute`] if it has not.
pub(crate) fn texts<'a>(frame: &'a DataFrame, column: &str) -> Result<Texts<'a>> {
    let texts = frame.column(column).and_then(|held| match cells(held) {
        Some(cells) => Ok(cells),
        None => Ok(held.str()?.iter().collect()),
    });
    texts
        .map(Texts)
        .map_err(Error::compute("a column of texts"))
}

/// The values of a column of whole numbers or, as days from 1970, of dates.
///
/// # Errors
///
/// [`Error::Compute`] if the frame has no such column.
pub(crate) fn integers(frame: &DataFrame, column: &str) -> Result<Vec<Option<i32>>> {
    let held = frame.column(column).map(Column::to_physical_repr);
    held.and_then(|held| Ok(held.i32()?.iter().collect()))
        .map_err(Error::compute("a column of whole numbers"))
}

/// The column of truths of that name.
///
/// # Errors
///
/// [`Error::Compute`] if the frame has no such column.
pub(crate) fn truths<'a>(frame: &'a DataFrame, column: &str) -> Result<&'a BooleanChunked> {
    frame
        .column(column)
        .and_then(Column::bool)
        .map_err(Error::compute("a column of truths"))
}
