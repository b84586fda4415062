//! The formats in which tables and figures leave the program. A new one is a new file and a line
//! here.

pub(crate) mod bibtex;
pub(crate) mod csv;
pub(crate) mod json;
pub(crate) mod markdown;
pub mod pdf;
pub mod png;
pub mod svg;
pub(crate) mod text;

use super::figure::Figure;
use crate::analyse::{Source, Table};
use crate::error::{Error, Result};
use crate::model::label::Language;

/// A format.
pub struct Output {
    /// Its name; of tables and figures it is also the extension of their files.
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
    /// The sources of a selection, as text that ends with a line break; empty if there are none.
    Bibliography(fn(&[Source]) -> String),
}

/// What can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Tables.
    Table,
    /// Figures.
    Figure,
    /// Lists of sources.
    Bibliography,
}

impl Encode {
    const fn kind(self) -> Kind {
        match self {
            Self::Table(_) => Kind::Table,
            Self::Figure(_) => Kind::Figure,
            Self::Bibliography(_) => Kind::Bibliography,
        }
    }
}

/// Every format.
pub static OUTPUTS: &[&Output] = &[
    &text::OUTPUT,
    &csv::OUTPUT,
    &markdown::OUTPUT,
    &json::OUTPUT,
    &svg::OUTPUT,
    &png::OUTPUT,
    &pdf::OUTPUT,
    &bibtex::OUTPUT,
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
    encode.ok_or_else(|| unknown(format, Kind::Table))?(table, language)
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
    encode.ok_or_else(|| unknown(format, Kind::Figure))?(figure, dpi)
}

/// A list of sources in the format of that name.
///
/// # Errors
///
/// [`Error::UnknownName`] if no format for lists of sources has that name.
pub fn bibliography(format: &str, sources: &[Source]) -> Result<String> {
    let encode = OUTPUTS.iter().find_map(|output| match output.encode {
        Encode::Bibliography(encode) if output.name == format => Some(encode),
        _ => None,
    });
    Ok(encode.ok_or_else(|| unknown(format, Kind::Bibliography))?(
        sources,
    ))
}

/// The names of the formats for a kind of thing.
#[must_use]
pub fn names(kind: Kind) -> Vec<&'static str> {
    OUTPUTS
        .iter()
        .filter(|output| output.encode.kind() == kind)
        .map(|output| output.name)
        .collect()
}

fn unknown(format: &str, kind: Kind) -> Error {
    Error::UnknownName {
        kind: match kind {
            Kind::Table => "format for tables",
            Kind::Figure => "format for figures",
            Kind::Bibliography => "format for lists of sources",
        },
        name: format.to_owned(),
        known: names(kind).into_iter().map(str::to_owned).collect(),
    }
}
