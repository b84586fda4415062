//! What is known and what is not: a bar per variable, from what is known to what was left blank.
//!
//! Each bar is as long as its table has rows, so that variables of one table can be compared; the
//! counts stand beside it under the signs of the parts, which makes the key part of the heading.

use super::{ChartSpec, Drawn};
use crate::analyse::table::Cell;
use crate::error::Result;
use crate::model::estimate::Share;
use crate::model::label::Label;
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type, text};
use crate::render::figure::MARGIN;
use crate::render::pieces::key::{self, Key, Sign};
use crate::render::pieces::nothing;
use crate::render::pieces::read::Reader;
use crate::render::pieces::rows;
use crate::render::theme::{
    self, ACCENT, ACCENT_PALE, FAINT, GRID, INK, MUTED, PAPER, precise, real,
};
use crate::render::words;

/// What is known of every variable.
pub static SPEC: ChartSpec = ChartSpec {
    name: "coverage",
    of: "coverage",
    title: Label::new(
        "What is known and what is not",
        "Не белгілі, не белгісіз",
        "Что известно и что нет",
    ),
    draw,
};

/// The height of a row.
const ROW: f64 = 9.6;
/// The height of a bar.
const BAR: f64 = 5.4;
/// The width of a number of three digits; longer ones get more.
const NUMBER: f64 = 19.0;
/// The lines of the name of a variable, at most.
const NAMED: usize = 3;
/// The distance between columns.
const GAP: f64 = 12.0;
/// More rows than this stand in two columns, or are folded where there is no room for two.
const ONE_COLUMN: usize = 24;
/// A bar narrower than this shows no parts: rows then stand in one column.
const SHORTEST: f64 = 40.0;

/// The parts of a bar, in its order.
const PARTS: [&str; 5] = ["known", "unknown", "na", "open", "blank"];

/// A line of the figure.
enum Line {
    /// The heading of a table: its name and how many rows it has.
    Table(String, u64),
    /// A variable: its place in the table, its name, its counts by part.
    Variable(usize, String, [u64; 5]),
    /// The names of variables of which no value is missing.
    Whole(Vec<String>),
}

/// The left sides and widths of a column of rows.
struct Column {
    x: f64,
    names: f64,
    bar: f64,
    width: f64,
    number: f64,
}

fn draw(reader: &Reader<'_>, canvas: &mut Canvas) -> Result<Drawn> {
    let blocks = read(reader)?;
    let count: usize = blocks.iter().map(Vec::len).sum();
    if count == 0 {
        let words = Label::new("There is no variable.", "Айнымалы жоқ.", "Переменных нет.");
        let words = reader.say(&words);
        return nothing::say(canvas, words);
    }
    let right = canvas.width() - MARGIN;
    let top = key::draw(
        canvas,
        MARGIN,
        right,
        canvas.height() + 4.0,
        &[keys(reader)],
    )? + 6.0;
    let part = |across| (right - MARGIN - GAP * real(across - 1)) / real(across);
    let has_room = layout(reader, MARGIN, part(2)).width >= SHORTEST;
    let (across, blocks) = match (count > ONE_COLUMN, has_room) {
        (false, _) => (1, blocks),
        (true, true) => (2, blocks),
        (true, false) => {
            let blocks = blocks.into_iter().map(|block| folded(reader, block));
            (1, blocks.collect::<Result<_>>()?)
        }
    };
    let width = part(across);
    let bottom = columns(blocks, across)
        .iter()
        .enumerate()
        .map(|(place, lines)| {
            let x = MARGIN + real(place) * (width + GAP);
            column(reader, canvas, &layout(reader, x, width), lines, top)
        })
        .collect::<Result<Vec<f64>>>()?;
    canvas.reach(bottom.into_iter().fold(top, f64::max) + 2.0);
    Ok(Drawn {
        description: describe(reader)?,
        key: reader.say(&KEY),
    })
}

const KEY: Label = Label::new(
    "Each bar is all the rows of its table: what is known, then what is missing by its reason. The numbers beside it count the rows, in the order of the parts.",
    "Әр жолақ — кестесінің барлық жолы: белгілісі, одан кейін жоғы себебі бойынша. Жанындағы сандар — жолдар саны, бөліктер ретімен.",
    "Каждая полоса — все строки её таблицы: известное, затем отсутствующее по причинам. Числа рядом — количество строк, в порядке частей.",
);

