//! How often it led to something: a row per group, its share as a point with the interval, and the
//! counts in columns beside it.
//!
//! The wider cut stands in the same row and not in a panel of its own, since how far the two are
//! apart is read by looking from one to the other.

use super::{ChartSpec, Drawn};
use crate::error::Result;
use crate::model::label::Label;
use crate::model::measure::{Measure, percent};
use crate::render::canvas::axis::Panel;
use crate::render::canvas::{Canvas, Paint, Rect};
use crate::render::figure::MARGIN;
use crate::render::pieces::groups::{self, LANE, Layout, NAME, NUMBER, Place, Row, percentage};
use crate::render::pieces::key::{self, Key, Sign};
use crate::render::pieces::read::Reader;
use crate::render::pieces::{forest, nothing, shares};
use crate::render::theme::{ACCENT, MUTED, real};
use crate::render::words;

/// How often it led to something.
pub static SPEC: ChartSpec = ChartSpec {
    name: "success",
    of: "success",
    title: Label::new(
        "Shares of successes by group",
        "Топтар бойынша табыс үлестері",
        "Доли успехов по группам",
    ),
    draw,
};

fn draw(reader: &Reader<'_>, canvas: &mut Canvas) -> Result<Drawn> {
    let cuts: Vec<&str> = reader
        .table
        .columns
        .iter()
        .filter(|column| column.measure == Measure::Share && !column.name.starts_with("if_"))
        .map(|column| column.name.as_str())
        .collect();
    let rows: Vec<Row<'_>> = (0..reader.table.rows.len())
        .map(|row| Row::read(reader, row, &cuts))
        .collect::<Result<_>>()?;
    if rows.iter().all(Row::is_empty) {
        return nothing::draw(canvas, reader);
    }
    let layout = Layout::new(canvas, reader, &cuts, &rows)?;
    let top = layout.head(canvas)?;
    let mut places = Vec::new();
    let mut bottom = top + 2.0;
    for (place, row) in rows.iter().enumerate() {
        let opens = place == 0 || rows[place - 1].by != row.by;
        if opens && place > 0 {
            bottom += 4.0;
        }
        if opens && !row.is_all() {
            bottom += NAME.leading() + 3.0;
        }
        let placed = layout.place(row, bottom);
        bottom = placed.bottom;
        places.push(placed);
    }
    let (left, right) = layout.plot;
    let rect = Rect::new(left, top, right - left, bottom + 2.0 - top);
    let panel = Panel::new(rect, 0.0..1.0, 0.0..1.0);
    let ticks = [0.0, 0.25, 0.5, 0.75, 1.0];
    let bands: Vec<(f64, f64)> = if layout.is_above() {
        places.iter().map(|placed| placed.band).collect()
    } else {
        vec![(rect.y, rect.bottom())]
    };
    forest::ground(canvas, reader, &panel, &ticks, true, &bands)?;
    let overall = rows
        .iter()
        .find(|row| row.is_all())
        .and_then(|row| row.shares.first().copied().flatten()?.value());
    if let Some(share) = overall {
        let x = panel.x(share);
        for (top, bottom) in &bands {
            canvas.line((x, *top), (x, *bottom), &OVERALL);
        }
    }
    for (place, (row, placed)) in rows.iter().zip(&places).enumerate() {
        if !row.is_all() && (place == 0 || rows[place - 1].by != row.by) {
            groups::heading(canvas, placed.top, place > 0, &row.by)?;
        }
        draw_row(row, canvas, reader, &layout, &panel, (placed, &cuts))?;
    }
    let entries = signs(reader, &rows, &cuts, overall.is_some());
    let keys = [Key {
        heading: String::new(),
        entries,
    }];
    let below = canvas.height() + 5.0;
    let edge = canvas.width() - MARGIN;
    let bottom = key::draw(canvas, MARGIN, edge, below, &keys)?;
    canvas.reach(bottom);
    Ok(Drawn {
        description: describe(reader, &rows, &cuts),
        key: reading(reader, &cuts),
    })
}

/// The line at the share of all.
const OVERALL: Paint = Paint::line(ACCENT, 0.6).dashed("2 1.6");

/// Draws the name, the shares and their counts.
fn draw_row(
    row: &Row<'_>,
    canvas: &mut Canvas,
    reader: &Reader<'_>,
    layout: &Layout,
    panel: &Panel,
    (placed, cuts): (&Place, &[&str]),
) -> Result<()> {
    let style = if row.is_all() { NAME.bold() } else { NAME };
    canvas.lines(MARGIN + row.indent(), placed.first, &placed.name, &style)?;
    let baseline = placed.numbers;
    let (by, group) = (
        reader.key(row.place, "by")?,
        reader.key(row.place, "group")?,
    );
    let lane = |cut: usize| placed.centre + LANE * (real(cut) - (real(cuts.len()) - 1.0) / 2.0);
    for column in &layout.columns {
        let Some(cut) = column.cut else {
            let words = row.unknown.to_string();
            let style = if row.unknown == 0 {
                NUMBER.colour(MUTED)
            } else {
                NUMBER
            };
            canvas.text(column.ends.0, baseline, &words, &style)?;
            continue;
        };
        let Some(share) = row.shares[cut] else {
            canvas.text(column.ends.0, baseline, "–", &NUMBER.colour(MUTED))?;
            continue;
        };
        let tooltip = format!(
            "{}, {}: {}",
            row.group,
            column.words,
            shares::words(reader, share)
        );
        let data = [
            ("by", by.as_str()),
            ("group", group.as_str()),
            ("cut", cuts[cut]),
        ];
        canvas.group("share", &tooltip, &data, |canvas| {
            if let (0, Some(bounds), true) = (cut, row.bounds, row.unknown > 0) {
                forest::range(canvas, panel, (lane(cut), 5.6), bounds);
            }
            forest::draw(canvas, panel, lane(cut), share, forest::point(cut));
            let is_read = share.trials > 0 && !share.is_small();
            let style = if is_read {
                NUMBER
            } else {
                NUMBER.colour(MUTED)
            };
            canvas.text(column.ends.0, baseline, &words::counts(share), &style)?;
            let value = percentage(reader, share);
            canvas.text(column.ends.1, baseline, &value, &style)
        })?;
    }
    Ok(())
}

