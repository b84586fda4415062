//! The differences for programs: all of them, values as the tables' own JSON has them.

use serde_json::{Map, Value, json};

use crate::analyse::Cell;
use crate::analyse::diff::{self, Diff, Moved, Numbers, Release, Rows};
use crate::error::{Error, Result};
use crate::model::label::Language;
use crate::render::outputs::json::value;

/// The version of the shape of the document; it changes when a reader would break.
const SCHEMA: &str = "bitim/diff/1";

/// The differences as one JSON document.
///
/// # Errors
///
/// [`Error::Compute`] if it cannot be written, which is a fault of the program.
pub fn json(diff: &Diff, language: Language) -> Result<String> {
    let release = |release: &Release| json!({ "name": release.name, "version": release.version });
    let counts = diff.counts();
    let settings = diff.settings.iter().map(|setting| {
        json!({
            "file": setting.file,
            "path": setting.path,
            "is_label": setting.is_label,
            "old": setting.old,
            "new": setting.new,
        })
    });
    let headlines = diff.headlines.iter().map(|headline| {
        json!({
            "name": headline.name,
            "table": headline.table,
            "old": headline.old.as_ref().map(|label| label.get(language)),
            "new": headline.new.as_ref().map(|label| label.get(language)),
        })
    });
    let document = json!({
        "schema": SCHEMA,
        "old": release(&diff.old),
        "new": release(&diff.new),
        "view": diff.view.get(language),
        "is_same": diff.is_empty(),
        "counts": {
            "cases_added": counts.cases_added,
            "cases_removed": counts.cases_removed,
            "rows_added": counts.rows_added,
            "rows_removed": counts.rows_removed,
            "codes_changed": counts.codes,
            "texts_changed": counts.texts,
            "settings_changed": counts.settings,
            "labels_changed": counts.labels,
            "published_values_moved": counts.moved,
            "tables_with_moved_values": counts.tables,
            "published_rows_added": counts.published_added,
            "published_rows_removed": counts.published_removed,
            "published_columns_added_or_removed": counts.columns,
            "published_tables_added_or_removed": counts.whole_tables,
            "published_names_reworded": counts.renamed,
            "headlines_changed": counts.headlines,
        },
        "headlines": headlines.collect::<Vec<_>>(),
        "tables_added": diff.tables_added,
        "tables_removed": diff.tables_removed,
        "tables": diff.numbers.iter().map(|table| published(table, language)).collect::<Vec<_>>(),
        "data": diff.rows.iter().map(data).collect::<Vec<_>>(),
        "settings": settings.collect::<Vec<_>>(),
    });
    let mut text =
        serde_json::to_string_pretty(&document).map_err(Error::compute("a diff as JSON"))?;
    text.push('\n');
    Ok(text)
}

fn published(table: &Numbers, language: Language) -> Value {
    let row = |cells: &[Cell]| -> Map<String, Value> {
        let cells = table.names.iter().zip(cells);
        let named = cells.map(|(column, cell)| (column.name.clone(), value(cell, language)));
        named.collect()
    };
    let rows = |rows: &[Vec<Cell>]| rows.iter().map(|cells| row(cells)).collect::<Vec<_>>();
    let moved = |cells: &[Moved]| -> Vec<Value> {
        let cells = cells.iter().map(|moved| {
            json!({
                "row": row(&moved.row),
                "column": moved.column,
                "label": moved.label.get(language),
                "old": value(&moved.old, language),
                "new": value(&moved.new, language),
            })
        });
        cells.collect()
    };
    let renamed = table.renamed.iter().map(|moved| {
        let name = |cell: &Cell| cell.words().map(|label| label.get(language).to_owned());
        json!({
            "row": row(&moved.row),
            "column": moved.column,
            "code": moved.new.code(),
            "old": name(&moved.old),
            "new": name(&moved.new),
        })
    });
    let columns = |columns: &[crate::analyse::Column]| -> Vec<String> {
        columns.iter().map(|column| column.name.clone()).collect()
    };
    json!({
        "name": table.table,
        "title": table.title.get(language),
        "moved": moved(&table.moved),
        "renamed": renamed.collect::<Vec<_>>(),
        "rows_added": rows(&table.added),
        "rows_removed": rows(&table.removed),
        "columns_added": columns(&table.columns_added),
        "columns_removed": columns(&table.columns_removed),
    })
}

fn data(rows: &Rows) -> Value {
    let said = |value: &diff::Value| match value {
        diff::Value::Known(text) => json!(text),
        diff::Value::Missing(reason) => json!({ "missing": reason }),
    };
    let row = |values: &[diff::Value]| -> Map<String, Value> {
        let named = rows.names.iter().cloned();
        named.zip(values.iter().map(said)).collect()
    };
    let changed = rows.changed.iter().map(|changed| {
        json!({
            "row": row(&changed.row),
            "variable": changed.variable,
            "is_text": changed.is_text,
            "old": said(&changed.old),
            "new": said(&changed.new),
        })
    });
    json!({
        "table": rows.table,
        "unit": rows.unit,
        "added": rows.added.iter().map(|values| row(values)).collect::<Vec<_>>(),
        "removed": rows.removed.iter().map(|values| row(values)).collect::<Vec<_>>(),
        "changed": changed.collect::<Vec<_>>(),
    })
}
