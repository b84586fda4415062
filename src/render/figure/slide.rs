//! A figure on a page of fixed size, to be read from the back of a room.

use super::{MARGIN, Words, below};
use crate::error::Result;
use crate::render::canvas::{Canvas, Rect, Type};
use crate::render::charts::Drawn;
use crate::render::look::Look;
use crate::render::theme::{self, MUTED, POINTS_PER_MM, SLIDE_MM};

/// The distance of everything from the edge of a slide of the usual width, in points.
const EDGE: f64 = 28.0;
/// Type size of the title on such a slide.
const TITLE: f64 = 26.0;
/// Type size of whose numbers these are.
const SUBTITLE: f64 = 14.0;
/// Type size of sources.
const SOURCE: f64 = 10.0;
/// A drawing is not enlarged beyond this: labels larger than the subtitle would shout.
const LARGEST: f64 = 1.75;
/// The widths at which a drawing is tried, in points: from little more than a column of a journal
/// to a lying page.
const TRIED: [f64; 15] = [
    380.0, 420.0, 460.0, 500.0, 540.0, 580.0, 620.0, 660.0, 700.0, 760.0, 820.0, 880.0, 960.0,
    1060.0, 1180.0,
];
/// A drawing that is smaller by this part may be preferred for filling the page.
const SLACK: f64 = 0.03;

/// Draws the words around a page of the size of `look`, and what `chart` draws as large as it fits
/// between them.
///
/// A chart takes the width that it is given and grows downwards. So it is drawn at several widths,
/// and that which can be enlarged most is put on the page.
pub(super) fn draw(
    canvas: &mut Canvas,
    look: Look,
    words: &Words,
    chart: impl Fn(&mut Canvas) -> Result<Drawn>,
) -> Result<Drawn> {
    let unit = look.width / SLIDE_MM;
    let height = look.height * POINTS_PER_MM;
    let edge = EDGE * unit;
    let room = canvas.width() - 2.0 * edge;
    let title = Type::of(TITLE * unit).bold();
    let subtitle = Type::of(SUBTITLE * unit).colour(MUTED);
    let source = Type::of(SOURCE * unit).colour(MUTED);
    let lines = title.wrap(&words.title, room);
    let mut baseline = canvas.lines(edge, edge + title.size, &lines, &title)?;
    baseline += subtitle.size - title.size;
    let lines = subtitle.wrap(&words.subtitle, room);
    baseline = canvas.lines(edge, baseline, &lines, &subtitle)?;
    let lines = below(words, &source, room);
    let first = height - edge * 0.7 - source.leading() * theme::real(lines.len().max(1) - 1);
    canvas.lines(edge, first, &lines, &source)?;
    let top = baseline - subtitle.size;
    let bottom = first - source.leading();
    let place = Rect::new(edge, top, room, bottom - top);
    let (inner, scale, drawn) = largest(canvas, place, unit, chart)?;
    // The margin of the drawing lies outside, so that it stands flush with the title.
    canvas.place(place.x - MARGIN * scale, place.y, scale, &inner);
    canvas.reach(height);
    Ok(drawn)
}

/// The drawing that can be enlarged most to fit into a place; of nearly equal ones the widest.
fn largest(
    canvas: &Canvas,
    place: Rect,
    unit: f64,
    chart: impl Fn(&mut Canvas) -> Result<Drawn>,
) -> Result<(Canvas, f64, Drawn)> {
    let mut tried = Vec::new();
    let mut best: f64 = 0.0;
    for width in TRIED {
        let mut sheet = canvas.sheet(width);
        let drawn = chart(&mut sheet)?;
        let fits = (place.width / width).min(place.height / sheet.height());
        let scale = fits.min(LARGEST * unit);
        best = best.max(scale);
        tried.push((sheet, scale, drawn));
    }
    let is_large = |(_, scale, _): &(Canvas, f64, Drawn)| *scale >= best * (1.0 - SLACK);
    let widest = tried.into_iter().rfind(is_large);
    widest.ok_or_else(|| canvas.error("it has no width at which it fits on a slide"))
}
