//! The frames of [`Cases`], from typed tables of whatever shape.

use polars::prelude::{
    Column, DataFrame, DataType, IntoLazy as _, JoinArgs, JoinType, LazyFrame, MaintainOrderJoin,
    SortMultipleOptions, UniqueKeepStrategy, coalesce, col, cols,
};

use super::cases::Cases;
use super::concepts::{at, frame, left, stack};
use super::evidence::evidence;
use super::places::{hosted, is_hosted, places};
use super::roles::roles;
use super::typed::{Draft, Typed, missing};
use crate::error::{Error, Result};
use crate::load::Document;
use crate::model::concept::Concept;
use crate::model::unit::Unit;

/// Puts a checked draft into the shape that analysis asks for.
pub(super) fn cases(draft: Draft) -> Result<Cases> {
    let nothing = Typed::nothing();
    let cases = frame_of(draft.unit(Unit::Case).unwrap_or(&nothing))?;
    let mediators = mediators(&draft)?;
    let engagements = engagements(&draft, &cases, &mediators)?;
    let acted = event_mediators(&draft, &mediators)?;
    let places = places(&draft)?;
    let hosted = hosted(&draft, &places, &acted)?;
    let events = frame_of_events(&draft, &hosted)?;
    let roles = roles(&draft, &mediators, &hosted)?;
    let parties = parties(&draft)?;
    let regions = pairs(&draft, Concept::Region)?;
    let located = event_regions(&draft)?;
    let evidence = evidence(&draft);
    let sources = pairs(&draft, Concept::Source)?;
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
    Ok(Cases {
        codebook: records.codebook.value,
        study: records.study.value,
        claims: records.claims.value,
        settings,
        inputs: records.inputs,
        findings: records.findings,
        tables,
        each: cases,
        engagements,
        events,
        acted,
        hosted,
        roles,
        parties,
        places,
        located,
        regions,
        sources,
        codings,
        evidence,
    })
}

/// A steering file as it is written. It was read before, so its text is sound.
fn written<T>(document: &Document<T>) -> toml::Table {
    document.text.parse().unwrap_or_default()
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
fn mediators(draft: &Draft) -> Result<DataFrame> {
    let pairs = draft.mediating().into_iter();
    let pairs = pairs.map(|table| pair(table, Concept::Mediator));
    distinct(pairs.collect::<Result<Vec<_>>>()?, "mediator")
}

/// The engagements: what a table says of each itself, else what grouping finds, else what its case has.
fn engagements(draft: &Draft, cases: &DataFrame, mediators: &DataFrame) -> Result<DataFrame> {
    let case = || [col("case")];
    let mut theirs = cases.clone().lazy().join(
        mediators.clone().lazy(),
        case(),
        case(),
        JoinArgs {
            maintain_order: MaintainOrderJoin::LeftRight,
            ..JoinArgs::new(JoinType::Inner)
        },
    );
    // Tables that grouping makes stand last.
    let tables = draft.tables.iter().rev();
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
fn event_mediators(draft: &Draft, mediators: &DataFrame) -> Result<DataFrame> {
    let nothing = Typed::nothing();
    let table = draft.unit(Unit::Event).unwrap_or(&nothing);
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
            mediators.clone().lazy(),
            [col("case")],
            [col("case")],
            left(),
        )
        .select([col("event"), col("mediator")])
        .collect()
        .map_err(Error::compute("the mediators of events"))
}

/// `event region`: the regions that events name themselves.
fn event_regions(draft: &Draft) -> Result<DataFrame> {
    let nothing = Typed::nothing();
    let table = draft.unit(Unit::Event).unwrap_or(&nothing);
    let (rows, regions) = table.long(Concept::Region)?;
    frame(vec![at(&table.events()?, &rows)?, regions])
}

/// The events, each once, whatever its mediators and however many rows it has.
fn frame_of_events(draft: &Draft, hosted: &DataFrame) -> Result<DataFrame> {
    let nothing = Typed::nothing();
    let table = draft.unit(Unit::Event).unwrap_or(&nothing);
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
        is_hosted(events, hosted.clone().lazy())
    };
    events.collect().map_err(Error::compute("the events"))
}

/// `case party standing`: of tables of parties, and of rows about cases and events that name parties.
fn parties(draft: &Draft) -> Result<DataFrame> {
    let mut found = Vec::new();
    for table in draft
        .tables
        .iter()
        .filter(|table| table.unit == Unit::Party)
    {
        let (rows, party) = table.long(Concept::Party)?;
        let standing = table.column(Concept::Standing)?;
        let case = table.column(Concept::Case)?;
        found.push(frame(vec![
            at(&case, &rows)?,
            party,
            at(&standing, &rows)?,
        ])?);
    }
    let linked = draft
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
fn pairs(draft: &Draft, concept: Concept) -> Result<DataFrame> {
    let about = |table: &&Typed| {
        matches!(
            table.unit,
            Unit::Case | Unit::Engagement | Unit::Event | Unit::Role | Unit::Party | Unit::Evidence
        )
    };
    let tables = draft.tables.iter().filter(about);
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
    let text = |name: &str| col(name).cast(DataType::String);
    stack(found)?
        .lazy()
        .filter(col("case").is_not_null().and(col(name).is_not_null()))
        .unique(None, UniqueKeepStrategy::Any)
        .sort_by_exprs([text("case"), text(name)], SortMultipleOptions::default())
        .collect()
        .map_err(Error::compute("what cases are linked to"))
}
