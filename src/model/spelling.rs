//! Spellings: how a message shows a value, when two are of one thing, and which was probably meant.

use unicode_normalization::UnicodeNormalization as _;

use super::visible;

/// A value as a message shows it: on one line, no longer than a line, and what cannot be seen as an
/// escape.
///
/// ```
/// use bitim::model::spelling::shorten;
/// assert_eq!(shorten("a\u{1b}b"), "a\\u{1b}b");
/// assert_eq!(shorten(&"long ".repeat(20)).chars().count(), 61);
/// ```
#[must_use]
pub fn shorten(value: &str) -> String {
    const LONGEST: usize = 60;
    let is_plain = |text: &str| text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if value.len() <= LONGEST && is_plain(value) {
        return value.to_owned();
    }
    let head: String = value.chars().take(LONGEST).collect();
    let mut short = visible::line(&head);
    if value.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}

/// The candidate that `given` was probably meant to be, if any is near enough.
///
/// Near enough is at most one edit in three characters; candidates that differ only by case or
/// blanks always are.
///
/// ```
/// use bitim::model::spelling::meant;
/// assert_eq!(meant("venu", ["venue", "broker"]), Some("venue"));
/// assert_eq!(meant("x", ["venue", "broker"]), None);
/// ```
pub fn meant<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    Candidates::new(candidates).meant(given)
}

/// What may have been meant, folded once for all that is asked.
pub(crate) struct Candidates<'a>(Vec<(String, usize, &'a str)>);

impl<'a> Candidates<'a> {
    pub(crate) fn new(candidates: impl IntoIterator<Item = &'a str>) -> Self {
        let folded = candidates.into_iter().map(|candidate| {
            let folded = fold(&shorten(candidate));
            let length = folded.chars().count();
            (folded, length, candidate)
        });
        Self(folded.collect())
    }

    /// The nearest one, the first of several, as [`meant()`] has it.
    pub(crate) fn meant(&self, given: &str) -> Option<&'a str> {
        let given = fold(&shorten(given));
        let own = given.chars().count();
        let mut nearest: Option<(usize, &str)> = None;
        for (folded, length, candidate) in &self.0 {
            let near = own.max(*length) / 3;
            let limit = nearest.map_or(near + 1, |(best, _)| best.min(near + 1));
            // No edit changes the length by more than one.
            if own.abs_diff(*length) < limit {
                let distance = strsim::osa_distance(&given, folded);
                if distance < limit {
                    nearest = Some((distance, *candidate));
                }
            }
        }
        nearest.map(|(_, candidate)| candidate)
    }
}

/// A value with case, blanks, accents' composition, and the shapes of apostrophes, quotation marks and
/// hyphens folded, under which two spellings of one thing are the same.
///
/// ```
/// use bitim::model::spelling::fold;
/// assert_eq!(fold("E\u{301}vian  d’hier"), fold("\u{c9}vian D'Hier"));
/// assert_ne!(fold("Évian"), fold("Evian"));
/// ```
#[must_use]
pub fn fold(value: &str) -> String {
    if value.is_ascii() {
        let mut folded = String::with_capacity(value.len());
        for word in value.split_whitespace() {
            let blank = if folded.is_empty() { "" } else { " " };
            folded.push_str(blank);
            folded.push_str(word);
        }
        folded.make_ascii_lowercase();
        return if folded.contains('`') {
            folded.replace('`', "'")
        } else {
            folded
        };
    }
    let plain: String = value
        .nfkc()
        .filter_map(|letter| match letter {
            '‘' | '’' | '‚' | '‛' | 'ʼ' | 'ʹ' | '′' | '`' => Some('\''),
            '“' | '”' | '„' | '«' | '»' => Some('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' => None,
            '\u{feff}' => Some(' '),
            letter => Some(letter),
        })
        .collect();
    let words: Vec<String> = plain.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}
