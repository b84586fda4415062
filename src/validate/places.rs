//! Where events took place, and whether that is at home.

use std::collections::BTreeMap;

use polars::prelude::{Column, DataFrame};

use super::rows::{event_identifiers, frame, texts};
use super::typed::Draft;
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::derive::Derive;
use crate::model::unit::Unit;

/// `event place country`: from places, whose country a table of places gives, or from countries
/// that the events name themselves.
pub(super) fn places(draft: &Draft) -> Result<DataFrame> {
    let gazetteer = draft.unit(Unit::Place);
    let key = gazetteer.and_then(|table| {
        let spec = draft.records.codebook.value.table(&table.name)?;
        let field = table
            .fields
            .iter()
            .find(|field| Some(&field.column) == spec.key.first())?;
        Some(table.texts(&field.key))
    });
    let country_of: BTreeMap<&str, String> = key
        .into_iter()
        .flatten()
        .zip(texts(gazetteer, Concept::Country))
        .filter_map(|(place, country)| Some((place?, country?)))
        .collect();
    let events = draft.unit(Unit::Event);
    let identifiers = event_identifiers(events);
    let (mut event, mut place, mut country) = (Vec::new(), Vec::new(), Vec::new());
    if let Some((table, field)) =
        events.and_then(|table| Some((table, table.concept(Concept::Place)?)))
    {
        for (row, value) in table.values(field) {
            event.push(identifiers.get(row as usize).cloned());
            place.push(Some(value.to_owned()));
            country.push(country_of.get(value).cloned());
        }
    }
    if let Some((table, field)) =
        events.and_then(|table| Some((table, table.concept(Concept::Country)?)))
    {
        for (row, value) in table.values(field) {
            event.push(identifiers.get(row as usize).cloned());
            place.push(None);
            country.push(Some(value.to_owned()));
        }
    }
    frame(vec![
        Column::new("event".into(), event),
        Column::new("place".into(), place),
        Column::new("country".into(), country),
    ])
}

/// Event → whether it took place at home, if the codebook derives that. An event without a place,
/// or with places of unknown country only, is in neither camp.
pub(super) fn hosted(draft: &Draft, places: &DataFrame) -> BTreeMap<String, bool> {
    let is_derived = draft
        .records
        .codebook
        .value
        .derived
        .iter()
        .any(|derived| matches!(derived.get_ref(), Derive::Hosted { .. }));
    let home = draft.records.study.value.home.as_ref();
    let read = |name: &str| places.column(name).and_then(Column::str).ok();
    let (true, Some(home), Some(events), Some(countries)) =
        (is_derived, home, read("event"), read("country"))
    else {
        return BTreeMap::new();
    };
    let mut hosted = BTreeMap::new();
    for (event, country) in events.iter().zip(countries.iter()) {
        if let (Some(event), Some(country)) = (event, country) {
            *hosted.entry(event.to_owned()).or_insert(false) |= country == home.get_ref();
        }
    }
    hosted
}
