//! Made-up tables of pairs: one, a crowd, long names, no standings, many parts.

use std::collections::BTreeMap;

use bitim::analyse::table::{Cell, Column, Table};
use bitim::analyse::{self, Question};
use bitim::load::{self, Store};
use bitim::model::label::{Label, Language};
use bitim::model::measure::Measure;
use bitim::model::missing::Reason;
use bitim::render::figure::{Figure, figure};
use bitim::render::find;
use bitim::validate;

use super::samples::{Codes, table};
use crate::analyse::bundled;

const LONG: &str = "Делегация непризнанной Приднестровской Молдавской Республики";

/// An actor of a sample: by its number, with or without a long name.
fn actor(place: usize, is_long: bool) -> Cell {
    let name = if is_long {
        format!("{LONG} {place}")
    } else {
        format!("Actor {place}")
    };
    Cell::Code(format!("a{place:03}"), Label::plain(name))
}

/// A table of pairs with the cases that each shares; the standing of an actor is its number among the
/// standings, every seventh is unknown.
fn pairs(ties: &[(usize, usize, u64)], standings: usize, is_long: bool) -> Table {
    let codes: Codes = (0..standings)
        .map(|code| (format!("s{code}"), Label::plain(format!("standing {code}"))))
        .collect();
    let text = |name: &str| Column::new(name, Label::plain(name), Measure::Text);
    let count = |name: &str| Column::new(name, Label::plain(name), Measure::Count);
    let coded =
        |name: &str| Column::coded(name, Label::plain(name), Measure::Nominal, codes.clone());
    let mut columns = vec![text("one"), text("other"), count("cases")];
    for end in ["one", "other"] {
        columns.push(count(&format!("{end}_cases")));
        if standings > 0 {
            columns.push(coded(&format!("{end}_standing")));
        }
    }
    let mut all: BTreeMap<usize, u64> = BTreeMap::new();
    for (one, other, cases) in ties {
        *all.entry(*one).or_default() += cases;
        *all.entry(*other).or_default() += cases;
    }
    let rows = ties.iter().map(|(one, other, cases)| {
        let mut row = vec![
            actor(*one, is_long),
            actor(*other, is_long),
            Cell::Count(*cases),
        ];
        for end in [one, other] {
            row.push(Cell::Count(all[end]));
            if standings > 0 {
                row.push(if end % 7 == 6 {
                    Cell::Missing(Reason::Unknown)
                } else {
                    let (code, label) = codes[end % standings].clone();
                    Cell::Code(code, label)
                });
            }
        }
        row
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    table(
        "pairs",
        Label::plain("Who with whom?"),
        ties.len(),
        columns,
        rows,
    )
}

/// Three hundred actors about a few hubs.
fn crowd() -> Vec<(usize, usize, u64)> {
    (5..300)
        .flat_map(|place| [(place % 5, place, 1), ((place * 3 + 1) % 5, place, 2)])
        .filter(|(one, other, _)| one != other)
        .collect()
}

pub(super) fn tables() -> Vec<(&'static str, Table)> {
    let apart: Vec<(usize, usize, u64)> = (0..25).map(|pair| (2 * pair, 2 * pair + 1, 1)).collect();
    let all: Vec<(usize, usize, u64)> = (0..20)
        .flat_map(|one| (one + 1..20).map(move |other| (one, other, 3)))
        .collect();
    vec![
        ("one", pairs(&[(0, 1, 1)], 3, false)),
        ("one, long", pairs(&[(0, 1, 40)], 9, true)),
        ("empty", pairs(&[], 3, false)),
        ("crowd", pairs(&crowd(), 4, false)),
        ("crowd, long", pairs(&crowd(), 10, true)),
        ("parts", pairs(&apart, 0, true)),
        ("all with all", pairs(&all, 2, true)),
    ]
}

fn drawn(table: &Table) -> Figure {
    figure(find("pairs").unwrap(), table, Language::En).unwrap()
}

/// The bundled data as the chart draws it.
fn of_the_record() -> Figure {
    let checked = validate::check(load::dataset(&Store::Bundled).unwrap()).unwrap();
    let cases = checked.accept().unwrap();
    let selection = cases.select(&Question::default()).unwrap();
    drawn(&analyse::table("pairs", &selection).unwrap())
}

#[test]
fn the_network_says_and_marks_what_the_files_hold() {
    // Actor → its cases, and the cases of every pair, from the file.
    let mut cases: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in bundled("parties.csv") {
        let of = cases.entry(row["actor"].clone()).or_default();
        if !of.contains(&row["case_id"]) {
            of.push(row["case_id"].clone());
        }
    }
    let mut ties = 0;
    let figure = of_the_record();
    for (one, theirs) in &cases {
        for (other, also) in cases.range(one.clone()..).skip(1) {
            let common = theirs.iter().filter(|case| also.contains(case)).count();
            let mark = format!("data-one=\"{one}\" data-other=\"{other}\">");
            assert_eq!(figure.svg.contains(&mark), common > 0, "{mark}");
            if common > 0 {
                ties += 1;
                let (_, rest) = figure.svg.split_once(&mark).unwrap();
                let (title, _) = rest.split_once("</title>").unwrap();
                assert!(
                    title.ends_with(&format!("cases in common: {common}")),
                    "{title}"
                );
            }
        }
        let mark = format!("data-party=\"{one}\"");
        let (_, rest) = figure.svg.split_once(&mark).unwrap();
        let (title, _) = rest.split_once("</title>").unwrap();
        assert!(
            title.contains(&format!("cases: {};", theirs.len())),
            "{title}"
        );
    }
    let said = &figure.description;
    let numbers = format!("Actors: {}, pairs that share a case: {ties}", cases.len());
    assert!(said.contains(&numbers), "{said}");
    let russia = format!("In most cases: Russia {}", cases["RUS"].len());
    assert!(said.contains(&russia), "{said}");
    // Their one case has no other party.
    let apart =
        "Apart from the rest: Centre for Political and Foreign Affairs, Syrian opposition figures.";
    assert!(said.contains(apart), "{said}");
}

#[test]
fn a_crowd_is_cut_to_what_can_be_read_and_names_the_rest() {
    let svg = drawn(&pairs(&crowd(), 4, false)).svg;
    // Of sixty the hub 2 goes: whoever is tied to it is tied to nobody else.
    assert_eq!(svg.matches("class=\"party\"").count(), 59);
    assert!(svg.contains("the least connected first to go: 241 – Actor 2,"));
}

#[test]
fn a_table_without_pairs_is_a_sentence() {
    let figure = drawn(&pairs(&[], 3, false));
    let sentence = "No case of the record has two known parties.";
    assert!(figure.svg.contains(sentence) && figure.description.contains(sentence));
    assert!(!figure.svg.contains("class=\"party\""));
}
