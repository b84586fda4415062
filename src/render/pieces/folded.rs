//! What a figure says where it draws less than its table holds.

use super::read::Reader;
use crate::error::Result;
use crate::model::label::Label;
use crate::render::canvas::{Canvas, Type};
use crate::render::figure::MARGIN;
use crate::render::theme::{self, MUTED};

/// That only the first `most` of `all` are drawn; empty if all are. `what` names them.
pub(in crate::render) fn sentence(
    reader: &Reader<'_>,
    all: usize,
    most: usize,
    what: &str,
) -> String {
    if all <= most {
        return String::new();
    }
    let text = Label::new(
        "{what}: the first {most} of {all} are drawn; all stand in the table.",
        "{what}: {all} ішінен алғашқы {most} салынған; бәрі кестеде.",
        "{what}: изображены первые {most} из {all}; все – в таблице.",
    );
    let number = |n: usize| Label::plain(n.to_string());
    reader.say(&text.fill(&[
        ("what", &Label::plain(what)),
        ("most", &number(most)),
        ("all", &number(all)),
    ]))
}

/// Writes a note over the whole width below what is on the canvas; nothing if it is empty.
pub(in crate::render) fn note(canvas: &mut Canvas, words: &str) -> Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    let small = Type::of(theme::SMALL).colour(MUTED);
    let lines = small.wrap(words, canvas.width() - 2.0 * MARGIN);
    let after = canvas.lines(MARGIN, canvas.height() + small.size + 3.0, &lines, &small)?;
    canvas.reach(after - small.leading() + 2.0);
    Ok(())
}
