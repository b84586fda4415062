//! The first stage: what the files say.
//!
//! Nothing is judged here. Every cell of a declared column becomes a place among the texts of its column, every row
//! has its line, and whatever cannot be read becomes a finding that travels with the records.

pub(crate) mod bundled;
mod csv;
mod encoding;
mod lines;
mod quotes;
mod records;
mod rows;
pub(crate) mod rules;
mod settings;
mod store;
pub(crate) mod texts;

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::model::codebook::TableSpec;
use crate::model::finding::{Findings, Place};
use crate::side_by_side;

pub use lines::Tally;
use records::Sheet;
pub(crate) use records::{Document, FILE, LINE, TableRecords, whereabouts};
pub use records::{Input, Records};
pub use store::{LARGEST, Store};

/// A format that tables can be read from.
pub(crate) struct Format {
    /// Its name in messages.
    pub(crate) name: &'static str,
    /// The extensions of its files.
    pub(crate) extensions: &'static [&'static str],
    /// Adds the rows to those of the table, and says where every line went.
    read: fn(&Reading, &mut Sheet, &mut Findings) -> Tally,
}

/// What a format is asked to read.
pub(crate) struct Reading<'a> {
    pub(crate) table: &'a TableSpec,
    pub(crate) file: &'a str,
    /// The position of the file among those of its table.
    pub(crate) position: u32,
    pub(crate) bytes: &'a [u8],
}

/// The formats, by extension.
pub(crate) static FORMATS: &[&Format] = &[&csv::FORMAT];

/// Reads a data set.
///
/// # Errors
///
/// [`Error::NoCodebook`] if there is no `codebook.toml`, [`Error::Read`] if it cannot be opened.
/// Everything else that is wrong is a finding among the records.
///
/// ```
/// use bitim::load::{Store, dataset};
/// let records = dataset(&Store::Bundled)?;
/// assert!(records.inputs().iter().any(|input| input.file == "cases.csv"));
/// # Ok::<(), bitim::error::Error>(())
/// ```
pub fn dataset(store: &Store) -> Result<Records> {
    let mut findings = Findings::default();
    let mut inputs = Vec::new();
    let bytes = store
        .read("codebook.toml")
        .map_err(|source| match (source.kind(), store) {
            (std::io::ErrorKind::NotFound, Store::Folder(folder) | Store::Anywhere(folder))
                if folder.is_dir() =>
            {
                Error::NoCodebook {
                    path: folder.clone(),
                }
            }
            _ => Error::Read {
                path: store.path("codebook.toml"),
                source,
            },
        })?;
    inputs.push(input("codebook.toml", &bytes));
    findings.file("codebook.toml");
    let codebook = settings::read("codebook.toml", &bytes, &mut findings);
    let study = optional(store, "study.toml", &mut inputs, &mut findings);
    let claims = optional(store, "claims.toml", &mut inputs, &mut findings);
    let mut records = Records {
        codebook,
        study,
        claims,
        tables: Vec::new(),
        inputs,
        findings,
    };
    let specs: Vec<TableSpec> = records.codebook.value.tables().cloned().collect();
    for spec in &specs {
        let read = table(store, spec, &mut records.inputs, &mut records.findings)?;
        records.tables.push(read);
    }
    Ok(records)
}

/// A steering file that a data set may do without.
fn optional<T: serde::de::DeserializeOwned + Default>(
    store: &Store,
    file: &'static str,
    inputs: &mut Vec<Input>,
    findings: &mut Findings,
) -> Document<T> {
    findings.file(file);
    match store.read(file) {
        Ok(bytes) => {
            inputs.push(input(file, &bytes));
            settings::read(file, &bytes, findings)
        }
        Err(error) => {
            if error.kind() != std::io::ErrorKind::NotFound {
                findings.add(&rules::UNREADABLE, Place::file(file), error.to_string());
            }
            Document {
                file,
                ..Document::default()
            }
        }
    }
}

