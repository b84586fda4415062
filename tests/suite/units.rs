//! Events, cases and engagements are each counted once: everything that `tests/fixtures/rivers` shares is
//! recounted by plain loops over its files, and nothing that any data set declares is lost.

use std::collections::{BTreeMap, BTreeSet};

use std::path::Path;

use bitim::model::codebook::{Codebook, TableSpec};
use bitim::model::measure::Measure;
use bitim::polars::prelude::{DataFrame, DataType, ExplodeOptions};
use bitim::{load, validate};

use crate::analyse::rows;
use crate::harness::{Project, tests};

type Row = BTreeMap<String, String>;
type Names = BTreeSet<String>;

const PARTS: [(&str, &str); 3] = [("h", "host"), ("c", "carry"), ("d", "draft")];
const RESULTS: [&str; 3] = ["nothing", "truce", "treaty"];
const PERIODS: [&str; 2] = ["1990-1999", "2000-2009"];

fn file(name: &str) -> Vec<Row> {
    let path = tests().join("fixtures/rivers").join(name);
    rows(&std::fs::read(path).unwrap())
}

fn items(cell: &str) -> Names {
    let known = Some(cell).filter(|cell| !cell.starts_with('-'));
    known
        .into_iter()
        .flat_map(|cell| cell.split(';'))
        .map(str::to_owned)
        .collect()
}

fn parts(row: &Row) -> Names {
    let held = PARTS.iter().filter(|(column, _)| row[*column] == "1");
    held.map(|(_, part)| (*part).to_owned()).collect()
}

fn period(day: &str) -> &'static str {
    PERIODS[usize::from(day >= "2000")]
}

/// What one mediator, or all of them, did in a dispute.
#[derive(Default)]
struct Part {
    start: String,
    result: Option<usize>,
    roles: Names,
    parties: Names,
    regions: Names,
    events: Names,
}

/// The disputes of a mediator, or all.
fn disputes(of: Option<&str>) -> BTreeMap<String, Part> {
    let mut found: BTreeMap<String, Part> = BTreeMap::new();
    for event in events(of) {
        let part = found.entry(event["dispute"].clone()).or_default();
        if part.start.is_empty() || event["day"] < part.start {
            part.start.clone_from(&event["day"]);
        }
        let result = RESULTS.iter().position(|result| event[*result] == "1");
        part.result = part.result.max(result);
        part.roles.extend(parts(&event));
        part.events.insert(event["id"].clone());
    }
    for role in file("roles.csv") {
        let is_theirs = of.is_none_or(|of| role["whose"] == of);
        if let Some(part) = found.get_mut(&role["dispute"]).filter(|_| is_theirs) {
            part.roles.extend(parts(&role));
        }
    }
    // Parties and regions are those of the dispute, whoever mediates.
    for event in events(None) {
        if let Some(part) = found.get_mut(&event["dispute"]) {
            part.parties.extend(items(&event["sides"]));
            part.regions.extend(items(&event["region"]));
        }
    }
    for row in file("parties.csv") {
        if let Some(part) = found.get_mut(&row["dispute"]) {
            part.parties.extend(items(&row["which"]));
        }
    }
    found
}

/// The events of disputes in which a mediator took part, or all.
fn events(of: Option<&str>) -> Vec<Row> {
    let is_theirs = |event: &Row| of.is_none_or(|of| items(&event["who"]).contains(of));
    let events = file("events.csv").into_iter();
    events
        .filter(|event| event["dispute"] != "-8" && is_theirs(event))
        .collect()
}

fn home(mediator: &str) -> Option<&'static str> {
    match mediator {
        "Ann" => Some("Eastland"),
        "Bo" => Some("Westland"),
        _ => None,
    }
}

/// Whether an event was at the home of a mediator, or of any of its mediators.
fn at_home(event: &Row, of: Option<&str>) -> Option<bool> {
    let lands = items(&event["lands"]);
    let who = items(&event["who"]);
    let asked = who.iter().filter(|who| of.is_none_or(|of| of == *who));
    let each: Vec<Option<bool>> = asked.map(|who| Some(lands.contains(home(who)?))).collect();
    if each.contains(&Some(true)) {
        return Some(true);
    }
    (!each.is_empty() && !each.contains(&None)).then_some(false)
}

fn printed(table: &str, of: Option<&str>) -> Vec<Row> {
    let project = Project::fixture("rivers");
    let mut arguments = vec!["table", table, "--data", "data", "--format", "csv"];
    arguments.extend(of.iter().flat_map(|of| ["--mediator", *of]));
    rows(project.run(&arguments).exits(0).stdout.as_bytes())
}

