//! The frames of [`Dataset`], from typed tables of whatever shape.

use std::sync::OnceLock;

use polars::prelude::{
    Column, DataFrame, DataType, IntoLazy as _, JoinArgs, JoinType, LazyFrame, MaintainOrderJoin,
    SortMultipleOptions, UniqueKeepStrategy, coalesce, col, cols,
};

use super::concepts::{at, frame, left, ordered, stack};
use super::dataset::{Dataset, Made};
use super::evidence::evidence;
use super::places::{self, is_hosted};
use super::roles;
use super::typed::{Draft, Typed, mediating, missing};
use crate::error::{Error, Result};
use crate::load::Document;
use crate::model::concept::Concept;
use crate::model::unit::Unit;

/// Puts a checked draft into the shape that analysis asks for.
pub(super) fn accepted(draft: Draft) -> Dataset {
    let evidence = evidence(&draft);
    let Draft {
        records,
        tables,
        codings,
    } = draft;
    let settings = [
        ("codebook.toml", written(&records.codebook)),
        ("study.toml", written(&records.study)),
        ("claims.toml", written(&records.claims)),
    ];
    Dataset {
        codebook: records.codebook.value,
        study: records.study.value,
        claims: records.claims.value,
        settings,
        inputs: records.inputs,
        findings: records.findings,
        tables,
        codings,
        evidence,
        made: Made::default(),
    }
}

/// A steering file as it is written. It was read before, so its text is sound.
fn written<T>(document: &Document<T>) -> toml::Table {
    document.text.parse().unwrap_or_default()
}

/// The frame, made by `make` unless it is there.
fn once(
    frame: &OnceLock<DataFrame>,
    make: impl FnOnce() -> Result<DataFrame>,
) -> Result<&DataFrame> {
    if let Some(made) = frame.get() {
        return Ok(made);
    }
    let made = make()?;
    Ok(frame.get_or_init(|| made))
}

/// The frames; [`Error::Compute`] if one cannot be made, a fault of the program.
impl Dataset {
    /// `case title kind outcome outcome_missing start_earliest start_latest start_missing
    /// end_earliest end_latest end_missing`, a row per case.
    pub(crate) fn cases(&self) -> Result<&DataFrame> {
        once(&self.made.cases, || cases(self))
    }

    /// `case mediator`, each pair once.
    pub(crate) fn mediators(&self) -> Result<&DataFrame> {
        once(&self.made.mediators, || mediators(self))
    }

    /// The columns of cases with `mediator`: a row per case and mediator of it.
    pub(crate) fn engagements(&self) -> Result<&DataFrame> {
        once(&self.made.engagements, || engagements(self))
    }

    /// `event case type outcome outcome_missing start_earliest start_latest start_missing end_earliest end_latest
    /// end_missing hosted`, a row per event.
    pub(crate) fn events(&self) -> Result<&DataFrame> {
        once(&self.made.events, || events(self))
    }

    /// `event mediator`, a row per mediator of an event.
    pub(crate) fn acted(&self) -> Result<&DataFrame> {
        once(&self.made.acted, || acted(self))
    }

    /// `event mediator hosted`: whether it was at the home of that mediator, or of whoever mediates.
    pub(crate) fn hosted(&self) -> Result<&DataFrame> {
        once(&self.made.hosted, || places::hosted(self))
    }

    /// `case mediator role basis uptake is_coded day`, a row per role; see [`super::roles`].
    pub(crate) fn roles(&self) -> Result<&DataFrame> {
        once(&self.made.roles, || roles::roles(self))
    }

    /// `case party standing`, a row per party.
    pub(crate) fn parties(&self) -> Result<&DataFrame> {
        once(&self.made.parties, || parties(self))
    }

    /// `event place country`, a row per place of an event.
    pub(crate) fn places(&self) -> Result<&DataFrame> {
        once(&self.made.places, || places::places(self))
    }

    /// `event region`, a row per region that an event names itself.
    pub(crate) fn located(&self) -> Result<&DataFrame> {
        once(&self.made.located, || located(self))
    }

    /// `case region`, a row per region of a case that any row about the case names.
    pub(crate) fn regions(&self) -> Result<&DataFrame> {
        once(&self.made.regions, || pairs(self, Concept::Region))
    }

