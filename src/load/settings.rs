//! `codebook.toml`, `study.toml` and `claims.toml`: the files that steer the program.

use serde::de::DeserializeOwned;

use super::records::{Document, line_of};
use super::rules;
use crate::model::finding::{Findings, Place};

/// Reads one of the steering files; what is wrong with it becomes a finding with its line, and
/// the value is then the empty one, which no later stage accepts.
pub(super) fn read<T: DeserializeOwned + Default>(
    file: &'static str,
    bytes: &[u8],
    findings: &mut Findings,
) -> Document<T> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(error) => {
            let line = line_of(bytes, error.valid_up_to());
            let place = Place::line(file, line);
            findings.add(&rules::BYTES, place, "not UTF-8: save the file as UTF-8");
            return Document {
                file,
                ..Document::default()
            };
        }
    };
    let value = toml::from_str(&text).unwrap_or_else(|error| {
        let place = error.span().map_or_else(
            || Place::file(file),
            |span| Place::line(file, line_of(text.as_bytes(), span.start)),
        );
        let mut message = error.message().lines().collect::<Vec<_>>().join("; ");
        for (old, new) in RENAMED {
            if message.contains(&format!("unknown field `{old}`")) {
                message = format!("`{old}` is called `{new}` now: write `{new}`");
            }
        }
        findings.add(&rules::SYNTAX, place, message);
        T::default()
    });
    Document { file, text, value }
}

/// Keys of settings that have had another name, and what they are called now.
const RENAMED: [(&str, &str); 2] = [("cut", "threshold"), ("beside", "second_threshold")];
