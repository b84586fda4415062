//! Is it clear what the data set is, and for which years it speaks?

use super::Report;
use crate::model::codebook::Codebook;
use crate::model::unit::Unit;

/// The longest name of a data set, in letters.
const MOST_LETTERS: usize = 64;
/// The longest coverage, in years: figures have a place for each.
const MOST_YEARS: i32 = 500;

/// The name becomes a folder; the coverage says what years without cases mean.
pub(super) fn check<T>(codebook: &Codebook, report: &mut Report<T>) {
    let name = &codebook.dataset.name;
    let start = report.document.text.find("[dataset]").unwrap_or_default();
    let span = start..start;
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    if name.is_empty() || !name.chars().all(is_plain) {
        let problem = "the name is also that of a folder: letters, digits, `-` and `_` only";
        report.add(&span, name, problem);
    }
    if name.len() > MOST_LETTERS {
        let problem = format!("the name is also that of a folder: at most {MOST_LETTERS} letters");
        report.add(&span, name, problem);
    }
    for text in [&codebook.coverage.start, &codebook.coverage.end]
        .into_iter()
        .flatten()
    {
        report.date(
            text,
            "the coverage begins and ends with a date, as in 1991-09",
        );
    }
    let window = codebook.window();
    let is_given = codebook.coverage.start.is_some() && codebook.coverage.end.is_some();
    if is_given && i32::from(window.latest.year()) - i32::from(window.earliest.year()) > MOST_YEARS
    {
        let problem = format!("the coverage is longer than {MOST_YEARS} years");
        report.add(&span, "coverage", problem);
    }
    let has_record = codebook
        .tables()
        .any(|table| matches!(table.unit, Unit::Case | Unit::Engagement | Unit::Event));
    if has_record && (codebook.coverage.start.is_none() || codebook.coverage.end.is_none()) {
        let problem = "say from when until when cases were looked for: [coverage] start and end";
        report.add(&span, "coverage", problem);
    }
    for unit in [Unit::Case, Unit::Engagement, Unit::Event] {
        let mut of_unit = codebook
            .tables
            .iter()
            .filter(|table| table.get_ref().unit == unit);
        if let Some(second) = of_unit.nth(1) {
            let problem = format!(
                "a data set has one table of unit {}; `file` may list several files",
                unit.name()
            );
            report.add(&second.span(), &second.get_ref().name, problem);
        }
    }
}
