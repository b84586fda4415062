//! Every headline under every way of asking, recomputed by a second path.

use std::collections::BTreeMap;

use crate::analyse::{bundled, printed, rank};
use crate::harness::Project;

type Row = BTreeMap<String, String>;

fn mediations() -> Vec<Row> {
    let cases = bundled("cases.csv").into_iter();
    cases.filter(|case| case["kind"] == "mediation").collect()
}

/// The share of known outcomes at `cut` or above, written as the table writes it.
fn share<'a>(outcomes: impl Iterator<Item = &'a str>, cut: usize) -> String {
    let known: Vec<usize> = outcomes.filter_map(rank).collect();
    let reached = known.iter().filter(|rank| **rank >= cut).count();
    let value = format!("{:.6}", reached as f64 / known.len() as f64);
    let value = value.trim_end_matches('0').trim_end_matches('.');
    value.to_owned()
}

const CEASEFIRE: usize = 3;
const PROCESS: usize = 2;

fn runs(changed: &str) -> Vec<Row> {
    let rows = printed(&["specifications"]).into_iter();
    rows.filter(|row| row["changed"] == changed).collect()
}

#[test]
fn leaving_out_each_case_gives_what_a_count_without_it_gives() {
    let cases = mediations();
    let rows = runs("case");
    assert_eq!(rows.len(), cases.len());
    for row in rows {
        let left_out = row["how"].strip_prefix("without ").unwrap();
        let others = || {
            let others = cases.iter().filter(|case| case["case_id"] != left_out);
            others.map(|case| case["outcome"].as_str())
        };
        assert_eq!(row["mediations"], (cases.len() - 1).to_string());
        assert_eq!(row["success"], share(others(), CEASEFIRE), "{left_out}");
        assert_eq!(
            row["reached_process"],
            share(others(), PROCESS),
            "{left_out}"
        );
    }
}

#[test]
fn second_codes_are_tried_one_by_one_and_all_at_once() {
    let cases = mediations();
    let rows = runs("alternative");
    let has_other = |case: &&Row| {
        rank(&case["outcome_alternative"]).is_some()
            && case["outcome_alternative"] != case["outcome"]
    };
    let others: Vec<&Row> = cases.iter().filter(has_other).collect();
    assert_eq!(rows.len(), others.len() + 1);
    for (row, other) in rows.iter().zip(&others) {
        let outcomes = cases.iter().map(|case| {
            let is_it = case["case_id"] == other["case_id"];
            case[if is_it {
                "outcome_alternative"
            } else {
                "outcome"
            }]
            .as_str()
        });
        assert!(row["how"].starts_with(&other["case_id"]), "{row:?}");
        assert_eq!(row["success"], share(outcomes, CEASEFIRE), "{row:?}");
    }
    let all = cases.iter().map(|case| {
        let is_other = others
            .iter()
            .any(|other| other["case_id"] == case["case_id"]);
        case[if is_other {
            "outcome_alternative"
        } else {
            "outcome"
        }]
        .as_str()
    });
    assert_eq!(rows.last().unwrap()["reached_process"], share(all, PROCESS));
}

#[test]
fn unknown_outcomes_thresholds_and_offers_are_what_counts_by_hand_give() {
    let cases = mediations();
    let filled = |with: &'static str| {
        let filled = cases
            .iter()
            .map(move |case| match case["outcome"].as_str() {
                "unknown" => with,
                outcome => outcome,
            });
        share(filled, CEASEFIRE)
    };
    let unknown = runs("unknown");
    assert_eq!(unknown[0]["success"], filled("not_held"));
    assert_eq!(unknown[1]["success"], filled("settlement"));
    let own = || cases.iter().map(|case| case["outcome"].as_str());
    let thresholds: Vec<String> = runs("threshold")
        .iter()
        .map(|row| row["success"].clone())
        .collect();
    assert_eq!(thresholds, [1, 2, 4, 5].map(|rank| share(own(), rank)));
    let all = bundled("cases.csv");
    let offers_in = &runs("kinds")[0];
    assert_eq!(offers_in["mediations"], all.len().to_string());
    let outcomes = all.iter().map(|case| case["outcome"].as_str());
    assert_eq!(offers_in["success"], share(outcomes, CEASEFIRE));
}

#[test]
fn weak_codes_are_those_of_low_confidence_in_the_evidence() {
    let weak: Vec<String> = bundled("evidence.csv")
        .iter()
        .filter(|row| row["variable"] == "outcome" && row["confidence"] == "low")
        .map(|row| row["case_id"].clone())
        .collect();
    let cases = mediations();
    let kept = cases.iter().filter(|case| !weak.contains(&case["case_id"]));
    let outcomes = kept.map(|case| case["outcome"].as_str());
    assert_eq!(runs("confidence")[0]["success"], share(outcomes, CEASEFIRE));
}

