//! What the script of the page works with: the cases as data, and which rows belong to which.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::{Value, context};
use serde_json::{Map, json};
use sha2::{Digest, Sha256};

use super::{Page, labels, text};
use crate::analyse::{Cell, Entry, Index, Table};
use crate::model::label::{Label, Language};
use crate::render::words;

/// What the page can be filtered by, each with the name that its marks and rows have for it.
const FACETS: [&str; 4] = ["period", "role", "outcome", "party"];

/// The content-security-policy source that lets exactly this script run.
pub(super) fn source_of(script: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script)))
}

/// The codes of a facet with their labels; none for an unknown one.
fn codes<'a>(index: &'a Index, facet: &str) -> &'a [(String, Label)] {
    match facet {
        "period" => &index.periods,
        "role" => &index.roles,
        "outcome" => &index.outcomes,
        "party" => &index.parties,
        _ => &[],
    }
}

/// The lists to choose from; a facet that no two cases differ in would be no choice and is left out.
pub(super) fn facets(index: &Index, language: Language) -> Vec<Value> {
    FACETS
        .iter()
        .filter(|facet| codes(index, facet).len() > 1)
        .map(|facet| {
            let mut options: Vec<(String, &str)> = codes(index, facet)
                .iter()
                .map(|(code, label)| (text(label, language), code.as_str()))
                .collect();
            if *facet == "party" {
                options.sort();
            }
            let options = options.into_iter();
            context! {
                name => *facet,
                label => text(&labels::facet(facet), language),
                options => options.map(|(label, code)| context! { label, code }).collect::<Vec<_>>(),
            }
        })
        .collect()
}

/// The cases and the words of the script as JSON that can stand inside an element of HTML.
///
/// What would end the element, or be read as markup, is written as an escape of JSON.
pub(super) fn data(page: &Page) -> String {
    let language = page.language;
    let labelled = FACETS.iter().map(|facet| {
        let labels = codes(page.index, facet).iter();
        let labels = labels.map(|(code, label)| (code.clone(), json!(label.get(language))));
        ((*facet).to_owned(), json!(labels.collect::<Map<_, _>>()))
    });
    let cases = page.index.cases.iter().map(|case| {
        json!({
            "id": case.case,
            "title": case.title,
            "period": case.period.as_slice(),
            "role": case.roles,
            "outcome": case.outcome.as_slice(),
            "party": case.parties,
            "facts": facts(page, case),
        })
    });
    let data = json!({
        "cases": cases.collect::<Vec<_>>(),
        "labels": labelled.collect::<Map<_, _>>(),
        "facets": FACETS.map(|facet| (facet, text(&labels::facet(facet), language))),
        "words": labels::script(language),
    });
    ['<', '>', '&', '\u{2028}', '\u{2029}']
        .iter()
        .fold(data.to_string(), |json, letter| {
            json.replace(*letter, &format!("\\u{:04x}", u32::from(*letter)))
        })
}

/// What a tooltip says of a case beside its title, as names and texts.
fn facts(page: &Page, case: &Entry) -> Vec<(String, String)> {
    let roles = labelled(&page.index.roles, &case.roles);
    let outcome = labelled(&page.index.outcomes, case.outcome.as_slice());
    let days = [&case.start, &case.end].map(words::cell);
    let position = |id: &String| page.sources.iter().position(|source| source.id == *id);
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
        ("roles", Label::join(roles, "; ")),
        ("outcome", Label::join(outcome, "; ")),
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

fn labelled<'a>(
    codes: &'a [(String, Label)],
    held: &'a [String],
) -> impl Iterator<Item = &'a Label> {
    let held = codes.iter().filter(move |(code, _)| held.contains(code));
    held.map(|(_, label)| label)
}

/// The case, period, role, outcome and parties that a row is about, as names and codes of the index.
pub(super) fn belongs(index: &Index, table: &Table, row: &[Cell]) -> Vec<Value> {
    let said = |cell: &Cell| match cell {
        Cell::Code(code, _) => Some(code.clone()),
        Cell::Text(label) => Some(text(label, Language::En)),
        _ => None,
    };
    let by = table.position("by").and_then(|by| said(row.get(by)?));
    let cells = table.columns.iter().zip(row);
    cells
        .filter_map(|(column, cell)| {
            let said = said(cell)?;
            let name = match column.name.as_str() {
                "group" => by.as_deref()?,
                "partner" => "party",
                name => name,
            };
            let facet = match name {
                "one" | "other" => "party",
                name => name,
            };
            let is_case = name == "case" && index.cases.iter().any(|case| case.case == said);
            let code = codes(index, facet)
                .iter()
                .find(|(code, label)| *code == said || label.get(Language::En) == said)
                .map(|(code, _)| code.clone())
                .or_else(|| is_case.then_some(said))?;
            Some(context! { name, code })
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
