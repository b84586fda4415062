//! Tables for other programs: a cell is a number or a code, and the same in every language.

use std::collections::BTreeSet;

use bitim::analyse::{self, Question};
use bitim::load::{self, Store};
use bitim::model::label::Language;
use bitim::render::outputs;
use bitim::validate;

use crate::harness::Project;

/// Columns that hold names, titles and texts of the data set.
const NAMES: &[&str] = &[
    "calendar.place",
    "calendar.title",
    "cases.parties",
    "cases.roles",
    "claim_tests.what",
    "claims.cannot_show",
    "claims.claim",
    "coverage.label",
    "timeline.title",
    "trajectories.title",
];

/// Columns that hold sentences: what they say in numbers stands in the columns beside them.
const SENTENCES: &[&str] = &[
    "association.odds_of",
    "claim_tests.in_words",
    "claim_tests.other_breaks",
    "claims.now_runs",
    "claims.then_runs",
    "models.in_words",
    "models.term",
    "sensitivity.most",
    "specifications.how",
];

/// Is the cell a number as a reader sees it: a percentage, a share, an interval, or marked as one of few?
fn is_formatted(cell: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|sign| sign.is_ascii_digit());
    let is_share = cell
        .split_once('/')
        .is_some_and(|(part, whole)| digits(part) && digits(whole) && whole.len() < 4);
    let is_decimal_comma = cell
        .split_once(',')
        .is_some_and(|(whole, part)| digits(whole) && digits(part));
    is_share || is_decimal_comma || cell.contains(['%', '†', '[', '('])
}

/// Where a CSV differs from that of another language, or holds what is neither a number nor a code.
fn faults(store: &Store) -> BTreeSet<String> {
    let dataset = load::dataset(store).unwrap();
    let cases = validate::check(dataset).unwrap().accept().unwrap();
    let selection = cases.select(&Question::default()).unwrap();
    let mut found = BTreeSet::new();
    for table in analyse::tables(&selection).unwrap().computed {
        let [english, others @ ..] = Language::ALL.map(|language| {
            let text = outputs::table("csv", &table, language).unwrap();
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(text.as_bytes());
            let rows = reader.records().collect::<Result<Vec<_>, _>>();
            rows.unwrap()
        });
        assert!(english.len() > 1 || table.rows.is_empty(), "{}", table.name);
        for (row, cells) in english.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let differs = others
                    .iter()
                    .any(|other| other[row].get(column) != Some(cell));
                if differs || is_formatted(cell) {
                    found.insert(format!("{}.{}", table.name, &english[0][column]));
                }
            }
        }
    }
    found
}

#[test]
fn a_cell_of_a_csv_is_a_number_or_a_code_in_every_language() {
    let harbour = Project::fixture("harbour");
    let mut found = faults(&Store::Bundled);
    found.extend(faults(&Store::Folder(harbour.path("data"))));
    let declared: BTreeSet<String> = NAMES
        .iter()
        .chain(SENTENCES)
        .map(|column| (*column).to_owned())
        .collect();
    // Both ways, so that no column stays declared that needs it no longer.
    assert_eq!(found, declared);
}

#[test]
fn what_a_reader_sees_of_a_number_is_known_when_seen() {
    for formatted in ["2/3† · 67% [21–94%]", "3 (0.36)", "1/6", "0,36", "67%"] {
        assert!(is_formatted(formatted), "{formatted}");
    }
    for plain in [
        "0.36",
        "-1",
        "broker",
        "1991-12-01/1991-12-31",
        "2014/2015",
        "≥ 0.5",
        "",
    ] {
        assert!(!is_formatted(plain), "{plain}");
    }
}
