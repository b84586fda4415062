//! Text from outside that would act on whoever runs the program or opens what it wrote.

mod inert;
mod places;

use std::sync::LazyLock;

use bitim::analyse::{self, Question, Tables};
use bitim::error::Error;
use bitim::load::{self, Store};
use bitim::model::label::Language;
use bitim::model::visible::acts;
use bitim::render;
use bitim::render::outputs::{self, Kind};
use bitim::validate::{self, Dataset};

use crate::harness::{Project, Run};

/// Markup, links, formulas and commands, all of letters that can be seen and drawn.
pub(crate) const SEEN: [&str; 36] = [
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    "\"><svg onload=alert(4)>",
    "' onmouseover='alert(5)",
    "\" onfocus=\"alert(6)\" autofocus=\"",
    "<iframe src=javascript:alert(7)>",
    "javascript:alert(8)",
    "data:text/html,<b>9</b>",
    "</title><b>10</b>",
    "</style><style>*{display:none}</style>",
    "]]><b>12</b>",
    "<!-- 13",
    "<?php 14 ?>",
    "&lt;b&gt;15&lt;/b&gt;",
    "&#60;b&#62;16",
    "{{ 7 * 17 }}",
    "{% raw %}18",
    "[19](javascript:alert(19))",
    "![20](https://example.org/20.png)",
    "<https://example.org/21>",
    "| 22 | a cell |",
    "\\| 23 \\| <b>cell</b> \\",
    "`24` ``code``",
    "*25* _a_ ~~b~~ **c**",
    "# 26",
    "$27$ @cite28 ^a^",
    "}}, title = {{28",
    "@misc{own29,}",
    "\\input{/etc/passwd} % 30",
    "{31",
    "32}",
    "=1+41",
    "@SUM(34)",
    "+cmd|' /C calc'!A1",
    "-2+36",
];

/// What nobody sees: sequences for terminals, changes of direction, separators, what is no character.
pub(crate) const UNSEEN: [&str; 24] = [
    "a\u{1b}[2Jb",
    "c\u{1b}]0;title\u{7}",
    "d\u{1b}]8;;https://example.org\u{1b}\\link\u{1b}]8;;\u{1b}\\",
    "e\u{1b}[8mhidden",
    "f\u{1b}[1A\u{1b}[2Kforged",
    "g\u{1b}Pq\u{1b}\\",
    "h\u{1b}[6n",
    "i\u{9b}31mred",
    "j\u{9d}0;title\u{9c}",
    "k\u{90}q\u{9c}",
    "l\u{85}next",
    "m\u{8}\u{8}back",
    "n\u{7}bell",
    "o\u{b}down\u{c}page",
    "p\u{7f}\u{7f}gone",
    "q\u{1}\u{2}\u{1f}low",
    "r\u{202e}gnp.exe",
    "s\u{2066}inside\u{2069}",
    "t\u{202d}forced\u{202c}",
    "u\u{2028}line",
    "v\u{2029}paragraph",
    "w\u{ffff}none\u{fffe}",
    "x\u{e}shifted\u{f}",
    "y\u{0080}first\u{009f}last",
];

/// What may neither be raw on a terminal nor anywhere that people look.
fn is_tame(text: &str) -> bool {
    !text.contains(|letter| acts(letter) || letter == '\r')
}

fn tame(run: Run) -> Run {
    assert!(
        is_tame(&run.stdout) && is_tame(&run.stderr),
        "{:?}",
        run.to_string()
    );
    run
}

/// The data sets that hold the payloads everywhere, with their tables, which are computed once.
static SEEN_SET: LazyLock<(Dataset, Tables)> = LazyLock::new(|| computed(&SEEN));
static UNSEEN_SET: LazyLock<(Dataset, Tables)> = LazyLock::new(|| computed(&UNSEEN));

fn computed(payloads: &[&str]) -> (Dataset, Tables) {
    let project = places::project(payloads);
    let records = load::dataset(&Store::Folder(project.path("data"))).unwrap();
    let cases = validate::check(records).unwrap().accept().unwrap();
    let tables = analyse::tables(&cases.select(&Question::default()).unwrap()).unwrap();
    (cases, tables)
}

