//! Periods as columns, measures as rows: small multiples in which the eye runs along a row.
//!
//! The periods are named once, above, and every row stands on the same columns. Columns are
//! equally wide although periods are not equally long: how long each was is written beneath its
//! name.

use crate::error::Result;
use crate::render::canvas::axis::Panel;
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type, text};
use crate::render::figure::MARGIN;
use crate::render::theme::{self, FAINT, GRID, MUTED};

/// The heading of a period.
pub(in crate::render) struct Heading {
    /// Its name.
    pub name: String,
    /// What is to be known of it: how many cases, how many years.
    pub notes: Vec<String>,
}

/// Where the columns are, in points.
pub(in crate::render) struct Periods {
    left: f64,
    right: f64,
    count: usize,
    /// The room for the label of a row above its panel; 0 where labels stand beside the panels.
    lift: f64,
}

/// The room for ticks between the label of a row and its panel.
const TICKS: f64 = 30.0;
/// A column narrower than this has no room for a share in figures: labels then stand above the
/// panels, and the columns take their room.
const NARROW: f64 = 32.0;
/// The distance of a label above its panels from the topmost tick.
const CLEAR: f64 = 4.0;
/// The distance between rows.
pub(in crate::render) const GAP: f64 = 11.0;

impl Periods {
    /// Columns for `count` periods, right of labels `labels` points wide; below them where the
    /// figure is too narrow for that.
    pub(in crate::render) fn new(canvas: &Canvas, labels: f64, count: usize) -> Self {
        let beside = Self::beside(canvas, labels, count);
        if beside.width() >= NARROW {
            return beside;
        }
        Self::below(canvas, count)
    }

    /// Columns below the labels, as wide as the figure lets them be.
    pub(in crate::render) fn below(canvas: &Canvas, count: usize) -> Self {
        Self {
            lift: Type::of(theme::BODY).leading() + CLEAR,
            ..Self::beside(canvas, 0.0, count)
        }
    }

    /// Columns right of the labels however narrow they are: for bars that need no words of their own.
    pub(in crate::render) fn beside(canvas: &Canvas, labels: f64, count: usize) -> Self {
        Self {
            left: MARGIN + labels + TICKS,
            right: canvas.width() - MARGIN,
            count: count.max(1),
            lift: 0.0,
        }
    }

    /// Do labels of rows stand above their panels?
    pub(in crate::render) const fn is_stacked(&self) -> bool {
        self.lift > 0.0
    }

    /// The width of a column.
    pub(in crate::render) fn width(&self) -> f64 {
        (self.right - self.left) / theme::real(self.count)
    }

    /// The left side of a column.
    pub(in crate::render) fn x(&self, place: usize) -> f64 {
        self.left + self.width() * theme::real(place)
    }

    /// Where labels of rows begin, and where they must have ended.
    pub(in crate::render) const fn labels(&self) -> (f64, f64) {
        let right = if self.is_stacked() {
            self.right
        } else {
            self.left - TICKS
        };
        (MARGIN, right)
    }

    /// Where a sign goes with the label of the row at `top`: its left and lower side.
    pub(in crate::render) fn sign(&self, top: f64, words: &str) -> (f64, f64) {
        if self.is_stacked() {
            let (name, (left, right)) = (Type::of(theme::BODY).bold(), self.labels());
            let lines = name.wrap(words, right - left);
            let last = lines.last().map_or(0.0, |line| name.width(line));
            (left + last + 5.0, top + name.size * text::CAP_HEIGHT)
        } else {
            (self.labels().0, top + self.label_height(words) + 7.0)
        }
    }