#[test]
fn groups_are_left_out_by_their_own_codes() {
    let cases = mediations();
    let rows = runs("without");
    for (how, column, code) in [
        ("without cases by office held", "capacity", "ex_officio"),
        ("without one-sided cases", "one_sided", "1"),
        ("without incidental venues", "incidental_venue", "1"),
    ] {
        let row = rows.iter().find(|row| row["how"] == how).unwrap();
        let kept: Vec<&Row> = cases.iter().filter(|case| case[column] != code).collect();
        assert!(kept.len() < cases.len());
        assert_eq!(row["mediations"], kept.len().to_string());
        let outcomes = kept.iter().map(|case| case["outcome"].as_str());
        assert_eq!(row["success"], share(outcomes, CEASEFIRE), "{how}");
    }
}

#[test]
fn the_ranges_are_those_of_the_runs_and_the_base_that_of_the_headline() {
    let base = &runs("base")[0];
    let of_record = ["case", "alternative", "reading", "confidence", "unknown"];
    let mut values: Vec<f64> = of_record
        .iter()
        .flat_map(|group| runs(group))
        .map(|row| row["success"].parse().unwrap())
        .collect();
    values.sort_by(f64::total_cmp);
    let rows = printed(&["sensitivity"]);
    let row = rows
        .iter()
        .find(|row| row["quantity"] == "success" && row["changed"] == "record")
        .unwrap();
    assert_eq!(row["base"], base["success"]);
    assert_eq!(row["low"], values[0].to_string());
    assert_eq!(row["high"], values[values.len() - 1].to_string());
    assert_eq!(row["runs"], values.len().to_string());
    let own = mediations();
    let outcomes = own.iter().map(|case| case["outcome"].as_str());
    assert_eq!(base["success"], share(outcomes, CEASEFIRE));
}

#[test]
fn the_order_of_runs_does_not_depend_on_how_many_run_at_a_time() {
    let project = Project::three_cases();
    let run = |threads: &str| {
        let arguments = ["sensitivity", "--data", "data", "--all", "--format", "csv"];
        let variables = [("POLARS_MAX_THREADS", threads)];
        let run = project.run_with(&arguments, &variables);
        run.exits(0).keeps_quiet().stdout
    };
    let alone = run("1");
    for threads in ["2", "5", "16"] {
        assert_eq!(run(threads), alone, "{threads} threads");
    }
    // Two mediations, one with a known outcome at the cut: without it there is no success.
    assert!(alone.contains("case,without fjord,1,"));
    let table = project.run(&["sensitivity", "--data", "data"]).exits(0);
    table.says("without fjord");
}

#[test]
fn a_second_reading_of_a_role_is_a_run_of_its_own_and_counts_nowhere_else() {
    let project = Project::three_cases();
    let edited = |file: &str, from: &str, to: &str| {
        let text = String::from_utf8(project.read(file)).unwrap();
        assert!(text.contains(from), "{file}: no {from:?}");
        project.write(file, text.replacen(from, to, 1).as_bytes());
    };
    let codebook = "data/codebook.toml";
    edited(
        codebook,
        "key = [\"case_id\", \"role\"]",
        "key = [\"case_id\", \"role\", \"basis\"]",
    );
    edited(
        codebook,
        "    { column = \"uptake\"",
        "    { column = \"basis\", concept = \"basis\", measure = \"nominal\", required = true, label = \"Basis\",
        codes = [{ code = \"act\", label = \"act\" }, { code = \"second\", label = \"second\" }] },
    { column = \"uptake\"",
    );
    edited(
        "data/study.toml",
        "[base]\n",
        "[sensitivity]\nbasis = [\"second\"]\n[base]\nbasis = [\"act\"]\n",
    );
    project.write(
        "data/roles.csv",
        b"case_id,role,basis,uptake\nfjord,venue,act,provided\nfjord,broker,second,provided\n\
          north,shuttle,act,provided\nnorth,leverage,second,provided\n",
    );
    let run = project.run(&[
        "table",
        "specifications",
        "--data",
        "data",
        "--format",
        "csv",
    ]);
    let printed = run.exits(0).stdout;
    let mut reader = csv::Reader::from_reader(printed.as_bytes());
    let rows: Vec<Row> = reader.deserialize().map(Result::unwrap).collect();
    let depths = |changed: &str| -> Vec<(&str, &str)> {
        let rows = rows.iter().filter(|row| row["changed"] == changed);
        rows.map(|row| (row["how"].as_str(), row["depth_first"].as_str()))
            .collect()
    };
    assert_eq!(depths("base"), [("as asked", "1")]);
    assert_eq!(
        depths("reading"),
        [
            ("fjord: broker", "4"),
            ("north: leverage", "1"),
            ("all second readings at once", "4"),
        ]
    );
    edited("data/study.toml", "[\"second\"]", "[\"unheard\"]");
    let run = project.run(&["check", "--data", "data"]);
    run.exits(1).says("unheard");
}
