//! The kinds of finding that arise while files are read.

use crate::model::finding::{Rule, Severity};

/// A file of the data set cannot be opened.
pub(crate) static UNREADABLE: Rule = Rule {
    code: "V001",
    name: "unreadable-file",
    severity: Severity::Error,
    explain: "A file that the codebook names is not there or cannot be opened.\n\
              Fix: check the name in `file = …` (capital letters count) and the rights of the file.",
};

/// A file without content.
pub(crate) static EMPTY: Rule = Rule {
    code: "V002",
    name: "empty-file",
    severity: Severity::Error,
    explain: "The file has no header, or nothing at all.\n\
              Fix: write at least the line with the column names. A table without rows is allowed.",
};

/// A file that is not text.
pub(crate) static BINARY: Rule = Rule {
    code: "V003",
    name: "binary-file",
    severity: Severity::Error,
    explain: "The file holds zero bytes, so it is no text: a workbook (.xlsx), an archive or a damaged file.\n\
              Fix: in the spreadsheet choose \"Save as\", type \"CSV UTF-8\". A text in UTF-16 without a byte-order mark is\n\
              read if the codebook says so: `encoding = \"utf-16le\"`.",
};

/// Bytes that are not in the declared encoding.
pub(crate) static BYTES: Rule = Rule {
    code: "V004",
    name: "bad-bytes",
    severity: Severity::Error,
    explain: "The file holds bytes that its encoding, UTF-8 unless declared, does not know; letters are lost.\n\
              Fix: save the file as UTF-8, or declare its encoding in the table of the codebook, as in\n\
              `encoding = \"windows-1251\"` (Russian and Kazakh Windows), \"windows-1252\" or \"macintosh\".",
};

/// A byte-order mark.
pub(crate) static BYTE_ORDER_MARK: Rule = Rule {
    code: "V005",
    name: "byte-order-mark",
    severity: Severity::Note,
    explain: "The file begins with a byte-order mark, as spreadsheets write it. It was left out; nothing to do.",
};

/// Another delimiter than declared.
pub(crate) static DELIMITER: Rule = Rule {
    code: "V006",
    name: "other-delimiter",
    severity: Severity::Warning,
    explain: "The cells are separated by another character than the codebook says, usually `;` because the\n\
              spreadsheet runs in a country with a decimal comma. The file was read with the character found.\n\
              Fix: declare it in the table, as in `delimiter = \";\"`, or save the file with commas.",
};

/// A quotation mark that is never closed.
pub(crate) static QUOTE: Rule = Rule {
    code: "V007",
    name: "unclosed-quote",
    severity: Severity::Error,
    explain: "A quotation mark opens a cell and nothing closes it, so the rest of the file is one cell. Often the\n\
              file was cut off while it was copied.\n\
              Fix: close the quotation; a quotation mark inside a quoted cell is written twice.",
};

/// A quotation mark that does not stand at the edge of a cell.
pub(crate) static MISPLACED_QUOTE: Rule = Rule {
    code: "V008",
    name: "misplaced-quote",
    severity: Severity::Error,
    explain: "A cell that begins with a quotation mark ends with the next one, and only a delimiter may follow. Text after\n\
              it means that a mark stands where none belongs, or that one is missing; what lies between may be rows of\n\
              the file that would vanish into a cell. Nor does a mark open a cell after a blank.\n\
              Fix: remove the mark; inside a quoted cell write it twice: \"the \"\"Normandy\"\" format\". If the file does not\n\
              quote at all and its marks are letters like others, write `quotes = false` in the table of the codebook.",
};

/// Bytes that look like another encoding than declared.
pub(crate) static OTHER_ENCODING: Rule = Rule {
    code: "V009",
    name: "other-encoding",
    severity: Severity::Warning,
    explain: "The codebook declares an encoding, and the file looks like another: it has a byte-order mark that says so,\n\
              or its letters beyond English are whole UTF-8, which hardly happens by chance. A wrong encoding turns\n\
              letters into others without failing.\n\
              Fix: look at a name in `bitim table`; remove or correct `encoding = …` in the table of the codebook.",
};

/// A letter that another program has replaced.
pub(crate) static REPLACED: Rule = Rule {
    code: "V010",
    name: "letter-lost",
    severity: Severity::Warning,
    explain: "The file holds the sign U+FFFD, which programs write where they could not read a letter. The letter was\n\
              lost when the file was converted, before bitim saw it.\n\
              Fix: write the letter again, or convert the original once more with the right encoding.",
};

