//! Small panels on one scale of levels: how many share a row, and how their levels are named.

use crate::error::Result;
use crate::render::canvas::{Anchor, Canvas, Type, text};
use crate::render::figure::MARGIN;
use crate::render::pieces::read::Reader;
use crate::render::theme::{self, MUTED, real};

/// This many panels share a row, at most.
const COLUMNS: usize = 3;
/// The distance between panels.
pub(super) const GAP: f64 = 14.0;

/// Where panels stand, and what their levels are called beside them.
pub(super) struct Layout {
    /// The left side of the first panel.
    pub left: f64,
    /// The width of a panel with the gap after it.
    pub wide: f64,
    /// How many panels share a row.
    pub columns: usize,
    /// The names of the levels, the lowest first; their numbers where names leave no room for two
    /// panels, since a panel to a row would make the figure longer than a page.
    pub levels: Vec<String>,
    /// Are they numbers?
    pub is_numbered: bool,
}

impl Layout {
    /// The layout in which panels are named if two fit beside the names.
    pub(super) fn of(canvas: &Canvas, names: &[String]) -> Self {
        let named = Self::beside(canvas, names.to_vec(), false);
        if named.columns > 1 {
            return named;
        }
        let numbers = (1..=names.len()).map(|number| number.to_string());
        Self::beside(canvas, numbers.collect(), true)
    }

    /// As many panels right of the levels as have room for their first and last day.
    fn beside(canvas: &Canvas, levels: Vec<String>, is_numbered: bool) -> Self {
        let small = Type::of(theme::SMALL);
        let widest = text::widest(levels.iter().map(String::as_str), small.size, small.weight);
        let left = MARGIN + widest.min(110.0) + 8.0;
        let days = 2.0 * small.width("2000-00-00") + 8.0;
        let wide = |columns| (canvas.width() - MARGIN - left + GAP) / real(columns);
        let has_room = |columns: &usize| wide(*columns) - GAP >= days;
        let columns = (1..=COLUMNS).rev().find(has_room).unwrap_or(1);
        Self {
            left,
            wide: wide(columns),
            columns,
            levels,
            is_numbered,
        }
    }
}

/// Names the levels by their numbers, the highest first as in the panels; returns the lower edge.
pub(super) fn numbered(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    layout: &Layout,
    names: &[String],
) -> Result<f64> {
    let small = Type::of(theme::SMALL).colour(MUTED);
    let mut baseline = canvas.height() + 4.0 + small.size;
    canvas.text(
        layout.left,
        baseline,
        &reader.heading("outcome"),
        &small.bold(),
    )?;
    baseline += small.leading();
    for (number, name) in layout.levels.iter().zip(names).rev() {
        canvas.text(
            layout.left - 7.0,
            baseline,
            number,
            &small.anchor(Anchor::End),
        )?;
        let lines = small.wrap(name, canvas.width() - MARGIN - layout.left);
        baseline = canvas.lines(layout.left, baseline, &lines, &small)?;
    }
    Ok(baseline - small.leading() + 4.0)
}
