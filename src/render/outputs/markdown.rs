//! Tables for a manuscript in Markdown.

use std::fmt::Write as _;

use super::{Encode, Output};
use crate::analyse::Table;
use crate::error::Result;
use crate::model::label::{Label, Language};
use crate::model::visible;
use crate::render::words;

pub(crate) static OUTPUT: Output = Output {
    name: "md",
    encode: Encode::Table(encode),
};

fn encode(table: &Table, language: Language) -> Result<String> {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let said = |label: &Label| escape(label.get(language));
    let mut text = format!("**{}**\n\n", said(&table.title));
    let heads = table.columns.iter().map(|column| said(&column.label));
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
        text.push_str(&line(row.iter().map(said).collect()));
    }
    text.push('\n');
    for (name, value) in words::caption(table) {
        let _ = writeln!(text, "{}: {}  ", name.get(language), said(&value));
    }
    Ok(text)
}

/// A text whose characters mean themselves: `case_id` has no italics, `[16–75%]` is no link, `&lt;` and
/// `<b>` are what they look like, and a line break ends neither a row nor an item of a list.
///
/// pandoc takes more characters for its own than GitHub, which sees only the character where a backslash
/// stands before one.
pub(crate) fn escape(text: &str) -> String {
    let one_line = text.replace(['\n', '\r', '\t'], " ");
    let mut escaped = String::with_capacity(text.len());
    for letter in visible::line(&one_line).chars() {
        if "\\`*_[]<>|#&~^$@".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
