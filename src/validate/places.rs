//! Where events took place, and whether that is at home.

use std::collections::BTreeSet;

use polars::prelude::{
    Column, DataFrame, DataType, IdxCa, IdxSize, IntoLazy as _, JoinArgs, JoinType, LazyFrame,
    NULL, SortMultipleOptions, UnionArgs, UniqueKeepStrategy, coalesce, col, cols, concat, lit,
    when,
};

use super::concepts::{at, frame, left, stack};
use super::dataset::Dataset;
use super::typed::{Typed, texts};
use crate::error::{Error, Result};
use crate::model::concept::Concept;
use crate::model::derive::Derive;
use crate::model::study::Study;
use crate::model::unit::Unit;

/// `event place country`: from places, whose country the row itself names, if it names one of each, or else a
/// table of places, and from countries that the events name themselves, each once.
pub(super) fn places(data: &Dataset) -> Result<DataFrame> {
    let nothing = Typed::nothing();
    let table = data.unit(Unit::Event).unwrap_or(&nothing);
    let events = table.events()?;
    let (rows, place) = table.long(Concept::Place)?;
    let (country_rows, country) = table.long(Concept::Country)?;
    let text = |name: &str| col(name).cast(DataType::String);
    let one_place = only(&rows, table.frame.height());
    let one_country = only(&country_rows, table.frame.height());
    let own: IdxCa = { rows.iter() }
        .map(|row| one_place[*row as usize].and(one_country[*row as usize]))
        .collect();
    let own = country.take(&own);
    let own = own.map_err(Error::compute("the countries of events"))?;
    let placed = frame(vec![
        at(&events, &rows)?,
        place,
        own.with_name("#own".into()),
    ])?
    .lazy()
    .with_column(text("place").alias("#place"))
    .join(
        gazetteer(data)?.lazy(),
        [col("#place")],
        [col("#place")],
        left(),
    )
    .select([
        col("event"),
        col("place"),
        coalesce(&[text("#own"), text("country")]).alias("country"),
    ])
    .collect()
    .map_err(Error::compute("the places of events"))?;
    let none = Column::full_null("place".into(), country_rows.len(), &DataType::String);
    let named = frame(vec![at(&events, &country_rows)?, none, country])?;
    let places = stack(vec![placed, named])?;
    let is_list = |concept| table.concept(concept).is_some_and(|field| field.is_list);
    let repeats = is_list(Concept::Place) || is_list(Concept::Country);
    let distinct = events.as_materialized_series().n_unique();
    let distinct = distinct.map_err(Error::compute("the places of events"))?;
    if !repeats && distinct == events.len() {
        return Ok(places);
    }
    let places = places.lazy().unique_stable(None, UniqueKeepStrategy::First);
    let places = places.collect();
    places.map_err(Error::compute("the places of events"))
}

/// Of each of `height` rows the position of its value among those of all rows, if it has but one.
fn only(rows: &[IdxSize], height: usize) -> Vec<Option<IdxSize>> {
    let mut found = vec![None; height];
    let mut held = vec![0_u8; height];
    for (at, row) in (0..).zip(rows) {
        let held = &mut held[*row as usize];
        *held = held.saturating_add(1);
        found[*row as usize] = (*held == 1).then_some(at);
    }
    found
}

/// Place → country, by the table of places.
fn gazetteer(data: &Dataset) -> Result<DataFrame> {
    let table = data.unit(Unit::Place);
    let key = table.and_then(|table| {
        let spec = data.codebook.table(&table.name)?;
        let key = spec.key.first()?;
        let field = table.fields.iter().find(|field| field.column == *key)?;
        table.frame.column(&field.key).ok()
    });
    let (Some(table), Some(key)) = (table, key) else {
        let empty = |name: &str| Column::new_empty(name.into(), &DataType::String);
        return frame(vec![empty("#place"), empty("country")]);
    };
    let key = key.cast(&DataType::String);
    let key = key.map_err(Error::compute("the table of places"))?;
    frame(vec![
        key.with_name("#place".into()),
        table.column(Concept::Country)?,
    ])?
    .lazy()
    .filter(col("#place").is_not_null())
    .unique_stable(Some(cols(["#place"])), UniqueKeepStrategy::First)
    .collect()
    .map_err(Error::compute("the table of places"))
}

