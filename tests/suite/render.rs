//! Figures over ordinary and extreme tables: nothing collides, nothing leaves the page, the same
//! table gives the same bytes.
#![expect(
    clippy::unwrap_used,
    reason = "a helper that fails fails the test that called it"
)]

mod described;
mod extremes;
mod facts;
mod kazakhstan;
mod looks;
mod maps;
mod narrow;
mod networks;
mod numbers;
mod palette;
mod pdf;
mod real;
mod retold;
mod samples;
mod second_path;

use std::fmt::Write as _;

use bitim::analyse::table::{Cell, Table};
use bitim::analyse::{self, Question};
use bitim::error::Error;
use bitim::load;
use bitim::model::label::{Label, Language};
use bitim::model::missing::Reason;
use bitim::render::figure::{Figure, figure};
use bitim::render::outputs::png;
use bitim::render::{CHARTS, find};
use bitim::validate;
use resvg::usvg::{Group, Node, Rect};

use crate::harness::frozen;

fn tables() -> Vec<(&'static str, Table)> {
    let mut tables = vec![
        ("kazakhstan", kazakhstan::timeline()),
        ("kazakhstan", kazakhstan::roles()),
        ("kazakhstan", kazakhstan::profile()),
    ];
    tables.extend(extremes::tables());
    tables
}

fn drawn(table: &Table, language: Language) -> Figure {
    figure(find(table.name).unwrap(), table, language).unwrap()
}

/// Two digits a byte.
fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut digits, byte| {
        write!(digits, "{byte:02x}").unwrap();
        digits
    })
}

/// Every text of the figure with its box in pixels of the parsed picture.
fn texts(group: &Group, found: &mut Vec<(String, Rect)>) {
    for node in group.children() {
        match node {
            Node::Group(group) => texts(group, found),
            Node::Text(text) => {
                let words = text
                    .chunks()
                    .iter()
                    .map(|chunk| chunk.text().to_owned())
                    .collect();
                // The box of the text itself spans lines of its size; the ink is what collides.
                let ink = text.flattened().bounding_box();
                found.push((words, ink.transform(text.abs_transform()).unwrap()));
            }
            _ => {}
        }
    }
}

/// The texts of a figure that run into each other or over its edge.
fn collisions(figure: &Figure, at: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let tree = png::tree(figure).unwrap();
    let mut found = Vec::new();
    texts(tree.root(), &mut found);
    assert!(found.iter().all(|(_, rect)| rect.width() > 0.0));
    assert!(found.len() > 3, "{at}: a figure without words");
    let (width, height) = (tree.size().width(), tree.size().height());
    for (place, (words, rect)) in found.iter().enumerate() {
        if rect.left() < 0.0 || rect.top() < 0.0 || rect.right() > width || rect.bottom() > height {
            problems.push(format!("{at}: {words:?} leaves the figure: {rect:?}"));
        }
        for (other, beside) in &found[place + 1..] {
            // Words of one line that all but touch read as one word.
            let overlap = |low: f32, high: f32, least: f32| high - low > least;
            let across = overlap(
                rect.left().max(beside.left()),
                rect.right().min(beside.right()),
                -1.5,
            );
            let down = overlap(
                rect.top().max(beside.top()),
                rect.bottom().min(beside.bottom()),
                0.4,
            );
            if across && down {
                problems.push(format!(
                    "{at}: {words:?} and {other:?} collide: {rect:?} {beside:?}"
                ));
            }
        }
    }
    problems
}

