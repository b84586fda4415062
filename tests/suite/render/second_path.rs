//! The sentences of figures over the bundled data, against numbers that plain loops find.

use bitim::analyse::table::Table;
use bitim::analyse::{self, Question};
use bitim::load::{self, Store};
use bitim::model::label::Language;
use bitim::render::words;
use bitim::validate;

use super::{collisions, drawn};
use crate::analyse::{printed, rows};

/// A table of the bundled data.
fn table(name: &str) -> Table {
    let dataset = load::dataset(&Store::Bundled).unwrap();
    let cases = validate::check(dataset).unwrap().accept().unwrap();
    let selection = cases.select(&Question::default()).unwrap();
    analyse::table(name, &selection).unwrap()
}

/// The description of a figure over the bundled data.
fn description(name: &str) -> String {
    drawn(&table(name), Language::En).description
}

fn contains(description: &str, expected: &str) {
    assert!(
        description.contains(expected),
        "{expected:?} is not in {description}"
    );
}

#[test]
fn the_specification_curve_counts_the_runs_on_each_side() {
    let rows = printed(&["specifications"]);
    let value = |text: &str| text.parse::<f64>().ok();
    let base = value(&rows[0]["success"]).unwrap();
    let runs: Vec<(f64, &str)> = rows[1..]
        .iter()
        .filter_map(|row| Some((value(&row["success"])?, row["how"].as_str())))
        .collect();
    let lower: Vec<_> = runs.iter().filter(|run| run.0 < base).collect();
    let higher: Vec<_> = runs.iter().filter(|run| run.0 > base).collect();
    let lowest = lower
        .iter()
        .min_by(|one, other| one.0.total_cmp(&other.0))
        .unwrap();
    let highest = higher
        .iter()
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .unwrap();
    let sentence = format!(
        "reached ceasefire or more: as asked {:.0}%; the same in {} of {}; lower in {}, lowest {:.0}%: {}; higher in {}, highest {:.0}%: {}.",
        base * 100.0,
        runs.len() - lower.len() - higher.len(),
        rows.len() - 1,
        lower.len(),
        lowest.0 * 100.0,
        lowest.1,
        higher.len(),
        highest.0 * 100.0,
        highest.1,
    );
    contains(&description("specifications"), &sentence);
}

#[test]
fn the_verdicts_are_those_of_the_rows() {
    let description = description("claims");
    let rows = printed(&["claims"]);
    let is = |code: &str| rows.iter().filter(|row| row["now"] == code).count();
    contains(
        &description,
        &format!(
            "Of {} claims {} can be tested with such data: ",
            rows.len(),
            rows.len() - is("not_testable")
        ),
    );
    contains(&description, &format!("supported {}; ", is("supported")));
    for row in rows.iter().filter(|row| row["now"] == "mixed") {
        contains(&description, &format!("{}. {} ", row["id"], row["claim"]));
        contains(
            &description,
            &format!(
                "all cases, as of 11 March 2026: mixed (same direction in {} of {}",
                row["now_same_n"], row["now_same_of"]
            ),
        );
    }
}

#[test]
fn the_forest_has_the_odds_of_every_model_and_the_reasons_of_the_refused() {
    let description = description("models");
    let rows = printed(&["models"]);
    for row in &rows {
        let counts = format!("{} ({}/{}): ", row["term"], row["successes"], row["n"]);
        let number = |name: &str| row[name].parse::<f64>();
        let said = match (number("odds_ratio"), number("low"), number("high")) {
            (Ok(odds), Ok(low), Ok(high)) => {
                format!("odds ratio {odds:.2}, interval {low:.2} to {high:.2}, p ")
            }
            _ => row["in_words"].clone(),
        };
        contains(&description, &(counts + &said));
    }
    assert!(rows.iter().any(|row| row["odds_ratio"].is_empty()));
    assert!(rows.iter().any(|row| !row["odds_ratio"].is_empty()));
}

#[test]
fn the_agreement_has_every_alpha_with_its_interval_or_the_reason() {
    let description = description("reliability");
    let table = table("reliability");
    let why = |row: usize| {
        words::cell(table.cell(row, "in_words").unwrap())
            .get(Language::En)
            .to_owned()
    };
    for (at, row) in printed(&["reliability"]).into_iter().enumerate() {
        let number = |name: &str| row[name].parse::<f64>();
        let Ok(alpha) = number("alpha") else {
            contains(&description, &why(at));
            continue;
        };
        let decimals = if (0.995..1.0).contains(&alpha) { 3 } else { 2 };
        let interval = match (number("alpha_low"), number("alpha_high")) {
            (Ok(low), Ok(high)) => format!("interval {low:.2} to {high:.2}"),
            _ => why(at),
        };
        let pairwise = number("pairwise").unwrap() * 100.0;
        let said = format!("Alpha {alpha:.decimals$}; {interval}; Pairwise {pairwise:.0}%.");
        contains(&description, &said);
    }
}

#[test]
fn the_coverage_counts_what_the_files_leave_unknown() {
    let description = description("coverage");
    let files = load::start(false);
    let (_, bytes) = files.iter().find(|(file, _)| file == "cases.csv").unwrap();
    let cases = rows(bytes);
    for (variable, label) in [
        ("outcome", "Outcome"),
        ("initiative", "Initiative"),
        ("outcome_conflict", "Outcome of the conflict"),
    ] {
        let unknown = cases
            .iter()
            .filter(|case| case[variable] == "unknown")
            .count();
        let known = cases.len() - unknown;
        assert!(unknown > 0);
        contains(
            &description,
            &format!("cases, {label}: Known {known}, unknown {unknown}."),
        );
    }
}

#[test]
fn a_table_of_nothing_is_a_sentence_and_one_of_a_row_a_figure() {
    for name in [
        "specifications",
        "claims",
        "models",
        "reliability",
        "coverage",
    ] {
        let whole = table(name);
        for rows in [0, 1, 2] {
            let mut few = whole.clone();
            few.rows.truncate(rows);
            for language in Language::ALL {
                let figure = drawn(&few, language);
                let at = format!("{rows} rows of {name} {}", language.tag());
                let problems = collisions(&figure, &at);
                assert!(problems.is_empty(), "{problems:?}");
                assert!(figure.description.len() > figure.title.len() + 8, "{at}");
                assert!(!figure.svg.contains("NaN"), "{at}");
            }
        }
    }
}
