//! The page: what a reader, a browser and a screen reader must be able to rely on.

mod explored;
mod index;
mod structure;

use bitim::analyse::{Cell, Column, Entry, Headline, Index, Source, Table, statistics::proportion};
use bitim::load::Input;
use bitim::model::codebook::About;
use bitim::model::date::{Day, Interval};
use bitim::model::estimate::{Level, Share};
use bitim::model::finding::{Findings, Place, Rule, Severity};
use bitim::model::label::{Label, Language};
use bitim::model::measure::Measure;
use bitim::model::missing::Reason;
use bitim::model::unit::Unit;
use bitim::render::page::{Page, Picture, page};

static RULE: Rule = Rule {
    code: "V999",
    name: "made-up",
    severity: Severity::Warning,
    explain: "",
};

/// How the element of the data opens.
const DATA: &str = "<script type=\"application/json\" id=\"data\">";

const SVG: &str = r#"<svg id="figure-shares" role="img"><title>Shares</title></svg>"#;

/// What a page borrows from.
struct Sample<'a> {
    about: About,
    view: Label,
    headlines: Vec<Headline>,
    tables: Vec<Table>,
    figures: Vec<Picture<'a>>,
    skipped: Vec<(&'static str, String)>,
    index: Index,
    findings: Findings,
    sources: Vec<Source>,
    inputs: Vec<Input>,
}

fn window() -> Interval {
    Interval {
        earliest: Day::first_of(1991),
        latest: Day::last_of(2025),
    }
}

fn table(name: &'static str, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Table {
    Table {
        name,
        title: Label::plain(format!("About {name}")),
        unit: Unit::Case,
        view: Label::plain("all"),
        window: window(),
        n: rows.len(),
        missing: 0,
        denominator: Label::plain("cases"),
        method: Label::plain(format!("How {name} was formed")),
        notes: vec![Label::plain("A note")],
        reading: vec![Label::plain(format!("What {name} says"))],
        sources: ["s2", "s1", "unlisted"].map(str::to_owned).into(),
        columns,
        rows,
    }
}

/// A table with a cell of every kind.
fn every_cell() -> Table {
    let half = proportion::share(3, 7, Level::P95);
    let counted = Share::counted(4, 5);
    let row = |name: &str, share, number| {
        vec![
            Cell::Text(Label::plain(name)),
            Cell::Code("venue".to_owned(), Label::new("venue", "алаң", "площадка")),
            Cell::Count(12),
            Cell::Number(number),
            Cell::Share(share),
            Cell::Day(Day::first_of(2013)),
            Cell::Flag(true),
            Cell::Missing(Reason::Unknown),
        ]
    };
    let column = |name: &str, measure| Column::new(name, Label::plain(name), measure);
    let columns = vec![
        column("name", Measure::Text),
        column("role", Measure::Ordinal),
        column("cases", Measure::Count),
        column("rate", Measure::Number),
        column("share", Measure::Share),
        column("day", Measure::Date),
        column("open", Measure::Flag),
        column("place", Measure::Text),
    ];
    let nothing = proportion::share(0, 0, Level::P95);
    let rows = vec![
        row("one", half, 0.5),
        row("two", counted, 2.25),
        row("three", nothing, 1.0),
    ];
    table("shares", columns, rows)
}

/// One case, with a code of every facet.
fn index() -> Index {
    let code = |code: &str, label| (code.to_owned(), label);
    let armenia = Label::new("Armenia", "Армения", "Армения");
    Index {
        cases: vec![Entry {
            case: "c1".to_owned(),
            title: Label::plain("The first case"),
            start: Cell::Text(Label::plain("1993-02-01")),
            end: Cell::Missing(Reason::Open),
            period: Ok("1990s".to_owned()),
            roles: Ok(vec!["venue".to_owned()]),
            outcome: Err(Reason::Open),
            parties: Ok(vec!["ARM".to_owned()]),
            between: vec![armenia.clone()],
            sources: ["s2", "unlisted"].map(str::to_owned).into(),
        }],
        periods: vec![code("1990s", Label::plain("1990–1999"))],
        roles: vec![
            code(
                "observer",
                Label::new("observer", "бақылаушы", "наблюдатель"),
            ),
            code("venue", Label::new("venue", "алаң", "площадка")),
        ],
        outcomes: vec![code("process", Label::new("process", "процесс", "процесс"))],
        parties: vec![code("ARM", armenia)],
    }
}

