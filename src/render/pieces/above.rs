//! Rows of a figure too narrow for columns beside what it draws: the name of a row and its numbers
//! stand in a line above it, so that the drawing has the whole width.

use crate::error::Result;
use crate::render::canvas::{Anchor, Canvas, Paint, Type, text};
use crate::render::figure::MARGIN;
use crate::render::theme::{self, MUTED, real};

/// The distance between columns, and of names from the first.
const GAP: f64 = 10.0;
const HEAD: Type = Type::of(theme::SMALL).bold().tight();

/// A column of numbers at the right of the lines.
pub(in crate::render) struct Column {
    /// Its heading.
    pub words: String,
    /// How wide its numbers are.
    pub width: f64,
    /// The room for a sign before the heading; 0 if it has none.
    pub sign: f64,
}

/// Where the numbers of the lines are.
pub(in crate::render) struct Above {
    columns: Vec<Column>,
    /// The right sides of the columns.
    rights: Vec<f64>,
    /// Where names must have ended that have numbers beside them, and those that have none.
    rooms: (f64, f64),
}

impl Above {
    /// Columns that are as wide as their numbers, the last one at the right side of the figure.
    pub(in crate::render) fn new(canvas: &Canvas, columns: Vec<Column>) -> Self {
        let edge = canvas.width() - MARGIN;
        let mut right = edge;
        let mut rights = Vec::new();
        for column in columns.iter().rev() {
            rights.push(right);
            right -= column.width + GAP;
        }
        rights.reverse();
        Self {
            columns,
            rights,
            rooms: (right, edge),
        }
    }

    /// The right side of a column.
    pub(in crate::render) fn right(&self, place: usize) -> f64 {
        self.rights[place]
    }

    /// Where names must have ended that have numbers beside them.
    pub(in crate::render) fn names(&self) -> f64 {
        self.rooms.0
    }

    /// The lines of a name that begins at `left`; the numbers stand beside the last one, which is
    /// empty where there is no room for both.
    pub(in crate::render) fn lines(&self, words: &str, style: &Type, left: f64) -> Vec<String> {
        let (beside, whole) = (self.rooms.0 - left, self.rooms.1 - left);
        let word = text::longest_word(words, style.size, style.weight);
        let lines = style.wrap(words, beside.max(word));
        if word <= beside && lines.len() <= 2 {
            return lines;
        }
        let mut apart = style.wrap(words, whole);
        apart.push(String::new());
        apart
    }

    /// Writes the headings below what is on the canvas; `sign` draws what stands before the one at a
    /// place. Returns the baseline of the lowest.
    ///
    /// A heading wider than its column stands above those left of it, with a line down to its
    /// column.
    pub(in crate::render) fn head(
        &self,
        canvas: &mut Canvas,
        sign: impl Fn(&mut Canvas, usize, (f64, f64)),
    ) -> Result<f64> {
        let mut levels = 0;
        let mut before = 0.0;
        let mut placed = Vec::new();
        for (column, right) in self.columns.iter().zip(&self.rights) {
            let lines = HEAD.wrap(&column.words, right - MARGIN - column.sign);
            let words = lines.iter().map(String::as_str);
            let left = right - text::widest(words, HEAD.size, HEAD.weight) - column.sign;
            let level = if left > before { 0 } else { levels };
            levels = levels.max(level + lines.len());
            before = right + GAP / 2.0;
            placed.push((lines, level, left));
        }
        let top = canvas.height() + 4.0;
        let last = top + HEAD.size + HEAD.leading() * (real(levels.max(1)) - 1.0);
        let style = HEAD.anchor(Anchor::End);
        for (place, (lines, level, left)) in placed.iter().enumerate() {
            let right = self.rights[place];
            let lowest = last - HEAD.leading() * real(*level);
            let first = lowest - HEAD.leading() * (real(lines.len()) - 1.0);
            sign(
                canvas,
                place,
                (*left, first - HEAD.size * text::CAP_HEIGHT / 2.0),
            );
            canvas.lines(right, first, lines, &style)?;
            if *level > 0 {
                let from = lowest + HEAD.size * text::DESCENT + 1.0;
                canvas.line((right, from), (right, last + 1.0), &Paint::line(MUTED, 0.5));
            }
        }
        Ok(last)
    }
}
