//! What the third party did in each case, from whatever shape the data have it in.

use std::collections::BTreeSet;

use polars::prelude::{
    Column, DataFrame, DataType, IdxSize, IntoLazy as _, JoinArgs, JoinType, MaintainOrderJoin,
    SortMultipleOptions, UniqueKeepStrategy, coalesce, col, cols, len, lit,
};
use toml::Spanned;

use super::concepts::{at, frame, left, stack};
use super::dataset::Dataset;
use super::typed::{ROW, Typed};
use crate::error::{Error, Result};
use crate::model::concept::Concept;
use crate::model::derive::Derive;
use crate::model::missing::Reason;
use crate::model::unit::Unit;

/// `case mediator role basis uptake is_coded day`: from a table of roles, from cells or 0/1 columns of cases,
/// engagements and events, and from hosting where the codebook says that it is evidence of a role.
///
/// `mediator` is null where the data do not say whose the role was: of several mediators of a case nobody
/// gets what the row gives to none. `is_coded` is false where the role is missing; a row without a role
/// that is coded says that there is none. `day` is the first day of the event that shows the role.
pub(super) fn roles(data: &Dataset) -> Result<DataFrame> {
    let mut found = Vec::new();
    for table in &data.tables {
        match table.unit {
            Unit::Role => found.push(of_roles(table)?),
            Unit::Case | Unit::Engagement | Unit::Event
                if table.concept(Concept::Role).is_some() =>
            {
                found.push(shown(data, table)?);
            }
            _ => {}
        }
    }
    let derived = data.codebook.derived.iter();
    for derived in derived {
        if let Derive::Hosted {
            role: Some(role), ..
        } = derived.get_ref()
        {
            found.push(by_hosting(data, role)?);
        }
    }
    if found.is_empty() {
        found.push(of_roles(&Typed::nothing())?);
    }
    let found = stack(found)?;
    let whose = found.column("mediator");
    if whose.is_ok_and(|whose| whose.null_count() == 0) {
        let found = found
            .lazy()
            .with_column(col("mediator").cast(DataType::String));
        let found = found.select(COLUMNS.map(col)).collect();
        return found.map_err(Error::compute("the roles"));
    }
    let alone = { data.mediators()?.clone().lazy() }
        .group_by([col("case")])
        .agg([len().alias("#n"), col("mediator").first().alias("#only")])
        .filter(col("#n").eq(lit(1)));
    let who = coalesce(&[
        col("mediator").cast(DataType::String),
        col("#only").cast(DataType::String),
    ]);
    found
        .lazy()
        .join(alone, [col("case")], [col("case")], left())
        .with_column(who.alias("mediator"))
        .select(COLUMNS.map(col))
        .collect()
        .map_err(Error::compute("the roles"))
}

const COLUMNS: [&str; 7] = [
    "case", "mediator", "role", "basis", "uptake", "is_coded", "day",
];

/// The rows of a table of roles. What is missing stays, as a role that is not coded.
fn of_roles(table: &Typed) -> Result<DataFrame> {
    let own = [
        Concept::Case,
        Concept::Mediator,
        Concept::Basis,
        Concept::Uptake,
    ];
    let own = own.map(|concept| table.column(concept));
    let day = Column::full_null("day".into(), table.frame.height(), &DataType::Date);
    let columns = own.into_iter().chain([Ok(day)]);
    spread(table, &columns.collect::<Result<Vec<_>>>()?, true)?
        .lazy()
        .select(COLUMNS.map(col))
        .collect()
        .map_err(Error::compute("the roles of a table"))
}

