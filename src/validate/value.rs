//! What a cell says once it is decoded, and how such values stand in a frame.

use std::collections::BTreeSet;

use polars::prelude::{Column, DataFrame, DataType, FrozenCategories, IdxCa, PolarsResult};

use super::alike::Alike;
use super::typed::{Field, ROW, VALUE, missing};
use crate::error::{Error, Result};
use crate::model::codebook::Code;
use crate::model::date::{Day, Edtf, Interval};
use crate::model::measure::Measure;
use crate::model::missing::Reason;

/// What one cell says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    Number(f64),
    Flag(bool),
    Date(Edtf),
    /// The values of a variable that may have several.
    List(Vec<String>),
    Missing(Reason),
    /// Not a value of this variable; a finding says so.
    Wrong,
}

impl Value {
    /// The value as [`super::typed::Typed::said`] writes it; nothing if there is none.
    pub(super) fn said(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Number(number) => Some(number.to_string()),
            Self::Flag(flag) => Some(u8::from(*flag).to_string()),
            Self::Date(Edtf::Known(interval)) => Some(interval.to_string()),
            Self::List(items) => Some(items.join("; ")),
            Self::Date(Edtf::Open) | Self::Missing(_) | Self::Wrong => None,
        }
    }
}

/// The columns of a frame that hold the values of a variable.
///
/// # Errors
///
/// [`Error::Compute`] if a column cannot be built, which is a fault of the program.
pub(super) fn columns(field: &Field, values: &[Value]) -> Result<Vec<Column>> {
    let key = field.key.as_str();
    let why = values.iter().map(|value| match value {
        Value::Missing(reason) => Some(*reason),
        _ => None,
    });
    let mut made = vec![reasons(key, why)?];
    if field.is_list {
        return Ok(made);
    }
    match field.measure {
        Measure::Date => {
            let interval = |value: &Value| match value {
                Value::Date(Edtf::Known(interval)) => Some(*interval),
                _ => None,
            };
            made.extend(dates(key, values.iter().map(interval))?);
        }
        Measure::Flag => {
            let truths = values.iter().map(|value| match value {
                Value::Flag(truth) => Some(*truth),
                _ => None,
            });
            made.push(Column::new(key.into(), truths.collect::<Vec<_>>()));
        }
        Measure::Count | Measure::Number | Measure::Share | Measure::Proportion => {
            let numbers = values.iter().map(|value| match value {
                Value::Number(number) => Some(*number),
                _ => None,
            });
            made.push(Column::new(key.into(), numbers.collect::<Vec<_>>()));
        }
        Measure::Identifier | Measure::Text | Measure::Nominal | Measure::Ordinal => {
            let texts = values.iter().map(|value| match value {
                Value::Text(text) => Some(text.as_str()),
                _ => None,
            });
            made.push(coded(key, &field.codes, texts)?);
        }
    }
    Ok(made)
}

/// A column of codes in the order of the codebook, or of texts where there is no list of codes.
pub(super) fn coded<'a>(
    name: &str,
    codes: &[Code],
    texts: impl Iterator<Item = Option<&'a str>>,
) -> Result<Column> {
    let texts = Column::new(name.into(), texts.collect::<Vec<_>>());
    let typed = kind(codes).and_then(|kind| texts.cast(&kind));
    typed.map_err(Error::compute("a column of codes"))
}

/// The column that says why a variable has no value.
pub(super) fn reasons(key: &str, why: impl Iterator<Item = Option<Reason>>) -> Result<Column> {
    let names = Reason::ALL.map(Reason::name);
    let each = Column::new(missing(key).into(), names);
    let known = FrozenCategories::new(names);
    let typed = known.and_then(|known| each.cast(&DataType::from_frozen_categories(known)));
    let each = typed.map_err(Error::compute("a column of reasons"))?;
    let places: IdxCa = why.map(|why| why.map(|why| why as u32)).collect();
    let taken = each.take(&places);
    taken.map_err(Error::compute("a column of reasons"))
}

/// The values of a column at these places.
pub(super) fn taken(column: &Column, places: Vec<u32>) -> Result<Column> {
    let taken = column.take(&IdxCa::from_vec("place".into(), places));
    taken.map_err(Error::compute("a typed column"))
}

/// The first and the last possible day of each date.
pub(super) fn dates(
    key: &str,
    intervals: impl Iterator<Item = Option<Interval>>,
) -> Result<[Column; 2]> {
    let intervals: Vec<Option<Interval>> = intervals.collect();
    let days = |end: &str, day: fn(Interval) -> Day| {
        let days = intervals
            .iter()
            .map(|interval| interval.map(|held| day(held).epoch()));
        let column = Column::new(format!("{key}_{end}").into(), days.collect::<Vec<_>>());
        column
            .cast(&DataType::Date)
            .map_err(Error::compute("a column of dates"))
    };
    Ok([
        days("earliest", |held| held.earliest)?,
        days("latest", |held| held.latest)?,
    ])
}

/// The values of a variable that may have several, a row each.
///
/// # Errors
///
/// [`Error::Compute`] if a column cannot be built, which is a fault of the program.
pub(super) fn list<'a>(
    field: &Field,
    items: impl Iterator<Item = (u32, &'a str)> + Clone,
) -> Result<DataFrame> {
    let rows: Vec<u32> = items.clone().map(|(row, _)| row).collect();
    let values = coded(VALUE, &field.codes, items.map(|(_, value)| Some(value)))?;
    DataFrame::new(rows.len(), vec![Column::new(ROW.into(), rows), values])
        .map_err(Error::compute("a variable with several values"))
}

/// The same from what rows that are alike say.
pub(super) fn list_of(field: &Field, values: &[Value], alike: &Alike) -> Result<DataFrame> {
    let (mut items, mut ends) = (Vec::new(), Vec::with_capacity(values.len()));
    for value in values {
        if let Value::List(of_value) = value {
            items.extend(of_value.iter().map(|item| Some(item.as_str())));
        }
        ends.push(u32::try_from(items.len()).unwrap_or(u32::MAX));
    }
    let (mut rows, mut places): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    for (row, group) in (0..).zip(alike.groups()) {
        let group = group as usize;
        let start = group.checked_sub(1).map_or(0, |before| ends[before]);
        for place in start..ends[group] {
            rows.push(row);
            places.push(place);
        }
    }
    let each = coded(VALUE, &field.codes, items.into_iter())?;
    let columns = vec![Column::new(ROW.into(), rows), taken(&each, places)?];
    DataFrame::new_infer_height(columns).map_err(Error::compute("a variable with several values"))
}

/// The type of a column with these codes; a code that the codebook lists twice, which is a finding, is
/// there once.
fn kind(codes: &[Code]) -> PolarsResult<DataType> {
    if codes.is_empty() {
        return Ok(DataType::String);
    }
    let mut seen = BTreeSet::new();
    let once = codes.iter().map(|code| code.code.as_str());
    let known = FrozenCategories::new(once.filter(|code| seen.insert(*code)))?;
    Ok(DataType::from_frozen_categories(known))
}