fn number(row: &Row, column: &str) -> usize {
    let cell = &row[column];
    cell.parse()
        .unwrap_or_else(|_| panic!("{column} of {row:?}"))
}

/// Everybody together, and each of the three.
const ASKED: [Option<&str>; 4] = [None, Some("Ann"), Some("Bo"), Some("Cy")];

#[test]
fn roles_results_and_shares_count_a_case_once() {
    for of in ASKED {
        let disputes = disputes(of);
        let inside = |code: &str| {
            disputes
                .values()
                .filter(|part| period(&part.start) == code)
                .collect::<Vec<_>>()
        };
        let printed_roles = printed("roles", of);
        assert_eq!(printed_roles.len(), 6);
        for row in &printed_roles {
            let cases = inside(&row["period"]);
            let with = cases
                .iter()
                .filter(|part| part.roles.contains(&row["role"]))
                .count();
            assert_eq!(number(row, "cases"), cases.len(), "{of:?} {row:?}");
            assert_eq!(number(row, "share_n"), with, "{of:?} {row:?}");
        }
        for row in printed("outcomes", of) {
            let cases: Vec<&Part> = match (row["by"].as_str(), row["group"].as_str()) {
                ("all", _) => disputes.values().collect(),
                ("period", code) => inside(code),
                (_, "") => disputes
                    .values()
                    .filter(|part| part.roles.is_empty())
                    .collect(),
                (_, role) => disputes
                    .values()
                    .filter(|part| part.roles.contains(role))
                    .collect(),
            };
            assert_eq!(number(&row, "cases"), cases.len(), "{of:?} {row:?}");
            for (rank, result) in RESULTS.iter().enumerate() {
                let n = cases
                    .iter()
                    .filter(|part| part.result == Some(rank))
                    .count();
                assert_eq!(
                    number(&row, &format!("outcome_{result}")),
                    n,
                    "{of:?} {row:?}"
                );
            }
        }
        for row in printed("success", of) {
            let cases: Vec<&Part> = match (row["by"].as_str(), row["group"].as_str()) {
                ("all", _) => disputes.values().collect(),
                ("period", code) => inside(code),
                (_, role) => disputes
                    .values()
                    .filter(|part| part.roles.contains(role))
                    .collect(),
            };
            let known: Vec<usize> = cases.iter().filter_map(|part| part.result).collect();
            assert_eq!(number(&row, "success_of"), known.len(), "{of:?} {row:?}");
            for (column, rank) in [("success_n", 2), ("reached_truce_n", 1)] {
                let n = known.iter().filter(|result| **result >= rank).count();
                assert_eq!(number(&row, column), n, "{of:?} {row:?}");
            }
        }
    }
}

#[test]
fn events_are_counted_once_whoever_took_part() {
    for of in ASKED {
        let (events, disputes) = (events(of), disputes(of));
        for row in printed("profile", of) {
            let inside = |event: &&Row| period(&event["day"]) == row["period"];
            let begun = disputes
                .values()
                .filter(|part| period(&part.start) == row["period"]);
            assert_eq!(
                number(&row, "events"),
                events.iter().filter(inside).count(),
                "{of:?}"
            );
            assert_eq!(number(&row, "cases"), begun.count(), "{of:?}");
            let known: Vec<bool> = events
                .iter()
                .filter(inside)
                .filter_map(|event| at_home(event, of))
                .collect();
            assert_eq!(number(&row, "hosted_of"), known.len(), "{of:?} {row:?}");
            let there = known.iter().filter(|home| **home).count();
            assert_eq!(number(&row, "hosted_n"), there, "{of:?} {row:?}");
        }
        for row in printed("activity", of)
            .iter()
            .filter(|row| row["scale"] == "year")
        {
            let n = events
                .iter()
                .filter(|event| event["day"].starts_with(&row["span"]))
                .count();
            assert_eq!(number(row, "events"), n, "{of:?} {row:?}");
        }
        let places: Names = events
            .iter()
            .flat_map(|event| items(&event["where"]))
            .collect();
        let venues: Vec<Row> = printed("venues", of)
            .into_iter()
            .filter(|row| row["scope"] == "place")
            .collect();
        assert_eq!(venues.len(), places.len(), "{of:?}");
        for row in venues {
            let n = events
                .iter()
                .filter(|event| items(&event["where"]).contains(&row["place"]))
                .count();
            assert_eq!(number(&row, "events"), n, "{of:?} {row:?}");
        }
    }
}

