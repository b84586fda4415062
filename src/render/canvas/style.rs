//! Where things are and how they look.

use super::text::{self, Weight};
use crate::render::theme::{self, Colour};

/// A rectangle in points, `y` growing downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// The left side.
    pub x: f64,
    /// The upper side.
    pub y: f64,
    /// How wide.
    pub width: f64,
    /// How high.
    pub height: f64,
}

impl Rect {
    /// A rectangle by its left, upper side and its size.
    #[must_use]
    pub const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }

    /// The right side.
    #[must_use]
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// The lower side.
    #[must_use]
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }
}

/// How an outline and its inside look.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Paint {
    pub(super) fill: Option<Colour>,
    pub(super) line: Option<(Colour, f64)>,
    pub(super) dash: &'static str,
    pub(super) is_round: bool,
}

impl Paint {
    /// A filled area without outline.
    #[must_use]
    pub const fn fill(colour: Colour) -> Self {
        Self {
            fill: Some(colour),
            line: None,
            dash: "",
            is_round: false,
        }
    }

    /// A line of that width in points.
    #[must_use]
    pub const fn line(colour: Colour, width: f64) -> Self {
        Self {
            fill: None,
            line: Some((colour, width)),
            dash: "",
            is_round: false,
        }
    }

    /// The same with an outline.
    #[must_use]
    pub const fn outlined(self, colour: Colour, width: f64) -> Self {
        Self {
            line: Some((colour, width)),
            ..self
        }
    }

    /// The same with a dashed line: lengths of strokes and gaps in points, as SVG writes them.
    #[must_use]
    pub const fn dashed(self, dash: &'static str) -> Self {
        Self { dash, ..self }
    }

    /// The same with round ends of lines.
    #[must_use]
    pub const fn round(self) -> Self {
        Self {
            is_round: true,
            ..self
        }
    }
}

/// Which part of a text stands at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The beginning.
    Start,
    /// The middle.
    Middle,
    /// The end.
    End,
}

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Type {
    /// The size in points.
    pub size: f64,
    /// The weight.
    pub weight: Weight,
    /// The colour.
    pub colour: Colour,
    /// The part at the position.
    pub anchor: Anchor,
    /// Degrees clockwise about the position.
    pub angle: f64,
    /// The distance between baselines as a multiple of the size.
    pub spacing: f64,
}

impl Type {
    /// Regular ink of that size in points, beginning at its position.
    #[must_use]
    pub const fn of(size: f64) -> Self {
        Self {
            size,
            weight: Weight::Regular,
            colour: theme::INK,
            anchor: Anchor::Start,
            angle: 0.0,
            spacing: theme::LEADING,
        }
    }

    /// The same in bold.
    #[must_use]
    pub const fn bold(self) -> Self {
        Self {
            weight: Weight::Bold,
            ..self
        }
    }

    /// The same in another colour.
    #[must_use]
    pub const fn colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// The same with another part at the position.
    #[must_use]
    pub const fn anchor(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// The same turned by degrees clockwise.
    #[must_use]
    pub const fn turned(self, angle: f64) -> Self {
        Self { angle, ..self }
    }

    /// The same with baselines closer than in running text, for labels of two or three lines.
    #[must_use]
    pub const fn tight(self) -> Self {
        Self {
            spacing: 1.14,
            ..self
        }
    }

    /// The distance between baselines in points.
    #[must_use]
    pub fn leading(&self) -> f64 {
        self.size * self.spacing
    }

    /// The width of a text in this type, in points.
    #[must_use]
    pub fn width(&self, words: &str) -> f64 {
        text::width(words, self.size, self.weight)
    }

    /// The lines of a text in this type when none may be wider than `limit` points.
    #[must_use]
    pub fn wrap(&self, words: &str, limit: f64) -> Vec<String> {
        text::wrap(words, self.size, self.weight, limit)
    }
}