/// The lines of each table, its heading first.
fn read(reader: &Reader<'_>) -> Result<Vec<Vec<Line>>> {
    for name in ["table", "label", "rows"] {
        reader.column(name)?;
    }
    let mut blocks: Vec<Vec<Line>> = Vec::new();
    let mut last = None;
    for row in 0..reader.table.rows.len() {
        let table = reader.words(row, "table")?;
        if last.as_ref() != Some(&table) {
            let rows = reader.count(row, "rows")?.unwrap_or_default();
            blocks.push(vec![Line::Table(table.clone(), rows)]);
            last = Some(table);
        }
        let mut counts = [0; 5];
        for (count, part) in counts.iter_mut().zip(PARTS) {
            *count = reader.count(row, part)?.unwrap_or_default();
        }
        if let Some(block) = blocks.last_mut() {
            block.push(Line::Variable(row, reader.words(row, "label")?, counts));
        }
    }
    Ok(blocks)
}

/// The lines of a table with one for all variables of which no value is missing: in a narrow figure
/// they would make it longer than a page, and their bars are all alike.
fn folded(reader: &Reader<'_>, block: Vec<Line>) -> Result<Vec<Line>> {
    let (mut lines, mut whole) = (Vec::new(), Vec::new());
    for line in block {
        match line {
            Line::Variable(row, name, [known, missing @ ..])
                if known > 0 && missing.iter().all(|count| *count == 0) =>
            {
                whole.push(name + few(reader, row)?);
            }
            line => lines.push(line),
        }
    }
    if !whole.is_empty() {
        lines.push(Line::Whole(whole));
    }
    Ok(lines)
}

