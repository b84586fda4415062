//! What actors and places are called.

use std::collections::BTreeMap;

use crate::model::label::{Label, Language};
use crate::model::unit::Unit;
use crate::validate::Cases;

/// Identifier → name, from the table whose rows are that unit.
///
/// The variables `name_en`, `name_kk` and `name_ru` are the names in the three languages, or `name` is
/// the name in all. What has no name is known by its identifier, so the map may lack it.
pub(super) fn of(data: &Cases, unit: Unit) -> BTreeMap<String, Label> {
    let Some(table) = data.tables.iter().find(|table| table.unit == unit) else {
        return BTreeMap::new();
    };
    let spec = data.codebook().table(&table.name);
    let key = spec.and_then(|spec| spec.key.first());
    let Some(key) = table.fields.iter().find(|field| Some(&field.column) == key) else {
        return BTreeMap::new();
    };
    let plain = table.texts("name");
    let each = Language::ALL.map(|language| table.texts(&format!("name_{}", language.tag())));
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
