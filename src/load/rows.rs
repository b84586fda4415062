//! The records of a text file, each with its line and with its quotation marks looked at.

use ::csv::{ByteRecord, ReaderBuilder};

use super::lines::{Lines, Tally};
use super::quotes::{Fault, fault};
use super::{Reading, rules};
use crate::model::finding::{Findings, Place};

/// A record that cannot be trusted; a finding says why.
pub(super) struct Misread;

/// Rows of one file on their way into a frame.
pub(super) struct Rows<'a> {
    reading: &'a Reading<'a>,
    bytes: &'a [u8],
    reader: ::csv::Reader<&'a [u8]>,
    delimiter: u8,
    pub(super) record: ByteRecord,
    /// Does the present row go over several lines?
    pub(super) is_long: bool,
    lines: Lines<'a>,
    /// Where the present record ends.
    end: usize,
    pub(super) tally: Tally,
}

impl<'a> Rows<'a> {
    pub(super) fn new(reading: &'a Reading<'a>, bytes: &'a [u8], delimiter: u8) -> Self {
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .quoting(reading.table.quotes)
            .has_headers(false)
            .flexible(true)
            .from_reader(bytes);
        Self {
            reading,
            bytes,
            reader,
            delimiter,
            record: ByteRecord::new(),
            is_long: false,
            lines: Lines::new(bytes),
            end: 0,
            tally: Tally {
                lines: Lines::count(bytes),
                ..Tally::default()
            },
        }
    }

    /// The line of the next record that is not blank; [`Misread`] where its quotation marks are not in order.
    pub(super) fn next(&mut self, findings: &mut Findings) -> Option<Result<u64, Misread>> {
        loop {
            // Reading from memory with flexible rows cannot fail.
            if !self
                .reader
                .read_byte_record(&mut self.record)
                .unwrap_or(false)
            {
                // Blank lines at the end are how many editors save; they are counted and not reported.
                let (_, blank) = self.lines.advance(self.end as u64);
                self.tally.blank += blank.len() as u64;
                return None;
            }
            let start = self.record.position().map_or(0, ::csv::Position::byte);
            let (line, blank) = self.lines.advance(start);
            self.blank(&blank, findings);
            let start = self.lines.offset();
            let end = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
            self.end = end.clamp(start, self.bytes.len());
            let raw = &self.bytes[start..self.end];
            let further = Lines::count(raw).saturating_sub(1);
            self.tally.continued += further;
            self.is_long = further > 0;
            let has_marks = self.reading.table.quotes && raw.contains(&b'"');
            let fault = has_marks.then(|| fault(raw, self.delimiter)).flatten();
            let Some(fault) = fault else {
                if self.record.iter().all(|cell| cell.trim_ascii().is_empty()) {
                    self.blank(&[line], findings);
                    continue;
                }
                return Some(Ok(line));
            };
            if self.report(fault, raw, line, findings) {
                return Some(Err(Misread));
            }
            return Some(Ok(line));
        }
    }

    /// Reports a fault of a record that begins on `line`; says whether the record cannot be trusted.
    fn report(&self, fault: Fault, raw: &[u8], line: u64, findings: &mut Findings) -> bool {
        let line_of = |at: usize| line + Lines::new(raw).line_at(at) - 1;
        let (rule, at, problem) = match fault {
            Fault::Open { opened } => (
                &rules::QUOTE,
                opened,
                "a quotation mark is opened here and never closed".to_owned(),
            ),
            Fault::Blank { mark } => (
                &rules::MISPLACED_QUOTE,
                mark,
                "a cell begins with a blank and then a quotation mark, which opens nothing"
                    .to_owned(),
            ),
            Fault::Text { opened, closed } => (
                &rules::MISPLACED_QUOTE,
                closed,
                format!(
                    "text follows the quotation mark that closes a cell; the mark that opens it is on line {}",
                    line_of(opened)
                ),
            ),
            Fault::Letter { mark } => (
                &rules::LONE_QUOTE,
                mark,
                "a single quotation mark inside a cell was read as a letter".to_owned(),
            ),
        };
        let place = Place::line(self.reading.file, line_of(at));
        findings.add(rule, place, problem);
        !matches!(fault, Fault::Letter { .. })
    }

    /// Where the lines went if no row of the file can be read.
    pub(super) const fn refused(&self) -> Tally {
        Tally {
            refused: self.tally.refused + self.tally.lines - self.tally.accounted(),
            ..self.tally
        }
    }

    fn blank(&mut self, lines: &[u64], findings: &mut Findings) {
        self.tally.blank += lines.len() as u64;
        for line in lines {
            let place = Place::line(self.reading.file, *line);
            findings.add(&rules::BLANK_ROW, place, "the row has no value");
        }
    }
}
