//! Draws SVG. The only place that knows plotters and the shaper.
//!
//! plotters gives coordinates and series through our own backend; text, groups,
//! tooltips, dashes and marks are written here, because its SVG backend has none of them and
//! places text by guess. Everything is in points, with at most two decimals, so that the same
//! table gives the same bytes.

pub mod axis;
mod backend;
pub mod marks;
mod style;
pub mod text;
mod write;

use crate::error::{Error, Result};
use crate::model::glyph::Undrawn;

use super::ground::Ground;
use super::theme;
pub use style::{Anchor, Paint, Rect, Type};
use text::Weight;
pub(super) use write::escape;
use write::number;

/// A drawing in the making: as wide as it is told, as high as its chart needs.
#[derive(Debug)]
pub struct Canvas {
    name: String,
    width: f64,
    height: f64,
    ground: Ground,
    body: String,
}

impl Canvas {
    /// An empty drawing `width` points wide; every id in it begins with `figure-`
    /// and `name`.
    #[must_use]
    pub fn new(name: &str, width: f64) -> Self {
        Self {
            name: name.to_owned(),
            width,
            height: 0.0,
            ground: Ground::Light,
            body: String::new(),
        }
    }

    /// The same on another ground; what was drawn before stays as it is.
    #[must_use]
    pub fn on(self, ground: Ground) -> Self {
        Self { ground, ..self }
    }

    /// An empty drawing of the same name on the same ground, to be put into this one.
    #[must_use]
    pub fn sheet(&self, width: f64) -> Self {
        Self::new(&self.name, width).on(self.ground)
    }

    /// The width in points.
    #[must_use]
    pub const fn width(&self) -> f64 {
        self.width
    }

    /// The height in points, as far as it has been claimed.
    #[must_use]
    pub const fn height(&self) -> f64 {
        self.height
    }

    /// Makes the drawing reach down to `bottom` at least, in points.
    pub const fn reach(&mut self, bottom: f64) {
        self.height = self.height.max(bottom);
    }

    /// An error about this drawing.
    #[must_use]
    pub fn error(&self, problem: impl Into<String>) -> Error {
        Error::Draw {
            figure: self.name.clone(),
            problem: problem.into(),
        }
    }

    /// Draws what `inside` draws as one group with a class, a tooltip and `data-` attributes.
    ///
    /// An empty tooltip is left out.
    ///
    /// # Errors
    ///
    /// Those of `inside`.
    pub fn group(
        &mut self,
        class: &str,
        tooltip: &str,
        data: &[(&str, &str)],
        inside: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<()> {
        self.body.push_str("<g");
        write::attribute(&mut self.body, "class", class);
        for (key, value) in data {
            write::attribute(&mut self.body, &format!("data-{key}"), value);
        }
        self.body.push('>');
        if !tooltip.is_empty() {
            for part in ["<title>", &escape(tooltip), "</title>"] {
                self.body.push_str(part);
            }
        }
        let result = inside(self);
        self.body.push_str("</g>\n");
        result
    }

    /// Draws a text with its baseline at `y`, as [`text::written`] has it; nothing if that is empty.
    ///
    /// # Errors
    ///
    /// [`Error::Glyph`] if the font has no glyph for a character: an empty box in print is worse
    /// than a figure that is not drawn.
    pub fn text(&mut self, x: f64, y: f64, words: &str, style: &Type) -> Result<()> {
        let words = text::written(words);
        if let Some(undrawn) = Undrawn::of(&words) {
            return Err(Error::Glyph {
                figure: self.name.clone(),
                undrawn,
            });
        }
        if words.is_empty() {
            return Ok(());
        }
        self.body.push_str("<text");
        self.numbers(&[("x", x), ("y", y), ("font-size", style.size)]);
        if style.weight == Weight::Bold {
            write::attribute(&mut self.body, "font-weight", "700");
        }
        match style.anchor {
            Anchor::Start => {}
            Anchor::Middle => write::attribute(&mut self.body, "text-anchor", "middle"),
            Anchor::End => write::attribute(&mut self.body, "text-anchor", "end"),
        }
        if style.angle != 0.0 {
            let turn = format!(
                "rotate({} {} {})",
                number(style.angle),
                number(x),
                number(y)
            );
            write::attribute(&mut self.body, "transform", &turn);
        }
        self.paint(&Paint::fill(style.colour));
        for part in [">", &escape(&words), "</text>\n"] {
            self.body.push_str(part);
        }
        Ok(())
    }

    /// Draws lines of text below each other, the first with its baseline at `y`; returns the
    /// baseline after the last.
    ///
    /// # Errors
    ///
    /// As [`Canvas::text`].
    pub fn lines(&mut self, x: f64, y: f64, lines: &[String], style: &Type) -> Result<f64> {
        let mut baseline = y;
        for line in lines {
            self.text(x, baseline, line, style)?;
            baseline += style.leading();
        }
        Ok(baseline)
    }

    /// Draws a rectangle.
    pub fn rect(&mut self, rect: Rect, paint: &Paint) {
        self.body.push_str("<rect");
        self.numbers(&[
            ("x", rect.x),
            ("y", rect.y),
            ("width", rect.width),
            ("height", rect.height),
        ]);
        self.close(paint);
    }

    /// Draws a circle.
    pub fn circle(&mut self, x: f64, y: f64, radius: f64, paint: &Paint) {
        self.body.push_str("<circle");
        self.numbers(&[("cx", x), ("cy", y), ("r", radius)]);
        self.close(paint);
    }

    /// Draws a straight line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), paint: &Paint) {
        self.body.push_str("<line");
        self.numbers(&[("x1", from.0), ("y1", from.1), ("x2", to.0), ("y2", to.1)]);
        self.close(paint);
    }

