//! Our own backend of plotters: what it draws becomes SVG on a [`Canvas`].
//!
//! plotters counts in whole numbers, so one of its units is a hundredth of a point: as fine as
//! the SVG is written.

use std::convert::Infallible;

use plotters::prelude::DrawingBackend;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind, FontStyle,
    FontTransform,
    text_anchor::{HPos, VPos},
};

use super::{Anchor, Canvas, Paint, Rect, Type, text};
use crate::render::theme::{self, Colour};

/// Units of plotters in a point.
pub(super) const UNITS: f64 = 100.0;

/// A length in points as units of plotters.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a figure is some thousand points high; the cast saturates at two hundred kilometres"
)]
pub(super) fn units(points: f64) -> i32 {
    (points * UNITS).round() as i32
}

/// Units of plotters as a length in points.
pub(super) fn points(units: i32) -> f64 {
    f64::from(units) / UNITS
}

/// Lets plotters draw on a canvas.
pub(super) struct Backend<'a> {
    /// Where it draws.
    pub(super) canvas: &'a mut Canvas,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// The colour of our theme with those channels, so that it keeps its class.
fn themed(colour: BackendColor) -> Colour {
    let (red, green, blue) = colour.rgb;
    let rgb = [red, green, blue];
    [
        theme::INK,
        theme::MUTED,
        theme::GRID,
        theme::FAINT,
        theme::PAPER,
        theme::ACCENT,
        theme::ACCENT_PALE,
    ]
    .into_iter()
    .find(|known| known.rgb == rgb)
    .unwrap_or(Colour { class: "", rgb })
}

fn paint<S: BackendStyle>(style: &S, is_filled: bool) -> Paint {
    let colour = themed(style.color());
    if is_filled {
        Paint::fill(colour)
    } else {
        Paint::line(colour, f64::from(style.stroke_width()) / UNITS)
    }
}

fn corner(coordinate: BackendCoord) -> (f64, f64) {
    (points(coordinate.0), points(coordinate.1))
}

fn type_of<T: BackendTextStyle>(style: &T) -> Type {
    let weight = match style.style() {
        FontStyle::Bold => text::Weight::Bold,
        _ => text::Weight::Regular,
    };
    Type {
        size: style.size() / UNITS,
        weight,
        colour: themed(style.color()),
        anchor: match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        },
        angle: match style.transform() {
            FontTransform::None => 0.0,
            FontTransform::Rotate90 => 90.0,
            FontTransform::Rotate180 => 180.0,
            FontTransform::Rotate270 => 270.0,
        },
        spacing: theme::LEADING,
    }
}

impl DrawingBackend for Backend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        let side = |points: f64| u32::try_from(units(points)).unwrap_or(0);
        (side(self.canvas.width()), side(self.canvas.height()))
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, colour: BackendColor) -> Drawn {
        let (x, y) = corner(point);
        let dot = Rect::new(x, y, 1.0 / UNITS, 1.0 / UNITS);
        self.canvas.rect(dot, &Paint::fill(themed(colour)));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.canvas
            .line(corner(from), corner(to), &paint(style, false));
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let ((left, top), (right, bottom)) = (corner(upper_left), corner(bottom_right));
        let rect = Rect::new(
            left.min(right),
            top.min(bottom),
            (right - left).abs(),
            (bottom - top).abs(),
        );
        self.canvas.rect(rect, &paint(style, fill));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let way: Vec<(f64, f64)> = path.into_iter().map(corner).collect();
        self.canvas.path(&way, false, &paint(style, false));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let (x, y) = corner(center);
        self.canvas
            .circle(x, y, f64::from(radius) / UNITS, &paint(style, fill));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Drawn {
        let way: Vec<(f64, f64)> = vert.into_iter().map(corner).collect();
        self.canvas.path(&way, true, &paint(style, true));
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(
        &mut self,
        words: &str,
        style: &T,
        position: BackendCoord,
    ) -> Drawn {
        let written = type_of(style);
        let (x, y) = corner(position);
        let capital = written.size * text::CAP_HEIGHT;
        let below = match style.anchor().v_pos {
            VPos::Top => capital,
            VPos::Center => capital / 2.0,
            VPos::Bottom => 0.0,
        };
        self.canvas
            .text(x, y + below, words, &written)
            .map_err(|error| DrawingErrorKind::FontError(Box::new(error)))
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        words: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let written = type_of(style);
        let side = |points: f64| u32::try_from(units(points)).unwrap_or(0);
        Ok((side(written.width(words)), side(written.size)))
    }
}

#[cfg(test)]
mod tests {
    use plotters::drawing::IntoDrawingArea;
    use plotters::element::{Polygon, Text};
    use plotters::style::{Color, FontTransform as Turn, IntoFont, RGBColor};

    use super::*;

    #[test]
    fn what_plotters_writes_is_measured_by_the_font_that_draws_it() {
        let mut canvas = Canvas::new("test", 100.0);
        canvas.reach(50.0);
        let font = ("Noto Sans", 800).into_font();
        let area = Backend {
            canvas: &mut canvas,
        }
        .into_drawing_area();
        let (wide, _) = area
            .estimate_text_size("Қазақстан", &font.clone().into())
            .unwrap();
        assert!((f64::from(wide) / UNITS - Type::of(8.0).width("Қазақстан")).abs() < 0.01);
        let turned = font
            .transform(Turn::Rotate270)
            .color(&RGBColor(0x5a, 0x60, 0x67));
        area.draw(&Text::new("Алматы", (1000, 2000), turned))
            .unwrap();
        area.draw(&Polygon::new(
            [(0, 0), (150, 0), (0, 150)],
            RGBColor(1, 2, 3).filled(),
        ))
        .unwrap();
        drop(area);
        let svg = canvas.finish("title", "description", "kk");
        assert!(svg.contains("transform=\"rotate(270 10 25.71)\""), "{svg}");
        assert!(svg.contains("class=\"muted\">Алматы</text>"), "{svg}");
        assert!(
            svg.contains("d=\"M0 0L1.5 0L0 1.5Z\" fill=\"#010203\""),
            "{svg}"
        );
    }
}
