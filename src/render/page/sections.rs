//! The results: every table in a section of its own, under the figures that draw it.

use minijinja::{Value, context};

use super::explore::Known;
use super::{Page, Picture, text};
use super::{explore, labels};
use crate::analyse::{Cell, Table};
use crate::model::estimate::Level;
use crate::model::label::{Label, Language};
use crate::model::measure::decimal;
use crate::render::words;

/// A table with at most this many rows is shown without being asked for.
const SHORT: usize = 8;
/// A table with more rows than this scrolls in a box of its own.
const LONG: usize = 24;

/// How many letters stand beside each other on a printed page; a table that needs more is printed
/// across the page.
const WIDE: usize = 108;
/// How many stand on a page across; a table that needs still more is printed small.
const DENSE: usize = 158;

/// One section: a table and the figures that draw it.
pub(super) struct Section<'a> {
    pub(super) name: &'a str,
    pub(super) table: Option<&'a Table>,
    /// Its number among the tables.
    pub(super) number: Option<usize>,
    /// The figures, those that are drawn with their numbers.
    figures: Vec<(Option<usize>, &'a Picture<'a>)>,
}

impl Section<'_> {
    /// The anchor.
    pub(super) fn anchor(&self) -> String {
        format!("table-{}", self.name)
    }

    /// The heading: that of the table, or of its figure if there is no table.
    pub(super) fn title(&self, language: Language) -> String {
        match (self.table, self.figures.first()) {
            (Some(table), _) => text(&table.title, language),
            (None, Some((_, figure))) => figure.title.to_owned(),
            (None, None) => String::new(),
        }
    }
}

/// What is drawn comes first, in the order of the figures; then the tables that nothing draws.
pub(super) fn order<'a>(page: &Page<'a>) -> Vec<Section<'a>> {
    let mut names: Vec<&str> = Vec::new();
    let drawn = page.figures.iter().map(|figure| figure.table);
    for name in drawn.chain(page.tables.iter().map(|table| table.name)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let (mut tables, mut figures) = (0, 0);
    names
        .into_iter()
        .map(|name| {
            let table = page.tables.iter().find(|table| table.name == name);
            tables += usize::from(table.is_some());
            let of_table = page.figures.iter().filter(|figure| figure.table == name);
            Section {
                name,
                table,
                number: table.map(|_| tables),
                figures: of_table
                    .map(|figure| {
                        figures += usize::from(figure.svg.is_ok());
                        (figure.svg.is_ok().then_some(figures), figure)
                    })
                    .collect(),
            }
        })
        .collect()
}

/// The sections for the template.
pub(super) fn sections(page: &Page, order: &[Section], known: &Known) -> Vec<Value> {
    let language = page.language;
    order
        .iter()
        .map(|section| {
            let reading = section.table.map_or(&[][..], |table| &table.reading);
            let figures = section.figures.iter();
            context! {
                anchor => section.anchor(),
                title => section.title(language),
                reading => texts(reading, language),
                figures => figures.map(|(n, figure)| picture(*n, figure, section.table.is_some(), language)).collect::<Vec<_>>(),
                table => section.table.zip(section.number).map(|(table, number)| whole_table(page, known, (table, number))),
            }
        })
        .collect()
}

fn texts(labels: &[Label], language: Language) -> Vec<String> {
    labels.iter().map(|label| text(label, language)).collect()
}

fn picture(number: Option<usize>, figure: &Picture, has_table: bool, language: Language) -> Value {
    let svg = figure.svg.ok();
    let formats = figure.formats.iter();
    context! {
        name => figure.name,
        table => has_table.then_some(figure.table),
        number => number.map(|number| text(&labels::figure(number), language)),
        title => figure.title,
        description => figure.description,
        caption => figure.caption,
        svg => svg.map(|svg| Value::from_safe_string(svg.trim().to_owned())),
        formats => formats.map(|name| context! { name => *name, label => name.to_uppercase() }).collect::<Vec<_>>(),
        why_none => figure.svg.err().map(|why| text(why, language)),
    }
}

fn whole_table(page: &Page, known: &Known, (table, number): (&Table, usize)) -> Value {
    let language = page.language;
    let decimals: Vec<usize> = (0..table.columns.len())
        .map(|column| words::decimals(table.rows.iter().filter_map(|row| row.get(column))))
        .collect();
    let classes = classes(table, language);
    let needs = needs(table, language);
    let rows: Vec<Value> = table
        .rows
        .iter()
        .map(|row| {
            let cells = row.iter().zip(&classes).zip(&decimals).enumerate();
            let cells = cells.map(|(column, ((cell, class), decimals))| {
                let rank = explore::rank(table, column, cell);
                value(cell, class, (*decimals, rank), language)
            });
            context! {
                belongs => explore::belongs(known, table, row),
                cells => cells.collect::<Vec<_>>(),
            }
        })
        .collect();
    let columns: Vec<Value> = table
        .columns
        .iter()
        .zip(&classes)
        .map(|(column, class)| context! { name => &column.name, label => text(&column.label, language), class => *class })
        .collect();
    context! {
        name => table.name,
        number => text(&labels::table(number), language),
        title => text(&table.title, language),
        size => text(&labels::rows(table.rows.len()), language),
        is_short => table.rows.len() <= SHORT,
        is_long => table.rows.len() > LONG,
        is_wide => needs > WIDE,
        is_dense => needs > DENSE,
        facts => facts(table, language),
        sources_word => text(&labels::SOURCES, language),
        sources => cited(page, table),
        width => table.columns.len(),
        columns => columns,
        rows => rows,
    }
}

