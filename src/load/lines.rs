//! On which line of a file a record stands, which the `csv` crate does not know with CRLF and blank
//! lines.

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
        let start = usize::try_from(start)
            .unwrap_or(usize::MAX)
            .min(self.bytes.len());
        while self.offset < start {
            self.step();
        }
        if self.offset > 0 && self.bytes[self.offset - 1] == b'\r' && self.at(self.offset) == b'\n'
        {
            self.step();
        }
        let mut blank = Vec::new();
        while matches!(self.at(self.offset), b'\r' | b'\n') {
            let line = self.line;
            self.step();
            if self.line > line {
                blank.push(line);
            }
        }
        (self.line, blank)
    }

    fn at(&self, offset: usize) -> u8 {
        self.bytes.get(offset).copied().unwrap_or_default()
    }

    fn step(&mut self) {
        let ends = match self.at(self.offset) {
            b'\n' => true,
            b'\r' => self.at(self.offset + 1) != b'\n',
            _ => false,
        };
        self.line += u64::from(ends);
        self.offset += 1;
    }
}
