//! Coordinates: from values to points, by plotters.

use std::convert::Infallible;
use std::ops::Range;

use plotters::coord::{CoordTranslate, cartesian::Cartesian2d, types::RangedCoordf64};
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Rectangle};
use plotters::style::{RGBColor, ShapeStyle};

use super::backend::{Backend, points, units};
use super::{Canvas, Rect, text};
use crate::error::Result;
use crate::render::theme::Colour;

type Plane = Cartesian2d<RangedCoordf64, RangedCoordf64>;

/// A rectangle of the canvas in which positions are values.
#[derive(Clone)]
pub struct Panel {
    rect: Rect,
    plane: Plane,
}

impl Panel {
    /// A panel on `rect` whose left and right sides are the ends of `across`, and whose lower and
    /// upper sides are the ends of `up`.
    #[must_use]
    pub fn new(rect: Rect, across: Range<f64>, up: Range<f64>) -> Self {
        let plane = Plane::new(
            across,
            up,
            (
                units(rect.x)..units(rect.right()),
                units(rect.bottom())..units(rect.y),
            ),
        );
        Self { rect, plane }
    }

    /// The rectangle it covers.
    #[must_use]
    pub const fn rect(&self) -> Rect {
        self.rect
    }

    /// Where a value lies across, in points.
    #[must_use]
    pub fn x(&self, value: f64) -> f64 {
        points(
            self.plane
                .translate(&(value, self.plane.get_y_range().start))
                .0,
        )
    }

    /// Where a value lies upwards, in points.
    #[must_use]
    pub fn y(&self, value: f64) -> f64 {
        points(
            self.plane
                .translate(&(self.plane.get_x_range().start, value))
                .1,
        )
    }

    /// Draws a horizontal line over the whole width at each value.
    ///
    /// # Errors
    ///
    /// [`crate::error::Error::Draw`] if plotters refuses.
    pub fn rules(
        &self,
        canvas: &mut Canvas,
        values: &[f64],
        colour: Colour,
        width: f64,
    ) -> Result<()> {
        let Range { start, end } = self.plane.get_x_range();
        let style = line(colour, width);
        self.draw(canvas, |area| {
            values.iter().try_for_each(|&value| {
                area.draw(&PathElement::new(vec![(start, value), (end, value)], style))
            })
        })
    }

    /// Draws a filled bar between two corners, given in values.
    ///
    /// # Errors
    ///
    /// [`crate::error::Error::Draw`] if plotters refuses.
    pub fn bar(
        &self,
        canvas: &mut Canvas,
        from: (f64, f64),
        to: (f64, f64),
        colour: Colour,
    ) -> Result<()> {
        self.draw(canvas, |area| {
            area.draw(&Rectangle::new([from, to], filled(colour)))
        })
    }

    /// Draws a filled point of that radius in points at a position given in values.
    ///
    /// # Errors
    ///
    /// [`crate::error::Error::Draw`] if plotters refuses.
    pub fn point(
        &self,
        canvas: &mut Canvas,
        at: (f64, f64),
        radius: f64,
        colour: Colour,
    ) -> Result<()> {
        self.draw(canvas, |area| {
            area.draw(&Circle::new(at, units(radius), filled(colour)))
        })
    }

    /// Draws a line through positions given in values.
    ///
    /// # Errors
    ///
    /// [`crate::error::Error::Draw`] if plotters refuses.
    pub fn line(
        &self,
        canvas: &mut Canvas,
        way: Vec<(f64, f64)>,
        colour: Colour,
        width: f64,
    ) -> Result<()> {
        self.draw(canvas, |area| {
            area.draw(&PathElement::new(way, line(colour, width)))
        })
    }

