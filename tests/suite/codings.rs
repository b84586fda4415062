//! Codings by several people: checked like the data, compared, decided, and asked like the data.

use crate::analyse::bundled;
use crate::harness::Project;

const HEAD: &str = "coder,case_id,variable,value,locator,note\n";

/// Three made-up cases coded by two people who differ on one outcome and one role.
fn two_coders() -> Project {
    let project = Project::three_cases();
    let rows = "anna,fjord,kind,mediation,1,\nbek,fjord,kind,mediation,1,\n\
                anna,fjord,start,1993-01,1,\nbek,fjord,start,1993-01-01/1993-01-31,1,\n\
                anna,fjord,end,1993,1,\nbek,fjord,end,1993,1,\n\
                anna,fjord,outcome,partial,2,signed\nbek,fjord,outcome,process,2,only a promise\n\
                anna,fjord,role,venue,3,\nbek,fjord,role,venue,3,\n\
                anna,fjord,role,facilitation,3,chaired\n\
                anna,fjord,uptake:venue,provided,3,\nbek,fjord,uptake:venue,provided,3,\n\
                anna,fjord,uptake:facilitation,provided,3,\n\
                anna,north,kind,mediation,4,\nbek,north,kind,mediation,4,\n\
                anna,north,start,2012,4,\nbek,north,start,2012,4,\n\
                anna,north,end,..,4,\nbek,north,end,..,4,\n\
                anna,north,outcome,unknown,4,\nbek,north,outcome,unknown,4,\n\
                anna,north,role,unknown,4,\nbek,north,role,unknown,4,\n";
    project.write("data/codings.csv", format!("{HEAD}{rows}").as_bytes());
    project
}

#[test]
fn a_wrong_code_is_found_on_its_line_of_the_codings() {
    let project = two_coders();
    let mut text = String::from_utf8(project.read("data/codings.csv")).unwrap();
    text.push_str("bek,island,outcome,processes,5,\n");
    project.write("data/codings.csv", text.as_bytes());
    let run = project.run(&["check", "--data", "data"]).exits(1);
    run.says("V201 unknown-code  codings.csv:26  outcome = \"processes\"")
        .says("did you mean \"process\"?");
}

#[test]
fn differences_are_listed_with_the_coders_reasons_and_nothing_else_is() {
    let run = two_coders().run(&["adjudicate", "--data", "data"]).exits(1);
    let run = run
        .says("fjord  outcome")
        .says("anna  partial  2  signed")
        .says("bek   process  2  only a promise")
        .says("fjord  role")
        .says("fjord  uptake:facilitation")
        .says("2 coders (anna, bek), 2 cases: 3 differences to be decided, 0 decided");
    // Two spellings of one month are one date.
    assert!(!run.stdout.contains("start"), "{run}");
    assert!(!run.stdout.contains("north"), "{run}");
}

#[test]
fn what_is_agreed_cannot_be_asked_before_it_is_decided() {
    two_coders()
        .run(&["table", "success", "--data", "data", "--coder", "agreed"])
        .exits(2)
        .complains("3 differences between coders are not decided; `bitim adjudicate` lists them");
}

#[test]
fn decisions_settle_differences_and_what_they_make_pointless_is_not_asked() {
    let project = two_coders();
    project.write(
        "data/decisions.csv",
        b"case_id,variable,value,note\nfjord,outcome,process,a promise is no agreement\nfjord,role,venue,to chair is part of hosting here\n",
    );
    // Without the role its uptake is nothing to agree on.
    project
        .run(&["adjudicate", "--data", "data"])
        .exits(0)
        .says("0 differences to be decided, 2 decided");
    let success = |coder: &str| {
        let run = project.run(&[
            "table", "success", "--data", "data", "--coder", coder, "--format", "csv",
        ]);
        let run = run.exits(0).keeps_quiet();
        let line = run.stdout.lines().find(|line| line.starts_with("all,"));
        line.unwrap().to_owned()
    };
    // Cut: ceasefire; beside: process. Of the two cases one has a known outcome.
    assert!(
        success("anna").starts_with("all,all,,1,1,1,"),
        "{}",
        success("anna")
    );
    assert!(
        success("bek").starts_with("all,all,,0,1,0,"),
        "{}",
        success("bek")
    );
    assert!(success("agreed").starts_with("all,all,,0,1,0,"));
    // One against one is no majority.
    assert!(
        success("majority").starts_with("all,all,,0,0,"),
        "{}",
        success("majority")
    );
}

#[test]
fn a_worksheet_has_a_row_for_each_open_difference_and_overwrites_nothing() {
    let project = two_coders();
    let arguments = ["adjudicate", "--data", "data", "--worksheet", "open.csv"];
    project.run(&arguments).exits(1);
    assert_eq!(
        String::from_utf8(project.read("open.csv")).unwrap(),
        "case_id,variable,value,note\nfjord,outcome,,\nfjord,role,,\nfjord,uptake:facilitation,,\n"
    );
    project.write("open.csv", b"my work\n");
    project
        .run(&arguments)
        .exits(2)
        .complains("is there already");
    assert_eq!(project.read("open.csv"), b"my work\n");
}

#[test]
fn a_coder_who_does_not_exist_is_named_with_those_who_do() {
    two_coders()
        .run(&["table", "roles", "--data", "data", "--coder", "cem"])
        .exits(2)
        .complains("there is no coder named \"cem\"; known are anna, bek, majority, agreed");
}

#[test]
fn data_without_codings_say_so() {
    Project::three_cases()
        .run(&["adjudicate", "--data", "data"])
        .exits(2)
        .complains("unit = \"coding\"");
}

