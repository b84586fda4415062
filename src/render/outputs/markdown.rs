//! Tables for a manuscript in Markdown.

use std::fmt::Write as _;

use super::{Encode, Output};
use crate::analyse::Table;
use crate::error::Result;
use crate::model::label::Language;
use crate::render::words;

pub(crate) static OUTPUT: Output = Output {
    name: "md",
    encode: Encode::Table(encode),
};

fn encode(table: &Table, language: Language) -> Result<String> {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let escape = |text: &str| text.replace('|', "\\|");
    let mut text = format!("**{}**\n\n", table.title.get(language));
    let heads = table
        .columns
        .iter()
        .map(|column| escape(column.label.get(language)));
    text.push_str(&line(heads.collect()));
    let rules = table.columns.iter().map(|column| {
        let rule = if column.measure.is_numeric() {
            "---:"
        } else {
            "---"
        };
        rule.to_owned()
    });
    text.push_str(&line(rules.collect()));
    for row in words::rows(table) {
        let cells = row.iter().map(|cell| escape(cell.get(language)));
        text.push_str(&line(cells.collect()));
    }
    text.push('\n');
    for (name, value) in words::caption(table) {
        let _ = writeln!(text, "{}: {}  ", name.get(language), value.get(language));
    }
    Ok(text)
}
