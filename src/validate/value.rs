//! What a cell says once it is decoded, and how such values stand in a frame.

use polars::prelude::Column;

use super::typed::{Field, missing};
use crate::model::date::Edtf;
use crate::model::measure::Measure;
use crate::model::missing::Reason;

/// What one cell says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    Number(f64),
    Flag(bool),
    Date(Edtf),
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
            Self::Date(Edtf::Open) | Self::Missing(_) | Self::Wrong => None,
        }
    }
}

/// The columns of a frame that hold the values of a variable.
pub(super) fn columns(field: &Field, values: Vec<Value>) -> Vec<Column> {
    let key = field.key.as_str();
    let reasons: Vec<Option<&str>> = values
        .iter()
        .map(|value| match value {
            Value::Missing(reason) => Some(reason.name()),
            _ => None,
        })
        .collect();
    let mut made = vec![Column::new(missing(key).into(), reasons)];
    if field.is_list {
        return made;
    }
    match field.measure {
        Measure::Date => {
            let days = |last: bool| -> Vec<Option<i32>> {
                values
                    .iter()
                    .map(|value| match value {
                        Value::Date(Edtf::Known(interval)) if last => Some(interval.latest.epoch()),
                        Value::Date(Edtf::Known(interval)) => Some(interval.earliest.epoch()),
                        _ => None,
                    })
                    .collect()
            };
            made.push(Column::new(format!("{key}_earliest").into(), days(false)));
            made.push(Column::new(format!("{key}_latest").into(), days(true)));
        }
        Measure::Flag => {
            let truths: Vec<Option<bool>> = values
                .iter()
                .map(|value| match value {
                    Value::Flag(truth) => Some(*truth),
                    _ => None,
                })
                .collect();
            made.push(Column::new(key.into(), truths));
        }
        Measure::Count | Measure::Number | Measure::Share | Measure::Proportion => {
            let numbers: Vec<Option<f64>> = values
                .iter()
                .map(|value| match value {
                    Value::Number(number) => Some(*number),
                    _ => None,
                })
                .collect();
            made.push(Column::new(key.into(), numbers));
        }
        Measure::Identifier | Measure::Text | Measure::Nominal | Measure::Ordinal => {
            let texts: Vec<Option<String>> = values
                .into_iter()
                .map(|value| match value {
                    Value::Text(text) => Some(text),
                    _ => None,
                })
                .collect();
            made.push(Column::new(key.into(), texts));
        }
    }
    made
}
