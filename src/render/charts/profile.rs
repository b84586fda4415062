//! The profile of a mediator: a row per measure, a column per period, every axis from zero.

mod depth;

use super::{ChartSpec, Drawn};
use crate::analyse::table::Cell;
use crate::error::Result;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::measure::decimal;
use crate::render::canvas::axis::{self, Panel};
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type};
use crate::render::pieces::periods::{GAP, Heading, Periods};
use crate::render::pieces::read::Reader;
use crate::render::pieces::shares;
use crate::render::theme::{self, ACCENT, PAPER, precise, real};

/// The profile by period.
pub static SPEC: ChartSpec = ChartSpec {
    name: "profile",
    of: "profile",
    title: Label::new(
        "Profile by period",
        "Кезеңдер бойынша бейін",
        "Профиль по периодам",
    ),
    draw,
};

const LABELS: f64 = 74.0;
const BARS: f64 = 34.0;

/// A kind of thing that is counted, and how its bars look.
struct Series<'a> {
    column: &'a str,
    paint: Paint,
}

fn draw(reader: &Reader<'_>, canvas: &mut Canvas) -> Result<Drawn> {
    let count = reader.table.rows.len();
    let columns = Periods::new(canvas, LABELS, count);
    let mut headings = Vec::new();
    for row in 0..count {
        headings.push(Heading {
            name: reader.words(row, "period")?,
            notes: exposure(reader, row)?.into_iter().collect(),
        });
    }
    let mut top = columns.head(canvas, &headings)? + GAP + 2.0;
    let solid = Series {
        column: "cases",
        paint: Paint::fill(ACCENT),
    };
    let hollow = Series {
        column: "offers",
        paint: Paint::fill(PAPER).outlined(ACCENT, 0.8),
    };
    let begun = if reader.has("offers") {
        vec![solid, hollow]
    } else {
        vec![solid]
    };
    top = bars(reader, canvas, &columns, top, &begun)?;
    if reader.has("events") {
        let events = [Series {
            column: "events",
            paint: Paint::fill(ACCENT),
        }];
        top = bars(reader, canvas, &columns, top, &events)?;
    }
    if reader.has("depth_low") {
        top = depth::row(canvas, reader, &columns, top)?;
    }
    for name in shares_of(reader) {
        let label = reader.say(&reader.column(name)?.label);
        let panel = shares::row(canvas, reader, &columns, top)?;
        columns.label(canvas, top, &label)?;
        for (row, heading) in headings.iter().enumerate() {
            let share = reader.share(row, name)?;
            let tooltip = format!("{label}, {}", heading.name);
            let period = reader.key(row, "period")?;
            let data = [("period", period.as_str())];
            let said = (tooltip.as_str(), &data[..]);
            shares::draw(canvas, reader, &panel, row, share, said)?;
        }
        top = next(canvas, &columns, &panel, &label);
    }
    Ok(Drawn {
        description: describe(reader)?,
        key: key(reader),
    })
}

/// How long the record of a period is: the ground on which its counts are to be
/// read; `None` if the table does not say.
fn exposure(reader: &Reader<'_>, row: usize) -> Result<Option<String>> {
    let words = match reader.cell(row, "years")? {
        Cell::Number(number) => decimal(*number, usize::from(number.fract() != 0.0)),
        Cell::Count(count) => Label::plain(count.to_string()),
        _ => return Ok(None),
    };
    let label = Label::new("{n} years", "{n} жыл", "лет: {n}");
    Ok(Some(reader.say(&label.fill(&[("n", &words)]))))
}

fn next(canvas: &mut Canvas, columns: &Periods, panel: &Panel, label: &str) -> f64 {
    let rect = panel.rect();
    let bottom = rect.bottom().max(rect.y + columns.label_height(label));
    canvas.reach(bottom + 4.0);
    bottom + GAP
}