    /// `case source`, a row per source that any row about the case names.
    pub(crate) fn sources(&self) -> Result<&DataFrame> {
        once(&self.made.sources, || pairs(self, Concept::Source))
    }
}

/// The cases.
fn cases(data: &Dataset) -> Result<DataFrame> {
    frame_of(data.unit(Unit::Case).unwrap_or(&Typed::nothing()))
}

/// The columns that cases and engagements have alike, from a table of them.
fn frame_of(table: &Typed) -> Result<DataFrame> {
    let mut columns = vec![
        table.column(Concept::Case)?,
        table.column(Concept::Title)?,
        table.column(Concept::Kind)?,
        table.column(Concept::Outcome)?,
        table.why(Concept::Outcome)?,
    ];
    columns.extend(table.date(Concept::Start)?);
    columns.extend(table.date(Concept::End)?);
    let title = coalesce(&[col("title"), col("case")]);
    frame(columns)?
        .lazy()
        .with_columns([title])
        .collect()
        .map_err(Error::compute("the cases"))
}

/// `case mediator`, each pair once.
fn mediators(data: &Dataset) -> Result<DataFrame> {
    let pairs = mediating(&data.tables).into_iter();
    let pairs = pairs.map(|table| pair(table, Concept::Mediator));
    distinct(pairs.collect::<Result<Vec<_>>>()?, "mediator")
}

/// The engagements: what a table says of each itself, else what grouping finds, else what its case has.
fn engagements(data: &Dataset) -> Result<DataFrame> {
    let case = || [col("case")];
    let mut theirs = data.cases()?.clone().lazy().join(
        data.mediators()?.clone().lazy(),
        case(),
        case(),
        JoinArgs {
            maintain_order: MaintainOrderJoin::LeftRight,
            ..JoinArgs::new(JoinType::Inner)
        },
    );
    // Tables that grouping makes stand last.
    let tables = data.tables.iter().rev();
    for table in tables.filter(|table| table.unit == Unit::Engagement) {
        theirs = with_own(theirs, table)?;
    }
    theirs.collect().map_err(Error::compute("the engagements"))
}

/// Engagements with what a table says of them in the place of what was known.
fn with_own(theirs: LazyFrame, table: &Typed) -> Result<LazyFrame> {
    let mut own = frame_of(table)?;
    own.with_column(table.column(Concept::Mediator)?)
        .map_err(Error::compute("the engagements"))?;
    let groups = [
        (Concept::Title, vec!["title".to_owned()]),
        (Concept::Kind, vec!["kind".to_owned()]),
        (
            Concept::Outcome,
            vec!["outcome".to_owned(), missing("outcome")],
        ),
        (Concept::Start, dated("start")),
        (Concept::End, dated("end")),
    ];
    let kept = groups
        .into_iter()
        .filter(|(concept, _)| table.concept(*concept).is_some())
        .flat_map(|(_, names)| names);
    let kept: Vec<String> = kept.collect();
    let key = ["case", "mediator"];
    let wanted = key.into_iter().map(str::to_owned).chain(kept.clone());
    let own = own
        .lazy()
        .select([cols(wanted).as_expr()])
        .unique_stable(Some(cols(key)), UniqueKeepStrategy::First);
    Ok(theirs
        .drop(cols(kept))
        .join(own, key.map(col), key.map(col), left()))
}

/// The columns of a date.
fn dated(name: &str) -> Vec<String> {
    ["earliest", "latest", "missing"]
        .map(|end| format!("{name}_{end}"))
        .to_vec()
}

/// `event mediator`: those whom the event names, else all of its case; an event of a case without a mediator
/// is there with none.
fn acted(data: &Dataset) -> Result<DataFrame> {
    let nothing = Typed::nothing();
    let table = data.unit(Unit::Event).unwrap_or(&nothing);
    let events = table.events()?;
    if table.concept(Concept::Mediator).is_some() {
        let (rows, named) = table.long(Concept::Mediator)?;
        return frame(vec![at(&events, &rows)?, named])?
            .lazy()
            .unique_stable(None, UniqueKeepStrategy::First)
            .collect()
            .map_err(Error::compute("the mediators of events"));
    }
    frame(vec![events, table.column(Concept::Case)?])?
        .lazy()
        .join(
            data.mediators()?.clone().lazy(),
            [col("case")],
            [col("case")],
            left(),
        )
        .select([col("event"), col("mediator")])
        .collect()
        .map_err(Error::compute("the mediators of events"))
}

