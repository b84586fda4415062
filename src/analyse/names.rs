//! What actors, places and cases are called.

use std::collections::BTreeMap;

use super::selection::Selection;
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::{Label, Language};
use crate::model::unit::Unit;
use crate::validate::Dataset;
use crate::validate::typed::{Field, Typed, texts};

/// Identifier → name, from the table whose rows are that unit.
///
/// The variables `name_en`, `name_kk` and `name_ru` are the names in the three languages, or `name` is
/// the name in all. What has no name is known by its identifier, so the map may lack it.
pub(super) fn of(data: &Dataset, unit: Unit) -> BTreeMap<String, Label> {
    let Some(table) = data.tables.iter().find(|table| table.unit == unit) else {
        return BTreeMap::new();
    };
    let spec = data.codebook().table(&table.name);
    let key = spec.and_then(|spec| spec.key.first());
    let Some(key) = table.fields.iter().find(|field| Some(&field.column) == key) else {
        return BTreeMap::new();
    };
    called(table, key, "name")
}

/// What every case of a selection is called, in its order.
///
/// The title is that in all languages; `title_en`, `title_kk` and `title_ru` are those in one. A case
/// without a title is known by its identifier.
pub(super) fn titles(selection: &Selection) -> Result<Vec<Label>> {
    let mut tables = selection.data.tables.iter();
    let table = tables.find(|table| table.unit == Unit::Case);
    let known = table.and_then(|table| {
        let title = table.concept(Concept::Title)?;
        Some(called(table, table.concept(Concept::Case)?, &title.key))
    });
    let known = known.unwrap_or_default();
    let cases = texts(&selection.cases, "case")?;
    Ok(cases
        .iter()
        .map(|case| name(&known, case.unwrap_or_default()))
        .collect())
}

/// Identifier → name, from the variables of that name: one for all languages, and one for each.
fn called(table: &Typed, key: &Field, variable: &str) -> BTreeMap<String, Label> {
    let plain = table.texts(variable);
    let each = Language::ALL.map(|language| table.texts(&format!("{variable}_{}", language.tag())));
    let names = (0..table.frame.height()).map(|row| {
        let known = |language: Language| {
            let position = Language::ALL.iter().position(|known| *known == language);
            let name = position.and_then(|position| each[position].get(row).copied().flatten());
            name.or(plain.get(row).copied().flatten())
        };
        let english = known(Language::En);
        english.map(|english| Label::each(|language| known(language).unwrap_or(english).to_owned()))
    });
    table
        .texts(&key.key)
        .into_iter()
        .zip(names)
        .filter_map(|(identifier, name)| Some((identifier?.to_owned(), name?)))
        .collect()
}

/// The name of one of them; what has none is known by its identifier.
pub(super) fn name(names: &BTreeMap<String, Label>, id: &str) -> Label {
    names.get(id).cloned().unwrap_or_else(|| Label::plain(id))
}

/// The names of several in a row.
pub(super) fn list<'a>(
    names: &BTreeMap<String, Label>,
    ids: impl IntoIterator<Item = &'a str>,
) -> Label {
    let named: Vec<Label> = ids.into_iter().map(|id| name(names, id)).collect();
    Label::join(&named, ", ")
}

/// More than this that tie are counted and not named.
const NAMED: usize = 3;

/// Those that come first, all of them if they tie: up to three by name, more by their number.
pub(super) fn tied<'a>(labels: impl IntoIterator<Item = &'a Label>) -> Label {
    let labels: Vec<&Label> = labels.into_iter().collect();
    if labels.len() <= NAMED {
        return Label::join(labels, ", ");
    }
    let text = Label::new("{n} that tie", "тең келген {n}", "поровну у {n}");
    text.fill(&[("n", &Label::plain(labels.len().to_string()))])
}

/// The same of identifiers.
pub(super) fn tied_ids<'a>(
    names: &BTreeMap<String, Label>,
    ids: impl IntoIterator<Item = &'a str>,
) -> Label {
    let named: Vec<Label> = ids.into_iter().map(|id| name(names, id)).collect();
    tied(&named)
}

/// What one of them has, or each of several: `6`, or `6 each`.
pub(super) fn each(n: usize, holders: usize) -> Label {
    let text = if holders > 1 {
        Label::new("{n} each", "әрқайсысы {n}", "по {n}")
    } else {
        Label::plain("{n}")
    };
    text.fill(&[("n", &Label::plain(n.to_string()))])
}