/// `event mediator hosted`: whether an event took place at the home of each of its mediators, null where
/// the study does not say where that is; or, where it names one home for whoever mediates, of nobody in
/// particular. Nothing unless the codebook derives it. An event without a place, or with places of unknown
/// country only, is not there.
pub(super) fn hosted(data: &Dataset) -> Result<DataFrame> {
    let study = &data.study;
    let mut derived = data.codebook.derived.iter();
    let is_derived = derived.any(|derived| matches!(derived.get_ref(), Derive::Hosted { .. }));
    if !is_derived || study.home.is_none() {
        let empty = |name: &str, kind| Column::new_empty(name.into(), &kind);
        return frame(vec![
            empty("event", DataType::String),
            empty("mediator", DataType::String),
            empty("hosted", DataType::Boolean),
        ]);
    }
    let acted = data.acted()?;
    let homes = homes(study, acted)?;
    let text = |name: &str| col(name).cast(DataType::String);
    let who = acted.clone().lazy().with_column(text("mediator"));
    let who = if study.home(None).is_none() {
        who
    } else {
        let nobody = who
            .clone()
            .with_column(lit(NULL).cast(DataType::String).alias("mediator"));
        let each = concat([who, nobody], UnionArgs::default());
        each.map_err(Error::compute("what was at home"))?
    };
    let nobody = lit(NOBODY);
    let keyed = |frame: LazyFrame| {
        frame.with_column(col("mediator").fill_null(nobody.clone()).alias("#who"))
    };
    let known = data
        .places()?
        .clone()
        .lazy()
        .filter(col("country").is_not_null());
    let at_home = text("country").eq(col("home")).any(true);
    keyed(who)
        .unique_stable(None, UniqueKeepStrategy::First)
        .join(
            keyed(homes.lazy()).select([col("#who"), col("home")]),
            [col("#who")],
            [col("#who")],
            left(),
        )
        .filter(
            col("home")
                .is_not_null()
                .or(lit(study.home(None).is_none())),
        )
        .join(
            known.select([col("event"), col("country")]),
            [col("event")],
            [col("event")],
            JoinArgs::new(JoinType::Inner),
        )
        .group_by([col("event"), col("mediator")])
        .agg([when(col("home").first().is_null())
            .then(lit(NULL))
            .otherwise(at_home)
            .alias("hosted")])
        .sort(["event", "mediator"], SortMultipleOptions::default())
        .collect()
        .map_err(Error::compute("what was at home"))
}

/// What stands for no mediator in particular while frames are joined.
const NOBODY: &str = "\u{0}";

/// `mediator home`: each mediator of an event and, under none, whoever mediates.
fn homes(study: &Study, acted: &DataFrame) -> Result<DataFrame> {
    let named = texts(acted, "mediator")?;
    let named: BTreeSet<&str> = named.iter().flatten().collect();
    let is_alone = named.len() == 1;
    let home = |who: &str| {
        study
            .home(Some(who))
            .or_else(|| study.home(None).filter(|_| is_alone))
    };
    let pairs = named.iter().map(|who| (Some(*who), home(who)));
    let pairs = pairs.chain([(None, study.home(None))]);
    let (who, home): (Vec<_>, Vec<_>) = pairs.unzip();
    frame(vec![
        Column::new("mediator".into(), who),
        Column::new("home".into(), home),
    ])
}

/// Adds `hosted` to events: at the home of any of those mediators; null where it is not known of all and true
/// of none.
pub(crate) fn is_hosted(events: LazyFrame, hosted: LazyFrame) -> LazyFrame {
    let any = col("hosted").any(false);
    events.join(
        hosted.group_by([col("event")]).agg([any]),
        [col("event")],
        [col("event")],
        left(),
    )
}
