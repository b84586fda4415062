//! Quotation marks that do not stand where a cell begins or ends.
//!
//! The `csv` crate reads on after such a mark, so that a stray one takes whole rows into a cell
//! without a word. Every record that holds a mark is therefore looked at once more.

/// What is wrong with the quotation marks of a record, with places as bytes from its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A cell begins with blanks and then a mark, which therefore opens nothing.
    Blank { mark: usize },
    /// A mark opens a cell at `opened`, and text follows the one at `closed` that closes it.
    Text { opened: usize, closed: usize },
    /// The mark at `opened` is not closed before the file ends.
    Open { opened: usize },
    /// A cell that is not quoted has a mark without a second: a letter, or what is left of a quotation.
    Letter { mark: usize },
}

/// The first fault of a record, whose bytes are given with or without the end of its line; one that
/// moves cells before one that does not.
pub(super) fn fault(record: &[u8], delimiter: u8) -> Option<Fault> {
    let ends_cell = |byte: u8| byte == delimiter || byte == b'\n' || byte == b'\r';
    let is_blank = |byte: &&u8| matches!(**byte, b' ' | b'\t') && **byte != delimiter;
    let mut letter = None;
    let mut start = 0;
    while start < record.len() {
        let blanks = record[start..].iter().take_while(is_blank).count();
        let opened = start + blanks;
        let mut at = opened;
        if record.get(opened) == Some(&b'"') {
            if blanks > 0 {
                return Some(Fault::Blank { mark: opened });
            }
            let Some(closed) = closing(record, opened + 1) else {
                return Some(Fault::Open { opened });
            };
            at = closed + 1;
            if record.get(at).is_some_and(|byte| !ends_cell(*byte)) {
                return Some(Fault::Text { opened, closed });
            }
        }
        let rest = record[at..].iter().position(|byte| ends_cell(*byte));
        let end = at + rest.unwrap_or(record.len() - at);
        let is_mark = |at: &usize| record[*at] == b'"';
        if (at..end).filter(is_mark).count() % 2 == 1 {
            letter = letter.or_else(|| (at..end).find(is_mark));
        }
        start = end + 1;
    }
    letter.map(|mark| Fault::Letter { mark })
}

/// Where the quotation that has begun before `from` is closed: at a mark that is not doubled.
fn closing(record: &[u8], mut from: usize) -> Option<usize> {
    loop {
        let mark = from + record[from..].iter().position(|byte| *byte == b'"')?;
        if record.get(mark + 1) != Some(&b'"') {
            return Some(mark);
        }
        from = mark + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_at_fault_only_where_they_open_or_close_nothing() {
        for right in [
            "a,b\n",
            "\"a\",\"b, c\"\r\n",
            "\"say \"\"yes\"\"\",x",
            "a \"b\" c,d",
            "\"\",\"\"",
            "\"two\nlines\",x\n",
            "",
        ] {
            assert_eq!(fault(right.as_bytes(), b','), None, "{right}");
        }
        for (wrong, expected) in [
            (
                "a,\"b\"c,d",
                Fault::Text {
                    opened: 2,
                    closed: 4,
                },
            ),
            (
                "\"a\" ,b",
                Fault::Text {
                    opened: 0,
                    closed: 2,
                },
            ),
            (
                "\"\"a\"\"",
                Fault::Text {
                    opened: 0,
                    closed: 1,
                },
            ),
            ("a, \"b, c\"", Fault::Blank { mark: 3 }),
            ("a,\"b\nc,d\n", Fault::Open { opened: 2 }),
            ("\"a\"\"", Fault::Open { opened: 0 }),
            ("5\" gun,b", Fault::Letter { mark: 1 }),
            (
                "5\" gun,\"b\"c",
                Fault::Text {
                    opened: 7,
                    closed: 9,
                },
            ),
        ] {
            assert_eq!(fault(wrong.as_bytes(), b','), Some(expected), "{wrong}");
        }
        assert_eq!(fault(b"\t\"a\"\t\"b\"", b'\t'), None);
    }
}