#[test]
fn parties_regions_and_the_list_are_those_of_the_cases() {
    for of in ASKED {
        let disputes = disputes(of);
        let parties: Names = disputes
            .values()
            .flat_map(|part| part.parties.clone())
            .collect();
        let rows = printed("parties", of);
        assert_eq!(rows.len(), parties.len(), "{of:?}");
        for row in rows {
            let n = disputes
                .values()
                .filter(|part| part.parties.contains(&row["party"]))
                .count();
            assert_eq!(number(&row, "cases"), n, "{of:?} {row:?}");
        }
        for row in printed("regions", of)
            .iter()
            .filter(|row| row["period"] == "all")
        {
            let n = disputes
                .values()
                .filter(|part| part.regions.contains(&row["region"]))
                .count();
            assert_eq!(number(row, "cases"), n, "{of:?} {row:?}");
        }
        let list = printed("cases", of);
        assert_eq!(list.len(), disputes.len(), "{of:?}");
        for row in list {
            let part = &disputes[&row["case"]];
            assert_eq!(number(&row, "events"), part.events.len(), "{of:?} {row:?}");
            assert_eq!(
                row["roles"]
                    .split("; ")
                    .filter(|role| !role.is_empty())
                    .count(),
                part.roles.len(),
                "{row:?}"
            );
        }
    }
}

#[test]
fn a_shared_record_goes_through_every_command() {
    let project = Project::fixture("rivers");
    for of in [&[][..], &["--mediator", "Ann"], &["--mediator", "Cy"]] {
        let all = [
            &["report", "--data", "data", "--output", "out", "--force"],
            of,
        ]
        .concat();
        project.run(&all).exits(0);
    }
    project
        .run(&["check", "--data", "data"])
        .exits(0)
        .says("V306 no-case");
    for command in ["list", "sensitivity"] {
        project.run(&[command, "--data", "data"]).exits(0);
    }
    project
        .run(&["chart", "timeline", "--data", "data", "--output", "one"])
        .exits(0);
    project.run(&["diff", "data", "data"]).exits(0);
    project
        .run(&["table", "roles", "--data", "data", "--mediator", "Dee"])
        .exits(2)
        .complains("Ann, Bo, Cy");
}

#[test]
fn a_role_of_nobody_in_particular_is_given_to_nobody() {
    let project = Project::fixture("rivers");
    project.write(
        "data/roles.csv",
        b"dispute,whose,h,c,d\ndelta,-9,0,0,1\nlake,-9,1,0,0\n",
    );
    project
        .run(&["check", "--data", "data"])
        .exits(1)
        .says("V305 whose-role  roles.csv:2")
        .says("the case has 2 mediators: Ann, Bo");
}

/// How many values each column of a table has in its files, by the codebook alone.
fn written(folder: &Path, codebook: &Codebook, table: &TableSpec) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for file in table.file.as_slice() {
        let bytes = std::fs::read(folder.join(file)).unwrap();
        let by_name = if file.ends_with(".csv") { b',' } else { b'\t' };
        let delimiter = table.delimiter.map_or(by_name, |sign| sign as u8);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .from_reader(bytes.as_slice());
        let head: Vec<String> = reader.byte_headers().unwrap().iter().map(text).collect();
        for row in reader.byte_records() {
            let row = row.unwrap();
            let row: BTreeMap<&str, String> = head
                .iter()
                .map(String::as_str)
                .zip(row.iter().map(text))
                .collect();
            if table
                .keep
                .as_ref()
                .is_some_and(|keep| !keep.values.contains(&row[keep.column.as_str()]))
            {
                continue;
            }
            for variable in table.variables.iter().map(toml::Spanned::get_ref) {
                // A date in parts has a value where it has a year.
                let column = variable.columns().next().unwrap();
                let is_missing = |item: &str| {
                    let mut codes = codebook.missing(variable);
                    let is_open = variable.measure == Measure::Date && item == "..";
                    item.is_empty() || is_open || codes.any(|missing| missing.code == item)
                };
                let cell = &row[column];
                let items = cell
                    .split(|sign| variable.separator == Some(sign))
                    .map(str::trim);
                let n = items.filter(|item| !is_missing(item)).count();
                *counts.entry(variable.key().to_owned()).or_default() += n;
            }
            for block in table.indicators.iter().map(toml::Spanned::get_ref) {
                let yes = block
                    .columns
                    .keys()
                    .filter(|column| block.flag.yes.contains(&row[column.as_str()]));
                *counts.entry(block.concept.name().to_owned()).or_default() += yes.count();
            }
        }
    }
    counts
}

fn text(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell)
        .trim()
        .trim_start_matches('\u{feff}')
        .to_owned()
}

