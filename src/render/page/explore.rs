//! What the script of the page works with: the cases as data, and which rows belong to which.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::slice;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::{Value, context};
use serde_json::{Map, json};
use sha2::{Digest, Sha256};

use super::{Page, labels, text};
use crate::analyse::{Cell, Entry, Index, Table};
use crate::model::label::{Label, Language};
use crate::model::missing::Reason;
use crate::model::visible::acts;
use crate::render::words;

/// The content-security-policy source that lets exactly this script run.
pub(super) fn source_of(script: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script)))
}

/// Something that the page can be filtered by.
pub(super) struct Facet {
    /// The name that marks and rows have for it.
    name: &'static str,
    /// The codes with their labels: those of the codebook, then why cases have none of them.
    codes: Vec<(String, Label)>,
    /// Where each code stands among them.
    places: BTreeMap<String, usize>,
}

/// What rows and cases are looked up in. A record has as many rows as cases or more, so going through all
/// cases for each row would take their product.
pub(super) struct Known<'a> {
    pub(super) facets: [Facet; 4],
    cases: BTreeSet<&'a str>,
    /// Where each source stands in the list of sources.
    sources: BTreeMap<&'a str, usize>,
}

impl<'a> Known<'a> {
    /// What the page knows.
    pub(super) fn of(page: &Page<'a>) -> Self {
        let sources = page.sources.iter().map(|source| source.id.as_str());
        Self {
            facets: facets(page.index),
            cases: page
                .index
                .cases
                .iter()
                .map(|case| case.case.as_str())
                .collect(),
            sources: sources.zip(0..).collect(),
        }
    }
}

/// Everything that the page can be filtered by; what the data set does not know has no codes.
fn facets(index: &Index) -> [Facet; 4] {
    [
        ("period", &index.periods),
        ("role", &index.roles),
        ("outcome", &index.outcomes),
        ("party", &index.parties),
    ]
    .map(|(name, known)| {
        let mut codes = known.clone();
        if !codes.is_empty() {
            let missing = index.cases.iter().filter_map(|case| held(case, name).err());
            let missing: BTreeSet<Reason> = missing.collect();
            let missing = missing.into_iter();
            codes.extend(missing.map(|reason| (words::missing(reason), reason.label())));
        }
        let places = codes
            .iter()
            .map(|(code, _)| code.clone())
            .zip(0..)
            .collect();
        Facet {
            name,
            codes,
            places,
        }
    })
}

/// The codes that a case has of a facet, or why it has none.
fn held<'a>(case: &'a Entry, facet: &str) -> Result<&'a [String], Reason> {
    match facet {
        "period" => case.period.as_ref().map(slice::from_ref),
        "role" => case.roles.as_deref(),
        "outcome" => case.outcome.as_ref().map(slice::from_ref),
        _ => case.parties.as_deref(),
    }
    .map_err(|reason| *reason)
}

/// The lists to choose from; a facet that no two cases differ in would be no choice and is left out.
pub(super) fn choices(facets: &[Facet], language: Language) -> Vec<Value> {
    facets
        .iter()
        .filter(|facet| facet.codes.len() > 1)
        .map(|facet| {
            let mut options: Vec<(bool, String, &str)> = facet
                .codes
                .iter()
                .map(|(code, label)| {
                    let is_missing = code.starts_with(words::MISSING);
                    (is_missing, text(label, language), code.as_str())
                })
                .collect();
            if facet.name == "party" {
                options.sort();
            }
            let options = options.into_iter();
            context! {
                name => facet.name,
                label => text(&labels::facet(facet.name), language),
                options => options.map(|(_, label, code)| context! { label, code }).collect::<Vec<_>>(),
            }
        })
        .collect()
}

/// The cases and the words of the script as JSON that can stand inside an element of HTML.
///
/// What would end the element, be read as markup or act unseen is written as an escape of JSON.
pub(super) fn data(page: &Page, known: &Known) -> String {
    let language = page.language;
    let facets = &known.facets;
    let labelled = facets.iter().map(|facet| {
        let labels = facet.codes.iter();
        let labels = labels.map(|(code, label)| (code.clone(), json!(label.get(language))));
        (facet.name.to_owned(), json!(labels.collect::<Map<_, _>>()))
    });
    let cases = page.index.cases.iter().map(|case| {
        let facts = facts(page, known, case);
        let mut one =
            json!({ "id": case.case, "title": case.title.get(page.language), "facts": facts });
        for facet in facets {
            one[facet.name] = json!(codes(case, facet.name));
        }
        one
    });
    let data = json!({
        "cases": cases.collect::<Vec<_>>(),
        "labels": labelled.collect::<Map<_, _>>(),
        "words": labels::script(language),
    });
    let mut json = String::new();
    for letter in data.to_string().chars() {
        if matches!(letter, '<' | '>' | '&') || acts(letter) {
            let _ = write!(json, "\\u{:04x}", u32::from(letter));
        } else {
            json.push(letter);
        }
    }
    json
}