fn sample<'a>() -> Sample<'a> {
    let name = Column::new("name", Label::plain("Name"), Measure::Text);
    let mut findings = Findings::default();
    let place = Place::cell("cases.csv", 7, "outcome");
    findings.value(
        &RULE,
        place,
        "cesefire",
        "no such code",
        Some("ceasefire".to_owned()),
    );
    Sample {
        about: About {
            name: "sample".to_owned(),
            title: Label::new("A sample", "Үлгі", "Пример"),
            description: Label::plain("What it holds"),
            version: "1.2".to_owned(),
            licence: "CC BY 4.0".to_owned(),
            citation: "Cite me".to_owned(),
        },
        view: Label::new("today", "бүгін", "сегодня"),
        headlines: vec![Headline {
            name: "most",
            table: "shares",
            sentence: Label::plain("Most of them."),
        }],
        tables: vec![table("plain", vec![name], Vec::new()), every_cell()],
        figures: vec![Picture {
            name: "shares",
            title: "Shares",
            description: "In words",
            caption: "How to read it",
            svg: Ok(SVG),
            formats: &["svg", "png"],
            table: "shares",
        }],
        skipped: vec![("activity", "start".to_owned())],
        index: index(),
        findings,
        sources: vec![
            Source {
                id: "s1".to_owned(),
                title: Some("A title".to_owned()),
                url: Some("https://example.org/a?b=1&c=2".to_owned()),
                ..Source::default()
            },
            Source {
                id: "s2".to_owned(),
                url: Some("javascript:alert(1)".to_owned()),
                is_weak: true,
                ..Source::default()
            },
        ],
        inputs: vec![Input {
            file: "cases.csv".to_owned(),
            bytes: 12_345,
            sha256: "ab".repeat(32),
        }],
    }
}

fn render(sample: &Sample<'_>, language: Language) -> String {
    let page = page(&Page {
        language,
        dataset: &sample.about,
        view: &sample.view,
        window: window(),
        headlines: &sample.headlines,
        tables: &sample.tables,
        figures: &sample.figures,
        skipped: &sample.skipped,
        index: &sample.index,
        findings: &sample.findings,
        sources: &sample.sources,
        inputs: &sample.inputs,
        program_version: "0.0.0",
    });
    page.unwrap_or_else(|error| format!("{error:?}"))
}

/// The page without its style sheet and its script.
fn body(page: &str) -> &str {
    let after = page.split_once("</style>").map_or(page, |(_, body)| body);
    after.split_once("<script").map_or(after, |(body, _)| body)
}

/// What stands in the element that opens so.
fn inside<'a>(page: &'a str, opening: &str) -> &'a str {
    let rest = page.split_once(opening).map_or("", |(_, rest)| rest);
    rest.split_once("</script>")
        .map_or("", |(inside, _)| inside)
}