#[test]
fn a_terminal_is_steered_by_nothing_in_the_data() {
    let project = places::project(&UNSEEN);
    for arguments in [
        &["check", "--data", "data"][..],
        &["list", "--data", "data"],
        &["claims", "--data", "data"],
        &["adjudicate", "--data", "data"],
        &["reliability", "--data", "data"],
        &["sources", "--data", "data", "--weak"],
        &["table", "cases", "--data", "data"],
        &["table", "cases", "--data", "data", "--view", UNSEEN[0]],
        &["table", "cases", "--data", "data", "--coder", UNSEEN[1]],
        &["diff", "data", "new"],
        &["chart", "roles", "--data", "data", "-o", UNSEEN[2]],
    ] {
        let run = tame(project.run(arguments));
        assert!(run.stdout.len() + run.stderr.len() > 20, "{run}");
    }
    let run = tame(project.run(&["check", "--data", "data", "--format", "text"]));
    for payload in UNSEEN {
        let shown = bitim::model::finding::shorten(payload);
        assert!(run.stdout.contains(&shown), "{shown}");
    }
    for table in &UNSEEN_SET.1.computed {
        let text = outputs::table("text", table, Language::En).unwrap();
        assert!(is_tame(&text), "{}", table.name);
    }
}

#[test]
fn a_terminal_is_steered_by_no_argument() {
    let project = Project::empty();
    let all = UNSEEN.concat();
    let option = format!("--{all}");
    for arguments in [
        &[&*all][..],
        &[&option],
        &["table", &all],
        &["chart", &all],
        &["explain", &all],
        &["check", "--data", &all],
        &["check", "--format", &all],
        &["table", "roles", "--format", &all],
        &["table", "roles", "--view", &all],
        &["table", "roles", "--periods", &all],
        &["table", "roles", "--mediator", &all],
        &["table", "roles", "--coder", &all],
        &["table", "roles", "--lang", &all],
        &["chart", "roles", "--width", &all],
        &["chart", "roles", "--format", &all],
        &["claims", &all],
        &["diff", &all, "bundled"],
        &["report", "--data", &all],
        &["completions", &all],
    ] {
        let run = tame(project.run(arguments).exits(2));
        assert!(run.stderr.contains("u{1b}"), "{run}");
    }
    let folder = "d\u{1b}[2J\u{202e}";
    let _ = tame(project.run(&["init", folder, "--empty"]).exits(0));
    project.write(&format!("{folder}/cases.csv"), b"mine");
    let _ = tame(project.run(&["init", folder, "--empty"]).exits(2));
}

#[test]
fn a_value_cannot_pass_for_a_finding_a_row_or_an_error() {
    let forged = "x\nerror V999 forged  cases.csv:1";
    let project = places::project(&[forged]);
    for arguments in [
        &["check", "--data", "data"][..],
        &["table", "cases", "--data", "data"],
        &["claims", "--data", "data"],
        &["adjudicate", "--data", "data"],
        &["list", "--data", "data"],
        &["diff", "data", "new"],
        &["table", "cases", "--data", forged],
    ] {
        let run = project.run(arguments);
        let mut lines = run.stdout.lines().chain(run.stderr.lines());
        assert!(
            !lines.any(|line| line.trim_start().starts_with("error V999")),
            "{run}"
        );
    }
}

#[test]
fn a_zero_character_is_nowhere_since_it_is_an_error() {
    let project = Project::three_cases();
    let study = String::from_utf8(project.read("data/study.toml")).unwrap();
    let study = study.replace("\"all cases\"", "\"all \\u0000cases\"");
    project.write("data/study.toml", study.as_bytes());
    let run = project.run(&["check", "--data", "data"]).exits(1);
    let _ = tame(run.says("error V216 control-character  study.toml:32"));
    project.run(&["table", "cases", "--data", "data"]).exits(2);
}

