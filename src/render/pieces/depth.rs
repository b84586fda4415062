//! The ordered scale of roles by period: the median of the deepest, and how many cases had each.

use super::periods::{GAP, Periods};
use super::read::Reader;
use crate::error::Result;
use crate::model::label::Label;
use crate::render::canvas::axis::Panel;
use crate::render::canvas::marks::Shape;
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type, text};
use crate::render::figure::MARGIN;
use crate::render::theme::{self, ACCENT, ACCENT_PALE, FAINT, INK, MUTED, PAPER, precise, real};

/// What the diamonds show.
pub(in crate::render) const MEDIAN: Label =
    Label::new("Median role", "Медианалық рөл", "Медианная роль");

/// The height of a step of the scale in points.
const STEP: f64 = 9.8;
/// The room for the mark of the median at the left of a column.
const MEDIAN_WIDTH: f64 = 13.0;

/// Draws the scale from `top`; returns where the next row begins.
///
/// A median between two roles is a line from one to the other: half a role is not a role. Counts
/// are drawn for every column `role_<code>` that the table has.
pub(in crate::render) fn row(
    canvas: &mut Canvas,
    reader: &Reader<'_>,
    periods: &Periods,
    top: f64,
) -> Result<f64> {
    let codes = &reader.column("depth_low")?.codes;
    let counted = codes.iter().any(|(code, _)| reader.has(&column(code)));
    let heading = Type::of(theme::BODY).bold();
    let words = reader.say(&Label::new("Roles", "Рөлдер", "Роли"));
    let baseline = top + heading.size * text::CAP_HEIGHT;
    canvas.text(MARGIN, baseline, &words, &heading)?;
    remark(
        canvas,
        reader,
        MARGIN + heading.width(&words) + 8.0,
        baseline,
        counted,
    )?;
    let first = baseline + 5.0;
    let panel = periods.row(first, STEP * real(codes.len()), real(codes.len().max(1)));
    steps(canvas, reader, &panel, codes)?;
    periods.divide(canvas, &panel);
    let most = most_cases(reader, codes)?;
    for row in 0..reader.table.rows.len() {
        let period = reader.cell(row, "period")?.code().unwrap_or_default();
        canvas.group("period", "", &[("period", period)], |canvas| {
            for (place, (code, name)) in codes.iter().enumerate() {
                if reader.has(&column(code))
                    && let Some(count) = reader.count(row, &column(code))?
                {
                    let tooltip = format!(
                        "{}, {}: {count}",
                        reader.say(name),
                        reader.words(row, "period")?
                    );
                    bar(canvas, &panel, (row, place), (count, most), &tooltip)?;
                }
            }
            median(canvas, reader, &panel, row)
        })?;
    }
    let bottom = panel.rect().bottom();
    canvas.reach(bottom + 4.0);
    Ok(bottom + GAP + 2.0)
}

fn column(code: &str) -> String {
    format!("role_{code}")
}

fn most_cases(reader: &Reader<'_>, codes: &[(String, Label)]) -> Result<u64> {
    let mut most = 1;
    for (code, _) in codes.iter().filter(|(code, _)| reader.has(&column(code))) {
        for row in 0..reader.table.rows.len() {
            most = most.max(reader.count(row, &column(code))?.unwrap_or(0));
        }
    }
    Ok(most)
}

