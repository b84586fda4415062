//! The sources of a selection for LaTeX and for reference managers.
//!
//! Own code: the crate `biblatex` puts a backslash before a brace, which BibTeX still counts, so that a
//! title with one brace swallows the rest of the file; and `\\`, `\~` and `\^`, which it writes for
//! the characters themselves, are a line break and two accents.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Encode, Output};
use crate::analyse::Source;
use crate::model::visible::acts;

pub(crate) static OUTPUT: Output = Output {
    name: "bibtex",
    encode: Encode::Bibliography(encode),
};

/// Every source is `@misc`, since what kind of thing it is has other codes in every data set; every
/// style prints author, title, `howpublished` and year of it, most the address.
fn encode(sources: &[Source]) -> String {
    let mut taken = BTreeSet::new();
    let entries = sources.iter().map(|source| {
        let fields = [
            (
                "author",
                source
                    .author
                    .as_deref()
                    .map(|author| authors(author, source.is_person)),
            ),
            // A second pair of braces keeps capitals, which names in titles need.
            (
                "title",
                source
                    .title
                    .as_deref()
                    .map(|title| format!("{{{}}}", escape(title))),
            ),
            ("howpublished", source.publisher.as_deref().map(escape)),
            ("year", source.year.as_deref().map(escape)),
            // Of a url, packages make a link.
            match (source.site(), source.url.as_deref()) {
                (Some(_), url) => ("url", url.map(address)),
                (None, place) => ("note", place.map(escape)),
            },
        ];
        let mut entry = format!("@misc{{{},\n", key(&source.id, &mut taken));
        for (name, value) in fields {
            if let Some(value) = value {
                let _ = writeln!(entry, "  {name} = {{{value}}},");
            }
        }
        entry + "}\n"
    });
    entries.collect::<Vec<_>>().join("\n")
}

/// Persons as BibTeX takes names apart; a body in braces, so that it is left whole.
fn authors(author: &str, is_person: bool) -> String {
    if !is_person {
        return format!("{{{}}}", escape(author));
    }
    let persons: Vec<String> = author.split(';').map(escape).collect();
    persons.join(" and ")
}

/// A text with the characters escaped that mean something in LaTeX, on one line; one that LaTeX cannot
/// set is a blank. Braces become commands, because BibTeX counts them whatever stands before them.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    let words = text.split(|character: char| character.is_whitespace() || acts(character));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    for character in words.join(" ").chars() {
        match character {
            '&' | '%' | '#' | '_' | '$' => escaped.extend(['\\', character]),
            '{' => escaped.push_str("{\\textbraceleft}"),
            '}' => escaped.push_str("{\\textbraceright}"),
            '\\' => escaped.push_str("{\\textbackslash}"),
            '~' => escaped.push_str("{\\textasciitilde}"),
            '^' => escaped.push_str("{\\textasciicircum}"),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// An address as it is: packages set it as it stands. What no address may hold, and BibTeX or LaTeX
/// would choke on or, as `^^5c`, read as another character, is written with percent signs.
fn address(url: &str) -> String {
    let mut written = String::new();
    for character in url.trim().chars() {
        if "{}\\^\"".contains(character) || character.is_whitespace() || acts(character) {
            for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(written, "%{byte:02X}");
            }
        } else {
            written.push(character);
        }
    }
    written
}

/// The identifier as a key: what a key may not hold becomes a hyphen, and a key that differs from an
/// earlier one by its capitals only, which BibTeX takes for the same, gets a number.
fn key(id: &str, taken: &mut BTreeSet<String>) -> String {
    let plain = |character: char| {
        let is_special = "\"#%'(),={}~\\@&$^".contains(character);
        if is_special || character.is_whitespace() || acts(character) {
            '-'
        } else {
            character
        }
    };
    let base: String = id.chars().map(plain).collect();
    let mut key = base.clone();
    let mut number = 1;
    while !taken.insert(key.to_lowercase()) {
        number += 1;
        key = format!("{base}-{number}");
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_distinct_whatever_their_capitals() {
        let mut taken = BTreeSet::new();
        let keys = ["a b", "A-B", "a-b", "Ақорда"].map(|id| key(id, &mut taken));
        assert_eq!(keys, ["a-b", "A-B-2", "a-b-3", "Ақорда"]);
    }

    #[test]
    fn braces_stay_balanced() {
        for text in ["{", "}}", "a{b", "\\{", "{}"] {
            let written = escape(text) + &address(text);
            let count = |brace: char| written.matches(brace).count();
            assert_eq!(count('{'), count('}'), "{written}");
        }
    }
}
