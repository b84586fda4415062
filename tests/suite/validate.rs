//! Every rule has a data set that breaks it and the message it gets.

use std::fs;

use bitim::validate::RULES;

use crate::harness::{Project, golden, tests};

fn fixtures() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(tests().join("fixtures/findings"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn every_rule_has_a_fixture_of_its_name() {
    let rules: Vec<String> = RULES
        .iter()
        .map(|rule| format!("{}-{}", rule.code, rule.name))
        .collect();
    assert_eq!(rules, fixtures());
}

#[test]
fn every_fixture_gets_its_golden_message() {
    let made: Vec<(String, Vec<u8>)> = fixtures()
        .into_iter()
        .map(|fixture| {
            let run = Project::three_cases()
                .with(&format!("findings/{fixture}"))
                .run(&["check", "--data", "data"])
                .keeps_quiet()
                .says(&fixture[..4]);
            (format!("{fixture}.txt"), run.stdout.into_bytes())
        })
        .collect();
    golden("findings", &made);
}

#[test]
fn clean_data_have_no_findings_and_exit_zero() {
    Project::three_cases()
        .run(&["check", "--data", "data"])
        .exits(0)
        .keeps_quiet()
        .says("mine: 0 errors, 0 warnings, 0 notes");
}

#[test]
fn the_bundled_data_hold_no_error() {
    Project::empty()
        .run(&["check"])
        .exits(0)
        .says("kazakhstan: 0 errors");
}

#[test]
fn errors_exit_one_and_json_says_the_same() {
    let project = Project::three_cases().with("findings/V201-unknown-code");
    let run = project
        .run(&["check", "--data", "data", "--format", "json"])
        .exits(1);
    let document: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(document["schema"], "bitim/findings/1");
    assert_eq!(document["errors"], 2);
    assert_eq!(document["findings"][1]["suggestion"], "shuttle");
    assert_eq!(document["findings"][1]["lines"], serde_json::json!([5]));
}

#[test]
fn data_with_errors_make_no_report() {
    let project = Project::three_cases().with("findings/V201-unknown-code");
    project
        .run(&["report", "--data", "data"])
        .exits(2)
        .complains("the data set mine has 2 errors; `bitim check` lists them");
    assert!(!project.path("reports").exists());
}

#[test]
fn every_rule_explains_itself() {
    for rule in RULES {
        Project::empty()
            .run(&["explain", rule.code])
            .exits(0)
            .says(rule.name)
            .says(rule.explain);
    }
}

#[test]
fn a_million_mistakes_are_one_line() {
    let project = Project::three_cases();
    let mut roles = String::from("case_id,role,uptake\n");
    for _ in 0..200_000 {
        roles.push_str("fjord,vneue,provided\n");
    }
    project.write("data/roles.csv", roles.as_bytes());
    let run = project.run(&["check", "--data", "data"]).exits(1);
    assert!(run.stdout.lines().count() < 60, "{run}");
    assert!(run.stdout.contains("(200000 places)"), "{run}");
}

#[test]
fn every_test_of_a_condition_can_pass_and_fail() {
    // The rows: fjord reached partial in 1993, island is an offer of 2004, north is still open.
    for (when, then, fails_on) in [
        ("{}", "{ kind = \"mediation\" }", "cases.csv:3"),
        ("{}", "{ kind = [\"mediation\", \"offer\"] }", ""),
        ("{}", "{ outcome = { not = [\"partial\"] } }", "cases.csv:2"),
        (
            "{}",
            "{ outcome = { at_least = \"process\" } }",
            "cases.csv:3",
        ),
        (
            "{}",
            "{ outcome = { at_most = \"process\" } }",
            "cases.csv:2",
        ),
        ("{ kind = \"offer\" }", "{ outcome = \"not_held\" }", ""),
        ("{}", "{ end = { because = \"open\" } }", "cases.csv:2"),
        ("{}", "{ end = { missing = false } }", "cases.csv:4"),
        ("{}", "{ start = { before = \"2010\" } }", "cases.csv:4"),
        ("{}", "{ start = { from = \"2004\" } }", "cases.csv:2"),
        (
            "{}",
            "{ outcome = { at_least_best = \"events.outcome\" } }",
            "",
        ),
    ] {
        let project = Project::three_cases();
        let mut codebook = String::from_utf8(project.read("data/codebook.toml")).unwrap();
        let rule = format!(
            "\n[[rule]]\ntable = \"cases\"\nwhen = {when}\nthen = {then}\nmessage = \"as said\"\n"
        );
        codebook.push_str(&rule);
        project.write("data/codebook.toml", codebook.as_bytes());
        let run = project.run(&["check", "--data", "data"]);
        if fails_on.is_empty() {
            let _ = run.exits(0);
        } else {
            let _ = run
                .exits(1)
                .says(&format!("V401 failed-condition  {fails_on}  "));
        }
    }
    let project = Project::three_cases();
    let events = String::from_utf8(project.read("data/events.csv")).unwrap();
    project.write(
        "data/events.csv",
        events.replace("USA,partial", "USA,settlement").as_bytes(),
    );
    let mut codebook = String::from_utf8(project.read("data/codebook.toml")).unwrap();
    codebook.push_str(
        "\n[[rule]]\ntable = \"cases\"\nthen = { outcome = { at_least_best = \"events.outcome\" } }\nmessage = \"below its best event\"\n",
    );
    project.write("data/codebook.toml", codebook.as_bytes());
    let _ = project
        .run(&["check", "--data", "data"])
        .exits(1)
        .says("cases.csv:2  outcome = \"partial\"  below its best event");
}
