//! Measures, wraps and shortens text with the font that will draw it.
//!
//! The shaper is the one that usvg uses, so a width measured here is the width in the PNG. Texts are
//! measured as [`written`] has them, which is how the canvas writes them.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustybuzz::{Face, UnicodeBuffer};

use crate::model::glyph::as_drawn;

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

/// More characters than any text of a figure has; what goes on beyond them would be a page and no label.
const LONGEST: usize = 2_000;

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

/// The text as it is written: as [`as_drawn`] has it, and of one that is longer than any figure can hold
/// the beginning with an ellipsis.
#[must_use]
pub fn written(text: &str) -> Cow<'_, str> {
    match beginning(text) {
        Cow::Borrowed(whole) => as_drawn(whole),
        Cow::Owned(cut) => Cow::Owned(as_drawn(&cut).into_owned()),
    }
}

/// The width of `text` in points when set at `size` points; 0 for an empty text.
#[must_use]
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let Some(face) = face(weight) else {
        return 0.0;
    };
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(&written(text));
    let shaped = rustybuzz::shape(face, &[], buffer);
    let advance: i32 = shaped
        .glyph_positions()
        .iter()
        .map(|glyph| glyph.x_advance)
        .sum();
    f64::from(advance) * size / f64::from(face.units_per_em())
}

/// The lines into which `text` falls when none may be wider than `limit` points.
///
/// Breaks at blanks and after hyphens and slashes; a single longer word is cut, since a label that
/// runs into its neighbour is worse. An empty text is one empty line. The lines hold the characters of
/// the text, so that a hyphen or blank that forbids a break still does.
#[must_use]
pub fn wrap(text: &str, size: f64, weight: Weight, limit: f64) -> Vec<String> {
    let fits = |part: &str| width(part, size, weight) <= limit;
    let text = beginning(text);
    let mut rest = text.as_ref();
    let mut lines = vec![next_line(&mut rest, &fits)];
    while !rest.is_empty() {
        lines.push(next_line(&mut rest, &fits));
    }
    lines.into_iter().map(str::to_owned).collect()
}

/// The text, or as much of it as fits into `limit` points with an ellipsis.
#[must_use]
pub fn shorten(text: &str, size: f64, weight: Weight, limit: f64) -> String {
    if is_whole(text, &|part| width(part, size, weight) <= limit) {
        return text.to_owned();
    }
    let room = limit - width("…", size, weight);
    let head = longest_prefix(text, &|part| width(part, size, weight) <= room);
    format!("{}…", text[..head].trim_end())
}

/// At most `most` lines of [`wrap`]; the last one is shortened if the text goes on.
#[must_use]
pub fn wrap_at_most(text: &str, size: f64, weight: Weight, limit: f64, most: usize) -> Vec<String> {
    let fits = |part: &str| width(part, size, weight) <= limit;
    let mut rest = text;
    let mut lines = Vec::new();
    while lines.len() + 1 < most {
        lines.push(next_line(&mut rest, &fits).to_owned());
        if rest.is_empty() {
            return lines;
        }
    }
    lines.push(shorten(rest.trim_end(), size, weight, limit));
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
    widest(pieces(&beginning(text)).map(str::trim_end), size, weight)
}

/// The text, or its first [`LONGEST`] characters with an ellipsis.
fn beginning(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", text[..end].trim_end())),
        None => Cow::Borrowed(text),
    }
}

/// The parts between which a line may break, each with what follows it. Blanks in a row stay together.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        // A hyphen between words, not the sign of a number.
        let is_sign = |at: usize| !rest[..at].ends_with(char::is_alphanumeric);
        let (at, letter) = rest
            .char_indices()
            .find(|(at, letter)| may_break_after(*letter) && (*letter != '-' || !is_sign(*at)))
            .or_else(|| rest.char_indices().next_back())?;
        let after = &rest[at + letter.len_utf8()..];
        let is_blank = |letter: char| letter.is_whitespace() && may_break_after(letter);
        let next = after.trim_start_matches(is_blank);
        let (piece, left) = rest.split_at(rest.len() - next.len());
        rest = left;
        Some(piece)
    })
}

/// May a line end after the character? Blanks and hyphens that forbid it say so.
fn may_break_after(letter: char) -> bool {
    match letter {
        '-' | '–' | '/' | '\u{2010}' | '\u{200b}' => true,
        '\u{a0}' | '\u{2007}' | '\u{202f}' => false,
        letter => letter.is_whitespace(),
    }
}