#[test]
fn what_a_spreadsheet_computes_is_named_and_stays() {
    let project = places::project(&SEEN);
    let run = project.run(&["check", "--data", "data"]).exits(0);
    for formula in &SEEN[SEEN.len() - 4..] {
        let _ = run
            .stdout
            .lines()
            .find(|line| {
                line.contains("V217 formula-like  cases.csv")
                    && line.contains(&format!("title = \"{formula}\""))
            })
            .unwrap_or_else(|| panic!("{formula}"));
    }
    let run = project
        .run(&["table", "timeline", "--data", "data", "--format", "csv"])
        .exits(0);
    let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
    let title = reader
        .headers()
        .unwrap()
        .iter()
        .position(|name| name == "title")
        .unwrap();
    let titles: Vec<String> = reader
        .records()
        .map(|row| row.unwrap()[title].to_owned())
        .collect();
    assert!(
        SEEN.iter()
            .all(|payload| titles.iter().any(|title| title == payload)),
        "{titles:?}"
    );
}

#[test]
fn a_report_runs_nothing_that_stands_in_the_data() {
    let (cases, tables) = &*SEEN_SET;
    let selection = cases.select(&Question::default()).unwrap();
    let bundle = render::bundle(&selection, tables, Language::En, &["svg"]).unwrap();
    let mut kinds = std::collections::BTreeSet::new();
    for (file, bytes) in &bundle.files {
        let text = std::str::from_utf8(bytes).unwrap();
        assert!(is_tame(text), "{file}");
        let ending = file.rsplit('.').next().unwrap();
        kinds.insert(ending);
        match ending {
            "html" => inert::page(text),
            "svg" => inert::drawing(file, text),
            "bib" => inert::bibliography(text),
            "json" => drop(serde_json::from_str::<serde_json::Value>(text).unwrap()),
            _ => {}
        }
    }
    assert_eq!(
        kinds.into_iter().collect::<Vec<_>>(),
        ["bib", "csv", "html", "json", "svg"]
    );
}

#[test]
fn a_figure_is_well_formed_whatever_it_names() {
    let (_, tables) = &*UNSEEN_SET;
    let mut drawn = 0;
    for chart in render::CHARTS {
        let Some(table) = tables.get(chart.of) else {
            continue;
        };
        // What has no glyph may stand in the way of a figure; one that is drawn is well-formed.
        match render::figure::figure(chart, table, Language::En) {
            Err(error) => assert!(matches!(error, Error::Draw { .. }), "{error}"),
            Ok(figure) => {
                assert!(is_tame(&figure.svg), "{}", chart.name);
                inert::drawing(chart.name, &figure.svg);
                drawn += 1;
            }
        }
    }
    assert!(drawn > 0);
}

#[test]
fn markdown_is_what_it_looks_like() {
    for table in SEEN_SET.1.computed.iter().chain(&UNSEEN_SET.1.computed) {
        let text = outputs::table("md", table, Language::En).unwrap();
        inert::markdown(table.name, &text);
    }
    for payloads in [&SEEN[..], &UNSEEN] {
        let run = places::project(payloads).run(&["diff", "data", "new", "--format", "md"]);
        inert::markdown("diff", &run.exits(1).stdout);
    }
}

#[test]
fn programs_get_what_the_data_hold() {
    let (cases, tables) = &*UNSEEN_SET;
    let csv = outputs::table("csv", tables.get("timeline").unwrap(), Language::En).unwrap();
    assert!(UNSEEN.iter().all(|payload| csv.contains(payload)));
    for format in outputs::names(Kind::Table) {
        for table in &tables.computed {
            let text = outputs::table(format, table, Language::En).unwrap();
            assert!(!text.contains('\0'), "{format}");
            let is_json =
                format != "json" || serde_json::from_str::<serde_json::Value>(&text).is_ok();
            assert!(is_json, "{}", table.name);
        }
    }
    let sources = analyse::sources(&cases.select(&Question::default()).unwrap()).unwrap();
    let bib = outputs::bibliography("bibtex", &sources).unwrap();
    assert!(is_tame(&bib), "{bib}");
}
