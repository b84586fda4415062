//! The cases that coders worked on and those of the record.

pub(super) mod agreement;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use crate::validate::Dataset;
use crate::validate::codings::Coded;

/// What the view of tables about codings is.
pub(super) const VIEW: Label = Label::new(
    "the coded cases, whatever the view",
    "кодталған жағдайлар, көріністен тыс",
    "кодированные случаи, независимо от вида",
);

/// The coders' name of a case → the cases of the record that it is.
///
/// Coders may have cut the material into other cases than the record did. The table that lists the
/// cases of the coded view says which is which, in its column beside the one of cases; without
/// such a column a case has one name.
pub(super) fn cases_of_record(data: &Dataset) -> BTreeMap<String, Vec<String>> {
    let study = data.study();
    let view = study.coded.as_ref().and_then(|name| {
        let mut views = study.views.iter();
        views.find(|view| view.name.get_ref() == name.get_ref())
    });
    let listed = view.and_then(|view| {
        let name = view.cases.as_ref()?.get_ref();
        data.tables.iter().find(|table| table.name == *name)
    });
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if let Some(table) = listed
        && let Some(case) = table.concept(Concept::Case)
        && let Some(name) = table.fields.iter().find(|field| {
            field.measure == Measure::Identifier && field.concept != Some(Concept::Case)
        })
    {
        let pairs = table
            .texts(&name.key)
            .into_iter()
            .zip(table.texts(&case.key));
        for (name, case) in pairs {
            if let (Some(name), Some(case)) = (name, case) {
                found
                    .entry(name.to_owned())
                    .or_default()
                    .push(case.to_owned());
            }
        }
    }
    for case in data.codings().cases() {
        found
            .entry(case.to_owned())
            .or_insert_with(|| vec![case.to_owned()]);
    }
    found
}

/// The values that the record has for a coded variable of a case, as text; a missing one is the name
/// of its reason. Nothing if the record has no such case. Roles on a basis that does not count are
/// left out.
pub(super) fn values_of_record(data: &Dataset, case: &str, coded: &Coded) -> BTreeSet<String> {
    let unit = if coded.is_set { Unit::Role } else { Unit::Case };
    let tables = data.tables.iter().filter(|table| table.unit == unit);
    let mut found = BTreeSet::new();
    for table in tables {
        let (Some(field), Some(of)) = (table.field(&coded.key), table.concept(Concept::Case))
        else {
            continue;
        };
        let bases = table
            .concept(Concept::Basis)
            .map(|field| table.texts(&field.key))
            .unwrap_or_default();
        let counted = &data.study().base.basis;
        let (values, silent) = (table.said(field), table.reasons(&field.key));
        for (row, known) in table.texts(&of.key).into_iter().enumerate() {
            let counts = match bases.get(row).copied().flatten() {
                Some(stated) if !counted.is_empty() => {
                    counted.iter().any(|known| known.get_ref() == stated)
                }
                _ => true,
            };
            if known == Some(case) && counts {
                found.extend(silent[row].map(|reason| reason.name().to_owned()));
                found.extend(values[row].iter().cloned());
            }
        }
    }
    found
}

/// The meaning of a value of a coded variable: the label of its code or of its reason, or the value.
pub(super) fn meaning(coded: &Coded, value: &str) -> Label {
    let code = coded.codes.iter().find(|code| code.code == value);
    match (code, Reason::of(value)) {
        (Some(code), _) => code.label.clone(),
        (None, Some(reason)) => reason.label(),
        (None, None) => Label::plain(value),
    }
}
