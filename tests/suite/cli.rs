//! The program as a newcomer meets it.

use crate::harness::{Project, golden};

#[test]
fn help_of_every_command_is_golden() {
    let whole = help(&[]);
    let text = String::from_utf8(whole.1.clone()).unwrap();
    // Which commands there are, the program says itself.
    let listed = text.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands: Vec<&str> = listed
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect();
    assert!(commands.len() >= 15, "{commands:?}");
    let mut made = vec![whole];
    made.extend(commands.iter().map(|command| help(&[command])));
    golden("help", &made);
}

fn help(command: &[&str]) -> (String, Vec<u8>) {
    let mut arguments = command.to_vec();
    arguments.push("--help");
    let run = Project::empty().run(&arguments).exits(0).keeps_quiet();
    let name = command.first().unwrap_or(&"bitim");
    (format!("{name}.txt"), run.stdout.into_bytes())
}

#[test]
fn unknown_names_list_what_there_is() {
    let project = Project::empty();
    let names: Vec<&str> = bitim::analyse::TABLES
        .iter()
        .map(|table| table.name)
        .collect();
    let known_tables = format!("known are {}", names.join(", "));
    for (arguments, known) in [
        (&["table", "role"][..], known_tables.as_str()),
        (
            &["chart", "pie"],
            "known are timeline, trajectories, calendar, activity, roles",
        ),
        (
            &["table", "roles", "--format", "xls"],
            "known are text, csv, md, json",
        ),
        (
            &["chart", "roles", "--format", "gif"],
            "known are svg, png, pdf",
        ),
        (
            &["table", "roles", "--view", "later"],
            "known are today, article",
        ),
        (
            &["table", "roles", "--periods", "moon"],
            "known are default, presidency, decade",
        ),
        (&["table", "roles", "--mediator", "CHE"], "known are KAZ"),
        (&["explain", "V999"], "known are V001"),
    ] {
        let _ = project.run(arguments).exits(2).complains(known);
    }
}

#[test]
fn list_names_tables_charts_formats_views_and_periods() {
    Project::empty()
        .run(&["list"])
        .exits(0)
        .says("profile")
        .says("text, csv, md, json")
        .says("svg, png, pdf")
        .says("article")
        .says("presidency");
}

#[test]
fn a_chart_is_written_once_and_not_over_somebody_elses_file() {
    let project = Project::empty();
    project
        .run(&["chart", "roles", "--format", "svg", "-o", "figures"])
        .exits(0)
        .says("figures/roles.svg");
    let first = project.read("figures/roles.svg");
    project
        .run(&["chart", "roles", "--format", "svg", "-o", "figures"])
        .exits(0);
    assert_eq!(project.read("figures/roles.svg"), first);
    project.write("figures/roles.svg", b"mine");
    project
        .run(&["chart", "roles", "--format", "svg", "-o", "figures"])
        .exits(2)
        .complains("--force");
    assert_eq!(project.read("figures/roles.svg"), b"mine");
}

#[test]
fn init_makes_a_data_set_that_checks_clean_and_reports() {
    for empty in [&["init", "mine", "--empty"][..], &["init", "mine"]] {
        let project = Project::empty();
        project.run(empty).exits(0).says("bitim check --data mine");
        project
            .run(&["check", "--data", "mine"])
            .exits(0)
            .says("0 errors");
        project
            .run(&["report", "--data", "mine"])
            .exits(0)
            .keeps_quiet();
        project.write("mine/cases.csv", b"mine");
        project
            .run(empty)
            .exits(2)
            .complains("is there already; --force");
        assert_eq!(project.read("mine/cases.csv"), b"mine");
    }
}

#[test]
fn a_case_coded_by_hand_stands_in_the_timeline() {
    let project = Project::three_cases();
    let mut cases = project.read("data/cases.csv");
    cases.extend(b"gorge,NOR,The gorge dispute,mediation,2019-05,2020~,process,book\n");
    project.write("data/cases.csv", &cases);
    project
        .run(&["table", "timeline", "--data", "data", "--format", "csv"])
        .exits(0)
        .says(
            "gorge,The gorge dispute,span,2019-05-01,2019-05-31,2020-01-01,2020-12-31,0,mediation,",
        );
}

#[test]
fn the_made_up_data_set_of_another_shape_runs_through_every_command() {
    let project = Project::fixture("harbour");
    project
        .run(&["check", "--data", "data"])
        .exits(0)
        .says("0 errors, 0 warnings");
    let mut made = Vec::new();
    for table in bitim::analyse::TABLES {
        let run = project.run(&["table", table.name, "--data", "data", "--format", "csv"]);
        let lacking = [
            ("venues", "needs place"),
            ("map", "needs place, latitude, longitude"),
            ("partners", "needs standing"),
            ("regions", "needs region"),
            ("agreed", "needs coder"),
            ("reliability", "needs coder"),
            ("sources", "needs evidence"),
            ("evidence", "needs evidence"),
        ];
        if let Some((_, needs)) = lacking.iter().find(|(name, _)| *name == table.name) {
            run.exits(2).complains(needs);
            continue;
        }
        let run = run.exits(0);
        made.push((format!("{}.csv", table.name), run.stdout.into_bytes()));
    }
    golden("harbour", &made);
    project
        .run(&["table", "coverage", "--data", "data"])
        .exits(0)
        .says("outcome follows from signed: no → 0, treaty → 2, truce → 1")
        .says("hosted at home if one of its countries is Freya")
        .says("rows left out: 1");
    for language in ["en", "kk", "ru"] {
        for format in ["text", "md", "json"] {
            let run = project
                .run(&[
                    "table", "profile", "--data", "data", "--lang", language, "--format", format,
                ])
                .exits(0);
            assert!(!run.stdout.contains("{cut}"), "{run}");
        }
        project
            .run(&["report", "--data", "data", "--lang", language])
            .exits(0)
            .keeps_quiet();
    }
    for choice in [
        ["--view", "early"],
        ["--periods", "one"],
        ["--mediator", "ODD"],
    ] {
        project
            .run(&["report", "--data", "data", choice[0], choice[1]])
            .exits(0)
            .says(&format!("reports/harbour-{}", choice[1]));
    }
}

#[test]
fn completions_and_the_manual_are_printed() {
    let project = Project::empty();
    project.run(&["completions", "bash"]).exits(0).says("bitim");
    project.run(&["man"]).exits(0).says(".TH bitim");
}
