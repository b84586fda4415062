//! The differences on a terminal.

use std::fmt::Write as _;

use super::sections::sections;
use super::summary::{releases, summary};
use crate::analyse::diff::Diff;
use crate::model::label::{Label, Language};
use crate::model::visible::line;

/// How many lines stand under one heading before the rest is only counted.
const LINES: usize = 20;

/// The differences as text: the releases, how much differs, and what.
///
/// A list of more than twenty lines is cut and says how many more there are; [`super::markdown()`] and
/// [`super::json()`] cut nothing.
#[must_use]
pub fn text(diff: &Diff, language: Language) -> String {
    let mut text = format!(
        "{}\n{}\n",
        line(&releases(diff, language)),
        summary(diff, language)
    );
    for section in sections(diff, language) {
        let _ = writeln!(text, "\n{}", line(&section.heading));
        for difference in section.lines.iter().take(LINES) {
            let _ = writeln!(text, "  {}", line(difference));
        }
        if let Some(more) = section
            .lines
            .len()
            .checked_sub(LINES)
            .filter(|more| *more > 0)
        {
            let rest = Label::new(
                "… and {n} more; --format md or json shows all",
                "… және тағы {n}; бәрі: --format md немесе json",
                "… и ещё {n}; всё покажет --format md или json",
            );
            let rest = rest.fill(&[("n", &Label::plain(more.to_string()))]);
            let _ = writeln!(text, "  {}", rest.get(language));
        }
    }
    text
}
