//! The formats in which tables and figures leave the program. A new one is a new file and a line
//! here.

pub(crate) mod csv;
pub(crate) mod json;
pub(crate) mod markdown;
pub mod png;
pub mod svg;
pub(crate) mod text;

use super::figure::Figure;
use crate::analyse::Table;
use crate::error::{Error, Result};
use crate::model::label::Language;

/// A format.
pub struct Output {
    /// Its name, which is also the extension of its files.
    pub name: &'static str,
    /// What it writes.
    pub encode: Encode,
}

/// What a format writes.
#[derive(Clone, Copy)]
pub enum Encode {
    /// A table, as text that ends with a line break.
    Table(fn(&Table, Language) -> Result<String>),
    /// A figure, at a resolution in dots per inch that only raster formats heed.
    Figure(fn(&Figure, u32) -> Result<Vec<u8>>),
}

/// Every format.
pub static OUTPUTS: &[&Output] = &[
    &text::OUTPUT,
    &csv::OUTPUT,
    &markdown::OUTPUT,
    &json::OUTPUT,
    &svg::OUTPUT,
    &png::OUTPUT,
];

/// A table in the format of that name.
///
/// # Errors
///
/// [`Error::UnknownName`] if no format for tables has that name; those of the format else.
pub fn table(format: &str, table: &Table, language: Language) -> Result<String> {
    let encode = OUTPUTS.iter().find_map(|output| match output.encode {
        Encode::Table(encode) if output.name == format => Some(encode),
        _ => None,
    });
    encode.ok_or_else(|| unknown(format, true))?(table, language)
}

/// A figure in the format of that name.
///
/// # Errors
///
/// [`Error::UnknownName`] if no format for figures has that name; those of the format else.
pub fn figure(format: &str, figure: &Figure, dpi: u32) -> Result<Vec<u8>> {
    let encode = OUTPUTS.iter().find_map(|output| match output.encode {
        Encode::Figure(encode) if output.name == format => Some(encode),
        _ => None,
    });
    encode.ok_or_else(|| unknown(format, false))?(figure, dpi)
}

/// The names of the formats for tables, or of those for figures.
#[must_use]
pub fn names(of_tables: bool) -> Vec<&'static str> {
    OUTPUTS
        .iter()
        .filter(|output| matches!(output.encode, Encode::Table(_)) == of_tables)
        .map(|output| output.name)
        .collect()
}

fn unknown(format: &str, of_tables: bool) -> Error {
    Error::UnknownName {
        kind: if of_tables {
            "format for tables"
        } else {
            "format for figures"
        },
        name: format.to_owned(),
        known: names(of_tables).into_iter().map(str::to_owned).collect(),
    }
}
