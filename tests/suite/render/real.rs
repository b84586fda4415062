//! Every chart over real data sets: the bundled one in its views, one of another shape, three cases,
//! none, and a crowd of ten times as many cases in periods of one year.

use std::collections::BTreeMap;

use bitim::analyse::{self, Question, Table};
use bitim::error::Error;
use bitim::load::{self, Store};
use bitim::model::label::Language;
use bitim::render::CHARTS;
use bitim::render::charts::ChartSpec;
use bitim::render::figure::{Figure, figure_in};
use bitim::render::look::Look;
use bitim::validate::{self, Dataset};

use super::collisions;
use crate::crowd;
use crate::harness::Project;

/// The bundled data with every case ten times, asked in years.
pub(super) fn crowd() -> Project {
    let project = Project::empty();
    for (file, bytes) in crowd::files(10) {
        project.write(&format!("data/{file}"), &bytes);
    }
    project
}

pub(super) fn cases(store: &Store) -> Dataset {
    validate::check(load::dataset(store).unwrap())
        .unwrap()
        .accept()
        .unwrap()
}

/// The tables of the charts that a data set can have.
pub(super) fn tables(cases: &Dataset, question: &Question) -> Vec<(&'static ChartSpec, Table)> {
    let selection = cases.select(question).unwrap();
    let computed = CHARTS
        .iter()
        .map(|chart| match analyse::table(chart.of, &selection) {
            Err(Error::MissingConcept { .. }) => None,
            table => Some((*chart, table.unwrap())),
        });
    computed.flatten().collect()
}

/// Their figures in a look that is wide enough for them.
pub(super) fn figures(
    look: Look,
    tables: &[(&'static ChartSpec, Table)],
    language: Language,
) -> BTreeMap<&'static str, Figure> {
    tables
        .iter()
        .map(|(chart, table)| (chart.name, figure_in(look, chart, table, language).unwrap()))
        .collect()
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
        let tables = tables(&cases, &question);
        for language in Language::ALL {
            for (chart, figure) in figures(Look::default(), &tables, language) {
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
