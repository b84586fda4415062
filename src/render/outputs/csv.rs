//! Tables for other programs: one value a cell, nothing rounded away, nothing translated.
//!
//! Codes are written as codes. A share becomes six columns: its counts, its value, its limits, and
//! whether it is one of fewer than the study calls enough; in a column of numbers of several kinds it is its value, and `…_is_small` stands beside it.
//! A column in which any value is missing gets a companion `…_missing` that holds the reason, so
//! that the column itself stays numeric for R and pandas.

use super::{Encode, Output};
use crate::analyse::{Cell, Table};
use crate::error::{Error, Result};
use crate::model::label::Language;
use crate::model::measure::Measure;

pub(crate) static OUTPUT: Output = Output {
    name: "csv",
    encode: Encode::Table(encode),
};

fn encode(table: &Table, language: Language) -> Result<String> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let columns: Vec<(Measure, bool, bool)> = table
        .columns
        .iter()
        .enumerate()
        .map(|(position, column)| {
            let cells = || table.rows.iter().filter_map(|row| row.get(position));
            let has_gaps = cells().any(|cell| matches!(cell, Cell::Missing(_)));
            let is_mixed =
                column.measure != Measure::Share && cells().any(|cell| cell.share().is_some());
            (column.measure, is_mixed, has_gaps)
        })
        .collect();
    let mut head = Vec::new();
    for (column, (measure, is_mixed, has_gaps)) in table.columns.iter().zip(&columns) {
        let name = &column.name;
        if *measure == Measure::Share {
            let parts = ["n", "of", "value", "low", "high", "is_small"];
            head.extend(parts.map(|part| format!("{name}_{part}")));
        } else {
            head.push(name.clone());
        }
        if *is_mixed {
            head.push(format!("{name}_is_small"));
        }
        if *has_gaps {
            head.push(format!("{name}_missing"));
        }
    }
    writer.write_record(&head).map_err(broken)?;
    for row in &table.rows {
        let mut record = Vec::new();
        for (cell, (measure, is_mixed, has_gaps)) in row.iter().zip(&columns) {
            record.extend(values(cell, *measure, language));
            if *is_mixed {
                let small = cell
                    .share()
                    .map(|share| u8::from(share.is_small()).to_string());
                record.push(small.unwrap_or_default());
            }
            if *has_gaps {
                record.push(match cell {
                    Cell::Missing(reason) => reason.name().to_owned(),
                    _ => String::new(),
                });
            }
        }
        writer.write_record(&record).map_err(broken)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| broken(error.into_error()))?;
    String::from_utf8(bytes).map_err(broken)
}

fn broken<E: std::error::Error + Send + Sync + 'static>(error: E) -> Error {
    Error::compute("a table as CSV")(error)
}

fn values(cell: &Cell, measure: Measure, language: Language) -> Vec<String> {
    let value = match cell {
        Cell::Share(share) if measure == Measure::Share => {
            let written = |value: Option<f64>| value.map(number).unwrap_or_default();
            return vec![
                share.successes.to_string(),
                share.trials.to_string(),
                written(share.value()),
                written(share.estimate.map(|estimate| estimate.low)),
                written(share.estimate.map(|estimate| estimate.high)),
                u8::from(share.is_small()).to_string(),
            ];
        }
        Cell::Share(share) => share.value().map(number).unwrap_or_default(),
        Cell::Missing(_) if measure == Measure::Share => return vec![String::new(); 6],
        Cell::Missing(_) => String::new(),
        Cell::Text(label) => label.get(language).to_owned(),
        Cell::Code(code, _) => code.clone(),
        Cell::Count(count) => count.to_string(),
        Cell::Number(value) | Cell::Probability(value) | Cell::Worded(value, _) => number(*value),
        Cell::Day(day) => day.to_string(),
        Cell::Flag(flag) => u8::from(*flag).to_string(),
    };
    vec![value]
}

/// Six decimals, more than any of these numbers carries, without trailing zeros.
fn number(value: f64) -> String {
    let text = format!("{:.6}", value + 0.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