/// What a tooltip says of a case beside its title, as names and texts.
fn facts(page: &Page, known: &Known, case: &Entry) -> Vec<(String, String)> {
    let labelled = |name: &str| {
        let held = codes(case, name);
        let facet = known.facets.iter().find(|facet| facet.name == name);
        let labels = facet.map(|facet| {
            let places = held.iter().filter_map(|code| facet.places.get(code));
            let places: BTreeSet<usize> = places.copied().collect();
            let labels = places
                .into_iter()
                .filter_map(|place| facet.codes.get(place));
            Label::join(labels.map(|(_, label)| label), "; ")
        });
        labels.unwrap_or_default()
    };
    let days = [&case.start, &case.end].map(words::cell);
    let position = |id: &String| known.sources.get(id.as_str()).copied();
    let mut places: Vec<(usize, &String)> = case
        .sources
        .iter()
        .map(|id| (position(id).unwrap_or(usize::MAX), id))
        .collect();
    places.sort_unstable();
    let sources: Vec<String> = places
        .into_iter()
        .map(|(place, id)| match place {
            usize::MAX => id.clone(),
            place => format!("[{}]", place + 1),
        })
        .collect();
    [
        ("dates", Label::join(&days, " – ")),
        ("parties", Label::join(&case.between, "; ")),
        ("roles", labelled("role")),
        ("outcome", labelled("outcome")),
        ("sources", Label::plain(sources.join(" "))),
    ]
    .iter()
    .filter(|(_, fact)| !fact.is_empty())
    .map(|(name, fact)| {
        let name = text(&labels::fact(name), page.language);
        (name, text(fact, page.language))
    })
    .collect()
}

/// The codes that the page finds a case by in a facet.
fn codes(case: &Entry, facet: &str) -> Vec<String> {
    held(case, facet).map_or_else(|reason| vec![words::missing(reason)], <[_]>::to_vec)
}

/// The case, period, role, outcome and parties that a row is about, as names and codes of the index.
pub(super) fn belongs(known: &Known, table: &Table, row: &[Cell]) -> Vec<Value> {
    let coded = |cell: &Cell| match cell {
        Cell::Code(code, _) => Some(code.clone()),
        Cell::Missing(reason) => Some(words::missing(*reason)),
        // Of cases, some tables have the identifier as a text.
        Cell::Text(label) => Some(text(label, Language::En)),
        _ => None,
    };
    let by = table.position("by").and_then(|by| coded(row.get(by)?));
    let cells = table.columns.iter().zip(row);
    cells
        .filter_map(|(column, cell)| {
            let code = coded(cell)?;
            let name = match column.name.as_str() {
                "group" => by.as_deref()?,
                "span" => "period",
                name => name,
            };
            let facet = match name {
                "one" | "other" | "partner" => "party",
                "depth" => "role",
                name => name,
            };
            let is_known = if facet == "case" {
                known.cases.contains(code.as_str())
            } else {
                let is_missing = matches!(cell, Cell::Missing(_));
                let facet = known.facets.iter().find(|known| known.name == facet)?;
                is_missing || facet.places.contains_key(&code)
            };
            is_known.then(|| context! { name, code })
        })
        .collect()
}

/// Where a cell stands when its column is sorted, if its text does not say so.
pub(super) fn rank(table: &Table, column: usize, cell: &Cell) -> Option<String> {
    match cell {
        Cell::Share(share) if share.trials == 0 => Some(String::new()),
        #[expect(clippy::cast_precision_loss, reason = "counts of cases are small")]
        Cell::Share(share) => Some((share.successes as f64 / share.trials as f64).to_string()),
        Cell::Probability(p) => Some(p.to_string()),
        Cell::Code(code, _) => {
            let codes = &table.columns.get(column)?.codes;
            let place = codes.iter().position(|(known, _)| known == code)?;
            Some(place.to_string())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_the_checksum_of_the_script() {
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        assert_eq!(
            source_of("alert(1)"),
            "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
        );
    }
}
