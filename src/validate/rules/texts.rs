//! Rules about what a text does where somebody else shows it: on a terminal, in a spreadsheet.

use toml::de::{DeTable, DeValue};

use crate::load::Document;
use crate::model::codebook::{Codebook, TableSpec, Variable};
use crate::model::finding::{Findings, Place, Rule, Severity};
use crate::model::measure::Measure;
use crate::model::visible::{self, acts};
use crate::validate::alike::Alike;
use crate::validate::typed::Draft;

/// A character that acts instead of being read.
pub(crate) static CONTROL: Rule = Rule {
    code: "V216",
    name: "control-character",
    severity: Severity::Warning,
    explain: "The text holds a character that nobody can see: one that steers a terminal (an escape character can clear\n\
              the screen or hide what follows), or one that turns the direction of reading, so that another name is\n\
              read than the one that is there. Usually it came in with a copy from a web page, a PDF or a database.\n\
              People are shown it as an escape, as in \\u{1b}. A zero character is an error, since no format can hold it.\n\
              Fix: delete the character. Most editors show it when invisible characters are switched on.",
};

/// A text that a spreadsheet computes.
pub(crate) static FORMULA: Rule = Rule {
    code: "V217",
    name: "formula-like",
    severity: Severity::Warning,
    explain: "The text begins with `=`, `+`, `-` or `@`, and is no number. A spreadsheet that opens a published\n\
              table takes it for a formula: `=1+41` is shown as 42, and a formula can fetch from the network or start a\n\
              program. The tables in CSV have the text as it is, since other programs need it so.\n\
              Fix: begin with a letter, write a dash (–) for a hyphen, or set the text in quotation marks of its own.",
};

/// Every cell of a declared column.
pub(super) fn cells(draft: &Draft, findings: &mut Findings) {
    let codebook = &draft.records.codebook.value;
    for spec in codebook.tables() {
        let (Some(rows), Some(typed)) = (draft.records.table(&spec.name), draft.table(&spec.name))
        else {
            continue;
        };
        for column in &rows.columns {
            let worded = worded(spec, &column.name);
            let alike = Alike::of(&[column], rows.frame.height());
            alike.report(typed, &column.name, findings, |row, report| {
                let Some(cell) = column.get(row) else { return };
                if let Some(acting) = Acting::of(cell) {
                    let problem = || acting.problem();
                    report.find(&CONTROL, acting.severity(), cell, problem, || None);
                }
                let Some(variable) = worded else { return };
                let items = cell.split(|letter| variable.separator == Some(letter));
                let items = items.filter(|item| is_formula(item));
                for item in items.filter(|item| !is_missing(codebook, variable, item)) {
                    report.value(&FORMULA, item, || COMPUTED.to_owned());
                }
            });
        }
    }
}

/// The variable of a column that holds words or codes; numbers, dates and flags have rules of their own.
fn worded<'a>(spec: &'a TableSpec, column: &str) -> Option<&'a Variable> {
    let variables = spec.variables.iter().map(toml::Spanned::get_ref);
    variables
        .filter(|variable| variable.columns().any(|known| known == column))
        .find(|variable| {
            variable.measure.is_coded()
                || matches!(variable.measure, Measure::Identifier | Measure::Text)
        })
}

fn is_missing(codebook: &Codebook, variable: &Variable, item: &str) -> bool {
    let mut codes = codebook.missing(variable);
    codes.any(|missing| missing.code == item.trim())
}

/// Every name and every text of the files that steer the program.
pub(super) fn settings(draft: &Draft, findings: &mut Findings) {
    let records = &draft.records;
    document(&records.codebook, findings);
    document(&records.study, findings);
    document(&records.claims, findings);
}

/// A file that is not TOML has a finding already, and nothing of it is shown.
fn document<T>(document: &Document<T>, findings: &mut Findings) {
    if let Ok(table) = DeTable::parse(&document.text) {
        let mut seen = |text: &str, start: usize, is_name: bool| {
            let place = || Place::line(document.file, document.line(&(start..start)));
            control(text, place, findings);
            if !is_name {
                formula(text, place, findings);
            }
        };
        table_of(table.get_ref(), &mut seen);
    }
}

/// Hears a text, the byte at which it begins, and whether it is the name of a setting.
type Heard<'a> = dyn FnMut(&str, usize, bool) + 'a;

fn table_of(table: &DeTable, heard: &mut Heard) {
    for (name, value) in table {
        heard(name.get_ref(), name.span().start, true);
        value_of(value, heard);
    }
}

fn value_of(value: &toml::Spanned<DeValue>, heard: &mut Heard) {
    match value.get_ref() {
        DeValue::String(text) => heard(text, value.span().start, false),
        DeValue::Array(values) => values.iter().for_each(|value| value_of(value, heard)),
        DeValue::Table(table) => table_of(table, heard),
        _ => {}
    }
}

fn control(text: &str, place: impl FnOnce() -> Place, findings: &mut Findings) {
    if let Some(acting) = Acting::of(text) {
        let problem = acting.problem();
        findings.graded(&CONTROL, acting.severity(), place(), Some(text), problem);
    }
}

fn formula(text: &str, place: impl FnOnce() -> Place, findings: &mut Findings) {
    if is_formula(text) {
        findings.value(&FORMULA, place(), text, COMPUTED, None);
    }
}

/// What is wrong with a text that a spreadsheet computes.
const COMPUTED: &str = "a spreadsheet takes it for a formula; begin with a letter, or write a dash";

/// A character that acts: the zero character, if there is one, or else the first.
struct Acting(char);

impl Acting {
    fn of(text: &str) -> Option<Self> {
        if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return None;
        }
        let zero = text.contains('\0').then_some('\0');
        zero.or_else(|| text.chars().find(|letter| acts(*letter)))
            .map(Self)
    }

    fn severity(&self) -> Severity {
        if self.0 == '\0' {
            Severity::Error
        } else {
            CONTROL.severity
        }
    }

    fn problem(&self) -> String {
        let shown = visible::line(&self.0.to_string());
        let does = match self.0 {
            '\0' => "which no format can hold",
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                "which turns the direction of reading; delete it"
            }
            _ => "which nobody sees and which acts on what shows it; delete it",
        };
        format!("it holds the character {shown}, {does}")
    }
}

/// Does a spreadsheet compute the text, where it should show it? Blanks before it do not hinder one; a
/// number and a sign alone are what they are, and no date begins with a sign.
fn is_formula(text: &str) -> bool {
    let text = text.trim();
    let is_number = || {
        let number: Option<f64> = text.replacen(',', ".", 1).parse().ok();
        number.is_some_and(f64::is_finite)
    };
    text.starts_with(['=', '+', '-', '@']) && text.len() > 1 && !is_number()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_computes_is_told_from_numbers_and_dates() {
        for computed in [
            "=1+41",
            " \t=A1",
            "\r@SUM(1)",
            "+7-727",
            "-2+3",
            "-inf",
            "=5",
            "-- so",
        ] {
            assert!(is_formula(computed), "{computed}");
        }
        for plain in [
            "-74.01", "-74,01", "+5", "-1.5e3", "-", "+", "=", "a=b", "2013-02", "–5", "", "5-3",
        ] {
            assert!(!is_formula(plain), "{plain}");
        }
    }
}
