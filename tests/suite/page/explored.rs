//! What the page gives to its script, and that no other script can run.

use std::collections::BTreeSet;

use base64::Engine as _;
use bitim::analyse::table::Cell;
use bitim::analyse::{self, Question, Tables};
use bitim::load::{Store, dataset};
use bitim::model::label::{Label, Language};
use bitim::model::missing::Reason;
use bitim::render::bundle;
use bitim::validate;

use super::{DATA, inside, render, sample, values};
use crate::harness::tests;

#[test]
fn the_page_asks_for_nothing_from_anywhere() {
    let page = render(&sample(), Language::En);
    let policy = page.find("default-src 'none'");
    assert!(policy.is_some() && policy < page.find("<style>"));
    for asking in [
        " src=",
        "srcset=",
        "<link",
        "@import",
        "url(",
        " onclick",
        "<iframe",
        "fetch(",
        "import(",
        "XMLHttpRequest",
        "innerHTML",
        "eval(",
    ] {
        assert!(!page.contains(asking), "{asking}");
    }
}

#[test]
fn every_file_of_a_report_that_a_page_links_is_made_and_the_other_way_round() {
    let folder = Store::Folder(tests().join("fixtures/harbour"));
    let cases = validate::check(dataset(&folder).unwrap()).unwrap();
    let cases = cases.accept().unwrap();
    let selection = cases.select(&Question::default()).unwrap();
    let tables = analyse::tables(&selection).unwrap();
    for formats in [&["svg"][..], &["svg", "pdf"]] {
        let bundle = bundle(&selection, &tables, Language::En, formats).unwrap();
        let page = bundle.files.iter().find(|(name, _)| name == "report.html");
        let page = String::from_utf8(page.unwrap().1.clone()).unwrap();
        let is_beside = |name: &&str| name.starts_with("figures/") || name.starts_with("tables/");
        let linked: BTreeSet<&str> = values(&page, "href")
            .into_iter()
            .filter(is_beside)
            .collect();
        let made = bundle.files.iter().map(|(name, _)| name.as_str());
        assert_eq!(linked, made.filter(is_beside).collect());
        assert!(linked.iter().any(|name| name.ends_with(".json")));
    }
}

#[test]
fn the_policy_lets_the_script_of_the_page_run_and_no_other() {
    let page = render(&sample(), Language::En);
    let script = inside(&page, "<script>");
    assert!(script.contains("\"use strict\""));
    let digest = bitim::load::checksum(script.as_bytes());
    let bytes: Vec<u8> = (0..digest.len())
        .step_by(2)
        .map(|place| u8::from_str_radix(&digest[place..place + 2], 16).unwrap())
        .collect();
    let source = base64::engine::general_purpose::STANDARD.encode(bytes);
    let policy = format!("default-src 'none'; script-src 'sha256-{source}'; style-src");
    assert!(page.contains(&policy), "{policy}");
}

#[test]
fn rows_and_data_say_what_belongs_together() {
    let page = render(&sample(), Language::Ru);
    let data: serde_json::Value = serde_json::from_str(inside(&page, DATA)).unwrap();
    let case = &data["cases"][0];
    assert_eq!(case["id"], "c1");
    assert_eq!(case["role"], serde_json::json!(["venue"]));
    assert_eq!(case["outcome"], serde_json::json!(["missing-open"]));
    assert_eq!(
        data["labels"]["outcome"]["missing-open"],
        Reason::Open.label().get(Language::Ru)
    );
    assert_eq!(
        case["facts"],
        serde_json::json!([
            [
                "Даты",
                format!("1993-02-01 – {}", Reason::Open.label().get(Language::Ru))
            ],
            ["Между кем", "Армения"],
            ["Роли", "площадка"],
            ["Исход", Reason::Open.label().get(Language::Ru)],
            ["Источники", "[2] unlisted"],
        ])
    );
    // The code of a role is known to the index; a name that is no case is not.
    assert_eq!(page.matches("<tr data-role=\"venue\">").count(), 3);
    assert!(!page.contains("data-case="));
    // Shares are sorted by their value, and a share of nothing has none.
    assert!(page.contains("data-sort=\"0.42857142857142855\""));
    assert!(page.contains("data-sort=\"\""));
    // A list of one period leaves nothing to choose.
    assert!(page.contains("<select id=\"filter-role\""));
    assert!(!page.contains("<select id=\"filter-period\""));
    // Why a case has no outcome stands last among the outcomes.
    let (_, outcomes) = page.split_once("<select id=\"filter-outcome\"").unwrap();
    let (outcomes, _) = outcomes.split_once("</select>").unwrap();
    assert_eq!(values(outcomes, "value"), ["process", "missing-open"]);
    assert!(page.contains("id=\"filter\" role=\"search\" aria-labelledby=\"part-filter\" hidden>"));
}

#[test]
fn a_picture_of_too_many_dots_is_left_out_and_not_linked() {
    let folder = Store::Folder(tests().join("fixtures/harbour"));
    let cases = validate::check(dataset(&folder).unwrap()).unwrap();
    let cases = cases.accept().unwrap();
    let selection = cases.select(&Question::default()).unwrap();
    let mut timeline = analyse::table("timeline", &selection).unwrap();
    let case = timeline.position("case").unwrap();
    let rows = timeline.rows.clone();
    for copy in 0..700 {
        for mut row in rows.iter().cloned() {
            row[case] = Cell::Text(Label::plain(format!("{copy} {:?}", row[case])));
            timeline.rows.push(row);
        }
    }
    let tables = Tables {
        computed: vec![timeline],
        skipped: Vec::new(),
    };
    let bundle = bundle(&selection, &tables, Language::En, &["svg", "png"]).unwrap();
    let made = |file: &str| bundle.files.iter().find(|(name, _)| name == file);
    assert!(made("figures/timeline.svg").is_some());
    assert!(made("figures/timeline.png").is_none());
    let skipped = bundle.skipped.iter();
    let mut skipped = skipped.filter(|(name, _)| name == "figures/timeline.png");
    let (_, why) = skipped.next().unwrap();
    assert!(why.contains("more than 65535 on a side"), "{why}");
    let page = String::from_utf8(made("report.html").unwrap().1.clone()).unwrap();
    assert!(page.contains("figures/timeline.svg\""));
    assert!(!page.contains("figures/timeline.png"));
}