    /// Draws a line through points, closed to an area if `is_closed`; nothing for fewer than two.
    pub fn path(&mut self, points: &[(f64, f64)], is_closed: bool, paint: &Paint) {
        if points.len() < 2 {
            return;
        }
        let mut way = String::new();
        for (position, (x, y)) in points.iter().enumerate() {
            way.push(if position == 0 { 'M' } else { 'L' });
            for part in [&number(*x), " ", &number(*y)] {
                way.push_str(part);
            }
        }
        if is_closed {
            way.push('Z');
        }
        self.body.push_str("<path");
        write::attribute(&mut self.body, "d", &way);
        self.close(paint);
    }

    /// Puts another drawing into this one, its upper left corner at a position, `scale` times as
    /// large as it was drawn.
    pub fn place(&mut self, x: f64, y: f64, scale: f64, inner: &Self) {
        let way = format!("translate({} {}) scale({scale:.4})", number(x), number(y));
        self.body.push_str("<g");
        write::attribute(&mut self.body, "transform", &way);
        for part in [">\n", &inner.body, "</g>\n"] {
            self.body.push_str(part);
        }
        self.reach(y + inner.height * scale);
    }

    fn numbers(&mut self, pairs: &[(&str, f64)]) {
        for (name, value) in pairs {
            write::attribute(&mut self.body, name, &number(*value));
        }
    }

    fn close(&mut self, paint: &Paint) {
        self.paint(paint);
        self.body.push_str("/>\n");
    }

    fn paint(&mut self, paint: &Paint) {
        write::paint(
            &mut self.body,
            self.ground,
            paint.fill,
            paint.line,
            paint.dash,
            paint.is_round,
        );
    }

    /// The finished SVG, with its title and description for those who hear it.
    #[must_use]
    pub fn finish(self, title: &str, description: &str, language: &str) -> String {
        let (wide, high) = (number(self.width), number(self.height));
        let millimetres = |points: f64| number(points / theme::POINTS_PER_MM);
        let name = format!("figure-{}", self.name);
        let (named, described) = (format!("{name}-title"), format!("{name}-description"));
        let mut svg = String::from("<svg");
        for (attribute, value) in [
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("id", &name),
            ("class", "figure"),
            ("viewBox", &format!("0 0 {wide} {high}")),
            ("width", &format!("{}mm", millimetres(self.width))),
            ("height", &format!("{}mm", millimetres(self.height))),
            ("xml:lang", language),
            ("role", "img"),
            ("aria-labelledby", &format!("{named} {described}")),
            ("font-family", theme::FAMILY),
        ] {
            write::attribute(&mut svg, attribute, value);
        }
        svg.push_str(">\n");
        for (tag, id, words) in [("title", named, title), ("desc", described, description)] {
            svg.push('<');
            svg.push_str(tag);
            write::attribute(&mut svg, "id", &id);
            for part in [">", &escape(words), "</", tag, ">\n"] {
                svg.push_str(part);
            }
        }
        svg.push_str("<rect");
        write::attribute(&mut svg, "width", &wide);
        write::attribute(&mut svg, "height", &high);
        write::paint(&mut svg, self.ground, Some(theme::PAPER), None, "", false);
        svg.push_str("/>\n");
        svg.push_str(&self.body);
        svg.push_str("</svg>\n");
        svg
    }
}
