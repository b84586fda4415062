//! What every reader must be told: how few, and what a record of mediations cannot show.

use bitim::analyse::table::Cell;
use bitim::analyse::{Question, SELECTION, Table, tables};
use bitim::load::{self, Store};
use bitim::model::label::Language;
use bitim::model::measure::Measure;
use bitim::render::figure::figure;
use bitim::render::{CHARTS, outputs, words};
use bitim::validate::{self, Dataset};

use crate::harness::Project;

/// The bundled data, those of another shape, and three made-up cases.
fn data() -> Vec<Dataset> {
    let projects = [Project::fixture("harbour"), Project::three_cases()];
    let folders = projects
        .iter()
        .map(|project| Store::Folder(project.path("data")));
    [Store::Bundled]
        .into_iter()
        .chain(folders)
        .map(|store| {
            let checked = validate::check(load::dataset(&store).unwrap()).unwrap();
            checked.accept().unwrap()
        })
        .collect()
}

fn all(cases: &Dataset) -> Vec<Table> {
    let selection = cases.select(&Question::default()).unwrap();
    tables(&selection).unwrap().computed
}

#[test]
fn every_share_of_few_is_marked_in_every_format() {
    let mut marked = 0;
    for cases in data() {
        for table in all(&cases) {
            let shares: Vec<_> = table
                .rows
                .iter()
                .flatten()
                .filter_map(Cell::share)
                .collect();
            let few = shares
                .iter()
                .filter(|share| share.trials > 0 && share.trials < 5)
                .count();
            marked += few;
            for share in &shares {
                let is_few = (1..5).contains(&share.trials);
                assert_eq!(share.is_small(), is_few, "{}: {share:?}", table.name);
            }
            for language in Language::ALL {
                assert_eq!(words::few(&table).is_some(), few > 0, "{}", table.name);
                let legend = usize::from(few > 0);
                for format in ["text", "md"] {
                    let text = outputs::table(format, &table, language).unwrap();
                    let marks = text.matches('†').count();
                    assert_eq!(marks, few + legend, "{} as {format}", table.name);
                }
            }
            let csv = outputs::table("csv", &table, Language::En).unwrap();
            let mut reader = csv::Reader::from_reader(csv.as_bytes());
            let head = reader.headers().unwrap().clone();
            let in_columns = |row: &csv::StringRecord| {
                let cells = head.iter().zip(row);
                cells
                    .filter(|(name, cell)| name.ends_with("_is_small") && *cell == "1")
                    .count()
            };
            let columns: usize = reader.records().map(|row| in_columns(&row.unwrap())).sum();
            assert_eq!(columns, few, "{}", table.name);
            let json = outputs::table("json", &table, Language::En).unwrap();
            assert_eq!(json.matches("\"is_small\": true").count(), few);
        }
    }
    assert!(marked > 30);
}

#[test]
fn a_figure_explains_its_marks_inside_the_drawing() {
    for cases in data() {
        for table in all(&cases) {
            for chart in CHARTS.iter().filter(|chart| chart.of == table.name) {
                let figure = figure(chart, &table, Language::Ru).unwrap();
                let has_few = words::few(&table).is_some();
                let (mark, meaning) = ("† – доля менее чем", "доля менее чем от 5");
                assert_eq!(figure.svg.contains(mark), has_few, "{}", table.name);
                assert_eq!(figure.caption.contains(meaning), has_few);
            }
        }
    }
}

/// The tables that say how talks ended, as counts or as shares.
const OF_OUTCOMES: [&str; 6] = [
    "profile", "outcomes", "success", "funnel", "trends", "regions",
];

#[test]
fn what_says_how_talks_ended_says_that_it_is_no_effect() {
    for cases in data() {
        for table in all(&cases) {
            let has_success = table.columns.iter().any(|column| {
                column.measure == Measure::Share
                    && ["success", "reached_process"].contains(&&*column.name)
            });
            let says = table.notes.contains(&SELECTION);
            assert!(says || !has_success, "{}", table.name);
            assert_eq!(says, OF_OUTCOMES.contains(&table.name), "{}", table.name);
            for language in Language::ALL {
                let caveat = SELECTION.get(language).to_owned();
                for format in ["text", "md", "json"] {
                    let text = outputs::table(format, &table, language).unwrap();
                    assert_eq!(text.contains(&caveat), says, "{} as {format}", table.name);
                }
                for chart in CHARTS.iter().filter(|chart| chart.of == table.name) {
                    let figure = figure(chart, &table, language).unwrap();
                    assert_eq!(figure.caption.contains(&caveat), says, "{}", chart.name);
                    // Lines in the drawing are wrapped: the first words stand in one.
                    let begins: Vec<&str> = caveat.split(' ').take(4).collect();
                    let begins = begins.join(" ");
                    assert_eq!(figure.svg.contains(&begins), says, "{}", chart.name);
                }
            }
        }
    }
}

#[test]
fn every_page_says_it_whatever_its_tables() {
    let project = Project::fixture("harbour");
    for (language, folder) in [
        ("en", "harbour"),
        ("kk", "harbour-kk"),
        ("ru", "harbour-ru"),
    ] {
        project
            .run(&["report", "--data", "data", "--lang", language])
            .exits(0);
        let page = project.read(&format!("reports/{folder}/report.html"));
        let page = String::from_utf8(page).unwrap();
        let caveat = SELECTION.get(Language::of(language).unwrap()).to_owned();
        assert!(page.contains(&format!("<p class=\"reading\">{caveat}</p>")));
    }
}
