//! Shares as points with lying intervals on one axis from 0 to 100 %.
//!
//! Rows of many groups are compared down an axis they share; bars from zero would be mostly ink
//! where the intervals are what counts.

use super::read::Reader;
use crate::error::Result;
use crate::model::estimate::Share;
use crate::model::measure::percent;
use crate::render::canvas::axis::Panel;
use crate::render::canvas::marks::Shape;
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type, text};
use crate::render::theme::{self, ACCENT, ACCENT_PALE, FAINT, GRID, INK, MUTED, PAPER};

/// The diameter of a point.
pub(in crate::render) const POINT: f64 = 4.6;

/// How the point of a share looks among several of one row: the first filled, the second hollow,
/// any further one of a shape of its own.
pub(in crate::render) fn point(place: usize) -> (Shape, Paint) {
    let hollow = Paint::fill(PAPER).outlined(ACCENT, 1.0);
    match place {
        0 => (Shape::Circle, Paint::fill(ACCENT).outlined(ACCENT, 1.0)),
        1 => (Shape::Circle, hollow),
        _ => (Shape::at(place - 1), hollow),
    }
}

/// The line of an interval; one of few is thin and grey, so that the eye does not rest on it.
pub(in crate::render) fn line(is_small: bool) -> Paint {
    if is_small {
        Paint::line(MUTED, 0.6)
    } else {
        Paint::line(INK, 1.2)
    }
}

/// How a range is filled within which a share may lie for want of values.
pub(in crate::render) const RANGE: Paint = Paint::fill(ACCENT_PALE);

/// Draws the ground of a panel of shares: a rule per tick in each of `bands`, and the ticks in words
/// below the panel and, if `is_tall`, above it.
pub(in crate::render) fn ground(
    canvas: &mut Canvas,
    reader: &Reader<'_>,
    panel: &Panel,
    ticks: &[f64],
    is_tall: bool,
    bands: &[(f64, f64)],
) -> Result<()> {
    let style = Type::of(theme::SMALL).colour(MUTED).anchor(Anchor::Middle);
    let rect = panel.rect();
    for tick in ticks {
        let x = panel.x(*tick);
        let colour = if *tick == 0.0 { MUTED } else { GRID };
        let rule = if (tick * 2.0).fract() == 0.0 {
            colour
        } else {
            FAINT
        };
        for (top, bottom) in bands {
            canvas.line((x, *top), (x, *bottom), &Paint::line(rule, 0.5));
        }
        let words = reader.say(&percent(*tick));
        canvas.text(x, rect.bottom() + style.size + 2.0, &words, &style)?;
        if is_tall {
            canvas.text(x, rect.y - 3.0, &words, &style)?;
        }
    }
    canvas.reach(rect.bottom() + style.size * (1.0 + text::DESCENT) + 2.0);
    Ok(())
}

/// Draws a share at the height `y`; nothing for a share of nothing.
pub(in crate::render) fn draw(
    canvas: &mut Canvas,
    panel: &Panel,
    y: f64,
    share: &Share,
    (shape, paint): (Shape, Paint),
) {
    let Some(estimate) = share.estimate else {
        return;
    };
    let paint_line = line(share.is_small());
    let (low, high) = (panel.x(estimate.low), panel.x(estimate.high));
    canvas.line((low, y), (high, y), &paint_line);
    for end in [low, high] {
        canvas.line((end, y - 1.5), (end, y + 1.5), &paint_line);
    }
    shape.draw(canvas, panel.x(estimate.value), y, POINT, &paint);
}

/// Draws the range from one share to another about the height `y`.
pub(in crate::render) fn range(
    canvas: &mut Canvas,
    panel: &Panel,
    (y, height): (f64, f64),
    (low, high): (f64, f64),
) {
    let (left, right) = (panel.x(low), panel.x(high));
    let rect = Rect::new(left, y - height / 2.0, right - left, height);
    canvas.rect(rect, &RANGE);
}
