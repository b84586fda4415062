//! Text files with one row a line: CSV and its relatives, as spreadsheets really write them.
//!
//! The `csv` crate splits the cells and nothing is guessed about types. Lines are counted from
//! bytes, since the crate's own count is wrong with CRLF and after blank lines. polars' reader is
//! not used: it fails a file without naming the row, and turns short rows into nulls in silence.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use ::csv::{ByteRecord, ReaderBuilder};

use super::encoding::text_of;
use super::lines::Tally;
use super::records::{Batch, Sheet};
use super::rows::{Misread, Rows};
use super::{Format, Reading, rules};
use crate::model::codebook::TableSpec;
use crate::model::concept::Concept;
use crate::model::finding::{Findings, Place, meant, shorten};
use crate::model::measure::Measure;
use crate::side_by_side;

/// The characters that may separate cells, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

pub(super) static FORMAT: Format = Format {
    name: "csv",
    extensions: &["csv", "tsv", "tab", "txt"],
    read,
};

/// The columns of the file that a table's codebook declares, each once, in order of mention.
pub(super) fn declared(table: &TableSpec) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    let variables = table
        .variables
        .iter()
        .flat_map(|variable| variable.get_ref().columns());
    let indicators = table
        .indicators
        .iter()
        .flat_map(|block| block.get_ref().columns.keys().map(String::as_str));
    for name in variables.chain(indicators) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn read(reading: &Reading, sheet: &mut Sheet, findings: &mut Findings) -> Tally {
    let wanted = declared(reading.table);
    let Some(bytes) = text_of(reading, findings) else {
        return Tally::default();
    };
    let delimiter = delimiter(reading, &bytes, &wanted, findings);
    let mut rows = Rows::new(reading, &bytes, delimiter);
    let names: Vec<String> = if let Some(names) = &reading.table.columns {
        names.clone()
    } else {
        match rows.next(findings) {
            Some(Ok(_)) => rows.tally.headers += 1,
            Some(Err(Misread)) => {
                return rows.refused();
            }
            None => {
                let problem = "the file has no header";
                findings.add(&rules::EMPTY, Place::file(reading.file), problem);
                return rows.tally;
            }
        }
        let cells = rows.record.iter();
        cells
            .map(|name| String::from_utf8_lossy(name).into_owned())
            .collect()
    };
    let columns = columns(reading, &names, &wanted, findings);
    let mut keep = None;
    if let Some(filter) = &reading.table.keep {
        let Some(position) = names.iter().position(|name| *name == filter.column) else {
            missing_column(reading, &names, &filter.column, findings);
            return rows.refused();
        };
        keep = Some((position, filter.values.as_slice()));
    }
    let there: Vec<bool> = columns.iter().map(Option::is_some).collect();
    let mut other: Vec<(u64, String, Vec<u8>)> = Vec::new();
    let mut take = |batch: &Batch| {
        sheet.take(batch, reading.position, &there, |line, column, cell| {
            let text = text(cell);
            if text.as_bytes() != cell {
                other.push((line, column.to_owned(), cell.to_vec()));
            }
            text
        });
    };
    let mut batch = Batch::default();
    let second = |batch: Batch| take(&batch);
    side_by_side::behind(second, |give| {
        while let Some(line) = row(reading, &mut rows, &names, keep, findings) {
            let cells = columns.iter().flatten();
            batch.push(
                line,
                cells.filter_map(|position| rows.record.get(*position)),
            );
            if batch.is_full() {
                give(std::mem::take(&mut batch));
            }
        }
    });
    take(&batch);
    for (line, column, cell) in other {
        not_as_written(&cell, &Place::cell(reading.file, line, &column), findings);
    }
    if let Some(keep) = &reading.table.keep {
        let problem = format!(
            "rows left out: {}; kept are those whose {} is {}",
            rows.tally.filtered,
            keep.column,
            keep.values.join(" or ")
        );
        findings.add(&rules::FILTERED, Place::file(reading.file), problem);
    }
    rows.tally
}

/// Goes on to the next row that is kept, and gives its line.
fn row(
    reading: &Reading,
    rows: &mut Rows,
    names: &[String],
    keep: Option<(usize, &[String])>,
    findings: &mut Findings,
) -> Option<u64> {
    loop {
        let Ok(line) = rows.next(findings)? else {
            rows.tally.refused += 1;
            continue;
        };
        let record = &rows.record;
        let mut extra = record.iter().skip(names.len());
        if record.len() < names.len() || extra.any(|cell| !cell.is_empty()) {
            let problem = format!(
                "the row has {} cells, the header has {}",
                record.len(),
                names.len()
            );
            findings.add(&rules::RAGGED, Place::line(reading.file, line), problem);
            rows.tally.refused += 1;
            continue;
        }
        if let Some((position, values)) = keep {
            let cell = record.get(position).unwrap_or_default().trim_ascii();
            if !values.iter().any(|value| value.trim().as_bytes() == cell) {
                rows.tally.filtered += 1;
                continue;
            }
        }
        rows.tally.rows += 1;
        if rows.is_long {
            line_breaks(reading, record, names, line, findings);
        }
        return Some(line);
    }
}

