//! The formats in which tables leave the program. A new one is a new file and a line here.

pub(crate) mod csv;
pub(crate) mod json;
pub(crate) mod markdown;
pub(crate) mod text;

use crate::analyse::Table;
use crate::error::{Error, Result};
use crate::model::label::Language;

/// A format for tables.
pub struct Output {
    /// Its name, which is also the extension of its files.
    pub name: &'static str,
    /// Writes a table. The result ends with a line break.
    pub encode: fn(&Table, Language) -> Result<String>,
}

/// Every format for tables.
pub static OUTPUTS: &[&Output] = &[&text::OUTPUT, &csv::OUTPUT, &markdown::OUTPUT, &json::OUTPUT];

/// The format of that name.
///
/// # Errors
///
/// [`Error::UnknownName`] if there is none.
pub fn find(name: &str) -> Result<&'static Output> {
    OUTPUTS
        .iter()
        .copied()
        .find(|output| output.name == name)
        .ok_or_else(|| Error::UnknownName {
            kind: "format",
            name: name.to_owned(),
            known: OUTPUTS.iter().map(|output| output.name.to_owned()).collect(),
        })
}