/// A quotation mark without a second in a cell that is not quoted.
pub(crate) static LONE_QUOTE: Rule = Rule {
    code: "V011",
    name: "lone-quote",
    severity: Severity::Warning,
    explain: "A cell that is not quoted holds a single quotation mark. It was read as a letter, as in 5\" for inches; it may\n\
              also be what is left of a quotation, and the value is then another one.\n\
              Fix: remove it, or quote the cell and write the mark twice: \"5\"\" gun\".",
};

/// A declared column that the file lacks.
pub(crate) static MISSING_COLUMN: Rule = Rule {
    code: "V101",
    name: "missing-column",
    severity: Severity::Error,
    explain: "The codebook declares a column that the header does not have.\n\
              Fix: correct the header or `column = …` in the codebook; capital letters and blanks count.",
};

/// A column that the codebook does not mention.
pub(crate) static UNEXPECTED_COLUMN: Rule = Rule {
    code: "V102",
    name: "unexpected-column",
    severity: Severity::Warning,
    explain: "The file has a column that the codebook does not mention; it is not read.\n\
              Fix: declare it as a variable, or write `other_columns = true` in the table if this is meant.",
};

/// Two columns of one name.
pub(crate) static DUPLICATE_COLUMN: Rule = Rule {
    code: "V103",
    name: "duplicate-column",
    severity: Severity::Error,
    explain: "Two columns have the same name, so it is not clear which one is meant.\n\
              Fix: rename or remove one.",
};

/// A row with another number of cells than the header.
pub(crate) static RAGGED: Rule = Rule {
    code: "V104",
    name: "ragged-row",
    severity: Severity::Error,
    explain: "The row has more or fewer cells than the header, so its values stand in the wrong columns. Usually a\n\
              text with a comma lacks its quotation marks.\n\
              Fix: quote the cell: \"Almaty, Kazakhstan\".",
};

/// A row without content.
pub(crate) static BLANK_ROW: Rule = Rule {
    code: "V105",
    name: "blank-row",
    severity: Severity::Warning,
    explain: "The row has no value in any cell; it was left out.\n\
              Fix: delete the row.",
};

/// A line break where none belongs.
pub(crate) static LINE_BREAK: Rule = Rule {
    code: "V107",
    name: "line-break-in-cell",
    severity: Severity::Warning,
    explain: "A cell of an identifier, a title, a code, a number or a date goes over several lines. If a quotation mark was set by\n\
              mistake, it holds rows of the file that are counted nowhere.\n\
              Fix: look at the lines; remove the mark, or the line break.",
};

/// What the codebook's row filter did.
pub(crate) static FILTERED: Rule = Rule {
    code: "V106",
    name: "rows-filtered",
    severity: Severity::Note,
    explain: "The codebook keeps only some rows of this file (`keep = …`). The number of rows left out is printed\n\
              here and in every report.",
};

/// More characters than any cell of a record has: enough for a chapter.
pub(crate) const LONGEST_CELL: usize = 100_000;

/// A cell without end.
pub(crate) static ENDLESS: Rule = Rule {
    code: "V215",
    name: "endless-text",
    severity: Severity::Error,
    explain: "A cell or a label has more than 100,000 characters, which no name, code or remark has: a file was pasted into\n\
              it, or a quotation mark that is never closed swallowed what follows. Only its beginning was read.\n\
              Fix: look at the line before it for an open quotation mark, or move the text into a file of its own.",
};

/// A file that steers the program and cannot be read.
pub(crate) static SYNTAX: Rule = Rule {
    code: "V501",
    name: "wrong-settings",
    severity: Severity::Error,
    explain: "codebook.toml, study.toml or claims.toml is not TOML, or says something that the program does not\n\
              know; the message names the line.\n\
              Fix: compare the line with the bundled data set (`bitim init DIR` writes a copy).",
};

/// The kinds that leave rows of a file unread, so that what refers to them cannot be judged.
pub(crate) static ROWS_LOST: &[&Rule] = &[
    &UNREADABLE,
    &EMPTY,
    &BINARY,
    &QUOTE,
    &MISPLACED_QUOTE,
    &RAGGED,
    &MISSING_COLUMN,
];
