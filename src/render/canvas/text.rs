//! Measures, wraps and shortens text with the font that will draw it.
//!
//! The shaper is the one that usvg uses, so a width measured here is the width in the PNG.

use std::sync::LazyLock;

use rustybuzz::{Face, UnicodeBuffer};

/// How heavy a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The normal face.
    Regular,
    /// The bold face.
    Bold,
}

/// Height of a capital above the baseline, as a multiple of the type size.
pub const CAP_HEIGHT: f64 = 0.714;
/// Reach of the lowest letters below the baseline, as a multiple of the type size.
pub const DESCENT: f64 = 0.24;

static REGULAR: LazyLock<Option<Face<'static>>> =
    LazyLock::new(|| Face::from_slice(notosans::REGULAR_TTF, 0));
static BOLD: LazyLock<Option<Face<'static>>> =
    LazyLock::new(|| Face::from_slice(notosans::BOLD_TTF, 0));

fn face(weight: Weight) -> Option<&'static Face<'static>> {
    match weight {
        Weight::Regular => REGULAR.as_ref(),
        Weight::Bold => BOLD.as_ref(),
    }
}

/// The width of `text` in points when set at `size` points; 0 for an empty text.
#[must_use]
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let Some(face) = face(weight) else {
        return 0.0;
    };
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    let shaped = rustybuzz::shape(face, &[], buffer);
    let advance: i32 = shaped
        .glyph_positions()
        .iter()
        .map(|glyph| glyph.x_advance)
        .sum();
    f64::from(advance) * size / f64::from(face.units_per_em())
}

/// The first character for which the font has no glyph; `None` if all can be drawn.
#[must_use]
pub fn missing_glyph(text: &str, weight: Weight) -> Option<char> {
    let face = face(weight);
    text.chars()
        .find(|&letter| face.is_none_or(|face| face.glyph_index(letter).is_none()))
}

/// The lines into which `text` falls when none may be wider than `limit` points.
///
/// Breaks at spaces and after hyphens and slashes; a single longer word is cut, since a label that
/// runs into its neighbour is worse. An empty text is one empty line.
#[must_use]
pub fn wrap(text: &str, size: f64, weight: Weight, limit: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let joined = format!("{line}{piece}");
        if line.is_empty() || width(joined.trim_end(), size, weight) <= limit {
            line = joined;
        } else {
            lines.push(line.trim_end().to_owned());
            piece.clone_into(&mut line);
        }
        while width(line.trim_end(), size, weight) > limit && line.chars().count() > 1 {
            let head = longest_prefix(&line, size, weight, limit);
            lines.push(line[..head].to_owned());
            line.drain(..head);
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// The text, or as much of it as fits into `limit` points with an ellipsis.
#[must_use]
pub fn shorten(text: &str, size: f64, weight: Weight, limit: f64) -> String {
    if width(text, size, weight) <= limit {
        return text.to_owned();
    }
    let room = limit - width("…", size, weight);
    let head = longest_prefix(text, size, weight, room);
    format!("{}…", text[..head].trim_end())
}

/// At most `most` lines of [`wrap`]; the last one is shortened if the text goes on.
#[must_use]
pub fn wrap_at_most(text: &str, size: f64, weight: Weight, limit: f64, most: usize) -> Vec<String> {
    let mut lines = wrap(text, size, weight, limit);
    if lines.len() > most.max(1) {
        let rest = lines.split_off(most.max(1) - 1).join(" ");
        lines.push(shorten(&rest, size, weight, limit));
    }
    lines
}

/// The width of the widest line; 0 for none.
#[must_use]
pub fn widest<'a>(lines: impl IntoIterator<Item = &'a str>, size: f64, weight: Weight) -> f64 {
    lines
        .into_iter()
        .map(|line| width(line, size, weight))
        .fold(0.0, f64::max)
}

/// The width of the longest part of `text` that [`wrap`] keeps whole; 0 for an empty text.
#[must_use]
pub fn longest_word(text: &str, size: f64, weight: Weight) -> f64 {
    widest(pieces(text).map(str::trim_end), size, weight)
}

/// The parts between which a line may break, each with what follows it.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive([' ', '-', '–', '/'])
}

/// The length in bytes of the longest beginning that fits, at least one character.
fn longest_prefix(text: &str, size: f64, weight: Weight, limit: f64) -> usize {
    let mut ends = text
        .char_indices()
        .map(|(start, letter)| start + letter.len_utf8());
    let first = ends.next().unwrap_or(0);
    ends.take_while(|&end| width(&text[..end], size, weight) <= limit)
        .last()
        .unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapping_keeps_every_letter_and_the_limit() {
        for text in [
            "Переговоры о мирном урегулировании армяно-азербайджанского конфликта",
            "Rechtsschutzversicherungsgesellschaften",
            "Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі",
            "",
        ] {
            let lines = wrap(text, 8.0, Weight::Regular, 50.0);
            let squeezed = |text: &str| text.replace(' ', "");
            assert_eq!(squeezed(&lines.concat()), squeezed(text));
            for line in lines {
                assert!(width(&line, 8.0, Weight::Regular) <= 50.0, "{line}");
            }
        }
    }

    #[test]
    fn a_shortened_text_fits_and_says_so() {
        let short = shorten("A long name of a case", 8.0, Weight::Bold, 40.0);
        assert!(short.ends_with('…'));
        assert!(width(&short, 8.0, Weight::Bold) <= 40.0);
    }

    #[test]
    fn kazakh_letters_have_glyphs_and_the_tenge_sign_has_none() {
        assert_eq!(
            missing_glyph("ӘәҒғҚқҢңӨөҰұҮүҺһІі … – × ≥ «»", Weight::Bold),
            None
        );
        assert_eq!(missing_glyph("5 ₸", Weight::Regular), Some('₸'));
    }
}
