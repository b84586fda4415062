//! Rules about the texts that figures show: can the font draw them, and are they names or pages?

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::load::rules::{ENDLESS, LONGEST_CELL};
use crate::load::{Document, Records};
use crate::model::concept::Concept;
use crate::model::finding::{Findings, Place, Rule, Severity};
use crate::model::glyph::Undrawn;
use crate::model::label::Language;
use crate::model::unit::Unit;
use crate::validate::alike::Alike;
use crate::validate::cells::Cells;
use crate::validate::typed::{Draft, Field, Typed};

/// A character that no figure can show.
pub(crate) static UNDRAWN: Rule = Rule {
    code: "V213",
    name: "no-glyph",
    severity: Severity::Warning,
    explain: "A name, a title or a label has a character for which the font of the figures has no glyph: it has Latin,\n\
              Greek and Cyrillic letters, and no Georgian, Armenian, Arabic, Hebrew, Indian, Thai or Chinese ones and no\n\
              emoji. A figure that would show the text is left out of a report; tables and the page show it.\n\
              Fix: write it in one of these scripts, or lead the spelling to one that is by a table of aliases.",
};

/// A name that is a page.
pub(crate) static LONG: Rule = Rule {
    code: "V214",
    name: "long-text",
    severity: Severity::Warning,
    explain: "A name, a title or a label has more than 500 characters. Figures have room for some lines and show the\n\
              beginning.\n\
              Fix: give it a short title, and write the rest into a variable of its own, with `measure = \"text\"`.",
};

/// More characters than a name has.
const LONGEST: usize = 500;

/// Holds the texts of the data and the labels of the settings against what a figure can show.
pub(super) fn shown(draft: &Draft, findings: &mut Findings) {
    let Records {
        codebook,
        study,
        claims,
        ..
    } = &draft.records;
    labels(codebook, findings);
    labels(study, findings);
    labels(claims, findings);
    for table in &draft.tables {
        // A table that grouping makes repeats the texts of its events.
        if codebook.value.table(&table.name).is_none() {
            continue;
        }
        for field in table.fields.iter().filter(|field| is_shown(table, field)) {
            let (alike, cells) = (
                Alike::of_field(draft, table, field),
                Cells::new(table, field),
            );
            alike.report(table, &field.column, findings, |row, report| {
                for value in cells.of(row) {
                    for (rule, problem) in problems(value) {
                        report.value(rule, value, || problem);
                    }
                }
            });
        }
    }
}

/// May a figure show the values of the variable as they are? What has a list of codes is shown by the
/// labels of the codebook.
fn is_shown(table: &Typed, field: &Field) -> bool {
    if !field.codes.is_empty() || table.unit == Unit::Source {
        return false;
    }
    let is_name = field.key == "name"
        || Language::ALL
            .iter()
            .any(|language| field.key == format!("name_{}", language.tag()));
    match field.concept {
        Some(concept) => matches!(
            concept,
            Concept::Case
                | Concept::Mediator
                | Concept::Title
                | Concept::Kind
                | Concept::Role
                | Concept::Basis
                | Concept::Uptake
                | Concept::Outcome
                | Concept::Type
                | Concept::Place
                | Concept::Country
                | Concept::Region
                | Concept::Party
                | Concept::Standing
                | Concept::Source
                | Concept::Coder
        ),
        None if table.unit == Unit::Case => field.measure.is_coded(),
        None => is_name && matches!(table.unit, Unit::Actor | Unit::Place),
    }
}

/// The labels of a file that steers the program, wherever they stand in it; of claims their names and what they say.
fn labels<T>(document: &Document<T>, findings: &mut Findings) {
    // What is no TOML has its finding already.
    if let Ok(whole) = DeTable::parse(&document.text) {
        below(document, whole.get_ref(), findings);
    }
}

fn below<T>(document: &Document<T>, table: &DeTable, findings: &mut Findings) {
    for (key, value) in table {
        if matches!(key.get_ref().as_ref(), "label" | "id" | "text" | "what") {
            label(document, value, findings);
        } else {
            inside(document, value, findings);
        }
    }
}

fn inside<T>(document: &Document<T>, value: &Spanned<DeValue>, findings: &mut Findings) {
    match value.get_ref() {
        DeValue::Table(table) => below(document, table, findings),
        DeValue::Array(values) => values
            .iter()
            .for_each(|value| inside(document, value, findings)),
        _ => {}
    }
}

/// A label: one text, or one in each language.
fn label<T>(document: &Document<T>, value: &Spanned<DeValue>, findings: &mut Findings) {
    match value.get_ref() {
        DeValue::String(words) => {
            for (rule, problem) in problems(words) {
                let place = Place::line(document.file, document.line(&value.span()));
                findings.value(rule, place, words, problem, None);
            }
        }
        DeValue::Table(languages) => languages
            .values()
            .for_each(|value| label(document, value, findings)),
        _ => {}
    }
}

/// What hinders a figure to show a text.
fn problems(text: &str) -> impl Iterator<Item = (&'static Rule, String)> {
    let letters = if text.len() > LONGEST {
        text.chars().count()
    } else {
        0
    };
    let length = if letters > LONGEST_CELL {
        let problem = format!("it has {letters} characters, more than {LONGEST_CELL}");
        Some((&ENDLESS, problem))
    } else if letters > LONGEST {
        let problem = format!("it has {letters} characters; figures show the beginning");
        Some((&LONG, problem))
    } else {
        None
    };
    let undrawn = Undrawn::of(text).map(|undrawn| {
        let problem = format!(
            "the font of the figures has no glyph for {}; a figure that would show it is left out",
            undrawn.named()
        );
        (&UNDRAWN, problem)
    });
    length.into_iter().chain(undrawn)
}
