//! The differences as an entry of a changelog.

use std::fmt::Write as _;

use super::sections::sections;
use super::summary::{releases, summary};
use crate::analyse::diff::Diff;
use crate::model::label::{Label, Language};
use crate::render::outputs::markdown::escape;

/// The differences in Markdown, whole: the entry *Results* of a changelog, to which only the reasons
/// are to be added.
#[must_use]
pub fn markdown(diff: &Diff, language: Language) -> String {
    let heading = Label::new("Results", "Нәтижелер", "Результаты");
    let mut text = format!(
        "### {}\n\n{}: {}.\n",
        heading.get(language),
        escape(&releases(diff, language)),
        summary(diff, language)
    );
    for section in sections(diff, language) {
        let _ = writeln!(text, "\n**{}**\n", escape(&section.heading));
        for line in section.lines {
            let _ = writeln!(text, "- {}", escape(&line));
        }
    }
    text
}
