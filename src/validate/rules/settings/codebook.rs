//! Does the codebook agree with itself?

use std::collections::BTreeSet;
use std::ops::Range;

use super::{CODEBOOK, Report};
use crate::load::Document;
use crate::model::codebook::{Code, Codebook, Codes, TableSpec, Variable};
use crate::model::concept::Concept;
use crate::model::date::days;
use crate::model::finding::Findings;
use crate::model::measure::Measure;

pub(super) fn check(document: &Document<Codebook>, findings: &mut Findings) {
    let codebook = &document.value;
    let mut report = Report {
        rule: &CODEBOOK,
        document,
        findings,
    };
    for (name, codes) in &codebook.lists {
        repeated(
            &codes.span(),
            &format!("list {name}"),
            codes.get_ref(),
            &mut report,
        );
    }
    for text in [&codebook.coverage.start, &codebook.coverage.end]
        .into_iter()
        .flatten()
    {
        if days(text.get_ref()).is_none() {
            report.add(
                &text.span(),
                text.get_ref(),
                "the coverage is to be a date, as in 1991-09",
            );
        }
    }
    let mut names = BTreeSet::new();
    for table in &codebook.tables {
        let (span, table) = (table.span(), table.get_ref());
        if !names.insert(&table.name) {
            report.add(&span, &table.name, "two tables have this name");
        }
        self::table(&span, table, codebook, &mut report);
    }
    for condition in &codebook.conditions {
        let (span, condition) = (condition.span(), condition.get_ref());
        let tables = codebook.tables().map(|table| table.name.as_str());
        report.expect(&span, "table", &condition.table, tables);
        let Some(table) = codebook.table(&condition.table) else {
            continue;
        };
        let known = keys_of(table, codebook);
        for (variable, test) in condition.when.iter().chain(&condition.then) {
            report.expect(
                &span,
                "variable",
                variable,
                known.iter().map(String::as_str),
            );
            let codes = table
                .variables
                .iter()
                .map(toml::Spanned::get_ref)
                .find(|known| known.key() == variable)
                .and_then(|variable| variable.codes.as_ref());
            if let Some(codes) = codes {
                for code in tested(test) {
                    let known = codebook.codes(codes).iter().map(|code| code.code.as_str());
                    report.expect(&span, "code", code, known);
                }
            }
        }
    }
}

/// The codes that a test names.
fn tested(test: &crate::model::rule::Test) -> Vec<&str> {
    use crate::model::rule::Test;
    match test {
        Test::Is(code) | Test::AtLeast { at_least: code } | Test::AtMost { at_most: code } => {
            vec![code]
        }
        Test::In(codes) | Test::Not { not: codes } => codes.iter().map(String::as_str).collect(),
        Test::AtLeastBest { .. }
        | Test::Before { .. }
        | Test::From { .. }
        | Test::Missing { .. }
        | Test::Because { .. } => Vec::new(),
    }
}

/// The names by which the variables of a table are known, derived ones included.
pub(super) fn keys_of(table: &TableSpec, codebook: &Codebook) -> Vec<String> {
    use crate::model::derive::Derive;
    let declared = table
        .variables
        .iter()
        .map(|variable| variable.get_ref().key());
    let blocks = table
        .indicators
        .iter()
        .map(|block| block.get_ref().concept.name());
    let derived = codebook
        .derived
        .iter()
        .filter_map(|derive| match derive.get_ref() {
            Derive::Recode {
                table: of, concept, ..
            } if *of == table.name => Some(concept.name()),
            Derive::Hosted { table: of, .. } if *of == table.name => Some(Concept::Hosted.name()),
            _ => None,
        });
    declared
        .chain(blocks)
        .chain(derived)
        .map(str::to_owned)
        .collect()
}

