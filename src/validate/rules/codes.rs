//! Rules about single values: is it one that its variable can have?

use crate::load::texts::Places;
use crate::model::finding::{Findings, Rule, Severity, fold};
use crate::model::measure::Measure;
use crate::validate::alike::Alike;
use crate::validate::cells::Cells;
use crate::validate::typed::Draft;

/// A code that the codebook does not have.
pub(crate) static UNKNOWN: Rule = Rule {
    code: "V201",
    name: "unknown-code",
    severity: Severity::Error,
    explain: "The value is not one of the codes of its variable. Case counts: `Venue` is not `venue`.\n\
              Fix: correct the cell, or add the code with its label to the list in codebook.toml.",
};

/// A value of another type.
pub(crate) static WRONG_TYPE: Rule = Rule {
    code: "V202",
    name: "wrong-type",
    severity: Severity::Error,
    explain: "The value is not a number, a date or a flag where the codebook says it is one.\n\
              Fix: correct the cell, write a missing code, or correct `measure`, `format`, `flag`, `decimal` or `thousands` of the\n\
              variable.",
};

/// A required value that is not there.
pub(crate) static REQUIRED: Rule = Rule {
    code: "V207",
    name: "required-value-missing",
    severity: Severity::Error,
    explain: "The cell is empty and the codebook says `required = true`. An empty cell does not say why the value\n\
              is missing: the sources may be silent, or the question may not arise.\n\
              Fix: write the value, or a missing code such as `unknown` or `na`.",
};

/// Spellings that differ only by case or blanks.
pub(crate) static SPELLING: Rule = Rule {
    code: "V208",
    name: "one-thing-two-spellings",
    severity: Severity::Warning,
    explain: "Two values of one column differ only by case, blanks, the shape of an apostrophe or hyphen, or the way an accented\n\
              letter is composed, so one thing would be counted as two.\n\
              Fix: write it in one way, or lead both spellings to one identifier by a table of aliases.",
};

/// Blanks around a value.
pub(crate) static BLANKS: Rule = Rule {
    code: "V209",
    name: "needless-blanks",
    severity: Severity::Warning,
    explain: "There are blanks around the value. It was read without them.\n\
              Fix: remove them, or write `normalise = true` for the variable to have it noted only.",
};

/// Blanks that the codebook says are to be put right.
pub(crate) static NORMALISED: Rule = Rule {
    code: "V210",
    name: "blanks-normalised",
    severity: Severity::Note,
    explain: "Blanks around or inside the value were put right, as `normalise = true` says. Nothing to do.",
};

/// A spelling without an alias.
pub(crate) static UNMATCHED: Rule = Rule {
    code: "V211",
    name: "unmatched-name",
    severity: Severity::Warning,
    explain: "The table of aliases does not lead from this spelling to an identifier; it is kept as it is and counts\n\
              as an actor of its own.\n\
              Fix: add a row to the table of aliases.",
};

/// A number that its meaning excludes.
pub(crate) static OUT_OF_RANGE: Rule = Rule {
    code: "V220",
    name: "out-of-range",
    severity: Severity::Error,
    explain: "A latitude lies between -90 and 90 degrees, a longitude between -180 and 180.\n\
              Fix: correct the number; often the two columns are exchanged, or the decimal sign is missing.",
};

/// Values of one variable that are one value under two spellings.
///
/// Only names and identifiers are compared: codes have their own rule, and free text may repeat
/// itself as it likes.
pub(super) fn spellings(draft: &Draft, findings: &mut Findings) {
    for table in &draft.tables {
        for field in &table.fields {
            let is_open = field.measure.is_coded() && field.codes.is_empty();
            if !is_open && field.measure != Measure::Identifier {
                continue;
            }
            let (alike, cells) = (
                Alike::of_field(draft, table, field),
                Cells::new(table, field),
            );
            let mut spelt = Spelt::default();
            let all = alike.first().iter().flat_map(|row| cells.of(*row));
            if all.filter(|value| spelt.add(value)).count() == 0 {
                continue;
            }
            alike.report(table, &field.column, findings, |row, report| {
                for value in cells.of(row) {
                    let first = spelt.first(value).filter(|first| *first != value);
                    if let Some(first) = first {
                        let problem = || format!("elsewhere it is written \"{first}\"");
                        report.value(&SPELLING, value, problem);
                    }
                }
            });
        }
    }
}

/// The first of the spellings that are one, folded.
#[derive(Default)]
struct Spelt<'a> {
    places: Places,
    first: Vec<&'a str>,
}

impl<'a> Spelt<'a> {
    /// Adds a value; says whether it was spelt otherwise before.
    fn add(&mut self, value: &'a str) -> bool {
        let folded = fold(value);
        let next = u32::try_from(self.first.len()).ok();
        let is_same = |place: u32| fold(self.first[place as usize]) == folded;
        let place = self.places.place(folded.as_bytes(), is_same, || next);
        if place == next {
            self.first.push(value);
        }
        place.is_some_and(|place| self.first[place as usize] != value)
    }

    fn first(&self, value: &str) -> Option<&'a str> {
        let folded = fold(value);
        let is_same = |place: u32| fold(self.first[place as usize]) == folded;
        let place = self.places.find(folded.as_bytes(), is_same)?;
        self.first.get(place as usize).copied()
    }
}
