//! Two releases of a made-up data set, compared.

use std::collections::BTreeSet;

use bitim::analyse::diff::{Counts, Diff, diff};
use bitim::analyse::{self, Question, TABLES};
use bitim::load::{self, Store};
use bitim::model::label::Language;
use bitim::render::{outputs, words};
use bitim::validate::{self, Dataset};

use crate::harness::Project;

/// A file of the data set and what is replaced in it, from what to what.
pub(crate) type Edit = (&'static str, &'static str, &'static str);

pub(crate) const CODE: Edit = ("cases.csv", "1993-09-13,partial", "1993-09-13,process");
pub(crate) const CASE: Edit = (
    "cases.csv",
    "north,",
    "gorge,NOR,The gorge dispute,mediation,2019-05,2020~,process,book\nnorth,",
);
pub(crate) const RELEASE: Edit = (
    "codebook.toml",
    "version = \"0.1.0\"",
    "version = \"0.2.0\"",
);
pub(crate) const LABEL: Edit = (
    "codebook.toml",
    "code = \"shuttle\", label = \"shuttle\"",
    "code = \"shuttle\", label = \"shuttle diplomacy\"",
);
pub(crate) const TITLE: Edit = ("cases.csv", "Northern shuttle", "The northern shuttle");
pub(crate) const PARTY: Edit = ("parties.csv", "north,E,disputant\n", "");

/// The three cases in `data/` and the same with edits in `new/`.
pub(crate) fn releases(edits: &[Edit]) -> Project {
    let project = Project::three_cases();
    copy(&project, edits);
    project
}

/// Copies the files of `data/` to `new/` with edits, each of which must find its place.
pub(crate) fn copy(project: &Project, edits: &[Edit]) {
    for file in project.files("data") {
        let name = file.trim_start_matches("data/");
        let mut bytes = project.read(&file);
        for (_, from, to) in edits.iter().filter(|edit| edit.0 == name) {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains(from), "{name} has no {from}");
            bytes = text.replacen(from, to, 1).into_bytes();
        }
        project.write(&format!("new/{name}"), &bytes);
    }
}

pub(crate) fn cases(project: &Project, folder: &str) -> Dataset {
    let records = load::dataset(&Store::Folder(project.path(folder))).unwrap();
    validate::check(records).unwrap().accept().unwrap()
}

pub(crate) fn compared(project: &Project) -> Diff {
    let (old, new) = (cases(project, "data"), cases(project, "new"));
    diff(&old, &new, &Question::default()).unwrap()
}

/// `table | row | column: old → new`, for every cell that moved.
pub(crate) fn moved(diff: &Diff) -> Vec<String> {
    let read = |cell: &analyse::Cell| words::cell(cell).get(Language::En).to_owned();
    let tables = diff.numbers.iter();
    tables
        .flat_map(|table| table.moved.iter().map(move |moved| (table.table, moved)))
        .map(|(table, moved)| {
            let row: Vec<String> = moved.row.iter().map(read).collect();
            let (old, new) = (read(&moved.old), read(&moved.new));
            format!(
                "{table} | {} | {}: {old} → {new}",
                row.join(", "),
                moved.column
            )
        })
        .collect()
}

#[test]
fn the_same_data_twice_is_no_difference() {
    let project = releases(&[]);
    for (old, new) in [("data", "data"), ("data", "new"), ("bundled", "bundled")] {
        project
            .run(&["diff", old, new])
            .exits(0)
            .says("no difference in rows, settings or published values");
    }
    let harbour = Project::fixture("harbour");
    harbour
        .run(&["diff", "data", "data", "--format", "json"])
        .exits(0)
        .says("\"is_same\": true");
}

#[test]
fn the_order_of_rows_columns_and_settings_is_no_difference() {
    let project = releases(&[]);
    for file in [
        "cases.csv",
        "events.csv",
        "parties.csv",
        "roles.csv",
        "sources.csv",
    ] {
        let mut reader =
            csv::Reader::from_reader(std::io::Cursor::new(project.read(&format!("data/{file}"))));
        let mut writer = csv::Writer::from_writer(Vec::new());
        let turned = |record: &csv::StringRecord| -> Vec<String> {
            record.iter().rev().map(str::to_owned).collect()
        };
        writer
            .write_record(turned(reader.headers().unwrap()))
            .unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        for row in rows.iter().rev() {
            writer.write_record(turned(row)).unwrap();
        }
        project.write(&format!("new/{file}"), &writer.into_inner().unwrap());
    }
    let study = String::from_utf8(project.read("data/study.toml")).unwrap();
    let study = study.replace(
        "level = 0.95\nfloor = 5",
        "# the usual\nfloor = 5\nlevel = 0.950",
    );
    let study = study.replace("floor = 5                   #", "floor = 5 #");
    project.write("new/study.toml", study.as_bytes());
    project.run(&["diff", "data", "new"]).exits(0);
}

