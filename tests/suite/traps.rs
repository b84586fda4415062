//! Data that once made the program print a wrong number, or say nothing. Each is a guard.

use crate::harness::{Project, Run};

/// A file of the three made-up cases with one text replaced by another.
fn changed(project: &Project, file: &str, from: &str, to: &str) {
    let text = String::from_utf8(project.read(file)).unwrap();
    assert!(text.contains(from), "{file} has no {from:?}");
    project.write(file, text.replacen(from, to, 1).as_bytes());
}

fn table(project: &Project, name: &str, more: &[&str]) -> Run {
    let mut arguments = vec!["table", name, "--data", "data", "--format", "csv"];
    arguments.extend(more);
    project.run(&arguments).exits(0)
}

#[test]
fn a_case_of_unknown_kind_is_no_offer() {
    let project = Project::three_cases();
    changed(
        &project,
        "data/cases.csv",
        "shuttle,mediation",
        "shuttle,unknown",
    );
    let run = table(&project, "profile", &[]);
    let offers: usize = run
        .stdout
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(3).unwrap().parse::<usize>().unwrap())
        .sum();
    assert_eq!(offers, 1, "{run}");
}

#[test]
fn a_study_without_a_cut_has_no_table_of_success() {
    let project = Project::three_cases();
    changed(
        &project,
        "data/study.toml",
        "[success]\nthreshold = \"ceasefire\"\nsecond_threshold = \"process\"\n",
        "",
    );
    project
        .run(&["table", "success", "--data", "data"])
        .exits(2)
        .complains("[success] in study.toml");
    project
        .run(&["report", "--data", "data"])
        .exits(0)
        .says("not made: success");
    assert!(!table(&project, "profile", &[]).stdout.contains("success"));
}

#[test]
fn a_view_keeps_no_outcome_of_a_case_that_had_not_ended() {
    for end in ["unknown", "2015", "2012/2020", ".."] {
        let project = Project::three_cases();
        changed(
            &project,
            "data/cases.csv",
            "2012-03-01,..,process",
            &format!("2012-03-01,{end},settlement"),
        );
        changed(
            &project,
            "data/events.csv",
            "e5,north,round,2012-10-17,2012-10-18,Oslo,NOR,process\n",
            "",
        );
        let mut study = String::from_utf8(project.read("data/study.toml")).unwrap();
        study.push_str("\n[[view]]\nname = \"then\"\nlabel = \"then\"\nas_of = \"2015-06-30\"\n");
        project.write("data/study.toml", study.as_bytes());
        let run = table(&project, "timeline", &["--view", "then"]);
        let north = run
            .stdout
            .lines()
            .find(|line| line.starts_with("north,") && line.contains(",span,"));
        assert!(!north.unwrap().contains("settlement"), "{end}\n{run}");
    }
}

#[test]
fn a_role_that_only_a_later_event_shows_does_not_exist_yet() {
    let project = Project::fixture("harbour");
    changed(
        &project,
        "data/study.toml",
        "as_of = \"1996\"",
        "as_of = \"2004-12-31\"",
    );
    let run = table(&project, "roles", &["--view", "early"]);
    let carry = run
        .stdout
        .lines()
        .find(|line| line.starts_with("2000-2010,carry"));
    assert!(carry.unwrap().contains(",0,2,"), "{run}");
}

#[test]
fn periods_within_one_year_are_told_apart() {
    let project = Project::three_cases();
    changed(
        &project,
        "data/study.toml",
        "{ start = \"1990\", end = \"1999\" },",
        "{ start = \"1993-01\", end = \"1993-06\" }, { start = \"1993-07\", end = \"1993-12\" },",
    );
    let run = table(&project, "profile", &[]);
    let begun: Vec<&str> = run
        .stdout
        .lines()
        .filter(|line| line.starts_with("1993-"))
        .map(|line| line.split(',').nth(2).unwrap())
        .collect();
    assert_eq!(begun, ["1", "0"], "{run}");
}