/// `event region`: the regions that events name themselves.
fn located(data: &Dataset) -> Result<DataFrame> {
    let nothing = Typed::nothing();
    let table = data.unit(Unit::Event).unwrap_or(&nothing);
    let (rows, regions) = table.long(Concept::Region)?;
    frame(vec![at(&table.events()?, &rows)?, regions])
}

/// The events, each once, whatever its mediators and however many rows it has.
fn events(data: &Dataset) -> Result<DataFrame> {
    let nothing = Typed::nothing();
    let table = data.unit(Unit::Event).unwrap_or(&nothing);
    let mut columns = vec![
        table.events()?,
        table.column(Concept::Case)?,
        table.column(Concept::Type)?,
        table.column(Concept::Outcome)?,
        table.why(Concept::Outcome)?,
    ];
    columns.extend(table.date(Concept::Start)?);
    columns.extend(table.date(Concept::End)?);
    let is_declared = table.concept(Concept::Hosted).is_some();
    if is_declared {
        columns.push(table.column(Concept::Hosted)?);
    }
    let events = frame(columns)?
        .lazy()
        .unique_stable(Some(cols(["event"])), UniqueKeepStrategy::First);
    let events: LazyFrame = if is_declared {
        events
    } else {
        is_hosted(events, data.hosted()?.clone().lazy())
    };
    events.collect().map_err(Error::compute("the events"))
}

/// `case party standing`: of tables of parties, and of rows about cases and events that name parties.
fn parties(data: &Dataset) -> Result<DataFrame> {
    let mut found = Vec::new();
    for table in data.tables.iter().filter(|table| table.unit == Unit::Party) {
        let (rows, party) = table.long(Concept::Party)?;
        let standing = table.column(Concept::Standing)?;
        let case = table.column(Concept::Case)?;
        found.push(frame(vec![
            at(&case, &rows)?,
            party,
            at(&standing, &rows)?,
        ])?);
    }
    let linked = data
        .tables
        .iter()
        .filter(|table| matches!(table.unit, Unit::Case | Unit::Engagement | Unit::Event))
        .map(|table| pair(table, Concept::Party))
        .collect::<Result<Vec<_>>>()?;
    let mut linked = distinct(linked, "party")?;
    let none = Column::full_null("standing".into(), linked.height(), &DataType::String);
    linked
        .with_column(none)
        .map_err(Error::compute("the parties"))?;
    found.push(linked);
    stack(found)
}

/// `case` and another column: every distinct pair that any row about a case names.
fn pairs(data: &Dataset, concept: Concept) -> Result<DataFrame> {
    let about = |table: &&Typed| {
        matches!(
            table.unit,
            Unit::Case | Unit::Engagement | Unit::Event | Unit::Role | Unit::Party | Unit::Evidence
        )
    };
    let tables = data.tables.iter().filter(about);
    let found = tables.map(|table| pair(table, concept));
    distinct(found.collect::<Result<Vec<_>>>()?, concept.name())
}

/// The case and a concept of each row that has both.
fn pair(table: &Typed, concept: Concept) -> Result<DataFrame> {
    let (rows, values) = table.long(concept)?;
    frame(vec![at(&table.column(Concept::Case)?, &rows)?, values])
}

/// Every pair of a case and something else once, in their order.
fn distinct(found: Vec<DataFrame>, name: &str) -> Result<DataFrame> {
    if found.is_empty() {
        let empty = |name: &str| Column::new_empty(name.into(), &DataType::String);
        return frame(vec![empty("case"), empty(name)]);
    }
    let mut whole = stack(found)?;
    let column = |name: &str| whole.column(name).cloned();
    let key = column("case").and_then(|case| Ok((case, column(name)?)));
    let (case, other) = key.map_err(Error::compute("what cases are linked to"))?;
    whole
        .with_column(ordered(&case, &other)?)
        .map_err(Error::compute("what cases are linked to"))?;
    whole
        .lazy()
        .filter(col("#key").is_not_null())
        .unique(Some(cols(["#key"])), UniqueKeepStrategy::Any)
        .sort(["#key"], SortMultipleOptions::default())
        .drop(cols(["#key"]))
        .collect()
        .map_err(Error::compute("what cases are linked to"))
}
