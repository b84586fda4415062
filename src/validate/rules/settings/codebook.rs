//! Does the codebook agree with itself?

use std::collections::BTreeSet;
use std::ops::Range;

use super::{CODEBOOK, Report, about, codes};
use crate::load::Document;
use crate::model::codebook::{Codebook, Codes, TableSpec, Variable};
use crate::model::concept::Concept;
use crate::model::date::days;
use crate::model::finding::Findings;
use crate::model::measure::Measure;
use crate::model::rule::Test;
use crate::model::unit::FRAMES;

pub(super) fn check(document: &Document<Codebook>, findings: &mut Findings) {
    let codebook = &document.value;
    let mut report = Report {
        rule: &CODEBOOK,
        document,
        findings,
    };
    for (name, codes) in &codebook.lists {
        codes::check(
            &codes.span(),
            &format!("list {name}"),
            codes.get_ref(),
            &mut report,
        );
    }
    about::check(codebook, &mut report);
    codes::missing(codebook, &mut report);
    let mut names = BTreeSet::new();
    for table in &codebook.tables {
        let (span, table) = (table.span(), table.get_ref());
        if !names.insert(&table.name) {
            report.add(&span, &table.name, "two tables have this name");
        }
        let mut frames = FRAMES.into_iter();
        if frames.any(|(name, unit)| name == table.name && unit != Some(table.unit)) {
            let problem = "this is the name of a frame that every data set has, of other rows; \
                           give the table another `name`";
            report.add(&span, &table.name, problem);
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
            fits(&span, table, variable, test, codebook, &mut report);
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

/// Can the test ever tell something about the variable?
fn fits<T>(
    span: &Range<usize>,
    table: &TableSpec,
    variable: &str,
    test: &Test,
    codebook: &Codebook,
    report: &mut Report<T>,
) {
    let declared = table.variables.iter().map(toml::Spanned::get_ref);
    let declared = declared.into_iter().find(|known| known.key() == variable);
    let problem = match test {
        Test::AtLeast { .. } | Test::AtMost { .. }
            if declared.is_some_and(|variable| variable.codes.is_none()) =>
        {
            "the variable has no codes in an order to compare by"
        }
        Test::Before { before: date }
        | Test::From { from: date }
        | Test::Within { within: date }
            if days(date).is_none() =>
        {
            "the test compares with a date, as in 1991-12-16"
        }
        Test::Before { .. } | Test::From { .. } | Test::Within { .. }
            if declared.is_some_and(|variable| variable.measure != Measure::Date) =>
        {
            "the test compares dates, and the variable is none"
        }
        Test::AtLeastBest { at_least_best } => {
            let other = at_least_best.split_once('.');
            let other = other.and_then(|(name, key)| Some((codebook.table(name)?, key)));
            if other.is_some_and(|(table, key)| {
                keys_of(table, codebook).iter().any(|known| known == key)
            }) {
                return;
            }
            "`at_least_best` names a table and a variable of it, as in events.outcome"
        }
        _ => return,
    };
    report.add(span, variable, problem);
}

/// The codes that a test names.
pub(super) fn tested(test: &Test) -> Vec<&str> {
    match test {
        Test::Is(code) | Test::AtLeast { at_least: code } | Test::AtMost { at_most: code } => {
            vec![code]
        }
        Test::In(codes) | Test::Not { not: codes } => codes.iter().map(String::as_str).collect(),
        Test::AtLeastBest { .. }
        | Test::Before { .. }
        | Test::From { .. }
        | Test::Within { .. }
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
    let mut concepts = BTreeSet::new();
    for variable in &table.variables {
        let (span, variable) = (variable.span(), variable.get_ref());
        if variable
            .concept
            .is_some_and(|concept| !concepts.insert(concept))
        {
            report.add(
                &span,
                variable.key(),
                "two variables of the table have this concept",
            );
        }
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
        if let Codes::Own(own) = &block.codes {
            codes::check(&span, block.concept.name(), own, report);
        }
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
    made_of(span, variable, report);
    let name = variable.key();
    if (variable.parts.is_some() || variable.format.is_some()) && variable.measure != Measure::Date
    {
        report.add(
            span,
            name,
            "only a date has `parts` or a `format`: write `measure = \"date\"`",
        );
    }
    let is_single = variable
        .concept
        .is_some_and(|concept| !concept.may_be_several())
        || !matches!(variable.measure, Measure::Identifier | Measure::Text)
            && !variable.measure.is_coded();
    if variable.separator.is_some() && is_single {
        report.add(
            span,
            name,
            "it can have only one value a row: no `separator`",
        );
    }
    let reserved = ["_missing", "_earliest", "_latest"];
    if name.starts_with('#') || reserved.iter().any(|end| name.ends_with(end)) {
        report.add(
            span,
            name,
            "this name is kept for the program; give the variable another `name`",
        );
    }
    if variable
        .pivot
        .is_some_and(|pivot| !(1000..=9899).contains(&pivot))
    {
        report.add(span, name, "the pivot is a year in four digits, as in 1945");
    }
    signs(span, variable, report);
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
        if let Codes::Own(own) = codes {
            codes::check(span, name, own, report);
        }
    }
    referring(span, variable, codebook, report);
    let fits = match variable.concept {
        Some(Concept::Start | Concept::End) => variable.measure == Measure::Date,
        Some(Concept::Hosted) => variable.measure == Measure::Flag,
        Some(Concept::Latitude | Concept::Longitude) => variable.measure == Measure::Number,
        Some(Concept::Outcome) => variable.codes.is_some() && variable.measure == Measure::Ordinal,
        Some(Concept::Role) => variable.codes.is_some() && variable.measure.is_coded(),
        Some(_) => !variable.measure.is_numeric(),
        None => true,
    };
    if !fits {
        let problem = "the concept needs another measure: start and end are dates, hosted is a flag, latitude and longitude are \
                       numbers, an outcome is ordinal and a role ordinal or nominal, both with codes, the others are no numbers";
        report.add(span, name, problem);
    }
}

/// The signs of decimals and thousands are such signs, and those of a number.
fn signs<T>(span: &Range<usize>, variable: &Variable, report: &mut Report<T>) {
    let name = variable.key();
    let signs = [variable.decimal, variable.thousands];
    let is_sign = |sign: &char| matches!(sign, '.' | ',' | ' ' | '\'');
    if signs != [None, None] && !variable.measure.is_numeric() {
        report.add(
            span,
            name,
            "only a number has signs of decimals or thousands",
        );
    }
    if signs.iter().flatten().any(|sign| !is_sign(sign))
        || signs[0].is_some() && signs[0] == signs[1]
    {
        let problem = "the sign of decimals is `.` or `,`, that of thousands another one of `,`, `.`, `'` and a blank";
        report.add(span, name, problem);
    }
}

/// A table that a variable refers to is there and has one key.
fn referring<T>(
    span: &Range<usize>,
    variable: &Variable,
    codebook: &Codebook,
    report: &mut Report<T>,
) {
    for other in [&variable.refers, &variable.alias].into_iter().flatten() {
        let tables = codebook.tables().map(|table| table.name.as_str());
        report.expect(span, "table", other, tables);
    }
    if let Some(target) = variable
        .refers
        .as_ref()
        .and_then(|name| codebook.table(name))
        && target.key.len() != 1
        && !target
            .variables
            .iter()
            .any(|known| known.get_ref().joined.as_ref() == Some(&target.key))
    {
        report.add(
            span,
            &target.name,
            "a table that others refer to needs a `key` of one column, or of the `columns` of one variable",
        );
    }
}

/// Of which columns a variable is made.
fn made_of<T>(span: &Range<usize>, variable: &Variable, report: &mut Report<T>) {
    let name = variable.key();
    let made_of = [
        variable.column.is_some(),
        variable.parts.is_some(),
        variable.joined.is_some(),
    ];
    if made_of.into_iter().filter(|is_there| *is_there).count() != 1 {
        let problem = "a variable has either a `column`, or `columns`, or `parts`";
        report.add(span, name, problem);
    }
    if variable.column.is_none() && variable.name.is_none() && variable.concept.is_none() {
        report.add(
            span,
            name,
            "a variable made of several columns needs a `name` or a `concept`",
        );
    }
    let is_joined = variable.joined.as_ref();
    if is_joined.is_some_and(|columns| {
        columns.len() < 2 || variable.measure != Measure::Identifier || variable.alias.is_some()
    }) {
        let problem = "`columns` joins two or more columns to one identifier, without `alias`";
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