/// Every value of an attribute, in the order of the page.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let opening = format!(" {attribute}=\"");
    page.split(opening.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn every_language_says_so_and_leaves_no_blank_unfilled() {
    for language in Language::ALL {
        let page = render(&sample(), language);
        let opening = format!("<!DOCTYPE html>\n<html lang=\"{}\">", language.tag());
        assert!(page.starts_with(&opening), "{page}");
        assert!(page.ends_with("</html>\n"));
        assert!(!body(&page).contains(['{', '}']), "{language:?}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (one, two) = (sample(), sample());
    assert_eq!(render(&one, Language::Kk), render(&two, Language::Kk));
}

#[test]
fn nothing_in_the_data_becomes_markup() {
    const BAD: &str = "\"><script>alert('1')</script>&amp;";
    let mut sample = sample();
    let bad = Label::plain(BAD);
    sample.about.title = bad.clone();
    sample.about.description = bad.clone();
    sample.about.licence = BAD.to_owned();
    sample.view = bad.clone();
    sample.headlines[0].sentence = bad.clone();
    sample.tables[1].title = bad.clone();
    sample.tables[1].columns[0].label = bad.clone();
    sample.tables[1].rows[0][0] = Cell::Text(bad.clone());
    sample.tables[1].rows[0][1] = Cell::Code(BAD.to_owned(), bad);
    sample.tables[1].sources.insert(BAD.to_owned());
    let place = Place::cell(BAD, 1, BAD);
    sample
        .findings
        .value(&RULE, place, BAD, BAD, Some(BAD.to_owned()));
    sample.sources[0].title = Some(BAD.to_owned());
    sample.sources[0].url = Some(format!("https://example.org/{BAD}"));
    sample.sources[1].url = Some(BAD.to_owned());
    sample.skipped[0].1 = BAD.to_owned();
    sample.inputs[0].file = BAD.to_owned();
    sample.index.cases[0].title = Label::plain(BAD);
    sample.index.cases[0].between[0] = Label::plain(BAD);
    sample.index.cases[0].sources.insert(BAD.to_owned());
    sample.index.roles[0] = (BAD.to_owned(), Label::plain(BAD));
    let page = render(&sample, Language::En);
    assert_eq!(page.matches("<script").count(), 2, "{page}");
    assert_eq!(page.matches("</script").count(), 2, "{page}");
    let data: serde_json::Value = serde_json::from_str(inside(&page, DATA)).unwrap();
    assert_eq!(data["cases"][0]["title"], BAD);
    assert!(!page.contains("\"\"><script"), "an attribute was closed");
    assert_eq!(page.matches("<h1>").count(), 1);
    assert!(page.contains("&lt;script&gt;alert(&#39;1&#39;)"));
}

#[test]
fn links_lead_somewhere_and_only_to_the_web() {
    let page = render(&sample(), Language::Ru);
    let mut ids = values(&page, "id");
    for link in values(&page, "href") {
        let known = match link.strip_prefix('#') {
            Some(anchor) => ids.contains(&anchor),
            None => ["tables/", "figures/", "https://"]
                .iter()
                .any(|start| link.starts_with(start)),
        };
        assert!(known, "{link}");
    }
    for label in values(&page, "aria-labelledby") {
        assert!(ids.contains(&label), "{label}");
    }
    ids.sort_unstable();
    assert!(
        ids.is_sorted_by(|one, two| one < two),
        "an id twice: {ids:?}"
    );
    assert!(page.contains(r#"href="https://example.org/a?b=1&amp;c=2""#));
    assert!(
        page.contains("javascript:alert(1)"),
        "shown, but not linked"
    );
}

#[test]
fn cells_are_written_in_the_language_of_the_page() {
    let page = render(&sample(), Language::Kk);
    for expected in [
        "<span>3/7 · <b>43\u{a0}%</b></span> <span class=\"interval\">[16–75\u{a0}%]</span>",
        "<span>4/5 · <b>80\u{a0}%</b></span></span>",
        "<span>0/0 –</span></span>",
        "<td class=\"number\">0,50</td>",
        "<td class=\"number\">2,25</td>",
        "<td class=\"number\">12</td>",
        "<data value=\"venue\" title=\"venue\">алаң</data>",
        "<td class=\"short\">2013-01-01</td>",
        "<td class=\"short\">иә</td>",
        "<span class=\"missing\">белгісіз</span>",
        "95\u{a0}% сенімділік интервалы",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
}

#[test]
fn what_is_drawn_comes_first_and_keeps_its_number() {
    let page = render(&sample(), Language::En);
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("no {text}"));
    assert!(place("id=\"table-shares\"") < place("id=\"table-plain\""));
    assert!(place("What shares says") < place(SVG));
    assert!(place(SVG) < place("<caption class=\"hidden\">Table 1. About shares"));
    assert!(page.contains("Most of them. <a href=\"#table-shares\">Table 1</a>"));
    assert!(page.contains("<a href=\"#source-1\" title=\"s1\">1</a> <a href=\"#source-2\" title=\"s2\">2</a> <span>unlisted</span>"));
    assert!(page.contains("cases.csv:7 <code>outcome</code>"));
    assert!(page.contains("<strong class=\"weak\">weak source</strong>"));
    assert!(page.contains("Lacking: <code>start</code>"));
}

#[test]
fn what_is_not_there_is_said() {
    let mut empty = sample();
    empty.headlines.clear();
    empty.tables.clear();
    empty.figures.clear();
    empty.skipped.clear();
    empty.findings = Findings::default();
    empty.sources.clear();
    let page = render(&empty, Language::En);
    assert!(page.contains("The checks found nothing"));
    assert!(page.contains("Every table was computed"));
    assert!(page.contains("The data set lists no sources"));
    assert!(!page.contains("What changed"));
}

#[test]
fn a_figure_without_its_table_and_a_headline_without_either_still_stand() {
    let mut sample = sample();
    sample.tables.truncate(1);
    let page = render(&sample, Language::En);
    assert!(page.contains(SVG));
    assert!(page.contains("<li>Most of them.</li>"));
}