/// Takes the next line off a text: as many parts as fit, or as much of the first as does.
fn next_line<'a>(rest: &mut &'a str, fits: &dyn Fn(&str) -> bool) -> &'a str {
    let mut end = 0;
    for piece in pieces(rest) {
        let next = end + piece.len();
        if end > 0 && !is_whole(rest[..next].trim_end(), fits) {
            break;
        }
        end = next;
    }
    let parts = rest[..end].trim_end();
    let fitting = longest_prefix(parts, fits);
    if fitting < parts.len() {
        end = fitting;
    }
    let (line, left) = rest.split_at(end);
    *rest = left;
    line.trim_end()
}

/// Does the text fit as a whole?
fn is_whole(text: &str, fits: &dyn Fn(&str) -> bool) -> bool {
    longest_prefix(text, fits) == text.len()
}

/// The length in bytes of the longest beginning that fits, at least one character.
///
/// Ever longer beginnings are measured until one does not fit, then those between by halves: what is
/// measured depends on the room and not on the text.
fn longest_prefix(text: &str, fits: &dyn Fn(&str) -> bool) -> usize {
    /// More characters than most labels have.
    const FIRST: usize = 64;
    let ends = text.char_indices();
    let mut ends = ends.map(|(start, letter)| start + letter.len_utf8());
    let mut known: Vec<usize> = Vec::new();
    loop {
        let more = known.len().max(FIRST);
        known.extend(ends.by_ref().take(more));
        let last = known.last().copied().unwrap_or(0);
        if !fits(&text[..last]) {
            break;
        }
        if last == text.len() {
            return last;
        }
    }
    let fitting = known.partition_point(|end| fits(&text[..*end]));
    known.get(fitting.max(1) - 1).copied().unwrap_or(0)
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
    fn a_line_breaks_at_blanks_and_hyphens_that_do_not_forbid_it() {
        let lines = |text: &str| -> Vec<String> {
            let lines = wrap(text, 8.0, Weight::Regular, 70.0).into_iter();
            lines.map(|line| as_drawn(&line).into_owned()).collect()
        };
        let of = |hyphen: &str| lines(&format!("Peace in a south{hyphen}west"));
        assert_eq!(of("-"), ["Peace in a south-", "west"]);
        assert_eq!(of("\u{2010}"), of("-"));
        assert_eq!(of("\u{2011}"), ["Peace in a", "south-west"]);
        for blank in ["\n", "\r\n", "\t", "  "] {
            let text = format!("Peace{blank}in{blank}the{blank}southwest");
            assert_eq!(lines(&text), ["Peace in the", "southwest"], "{blank:?}");
        }
        assert_eq!(
            lines("Peace in\u{a0}the\u{202f}southwest"),
            ["Peace", "in\u{a0}the\u{202f}southwest"]
        );
    }

    /// How many characters are measured to break a text into lines of twenty.
    fn measured(text: &str) -> usize {
        let count = std::cell::Cell::new(0);
        let fits = |part: &str| {
            let letters = part.chars().count();
            count.set(count.get() + letters);
            letters <= 20
        };
        let mut rest = text;
        while !rest.is_empty() {
            assert!(next_line(&mut rest, &fits).chars().count() <= 20);
        }
        count.get()
    }

    #[test]
    fn what_is_measured_grows_as_the_text_and_no_faster() {
        for word in ["x", "word ", "ш-", "   ", "fifteen letters and more "] {
            let (short, long) = (
                measured(&word.repeat(2_000)),
                measured(&word.repeat(20_000)),
            );
            assert!(long <= 11 * short, "{word:?}: {short} and {long}");
            assert!(
                short <= 40 * word.chars().count() * 2_000,
                "{word:?}: {short}"
            );
        }
    }

    #[test]
    fn the_longest_beginning_is_the_one_that_trying_each_finds() {
        let text = "Переговоры-о/мире, talks about “peace” ".repeat(6);
        let letters: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(1).collect();
        for limit in [1.0, 17.0, 40.0, 300.0, 900.0, 5000.0] {
            let fits = |part: &str| width(part, 8.0, Weight::Bold) <= limit;
            let ends = letters.iter().copied().chain([text.len()]);
            let each = ends.take_while(|end| fits(&text[..*end])).last();
            assert_eq!(
                longest_prefix(&text, &fits),
                each.unwrap_or(letters[0]),
                "{limit}"
            );
        }
    }

    #[test]
    fn a_text_that_no_figure_can_hold_is_cut() {
        let lines = wrap(&"peace ".repeat(10_000), 8.0, Weight::Regular, 100.0);
        assert!(lines.len() < 100, "{}", lines.len());
        assert!(lines.last().unwrap().ends_with('…'));
        let few = wrap_at_most(&"peace ".repeat(10_000), 8.0, Weight::Regular, 100.0, 3);
        assert_eq!(few[..2], lines[..2]);
        assert!(few.len() == 3 && few[2].ends_with('…'));
    }
}
