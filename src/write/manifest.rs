//! What was written from what: checksums and parameters, and no time of day.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::load::{Input, checksum};

/// The name of the manifest in a report's folder.
pub const FILE: &str = "manifest.toml";

/// The name of the list of pictures of dots. They are made, not committed, so their checksums stand
/// apart from the manifest, which is.
pub const PICTURES: &str = "manifest-png.toml";

/// The list of what was and of what is to be in a report's folder. It is there only while files take
/// their names, or where a run was interrupted while they did.
pub const JOURNAL: &str = ".bitim-writing.toml";

/// The manifest of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the program.
    pub bitim: String,
    /// The data set and its version.
    pub dataset: BTreeMap<String, String>,
    /// The view, the periods, the mediator and the language that were asked for.
    pub question: BTreeMap<String, String>,
    /// The files that were read.
    #[serde(default)]
    pub input: Vec<FileEntry>,
    /// The files that were written.
    #[serde(default)]
    pub output: Vec<FileEntry>,
    /// What was not made, and why.
    #[serde(default)]
    pub skipped: Vec<Skipped>,
}

/// A file with its checksum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its name, relative to the data set or the report.
    pub file: String,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// Something that was not made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The table or figure.
    pub name: String,
    /// Why not.
    pub reason: String,
}

impl FileEntry {
    /// The entry of some bytes.
    #[must_use]
    pub fn of(file: &str, bytes: &[u8]) -> Self {
        Self {
            file: file.to_owned(),
            bytes: bytes.len() as u64,
            sha256: checksum(bytes),
        }
    }
}

impl From<&Input> for FileEntry {
    fn from(input: &Input) -> Self {
        Self {
            file: input.file.clone(),
            bytes: input.bytes,
            sha256: input.sha256.clone(),
        }
    }
}

/// A list of files with their checksums: the pictures of dots, or the journal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The files.
    pub output: Vec<FileEntry>,
}

impl Listing {
    /// The list as it stands in its file.
    #[must_use]
    pub fn text(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }

    /// The files that a text lists; `None` if it is no such list.
    #[must_use]
    pub fn read(text: &str) -> Option<Vec<FileEntry>> {
        toml::from_str(text).ok().map(|list: Self| list.output)
    }
}

impl Manifest {
    /// The manifest as it stands in its file.
    #[must_use]
    pub fn text(&self) -> String {
        let head = "# Written by bitim. A file is replaced without asking only while it has the checksum given here.\n\n";
        let body = toml::to_string(self).unwrap_or_default();
        format!("{head}{body}")
    }

    /// The manifest that a text holds; `None` if it is none of ours.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        toml::from_str(text).ok()
    }
}