fn table<T>(span: &Range<usize>, table: &TableSpec, codebook: &Codebook, report: &mut Report<T>) {
    if let Some(label) = &table.encoding
        && encoding_rs::Encoding::for_label(label.as_bytes()).is_none()
    {
        report.add(
            span,
            label,
            "no such encoding; known are the WHATWG labels, as in windows-1251",
        );
    }
    if let Some(delimiter) = table.delimiter.filter(|delimiter| !delimiter.is_ascii()) {
        report.add(
            span,
            &delimiter.to_string(),
            "a delimiter is one ASCII character",
        );
    }
    let columns: Vec<&str> = table
        .variables
        .iter()
        .flat_map(|variable| variable.get_ref().columns())
        .collect();
    for key in &table.key {
        report.expect(span, "variable's column", key, columns.iter().copied());
    }
    let mut keys = BTreeSet::new();
    for variable in &table.variables {
        let (span, variable) = (variable.span(), variable.get_ref());
        if !keys.insert(variable.key()) {
            report.add(
                &span,
                variable.key(),
                "two variables of the table have this name or meaning",
            );
        }
        self::variable(&span, variable, codebook, report);
    }
    for block in &table.indicators {
        let (span, block) = (block.span(), block.get_ref());
        if !keys.insert(block.concept.name()) {
            let name = block.concept.name();
            report.add(
                &span,
                name,
                "two variables of the table have this name or meaning",
            );
        }
        named(&span, &block.codes, codebook, report);
        let codes = codebook.codes(&block.codes);
        for code in block.columns.values() {
            report.expect(
                &span,
                "code",
                code,
                codes.iter().map(|code| code.code.as_str()),
            );
        }
    }
}

fn variable<T>(
    span: &Range<usize>,
    variable: &Variable,
    codebook: &Codebook,
    report: &mut Report<T>,
) {
    let name = variable.key();
    if variable.column.is_none() == variable.parts.is_none() {
        report.add(span, name, "a variable has either a `column` or `parts`");
    }
    if variable.parts.is_some() && variable.name.is_none() && variable.concept.is_none() {
        report.add(
            span,
            name,
            "a variable made of parts needs a `name` or a `concept`",
        );
    }
    if (variable.parts.is_some() || variable.format.is_some()) && variable.measure != Measure::Date
    {
        report.add(
            span,
            name,
            "only a date has `parts` or a `format`: write `measure = \"date\"`",
        );
    }
    if variable.measure == Measure::Ordinal && variable.codes.is_none() {
        report.add(
            span,
            name,
            "an ordinal variable needs `codes`, in their order",
        );
    }
    if variable.codes.is_some() && !variable.measure.is_coded() {
        report.add(span, name, "only a nominal or ordinal variable has `codes`");
    }
    if let Some(codes) = &variable.codes {
        named(span, codes, codebook, report);
        repeated(span, name, codebook.codes(codes), report);
    }
    for other in [&variable.refers, &variable.alias].into_iter().flatten() {
        let tables = codebook.tables().map(|table| table.name.as_str());
        report.expect(span, "table", other, tables);
    }
    if let Some(target) = variable
        .refers
        .as_ref()
        .and_then(|name| codebook.table(name))
        && target.key.is_empty()
    {
        report.add(
            span,
            &target.name,
            "a table that others refer to needs a `key`",
        );
    }
    let fits = match variable.concept {
        Some(Concept::Start | Concept::End) => variable.measure == Measure::Date,
        Some(Concept::Hosted) => variable.measure == Measure::Flag,
        Some(Concept::Outcome | Concept::Role) => {
            variable.codes.is_some() && variable.measure == Measure::Ordinal
        }
        Some(_) => !variable.measure.is_numeric(),
        None => true,
    };
    if !fits {
        let problem = "the concept needs another measure: start and end are dates, hosted is a flag, outcome and \
                       role are ordinal with codes, the others are no numbers";
        report.add(span, name, problem);
    }
}

fn named<T>(span: &Range<usize>, codes: &Codes, codebook: &Codebook, report: &mut Report<T>) {
    if let Codes::Named(list) = codes {
        report.expect(
            span,
            "list of codes",
            list,
            codebook.lists.keys().map(String::as_str),
        );
    }
}

fn repeated<T>(span: &Range<usize>, of: &str, codes: &[Code], report: &mut Report<T>) {
    let mut seen = BTreeSet::new();
    for code in codes {
        if !seen.insert(&code.code) {
            report.add(span, &code.code, format!("{of} has this code twice"));
        }
    }
}
