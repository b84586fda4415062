//! Every chart over real data sets: the bundled one in its views, one of another shape, three cases,
//! none, and a crowd of ten times as many cases with every period of one year.

use std::collections::BTreeMap;

use bitim::analyse::{self, Question};
use bitim::error::Error;
use bitim::load::{self, Store};
use bitim::model::label::Language;
use bitim::render::CHARTS;
use bitim::render::figure::{Figure, figure};
use bitim::validate::{self, Cases};

use super::collisions;
use crate::harness::{Project, golden};

/// The identifiers that tell the copies of a case apart.
const COPIED: [&str; 3] = ["case_id", "event_id", "title"];

/// The bundled data with every case ten times.
fn crowd() -> Project {
    let project = Project::empty();
    for (file, bytes) in load::start(false) {
        let is_table = std::path::Path::new(&file)
            .extension()
            .is_some_and(|ext| ext == "csv");
        let apart = ["article_cases.csv", "codings.csv", "decisions.csv"];
        let bytes = if !is_table {
            settings(&file, bytes)
        } else if apart.contains(&file.as_str()) {
            bytes
                .split_inclusive(|byte| *byte == b'\n')
                .next()
                .unwrap()
                .to_vec()
        } else {
            tenfold(&bytes)
        };
        project.write(&format!("data/{file}"), &bytes);
    }
    project
}

/// The study asks in years, so that there are many periods; the claims are about the record as it is.
fn settings(file: &str, bytes: Vec<u8>) -> Vec<u8> {
    match file {
        "claims.toml" => Vec::new(),
        "study.toml" => {
            let text = String::from_utf8(bytes).unwrap();
            let at = text.find("[[scheme]]").unwrap();
            let years: Vec<String> = (2012..2026)
                .map(|year| format!("{{ start = \"{year}\", end = \"{year}\" }}"))
                .collect();
            let scheme = format!(
                "[[scheme]]\nname = \"years\"\nlabel = \"years\"\nperiod = [{}]\n\n",
                years.join(", ")
            );
            format!("{}{scheme}{}", &text[..at], &text[at..]).into_bytes()
        }
        _ => bytes,
    }
}

fn tenfold(bytes: &[u8]) -> Vec<u8> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().unwrap().clone();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).unwrap();
    let is_about_cases = header.iter().any(|column| column == "case_id");
    for record in reader.records() {
        let record = record.unwrap();
        for copy in 0..if is_about_cases { 10 } else { 1 } {
            let cells = header.iter().zip(&record).map(|(column, cell)| {
                if copy > 0 && COPIED.contains(&column) {
                    format!("{cell}-{copy}")
                } else {
                    cell.to_owned()
                }
            });
            writer.write_record(cells).unwrap();
        }
    }
    writer.into_inner().unwrap()
}

pub(super) fn cases(store: &Store) -> Cases {
    validate::cases(load::dataset(store).unwrap())
        .unwrap()
        .accept()
        .unwrap()
}

/// The figures that a data set gives, by chart; a chart whose table it lacks is left out.
fn figures(
    cases: &Cases,
    question: &Question,
    language: Language,
) -> BTreeMap<&'static str, Figure> {
    let selection = cases.select(question).unwrap();
    let drawn = CHARTS.iter().filter_map(|chart| {
        let table = match analyse::table(chart.of, &selection) {
            Err(Error::MissingConcept { .. }) => return None,
            table => table.unwrap(),
        };
        Some((chart.name, figure(chart, &table, language).unwrap()))
    });
    drawn.collect()
}

#[test]
fn no_text_of_a_real_figure_collides_or_is_cut() {
    let project = |project: &Project| cases(&Store::Folder(project.path("data")));
    let bundled = cases(&Store::Bundled);
    let empty = Project::empty();
    empty.run(&["init", "data", "--empty"]).exits(0);
    let samples = vec![
        ("bundled", cases(&Store::Bundled), Question::default()),
        (
            "article",
            bundled,
            Question {
                view: Some("article".to_owned()),
                ..Question::default()
            },
        ),
        (
            "harbour",
            project(&Project::fixture("harbour")),
            Question::default(),
        ),
        (
            "three",
            project(&Project::three_cases()),
            Question::default(),
        ),
        ("none", project(&empty), Question::default()),
        ("crowd", project(&crowd()), Question::default()),
    ];
    let mut problems = Vec::new();
    for (name, cases, question) in samples {
        for language in Language::ALL {
            for (chart, figure) in figures(&cases, &question, language) {
                problems.extend(collisions(
                    &figure,
                    &format!("{name} {chart} {}", language.tag()),
                ));
            }
        }
    }
    assert!(
        problems.is_empty(),
        "{} problems\n{}",
        problems.len(),
        problems[..problems.len().min(40)].join("\n")
    );
}

#[test]
fn the_figures_of_the_bundled_data_are_golden() {
    let figures = figures(&cases(&Store::Bundled), &Question::default(), Language::En);
    let made: Vec<(String, Vec<u8>)> = figures
        .into_iter()
        .map(|(chart, figure)| (format!("{chart}.svg"), figure.svg.into_bytes()))
        .collect();
    golden("figures", &made);
}
