//! The frames of a data set, for whoever goes on in polars.

use polars::prelude::{
    Column, DataFrame, IntoLazy as _, PolarsResult, SortMultipleOptions, UniqueKeepStrategy, col,
    cols,
};

use super::concepts::left;
use super::dataset::Dataset;
use super::typed::{ROW, Typed, VALUE};
use crate::error::{Error, Result};
use crate::load::{FILE, LINE};
use crate::model::unit::{FRAMES, Unit};

impl Dataset {
    /// The names of the frames: those that every data set has, and the tables that the codebook declares or
    /// derives and that are called otherwise.
    #[must_use]
    pub fn frames(&self) -> Vec<&str> {
        let declared = self.tables.iter().map(|table| table.name.as_str());
        let known = FRAMES.map(|(name, _)| name);
        let declared = declared.filter(|name| !known.contains(name));
        known.into_iter().chain(declared).collect()
    }

    /// A table of the codebook with all its variables, row by row as its files have it.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownName`] if there is no such table, [`Error::Compute`] if the frame cannot be built.
    pub fn declared(&self, name: &str) -> Result<DataFrame> {
        let table = self.tables.iter().find(|table| table.name == name);
        let table = table.ok_or_else(|| Error::UnknownName {
            kind: "table",
            name: name.to_owned(),
            known: self.tables.iter().map(|table| table.name.clone()).collect(),
        })?;
        declared(table).map_err(Error::compute("a frame of a data set"))
    }

    /// A frame as polars has it.
    ///
    /// A coded variable is an `Enum` in the order of the codebook, several values are a `List` of it, a date is
    /// two `Date` columns, its first and its last possible day; `outcome_missing` says why there is no
    /// `outcome`: unknown, na, open or blank. `cases` and `events` have a row for each, with all that
    /// their tables declare; `engagements` a row for each mediator of a case.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownName`] if there is no such frame, [`Error::Compute`] if it cannot be built.
    ///
    /// ```
    /// use bitim::{load, validate};
    /// let data = validate::check(load::dataset(&load::Store::Bundled)?)?.accept()?;
    /// let events = data.frame("events")?;
    /// assert_eq!(events.height(), data.n_events());
    /// assert!(events.column("start_earliest").is_ok_and(|days| days.dtype().is_date()));
    /// # Ok::<(), bitim::error::Error>(())
    /// ```
    pub fn frame(&self, name: &str) -> Result<DataFrame> {
        let made = match name {
            "cases" => Some((self.cases()?, Unit::Case, "case")),
            "events" => Some((self.events()?, Unit::Event, "event")),
            _ => None,
        };
        if let Some((frame, unit, key)) = made {
            let table = self.tables.iter().find(|table| table.unit == unit);
            let whole = with_own(frame, table, key);
            return whole.map_err(Error::compute("a frame of a data set"));
        }
        let plain = match name {
            "engagements" => self.engagements()?,
            "roles" => self.roles()?,
            "parties" => self.parties()?,
            "places" => self.places()?,
            "regions" => self.regions()?,
            "sources" => self.sources()?,
            other => {
                let is_known = self.frames().contains(&other);
                return if is_known {
                    self.declared(other)
                } else {
                    Err(Error::UnknownName {
                        kind: "frame",
                        name: name.to_owned(),
                        known: self.frames().into_iter().map(str::to_owned).collect(),
                    })
                };
            }
        };
        Ok(plain.clone())
    }
}

/// The columns of a unit, and those that its table declares besides.
fn with_own(frame: &DataFrame, table: Option<&Typed>, key: &str) -> PolarsResult<DataFrame> {
    let Some(table) = table else {
        return Ok(frame.clone());
    };
    let mut own = declared(table)?;
    let identity = table
        .fields
        .iter()
        .find(|field| field.concept.is_some_and(|concept| concept.name() == key));
    let Some(identity) = identity else {
        return Ok(frame.clone());
    };
    own.rename(&identity.key, "#key".into())?;
    let known = frame.get_column_names_owned();
    let further = own
        .get_column_names_owned()
        .into_iter()
        .filter(|name| !known.contains(name));
    let further: Vec<_> = further.collect();
    let own = own
        .lazy()
        .select([cols(further).as_expr()])
        .unique_stable(Some(cols(["#key"])), UniqueKeepStrategy::First);
    frame
        .clone()
        .lazy()
        .join(own, [col(key)], [col("#key")], left())
        .collect()
}

/// The position of a row, under a name that no variable can have.
const PLACE: &str = "#row";

/// A declared table, its variables with several values as lists.
fn declared(table: &Typed) -> PolarsResult<DataFrame> {
    let rows: Vec<u32> = (0..).take(table.frame.height()).collect();
    let mut frame = table.frame.drop_many([LINE, FILE]);
    frame.with_column(Column::new(PLACE.into(), rows))?;
    let mut whole = frame.lazy();
    for (key, list) in &table.lists {
        let each = list
            .clone()
            .lazy()
            .sort(
                [ROW],
                SortMultipleOptions::default().with_maintain_order(true),
            )
            .group_by([col(ROW).alias(PLACE)])
            .agg([col(VALUE).alias(key.as_str())]);
        whole = whole.join(each, [col(PLACE)], [col(PLACE)], left());
    }
    whole.drop(cols([PLACE])).collect()
}
