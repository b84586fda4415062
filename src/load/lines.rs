//! On which line of a file a record stands, which the `csv` crate does not know with CRLF and blank
//! lines; and whether every line of the file went somewhere.

/// Counts lines from bytes: a line ends with LF, CRLF or a lone CR.
pub(super) struct Lines<'a> {
    bytes: &'a [u8],
    offset: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            offset: 0,
            line: 1,
        }
    }

    /// The line of the record whose reading began at byte `start`, and the blank lines before it.
    pub(super) fn advance(&mut self, start: u64) -> (u64, Vec<u64>) {
        self.line_at(usize::try_from(start).unwrap_or(usize::MAX));
        if self.offset > 0 && self.bytes[self.offset - 1] == b'\r' && self.at(self.offset) == b'\n'
        {
            self.line_at(self.offset + 1);
        }
        let mut blank = Vec::new();
        while matches!(self.at(self.offset), b'\r' | b'\n') {
            let line = self.line;
            if self.line_at(self.offset + 1) > line {
                blank.push(line);
            }
        }
        (self.line, blank)
    }

    /// Where in the bytes the record of the last [`Lines::advance`] begins.
    pub(super) const fn offset(&self) -> usize {
        self.offset
    }

    /// The line on which the byte at `offset` stands, which is not before the last one asked for.
    pub(super) fn line_at(&mut self, offset: usize) -> u64 {
        let offset = offset.clamp(self.offset, self.bytes.len());
        self.line += ends(self.bytes, self.offset..offset);
        self.offset = offset;
        self.line
    }

    /// How many lines there are: the last one may end without a line break.
    pub(super) fn count(bytes: &[u8]) -> u64 {
        let mut lines = Lines::new(bytes);
        let line = lines.line_at(bytes.len());
        line - u64::from(bytes.is_empty() || matches!(bytes.last(), Some(b'\n' | b'\r')))
    }

    fn at(&self, offset: usize) -> u8 {
        self.bytes.get(offset).copied().unwrap_or_default()
    }
}

/// How many lines end within a range of bytes; a CR before a LF ends none.
#[expect(clippy::naive_bytecount, reason = "compiles to the same code")]
fn ends(bytes: &[u8], range: std::ops::Range<usize>) -> u64 {
    let part = &bytes[range.clone()];
    let feeds = part.iter().filter(|byte| **byte == b'\n').count() as u64;
    if !part.contains(&b'\r') {
        return feeds;
    }
    let is_lone = |at: &usize| bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    feeds + range.filter(is_lone).count() as u64
}

/// Where the lines of files went. Every line is a header, the first line of a row, the continuation
/// of a row whose cell holds a line break, or blank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// Lines of the files, counted apart from the rows.
    pub lines: u64,
    /// Lines that name columns, with those that continue them.
    pub headers: u64,
    /// Rows in the frames.
    pub rows: u64,
    /// Rows that the codebook leaves out.
    pub filtered: u64,
    /// Rows that could not be read; a finding names each.
    pub refused: u64,
    /// Lines that continue a row.
    pub continued: u64,
    /// Lines without any value.
    pub blank: u64,
}

impl Tally {
    /// How many lines went somewhere; equal to `lines`, or rows were lost.
    #[must_use]
    pub const fn accounted(&self) -> u64 {
        self.headers + self.rows + self.filtered + self.refused + self.continued + self.blank
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.lines += other.lines;
        self.headers += other.headers;
        self.rows += other.rows;
        self.filtered += other.filtered;
        self.refused += other.refused;
        self.continued += other.continued;
        self.blank += other.blank;
    }
}
