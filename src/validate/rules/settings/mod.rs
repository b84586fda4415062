//! Rules about the files that steer the program: do they make sense beyond their syntax?

mod about;
mod claims;
mod codebook;
mod codes;
mod derived;
mod sensitivity;
mod study;
mod values;

pub(crate) use values::values;

use std::ops::Range;

use toml::Spanned;

use crate::load::{Document, Records};
use crate::model::date::days;
use crate::model::finding::{Findings, Place, Rule, Severity, meant};

/// The codebook contradicts itself.
pub(crate) static CODEBOOK: Rule = Rule {
    code: "V502",
    name: "wrong-codebook",
    severity: Severity::Error,
    explain: "codebook.toml can be read, but a part of it makes no sense: it names a list, a table, a column or a code\n\
              that is not there, says one thing twice, or gives a meaning to a variable of another scale.\n\
              Fix: correct the line that the finding names.",
};

/// The study contradicts itself or the codebook.
pub(crate) static STUDY: Rule = Rule {
    code: "V503",
    name: "wrong-study",
    severity: Severity::Error,
    explain: "study.toml can be read, but a part of it makes no sense: a date that is none, periods out of order or\n\
              overlapping, a level outside 0 and 1, or a code or table that the codebook does not have.\n\
              Fix: correct the line that the finding names.",
};

/// The claims contradict themselves or the data.
pub(crate) static CLAIMS: Rule = Rule {
    code: "V504",
    name: "wrong-claims",
    severity: Severity::Error,
    explain: "claims.toml can be read, but a part of it makes no sense: two claims of one id, a source, view, variable,\n\
              code or value that is not there, a date that is none, or thresholds that the measure cannot reach or that\n\
              overlap.\n\
              Fix: correct the line that the finding names.",
};

/// Checks codebook and study against each other. The claims wait for [`values()`], which sees typed tables.
pub(crate) fn settings(records: &Records, findings: &mut Findings) {
    if findings.has(records.codebook.file, &[&crate::load::rules::SYNTAX]) {
        return;
    }
    codebook::check(&records.codebook, findings);
    derived::check(&records.codebook, findings);
    study::check(records, findings);
}

/// Collects findings about one of the files.
struct Report<'a, T> {
    rule: &'static Rule,
    document: &'a Document<T>,
    findings: &'a mut Findings,
}

impl<T> Report<'_, T> {
    fn add(&mut self, span: &Range<usize>, value: &str, problem: impl Into<String>) {
        let place = Place::line(self.document.file, self.document.line(span));
        self.findings.value(self.rule, place, value, problem, None);
    }

    /// Reports a text that is no date, or the span between two: a limit is one date.
    fn date(&mut self, text: &Spanned<String>, problem: &str) {
        let written = text.get_ref();
        if days(written).is_none() {
            self.add(&text.span(), written, problem);
        } else if written.contains('/') {
            self.add(
                &text.span(),
                written,
                "one date is expected, not the span between two",
            );
        }
    }

    /// Reports `name` unless it is among `known`.
    fn expect<'k>(
        &mut self,
        span: &Range<usize>,
        kind: &str,
        name: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let known: Vec<&str> = known.into_iter().collect();
        if known.contains(&name) {
            return;
        }
        let near = meant(name, known.iter().copied()).map(str::to_owned);
        let place = Place::line(self.document.file, self.document.line(span));
        let problem = if known.is_empty() {
            format!("there is no such {kind}; the codebook declares none")
        } else {
            format!("there is no such {kind}; known are {}", known.join(", "))
        };
        self.findings.value(self.rule, place, name, problem, near);
    }
}