    fn draw<'a>(
        &self,
        canvas: &'a mut Canvas,
        series: impl FnOnce(
            &DrawingArea<Backend<'a>, Plane>,
        ) -> Result<(), DrawingAreaErrorKind<Infallible>>,
    ) -> Result<()> {
        // plotters moves what lies outside the drawing to its edge.
        canvas.reach(self.rect.bottom());
        let unfit =
            canvas.error("plotters could not draw a series; please report this with the data set");
        let area = Backend { canvas }
            .into_drawing_area()
            .apply_coord_spec(self.plane.clone());
        series(&area).map_err(|_| unfit)
    }
}

fn rgb(colour: Colour) -> RGBColor {
    let [red, green, blue] = colour.rgb;
    RGBColor(red, green, blue)
}

fn filled(colour: Colour) -> ShapeStyle {
    ShapeStyle::from(rgb(colour)).filled()
}

fn line(colour: Colour, width: f64) -> ShapeStyle {
    ShapeStyle::from(rgb(colour)).stroke_width(units(width).unsigned_abs())
}

/// Round whole numbers from 0 to at least `highest`, with at most `most` steps.
///
/// Counts have no halves, so ticks between whole numbers are never made; the key points of
/// plotters stop below the highest value, and a bar would then end outside its axis.
#[must_use]
pub fn counts(highest: u64, most: u64) -> Vec<u64> {
    let enough = |step: &u64| step.saturating_mul(most.max(1)) >= highest;
    let step = (0..19)
        .flat_map(|power| [1, 2, 5].map(|digit| digit * 10_u64.pow(power)))
        .find(enough)
        .unwrap_or(highest.max(1));
    (0..=highest.div_ceil(step).max(1))
        .map(|place| place * step)
        .collect()
}

/// The years of a time axis: those with a fine line, and those with a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Years {
    /// Years that get a line.
    pub fine: Vec<i16>,
    /// Years that get a stronger line and a label.
    pub labelled: Vec<i16>,
}

/// Chooses the years of an axis `width` points long from the beginning of `first` to the end of
/// `last`, so that labels of type `size` keep clear of each other and lines do not make a grey.
#[must_use]
pub fn years(first: i16, last: i16, width: f64, size: f64) -> Years {
    let span = f64::from(last) - f64::from(first) + 1.0;
    let room = width / span;
    let label = text::width("2000", size, text::Weight::Regular) * 1.6;
    let step = |least: f64| {
        [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
            .into_iter()
            .find(|&years| f64::from(years) * room >= least)
            .unwrap_or(1000)
    };
    let every = |step: i16| {
        (first..=last)
            .filter(|year| year.rem_euclid(step) == 0)
            .collect()
    };
    let labelled = step(label);
    // A line between labels must divide the way between them evenly: 2 does not divide 5.
    let fine = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
        .into_iter()
        .find(|&years| years >= step(4.0) && labelled % years == 0)
        .unwrap_or(labelled);
    Years {
        fine: every(fine),
        labelled: every(labelled),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panel_puts_the_ends_of_its_ranges_on_its_sides() {
        let panel = Panel::new(Rect::new(10.0, 20.0, 100.0, 50.0), 0.0..1.0, 0.0..5.0);
        assert_eq!((panel.x(0.0), panel.x(1.0)), (10.0, 110.0));
        assert_eq!((panel.y(0.0), panel.y(5.0)), (70.0, 20.0));
    }

    #[test]
    fn ticks_of_counts_are_whole_and_reach_the_highest() {
        for highest in 0..200 {
            let ticks = counts(highest, 4);
            assert_eq!(ticks.first(), Some(&0));
            assert!(
                ticks.last().is_some_and(|&last| last >= highest),
                "{highest}: {ticks:?}"
            );
            assert!(ticks.len() <= 5, "{highest}: {ticks:?}");
        }
    }

    #[test]
    fn years_keep_their_labels_apart() {
        assert_eq!(
            years(1991, 2026, 220.0, 8.0).labelled,
            [1995, 2000, 2005, 2010, 2015, 2020, 2025]
        );
        assert_eq!(years(2024, 2024, 220.0, 8.0).labelled, [2024]);
        assert!(years(1700, 2026, 220.0, 8.0).labelled.len() < 9);
    }
}