#[test]
fn no_two_texts_collide_and_none_leaves_the_figure() {
    let mut problems = Vec::new();
    for (sample, table) in tables() {
        for language in Language::ALL {
            let at = format!("{sample} {} {}", table.name, language.tag());
            problems.extend(collisions(&drawn(&table, language), &at));
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
fn the_same_table_gives_the_same_bytes() {
    for (_, table) in tables() {
        assert_eq!(drawn(&table, Language::Kk), drawn(&table, Language::Kk));
    }
    let figure = drawn(&kazakhstan::roles(), Language::En);
    assert_eq!(
        png::png(&figure, 100).unwrap(),
        png::png(&figure, 100).unwrap()
    );
}

#[test]
fn a_png_says_its_resolution_and_what_it_shows() {
    let figure = drawn(&kazakhstan::profile(), Language::Ru);
    let bytes = png::png(&figure, 300).unwrap();
    let reader = ::png::Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .unwrap();
    let info = reader.info();
    // 300 dots an inch are 11811 a metre; 174 mm of them are 2055.
    assert_eq!(
        info.pixel_dims.map(|dims| (dims.xppu, dims.yppu)),
        Some((11811, 11811))
    );
    assert_eq!(info.width, 2055);
    assert_eq!(info.color_type, ::png::ColorType::Rgb);
    let description = info
        .utf8_text
        .iter()
        .find(|text| text.keyword == "Description")
        .unwrap();
    assert_eq!(description.get_text().unwrap(), figure.description);
}

#[test]
fn the_description_is_made_of_the_numbers_of_the_table() {
    let english = drawn(&kazakhstan::roles(), Language::En).description;
    assert!(
        english.contains("broker 2 of 4, 50% (interval 15% to 85%)"),
        "{english}"
    );
    let russian = drawn(&kazakhstan::profile(), Language::Ru).description;
    assert!(
        russian.contains("Прекращение огня или больше 2 из 3, 67\u{a0}%"),
        "{russian}"
    );
}

#[test]
fn a_caption_says_of_what_shares_are_where_there_are_shares() {
    let caption = |table: &Table| drawn(table, Language::En).caption;
    assert!(caption(&kazakhstan::roles()).contains("Shares are of: cases with a known value."));
    assert!(caption(&kazakhstan::roles()).contains("shares do not add up to 100%"));
    assert!(!caption(&kazakhstan::timeline()).contains("Shares are of"));
}

#[test]
fn marks_that_are_moved_from_their_dates_are_said_to_be_moved() {
    let figure = drawn(&kazakhstan::timeline(), Language::En);
    for words in [&figure.caption, &figure.svg] {
        let (_, rest) = words.split_once("Marks are moved aside by up to ").unwrap();
        assert!(rest.split_once(' ').unwrap().1.starts_with("months where"));
    }
    let one = samples::timeline(
        "only | The only case\n mediation | 2010 | 2011 | venue | process\n 2010-04 round +",
    );
    assert!(!drawn(&one, Language::En).svg.contains("moved aside"));
}

#[test]
fn what_does_not_apply_is_a_dash_in_a_column_and_words_in_the_description() {
    let mut table = kazakhstan::timeline();
    let role = table.position("role").unwrap();
    for row in &mut table.rows {
        row[role] = Cell::Missing(Reason::Na);
    }
    let figure = drawn(&table, Language::Ru);
    assert_eq!(figure.svg.matches(">–</text>").count(), table.n);
    assert!(figure.svg.contains("Тире: не применимо."));
    assert!(!figure.svg.contains(">не применимо</text>"));
    assert!(figure.description.contains("; не применимо; "));
}

#[test]
fn a_figure_carries_title_description_and_classes_for_the_page() {
    for (_, table) in tables() {
        let figure = drawn(&table, Language::En);
        let name = figure.name;
        for needed in [
            "role=\"img\"",
            &format!("aria-labelledby=\"figure-{name}-title figure-{name}-description\""),
            &format!("<title id=\"figure-{name}-title\">"),
            &format!("<desc id=\"figure-{name}-description\">"),
            "class=\"paper\"",
            "class=\"muted\"",
            "width=\"174mm\"",
        ] {
            assert!(figure.svg.contains(needed), "{name} lacks {needed}");
        }
        assert!(
            !figure.svg.contains("NaN") && !figure.svg.contains("=\"-0\""),
            "{name}"
        );
    }
}

#[test]
fn type_is_never_too_small_to_read_in_print() {
    for (_, table) in tables() {
        let svg = drawn(&table, Language::Ru).svg;
        let sizes = svg
            .split("font-size=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        for size in sizes {
            assert!(
                size.parse::<f64>().unwrap() >= 7.0,
                "{}: {size} pt",
                table.name
            );
        }
    }
}

#[test]
fn a_letter_without_glyph_is_an_error_and_not_a_box() {
    let mut table = kazakhstan::roles();
    table.title = Label::plain("5 ₸");
    let error = figure(find("roles").unwrap(), &table, Language::En).unwrap_err();
    assert!(
        matches!(&error, Error::Glyph { figure, undrawn } if figure == "roles" && undrawn.letter == '₸')
    );
}

#[test]
fn a_table_without_a_needed_column_is_an_error_that_names_it() {
    let dataset = load::dataset(&frozen()).unwrap();
    let cases = validate::check(dataset).unwrap().accept().unwrap();
    let selection = cases.select(&Question::default()).unwrap();
    let tables = analyse::tables(&selection).unwrap();
    for chart in CHARTS {
        let whole = tables.get(chart.of).unwrap();
        let mut needed = 0;
        for (place, column) in whole.columns.iter().enumerate() {
            let mut table = whole.clone();
            table.columns.remove(place);
            for row in &mut table.rows {
                row.remove(place);
            }
            let Err(error) = figure(chart, &table, Language::En) else {
                continue;
            };
            let error = error.to_string();
            let named = format!("the table {} has no column {:?}", table.name, column.name);
            assert!(
                error.contains(chart.name) && error.contains(&named),
                "{error}"
            );
            needed += 1;
        }
        assert!(needed > 0, "{} needs no column", chart.name);
    }
}

#[test]
fn markup_in_a_title_is_text() {
    let mut table = kazakhstan::profile();
    table.title = Label::plain("<script>alert(\"&\")</script>");
    let svg = drawn(&table, Language::En).svg;
    assert!(!svg.contains("<script>") && svg.contains("&lt;script&gt;"));
}