/// Reads every file of a table; the texts of a column are the same in all of them.
fn table(
    store: &Store,
    spec: &TableSpec,
    inputs: &mut Vec<Input>,
    findings: &mut Findings,
) -> Result<TableRecords> {
    let files = spec.file.as_slice();
    let mut sheet = Sheet::new(&csv::declared(spec));
    let mut tally = Tally::default();
    for (position, file) in (0_u32..).zip(files) {
        findings.file(file);
        let bytes = match store.read(file) {
            Ok(bytes) => bytes,
            Err(error) => {
                let problem = match error.kind() {
                    std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
                    _ => error.to_string(),
                };
                findings.add(&rules::UNREADABLE, Place::file(file), problem);
                continue;
            }
        };
        let reading = Reading {
            table: spec,
            file,
            position,
            bytes: &bytes,
        };
        let Some(format) = format_of(file) else {
            inputs.push(input(file, &bytes));
            let known: Vec<String> = FORMATS
                .iter()
                .map(|format| format!("{} ({})", format.name, format.extensions.join(", ")))
                .collect();
            let problem = format!(
                "no format has this extension; known are {}",
                known.join(", ")
            );
            findings.add(&rules::UNREADABLE, Place::file(file), problem);
            continue;
        };
        let (lines, read) = side_by_side::both(
            || (format.read)(&reading, &mut sheet, findings),
            || input(file, &bytes),
        );
        inputs.push(read);
        tally += lines;
    }
    let (frame, columns) = sheet.read()?;
    Ok(TableRecords {
        name: spec.name.clone(),
        files: files.to_vec(),
        frame,
        columns,
        tally,
    })
}

fn format_of(file: &str) -> Option<&'static Format> {
    let extension = Path::new(file).extension()?.to_str()?.to_lowercase();
    FORMATS
        .iter()
        .copied()
        .find(|format| format.extensions.contains(&extension.as_str()))
}

fn input(file: &str, bytes: &[u8]) -> Input {
    Input {
        file: file.to_owned(),
        bytes: bytes.len() as u64,
        sha256: checksum(bytes),
    }
}

/// The SHA-256 of some bytes, in hexadecimal.
#[must_use]
pub fn checksum(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// The files of a data set without rows and with a codebook that explains itself, named `name`, so
/// that two of them have two reports.
#[must_use]
pub fn start_named(name: &str) -> Vec<(String, Vec<u8>)> {
    let plain = |letter: char| {
        if letter.is_ascii_alphanumeric() {
            letter
        } else {
            '_'
        }
    };
    let name: String = name.chars().map(plain).collect();
    let mut files = start(true);
    for (file, bytes) in &mut files {
        if let ("codebook.toml", Ok(text)) = (file.as_str(), std::str::from_utf8(bytes)) {
            *bytes = text
                .replacen("name = \"mine\"", &format!("name = \"{name}\""), 1)
                .into_bytes();
        }
    }
    files
}

/// The files of the bundled data set, or those of the one without rows.
#[must_use]
pub fn start(empty: bool) -> Vec<(String, Vec<u8>)> {
    let files = if empty {
        bundled::TEMPLATE
    } else {
        bundled::KAZAKHSTAN
    };
    files
        .iter()
        .map(|(file, bytes)| ((*file).to_owned(), bytes.to_vec()))
        .collect()
}

impl Records {
    /// The parameters of the study.
    #[must_use]
    pub const fn study(&self) -> &crate::model::study::Study {
        &self.study.value
    }

    /// The files that were read, in the order of reading.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// Where the lines of all files of tables went.
    ///
    /// ```
    /// let records = bitim::load::dataset(&bitim::load::Store::Bundled)?;
    /// let tally = records.tally();
    /// assert_eq!(tally.accounted(), tally.lines);
    /// # Ok::<(), bitim::error::Error>(())
    /// ```
    #[must_use]
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for table in &self.tables {
            tally += table.tally;
        }
        tally
    }

    /// The table of that name.
    pub(crate) fn table(&self, name: &str) -> Option<&TableRecords> {
        self.tables.iter().find(|table| table.name == name)
    }
}
