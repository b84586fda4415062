//! Characters that do something to whoever shows a text, where letters are only read.
//!
//! A data set comes from somebody else. An escape character in a title moves the cursor of the
//! terminal that prints it, recolours it or names its window; an override turns the letters after
//! it round, so that another name is read than the one that is there. What people are shown has
//! such characters as escapes. Files for programs have them as the data have them.

/// Does the character steer a terminal or turn the direction of reading, or can XML not hold it?
///
/// Tabs and line breaks are none of these: they stand in honest texts, and [`line()`] shows them where a
/// text may not have any. Nor are the marks U+200E and U+200F, which Arabic and Hebrew need and which
/// turn no letter round.
///
/// ```
/// use bitim::model::visible::acts;
/// assert!(['\u{1b}', '\u{9b}', '\u{7f}', '\u{202e}', '\u{2028}'].into_iter().all(acts));
/// assert!(!['\n', '\t', ' ', 'қ', 'م', '\u{200f}', '\u{a0}'].into_iter().any(acts));
/// ```
#[must_use]
pub fn acts(letter: char) -> bool {
    let is_separator = matches!(letter, '\u{2028}' | '\u{2029}');
    let is_turning = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_none = matches!(letter, '\u{fffe}' | '\u{ffff}');
    letter.is_control() && !matches!(letter, '\t' | '\n' | '\r')
        || is_separator
        || is_turning
        || is_none
}

/// A text of several lines as people are shown it: whatever acts is an escape, and so is a carriage
/// return, with which a line writes over itself.
///
/// ```
/// use bitim::model::visible::text;
/// assert_eq!(text("one\n\tt\u{1b}[31mwo\r"), "one\n\tt\\u{1b}[31mwo\\r");
/// ```
#[must_use]
pub fn text(shown: &str) -> String {
    escaped(shown, |letter| acts(letter) || letter == '\r')
}

/// A text that stands on one line: tabs and line breaks are escapes too, so that a value cannot pass
/// for the line after it.
///
/// ```
/// use bitim::model::visible::line;
/// assert_eq!(line("a title\nerror: forged"), "a title\\nerror: forged");
/// ```
#[must_use]
pub fn line(shown: &str) -> String {
    escaped(shown, |letter| {
        acts(letter) || matches!(letter, '\t' | '\n' | '\r')
    })
}

fn escaped(shown: &str, is_escaped: impl Fn(char) -> bool) -> String {
    let mut text = String::with_capacity(shown.len());
    for letter in shown.chars() {
        if is_escaped(letter) {
            text.extend(letter.escape_default());
        } else {
            text.push(letter);
        }
    }
    text
}
