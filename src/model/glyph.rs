//! Which characters a figure can show: those of the bundled font, and those that are drawn as others.
//!
//! Checks name what cannot be drawn before anything is, and figures are set by the same knowledge, so
//! that what passes the one does not stop the other.

use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

use rustybuzz::Face;

use super::finding::shorten;
use super::label::Label;

/// The bold face has the same characters; a test holds it.
static FACE: LazyLock<Option<Face<'static>>> =
    LazyLock::new(|| Face::from_slice(notosans::REGULAR_TTF, 0));

/// A character for which the font has no glyph, with the text that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undrawn {
    /// The first such character.
    pub letter: char,
    /// The text, shortened.
    pub text: String,
}

impl Undrawn {
    /// What of a text cannot be drawn; `None` if a figure can show all of it.
    ///
    /// ```
    /// use bitim::model::glyph::Undrawn;
    /// assert_eq!(Undrawn::of("Әділ\u{2011}ара\u{3000}келісім\n"), None);
    /// assert_eq!(Undrawn::of("საქართველო").map(|undrawn| undrawn.letter), Some('ს'));
    /// ```
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let has_none = |letter: &char| {
            let face = FACE.as_ref();
            !matches!(letter, ' '..='~')
                && face.is_none_or(|face| face.glyph_index(*letter).is_none())
        };
        let letter = text.chars().filter_map(stand_in).find(has_none)?;
        Some(Self {
            letter,
            text: shorten(text),
        })
    }

    /// The character as a message names it: itself, unless it cannot be seen, and its number.
    #[must_use]
    pub fn named(&self) -> String {
        format!("{:?} (U+{:04X})", self.letter, u32::from(self.letter))
    }

    /// Why a figure is left out, for those who read the report.
    #[must_use]
    pub fn reason(&self) -> Label {
        Label::new(
            "This figure is left out: the font of the figures has no sign for {letter} in “{text}”. All its numbers stand in the table.",
            "Бұл сурет салынбады: суреттердің қарпінде «{text}» мәтініндегі {letter} таңбасы жоқ. Барлық сандары кестеде тұр.",
            "Этот рисунок не сделан: в шрифте рисунков нет знака {letter} из текста «{text}». Все его числа стоят в таблице.",
        )
        .fill(&[
            ("letter", &Label::plain(self.named())),
            ("text", &Label::plain(&self.text)),
        ])
    }
}

impl fmt::Display for Undrawn {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "the bundled font has no glyph for {} in \"{}\"; it has Latin, Greek and Cyrillic letters",
            self.named(),
            self.text
        )
    }
}

/// The text as a figure shows it: hyphens and blanks of every kind as such a hyphen or blank that the font
/// has, a line break as a blank, several blanks in a row as one, and without what has no width.
///
/// Renderers of SVG disagree about all of these, so none is left to them.
///
/// ```
/// use bitim::model::glyph::as_drawn;
/// assert_eq!(as_drawn("non\u{2011}breaking, two\r\nlines, soft\u{ad}ly"), "non-breaking, two lines, softly");
/// ```
#[must_use]
pub fn as_drawn(text: &str) -> Cow<'_, str> {
    let is_plain = |text: &str| text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if is_plain(text) && !text.contains("  ") {
        return Cow::Borrowed(text);
    }
    let mut drawn = String::with_capacity(text.len());
    for letter in text.chars().filter_map(stand_in) {
        if letter != ' ' || !drawn.ends_with(' ') {
            drawn.push(letter);
        }
    }
    Cow::Owned(drawn)
}

/// What is drawn for a character: mostly itself; `None` for what only steers how others are set.
const fn stand_in(letter: char) -> Option<char> {
    Some(match letter {
        '\u{2010}' | '\u{2011}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\t'..='\r' | '\u{85}' | '\u{1680}' | '\u{2028}' | '\u{2029}' => ' ',
        '\u{205f}' => '\u{2005}',
        '\u{3000}' => '\u{2003}',
        // What would steer a terminal and has no shape; a soft hyphen, joiners, marks of direction and order, selectors of variants.
        '\0'..='\u{8}'
        | '\u{e}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        // No characters at all, and XML forbids them.
        | '\u{fffe}'
        | '\u{ffff}' => return None,
        letter => letter,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_faces_have_the_same_characters() {
        let bold = Face::from_slice(notosans::BOLD_TTF, 0).unwrap();
        let regular = FACE.as_ref().unwrap();
        for letter in '\0'..=char::MAX {
            let faces = [regular, &bold].map(|face| face.glyph_index(letter).is_some());
            assert_eq!(faces[0], faces[1], "{letter:?}");
        }
    }

    #[test]
    fn whatever_stands_in_for_a_character_has_a_glyph() {
        for letter in '\0'..=char::MAX {
            if stand_in(letter).is_some_and(|other| other != letter) {
                assert_eq!(Undrawn::of(&letter.to_string()), None, "{letter:?}");
            }
        }
    }

    #[test]
    fn hyphens_and_blanks_of_every_kind_are_drawn_and_other_scripts_are_named() {
        let odd = "\u{2011}\u{2010}\u{2212}\u{ad}\u{a0}\u{202f}\u{205f}\u{3000}\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}\t\r\n\u{2028}";
        let spaces: String = ('\u{2000}'..='\u{200a}').collect();
        assert_eq!(Undrawn::of(odd), None);
        assert_eq!(as_drawn("bell\u{7}, \u{1b}[1mbold"), "bell, [1mbold");
        assert_eq!(Undrawn::of(&spaces), None);
        assert_eq!(as_drawn(&spaces), spaces.as_str());
        assert_eq!(as_drawn(odd), "--\u{2212}\u{a0}\u{202f}\u{2005}\u{2003} ");
        assert_eq!(Undrawn::of("ӘәҒғҚқҢңӨөҰұҮүҺһІі Ωω … – × ≥ «»"), None);
        for (text, letter) in [("Թbilisi", 'Թ'), ("5 ₸", '₸'), ("peace 🕊\u{fe0f}", '🕊')]
        {
            let undrawn = Undrawn::of(text).unwrap();
            assert_eq!(undrawn.letter, letter);
            for language in crate::model::label::Language::ALL {
                assert!(undrawn.reason().get(language).contains("U+"), "{text}");
            }
        }
    }
}
