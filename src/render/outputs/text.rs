//! Tables on a terminal.

use std::fmt::Write as _;

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ContentArrangement};

use super::{Encode, Output};
use crate::analyse::Table;
use crate::error::Result;
use crate::model::label::Language;
use crate::render::words;

pub(crate) static OUTPUT: Output = Output {
    name: "text",
    encode: Encode::Table(encode),
};

fn encode(table: &Table, language: Language) -> Result<String> {
    let mut drawn = comfy_table::Table::new();
    drawn
        .load_style(NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(
            table
                .columns
                .iter()
                .map(|column| column.label.get(language)),
        );
    for row in words::rows(table) {
        drawn.add_row(row.iter().map(|cell| cell.get(language).to_owned()));
    }
    for (position, column) in table.columns.iter().enumerate() {
        if let (true, Some(drawn)) = (column.measure.is_numeric(), drawn.column_mut(position)) {
            drawn.set_cell_alignment(CellAlignment::Right);
        }
    }
    let mut text = format!("{}\n\n", table.title.get(language));
    for line in drawn.lines() {
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text.push('\n');
    for (name, value) in words::caption(table) {
        let _ = writeln!(text, "{}: {}", name.get(language), value.get(language));
    }
    Ok(text)
}
