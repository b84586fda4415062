//! What the files say, before anyone has judged it.

use polars::prelude::DataFrame;

use super::lines::Tally;
use crate::model::claims::Claims;
use crate::model::codebook::Codebook;
use crate::model::finding::Findings;
use crate::model::study::Study;

/// The column of a text frame that holds the line of a row in its file.
pub(crate) const LINE: &str = "#line";
/// The column of a text frame that holds the position of the row's file in [`TableRecords::files`].
pub(crate) const FILE: &str = "#file";

/// What the files of a data set say: every cell as text, with its line.
#[derive(Clone, Debug)]
pub struct Records {
    pub(crate) codebook: Document<Codebook>,
    pub(crate) study: Document<Study>,
    pub(crate) claims: Document<Claims>,
    pub(crate) tables: Vec<TableRecords>,
    pub(crate) inputs: Vec<Input>,
    pub(crate) findings: Findings,
}

/// A file that steers the program, with its text, so that findings can name lines.
#[derive(Clone, Debug, Default)]
pub(crate) struct Document<T> {
    pub(crate) file: &'static str,
    pub(crate) text: String,
    pub(crate) value: T,
}

impl<T> Document<T> {
    /// The line on which a span of the text begins.
    pub(crate) fn line(&self, span: &std::ops::Range<usize>) -> u64 {
        line_of(self.text.as_bytes(), span.start)
    }
}

/// The rows of one table.
#[derive(Clone, Debug)]
pub(crate) struct TableRecords {
    pub(crate) name: String,
    pub(crate) files: Vec<String>,
    /// The declared columns as text, in chunks of one batch each, with [`LINE`] and [`FILE`].
    pub(crate) frame: DataFrame,
    /// Where the lines of its files went.
    pub(crate) tally: Tally,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its name relative to the data set.
    pub file: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// The line, counted from 1, on which the byte at `offset` stands.
#[expect(
    clippy::naive_bytecount,
    reason = "a settings file; not worth a dependency"
)]
pub(crate) fn line_of(bytes: &[u8], offset: usize) -> u64 {
    let before = bytes.get(..offset.min(bytes.len())).unwrap_or(bytes);
    1 + before.iter().filter(|byte| **byte == b'\n').count() as u64
}