/// The mark of a share of few rows; nothing for any other.
fn few(reader: &Reader<'_>, row: usize) -> Result<&'static str> {
    let is_few = reader.share(row, "share")?.is_some_and(Share::is_small);
    Ok(if is_few { words::FEW } else { "" })
}

/// The lines spread over columns of about the same height; a table that is broken between two has its
/// heading in both.
fn columns(blocks: Vec<Vec<Line>>, across: usize) -> Vec<Vec<Line>> {
    let count: usize = blocks.iter().map(Vec::len).sum();
    let most = count.div_ceil(across) + 1;
    let mut columns: Vec<Vec<Line>> = vec![Vec::new()];
    for block in blocks {
        let mut heading = None;
        for line in block {
            let is_heading = matches!(line, Line::Table(..));
            let is_last = columns.len() == across;
            let full = columns.last().map_or(0, Vec::len) + usize::from(is_heading) * 3 >= most;
            if full && !is_last {
                let again = heading.clone().filter(|_| !is_heading);
                let again = again.map(|(name, rows)| Line::Table(name, rows));
                columns.push(again.into_iter().collect());
            }
            if let Line::Table(name, rows) = &line {
                heading = Some((name.clone(), *rows));
            }
            if let Some(column) = columns.last_mut() {
                column.push(line);
            }
        }
    }
    columns
}

fn layout(reader: &Reader<'_>, x: f64, width: f64) -> Column {
    let style = Type::of(theme::SMALL);
    let labels = 0..reader.table.rows.len();
    let labels = labels.filter_map(|row| reader.words(row, "label").ok());
    let widest = labels.map(|label| style.width(&label)).fold(40.0, f64::max);
    let names = widest.min(width * 0.36) + 2.0;
    let bar = x + names + 3.0;
    let counts = reader.table.column("rows").into_iter().flatten();
    let counts = counts
        .filter_map(Cell::count)
        .map(|count| style.width(&count.to_string()));
    let number = counts.map(|wide| wide + 4.0).fold(NUMBER, f64::max);
    Column {
        x,
        names,
        bar,
        width: width - names - 3.0 - number * real(PARTS.len()),
        number,
    }
}

impl Column {
    /// The right side of the number of a part.
    fn number(&self, part: usize) -> f64 {
        self.bar + self.width + self.number * real(part + 1)
    }
}

/// Draws the lines of a column from `top`; returns the lower edge.
fn column(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    column: &Column,
    lines: &[Line],
    top: f64,
) -> Result<f64> {
    let style = Type::of(theme::SMALL);
    let end = style.anchor(Anchor::End);
    let rows_label = reader.heading("rows");
    let mut next = top;
    for (place, line) in lines.iter().enumerate() {
        let baseline = next + ROW / 2.0 + style.size * text::CAP_HEIGHT / 2.0;
        match line {
            Line::Table(name, rows) => {
                let gap = if next > top { 5.0 } else { 0.0 };
                let baseline = baseline + gap;
                let bold = style.bold();
                let words = format!("{name} · {rows_label}: {rows}");
                let words =
                    text::shorten(&words, bold.size, bold.weight, column.names + column.width);
                canvas.text(column.x, baseline, &words, &bold)?;
                let has_rows = !matches!(lines.get(place + 1), Some(Line::Whole(_)));
                for part in (0..PARTS.len()).filter(|_| has_rows) {
                    let x = column.number(part) - 6.0;
                    let y = baseline - style.size * text::CAP_HEIGHT / 2.0;
                    canvas.rect(Rect::new(x, y - 2.2, 6.0, 4.4), &paint(part));
                }
                next += ROW + gap;
                let edge = (column.x, next - 0.2);
                canvas.line(edge, (column.number(4), edge.1), &Paint::line(GRID, 0.5));
            }
            Line::Variable(row, name, counts) => {
                let tooltip = spoken(reader, *row)?;
                let key = reader.words(*row, "variable")?;
                let data = [("variable", key.as_str())];
                let (size, weight) = (style.size, style.weight);
                let names = text::wrap_at_most(name, size, weight, column.names, NAMED);
                let height = ROW + style.leading() * real(names.len() - 1);
                let middle = next + height / 2.0;
                let baseline = middle + style.size * text::CAP_HEIGHT / 2.0;
                let few = few(reader, *row)?;
                canvas.group("variable", &tooltip, &data, |canvas| {
                    rows::centred(canvas, column.x, middle, &names, &style)?;
                    bar(canvas, column, counts, middle - BAR / 2.0);
                    for (part, count) in counts.iter().enumerate() {
                        let (words, style) = if *count == 0 {
                            ("·".to_owned(), end.colour(GRID))
                        } else {
                            let mark = if part == 0 { few } else { "" };
                            (format!("{count}{mark}"), end)
                        };
                        canvas.text(column.number(part), baseline, &words, &style)?;
                    }
                    Ok(())
                })?;
                next += height;
            }
            Line::Whole(names) => {
                let text = Label::new(
                    "No value missing ({n}): {list}",
                    "Толық белгілі ({n}): {list}",
                    "Без пропусков ({n}): {list}",
                );
                let (n, list) = (names.len().to_string(), names.join(", "));
                let text = text.fill(&[("n", &Label::plain(n)), ("list", &Label::plain(list))]);
                let lines = style.wrap(&reader.say(&text), column.number(4) - column.x);
                let after = canvas.lines(column.x, baseline, &lines, &style.colour(MUTED))?;
                next += after - baseline + 1.0;
            }
        }
    }
    Ok(next)
}

/// Draws the parts of a variable one after the other; a table without rows has an empty frame.
fn bar(canvas: &mut Canvas, column: &Column, counts: &[u64; 5], top: f64) {
    let all: u64 = counts.iter().sum();
    let frame = Rect::new(column.bar, top, column.width, BAR);
    if all == 0 {
        return canvas.rect(frame, &Paint::line(GRID, theme::HAIRLINE));
    }
    let mut x = column.bar;
    for (part, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let wide = column.width * precise(*count) / precise(all);
        canvas.rect(Rect::new(x, top, wide, BAR), &paint(part));
        x += wide;
    }
}

/// How a part looks: dark is known, a hole is unknown, pale needs no value or has none yet.
const fn paint(part: usize) -> Paint {
    match part {
        0 => Paint::fill(ACCENT).outlined(ACCENT, 0.5),
        1 => Paint::fill(PAPER).outlined(INK, 0.7),
        2 => Paint::fill(FAINT).outlined(GRID, 0.5),
        3 => Paint::fill(ACCENT_PALE).outlined(ACCENT, 0.5),
        _ => Paint::fill(PAPER).outlined(MUTED, 0.5).dashed("1.2 1.2"),
    }
}

fn keys(reader: &Reader<'_>) -> Key {
    let entries = PARTS.iter().enumerate();
    Key {
        heading: String::new(),
        entries: entries
            .map(|(part, name)| (Sign::Bar(paint(part)), reader.heading(name)))
            .collect(),
    }
}

/// A variable with its counts, those that are not 0.
fn spoken(reader: &Reader<'_>, row: usize) -> Result<String> {
    let mut parts = Vec::new();
    for name in PARTS {
        let count = reader.count(row, name)?.unwrap_or_default();
        if count > 0 || name == "known" {
            parts.push(format!("{} {count}", reader.heading(name)));
        }
    }
    let (table, label) = (reader.words(row, "table")?, reader.words(row, "label")?);
    Ok(format!("{table}, {label}: {}", parts.join(", ")))
}

/// What is least known, then every variable of which some value is missing.
fn describe(reader: &Reader<'_>) -> Result<String> {
    let reading = reader.table.reading.iter();
    let mut sentences: Vec<String> = reading.map(|label| reader.say(label)).collect();
    let mut whole = 0;
    for row in 0..reader.table.rows.len() {
        if reader.count(row, "known")? == reader.count(row, "rows")? {
            whole += 1;
        } else {
            sentences.push(spoken(reader, row)? + ".");
        }
    }
    let text = Label::new(
        "Variables with no value missing: {n}.",
        "Бір де мәні жоқ болмаған айнымалылар: {n}.",
        "Переменных без пропусков: {n}.",
    );
    let whole = Label::plain(whole.to_string());
    sentences.push(reader.say(&text.fill(&[("n", &whole)])));
    Ok(sentences.join(" "))
}
