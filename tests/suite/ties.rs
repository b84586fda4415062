//! Where several come first, none of them stands for the others; and outcomes stand in the order in
//! which they were known.

use std::fmt::Write as _;

use crate::harness::Project;

const HEAD: &str = "event_id,case_id,type,start,end,place,country,outcome\n";

/// What a table of the three cases says with these events.
fn said(table: &str, events: &str) -> String {
    let project = Project::three_cases();
    project.write("data/events.csv", format!("{HEAD}{events}").as_bytes());
    project
        .run(&["table", table, "--data", "data"])
        .exits(0)
        .stdout
}

#[test]
fn up_to_three_that_tie_are_named_and_more_are_counted() {
    let project = Project::three_cases();
    let mut cases = String::from("case_id,mediator,title,kind,start,end,outcome,source\n");
    let mut events = HEAD.to_owned();
    for (at, case) in ["a", "b", "c", "d"].into_iter().enumerate() {
        let _ = writeln!(
            cases,
            "{case},NOR,Talks {case},mediation,1993-01,1993-02,process,book"
        );
        let _ = writeln!(
            events,
            "e{at},{case},round,1993-01-02,1993-01-03,Oslo,NOR,process"
        );
        project.write("data/cases.csv", cases.as_bytes());
        project.write("data/events.csv", events.as_bytes());
        project.write("data/roles.csv", b"case_id,role,uptake\n");
        project.write("data/parties.csv", b"case_id,party,standing\n");
        let text = project
            .run(&["table", "timeline", "--data", "data"])
            .exits(0)
            .stdout;
        let most = [
            "one case, Talks a, has 1 of them.",
            "the most in one case are 1, in Talks a, Talks b.",
            "the most in one case are 1, in Talks a, Talks b, Talks c.",
            "the most in one case are 1, in 4 that tie.",
        ];
        assert!(text.contains(most[at]), "{text}");
    }
}

#[test]
fn of_periods_as_busy_as_each_other_each_is_named() {
    let event = |at: usize, year: usize| {
        format!("e{at},north,round,{year}-03-02,{year}-03-02,Oslo,NOR,process\n")
    };
    let busiest = |events: String| {
        let text = said("activity", &events);
        let reading = text
            .lines()
            .find(|line| line.contains("Events were most frequent in"));
        reading.unwrap_or_default().to_owned()
    };
    let alone = busiest(event(1, 2012));
    assert_eq!(alone.matches(" years)").count(), 1, "{alone}");
    // Both decades have 3652 days.
    let tied = busiest([event(1, 1993), event(2, 2012)].concat());
    assert!(
        tied.contains("1990–1999 (1 in 10 years), 2010–2019 (1 in"),
        "{tied}"
    );
    assert!(busiest(String::new()).is_empty());
}

#[test]
fn the_longest_process_says_how_many_are_as_long() {
    let event = |at: usize, case: &str, year: usize| {
        format!("e{at},{case},round,{year}-03-02,{year}-03-02,Oslo,NOR,process\n")
    };
    let tied = said(
        "calendar",
        &[event(1, "fjord", 1993), event(2, "north", 2012)].concat(),
    );
    assert!(
        tied.contains("It is not alone: 2 cases have as many meetings"),
        "{tied}"
    );
    let alone = said("calendar", &event(1, "fjord", 1993));
    assert!(!alone.contains("not alone"), "{alone}");
}

#[test]
fn variables_unknown_as_often_are_all_named() {
    let project = Project::three_cases();
    project.write(
        "data/cases.csv",
        b"case_id,mediator,title,kind,start,end,outcome,source\n\
          fjord,NOR,Fjord,mediation,1993-01,unknown,unknown,book\n\
          island,NOR,Island,offer,2004,2004,not_held,book\n\
          north,NOR,North,mediation,2012-03-01,2012-04,process,paper\n",
    );
    let text = project
        .run(&["table", "coverage", "--data", "data"])
        .exits(0)
        .stdout;
    let reading = text
        .lines()
        .find(|line| line.contains("unknown most often"))
        .unwrap();
    assert!(
        reading.contains("”, “") && reading.contains("(1 each of 3 cases"),
        "{reading}"
    );
}

#[test]
fn an_outcome_is_known_at_the_end_of_its_event() {
    // A round from January to June that led to nothing, and an agreement in March.
    let events = "e1,fjord,round,1993-01-20,1993-06-22,Oslo,NOR,no_agreement\n\
                  e2,fjord,agreement,1993-03-13,1993-03-13,Oslo,NOR,partial\n";
    let text = said("trajectories", events);
    assert!(
        text.contains(
            "Of 1 cases with two or more dated outcomes 1 went back at least once and 1 ended"
        ),
        "{text}"
    );
    // Seen from April the round has no outcome yet.
    let project = Project::three_cases();
    project.write("data/events.csv", format!("{HEAD}{events}").as_bytes());
    let study = String::from_utf8(project.read("data/study.toml")).unwrap();
    let view = "\n[[view]]\nname = \"april\"\nlabel = \"April\"\nas_of = \"1993-04-01\"\n";
    project.write("data/study.toml", format!("{study}{view}").as_bytes());
    let run = project.run(&[
        "table",
        "trajectories",
        "--data",
        "data",
        "--view",
        "april",
        "--format",
        "csv",
    ]);
    let text = run.exits(0).stdout;
    assert!(text.contains(",e2,") && !text.contains(",e1,"), "{text}");
}
