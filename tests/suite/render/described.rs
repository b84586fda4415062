//! What figures of the bundled data say in words, against counts by hand.

use std::collections::{BTreeMap, BTreeSet};

use bitim::analyse::Question;
use bitim::load::Store;
use bitim::model::label::Language;
use bitim::render::figure::Figure;

use super::real::{cases, figures};
use crate::analyse::{PERIODS, bundled, period, rank};

type Row = BTreeMap<String, String>;

fn figure(chart: &str, language: Language) -> Figure {
    let mut all = figures(&cases(&Store::Bundled), &Question::default(), language);
    all.remove(chart).unwrap()
}

fn mediations() -> Vec<Row> {
    let cases = bundled("cases.csv").into_iter();
    cases.filter(|case| case["kind"] == "mediation").collect()
}

/// The cases with each role that an act provided.
fn provided() -> BTreeMap<String, BTreeSet<String>> {
    let mut cases: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let acts = bundled("roles.csv").into_iter();
    for role in acts.filter(|role| role["basis"] == "act" && role["uptake"] == "provided") {
        cases
            .entry(role["role"].clone())
            .or_default()
            .insert(role["case_id"].clone());
    }
    cases
}

/// How many of these cases reached each cut, of how many, and of how many that is not known.
fn reached<'a>(cases: impl Iterator<Item = &'a Row>) -> (usize, usize, usize, usize) {
    let ranks: Vec<Option<usize>> = cases.map(|case| rank(&case["outcome"])).collect();
    let known: Vec<usize> = ranks.iter().copied().flatten().collect();
    let at_least = |cut: usize| known.iter().filter(|rank| **rank >= cut).count();
    (
        at_least(3),
        at_least(2),
        known.len(),
        ranks.len() - known.len(),
    )
}

#[test]
fn the_shares_of_successes_are_described_as_counted() {
    let said = figure("success", Language::En).description;
    let (all, roles) = (mediations(), provided());
    let mut groups = vec![("all".to_owned(), reached(all.iter()))];
    for (name, ..) in PERIODS {
        let inside = |case: &&Row| period(&case["start"]) == Some(name);
        let words = format!("period, {}", name.replace('-', "–"));
        groups.push((words, reached(all.iter().filter(inside))));
    }
    for (role, cases) in &roles {
        let inside = |case: &&Row| cases.contains(&case["case_id"]);
        groups.push((format!("role, {role}"), reached(all.iter().filter(inside))));
    }
    assert!(groups.len() > 8);
    for (name, (success, process, known, unknown)) in groups {
        let sentence = said
            .split_once(&format!("{name}: "))
            .unwrap()
            .1
            .split(". ")
            .next()
            .unwrap();
        for (cut, some) in [("ceasefire", success), ("process", process)] {
            let words = format!("{cut} or more {some} of {known}, ");
            assert!(sentence.contains(&words), "{words}: {sentence}");
        }
        let words = format!("Outcome unknown {unknown}; If all unknown failed");
        assert_eq!(sentence.contains(&words), unknown > 0, "{sentence}");
    }
}