/// Reports line breaks where the codebook expects none: everywhere but in free text, of which a title is none.
fn line_breaks(
    reading: &Reading,
    record: &ByteRecord,
    names: &[String],
    line: u64,
    findings: &mut Findings,
) {
    let is_text = |name: &String| {
        let variables = reading.table.variables.iter().map(toml::Spanned::get_ref);
        let mut of_column =
            variables.filter(|variable| variable.columns().any(|known| known == name));
        of_column.any(|variable| {
            variable.measure == Measure::Text && variable.concept != Some(Concept::Title)
        })
    };
    let wanted = declared(reading.table);
    for (name, cell) in names.iter().zip(record) {
        let has_break = cell.iter().any(|byte| matches!(byte, b'\n' | b'\r'));
        if has_break && wanted.contains(&name.as_str()) && !is_text(name) {
            let place = Place::cell(reading.file, line, name);
            let problem = "the cell goes over several lines; they may be rows that a stray quotation mark encloses";
            let value = String::from_utf8_lossy(cell);
            findings.value(&rules::LINE_BREAK, place, &value, problem, None);
        }
    }
}

/// A cell as text: bytes that are not UTF-8 as replacement characters, and of a text without end only the
/// beginning.
fn text(cell: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(cell);
    if is_endless(&text) {
        return Cow::Owned(shorten(&text));
    }
    text
}

/// A text has no more characters than bytes.
fn is_endless(text: &str) -> bool {
    text.len() > rules::LONGEST_CELL && text.chars().count() > rules::LONGEST_CELL
}

/// Reports a cell that was not kept as it is written.
fn not_as_written(cell: &[u8], place: &Place, findings: &mut Findings) {
    let text = String::from_utf8_lossy(cell);
    if matches!(text, Cow::Owned(_)) {
        let problem = "the bytes are not UTF-8; save the file as UTF-8 or declare its encoding";
        findings.value(&rules::BYTES, place.clone(), &text, problem, None);
    }
    if is_endless(&text) {
        let problem = format!(
            "it has {} characters, more than {}",
            text.chars().count(),
            rules::LONGEST_CELL
        );
        findings.value(&rules::ENDLESS, place.clone(), &text, problem, None);
    }
}

/// The character that separates the cells: the declared one, unless the header makes sense only
/// with another.
fn delimiter(reading: &Reading, bytes: &[u8], wanted: &[&str], findings: &mut Findings) -> u8 {
    let is_csv = Path::new(reading.file)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    let by_extension = if is_csv { b',' } else { b'\t' };
    let declared = reading
        .table
        .delimiter
        .and_then(|delimiter| u8::try_from(delimiter).ok())
        .unwrap_or(by_extension);
    if reading.table.columns.is_some() {
        return declared;
    }
    let head = &bytes[..bytes.len().min(65_536)];
    let recognised = |delimiter: u8| {
        let mut header = ByteRecord::new();
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(head);
        let _ = reader.read_byte_record(&mut header);
        header
            .iter()
            .filter(|cell| wanted.iter().any(|name| name.as_bytes() == *cell))
            .count()
    };
    let found = DELIMITERS
        .into_iter()
        .max_by_key(|candidate| (recognised(*candidate), *candidate == declared))
        .unwrap_or(declared);
    if found == declared || recognised(found) <= recognised(declared) {
        return declared;
    }
    let problem = format!(
        "the cells are separated by {:?} and not by {:?}; the file was read with {:?}",
        char::from(found),
        char::from(declared),
        char::from(found)
    );
    findings.add(&rules::DELIMITER, Place::line(reading.file, 1), problem);
    found
}

/// Where each wanted column stands in the file, if it does.
fn columns(
    reading: &Reading,
    names: &[String],
    wanted: &[&str],
    findings: &mut Findings,
) -> Vec<Option<usize>> {
    let mut seen = BTreeSet::new();
    for name in names.iter().filter(|name| !name.trim().is_empty()) {
        let place = Place::cell(reading.file, 1, &shorten(name));
        let is_filter = reading
            .table
            .keep
            .as_ref()
            .is_some_and(|keep| keep.column == *name);
        if !seen.insert(name) {
            findings.add(
                &rules::DUPLICATE_COLUMN,
                place,
                "the header has this name twice",
            );
        } else if !wanted.contains(&name.as_str()) && !is_filter && !reading.table.other_columns {
            findings.add(
                &rules::UNEXPECTED_COLUMN,
                place,
                "the codebook does not mention it",
            );
        }
    }
    wanted
        .iter()
        .map(|column| {
            let position = names.iter().position(|name| name == column);
            if position.is_none() {
                missing_column(reading, names, column, findings);
            }
            position
        })
        .collect()
}

fn missing_column(reading: &Reading, names: &[String], column: &str, findings: &mut Findings) {
    let wanted = declared(reading.table);
    let spare = names
        .iter()
        .map(String::as_str)
        .filter(|name| !wanted.contains(name));
    findings.value(
        &rules::MISSING_COLUMN,
        Place::line(reading.file, 1),
        column,
        "the header has no such column",
        meant(column, spare).map(shorten),
    );
}