/// Says beside the heading what the marks are.
fn remark(
    canvas: &mut Canvas,
    reader: &Reader<'_>,
    x: f64,
    baseline: f64,
    counted: bool,
) -> Result<()> {
    let style = Type::of(theme::SMALL).colour(MUTED);
    let middle = baseline - style.size * text::CAP_HEIGHT / 2.0;
    Shape::Diamond.draw(canvas, x + 2.5, middle, 4.4, &median_paint());
    let of = reader.say(&Label::new(
        "median of the deepest role of each case",
        "әр жағдайдың ең терең рөлінің медианасы",
        "медиана самой глубокой роли каждого случая",
    ));
    canvas.text(x + 8.0, baseline, &of, &style)?;
    if counted {
        let next = x + 8.0 + style.width(&of) + 12.0;
        canvas.rect(
            Rect::new(next, middle - 2.4, 9.0, 4.8),
            &Paint::fill(ACCENT_PALE),
        );
        let cases = Label::new(
            "cases with the role",
            "рөлі бар жағдайлар",
            "случаи с этой ролью",
        );
        canvas.text(next + 12.0, baseline, &reader.say(&cases), &style)?;
    }
    Ok(())
}

fn steps(
    canvas: &mut Canvas,
    reader: &Reader<'_>,
    panel: &Panel,
    codes: &[(String, Label)],
) -> Result<()> {
    let style = Type::of(theme::SMALL).colour(MUTED).anchor(Anchor::End);
    let rect = panel.rect();
    let edges: Vec<f64> = (0..=codes.len()).map(real).collect();
    panel.rules(canvas, &edges, FAINT, 0.5)?;
    for (place, (_, name)) in codes.iter().enumerate() {
        let baseline = panel.y(real(place) + 0.5) + style.size * text::CAP_HEIGHT / 2.0;
        let words = text::shorten(
            &reader.say(name),
            style.size,
            style.weight,
            rect.x - 4.0 - MARGIN,
        );
        canvas.text(rect.x - 4.0, baseline, &words, &style)?;
    }
    Ok(())
}

fn bar(
    canvas: &mut Canvas,
    panel: &Panel,
    (row, place): (usize, usize),
    (count, most): (u64, u64),
    tooltip: &str,
) -> Result<()> {
    if count == 0 {
        return Ok(());
    }
    let style = Type::of(theme::SMALL);
    let unit = panel.x(1.0) - panel.x(0.0);
    let left = panel.x(real(row)) + MEDIAN_WIDTH;
    let room = unit - MEDIAN_WIDTH - style.width(&most.to_string()) - 5.0;
    let length = room.max(1.0) * precise(count) / precise(most);
    let middle = panel.y(real(place) + 0.5);
    canvas.group("count", tooltip, &[], |canvas| {
        canvas.rect(
            Rect::new(left, middle - 2.6, length, 5.2),
            &Paint::fill(ACCENT_PALE),
        );
        let baseline = middle + style.size * text::CAP_HEIGHT / 2.0;
        canvas.text(left + length + 2.0, baseline, &count.to_string(), &style)
    })
}

fn median_paint() -> Paint {
    Paint::fill(ACCENT).outlined(INK, theme::HAIRLINE)
}

fn median(canvas: &mut Canvas, reader: &Reader<'_>, panel: &Panel, row: usize) -> Result<()> {
    let x = panel.x(real(row)) + MEDIAN_WIDTH / 2.0;
    let (low, high) = (
        reader.place(row, "depth_low")?,
        reader.place(row, "depth_high")?,
    );
    let Some((low, high)) = low.zip(high) else {
        let style = Type::of(theme::SMALL).colour(MUTED).anchor(Anchor::Middle);
        let baseline = panel.y(0.5) + style.size * text::CAP_HEIGHT / 2.0;
        return canvas.text(x, baseline, "–", &style);
    };
    let tooltip = format!(
        "{}: {}",
        reader.say(&MEDIAN),
        reader.words(row, "depth_low")?
    );
    canvas.group("median", &tooltip, &[], |canvas| {
        let at = |place: usize| panel.y(real(place) + 0.5);
        canvas.line((x, at(low)), (x, at(high)), &Paint::line(ACCENT, 1.6));
        for place in [low, high] {
            Shape::Diamond.draw(
                canvas,
                x,
                at(place),
                4.8,
                &median_paint().outlined(PAPER, 0.4),
            );
        }
        Ok(())
    })
}