#[test]
fn an_open_event_keeps_a_grouped_case_open() {
    let project = Project::fixture("harbour");
    for file in ["data/meetings_1990s.csv", "data/meetings_2000s.csv"] {
        let bytes = project.read(file);
        let (text, ..) = encoding_rs::WINDOWS_1251.decode(&bytes);
        let mut longer = String::new();
        for (row, line) in text.lines().enumerate() {
            longer.push_str(line);
            longer.push_str(if row == 0 { ";fin\r\n" } else { ";..\r\n" });
        }
        project.write(file, &encoding_rs::WINDOWS_1251.encode(&longer).0);
    }
    changed(
        &project,
        "data/codebook.toml",
        "    { column = \"land\",",
        "    { column = \"fin\", concept = \"end\", measure = \"date\", label = \"End\" },\n    { column = \"land\",",
    );
    let run = table(&project, "timeline", &[]);
    let toll = run
        .stdout
        .lines()
        .find(|line| line.starts_with("toll") && line.contains(",span,"));
    assert!(
        toll.unwrap().contains(",2010-12-31,,2010-12-31,,1,"),
        "{run}"
    );
}

#[test]
fn a_role_of_unknown_uptake_is_not_a_role_refused() {
    let project = Project::three_cases();
    changed(
        &project,
        "data/roles.csv",
        "north,shuttle,provided",
        "north,shuttle,unknown",
    );
    let run = table(&project, "roles", &[]);
    let shuttle = run
        .stdout
        .lines()
        .find(|line| line.starts_with("2010-2019,shuttle"));
    assert!(
        shuttle.unwrap().starts_with("2010-2019,shuttle,0,1,0,0,"),
        "{run}"
    );
}

#[test]
fn a_row_of_only_no_is_known_to_have_no_role() {
    let project = Project::fixture("harbour");
    let run = table(&project, "roles", &["--mediator", "ODD"]);
    let ferry = run
        .stdout
        .lines()
        .find(|line| line.starts_with("2000-2010,draft"));
    assert!(ferry.unwrap().contains(",0,1,"), "{run}");
}

/// What `check` finds after a change to one of the steering files.
fn finds(file: &str, from: &str, to: &str, rule: &str) {
    let project = Project::three_cases();
    changed(&project, file, from, to);
    let _ = project
        .run(&["check", "--data", "data"])
        .exits(1)
        .keeps_quiet()
        .says(rule);
}

#[test]
fn settings_that_would_make_a_wrong_number_are_found() {
    let (codebook, study) = ("data/codebook.toml", "data/study.toml");
    for (file, from, to, rule) in [
        (study, "home = \"NOR\"", "home = \"Norway\"", "V503"),
        (study, "mediator = \"NOR\"", "mediator = \"NRW\"", "V503"),
        (
            study,
            "cutoff = \"2026-06-30\"",
            "cutoff = \"2030\"",
            "V503",
        ),
        (study, "level = 0.95", "level = 0.99999999", "V503"),
        (study, "[\"co_mediator\"]", "[\"comediator\"]", "V503"),
        (
            study,
            "name = \"all\"",
            "name = \"all\"\ncases = \"sources\"",
            "V503",
        ),
        (
            study,
            "name = \"all\"",
            "name = \"all\"\nas_of = \"2027\"",
            "V503",
        ),
        (codebook, "name = \"mine\"", "name = \"../mine\"", "V502"),
        (codebook, "start = \"1990\"", "# start", "V502"),
        (
            codebook,
            "concept = \"outcome\", measure",
            "separator = \";\", concept = \"outcome\", measure",
            "V502",
        ),
        (
            codebook,
            "column = \"end\", concept = \"end\"",
            "column = \"end\", name = \"finish\", concept = \"start\"",
            "V502",
        ),
        (
            codebook,
            "column = \"place\",",
            "column = \"place\", name = \"#line\",",
            "V502",
        ),
        (
            codebook,
            "key = [\"source_id\"]",
            "key = [\"source_id\", \"title\"]",
            "V502",
        ),
        (
            codebook,
            "then = { outcome = \"not_held\" }",
            "then = { title = { at_least = \"x\" } }",
            "V502",
        ),
        (
            codebook,
            "then = { outcome = \"not_held\" }",
            "then = { start = { before = \"soon\" } }",
            "V502",
        ),
        (
            codebook,
            "then = { outcome = \"not_held\" }",
            "then = { outcome = { at_least_best = \"events.fate\" } }",
            "V502",
        ),
        (codebook, "unit = \"party\"", "unit = \"event\"", "V502"),
        ("data/cases.csv", "north,NOR", "north,unknown", "V207"),
        ("data/events.csv", "e4,north", "e4,unknown", "V207"),
        ("data/cases.csv", "2012-03-01,..", "2026-08-01,..", "V205"),
    ] {
        finds(file, from, to, rule);
    }
}

