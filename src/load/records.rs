//! What the files say, before anyone has judged it.

use std::borrow::Cow;

use polars::prelude::{Column, DataFrame};

use super::lines::Tally;
use super::texts::{ABSENT, Interned, TextColumn};
use crate::error::{Error, Result};
use crate::model::claims::Claims;
use crate::model::codebook::Codebook;
use crate::model::finding::Findings;
use crate::model::study::Study;

/// The column of a frame that holds the line of a row in its file.
pub(crate) const LINE: &str = "#line";
/// The column of a frame that holds the position of the row's file in [`TableRecords::files`].
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
    /// [`LINE`] and [`FILE`] of every row.
    pub(crate) frame: DataFrame,
    /// The declared columns, each once.
    pub(crate) columns: Vec<TextColumn>,
    /// Where the lines of its files went.
    pub(crate) tally: Tally,
}

impl TableRecords {
    /// The column of that name.
    pub(crate) fn column(&self, name: &str) -> Option<&TextColumn> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// The lines and the files of rows, as every frame of rows has them.
///
/// # Errors
///
/// [`Error::Compute`] if they are not equally many, which is a fault of the program.
pub(crate) fn whereabouts(lines: Column, files: Vec<u32>) -> Result<DataFrame> {
    let columns = vec![lines, Column::new(FILE.into(), files)];
    DataFrame::new_infer_height(columns).map_err(Error::compute("the lines of a table"))
}

/// Rows of a table on their way from its files.
pub(super) struct Sheet {
    lines: Vec<u64>,
    /// Row → position of its file.
    files: Vec<u32>,
    columns: Vec<Cells>,
}

/// The cells of a column that have been read.
struct Cells {
    name: String,
    known: Interned,
    places: Vec<u32>,
}

/// Some rows of one file: of each its line and the cells of the columns that the file has.
#[derive(Default)]
pub(super) struct Batch {
    lines: Vec<u64>,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Batch {
    /// Adds a row.
    pub(super) fn push<'a>(&mut self, line: u64, cells: impl Iterator<Item = &'a [u8]>) {
        self.lines.push(line);
        for cell in cells {
            self.bytes.extend_from_slice(cell);
            self.ends.push(self.bytes.len());
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.lines.len() == ROWS
    }
}

/// How many rows a batch holds: few enough to be near at hand when they are read column by column.
const ROWS: usize = 4096;

impl Sheet {
    pub(super) fn new(names: &[&str]) -> Self {
        let column = |name: &&str| Cells {
            name: (*name).to_owned(),
            known: Interned::default(),
            places: Vec::new(),
        };
        Self {
            lines: Vec::new(),
            files: Vec::new(),
            columns: names.iter().map(column).collect(),
        }
    }

    /// Adds rows of the file at `position`, which has those columns of which `there` is true. What `read`
    /// makes of a cell is kept; it is asked for what is not known yet.
    pub(super) fn take<'b>(
        &mut self,
        batch: &'b Batch,
        position: u32,
        there: &[bool],
        mut read: impl FnMut(u64, &str, &'b [u8]) -> Cow<'b, str>,
    ) {
        let width = there.iter().filter(|is_there| **is_there).count();
        let mut at = 0;
        for (column, is_there) in self.columns.iter_mut().zip(there) {
            if !is_there {
                let absent = std::iter::repeat_n(ABSENT, batch.lines.len());
                column.places.extend(absent);
                continue;
            }
            for (row, line) in batch.lines.iter().enumerate() {
                let cell = row * width + at;
                let start = cell.checked_sub(1).map_or(0, |before| batch.ends[before]);
                let bytes = &batch.bytes[start..batch.ends[cell]];
                let text = || read(*line, &column.name, bytes);
                column.places.push(column.known.place_of(bytes, text));
            }
            at += 1;
        }
        self.lines.extend_from_slice(&batch.lines);
        self.files
            .extend(std::iter::repeat_n(position, batch.lines.len()));
    }

    /// What is kept of it.
    pub(super) fn read(self) -> Result<(DataFrame, Vec<TextColumn>)> {
        let columns = self.columns.into_iter().map(|cells| TextColumn {
            name: cells.name,
            texts: cells.known.texts,
            places: cells.places,
        });
        let lines = Column::new(LINE.into(), self.lines);
        Ok((whereabouts(lines, self.files)?, columns.collect()))
    }
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
