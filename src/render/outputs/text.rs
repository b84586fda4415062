//! Tables on a terminal.

use std::fmt::Write as _;

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ContentArrangement};

use super::{Encode, Output};
use crate::analyse::Table;
use crate::error::Result;
use crate::model::label::{Label, Language};
use crate::model::visible;
use crate::render::words;

pub(crate) static OUTPUT: Output = Output {
    name: "text",
    encode: Encode::Table(encode),
};

fn encode(table: &Table, language: Language) -> Result<String> {
    let said = |label: &Label| visible::line(label.get(language));
    let mut drawn = comfy_table::Table::new();
    drawn
        .load_style(NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(table.columns.iter().map(|column| said(&column.label)));
    for row in words::rows(table) {
        drawn.add_row(row.iter().map(said));
    }
    for (position, column) in table.columns.iter().enumerate() {
        if let (true, Some(drawn)) = (column.measure.is_numeric(), drawn.column_mut(position)) {
            drawn.set_cell_alignment(CellAlignment::Right);
        }
    }
    let mut text = format!("{}\n\n", said(&table.title));
    for line in drawn.lines() {
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text.push('\n');
    for (name, value) in words::caption(table) {
        let _ = writeln!(text, "{}: {}", name.get(language), said(&value));
    }
    Ok(text)
}
