//! What the rows of a table say, one row at a time.

use polars::prelude::{
    BooleanChunked, CategoricalMapping, Column, DataType, Float64Chunked, StringChunked,
    UInt32Chunked,
};

use super::typed::{Field, ROW, Typed, VALUE, missing};
use crate::model::date::{Day, Interval};

/// The texts or codes of a variable.
pub(super) struct Cells<'a> {
    read: Option<Read<'a>>,
    /// Row → its first value, where a row may have several.
    starts: Option<Vec<u32>>,
}

impl<'a> Cells<'a> {
    /// Those of a variable of a table; none if it is a number, a flag or a date.
    pub(super) fn new(table: &'a Typed, field: &Field) -> Self {
        let Some(long) = table.lists.get(&field.key) else {
            return Self::column(table, &field.key);
        };
        let mut starts = vec![0_u32; table.frame.height() + 1];
        let rows = long.column(ROW).and_then(Column::u32).ok();
        for row in rows.into_iter().flat_map(UInt32Chunked::iter).flatten() {
            if let Some(start) = starts.get_mut(row as usize + 1) {
                *start += 1;
            }
        }
        for row in 1..starts.len() {
            starts[row] += starts[row - 1];
        }
        Self {
            read: long.column(VALUE).ok().and_then(Read::of),
            starts: Some(starts),
        }
    }

    /// The names of the reasons why rows have no value.
    pub(super) fn reasons(table: &'a Typed, key: &str) -> Self {
        Self::column(table, &missing(key))
    }

    fn column(table: &'a Typed, name: &str) -> Self {
        let read = table.frame.column(name).ok().and_then(Read::of);
        Self { read, starts: None }
    }

    /// The value of a row, where there may be but one.
    pub(super) fn one(&self, row: usize) -> Option<&'a str> {
        let read = self.read.as_ref().filter(|_| self.starts.is_none());
        read.and_then(|read| read.get(row))
    }

    /// The values of a row.
    pub(super) fn of(&self, row: usize) -> impl Iterator<Item = &'a str> {
        let range = match &self.starts {
            None => row..row + 1,
            Some(starts) => starts[row] as usize..starts[row + 1] as usize,
        };
        range.filter_map(|at| self.read.as_ref().and_then(|read| read.get(at)))
    }
}

/// A column of texts or codes.
pub(super) enum Read<'a> {
    Texts(&'a StringChunked),
    Codes(UInt32Chunked, &'a CategoricalMapping),
}

impl<'a> Read<'a> {
    /// `None` if it holds something else.
    pub(super) fn of(column: &'a Column) -> Option<Self> {
        if let Ok(texts) = column.str() {
            return Some(Self::Texts(texts));
        }
        let DataType::Enum(_, mapping) = column.dtype() else {
            return None;
        };
        let codes = column.to_physical_repr().cast(&DataType::UInt32).ok()?;
        Some(Self::Codes(codes.u32().ok()?.clone(), mapping))
    }

    fn get(&self, at: usize) -> Option<&'a str> {
        match self {
            Self::Texts(texts) => texts.get(at),
            Self::Codes(codes, mapping) => mapping.cat_to_str(codes.get(at)?),
        }
    }

    /// The texts, top to bottom.
    pub(super) fn iter(&self) -> Box<dyn Iterator<Item = Option<&'a str>> + '_> {
        match self {
            Self::Texts(texts) => Box::new(texts.iter()),
            Self::Codes(codes, mapping) => {
                Box::new(codes.iter().map(|code| mapping.cat_to_str(code?)))
            }
        }
    }
}

/// Everything that a table says of a variable.
pub(super) struct Said<'a> {
    pub(super) cells: Cells<'a>,
    pub(super) reasons: Cells<'a>,
    pub(super) flags: Option<&'a BooleanChunked>,
    pub(super) numbers: Option<&'a Float64Chunked>,
    days: Vec<Option<(i32, i32)>>,
}

impl<'a> Said<'a> {
    pub(super) fn of(table: &'a Typed, field: &Field) -> Self {
        let column = table.frame.column(&field.key).ok();
        let is_date = table
            .frame
            .column(&format!("{}_earliest", field.key))
            .is_ok();
        Self {
            cells: Cells::new(table, field),
            reasons: Cells::reasons(table, &field.key),
            flags: column.and_then(|column| column.bool().ok()),
            numbers: column.and_then(|column| column.f64().ok()),
            days: if is_date {
                table.days(&field.key)
            } else {
                Vec::new()
            },
        }
    }

    /// The days that bound the date of a row, as numbers from 1970.
    pub(super) fn days(&self, row: usize) -> Option<(i32, i32)> {
        self.days.get(row).copied().flatten()
    }

    /// The same as an interval.
    pub(super) fn interval(&self, row: usize) -> Option<Interval> {
        self.days(row).map(|(first, last)| Interval {
            earliest: Day::from_epoch(first),
            latest: Day::from_epoch(last),
        })
    }

    /// The values of a row as [`Typed::said`] has them.
    pub(super) fn values(&self, row: usize) -> Vec<String> {
        let mut values: Vec<String> = self.cells.of(row).map(str::to_owned).collect();
        let flag = self.flags.and_then(|flags| flags.get(row));
        values.extend(flag.map(|flag| u8::from(flag).to_string()));
        let number = self.numbers.and_then(|numbers| numbers.get(row));
        values.extend(number.map(|number| number.to_string()));
        values.extend(self.interval(row).map(|interval| interval.to_string()));
        values
    }
}
