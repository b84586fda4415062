//! What stands in a figure whose table has nothing to draw: a sentence, and not an empty axis.

use super::read::Reader;
use crate::error::Result;
use crate::model::label::Label;
use crate::render::canvas::{Canvas, Type};
use crate::render::charts::Drawn;
use crate::render::figure::MARGIN;
use crate::render::theme::{self, MUTED};

const NOTHING: Label = Label::new(
    "The record holds nothing to draw here.",
    "Жазбада мұнда салатын ештеңе жоқ.",
    "В записи нет ничего, что можно здесь изобразить.",
);

/// Says that there is nothing to draw, in the figure and in its description.
pub(in crate::render) fn draw(canvas: &mut Canvas, reader: &Reader<'_>) -> Result<Drawn> {
    say(canvas, reader.say(&NOTHING))
}

/// The same in words of its own, where a chart knows what there is none of.
pub(in crate::render) fn say(canvas: &mut Canvas, words: String) -> Result<Drawn> {
    let style = Type::of(theme::BODY).colour(MUTED);
    let lines = style.wrap(&words, canvas.width() - 2.0 * MARGIN);
    let after = canvas.lines(MARGIN, canvas.height() + 14.0, &lines, &style)?;
    canvas.reach(after - style.leading() + 4.0);
    Ok(Drawn {
        description: words,
        key: String::new(),
    })
}
