//! Rows whose words are wrapped and stand about the middle of what is drawn beside them.

use crate::error::Result;
use crate::render::canvas::{Canvas, Paint, Type, text};
use crate::render::figure::MARGIN;
use crate::render::theme::{self, FAINT, MUTED, real};

/// The baseline of the first of so many lines that stand about a middle height.
pub(in crate::render) fn first(middle: f64, lines: usize, style: &Type) -> f64 {
    let rise = style.size * text::CAP_HEIGHT;
    let block = style.leading() * real(lines.saturating_sub(1)) + rise;
    middle - block / 2.0 + rise
}

/// Writes lines about a middle height.
pub(in crate::render) fn centred(
    canvas: &mut Canvas,
    x: f64,
    middle: f64,
    lines: &[String],
    style: &Type,
) -> Result<()> {
    canvas.lines(x, first(middle, lines.len(), style), lines, style)?;
    Ok(())
}

/// Draws the fine line between rows, over the whole width.
pub(in crate::render) fn rule(canvas: &mut Canvas, y: f64) {
    let right = canvas.width() - MARGIN;
    canvas.line((MARGIN, y), (right, y), &Paint::line(FAINT, 0.5));
}

/// Writes headings of columns, each with its left side and its room, so that their last lines stand
/// beside each other; returns the lower edge.
pub(in crate::render) fn head(
    canvas: &mut Canvas,
    top: f64,
    headings: &[(String, f64, f64)],
) -> Result<f64> {
    let style = Type::of(theme::SMALL).bold().colour(MUTED);
    let wrapped: Vec<Vec<String>> = headings
        .iter()
        .map(|(words, _, room)| style.wrap(words, room.max(1.0)))
        .collect();
    let most = wrapped.iter().map(Vec::len).max().unwrap_or(1);
    let last = top + style.size + style.leading() * real(most - 1);
    for ((_, x, _), lines) in headings.iter().zip(&wrapped) {
        let first = last - style.leading() * real(lines.len() - 1);
        canvas.lines(*x, first, lines, &style)?;
    }
    Ok(last + 4.0)
}
