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
    let tables: Vec<&str> = codebook.tables().map(|table| table.name.as_str()).collect();
    let mut groups = 0;
    for derive in &codebook.derived {
        let span = derive.span();
        let has = |table: &TableSpec, concept: Concept| {
            keys_of(table, codebook)
                .iter()
                .any(|key| key == concept.name())
        };
        match derive.get_ref() {
            Derive::Recode {
                table,
                from,
                codes,
                map,
                concept,
                ..
            } => {
                report.expect(&span, "table", table, tables.iter().copied());
                if let Some(table) = codebook.table(table) {
                    let known = keys_of(table, codebook);
                    report.expect(&span, "variable", from, known.iter().map(String::as_str));
                    let variables = || table.variables.iter().map(toml::Spanned::get_ref);
                    let read = variables().find(|variable| variable.key() == from);
                    let is_one_text = |variable: &Variable| {
                        let is_text =
                            matches!(variable.measure, Measure::Identifier | Measure::Text);
                        variable.separator.is_none() && (is_text || variable.measure.is_coded())
                    };
                    if !read.is_none_or(is_one_text) {
                        let problem = "a recoding reads one code or text a row, not several, a number, a flag or a date";
                        report.add(&span, from, problem);
                    }
                    if variables().any(|variable| variable.concept == Some(*concept)) {
                        let problem =
                            "the table declares this concept already; a recoding would replace it";
                        report.add(&span, concept.name(), problem);
                    }
                }
                if let Codes::Named(list) = codes {
                    let lists = codebook.lists.keys().map(String::as_str);
                    report.expect(&span, "list of codes", list, lists);
                }
                for code in map.values() {
                    let known = codebook.codes(codes).iter().map(|code| code.code.as_str());
                    report.expect(&span, "code", code, known);
                }
            }
            Derive::Hosted { table, .. } => {
                report.expect(&span, "table", table, tables.iter().copied());
                let Some(table) = codebook.table(table) else {
                    continue;
                };
                if !has(table, Concept::Place) && !has(table, Concept::Country) {
                    let problem =
                        "hosting follows from a place or a country, and the table has neither";
                    report.add(&span, &table.name, problem);
                }
            }
            Derive::Group {
                table, from, keep, ..
            } => {
                report.expect(&span, "table", from, tables.iter().copied());
                if let Some(from) = codebook.table(from) {
                    kept(&mut report, &span, from, keep);
                }
                if codebook
                    .table(from)
                    .is_some_and(|from| !matches!(from.unit, Unit::Event | Unit::Engagement))
                {
                    report.add(
                        &span,
                        from,
                        "cases are made by grouping a table with `unit = \"event\"` or `unit = \"engagement\"`",
                    );
                }
                groups += 1;
                if groups > 1 {
                    report.add(&span, table, "cases can be grouped only once");
                }
                if tables.contains(&table.as_str()) {
                    report.add(&span, table, "a table of this name is declared already");
                }
                if codebook.tables().any(|table| table.unit == Unit::Case) {
                    report.add(
                        &span,
                        table,
                        "the data set has a table of cases; grouping would make a second",
                    );
                }
                if let Some(from) = codebook.table(from)
                    && !has(from, Concept::Case)
                {
                    let problem = "grouping needs a variable with `concept = \"case\"`";
                    report.add(&span, &from.name, problem);
                }
            }
        }
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
