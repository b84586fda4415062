//! Do codes and missing codes tell values apart?

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Report;
use crate::model::codebook::{Code, Codebook, FlagTexts, MissingCode};
use crate::model::concept::Concept;
use crate::model::missing::Reason;

/// The longest list of codes.
const MOST_CODES: usize = 1_000;
/// The longest list of codes that each have a row or a column in tables and figures.
const MOST_ROWS: usize = 60;

/// No code stands twice in a list, and each can be met: cells are read without blanks around them.
pub(super) fn check<T>(span: &Range<usize>, of: &str, codes: &[Code], report: &mut Report<T>) {
    if codes.len() > MOST_CODES {
        let problem = format!(
            "{} codes are more than the {MOST_CODES} that a list may have; declare the variable without `codes` to take every value",
            codes.len()
        );
        report.add(span, of, problem);
        return;
    }
    let mut seen = BTreeSet::new();
    for code in codes {
        if !seen.insert(&code.code) {
            report.add(span, &code.code, format!("{of} has this code twice"));
        }
        if code.code.is_empty() || code.code.trim() != code.code {
            let problem = "no cell can hold it: cells are read without blanks around them, and an empty one has no value";
            report.add(span, &code.code, problem);
        }
    }
}

/// A missing code has one reason, and is neither a code nor a text of a flag where it holds.
pub(super) fn missing<T>(codebook: &Codebook, report: &mut Report<T>) {
    let start = report.document.text.find("[[missing]]").unwrap_or_default();
    reasons(&(start..start), &codebook.missing, report);
    for table in codebook.tables() {
        for block in &table.indicators {
            let codes = codebook.codes(&block.get_ref().codes);
            rows(&block.span(), Some(block.get_ref().concept), codes, report);
        }
        for variable in &table.variables {
            let (span, variable) = (variable.span(), variable.get_ref());
            reasons(&span, &variable.missing, report);
            let codes = variable
                .codes
                .as_ref()
                .map_or(&[][..], |codes| codebook.codes(codes));
            rows(&span, variable.concept, codes, report);
            let held: Vec<&MissingCode> = codebook.missing(variable).collect();
            for both in codes
                .iter()
                .filter(|code| held.iter().any(|held| held.code == code.code))
            {
                let problem = format!(
                    "a code of {} and a missing code; if it is missing for other variables only, declare it in their `missing`",
                    variable.key()
                );
                report.add(&span, &both.code, problem);
            }
            if let Some(flag) = &variable.flag {
                flags(&span, flag, &held, report);
            }
        }
        for block in &table.indicators {
            let held: Vec<&MissingCode> = codebook.missing.iter().collect();
            flags(&block.span(), &block.get_ref().flag, &held, report);
        }
    }
}

/// Codes that are rows of tables and figures are so few that somebody can read them.
fn rows<T>(span: &Range<usize>, concept: Option<Concept>, codes: &[Code], report: &mut Report<T>) {
    let is_row = matches!(
        concept,
        Some(Concept::Role | Concept::Outcome | Concept::Kind | Concept::Type | Concept::Uptake)
    );
    if let Some(concept) = concept.filter(|_| is_row && codes.len() > MOST_ROWS) {
        let problem = format!(
            "{} codes are more rows than the {MOST_ROWS} that a table or figure may have; a recode can join them: [[derive]]",
            codes.len()
        );
        report.add(span, concept.name(), problem);
    }
}

fn reasons<T>(span: &Range<usize>, codes: &[MissingCode], report: &mut Report<T>) {
    let mut first: BTreeMap<&str, Reason> = BTreeMap::new();
    for MissingCode { code, reason } in codes {
        let earlier = *first.entry(code).or_insert(*reason);
        if earlier != *reason {
            let problem = format!(
                "it is missing for two reasons, {} and {}",
                earlier.name(),
                reason.name()
            );
            report.add(span, code, problem);
        }
        if code.trim() != code {
            let problem = "no cell can hold it: cells are read without blanks around them";
            report.add(span, code, problem);
        }
    }
}

fn flags<T>(
    span: &Range<usize>,
    flag: &FlagTexts,
    missing: &[&MissingCode],
    report: &mut Report<T>,
) {
    for text in flag.yes.iter().filter(|text| flag.no.contains(text)) {
        report.add(span, text, "it means both yes and no");
    }
    for text in flag.yes.iter().chain(&flag.no) {
        let both = missing
            .iter()
            .any(|missing| missing.code == *text && !text.is_empty());
        if both {
            report.add(span, text, "it is a text of a flag and a missing code");
        }
    }
}