/// Draws counts as bars with the count above each.
fn bars(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    columns: &Periods,
    top: f64,
    series: &[Series<'_>],
) -> Result<f64> {
    let mut highest = 0;
    for one in series {
        for row in 0..reader.table.rows.len() {
            highest = highest.max(reader.count(row, one.column)?.unwrap_or(0));
        }
    }
    let ticks = axis::counts(highest, 3);
    let most = ticks.iter().copied().max().unwrap_or(1).max(1);
    let mut labels = Vec::new();
    for one in series {
        labels.push(reader.say(&reader.column(one.column)?.label));
    }
    let both = Label::new("Cases begun", "Басталған жағдайлар", "Начатые случаи");
    let heading = if labels.len() > 1 {
        reader.say(&both)
    } else {
        labels[0].clone()
    };
    columns.label(canvas, top, &heading)?;
    let mut below = top + columns.label_height(&heading);
    if labels.len() > 1 {
        let signs = series.iter().map(|one| one.paint).zip(labels.clone());
        below = columns.signs(canvas, below, &signs.collect::<Vec<_>>())?;
    }
    let panel = if columns.is_stacked() && labels.len() > 1 {
        // Room for the count above the highest bar.
        columns.panels(below + theme::BODY, BARS, precise(most))
    } else {
        columns.row(top, BARS, precise(most))
    };
    columns.divide(canvas, &panel);
    let written: Vec<(f64, String)> = ticks
        .iter()
        .map(|tick| (precise(*tick), tick.to_string()))
        .collect();
    columns.ticks(canvas, &panel, &written)?;
    for row in 0..reader.table.rows.len() {
        let (period, key) = (reader.words(row, "period")?, reader.key(row, "period")?);
        for (place, one) in series.iter().enumerate() {
            let count = reader.count(row, one.column)?;
            let tooltip = format!("{}, {period}", labels[place]);
            bar(
                canvas,
                &panel,
                (row, place, series.len()),
                count,
                &one.paint,
                (&tooltip, &key),
            )?;
        }
    }
    let bottom = panel.rect().bottom().max(below);
    canvas.reach(bottom + 4.0);
    Ok(bottom + GAP)
}

fn bar(
    canvas: &mut Canvas,
    panel: &Panel,
    (row, place, series): (usize, usize, usize),
    count: Option<u64>,
    paint: &Paint,
    (tooltip, period): (&str, &str),
) -> Result<()> {
    let style = Type::of(theme::BODY).anchor(Anchor::Middle);
    let unit = panel.x(1.0) - panel.x(0.0);
    let slot = ((unit - 4.0) / real(series)).min(22.0);
    let thick = (slot * 0.7).min(15.0);
    let x = panel.x(real(row)) + 2.0 + slot * (real(place) + 0.5) - thick / 2.0;
    let words = count.map_or_else(|| "–".to_owned(), |count| count.to_string());
    let data = [("period", period)];
    canvas.group("count", &format!("{tooltip}: {words}"), &data, |canvas| {
        let upper = panel.y(precise(count.unwrap_or(0)));
        if count.is_some_and(|count| count > 0) {
            canvas.rect(Rect::new(x, upper, thick, panel.y(0.0) - upper), paint);
        }
        canvas.text(x + thick / 2.0, upper - 2.4, &words, &style)
    })
}

/// The table in sentences, a period each.
fn describe(reader: &Reader<'_>) -> Result<String> {
    let mut sentences = Vec::new();
    for row in 0..reader.table.rows.len() {
        let mut parts = Vec::new();
        for name in ["cases", "offers", "events"]
            .into_iter()
            .filter(|name| reader.has(name))
        {
            parts.push(format!(
                "{} {}",
                reader.say(&reader.column(name)?.label),
                reader.words(row, name)?
            ));
        }
        if reader.has("depth_low") {
            let (low, high) = (
                reader.words(row, "depth_low")?,
                reader.words(row, "depth_high")?,
            );
            let median = if low == high {
                low
            } else {
                format!("{low} – {high}")
            };
            parts.push(format!("{} {median}", reader.say(&depth::MEDIAN)));
        }
        for name in shares_of(reader) {
            if let Some(share) = reader.share(row, name)? {
                let words = shares::words(reader, share);
                parts.push(format!(
                    "{} {words}",
                    reader.say(&reader.column(name)?.label)
                ));
            }
        }
        sentences.push(format!(
            "{}: {}.",
            reader.words(row, "period")?,
            parts.join("; ")
        ));
    }
    Ok(sentences.join(" "))
}

/// The columns that hold shares, left to right.
fn shares_of<'a>(reader: &Reader<'a>) -> impl Iterator<Item = &'a str> {
    let columns = reader.table.columns.iter();
    let shares = columns.filter(|column| column.measure == Measure::Share);
    shares.map(|column| column.name.as_str())
}

/// How to read the marks, for the caption.
fn key(reader: &Reader<'_>) -> String {
    let counts = Label::new(
        "Every axis begins at zero; columns are equally wide, however long the period.",
        "Әр ось нөлден басталады; кезең қанша ұзақ болса да, бағандардың ені бірдей.",
        "Каждая ось начинается с нуля; столбцы одинаковой ширины при любой длине периода.",
    );
    format!("{} {}", reader.say(&counts), shares::reading(reader))
}