/// The roles that rows about cases, engagements and events show, on the first basis and with the first
/// uptake that count. Rows whose roles are missing say nothing.
fn shown(data: &Dataset, table: &Typed) -> Result<DataFrame> {
    let height = table.frame.height();
    let day = match table.unit {
        Unit::Event => {
            let [first, ..] = table.date(Concept::Start)?;
            first.with_name("day".into())
        }
        _ => Column::full_null("day".into(), height, &DataType::Date),
    };
    let rows: Vec<IdxSize> = (0..).take(height).collect();
    let mut columns = counting(data, height);
    columns.extend([
        table.column(Concept::Case)?,
        day,
        Column::new(ROW.into(), rows),
    ]);
    let roles = spread(table, &columns, false)?;
    // Of a case that names several mediators nobody knows whose its roles were.
    let (rows, who) = match table.unit {
        Unit::Case => (
            Vec::new(),
            Column::new_empty("mediator".into(), &DataType::String),
        ),
        _ => table.long(Concept::Mediator)?,
    };
    let who = frame(vec![Column::new(ROW.into(), rows), who])?;
    roles
        .lazy()
        .join(who.lazy(), [col(ROW)], [col(ROW)], left())
        .select(COLUMNS.map(col))
        .collect()
        .map_err(Error::compute("the roles of a table"))
}

/// The role that hosting an event is evidence of, of each mediator at whose home it was.
fn by_hosting(data: &Dataset, role: &str) -> Result<DataFrame> {
    let nothing = Typed::nothing();
    let table = data.unit(Unit::Event).unwrap_or(&nothing);
    let [day, ..] = table.date(Concept::Start)?;
    let mut columns = counting(data, table.frame.height());
    columns.extend([
        table.events()?,
        table.column(Concept::Case)?,
        day.with_name("day".into()),
    ]);
    frame(columns)?
        .lazy()
        .unique_stable(Some(cols(["event"])), UniqueKeepStrategy::First)
        .join(
            data.hosted()?.clone().lazy().filter(col("hosted")),
            [col("event")],
            [col("event")],
            JoinArgs {
                maintain_order: MaintainOrderJoin::LeftRight,
                ..JoinArgs::new(JoinType::Inner)
            },
        )
        .with_columns([lit(role).alias("role"), lit(true).alias("is_coded")])
        .select(COLUMNS.map(col))
        .collect()
        .map_err(Error::compute("the roles of hosts"))
}

/// The first basis and the first uptake that count, for rows that state none.
fn counting(data: &Dataset, height: usize) -> Vec<Column> {
    let base = &data.study.base;
    let first = |codes: &[Spanned<String>]| codes.first().map(|code| code.get_ref().clone());
    [
        ("basis", first(&base.basis)),
        ("uptake", first(&base.uptake)),
    ]
    .map(|(name, code)| Column::new(name.into(), vec![code; height]))
    .into()
}

/// A row for each role of each row, beside the columns `own` of that row; one without a role where there is
/// none, be it that the row says so or, if `is_missing_kept`, that its roles are missing.
fn spread(table: &Typed, own: &[Column], is_missing_kept: bool) -> Result<DataFrame> {
    let (mut rows, mut roles) = table.long(Concept::Role)?;
    let field = table.concept(Concept::Role);
    let why = field.map_or_else(Vec::new, |field| table.reasons(&field.key));
    let has_role: BTreeSet<IdxSize> = rows.iter().copied().collect();
    let is_empty = |(row, why): &(IdxSize, Option<Reason>)| {
        !has_role.contains(row) && (is_missing_kept || why.is_none())
    };
    let empty: Vec<(IdxSize, Option<Reason>)> = (0..).zip(why).filter(is_empty).collect();
    let none = Column::full_null(roles.name().clone(), empty.len(), roles.dtype());
    roles
        .append(&none)
        .map_err(Error::compute("the roles of a table"))?;
    let mut is_coded = vec![true; rows.len()];
    is_coded.extend(empty.iter().map(|(_, why)| why.is_none()));
    rows.extend(empty.iter().map(|(row, _)| *row));
    let mut columns = own
        .iter()
        .map(|column| at(column, &rows))
        .collect::<Result<Vec<_>>>()?;
    columns.extend([
        roles,
        Column::new("is_coded".into(), is_coded),
        Column::new("#order".into(), rows),
    ]);
    let in_order = SortMultipleOptions::default().with_maintain_order(true);
    frame(columns)?
        .lazy()
        .sort(["#order"], in_order)
        .drop(cols(["#order"]))
        .collect()
        .map_err(Error::compute("the roles of a table"))
}