fn facts(table: &Table, language: Language) -> Vec<Value> {
    let mut facts = words::facts(table);
    if let Some(level) = level(table) {
        facts.push((labels::SHARES, labels::shares(level)));
    }
    facts
        .iter()
        .filter(|(_, fact)| !fact.is_empty())
        .map(|(name, fact)| context! { name => text(name, language), text => text(fact, language) })
        .collect()
}

/// The level of the first interval in a table; `None` if the table has no shares at all.
#[expect(
    clippy::option_option,
    reason = "no shares and shares without an interval are two cases"
)]
fn level(table: &Table) -> Option<Option<Level>> {
    let mut shares = table.rows.iter().flatten().filter_map(Cell::share);
    let first = shares.clone().next()?;
    let level = first
        .estimate
        .or_else(|| shares.find_map(|share| share.estimate));
    Some(level.map(|estimate| estimate.level))
}

/// The sources of a table by their numbers in the list of sources; those that are not listed there
/// by their identifiers, without a number.
fn cited(page: &Page, table: &Table) -> Vec<Value> {
    let position = |id: &str| page.sources.iter().position(|source| source.id == id);
    let mut cited: Vec<(usize, &str)> = table
        .sources
        .iter()
        .map(|id| {
            (
                position(id).map_or(usize::MAX, |place| place + 1),
                id.as_str(),
            )
        })
        .collect();
    cited.sort_unstable();
    cited
        .into_iter()
        .map(
            |(number, id)| context! { number => (number < usize::MAX).then_some(number), id => id },
        )
        .collect()
}

/// The class of each column, by which the style sheet sets its cells: numbers flush right, short
/// texts and dates on one line, long ones not too narrow.
fn classes(table: &Table, language: Language) -> Vec<&'static str> {
    const SHORT: usize = 14;
    const LONG: usize = 30;
    // Two days with a stroke between them, which a browser would break at every hyphen.
    const DAYS: usize = "2026-11-26/2026-11-27".len();
    let is_day = |text: &str| {
        text.bytes()
            .all(|sign| sign.is_ascii_digit() || b"-/".contains(&sign))
    };
    let columns = table.columns.iter().enumerate();
    columns
        .map(|(position, column)| {
            if column.measure.is_numeric() {
                return "number";
            }
            let cells = table.rows.iter().filter_map(|row| row.get(position));
            let texts: Vec<String> = cells
                .map(|cell| text(&words::cell(cell), language))
                .collect();
            match texts.iter().map(|text| text.chars().count()).max() {
                None | Some(..=SHORT) => "short",
                Some(..=DAYS) if texts.iter().any(|text| is_day(text)) => "short",
                Some(LONG..) => "long-text",
                Some(_) => "",
            }
        })
        .collect()
}

/// How many letters a line of a table needs if no word is broken, with the room between columns.
fn needs(table: &Table, language: Language) -> usize {
    const GAP: usize = 2;
    let longest = |label: &Label| {
        let words = label.get(language).split([' ', '-', '\u{a0}']);
        words.map(|word| word.chars().count()).max().unwrap_or(0)
    };
    let columns = table.columns.iter().enumerate();
    columns
        .map(|(position, column)| {
            let cells = table.rows.iter().filter_map(|row| row.get(position));
            let cells = cells.map(|cell| longest(&words::cell(cell))).max();
            cells.unwrap_or(0).max(longest(&column.label)) + GAP
        })
        .sum()
}

fn value(
    cell: &Cell,
    class: &str,
    (decimals, rank): (usize, Option<String>),
    language: Language,
) -> Value {
    let label = match cell {
        Cell::Number(number) => decimal(*number, decimals),
        cell => words::cell(cell),
    };
    let (code, parts) = match cell {
        Cell::Code(code, _) => (Some(code), None),
        Cell::Share(share) => (None, Some(words::share_parts(share))),
        _ => (None, None),
    };
    let (counts, percentage, interval) = match parts {
        Some((counts, percentage, interval)) => (Some(counts), percentage, interval),
        None => (None, None, None),
    };
    let in_language = |label: Option<Label>| label.map(|label| text(&label, language));
    context! {
        class => class,
        rank => rank,
        text => text(&label, language),
        code => code,
        is_missing => matches!(cell, Cell::Missing(_)),
        counts => counts,
        percentage => in_language(percentage),
        interval => in_language(interval),
    }
}