#[test]
fn a_renamed_file_is_a_setting_and_moves_nothing() {
    let project = releases(&[(
        "codebook.toml",
        "file = \"cases.csv\"",
        "file = \"record.csv\"",
    )]);
    project.write("new/record.csv", &project.read("data/cases.csv"));
    let found = compared(&project);
    let expected = Counts {
        settings: 1,
        ..Counts::default()
    };
    assert_eq!(found.counts(), expected);
    project
        .run(&["diff", "data", "new"])
        .exits(1)
        .says("1 setting changed, no published value moved")
        .says("codebook.toml, table.cases.file: cases.csv → record.csv");
}

#[test]
fn a_changed_code_moves_exactly_the_cells_that_rest_on_it() {
    let found = compared(&releases(&[CODE]));
    assert_eq!(found.counts().codes, 1);
    assert_eq!(found.rows.len(), 1);
    let tables = [
        "profile", "timeline", "cases", "activity", "roles", "outcomes", "success", "funnel",
        "trends", "parties", "coverage",
    ];
    let is_checked = |line: &String| {
        tables
            .iter()
            .any(|table| line.starts_with(&format!("{table} |")))
    };
    let moved: Vec<String> = moved(&found).into_iter().filter(is_checked).collect();
    assert_eq!(
        moved,
        [
            "profile | 1990–1999 | success: 1/1† · 100% [21–100%] → 0/1† · 0% [0–79%]",
            "timeline | fjord, case, 1993-01-01 | outcome: partial → process",
            "cases | Talks by the fjord, first series | outcome: partial → process",
            "outcomes | all, all | outcome_process: 1 → 2",
            "outcomes | all, all | outcome_partial: 1 → 0",
            "outcomes | deepest role, facilitation | outcome_process: 0 → 1",
            "outcomes | deepest role, facilitation | outcome_partial: 1 → 0",
            "outcomes | period, 1990–1999 | outcome_process: 0 → 1",
            "outcomes | period, 1990–1999 | outcome_partial: 1 → 0",
            "success | all, all | success: 1/2† · 50% [9–91%] → 0/2† · 0% [0–66%]",
            "success | all, all | if_failed: 1/2† · 50% → 0/2† · 0%",
            "success | all, all | if_succeeded: 1/2† · 50% → 0/2† · 0%",
            "success | period, 1990–1999 | success: 1/1† · 100% [21–100%] → 0/1† · 0% [0–79%]",
            "success | period, 1990–1999 | if_failed: 1/1† · 100% → 0/1† · 0%",
            "success | period, 1990–1999 | if_succeeded: 1/1† · 100% → 0/1† · 0%",
            "success | role, venue | success: 1/1† · 100% [21–100%] → 0/1† · 0% [0–79%]",
            "success | role, venue | if_failed: 1/1† · 100% → 0/1† · 0%",
            "success | role, venue | if_succeeded: 1/1† · 100% → 0/1† · 0%",
            "success | role, facilitation | success: 1/1† · 100% [21–100%] → 0/1† · 0% [0–79%]",
            "success | role, facilitation | if_failed: 1/1† · 100% → 0/1† · 0%",
            "success | role, facilitation | if_succeeded: 1/1† · 100% → 0/1† · 0%",
            "funnel | agreement: ceasefire or more | cases: 1 → 0",
            "funnel | agreement: ceasefire or more | ended: 1 → 2",
            "funnel | agreement: ceasefire or more | of_before: 1/2† · 50% [9–91%] → 0/2† · 0% [0–66%]",
            "funnel | agreement: ceasefire or more | of_all: 1/3† · 33% [6–79%] → 0/3† · 0% [0–56%]",
            "trends | reached ceasefire or more | first: 1/1† · 100% [21–100%] → 0/1† · 0% [0–79%]",
            "trends | reached ceasefire or more | p: 1.000 → does not apply",
            "trends | reached ceasefire or more | in_words: the record does not settle whether it changed → not computable: the values do not vary",
            "trends | reached ceasefire or more | first_low: 0.2 → 0.0",
            "trends | reached ceasefire or more | first_high: 1.0 → 0.8",
        ]
    );
    let rest = (found
        .numbers
        .iter()
        .map(|table| table.added.len() + table.removed.len() + table.renamed.len()))
    .sum::<usize>();
    assert_eq!((rest, found.settings.len()), (0, 0));
    let headlines: Vec<&str> = found.headlines.iter().map(|one| one.name).collect();
    assert_eq!(headlines, ["success"]);
}