/// The agreed code of a variable by the text of the files: what all three gave, or the decision.
fn agreed_by_hand(case: &str, variable: &str) -> Option<String> {
    let text = |row: &std::collections::BTreeMap<String, String>| {
        if row["value"].is_empty() {
            row["missing"].clone()
        } else {
            row["value"].clone()
        }
    };
    let is_it = |row: &&std::collections::BTreeMap<String, String>| {
        row["case"] == case && row["variable"] == variable
    };
    let decided = bundled("decisions.csv");
    if let Some(row) = decided.iter().find(is_it) {
        return Some(row["value"].clone());
    }
    let codings = bundled("codings.csv");
    let mut given: Vec<String> = codings.iter().filter(is_it).map(text).collect();
    assert!(given.len() == 3, "{case} {variable}: {given:?}");
    given.dedup();
    (given.len() == 1).then(|| given.remove(0))
}

#[test]
fn the_agreed_tables_of_the_article_follow_from_codings_and_decisions() {
    let scale = [
        "not_held",
        "no_agreement",
        "process",
        "ceasefire",
        "partial",
        "settlement",
    ];
    let mut cases: Vec<String> = bundled("codings.csv")
        .iter()
        .map(|row| row["case"].clone())
        .collect();
    cases.sort();
    cases.dedup();
    assert_eq!(cases.len(), 8);
    let outcomes: Vec<String> = cases
        .iter()
        .map(|case| agreed_by_hand(case, "outcome").unwrap())
        .collect();
    let rank = |code: &String| scale.iter().position(|known| known == code);
    let known = outcomes.iter().filter_map(rank).count();
    let reached = |cut: usize| {
        outcomes
            .iter()
            .filter_map(rank)
            .filter(|rank| *rank >= cut)
            .count()
    };
    let rows = crate::analyse::printed(&["success", "--coder", "agreed"]);
    let all = rows.iter().find(|row| row["by"] == "all").unwrap();
    assert_eq!(all["success_n"], reached(3).to_string());
    assert_eq!(all["reached_process_n"], reached(2).to_string());
    assert_eq!(all["success_of"], known.to_string());
    assert_eq!((reached(3), reached(2), known), (1, 4, 5));
}

#[test]
fn a_report_of_agreed_codes_has_a_folder_of_its_own_and_says_whose_they_are() {
    let project = Project::empty();
    project.run(&["report", "--coder", "agreed"]).exits(0);
    let folder = "reports/kazakhstan-agreed";
    let page = String::from_utf8(project.read(&format!("{folder}/report.html"))).unwrap();
    assert!(page.contains("as agreed by the coders"));
    let manifest = String::from_utf8(project.read(&format!("{folder}/manifest.toml"))).unwrap();
    assert!(manifest.contains("coder = \"agreed\""), "{manifest}");
}

#[test]
fn every_difference_between_the_bundled_coders_is_decided_with_a_reason() {
    Project::empty()
        .run(&["adjudicate"])
        .exits(0)
        .says("0 differences to be decided, 25 decided");
    for row in bundled("decisions.csv") {
        assert!(row["note"].len() > 20, "{row:?}");
        assert!(row["locator"].starts_with('p'), "{row:?}");
    }
}

/// The rows of the table `reliability` of the bundled data, by variable and what is compared.
fn reliability(variable: &str, compared: &str) -> std::collections::BTreeMap<String, String> {
    let rows = crate::analyse::printed(&["reliability"]);
    let mut rows = rows.into_iter();
    rows.find(|row| row["variable"] == variable && row["compared"] == compared)
        .unwrap_or_else(|| panic!("no row on {variable}, {compared}"))
}

#[test]
fn alpha_of_the_bundled_codings_is_what_other_software_gives() {
    // Python: krippendorff 0.9.0 over codings.csv, ordinal with six categories for values, nominal for
    // whether there is one.
    for (variable, values, silence) in [
        ("outcome", "0.995258", "0.515789"),
        ("outcome_alternative", "0.536953", "0.38255"),
        ("outcome_conflict", "0.935065", "0.517483"),
    ] {
        assert_eq!(
            reliability(variable, "value")["alpha"],
            values,
            "{variable}"
        );
        assert_eq!(
            reliability(variable, "missing")["alpha"],
            silence,
            "{variable}"
        );
    }
    // By hand: of the eight codings of the outcome of Russia and Turkey, B has another code.
    assert_eq!(
        reliability("outcome", "value")["case"],
        "russia-turkey-2016"
    );
    assert_eq!(reliability("outcome", "value")["coder"], "B");
}

#[test]
fn agreement_without_variation_is_explained_and_no_number() {
    let row = reliability("kind", "value");
    assert_eq!((row["pairwise"].as_str(), row["alpha"].as_str()), ("1", ""));
    assert_eq!(row["in_words"], "all_the_same", "{row:?}");
}

#[test]
fn two_coders_get_cohens_kappa_and_one_gets_none() {
    let project = two_coders();
    let run = project
        .run(&["reliability", "--data", "data"])
        .exits(0)
        .keeps_quiet();
    let run = run.says("Cohen's").says("n: 2");
    assert!(!run.stdout.contains("NaN"), "{run}");
    let project = Project::three_cases();
    project.write(
        "data/codings.csv",
        format!("{HEAD}anna,fjord,outcome,partial,1,\n").as_bytes(),
    );
    project
        .run(&["reliability", "--data", "data"])
        .exits(0)
        .says("not computable: there is only one coder");
}