/// How many values a variable has in a frame.
fn held(frame: &DataFrame, key: &str) -> usize {
    let column = frame
        .column(key)
        .or_else(|_| frame.column(&format!("{key}_earliest")))
        .unwrap();
    let each = ExplodeOptions {
        empty_as_null: false,
        keep_nulls: false,
    };
    match column.dtype() {
        DataType::List(_) => column.explode(each).unwrap().len(),
        _ => column.len() - column.null_count(),
    }
}

/// The law: the values that the files of a data set have, split as declared, are the values in its frames. These
/// data sets have no value that a finding leaves out.
#[test]
fn no_declared_value_is_lost() {
    for name in ["rivers", "harbour", "record", "../../data/kazakhstan"] {
        let folder = tests().join("fixtures").join(name);
        let store = load::Store::Folder(folder.clone());
        let cases = validate::check(load::dataset(&store).unwrap())
            .unwrap()
            .accept()
            .unwrap();
        let codebook = cases.codebook();
        for table in codebook.tables() {
            let frame = cases.declared(&table.name).unwrap();
            for (key, n) in written(&folder, codebook, table) {
                assert_eq!(held(&frame, &key), n, "{name}: {key} of {}", table.name);
            }
        }
    }
}

/// And what rows say of a concept stands in the frame of it, whatever the unit of the rows and the shape of
/// their cells.
#[test]
fn every_concept_reaches_its_frame() {
    let folder = tests().join("fixtures/rivers");
    let checked = validate::check(load::dataset(&load::Store::Folder(folder)).unwrap()).unwrap();
    let cases = checked.accept().unwrap();
    let values = |frame: &DataFrame, key: &str| -> Names {
        let column = frame.column(key).unwrap();
        let column = column.explode(ExplodeOptions {
            empty_as_null: true,
            keep_nulls: true,
        });
        let column = column.unwrap_or_else(|_| frame.column(key).unwrap().clone());
        let column = column.cast(&DataType::String).unwrap();
        column
            .str()
            .unwrap()
            .iter()
            .flatten()
            .map(str::to_owned)
            .collect()
    };
    for (table, key, frame, column) in [
        ("meetings", "role", "roles", "role"),
        ("parts", "role", "roles", "role"),
        ("meetings", "party", "parties", "party"),
        ("sides", "party", "parties", "party"),
        ("meetings", "mediator", "engagements", "mediator"),
        ("meetings", "place", "places", "place"),
        ("meetings", "country", "places", "country"),
        ("meetings", "region", "regions", "region"),
        ("meetings", "event", "events", "event"),
        ("meetings", "outcome", "events", "outcome"),
    ] {
        let declared = values(&cases.declared(table).unwrap(), key);
        let reached = values(&cases.frame(frame).unwrap(), column);
        assert!(
            declared.is_subset(&reached),
            "{table}.{key} and {frame}.{column}: {declared:?}, {reached:?}"
        );
        assert!(!declared.is_empty());
    }
    assert_eq!(
        [cases.n_cases(), cases.n_engagements(), cases.n_events()],
        [3, 4, 7]
    );
}

/// A variable may have any name that the program does not keep for itself.
#[test]
fn a_variable_may_be_called_row() {
    let project = Project::fixture("rivers");
    let codebook = String::from_utf8(project.read("data/codebook.toml")).unwrap();
    let named = codebook.replace(
        "{ column = \"which\",",
        "{ column = \"which\", name = \"row\",",
    );
    assert_ne!(named, codebook);
    project.write("data/codebook.toml", named.as_bytes());
    let store = load::Store::Folder(project.path("data"));
    let cases = validate::check(load::dataset(&store).unwrap()).unwrap();
    let sides = cases.accept().unwrap().declared("sides").unwrap();
    assert_eq!(held(&sides, "row"), 5);
}

/// A case that is made of events keeps what they agree on, and success can be told apart by it.
#[test]
fn a_case_made_of_events_keeps_what_they_agree_on() {
    let project = Project::fixture("findings/V311-rows-of-a-case-disagree");
    let success = project.run(&["table", "success", "--data", "data", "--format", "csv"]);
    let by = rows(success.exits(0).stdout.as_bytes());
    let by = by.iter().filter(|row| row["by"] == "about");
    let held: Vec<[&str; 5]> = by
        .map(|row| {
            [
                "group",
                "group_missing",
                "success_n",
                "success_of",
                "unknown",
            ]
            .map(|name| row[name].as_str())
        })
        .collect();
    // delta; lake, of whose events one says nothing; ford, whose events disagree, and pond; mere.
    assert_eq!(
        held,
        [
            ["water", "", "1", "1", "0"],
            ["fish", "", "1", "1", "0"],
            ["", "unknown", "0", "2", "0"],
            ["", "na", "1", "1", "0"],
        ]
    );
}
