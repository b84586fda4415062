//! Does what the codebook derives rest on something?

use super::codebook::keys_of;
use super::{CODEBOOK, Report};
use std::ops::Range;

use crate::load::Document;
use crate::model::codebook::{Codebook, Codes, TableSpec, Variable};
use crate::model::concept::Concept;
use crate::model::derive::Derive;
use crate::model::finding::Findings;
use crate::model::measure::Measure;
use crate::model::unit::Unit;

pub(super) fn check(document: &Document<Codebook>, findings: &mut Findings) {
    let codebook = &document.value;
    let mut report = Report {
        rule: &CODEBOOK,
        document,
        findings,
    };
    let groups = { codebook.derived.iter() }
        .filter(|derive| matches!(derive.get_ref(), Derive::Group { .. }));
    for second in groups.skip(1) {
        if let Derive::Group { table, .. } = second.get_ref() {
            report.add(&second.span(), table, "cases can be grouped only once");
        }
    }
    for derive in &codebook.derived {
        let span = derive.span();
        match derive.get_ref() {
            Derive::Recode { .. } => recoding(&mut report, &span, codebook, derive.get_ref()),
            Derive::Hosted { table, .. } => hosting(&mut report, &span, codebook, table),
            Derive::Group {
                table, from, keep, ..
            } => {
                grouping(&mut report, &span, codebook, [table, from]);
                if let Some(from) = codebook.table(from) {
                    kept(&mut report, &span, from, keep);
                }
            }
        }
    }
}

/// Is a variable of the table declared with this meaning?
fn has(codebook: &Codebook, table: &TableSpec, concept: Concept) -> bool {
    let keys = keys_of(table, codebook);
    keys.iter().any(|key| key == concept.name())
}

/// Does a recoding read one variable and make codes that there are?
fn recoding(
    report: &mut Report<Codebook>,
    span: &Range<usize>,
    codebook: &Codebook,
    derive: &Derive,
) {
    let Derive::Recode {
        table,
        from,
        codes,
        map,
        concept,
        ..
    } = derive
    else {
        return;
    };
    report.expect(
        span,
        "table",
        table,
        codebook.tables().map(|table| table.name.as_str()),
    );
    if let Some(table) = codebook.table(table) {
        let known = keys_of(table, codebook);
        report.expect(span, "variable", from, known.iter().map(String::as_str));
        let variables = || table.variables.iter().map(toml::Spanned::get_ref);
        let read = variables().find(|variable| variable.key() == from);
        let is_one_text = |variable: &Variable| {
            let is_text = matches!(variable.measure, Measure::Identifier | Measure::Text);
            variable.separator.is_none() && (is_text || variable.measure.is_coded())
        };
        if !read.is_none_or(is_one_text) {
            let problem =
                "a recoding reads one code or text a row, not several, a number, a flag or a date";
            report.add(span, from, problem);
        }
        if variables().any(|variable| variable.concept == Some(*concept)) {
            let problem = "the table declares this concept already; a recoding would replace it";
            report.add(span, concept.name(), problem);
        }
    }
    if let Codes::Named(list) = codes {
        let lists = codebook.lists.keys().map(String::as_str);
        report.expect(span, "list of codes", list, lists);
    }
    for code in map.values() {
        let known = codebook.codes(codes).iter().map(|code| code.code.as_str());
        report.expect(span, "code", code, known);
    }
}

/// Does hosting rest on a place or a country?
fn hosting(report: &mut Report<Codebook>, span: &Range<usize>, codebook: &Codebook, table: &str) {
    report.expect(
        span,
        "table",
        table,
        codebook.tables().map(|table| table.name.as_str()),
    );
    let Some(table) = codebook.table(table) else {
        return;
    };
    if !has(codebook, table, Concept::Place) && !has(codebook, table, Concept::Country) {
        let problem = "hosting follows from a place or a country, and the table has neither";
        report.add(span, &table.name, problem);
    }
}

/// Can cases be made of the rows of that table?
fn grouping(
    report: &mut Report<Codebook>,
    span: &Range<usize>,
    codebook: &Codebook,
    [table, from]: [&String; 2],
) {
    let mut names = codebook.tables().map(|table| &table.name);
    report.expect(
        span,
        "table",
        from,
        codebook.tables().map(|table| table.name.as_str()),
    );
    if codebook
        .table(from)
        .is_some_and(|from| !matches!(from.unit, Unit::Event | Unit::Engagement))
    {
        report.add(
            span,
            from,
            "cases are made by grouping a table with `unit = \"event\"` or `unit = \"engagement\"`",
        );
    }
    if names.any(|known| known == table) {
        report.add(span, table, "a table of this name is declared already");
    }
    if codebook.tables().any(|table| table.unit == Unit::Case) {
        report.add(
            span,
            table,
            "the data set has a table of cases; grouping would make a second",
        );
    }
    if let Some(from) = codebook.table(from)
        && !has(codebook, from, Concept::Case)
    {
        let problem = "grouping needs a variable with `concept = \"case\"`";
        report.add(span, &from.name, problem);
    }
}

/// Can a case have these variables of its events?
fn kept(report: &mut Report<Codebook>, span: &Range<usize>, from: &TableSpec, keep: &[String]) {
    let variables = || from.variables.iter().map(toml::Spanned::get_ref);
    for key in keep {
        let known = variables().map(Variable::key);
        report.expect(span, "variable", key, known);
        let Some(variable) = variables().find(|variable| variable.key() == key) else {
            continue;
        };
        if variable
            .concept
            .is_some_and(|concept| concept != Concept::Kind)
        {
            let problem = "grouping itself sees to a variable with a concept, but for `kind`";
            report.add(span, key, problem);
        } else if variable.separator.is_some() || variable.measure == Measure::Date {
            let problem = "a case keeps one code, text, number or flag, not several and no date";
            report.add(span, key, problem);
        }
    }
}
