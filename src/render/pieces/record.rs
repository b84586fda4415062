//! Where the record begins and ends on an axis of time.

use super::read::Reader;
use crate::error::Result;
use crate::model::date::Day;
use crate::model::label::Label;
use crate::render::canvas::{Anchor, Canvas, Paint, Type};
use crate::render::theme::{self, INK, MUTED};

/// Draws a line where the record begins and one where it ends, at `x` from `y.0` down to `y.1`, and
/// says on `baseline` which days these are, as far as there is room for both.
pub(in crate::render) fn edges(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    x: (f64, f64),
    y: (f64, f64),
    baseline: f64,
) -> Result<()> {
    let window = reader.table.window;
    let small = Type::of(theme::SMALL).colour(MUTED);
    let (begun, cut) = x;
    canvas.line(
        (cut, y.0),
        (cut, y.1),
        &Paint::line(INK, 0.7).dashed("2 1.5"),
    );
    let begins = Label::new("record begins {day}", "жазба басы: {day}", "запись с {day}");
    let ends = Label::new("record ends {day}", "жазба соңы: {day}", "запись до {day}");
    let say = |label: &Label, day: Day| {
        reader.say(&label.fill(&[("day", &Label::plain(day.to_string()))]))
    };
    let (begins, ends) = (say(&begins, window.earliest), say(&ends, window.latest));
    canvas.text(cut, baseline, &ends, &small.anchor(Anchor::End))?;
    if begun + small.width(&begins) + 8.0 < cut - small.width(&ends) {
        canvas.text(begun, baseline, &begins, &small)?;
    }
    canvas.line((begun, y.0), (begun, y.1), &Paint::line(MUTED, 0.5));
    Ok(())
}