/// The signs that occur.
fn signs(
    reader: &Reader<'_>,
    rows: &[Row<'_>],
    cuts: &[&str],
    is_ruled: bool,
) -> Vec<(Sign, String)> {
    let shares = || rows.iter().flat_map(|row| row.shares.iter().flatten());
    let mut entries = Vec::new();
    let estimates = |is_small: bool| {
        let mut those = shares().filter(move |share| share.is_small() == is_small);
        those.find_map(|share| share.estimate)
    };
    let interval = Label::new("{level} interval", "{level} аралық", "{level} интервал");
    let few = Label::new(
        "{level} interval of few (†)",
        "аз бірліктің {level} аралығы (†)",
        "{level} интервал при малом n (†)",
    );
    if let Some(estimate) = estimates(false) {
        let interval = interval.fill(&[("level", &percent(estimate.level.get()))]);
        entries.push((Sign::Line(forest::line(false)), reader.say(&interval)));
    }
    if let Some(estimate) = estimates(true) {
        let few = few.fill(&[("level", &percent(estimate.level.get()))]);
        entries.push((Sign::Line(forest::line(true)), reader.say(&few)));
    }
    let first = Label::plain(
        cuts.first()
            .map_or_else(String::new, |cut| reader.heading(cut)),
    );
    if rows
        .iter()
        .any(|row| row.unknown > 0 && row.bounds.is_some())
    {
        let range = Label::new(
            "{cut}: from all unknown outcomes failed to all succeeded",
            "{cut}: белгісіздердің бәрі сәтсізден бәрі сәттіге дейін",
            "{cut}: от «все неизвестные неудачны» до «все успешны»",
        );
        let range = range.fill(&[("cut", &first)]);
        entries.push((Sign::Bar(forest::RANGE), reader.say(&range)));
    }
    if is_ruled {
        let all = Label::new("{cut}: all", "{cut}: барлығы", "{cut}: все");
        let all = all.fill(&[("cut", &first)]);
        entries.push((Sign::Line(OVERALL), reader.say(&all)));
    }
    entries
}

/// The rows in sentences, a group each.
fn describe(reader: &Reader<'_>, rows: &[Row<'_>], cuts: &[&str]) -> String {
    let sentence = |row: &Row<'_>| {
        let named = if row.is_all() {
            row.group.clone()
        } else {
            format!("{}, {}", row.by, row.group)
        };
        let held = cuts.iter().zip(&row.shares);
        let mut parts: Vec<String> = held
            .filter_map(|(cut, share)| {
                let words = shares::words(reader, (*share)?);
                Some(format!("{} {words}", reader.heading(cut)))
            })
            .collect();
        if row.unknown > 0 {
            parts.push(format!("{} {}", reader.heading("unknown"), row.unknown));
        }
        if let (Some((low, high)), true) = (row.bounds, row.unknown > 0) {
            for (name, bound) in [("if_failed", low), ("if_succeeded", high)] {
                let words = reader.say(&percent(bound));
                parts.push(format!("{} {words}", reader.heading(name)));
            }
        }
        format!("{named}: {}.", parts.join("; "))
    };
    rows.iter().map(sentence).collect::<Vec<_>>().join(" ")
}

/// How to read the marks, for the caption.
fn reading(reader: &Reader<'_>, cuts: &[&str]) -> String {
    let marks = Label::new(
        "Points are shares, lines their intervals; 3/7 means three of seven.",
        "Нүктелер – үлестер, сызықтар – олардың аралықтары; 3/7 – жетеуден үшеу.",
        "Точки – доли, линии – их интервалы; 3/7 – три из семи.",
    );
    let beside = Label::new(
        "Filled: {first}; hollow: {second}.",
        "Толық: {first}; қуыс: {second}.",
        "Закрашено: {first}; полое: {second}.",
    );
    let mut sentences = vec![reader.say(&marks)];
    if let [first, second, ..] = cuts {
        let named = |cut: &str| Label::plain(reader.heading(cut));
        let (first, second) = (named(first), named(second));
        sentences.push(reader.say(&beside.fill(&[("first", &first), ("second", &second)])));
    }
    sentences.join(" ")
}
