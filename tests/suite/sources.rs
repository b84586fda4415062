//! What coded values rest on, recomputed by a second path, and the bibliography.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyse::{bundled, printed};
use crate::harness::{Project, golden};

fn list(cell: &str) -> BTreeSet<&str> {
    cell.split(';')
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .collect()
}

#[test]
fn the_summary_is_what_counts_over_the_files_give() {
    let is_missing = |cell: &str| ["unknown", "na", "..", ""].contains(&cell);
    let weak: BTreeSet<String> = bundled("sources.csv")
        .into_iter()
        .filter(|source| source["quality"] == "weak")
        .map(|source| source["source_id"].clone())
        .collect();
    assert!(!weak.is_empty());
    let evidence = bundled("evidence.csv");
    let rows = printed(&["sources"]);
    let mut checked = 0;
    for row in &rows {
        let own: Vec<&BTreeMap<String, String>> = evidence
            .iter()
            .filter(|value| value["variable"] == row["variable"])
            .collect();
        if own.is_empty() {
            continue;
        }
        let coded: Vec<_> = own
            .iter()
            .filter(|value| !is_missing(&value["value"]))
            .collect();
        let count = |holds: &dyn Fn(&BTreeMap<String, String>) -> bool| {
            coded
                .iter()
                .filter(|value| holds(value))
                .count()
                .to_string()
        };
        let sources = |value: &BTreeMap<String, String>| -> BTreeSet<String> {
            let named = if is_missing(&value["source"]) {
                ""
            } else {
                &value["source"]
            };
            list(named).into_iter().map(str::to_owned).collect()
        };
        assert_eq!(row["coded"], coded.len().to_string(), "{row:?}");
        assert_eq!(row["missing"], (own.len() - coded.len()).to_string());
        assert_eq!(row["without"], count(&|value| sources(value).is_empty()));
        assert_eq!(
            row["single_n"],
            count(&|value| sources(value).len() == 1),
            "{row:?}"
        );
        let rests_weakly = |value: &BTreeMap<String, String>| {
            let sources = sources(value);
            !sources.is_empty() && sources.iter().all(|id| weak.contains(id))
        };
        assert_eq!(row["weak_n"], count(&rests_weakly), "{row:?}");
        assert_eq!(row["low_n"], count(&|value| value["confidence"] == "low"));
        checked += 1;
    }
    assert_eq!(checked, 14);
}

#[test]
fn what_rests_on_little_is_listed_with_its_place() {
    let run = Project::empty().run(&["sources", "--weak", "--format", "csv"]);
    let run = run.exits(0).keeps_quiet();
    let evidence = bundled("evidence.csv");
    let single = evidence
        .iter()
        .filter(|row| {
            row["variable"] == "outcome" && !["unknown", "na"].contains(&row["value"].as_str())
        })
        .filter(|row| list(&row["source"]).len() == 1);
    for row in single {
        let listed = run.stdout.lines().any(|line| {
            line.contains(&format!(",{},outcome,", row["case_id"])) && line.contains(&row["source"])
        });
        assert!(listed, "{row:?}");
    }
}

#[test]
fn data_without_evidence_say_so() {
    Project::fixture("harbour")
        .run(&["sources", "--data", "data"])
        .exits(2)
        .complains("needs evidence");
}

#[test]
fn the_bibliography_survives_odd_characters() {
    let project = Project::three_cases();
    project.write(
        "data/sources.csv",
        "source_id,title,year,url\n\
         book,\"Войско & мир: 100% {sic} _ #1, Қазақстан ~ \\ ^\",2001,https://example.org/a_b?c=%20&d=1#e\n\
         paper,A made-up paper,unknown,unknown\n"
            .as_bytes(),
    );
    let run = project.run(&["sources", "--data", "data", "--format", "bibtex"]);
    // The template has no evidence table: the list of sources is that of the cases all the same.
    let run = run.exits(0).keeps_quiet();
    golden(
        "bibliography",
        &[("odd.bib".to_owned(), run.stdout.into_bytes())],
    );
}

#[test]
fn a_report_has_the_sources_of_its_view_and_lists_the_file() {
    let project = Project::empty();
    project.run(&["report", "--view", "article"]).exits(0);
    let folder = "reports/kazakhstan-article";
    let text = String::from_utf8(project.read(&format!("{folder}/sources.bib"))).unwrap();
    assert!(text.contains("@misc{aben2017,"));
    let manifest = String::from_utf8(project.read(&format!("{folder}/manifest.toml"))).unwrap();
    assert!(manifest.contains("sources.bib"));
}