    /// Writes the headings below what is on the canvas; returns their lower edge.
    pub(in crate::render) fn head(&self, canvas: &mut Canvas, headings: &[Heading]) -> Result<f64> {
        let name = Type::of(theme::BODY).bold();
        let note = Type::of(theme::SMALL).colour(MUTED);
        let room = self.width() - 6.0;
        let top = canvas.height() + 6.0;
        let blocks: Vec<(Vec<String>, Vec<String>)> = headings
            .iter()
            .map(|heading| {
                let notes = heading
                    .notes
                    .iter()
                    .flat_map(|line| note.wrap(line, room))
                    .collect();
                (name.wrap(&heading.name, room), notes)
            })
            .collect();
        let most = blocks
            .iter()
            .map(|(names, _)| names.len())
            .max()
            .unwrap_or(1);
        let mut bottom = top;
        for (place, (names, notes)) in blocks.iter().enumerate() {
            let x = self.x(place) + 3.0;
            let first = top + name.leading() * theme::real(most - names.len() + 1);
            let baseline = canvas.lines(x, first, names, &name)?;
            let after = canvas.lines(
                x,
                baseline - name.leading() + note.leading() + 0.5,
                notes,
                &note,
            )?;
            bottom = bottom.max(after - note.leading() + 3.0);
        }
        let edge = Paint::line(GRID, 0.5);
        canvas.line((MARGIN, bottom + 2.0), (self.right, bottom + 2.0), &edge);
        Ok(bottom + 2.0)
    }

    /// A row of panels `height` points high, from `top` or below the label there, whose values
    /// rise from 0 to `most`; each period is one unit wide.
    pub(in crate::render) fn row(&self, top: f64, height: f64, most: f64) -> Panel {
        self.panels(top + self.lift, height, most)
    }

    /// The same, from `top` in any case: for a row that has its label in a line of its own.
    pub(in crate::render) fn panels(&self, top: f64, height: f64, most: f64) -> Panel {
        let rect = Rect::new(self.left, top, self.right - self.left, height);
        Panel::new(rect, 0.0..theme::real(self.count), 0.0..most)
    }

    /// Draws lines between the columns of a row.
    pub(in crate::render) fn divide(&self, canvas: &mut Canvas, panel: &Panel) {
        let rect = panel.rect();
        for place in 1..self.count {
            let x = self.x(place);
            canvas.line((x, rect.y), (x, rect.bottom()), &Paint::line(FAINT, 0.5));
        }
    }

    /// Draws the lines and labels of ticks at the left of a row: the first line, the ground on
    /// which bars stand, is stronger.
    pub(in crate::render) fn ticks(
        &self,
        canvas: &mut Canvas,
        panel: &Panel,
        ticks: &[(f64, String)],
    ) -> Result<()> {
        let style = Type::of(theme::SMALL).colour(MUTED).anchor(Anchor::End);
        for (place, (value, words)) in ticks.iter().enumerate() {
            let colour = if place == 0 { MUTED } else { FAINT };
            panel.rules(
                canvas,
                &[*value],
                colour,
                if place == 0 { 0.6 } else { 0.5 },
            )?;
            let baseline = panel.y(*value) + style.size * text::CAP_HEIGHT / 2.0;
            canvas.text(self.left - 4.0, baseline, words, &style)?;
        }
        Ok(())
    }

    /// Writes the label of a row beside the top of its panel, or above it; a second line then
    /// reaches into the gap between rows.
    pub(in crate::render) fn label(
        &self,
        canvas: &mut Canvas,
        top: f64,
        words: &str,
    ) -> Result<()> {
        let name = Type::of(theme::BODY).bold();
        let (left, right) = self.labels();
        let lines = name.wrap(words, right - left);
        let mut first = top + name.size * text::CAP_HEIGHT;
        if self.is_stacked() {
            first -= name.leading() * theme::real(lines.len() - 1);
        }
        canvas.lines(left, first, &lines, &name)?;
        Ok(())
    }

    /// Says below the label of a row, from `top`, which bars are which; returns the lower edge.
    pub(in crate::render) fn signs(
        &self,
        canvas: &mut Canvas,
        top: f64,
        signs: &[(Paint, String)],
    ) -> Result<f64> {
        let style = Type::of(theme::SMALL).colour(MUTED);
        let (left, right) = self.labels();
        let mut baseline = top + style.leading();
        for (paint, words) in signs {
            canvas.rect(Rect::new(left, baseline - 5.2, 5.2, 5.2), paint);
            let lines = style.wrap(words, right - left - 9.0);
            baseline = canvas.lines(left + 9.0, baseline, &lines, &style)?;
        }
        Ok(baseline - style.leading() + 2.0)
    }

    /// How high the label of a row is, in points.
    pub(in crate::render) fn label_height(&self, words: &str) -> f64 {
        let name = Type::of(theme::BODY).bold();
        let (left, right) = self.labels();
        theme::real(name.wrap(words, right - left).len()) * name.leading()
    }
}
