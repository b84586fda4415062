//! Coordinates: from values to points, by plotters.

use std::convert::Infallible;
use std::ops::Range;

use plotters::coord::{CoordTranslate, cartesian::Cartesian2d, types::RangedCoordf64};
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{PathElement, Rectangle};
use plotters::style::{RGBColor, ShapeStyle};

use super::backend::{Backend, points, units};
use super::{Canvas, Rect, text};
use crate::error::Result;
use crate::model::date::Day;
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

/// The marks of a time axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Times {
    /// Days that get a fine line.
    pub fine: Vec<Day>,
    /// Days that get a stronger line and a label.
    pub labelled: Vec<(Day, String)>,
}

/// Chooses the marks of an axis `width` points long from `first` to `last`, so that labels of type
/// `size` keep clear of each other and fine lines do not make a grey.
///
/// Marks are years; months if the axis holds fewer than two labelled years, and days if it holds
/// fewer than two labelled months, since an axis with one mark has no scale.
#[must_use]
pub fn times(first: Day, last: Day, width: f64, size: f64) -> Times {
    let room = width / (f64::from(last.epoch()) - f64::from(first.epoch()) + 1.0);
    let choose =
        |sample: &str, days: f64, steps: &[i32], marks: &dyn Fn(i32) -> Vec<(Day, String)>| {
            let label = text::width(sample, size, text::Weight::Regular) + size;
            let step = |least: f64| {
                let fits = |step: &&i32| f64::from(**step) * days * room >= least;
                *steps.iter().find(fits).unwrap_or(&steps[steps.len() - 1])
            };
            let wide = step(label);
            // A line between labels must divide the way between them evenly: 2 does not divide 5.
            let even = |fine: &&i32| **fine >= step(4.0) && wide % **fine == 0;
            let fine = steps.iter().find(even).copied().unwrap_or(wide);
            Times {
                fine: marks(fine).into_iter().map(|(day, _)| day).collect(),
                labelled: marks(wide),
            }
        };
    let inside = |day: &Day| (first..=last).contains(day);
    let years = |step: i32| -> Vec<(Day, String)> {
        (first.year()..=last.year())
            .filter(|year| i32::from(*year).rem_euclid(step) == 0)
            .map(|year| (Day::first_of(year), year.to_string()))
            .filter(|(day, _)| inside(day))
            .collect()
    };
    let months = |step: i32| -> Vec<(Day, String)> {
        (first.year()..=last.year())
            .flat_map(|year| (1..=12).map(move |month: i8| (year, month)))
            .filter(|(_, month)| (i32::from(*month) - 1) % step == 0)
            .filter_map(|(year, month)| {
                Some((Day::new(year, month, 1)?, format!("{year}-{month:02}")))
            })
            .filter(|(day, _)| inside(day))
            .collect()
    };
    let days = |step: i32| -> Vec<(Day, String)> {
        (first.epoch()..=last.epoch())
            .filter(|day| (day - first.epoch()) % step == 0)
            .map(|day| (Day::from_epoch(day), Day::from_epoch(day).to_string()))
            .collect()
    };
    let by_year = choose(
        "2000",
        365.25,
        &[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
        &years,
    );
    if by_year.labelled.len() > 1 {
        return by_year;
    }
    let by_month = choose("2000-00", 30.0, &[1, 2, 3, 6, 12], &months);
    if by_month.labelled.len() > 1 {
        return by_month;
    }
    choose("2000-00-00", 1.0, &[1, 2, 7, 14, 28], &days)
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
    fn time_is_marked_in_years_months_or_days() {
        let labels = |first: (i16, i8, i8), last: (i16, i8, i8)| -> Vec<String> {
            let day = |(year, month, day)| Day::new(year, month, day).unwrap();
            let marks = times(day(first), day(last), 220.0, 8.0);
            assert!(
                marks
                    .labelled
                    .iter()
                    .all(|(day, _)| marks.fine.contains(day))
            );
            marks.labelled.into_iter().map(|(_, label)| label).collect()
        };
        assert_eq!(
            labels((1991, 1, 1), (2026, 3, 31)),
            ["1995", "2000", "2005", "2010", "2015", "2020", "2025"]
        );
        assert_eq!(
            labels((2024, 2, 3), (2024, 8, 3)),
            ["2024-03", "2024-05", "2024-07"]
        );
        assert_eq!(
            labels((2024, 5, 1), (2024, 5, 20)),
            ["2024-05-01", "2024-05-08", "2024-05-15"]
        );
        assert!(labels((1700, 1, 1), (2026, 3, 31)).len() < 9);
    }
}
