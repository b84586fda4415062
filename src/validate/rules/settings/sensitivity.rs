//! Does what is tried for sensitivity exist in the data set?

use super::Report;
use crate::model::codebook::{Codebook, Variable};
use crate::model::concept::Concept;
use crate::model::rule::Test;
use crate::model::study::{DEPTH, Study};

pub(super) fn check(codebook: &Codebook, study: &Study, report: &mut Report<Study>) {
    let variables: Vec<&Variable> = codebook.of_cases().collect();
    let known: Vec<&str> = variables.iter().map(|variable| variable.key()).collect();
    if let Some(alternative) = &study.sensitivity.alternative {
        let coded = variables.iter().filter(|variable| variable.codes.is_some());
        let coded = coded.map(|variable| variable.key());
        let kind = "coded variable of cases";
        report.expect(&alternative.span(), kind, alternative.get_ref(), coded);
    }
    for basis in &study.sensitivity.basis {
        let codes = super::study::codes_of(codebook, Concept::Basis);
        report.expect(&basis.span(), "code", basis.get_ref(), codes);
    }
    for without in &study.sensitivity.without {
        for (key, test) in &without.cases {
            let names = known.iter().copied().chain([DEPTH]);
            let kind = "variable of cases";
            report.expect(&key.span(), kind, key.get_ref(), names);
            let codes = if key.get_ref() == DEPTH {
                super::study::codes_of(codebook, Concept::Role)
            } else {
                let about = variables
                    .iter()
                    .find(|variable| variable.key() == key.get_ref());
                let codes = about.and_then(|variable| variable.codes.as_ref());
                let codes = codes.map(|codes| codebook.codes(codes)).unwrap_or_default();
                codes.iter().map(|code| code.code.as_str()).collect()
            };
            for code in codes_named(test).iter().filter(|_| !codes.is_empty()) {
                report.expect(&key.span(), "code", code, codes.iter().copied());
            }
        }
    }
}

/// The codes that a test names.
fn codes_named(test: &Test) -> Vec<String> {
    match test {
        Test::Is(code) => vec![code.clone()],
        Test::In(codes) | Test::Not { not: codes } => codes.clone(),
        Test::AtLeast { at_least } => vec![at_least.clone()],
        Test::AtMost { at_most } => vec![at_most.clone()],
        _ => Vec::new(),
    }
}
