//! Tables for programs that want everything about them.

use serde_json::{Map, Value, json};

use super::{Encode, Output};
use crate::analyse::{Cell, Table};
use crate::error::{Error, Result};
use crate::model::label::Language;

pub(crate) static OUTPUT: Output = Output {
    name: "json",
    encode: Encode::Table(encode),
};

/// The version of the shape of the document; it changes when a reader would break.
const SCHEMA: &str = "bitim/table/1";

fn encode(table: &Table, language: Language) -> Result<String> {
    let words = |label: &crate::model::label::Label| label.get(language).to_owned();
    let columns: Vec<Value> = table
        .columns
        .iter()
        .map(|column| {
            let codes: Map<String, Value> = column
                .codes
                .iter()
                .map(|(code, label)| (code.clone(), Value::String(words(label))))
                .collect();
            json!({ "name": column.name, "label": words(&column.label), "codes": codes })
        })
        .collect();
    let rows: Vec<Value> = table
        .rows
        .iter()
        .map(|row| {
            let cells = table.columns.iter().zip(row);
            cells
                .map(|(column, cell)| (column.name.clone(), value(cell, language)))
                .collect::<Map<_, _>>()
                .into()
        })
        .collect();
    let document = json!({
        "schema": SCHEMA,
        "name": table.name,
        "title": words(&table.title),
        "unit": table.unit,
        "n": table.n,
        "missing": table.missing,
        "denominator": words(&table.denominator),
        "view": words(&table.view),
        "from": table.window.earliest.to_string(),
        "as_of": table.window.latest.to_string(),
        "method": words(&table.method),
        "notes": table.notes.iter().map(words).collect::<Vec<_>>(),
        "reading": table.reading.iter().map(words).collect::<Vec<_>>(),
        "sources": table.sources,
        "columns": columns,
        "rows": rows,
    });
    let mut text =
        serde_json::to_string_pretty(&document).map_err(Error::compute("a table as JSON"))?;
    text.push('\n');
    Ok(text)
}

/// A cell as JSON: a code as its code, a missing value as its reason, a share with all its parts.
pub(crate) fn value(cell: &Cell, language: Language) -> Value {
    match cell {
        Cell::Text(label) => json!(label.get(language)),
        Cell::Code(code, _) => json!(code),
        Cell::Count(count) => json!(count),
        Cell::Number(number) | Cell::Probability(number) | Cell::Worded(number, _) => json!(number),
        Cell::Day(day) => json!(day.to_string()),
        Cell::Flag(flag) => json!(flag),
        Cell::Missing(reason) => json!({ "missing": reason }),
        Cell::Share(share) => json!({
            "n": share.successes,
            "of": share.trials,
            "value": share.value(),
            "low": share.estimate.map(|estimate| estimate.low),
            "high": share.estimate.map(|estimate| estimate.high),
            "level": share.estimate.map(|estimate| estimate.level.get()),
            "is_small": share.is_small(),
        }),
    }
}
