//! Rates as bars from zero with their interval, their value, and the count they rest on.

use super::periods::{GAP, Periods};
use super::read::Reader;
use crate::analyse::table::Cell;
use crate::error::Result;
use crate::model::label::Label;
use crate::model::measure::decimal;
use crate::render::canvas::axis::{self, Panel};
use crate::render::canvas::marks;
use crate::render::canvas::{Canvas, Paint, Type, text};
use crate::render::theme::{self, ACCENT, ACCENT_PALE, INK, MUTED, precise};
use crate::render::words::decimals;

/// The height of a row of rates in points.
const HEIGHT: f64 = 36.0;

/// A rate of the table: its column, those of its limits if it has any, and the count it is of.
pub(in crate::render) struct Rate {
    /// The column of the rate.
    pub value: &'static str,
    /// The columns of its lower and upper limit.
    pub limits: Option<(&'static str, &'static str)>,
    /// The column of the count.
    pub count: &'static str,
}

/// A rate as the table has it, with the decimals that its column needs.
struct Printed {
    value: f64,
    decimals: usize,
    limits: Option<(f64, f64)>,
}

fn printed(reader: &Reader<'_>, row: usize, rate: &Rate) -> Result<Option<Printed>> {
    let number = |column: &str| -> Result<Option<f64>> {
        Ok(match reader.cell(row, column)? {
            Cell::Number(number) => Some(*number),
            _ => None,
        })
    };
    let limits = match rate.limits {
        Some((low, high)) => number(low)?.zip(number(high)?),
        None => None,
    };
    let decimals = decimals(reader.table.column(rate.value).into_iter().flatten());
    Ok(number(rate.value)?.map(|value| Printed {
        value,
        decimals,
        limits,
    }))
}

/// Draws a rate for the period of each of the rows; returns where the next row of panels begins.
///
/// A rate over no exposure is a dash, not a bar of no height.
pub(in crate::render) fn row(
    canvas: &mut Canvas,
    reader: &Reader<'_>,
    columns: &Periods,
    top: f64,
    rows: &[usize],
    rate: &Rate,
) -> Result<f64> {
    let mut rates = Vec::new();
    for &row in rows {
        rates.push(printed(reader, row, rate)?);
    }
    let reach = |held: &Printed| held.limits.map_or(held.value, |(_, high)| high);
    let highest = rates.iter().flatten().map(reach).fold(0.0, f64::max);
    let (ticks, decimals) = ticks(highest);
    let most = ticks.last().copied().unwrap_or(1.0);
    let panel = columns.row(top, HEIGHT, most);
    columns.divide(canvas, &panel);
    let written: Vec<(f64, String)> = ticks
        .iter()
        .map(|tick| (*tick, reader.say(&decimal(*tick, decimals))))
        .collect();
    columns.ticks(canvas, &panel, &written)?;
    let label = reader.heading(rate.value);
    columns.label(canvas, top, &label)?;
    let small = Type::of(theme::SMALL).colour(MUTED);
    let beneath = panel.rect().bottom() + small.size + 1.5;
    for (place, (&row, held)) in rows.iter().zip(&rates).enumerate() {
        let (period, key) = (reader.words(row, "span")?, reader.key(row, "span")?);
        let said = words(reader, row, rate)?.unwrap_or_else(|| format!("{label} –"));
        let tooltip = format!("{period}: {said}");
        canvas.group("rate", &tooltip, &[("period", &key)], |canvas| {
            if let Some(held) = held {
                bar(canvas, reader, &panel, place, held)?;
            } else {
                canvas.text(
                    panel.x(theme::real(place)) + 4.0,
                    panel.y(0.0) - 4.0,
                    "–",
                    &small,
                )?;
            }
            let count = format!("n={}", reader.words(row, rate.count)?);
            canvas.text(panel.x(theme::real(place)) + 3.0, beneath, &count, &small)
        })?;
    }
    let bottom = beneath.max(top + columns.label_height(&label));
    canvas.reach(bottom + 3.0);
    Ok(bottom + GAP)
}

fn bar(
    canvas: &mut Canvas,
    reader: &Reader<'_>,
    panel: &Panel,
    place: usize,
    held: &Printed,
) -> Result<()> {
    let unit = panel.x(1.0) - panel.x(0.0);
    let left = theme::real(place);
    let thick = (unit * 0.24).clamp(6.0, 18.0) / unit;
    let start = left + 4.0 / unit;
    let end = start + thick;
    panel.bar(canvas, (start, 0.0), (end, held.value), ACCENT_PALE)?;
    panel.line(
        canvas,
        vec![(start, held.value), (end, held.value)],
        ACCENT,
        1.6,
    )?;
    let mut above = panel.y(held.value);
    if let Some((low, high)) = held.limits {
        let (x, line) = (panel.x(start + thick / 2.0), Paint::line(INK, 0.7));
        above = panel.y(high);
        marks::interval(canvas, x, panel.y(low), above, 1.6, &line);
    }
    let words = reader.say(&decimal(held.value, held.decimals));
    let (strong, small) = (Type::of(theme::BODY), Type::of(theme::SMALL));
    let beside = panel.x(end) + 3.0;
    if beside + strong.width(&words) <= panel.x(left + 1.0) {
        let rise = strong.size * text::CAP_HEIGHT;
        let baseline = (panel.y(held.value) + rise / 2.0).min(panel.y(0.0) - 1.5);
        return canvas.text(beside, baseline, &words, &strong);
    }
    canvas.text(panel.x(left) + 3.0, above - 2.2, &words, &small)
}

/// Round numbers from 0 to at least `highest`, and the decimals they need.
pub(in crate::render) fn ticks(highest: f64) -> (Vec<f64>, usize) {
    let (parts, decimals) = match highest {
        high if high > 3.0 => (1.0, 0),
        high if high > 0.3 => (10.0, 1),
        _ => (100.0, 2),
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rate is not negative, and the cast saturates"
    )]
    let whole = (highest * parts).ceil() as u64;
    let ticks = axis::counts(whole, 3);
    (
        ticks
            .into_iter()
            .map(|tick| precise(tick) / parts)
            .collect(),
        decimals,
    )
}

/// The rate in words, with its interval if it has one; `None` if there is none.
pub(in crate::render) fn words(
    reader: &Reader<'_>,
    row: usize,
    rate: &Rate,
) -> Result<Option<String>> {
    let Some(Printed {
        value,
        decimals,
        limits,
    }) = printed(reader, row, rate)?
    else {
        return Ok(None);
    };
    let number = |value| decimal(value, decimals);
    let label = &reader.column(rate.value)?.label;
    let (plain, bounded) = (
        Label::plain("{what} {value}"),
        Label::new(
            "{what} {value} (interval {low} to {high})",
            "{what} {value} (аралық {low} – {high})",
            "{what} {value} (интервал {low} – {high})",
        ),
    );
    let words = match limits {
        None => plain,
        Some((low, high)) => bounded.fill(&[("low", &number(low)), ("high", &number(high))]),
    };
    let words = words.fill(&[("what", label), ("value", &number(value))]);
    Ok(Some(reader.say(&words)))
}