#[test]
fn a_misspelt_filter_reads_nothing_and_says_so() {
    let project = Project::fixture("harbour");
    changed(
        &project,
        "data/codebook.toml",
        "column = \"usable\"",
        "column = \"usble\"",
    );
    let _ = project
        .run(&["check", "--data", "data"])
        .exits(1)
        .says("\"usble\"  the header has no such column; did you mean \"usable\"?");
}

#[test]
fn an_event_that_stands_twice_is_found_without_a_key() {
    let project = Project::three_cases();
    changed(&project, "data/codebook.toml", "key = [\"event_id\"]\n", "");
    changed(&project, "data/events.csv", "e5,north", "e4,north");
    project
        .run(&["check", "--data", "data"])
        .exits(1)
        .says("V301");
}

#[test]
fn an_inch_sign_in_the_last_row_opens_no_quotation() {
    let project = Project::three_cases();
    let mut sources = project.read("data/sources.csv");
    sources.extend(b"gun,A 5\" gun,2013,unknown\n");
    project.write("data/sources.csv", &sources);
    project.run(&["check", "--data", "data"]).exits(0);
}

#[test]
fn two_data_sets_made_by_init_have_two_reports() {
    let project = Project::empty();
    for name in ["one", "two"] {
        project.run(&["init", name, "--empty"]).exits(0);
        let run = project.run(&["report", "--data", name]).exits(0);
        let _ = run.says(&format!("reports/{name}/report.html"));
    }
}

#[test]
fn regions_that_only_events_name_reach_the_cases_and_may_be_several() {
    let project = Project::fixture("harbour");
    for file in ["data/meetings_1990s.csv", "data/meetings_2000s.csv"] {
        let bytes = project.read(file);
        let (text, ..) = encoding_rs::WINDOWS_1251.decode(&bytes);
        let mut longer = String::new();
        for line in text.lines() {
            let sea = match line.split(';').next().unwrap() {
                "nr" => "sea",
                "1" => "Ice|Salt",
                "5" => "-9",
                _ => "Ice",
            };
            longer.extend([line, ";", sea, "\r\n"]);
        }
        project.write(file, &encoding_rs::WINDOWS_1251.encode(&longer).0);
    }
    changed(
        &project,
        "data/codebook.toml",
        "    { column = \"land\",",
        "    { column = \"sea\", concept = \"region\", measure = \"nominal\", separator = \"|\", label = \"Sea\" },\n    { column = \"land\",",
    );
    let run = table(&project, "regions", &[]);
    let all: Vec<&str> = run
        .stdout
        .lines()
        .filter(|line| line.starts_with("all,"))
        .collect();
    // Freya's quarrels: fish lies in both seas, salt and toll in one, of bell it is unknown. Of the two
    // meetings about fish only the first names the salt sea, and is counted there.
    assert_eq!(all.len(), 3, "{run}");
    assert!(all[0].starts_with("all,Ice,,3,5,"), "{run}");
    assert!(all[1].starts_with("all,Salt,,1,1,"), "{run}");
    assert!(all[2].starts_with("all,,unknown,1,1,"), "{run}");
}

#[test]
fn a_study_that_names_no_co_mediators_has_no_table_of_partners() {
    let project = Project::three_cases();
    changed(
        &project,
        "data/parties.csv",
        "fjord,B,disputant",
        "fjord,B,co_mediator",
    );
    let partner = table(&project, "partners", &[]);
    assert!(partner.stdout.contains("\nB,1,2,0.5,"), "{partner}");
    changed(
        &project,
        "data/study.toml",
        "co_mediator = [\"co_mediator\"]",
        "# none",
    );
    project
        .run(&["table", "partners", "--data", "data"])
        .exits(2)
        .complains("[base] co_mediator in study.toml");
    project
        .run(&["report", "--data", "data"])
        .exits(0)
        .says("partners");
}
