//! What stands in a figure whose table has nothing to draw: a sentence, and not an empty axis.

use super::read::Reader;
use crate::error::Result;
use crate::model::label::Label;
use crate::render::canvas::{Canvas, Type};
use crate::render::charts::Drawn;
use crate::render::figure::MARGIN;
use crate::render::theme::{self, MUTED};

const NOTHING: Label = Label::new(
    "There is no case to draw.",
    "Суретке салатын жағдай жоқ.",
    "Изображать нечего: случаев нет.",
);

/// Says that there is nothing to draw, in the figure and in its description.
pub(in crate::render) fn draw(canvas: &mut Canvas, reader: &Reader<'_>) -> Result<Drawn> {
    let style = Type::of(theme::BODY).colour(MUTED);
    let words = reader.say(&NOTHING);
    let baseline = canvas.height() + 2.0 * style.leading();
    canvas.text(MARGIN, baseline, &words, &style)?;
    canvas.reach(baseline + style.leading());
    Ok(Drawn {
        description: words,
        key: String::new(),
    })
}
