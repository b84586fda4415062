//! The key below a chart: signs with their words, set in lines that keep to the width.

use crate::error::Result;
use crate::render::canvas::marks::{self, Shape};
use crate::render::canvas::{Canvas, Paint, Rect, Type, text};
use crate::render::theme::{self, Colour, INK, MUTED};

/// A sign of a key.
#[derive(Clone, Copy)]
pub(in crate::render) enum Sign {
    /// A mark of that shape and size.
    Mark(Shape, f64, Paint),
    /// A lying bar.
    Bar(Paint),
    /// A lying bar in the colours of that many ordered codes.
    Ramp(usize),
    /// The place of a code among that many ordered codes, filled with a colour.
    Step(usize, usize, Colour),
    /// A lying line.
    Line(Paint),
    /// A lying line that goes on.
    Arrow,
}

/// A line of a key: what it is about, and its signs.
pub(in crate::render) struct Key {
    /// What the signs are about.
    pub heading: String,
    /// Each sign with what it means.
    pub entries: Vec<(Sign, String)>,
}

const SIGN: f64 = 14.0;
const GAP: f64 = 10.0;

/// Draws keys below each other from `top`; returns the lower edge.
pub(in crate::render) fn draw(
    canvas: &mut Canvas,
    left: f64,
    right: f64,
    top: f64,
    keys: &[Key],
) -> Result<f64> {
    let heading = Type::of(theme::SMALL).bold().colour(MUTED);
    let words = Type::of(theme::SMALL);
    let leading = words.leading() + 1.8;
    let indent = keys
        .iter()
        .map(|key| heading.width(&key.heading))
        .fold(0.0, f64::max)
        .min((right - left) * 0.3);
    let start = left + indent + if indent > 0.0 { GAP } else { 0.0 };
    let mut baseline = top + words.size;
    for key in keys.iter().filter(|key| !key.entries.is_empty()) {
        // Signs taller than a line need more room above and below.
        let tall = key.entries.iter().map(|(sign, _)| sign.height());
        let more = (tall.fold(0.0, f64::max) - leading).max(0.0);
        let leading = leading + more;
        baseline += more / 2.0;
        let lines = heading.wrap(&key.heading, indent + 1.0);
        let mut headed = baseline;
        for line in &lines {
            canvas.text(left, headed, line, &heading)?;
            headed += heading.leading();
        }
        let mut x = start;
        for (sign, meaning) in &key.entries {
            let sign_width = sign.width();
            let room = right - start - sign_width;
            let meaning = words.wrap(meaning, room);
            let wide = sign_width
                + text::widest(meaning.iter().map(String::as_str), words.size, words.weight);
            if x > start && x + wide > right {
                x = start;
                baseline += leading;
            }
            sign.draw(canvas, x, baseline - words.size * text::CAP_HEIGHT / 2.0);
            let after = canvas.lines(x + sign_width, baseline, &meaning, &words)?;
            baseline = after - words.leading();
            x += wide + GAP;
        }
        baseline = baseline.max(headed - heading.leading()) + leading - more / 2.0;
    }
    Ok(baseline - leading + words.size * text::DESCENT)
}

impl Sign {
    /// How far from its left side its words begin.
    fn width(self) -> f64 {
        match self {
            Self::Step(_, count, _) => marks::scale_width(count) + 4.0,
            Self::Mark(_, size, _) => SIGN.max(size + 3.0),
            _ => SIGN,
        }
    }

    fn height(self) -> f64 {
        match self {
            Self::Mark(_, size, _) => size + 1.0,
            _ => 0.0,
        }
    }

    fn draw(self, canvas: &mut Canvas, x: f64, y: f64) {
        let middle = x + self.width() / 2.0 - 1.5;
        match self {
            Self::Mark(shape, size, paint) => shape.draw(canvas, middle, y, size, &paint),
            Self::Bar(paint) => canvas.rect(Rect::new(x, y - 2.2, SIGN - 4.0, 4.4), &paint),
            Self::Ramp(count) => {
                let step = (SIGN - 4.0) / theme::real(count.max(1));
                for place in 0..count {
                    let rect = Rect::new(x + step * theme::real(place), y - 2.2, step, 4.4);
                    canvas.rect(rect, &Paint::fill(theme::ordered(place, count)));
                }
                let frame = Rect::new(x, y - 2.2, SIGN - 4.0, 4.4);
                canvas.rect(frame, &Paint::line(INK, theme::HAIRLINE));
            }
            Self::Step(place, count, fill) => {
                marks::scale(canvas, x, y + 2.9, place, count, fill);
            }
            Self::Line(paint) => canvas.line((x, y), (x + SIGN - 4.0, y), &paint),
            Self::Arrow => {
                canvas.line((x, y), (x + SIGN - 6.0, y), &Paint::line(INK, 1.0));
                marks::arrowhead(canvas, x + SIGN - 3.0, y, 4.4, &Paint::fill(INK));
            }
        }
    }
}
