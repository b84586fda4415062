//! The ordered scale of roles by period: the median of the deepest, and how many cases had each.

use crate::error::Result;
use crate::model::label::Label;
use crate::render::canvas::axis::Panel;
use crate::render::canvas::marks::Shape;
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type, text};
use crate::render::figure::MARGIN;
use crate::render::pieces::periods::{GAP, Periods};
use crate::render::pieces::read::Reader;
use crate::render::theme::{self, ACCENT, ACCENT_PALE, FAINT, INK, MUTED, PAPER, precise, real};

/// What the diamonds show.
pub(super) const MEDIAN: Label = Label::new("Median role", "Медианалық рөл", "Медианная роль");

/// The height of a step of the scale in points.
const STEP: f64 = 9.8;
/// The height of a step whose name stands above its bars.
const STACKED: f64 = 18.6;
/// The room for the mark of the median at the left of a column.
const MEDIAN_WIDTH: f64 = 13.0;

/// Draws the scale from `top`; returns where the next row begins.
///
/// A median between two roles is a line from one to the other: half a role is not a role. Counts
/// are drawn for every column `role_<code>` that the table has.
pub(super) fn row(
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
    let beside = MARGIN + heading.width(&words) + 8.0;
    let first = remark(canvas, reader, beside, baseline, counted)? + 5.0;
    let step = if periods.is_stacked() { STACKED } else { STEP };
    let panel = periods.panels(first, step * real(codes.len()), real(codes.len().max(1)));
    steps(canvas, reader, periods, &panel, codes)?;
    periods.divide(canvas, &panel);
    let most = most_cases(reader, codes)?;
    for row in 0..reader.table.rows.len() {
        let period = reader.key(row, "period")?;
        canvas.group("period", "", &[("period", &period)], |canvas| {
            for (place, (code, name)) in codes.iter().enumerate() {
                if reader.has(&column(code))
                    && let Some(count) = reader.count(row, &column(code))?
                {
                    let tooltip = format!(
                        "{}, {}: {count}",
                        reader.say(name),
                        reader.words(row, "period")?
                    );
                    let at = (row, real(place) + centre(periods));
                    bar(canvas, &panel, at, (count, most), (&tooltip, code))?;
                }
            }
            median(canvas, reader, &panel, row, centre(periods))
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

/// Where the bars of a step stand, from its lower side, in steps.
fn centre(periods: &Periods) -> f64 {
    if periods.is_stacked() { 0.26 } else { 0.5 }
}

/// Says beside the heading what the marks are; returns the last baseline.
fn remark(
    canvas: &mut Canvas,
    reader: &Reader<'_>,
    x: f64,
    baseline: f64,
    counted: bool,
) -> Result<f64> {
    let style = Type::of(theme::SMALL).colour(MUTED);
    let rise = style.size * text::CAP_HEIGHT / 2.0;
    let middle = baseline - rise;
    Shape::Diamond.draw(canvas, x + 2.5, middle, 4.4, &median_paint());
    let of = reader.say(&Label::new(
        "median of the deepest role of each case",
        "әр жағдайдың ең терең рөлінің медианасы",
        "медиана самой глубокой роли каждого случая",
    ));
    canvas.text(x + 8.0, baseline, &of, &style)?;
    if !counted {
        return Ok(baseline);
    }
    let cases = reader.say(&Label::new(
        "cases with the role",
        "рөлі бар жағдайлар",
        "случаи с этой ролью",
    ));
    let (mut next, mut line) = (x + 8.0 + style.width(&of) + 12.0, baseline);
    if next + 12.0 + style.width(&cases) > canvas.width() - MARGIN {
        (next, line) = (x, baseline + style.leading());
    }
    let sign = Rect::new(next, line - rise - 2.4, 9.0, 4.8);
    canvas.rect(sign, &Paint::fill(ACCENT_PALE));
    canvas.text(next + 12.0, line, &cases, &style)?;
    Ok(line)
}

fn steps(
    canvas: &mut Canvas,
    reader: &Reader<'_>,
    periods: &Periods,
    panel: &Panel,
    codes: &[(String, Label)],
) -> Result<()> {
    let style = Type::of(theme::SMALL).colour(MUTED).anchor(Anchor::End);
    let rect = panel.rect();
    let edges: Vec<f64> = (0..=codes.len()).map(real).collect();
    panel.rules(canvas, &edges, FAINT, 0.5)?;
    if periods.is_stacked() {
        let above = style.anchor(Anchor::Start);
        for (place, (_, name)) in codes.iter().enumerate() {
            let baseline = panel.y(real(place + 1)) + style.size + 0.4;
            let room = rect.right() - MARGIN;
            let words = text::shorten(&reader.say(name), style.size, style.weight, room);
            canvas.text(MARGIN, baseline, &words, &above)?;
        }
        return Ok(());
    }
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
    (row, height): (usize, f64),
    (count, most): (u64, u64),
    (tooltip, role): (&str, &str),
) -> Result<()> {
    if count == 0 {
        return Ok(());
    }
    let style = Type::of(theme::SMALL);
    let unit = panel.x(1.0) - panel.x(0.0);
    let left = panel.x(real(row)) + MEDIAN_WIDTH;
    let room = unit - MEDIAN_WIDTH - style.width(&most.to_string()) - 5.0;
    let length = room.max(1.0) * precise(count) / precise(most);
    let middle = panel.y(height);
    canvas.group("count", tooltip, &[("role", role)], |canvas| {
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

fn median(
    canvas: &mut Canvas,
    reader: &Reader<'_>,
    panel: &Panel,
    row: usize,
    centre: f64,
) -> Result<()> {
    let x = panel.x(real(row)) + MEDIAN_WIDTH / 2.0;
    let (low, high) = (
        reader.place(row, "depth_low")?,
        reader.place(row, "depth_high")?,
    );
    let Some((low, high)) = low.zip(high) else {
        let style = Type::of(theme::SMALL).colour(MUTED).anchor(Anchor::Middle);
        let baseline = panel.y(centre) + style.size * text::CAP_HEIGHT / 2.0;
        return canvas.text(x, baseline, "–", &style);
    };
    let tooltip = format!(
        "{}: {}",
        reader.say(&MEDIAN),
        reader.words(row, "depth_low")?
    );
    canvas.group("median", &tooltip, &[], |canvas| {
        let at = |place: usize| panel.y(real(place) + centre);
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
