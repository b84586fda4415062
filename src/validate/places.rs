//! Where events took place, and whether that is at home.

use std::collections::BTreeSet;

use polars::prelude::{
    Column, DataFrame, DataType, IntoLazy as _, JoinArgs, JoinType, LazyFrame, NULL,
    SortMultipleOptions, UnionArgs, UniqueKeepStrategy, coalesce, col, cols, concat, lit, when,
};

use super::concepts::{at, frame, left, stack};
use super::typed::{Draft, Typed, texts};
use crate::error::{Error, Result};
use crate::model::concept::Concept;
use crate::model::derive::Derive;
use crate::model::study::Study;
use crate::model::unit::Unit;

/// `event place country`: from places, whose country a table of places gives, and from countries that
/// the events name themselves, each pair once.
pub(super) fn places(draft: &Draft) -> Result<DataFrame> {
    let nothing = Typed::nothing();
    let table = draft.unit(Unit::Event).unwrap_or(&nothing);
    let events = table.events()?;
    let (rows, place) = table.long(Concept::Place)?;
    let text = |name: &str| col(name).cast(DataType::String);
    let own = alone(table, &events)?;
    let placed = frame(vec![at(&events, &rows)?, place])?
        .lazy()
        .with_column(col("place").cast(DataType::String).alias("#place"))
        .join(
            gazetteer(draft)?.lazy(),
            [col("#place")],
            [col("#place")],
            left(),
        )
        .join(own.lazy(), [col("event")], [col("event")], left())
        .select([
            col("event"),
            col("place"),
            coalesce(&[text("country"), text("#country")]).alias("country"),
        ])
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

/// Event → the country that it names itself, where it names one country and one place, so that the one is in
/// the other.
fn alone(table: &Typed, events: &Column) -> Result<DataFrame> {
    let once = |concept: Concept| -> Result<LazyFrame> {
        let (rows, values) = table.long(concept)?;
        let values = values.with_name("#country".into());
        let of_event = frame(vec![at(events, &rows)?, values])?.lazy();
        let one = of_event.group_by([col("event")]).agg([
            col("#country").first(),
            col("#country").n_unique().alias("#n"),
        ]);
        Ok(one
            .filter(col("#n").eq(lit(1)))
            .select([col("event"), col("#country")]))
    };
    let places = once(Concept::Place)?.select([col("event")]);
    once(Concept::Country)?
        .join(
            places,
            [col("event")],
            [col("event")],
            JoinArgs::new(JoinType::Semi),
        )
        .collect()
        .map_err(Error::compute("the countries of events"))
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

/// `event mediator hosted`: whether an event took place at the home of each of its mediators, null where
/// the study does not say where that is; or, where it names one home for whoever mediates, of nobody in
/// particular. Nothing unless the codebook derives it. An event without a place, or with places of unknown
/// country only, is not there.
pub(super) fn hosted(draft: &Draft, places: &DataFrame, acted: &DataFrame) -> Result<DataFrame> {
    let study = &draft.records.study.value;
    let mut derived = draft.records.codebook.value.derived.iter();
    let is_derived = derived.any(|derived| matches!(derived.get_ref(), Derive::Hosted { .. }));
    if !is_derived || study.home.is_none() {
        let empty = |name: &str, kind| Column::new_empty(name.into(), &kind);
        return frame(vec![
            empty("event", DataType::String),
            empty("mediator", DataType::String),
            empty("hosted", DataType::Boolean),
        ]);
    }
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
    let known = places.clone().lazy().filter(col("country").is_not_null());
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