#[test]
fn tables_that_differ_are_those_whose_csv_differs() {
    for edits in [
        &[CODE][..],
        &[CASE],
        &[TITLE],
        &[PARTY],
        &[CODE, CASE, PARTY],
    ] {
        let project = releases(edits);
        let (old, new) = (cases(&project, "data"), cases(&project, "new"));
        let written = |cases: &Dataset, name: &str| {
            let selection = cases.select(&Question::default()).unwrap();
            let table = analyse::table(name, &selection).ok()?;
            let csv = outputs::table("csv", &table, Language::En).unwrap();
            Some((table.n, table.missing, csv))
        };
        let differing: BTreeSet<&str> = TABLES
            .iter()
            .map(|spec| spec.name)
            .filter(|name| written(&old, name) != written(&new, name))
            .collect();
        let found = diff(&old, &new, &Question::default()).unwrap();
        // A title stands in the CSV of these tables alone; elsewhere it names a code.
        let titled = ["timeline", "trajectories", "calendar"];
        let told: BTreeSet<&str> = found
            .numbers
            .iter()
            .filter(|table| edits != [TITLE] || titled.contains(&table.table))
            .map(|table| table.table)
            .collect();
        assert_eq!(told, differing, "{edits:?}");
    }
}

#[test]
fn a_new_label_is_told_as_a_label_and_a_new_title_as_a_rewording() {
    let found = compared(&releases(&[LABEL]));
    let expected = Counts {
        labels: 1,
        ..Counts::default()
    };
    assert_eq!(found.counts(), expected);
    let found = compared(&releases(&[TITLE]));
    assert_eq!((found.counts().texts, found.counts().moved), (1, 0));
    assert!(found.counts().renamed > 0);
}

#[test]
fn a_case_that_comes_is_named_and_so_are_its_rows() {
    let project = releases(&[CASE, PARTY]);
    let found = compared(&project);
    let counts = found.counts();
    assert_eq!(
        (counts.cases_added, counts.rows_removed, counts.codes),
        (1, 1, 0)
    );
    project
        .run(&["diff", "data", "new"])
        .exits(1)
        .says("1 case added, 1 other row removed, ")
        .says("added: gorge")
        .says("removed: north, E, disputant");
    project
        .run(&["diff", "new", "data"])
        .exits(1)
        .says("1 case removed, 1 other row added, ");
}

#[test]
fn cases_that_grouping_makes_come_and_go_and_their_codes_are_told_once() {
    let project = Project::fixture("harbour");
    copy(&project, &[]);
    let file = "new/meetings_2000s.csv";
    let mut bytes = project.read(file);
    bytes.extend(b"10;mole;;Frey;North|West;2010;1;1;Freya;truce;x;;;y\n");
    project.write(file, &bytes);
    let counts = compared(&project).counts();
    assert_eq!(
        (counts.cases_added, counts.rows_added, counts.codes),
        (1, 1, 0)
    );
    copy(&project, &[]);
    let text: Vec<u8> = project.read(file);
    let place = text
        .windows(5)
        .rposition(|window| window == b"truce")
        .unwrap();
    let changed = [&text[..place], b"treaty", &text[place + 5..]].concat();
    project.write(file, &changed);
    let found = compared(&project);
    assert_eq!((found.counts().codes, found.rows.len()), (1, 1));
    assert_eq!(found.rows[0].changed[0].variable, "signed");
}

#[test]
fn rows_without_a_key_are_counted_as_they_stand() {
    let edit = (
        "codebook.toml",
        "key = [\"case_id\", \"party\", \"standing\"]\n",
        "",
    );
    let project = releases(&[edit]);
    project.write("data/codebook.toml", &project.read("new/codebook.toml"));
    project.write(
        "data/parties.csv",
        b"case_id,party,standing\nfjord,A,disputant\nfjord,A,disputant\n",
    );
    project.write(
        "new/parties.csv",
        b"case_id,party,standing\nfjord,B,disputant\nfjord,A,disputant\n",
    );
    let counts = compared(&project).counts();
    assert_eq!((counts.rows_added, counts.rows_removed), (1, 1));
}

#[test]
fn data_sets_that_share_nothing_can_be_compared() {
    let project = Project::three_cases();
    for file in Project::fixture("harbour").files("data") {
        let bytes = Project::fixture("harbour").read(&file);
        project.write(&file.replace("data/", "new/"), &bytes);
    }
    for (old, new) in [("data", "new"), ("new", "data")] {
        for language in ["en", "kk", "ru"] {
            for format in ["text", "md", "json"] {
                let run = project
                    .run(&["diff", old, new, "--format", format, "--lang", language])
                    .exits(1)
                    .keeps_quiet();
                assert!(!run.stdout.contains("{n}"), "{run}");
            }
        }
    }
}
