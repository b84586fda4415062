//! What the page gives to its script, and that no other script can run.

use base64::Engine as _;
use bitim::model::label::Language;
use bitim::model::missing::Reason;

use super::{DATA, inside, render, sample};

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
    assert_eq!(case["outcome"], serde_json::json!([]));
    assert_eq!(
        case["facts"],
        serde_json::json!([
            [
                "Даты",
                format!("1993-02-01 – {}", Reason::Open.label().get(Language::Ru))
            ],
            ["Между кем", "Армения"],
            ["Роли", "площадка"],
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
    assert!(page.contains("id=\"filter\" role=\"search\" aria-labelledby=\"part-filter\" hidden>"));
}
