//! Every chart over real data in every look: for a page, a column of a journal and a slide.

use std::fmt::Write as _;

use bitim::analyse::table::Cell;
use bitim::analyse::{Question, Table};
use bitim::load::Store;
use bitim::model::label::Language;
use bitim::render::CHARTS;
use bitim::render::figure::{Figure, figure_in};
use bitim::render::ground::Ground;
use bitim::render::look::{Look, Preset};
use sha2::{Digest as _, Sha256};

use super::real::{cases, crowd, figures, tables};
use super::{collisions, drawn, hexadecimal, kazakhstan};
use crate::harness::{Project, frozen, golden};

/// Every preset in the widths in which it is asked for.
fn looks() -> Vec<Look> {
    let journal = Look::new(Preset::Journal);
    vec![
        Look::new(Preset::Web),
        Look::new(Preset::Web).wide(85.0),
        journal,
        journal.wide(85.0),
        Look::new(Preset::Slide),
        Look::new(Preset::Slide).on(Ground::Dark),
    ]
}

fn named(look: Look) -> String {
    let (preset, ground) = (look.preset.name(), look.ground.name());
    format!("{preset} {} {ground}", look.width)
}

#[test]
fn no_text_collides_or_is_cut_in_any_look() {
    let harbour = Project::fixture("harbour");
    let three = Project::three_cases();
    let article = Question {
        view: Some("article".to_owned()),
        ..Question::default()
    };
    let folder = |project: &Project| cases(&Store::Folder(project.path("data")));
    let samples = [
        ("bundled", cases(&Store::Bundled), Question::default()),
        ("article", cases(&Store::Bundled), article),
        ("harbour", folder(&harbour), Question::default()),
        ("three", folder(&three), Question::default()),
    ];
    let mut problems = Vec::new();
    for (name, cases, question) in samples {
        let tables = tables(&cases, &question);
        for look in looks() {
            for language in Language::ALL {
                for (chart, figure) in figures(look, &tables, language) {
                    let at = format!("{name} {chart} {} {}", language.tag(), named(look));
                    problems.extend(collisions(&figure, &at));
                    if !figure.svg.contains(&format!("width=\"{}mm\"", look.width)) {
                        problems.push(format!("{at}: not {} mm wide", look.width));
                    }
                }
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

/// The words of the cells that name a row.
fn names(table: &Table, language: Language) -> Vec<&str> {
    let columns = ["group", "indicator", "stage", "term"];
    let cells = columns.iter().filter_map(|column| table.column(column));
    let named = cells.flatten().filter_map(|cell| match cell {
        Cell::Text(label) | Cell::Code(_, label) => Some(label.get(language)),
        _ => None,
    });
    named.flat_map(str::split_whitespace).collect()
}

#[test]
fn rows_of_names_and_numbers_fit_every_width_from_a_column_to_a_page() {
    let (harbour, crowd) = (Project::fixture("harbour"), crowd());
    let folder = |project: &Project| cases(&Store::Folder(project.path("data")));
    let samples = [
        ("bundled", cases(&Store::Bundled)),
        ("harbour", folder(&harbour)),
        ("crowd", folder(&crowd)),
    ];
    let mut problems = Vec::new();
    for (name, cases) in samples {
        let selection = cases.select(&Question::default()).unwrap();
        let tables = ["success", "trends", "funnel", "models"].map(|name| {
            let chart = bitim::render::find(name).unwrap();
            (chart, bitim::analyse::table(chart.of, &selection).unwrap())
        });
        for width in [85.0, 100.0, 115.0, 130.0, 145.0, 160.0] {
            let look = Look::new(Preset::Journal).wide(width);
            for language in Language::ALL {
                for (chart, table) in &tables {
                    let figure = figure_in(look, chart, table, language).unwrap();
                    let at = format!("{name} {} {} {}", chart.name, language.tag(), named(look));
                    problems.extend(collisions(&figure, &at));
                    // Titles of marks and the description hold the words in any case.
                    let texts = figure.svg.split("<text").skip(1);
                    let ends = texts.filter_map(|text| text.split_once("</text>"));
                    let drawn: Vec<&str> = ends.map(|(text, _)| text).collect();
                    let is_drawn = |word: &&str| drawn.iter().any(|text| text.contains(word));
                    let broken = names(table, language)
                        .into_iter()
                        .filter(|word| !is_drawn(word));
                    problems.extend(broken.map(|word| format!("{at}: {word:?} is broken")));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Sixteen digits of a checksum a line: the drawings themselves would be megabytes.
#[test]
fn the_drawings_of_four_charts_in_every_look_are_golden() {
    let tables = tables(&cases(&frozen()), &Question::default());
    let charts: Vec<&str> = CHARTS.iter().take(4).map(|chart| chart.name).collect();
    let mut lines = String::new();
    for look in looks() {
        for language in Language::ALL {
            let figures = figures(look, &tables, language);
            for chart in &charts {
                let digest = Sha256::digest(figures[chart].svg.as_bytes());
                let digits = hexadecimal(&digest[..8]);
                let of = format!("{chart} {} {}", language.tag(), named(look));
                writeln!(lines, "{digits} {of}").unwrap();
            }
        }
    }
    golden("looks", &[("drawings.txt".to_owned(), lines.into_bytes())]);
}

fn roles_in(look: Look) -> Figure {
    let chart = bitim::render::find("roles").unwrap();
    figure_in(look, chart, &kazakhstan::roles(), Language::En).unwrap()
}

#[test]
fn a_journal_has_in_the_caption_what_a_page_has_in_the_drawing() {
    let (web, journal) = (
        roles_in(Look::default()),
        roles_in(Look::new(Preset::Journal)),
    );
    assert_eq!(web, drawn(&kazakhstan::roles(), Language::En));
    for words in [&web.title, &web.source_line] {
        assert!(
            web.svg.contains(&format!(">{words}</text>")) && !web.caption.contains(words.as_str())
        );
        assert!(!journal.svg.contains(&format!(">{words}</text>")));
        assert!(
            journal.caption.contains(words.as_str()),
            "{}",
            journal.caption
        );
    }
    assert!(
        journal.caption.contains("record of 1991-09-01 to 2026"),
        "{}",
        journal.caption
    );
    assert!(journal.caption.contains(&web.caption));
    assert_eq!(web.description, journal.description);
}

#[test]
fn a_figure_for_the_web_is_headed_by_what_its_table_found() {
    let tables = tables(&cases(&Store::Bundled), &Question::default());
    let headed = |figure: &Figure| -> String {
        let heading = "font-size=\"11\" font-weight=\"700\"";
        let lines = figure.svg.lines().filter(|line| line.contains(heading));
        let words = lines.filter_map(|line| line.split(['<', '>']).nth(2));
        words.collect::<Vec<_>>().join(" ")
    };
    for language in Language::ALL {
        for (chart, figure) in figures(Look::default(), &tables, language) {
            let (_, table) = tables.iter().find(|(spec, _)| spec.name == chart).unwrap();
            let finding = table.reading[0].get(language).trim_end_matches('.');
            assert_eq!(figure.finding, finding);
            // A line may break after a dash, where there is no space.
            let close = |text: &str| text.replace(' ', "");
            assert_eq!(close(&headed(&figure)), close(finding), "{chart}");
        }
        for (chart, figure) in figures(Look::new(Preset::Journal), &tables, language) {
            assert_eq!(headed(&figure), "", "{chart}");
            assert!(figure.caption.starts_with(&figure.title), "{chart}");
        }
    }
}

#[test]
fn a_slide_is_sixteen_to_nine_whatever_it_holds() {
    for table in [
        kazakhstan::timeline(),
        kazakhstan::roles(),
        kazakhstan::profile(),
    ] {
        let chart = bitim::render::find(table.name).unwrap();
        let slide = |look| figure_in(look, chart, &table, Language::Ru).unwrap();
        let usual = slide(Look::new(Preset::Slide));
        assert!((usual.width - 338.67).abs() < 0.01 && (usual.height - 190.5).abs() < 0.01);
        let old = slide(Look::new(Preset::Slide).wide(254.0).high(190.5));
        assert!((old.width - 254.0).abs() < 0.01 && (old.height - 190.5).abs() < 0.01);
    }
}

#[test]
fn a_dark_ground_changes_colours_and_nothing_else() {
    let dark = roles_in(Look::default().on(Ground::Dark));
    let light = roles_in(Look::default());
    assert!(dark.svg.contains("fill=\"#15181c\" class=\"paper\""));
    assert!(!dark.svg.contains("#ffffff") && !dark.svg.contains("#1c1e21"));
    let colourless = |svg: &str| -> String {
        let parts = svg.split('#').enumerate();
        parts
            .map(|(at, part)| if at == 0 { part } else { &part[6..] })
            .collect()
    };
    assert_eq!(colourless(&dark.svg), colourless(&light.svg));
}

#[test]
fn a_figure_too_narrow_for_its_words_is_refused_with_the_width_that_it_needs() {
    let project = Project::empty();
    let run = project.run(&[
        "chart",
        "reliability",
        "--preset",
        "journal",
        "--width",
        "60",
    ]);
    run.exits(2)
        .complains("it needs 85 mm at least: ask for `--width 85`");
    assert!(project.files("").is_empty());
}
