//! Where events took place, and whether that is at home.

use polars::prelude::{
    Column, DataFrame, DataType, IntoLazy as _, JoinArgs, JoinType, LazyFrame, NULL,
    SortMultipleOptions, SortOptions, UnionArgs, UniqueKeepStrategy, col, cols, concat, lit,
};

use super::concepts::{at, frame, left, stack};
use super::typed::{Draft, Typed};
use crate::error::{Error, Result};
use crate::model::concept::Concept;
use crate::model::derive::Derive;
use crate::model::unit::Unit;

/// `event place country`: from places, whose country a table of places gives, and from countries that
/// the events name themselves, each pair once.
pub(super) fn places(draft: &Draft) -> Result<DataFrame> {
    let nothing = Typed::nothing();
    let table = draft.unit(Unit::Event).unwrap_or(&nothing);
    let events = table.events()?;
    let (rows, place) = table.long(Concept::Place)?;
    let placed = frame(vec![at(&events, &rows)?, place])?
        .lazy()
        .with_column(col("place").cast(DataType::String).alias("#place"))
        .join(
            gazetteer(draft)?.lazy(),
            [col("#place")],
            [col("#place")],
            left(),
        )
        .select([col("event"), col("place"), col("country")])
        .collect()
        .map_err(Error::compute("the places of events"))?;
    let (rows, country) = table.long(Concept::Country)?;
    let none = Column::full_null("place".into(), rows.len(), &DataType::String);
    let named = frame(vec![at(&events, &rows)?, none, country])?;
    stack(vec![placed, named])?
        .lazy()
        .unique_stable(None, UniqueKeepStrategy::First)
        .collect()
        .map_err(Error::compute("the places of events"))
}

/// Place → country, by the table of places.
fn gazetteer(draft: &Draft) -> Result<DataFrame> {
    let table = draft.unit(Unit::Place);
    let key = table.and_then(|table| {
        let spec = draft.records.codebook.value.table(&table.name)?;
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

/// `event mediator hosted`: whether an event took place at the home of each of its mediators, and, with no
/// mediator, at the home of whoever mediates, as far as the study says where that is; nothing unless the
/// codebook derives it. An event without a place, or with places of unknown country only, is not there.
pub(super) fn hosted(draft: &Draft, places: &DataFrame, acted: &DataFrame) -> Result<DataFrame> {
    let study = &draft.records.study.value;
    let mut derived = draft.records.codebook.value.derived.iter();
    let is_derived = derived.any(|derived| matches!(derived.get_ref(), Derive::Hosted { .. }));
    let country = || col("country").cast(DataType::String);
    let among = |home: &str| country().eq(lit(home)).any(true).alias("hosted");
    let events = || places.clone().lazy().filter(col("country").is_not_null());
    let of_each = |home: &str| events().group_by([col("event")]).agg([among(home)]);
    let text = |name: Option<&str>| {
        name.map_or(lit(NULL), lit)
            .cast(DataType::String)
            .alias("mediator")
    };
    let mut found = Vec::new();
    if is_derived {
        let who = acted
            .column("mediator")
            .and_then(|column| column.cast(&DataType::String));
        let who = who.and_then(|who| who.unique()?.sort(SortOptions::default()));
        let who = who.map_err(Error::compute("the mediators"))?;
        let who = who.str().map_err(Error::compute("the mediators"))?;
        let is_alone = who.iter().flatten().count() == 1;
        for mediator in who.iter().flatten() {
            let Some(home) = study
                .home(Some(mediator))
                .or_else(|| study.home(None).filter(|_| is_alone))
            else {
                continue;
            };
            let theirs = acted
                .clone()
                .lazy()
                .filter(col("mediator").cast(DataType::String).eq(lit(mediator)));
            found.push(
                of_each(home)
                    .join(
                        theirs.select([col("event")]),
                        [col("event")],
                        [col("event")],
                        JoinArgs::new(JoinType::Semi),
                    )
                    .with_column(text(Some(mediator))),
            );
        }
        if let Some(home) = study.home(None) {
            found.push(of_each(home).with_column(text(None)));
        }
    }
    if found.is_empty() {
        let empty = |name: &str, kind| Column::new_empty(name.into(), &kind);
        return frame(vec![
            empty("event", DataType::String),
            empty("mediator", DataType::String),
            empty("hosted", DataType::Boolean),
        ]);
    }
    let order = [col("event"), col("mediator")];
    concat(found, UnionArgs::default())
        .map(|found| {
            found
                .select([col("event"), col("mediator"), col("hosted")])
                .sort_by_exprs(order, SortMultipleOptions::default())
        })
        .and_then(LazyFrame::collect)
        .map_err(Error::compute("what was at home"))
}

/// Adds `hosted` to events: at the home of any of those mediators; null where it is of none known.
pub(crate) fn is_hosted(events: LazyFrame, hosted: LazyFrame) -> LazyFrame {
    let any = col("hosted").any(true);
    events.join(
        hosted.group_by([col("event")]).agg([any]),
        [col("event")],
        [col("event")],
        left(),
    )
}
