//! What the codebook, the study and the claims say otherwise.

use std::collections::BTreeMap;

use toml::{Table, Value};

use crate::validate::Dataset;

/// A setting that is another one in the new release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The file it stands in.
    pub file: &'static str,
    /// Where it stands there, by names and not by positions: `table.cases.variable.outcome.codes`.
    pub path: String,
    /// Does only a label differ, which no number depends on?
    pub is_label: bool,
    /// The setting of the old release; `None` if it has none.
    pub old: Option<String>,
    /// The setting of the new release; `None` if it has none.
    pub new: Option<String>,
}

/// The keys by which the entries of a list are called, the first that an entry has.
const NAMES: [&str; 8] = [
    "name", "id", "column", "code", "concept", "start", "form", "message",
];

/// The languages in which a label may stand.
const LANGUAGES: [&str; 3] = ["en", "kk", "ru"];

/// Compares the steering files as trees of settings: comments, layout and the order of settings are
/// no difference, the order of a list is.
pub(super) fn settings(old: &Dataset, new: &Dataset) -> Vec<Setting> {
    let mut found = Vec::new();
    for ((file, old), (_, new)) in old.settings.iter().zip(&new.settings) {
        let mut walk = Walk {
            file,
            found: &mut found,
        };
        walk.tables(&[], old, new);
    }
    found
}

/// A walk down two trees at once.
struct Walk<'a> {
    file: &'static str,
    found: &'a mut Vec<Setting>,
}

impl Walk<'_> {
    fn tables(&mut self, path: &[&str], old: &Table, new: &Table) {
        let fresh = new.keys().filter(|key| !old.contains_key(*key));
        for key in old.keys().chain(fresh) {
            self.values(&[path, &[key]].concat(), old.get(key), new.get(key));
        }
    }

    fn values(&mut self, path: &[&str], old: Option<&Value>, new: Option<&Value>) {
        match (old, new) {
            _ if old == new => {}
            (Some(old), Some(new)) if is_label(old) || is_label(new) => self.labels(path, old, new),
            (Some(Value::Table(old)), Some(Value::Table(new))) => self.tables(path, old, new),
            (Some(Value::Array(old)), Some(Value::Array(new))) if is_list(old) && is_list(new) => {
                self.lists(path, old, new);
            }
            _ => {
                let is_label = path.last() == Some(&"label") && old.is_some() && new.is_some();
                self.differs(path, is_label, old.map(text), new.map(text));
            }
        }
    }

    /// Entries are compared by name; that those of both stand in another order is one difference.
    fn lists(&mut self, path: &[&str], old: &[Value], new: &[Value]) {
        let (old, new) = (named(old), named(new));
        let fresh = new.iter().filter(|(name, _)| at(&old, name).is_none());
        for (name, _) in old.iter().chain(fresh) {
            let path = [path, &[name]].concat();
            self.values(&path, at(&old, name), at(&new, name));
        }
        let order = |one: &[(String, &Value)], other: &[(String, &Value)]| -> Vec<String> {
            let names = one.iter().map(|(name, _)| name.clone());
            names.filter(|name| at(other, name).is_some()).collect()
        };
        let (before, after) = (order(&old, &new), order(&new, &old));
        if before != after {
            let path = [path, &["order"]].concat();
            let joined = |names: Vec<String>| Some(names.join(", "));
            self.differs(&path, false, joined(before), joined(after));
        }
    }

    /// One difference a language.
    fn labels(&mut self, path: &[&str], old: &Value, new: &Value) {
        for language in LANGUAGES {
            let (old, new) = (in_language(old, language), in_language(new, language));
            if old != new {
                let path = [path, &[language]].concat();
                self.differs(&path, true, Some(old), Some(new));
            }
        }
    }

    fn differs(&mut self, path: &[&str], is_label: bool, old: Option<String>, new: Option<String>) {
        self.found.push(Setting {
            file: self.file,
            path: path.join("."),
            is_label,
            old,
            new,
        });
    }
}

/// A text in several languages.
fn is_label(value: &Value) -> bool {
    value
        .as_table()
        .is_some_and(|table| table.contains_key("en"))
}

/// A language that a label does not give falls back to English, as everywhere.
fn in_language(label: &Value, language: &str) -> String {
    let translated = label.get(language).or_else(|| label.get("en"));
    text(translated.unwrap_or(label))
}

/// Is every entry a table, so that entries have names?
fn is_list(entries: &[Value]) -> bool {
    entries.iter().all(Value::is_table)
}

/// The entries with their names; of those called alike the second is `name 2`.
fn named(entries: &[Value]) -> Vec<(String, &Value)> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    entries
        .iter()
        .map(|entry| {
            let name = NAMES.iter().find_map(|key| entry.get(key));
            let name = in_language(name.unwrap_or(entry), "en");
            let count = seen.entry(name.clone()).or_default();
            *count += 1;
            let name = match *count {
                1 => name,
                count => format!("{name} {count}"),
            };
            (name, entry)
        })
        .collect()
}

fn at<'a>(entries: &[(String, &'a Value)], name: &str) -> Option<&'a Value> {
    let found = entries.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| *value)
}

/// A setting as a reader sees it: a text without quotation marks.
fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(old: &str, new: &str) -> Vec<(String, bool, Option<String>, Option<String>)> {
        let mut found = Vec::new();
        let (old, new): (Table, Table) = (old.parse().unwrap(), new.parse().unwrap());
        Walk {
            file: "codebook.toml",
            found: &mut found,
        }
        .tables(&[], &old, &new);
        let plain = |setting: Setting| (setting.path, setting.is_label, setting.old, setting.new);
        found.into_iter().map(plain).collect()
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn settings_have_names_and_not_positions() {
        let old = "level = 0.95\n[[scheme]]\nname = \"b\"\n[[scheme]]\nname = \"c\"\nfirst = 1";
        let new = "[[scheme]]\nname = \"a\"\n[[scheme]]\nname = \"b\"\n[[scheme]]\nname = \"c\"\nfirst = 2";
        assert_eq!(
            compare(old, new),
            [
                ("level".to_owned(), false, some("0.95"), None),
                ("scheme.c.first".to_owned(), false, some("1"), some("2")),
                ("scheme.a".to_owned(), false, None, some("{ name = \"a\" }")),
            ]
        );
        assert!(
            compare(
                old,
                &format!("# a comment\n{}", old.replace("0.95", "0.950"))
            )
            .is_empty()
        );
    }

    #[test]
    fn the_order_of_codes_is_a_difference_and_a_label_is_one_apart() {
        let old = "codes = [{ code = \"x\", label = \"X\" }, { code = \"y\", label = \"Y\" }]";
        let new = "codes = [{ code = \"y\", label = \"Y\" }, { code = \"x\", label = { en = \"X\", ru = \"Икс\" } }]";
        assert_eq!(
            compare(old, new),
            [
                ("codes.x.label.ru".to_owned(), true, some("X"), some("Икс")),
                ("codes.order".to_owned(), false, some("x, y"), some("y, x")),
            ]
        );
    }
}
