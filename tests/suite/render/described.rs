//! What figures of the bundled data say in words, against counts by hand.

use std::collections::{BTreeMap, BTreeSet};

use bitim::analyse::table::{Cell, Table};
use bitim::analyse::{self, Question};
use bitim::load::Store;
use bitim::model::label::{Label, Language};
use bitim::render::figure::{self, Figure};
use bitim::render::find;
use bitim::render::look::Look;

use super::collisions;
use super::real::{cases, figures, tables};
use crate::analyse::{PERIODS, bundled, period, rank};
use crate::harness::frozen;

type Row = BTreeMap<String, String>;

fn figure(chart: &str, language: Language) -> Figure {
    figure_of(&Store::Bundled, chart, language)
}

fn figure_of(store: &Store, chart: &str, language: Language) -> Figure {
    let tables = tables(&cases(store), &Question::default());
    let mut all = figures(Look::default(), &tables, language);
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

/// The part of a description that follows a name, up to its full stop.
fn sentence<'a>(said: &'a str, name: &str) -> &'a str {
    let (_, rest) = said.split_once(&format!("{name}: ")).unwrap();
    rest.split_once('.').map_or(rest, |(sentence, _)| sentence)
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
        let sentence = sentence(&said, &name);
        for (cut, some) in [("ceasefire", success), ("process", process)] {
            let words = format!("{cut} or more {some} of {known}, ");
            assert!(sentence.contains(&words), "{words}: {sentence}");
        }
        let words = format!("Outcome unknown {unknown}; If all unknown failed");
        assert_eq!(sentence.contains(&words), unknown > 0, "{sentence}");
    }
}

#[test]
fn the_cells_of_the_outcomes_are_described_as_counted() {
    let said = figure("outcomes", Language::En).description;
    let (all, roles) = (mediations(), provided());
    let deepest = |case: &Row| {
        let order = [
            "leverage",
            "broker",
            "shuttle",
            "facilitation",
            "venue",
            "observer",
        ];
        let held = |role: &&str| {
            roles
                .get(*role)
                .is_some_and(|held| held.contains(&case["case_id"]))
        };
        order.into_iter().find(held).unwrap_or("unknown")
    };
    let mut rows: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for case in &all {
        let outcome = match case["outcome"].as_str() {
            known if rank(known).is_some() => known,
            _ => "Unknown",
        };
        let place = period(&case["start"]).unwrap().replace('-', "–");
        let places = [
            "all".to_owned(),
            format!("deepest role, {}", deepest(case)),
            format!("period, {place}"),
        ];
        for place in places {
            *rows.entry(place).or_default().entry(outcome).or_default() += 1;
        }
    }
    let scale = [
        "not_held",
        "no_agreement",
        "process",
        "ceasefire",
        "partial",
        "settlement",
        "Unknown",
    ];
    for (name, counts) in rows {
        let mut parts: Vec<String> = scale
            .iter()
            .filter_map(|outcome| {
                let count = counts.get(outcome)?;
                Some(format!("{} {count}", outcome.replace('_', " ")))
            })
            .collect();
        parts.push(format!("Cases {}", counts.values().sum::<usize>()));
        assert_eq!(sentence(&said, &name), parts.join("; "), "{name}");
    }
}

#[test]
fn the_stages_of_the_funnel_are_described_as_counted() {
    let said = figure("funnel", Language::En).description;
    let (all, roles) = (mediations(), provided());
    let with_role = |case: &&Row| roles.values().any(|cases| cases.contains(&case["case_id"]));
    let some_role: Vec<&Row> = all.iter().filter(with_role).collect();
    let engagements = bundled("cases.csv").len();
    let offers = engagements - all.len();
    let ranks = || some_role.iter().filter_map(|case| rank(&case["outcome"]));
    let unknown = some_role.len() - ranks().count();
    let (talks, agreement) = (
        ranks().filter(|rank| *rank >= 1).count(),
        ranks().filter(|rank| *rank >= 3).count(),
    );
    let no_role = all.len() - some_role.len();
    let every = engagements - no_role - unknown;
    let expected = [
        format!("engagements, offers included: Cases {engagements}."),
        format!(
            "some role provided: Cases {}; Ended before it {offers}; Step unknown {no_role}; Of the stage before {} of {}, ",
            some_role.len(),
            some_role.len(),
            engagements - no_role,
        ),
        format!("talks held: Cases {talks}; "),
        format!(
            "agreement: ceasefire or more: Cases {agreement}; Ended before it {}; Of the stage before {agreement} of {talks}, ",
            talks - agreement
        ),
        format!("; Of all {agreement} of {every}, "),
    ];
    for words in expected {
        assert!(said.contains(&words), "{words}: {said}");
    }
}

#[test]
fn the_curve_is_described_at_the_marks_of_its_axis() {
    let said = figure_of(&frozen(), "survival", Language::En).description;
    // R: summary(survfit(Surv(shortest, ended) ~ 1, conf.type = "log-log"), times = ...).
    for words in [
        "Share that lasts longer, shortest: 1 day 79% (interval 53% to 92%); 1 week 68% (interval 43% to 84%); ",
        "; 1 year 5% (interval 0% to 21%); ",
        "Share that lasts longer, longest: 1 day 84% ",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

/// The same table with other words for every code, text and heading.
fn reworded(mut table: Table, words: &'static str) -> Table {
    for column in &mut table.columns {
        column.label = Label::plain(words);
        for (_, label) in &mut column.codes {
            *label = Label::plain(words);
        }
    }
    for (place, row) in table.rows.iter_mut().enumerate() {
        for cell in row {
            // Groups of the same words would be one group.
            let numbered = Label::plain(format!("{words} {}", place / 3));
            match cell {
                Cell::Text(label) | Cell::Code(_, label) => *label = numbered,
                _ => {}
            }
        }
    }
    table
}

#[test]
fn words_of_any_length_keep_clear_of_each_other() {
    let cases = cases(&Store::Bundled);
    let selection = cases.select(&Question::default()).unwrap();
    let mut problems = Vec::new();
    for chart in ["success", "outcomes", "funnel", "survival"] {
        for words in [
            "содействие установлению доверительных контактов между сторонами конфликта",
            "Donaudampfschifffahrtsgesellschaftskapitän",
            "I",
        ] {
            let table = reworded(analyse::table(chart, &selection).unwrap(), words);
            let figure = figure::figure(find(chart).unwrap(), &table, Language::Ru).unwrap();
            problems.extend(collisions(&figure, &format!("{chart} {words}")));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
