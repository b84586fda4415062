//! Tables of cases and of engagements, for data sets that have only events: events that name the same
//! case are one case, and those of one mediator in it one engagement.

use std::collections::BTreeMap;

use polars::prelude::{
    Column, DataFrame, DataType, Expr, IntoLazy as _, NULL, PolarsResult, SortMultipleOptions,
    coalesce, col, cols, lit, when,
};

use super::concepts::{at, frame, left, ordered};
use super::typed::{Field, Typed, integers, missing, texts};
use super::value::{coded, list, reasons};
use crate::error::{Error, Result};
use crate::load::{FILE, LINE};
use crate::model::concept::Concept;
use crate::model::derive::Aggregate;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::missing::Reason;
use crate::model::unit::Unit;

/// The cases that the rows of a table name and, if the rows are events that name mediators, the engagements.
///
/// A case spans from the first start to the last end of its rows; without dated rows it has no
/// span, without a known outcome none. An engagement likewise, of the rows that name its mediator. A variable
/// that is kept has the value that the rows agree on; where they do not, it is unknown.
pub(super) fn group(
    name: &str,
    from: &Typed,
    label: &Label,
    aggregate: Aggregate,
    keep: &[String],
) -> Result<Vec<Typed>> {
    let rows = rows(from)?;
    let has_titles = from.concept(Concept::Title).is_some();
    let case = from.column(Concept::Case)?;
    let cases = grouped(rows.clone(), ordered(&case, &case)?, aggregate, has_titles)?;
    let mut cases = table(Unit::Case, name, from, label, &cases)?;
    for field in keep.iter().filter_map(|key| from.field(key)) {
        self::keep(field, from, &mut cases)?;
    }
    let mut tables = vec![cases];
    if from.unit == Unit::Event && from.concept(Concept::Mediator).is_some() {
        let (of, mediator) = from.long(Concept::Mediator)?;
        let key = ordered(&at(&case, &of)?, &mediator)?;
        let columns = rows.columns().iter().map(|column| at(column, &of));
        let columns = columns.chain([Ok(mediator)]).collect::<Result<Vec<_>>>()?;
        let engagements = grouped(frame(columns)?, key, aggregate, has_titles)?;
        let name = format!("{name}_engagements");
        tables.push(table(Unit::Engagement, &name, from, label, &engagements)?);
    }
    Ok(tables)
}

/// What grouping looks at, row by row, in numbers: `outcome` is its rank, `start` both of its days in one, and
/// `why` tells why there is no outcome, the reason that goes before others as the larger number.
fn rows(from: &Typed) -> Result<DataFrame> {
    let own = |name: &str| from.frame.column(name).cloned();
    let lines = [own(LINE), own(FILE)].map(|column| column.map_err(Error::compute("lines")));
    let mut columns = lines.into_iter().collect::<Result<Vec<_>>>()?;
    columns.extend([from.column(Concept::Case)?, from.column(Concept::Title)?]);
    columns.extend(from.date(Concept::Start)?);
    columns.extend(from.date(Concept::End)?);
    let outcome = from.column(Concept::Outcome)?;
    let rank = match outcome.dtype() {
        DataType::Enum(..) => outcome.to_physical_repr().cast(&DataType::Int32),
        _ => outcome.cast(&DataType::Int32),
    };
    columns.push(rank.map_err(Error::compute("the ranks of outcomes"))?);
    columns.push(from.why(Concept::Outcome)?);
    let is = |column: &str, reason: Reason| {
        let why = col(column).cast(DataType::String);
        why.eq(lit(reason.name())).fill_null(lit(false))
    };
    let unknown = |column| is(column, Reason::Unknown).or(is(column, Reason::Blank));
    let start = |end: &str| col(format!("start_{end}")).cast(DataType::Int64);
    let ends = |end: &str| coalesce(&[col(format!("end_{end}")), col(format!("start_{end}"))]);
    frame(columns)?
        .lazy()
        .select([
            col(LINE),
            col(FILE),
            col("case"),
            col("title"),
            col("outcome"),
            col("start_earliest"),
            (start("earliest") * lit(DAYS) + start("latest")).alias("start"),
            is("end_missing", Reason::Open)
                .cast(DataType::UInt8)
                .alias("is_open"),
            when(unknown("outcome_missing"))
                .then(lit(UNKNOWN))
                .when(is("outcome_missing", Reason::Open))
                .then(lit(OPEN))
                .otherwise(lit(NA))
                .cast(DataType::UInt8)
                .alias("why"),
            ends("earliest").alias("end_earliest"),
            ends("latest").alias("end_latest"),
        ])
        .collect()
        .map_err(Error::compute("rows to be grouped"))
}

/// More than there are days between any two dates, in either direction from 1970.
const DAYS: i64 = 1 << 32;

/// Why a case has no outcome, by what goes before what.
const NA: u8 = 0;
const OPEN: u8 = 1;
const UNKNOWN: u8 = 2;

/// A row for each value of the key, in their order. Only greatest and smallest numbers are looked for: what looks at
/// each group by itself takes many times as long.
fn grouped(
    mut rows: DataFrame,
    key: Column,
    aggregate: Aggregate,
    has_titles: bool,
) -> Result<DataFrame> {
    let outcome = match aggregate {
        Aggregate::Best => col("outcome").max(),
        Aggregate::Last => {
            let in_time = col("end_latest").cast(DataType::Int32);
            let stable = SortMultipleOptions::default().with_maintain_order(true);
            col("outcome")
                .sort_by([in_time.fill_null(lit(i32::MIN))], stable)
                .drop_nulls()
                .last()
        }
    };
    // A case is called as its rows call it, if they agree.
    let titles = || col("title").drop_nulls();
    let title = if has_titles {
        when(titles().n_unique().eq(lit(1))).then(titles().first())
    } else {
        when(lit(false)).then(col("title").first())
    };
    let names = ["case", "mediator"].into_iter();
    let names: Vec<&str> = names.filter(|name| rows.column(name).is_ok()).collect();
    rows.with_column(key)
        .map_err(Error::compute("rows to be grouped"))?;
    let rows = rows.lazy().filter(col("#key").is_not_null());
    let in_order = || SortMultipleOptions::default().with_maintain_order(true);
    // Where most groups have a row or two it is quicker to sort the rows first.
    let rows = if names.len() > 1 {
        rows.sort(["#key"], in_order())
    } else {
        rows
    };
    let names = names.into_iter().map(|name| col(name).first());
    let day = |number: Expr| number.cast(DataType::Int32).cast(DataType::Date);
    let latest = col("start") - col("start_earliest").cast(DataType::Int64) * lit(DAYS);
    let closed = |end: &str| {
        let is_open = col("is_open").eq(lit(1_u8));
        when(is_open).then(lit(NULL)).otherwise(col(end)).alias(end)
    };
    let sums = [
        col(LINE).min(),
        col(FILE).first(),
        title.otherwise(lit(NULL)).alias("title"),
        col("start").min(),
        col("start_earliest").min(),
        col("end_earliest").max(),
        col("end_latest").max(),
        col("is_open").max(),
        outcome.alias("outcome"),
        col("why").max(),
    ];
    rows.group_by([col("#key")])
        .agg(names.chain(sums).collect::<Vec<_>>())
        .sort(["#key"], in_order())
        .drop(cols(["#key"]))
        .with_columns([
            day(latest).alias("start_latest"),
            closed("end_earliest"),
            closed("end_latest"),
        ])
        .with_column(coalesce(&[col("title"), col("case")]).alias("title"))
        .collect()
        .map_err(Error::compute("grouped rows"))
}

/// Adds a variable of the grouped rows to the cases that are made of them.
fn keep(field: &Field, from: &Typed, cases: &mut Typed) -> Result<()> {
    let (value, why) = (field.key.clone(), missing(&field.key));
    let column = |name: &str| from.frame.column(name).cloned();
    let read = || -> PolarsResult<DataFrame> {
        let values = column(&value)?.with_name("#value".into());
        let reasons = column(&why)?.cast(&DataType::String)?;
        DataFrame::new_infer_height(vec![values, reasons.with_name("#why".into())])
    };
    let mut rows = read().map_err(Error::compute("a kept variable"))?;
    let add = rows.with_column(from.column(Concept::Case)?);
    add.map_err(Error::compute("a kept variable"))?;
    let known = || col("#value").drop_nulls();
    let any = |reason: Reason| col("#why").eq(lit(reason.name())).any(true);
    let is_unknown = any(Reason::Unknown).or(any(Reason::Blank));
    let is_unknown = is_unknown.or(known().n_unique().gt(lit(1)));
    let agreed = rows.lazy().group_by([col("case")]).agg([
        when(known().n_unique().eq(lit(1)))
            .then(known().first())
            .otherwise(lit(NULL))
            .alias(value.as_str()),
        when(is_unknown)
            .then(lit(Reason::Unknown.name()))
            .when(any(Reason::Open))
            .then(lit(Reason::Open.name()))
            .otherwise(lit(Reason::Na.name()))
            .alias("#why"),
    ]);
    let named = cases.frame.clone().lazy().select([col("case")]);
    let agreed = named
        .join(agreed, [col("case")], [col("case")], left())
        .collect()
        .map_err(Error::compute("a kept variable"))?;
    let values = agreed.column(&value);
    let values = values.map_err(Error::compute("a kept variable"))?.clone();
    let why = texts(&agreed, "#why")?;
    let is_known = values.is_not_null();
    let why = is_known.iter().zip(why.iter());
    let why = why.map(|(is_known, why)| match is_known {
        Some(true) => None,
        _ => Reason::of(why.unwrap_or_default()),
    });
    let why = reasons(&field.key, why)?;
    cases.add(field.clone(), vec![values, why])
}

/// The values of a column of small numbers.
fn small(rows: &DataFrame, column: &str) -> Result<Vec<u8>> {
    let held = rows.column(column).and_then(Column::u8);
    let held = held.map(|held| held.iter().map(Option::unwrap_or_default).collect());
    held.map_err(Error::compute("grouped rows"))
}

/// Grouped rows as a table like those of files.
fn table(unit: Unit, name: &str, from: &Typed, label: &Label, rows: &DataFrame) -> Result<Typed> {
    let scale = from.concept(Concept::Outcome);
    let scale = scale.map_or_else(Vec::new, |field| field.codes.clone());
    let ranks = integers(rows, "outcome")?;
    let outcomes = ranks.iter().map(|rank| {
        let code = scale.get(usize::try_from((*rank)?).ok()?)?;
        Some(code.code.as_str())
    });
    let unless = |column: &str| -> Result<Vec<Option<Reason>>> {
        let known = integers(rows, column)?;
        Ok(known
            .iter()
            .map(|known| known.is_none().then_some(Reason::Unknown))
            .collect())
    };
    let is_open = small(rows, "is_open")?;
    let ended = unless("end_earliest")?.into_iter().zip(is_open);
    let ended = ended.map(|(why, is_open)| {
        if is_open == 1 {
            Some(Reason::Open)
        } else {
            why
        }
    });
    let mut made = vec![
        reasons("start", unless("start_earliest")?.into_iter())?,
        reasons("end", ended)?,
    ];
    let has_outcome = from.concept(Concept::Outcome).is_some();
    if has_outcome {
        // Of rows to whose outcome the question does not apply, it does not apply to the case.
        let reason = |why| match why {
            UNKNOWN => Reason::Unknown,
            OPEN => Reason::Open,
            _ => Reason::Na,
        };
        let why = unless("outcome")?.into_iter().zip(small(rows, "why")?);
        let why = why.map(|(is_none, why)| is_none.map(|_| reason(why)));
        made.extend([
            coded("outcome", &scale, outcomes)?,
            reasons("outcome", why)?,
        ]);
    }
    let mut frame = rows.drop_many(["outcome", "start", "is_open", "why", "mediator"]);
    for column in made {
        frame
            .with_column(column)
            .map_err(Error::compute("grouped rows"))?;
    }
    let (fields, lists) = fields(unit, from, label, rows)?;
    Ok(Typed {
        name: name.to_owned(),
        unit,
        files: from.files.clone(),
        fields,
        frame,
        lists,
        filtered: 0,
    })
}

/// What is known of the variables of grouped rows, and their mediators where they are engagements.
fn fields(
    unit: Unit,
    from: &Typed,
    label: &Label,
    rows: &DataFrame,
) -> Result<(Vec<Field>, BTreeMap<String, DataFrame>)> {
    let field = |concept: Concept, measure: Measure| {
        let declared = from.concept(concept);
        Field {
            key: concept.name().to_owned(),
            column: concept.name().to_owned(),
            concept: Some(concept),
            measure,
            label: declared.map_or_else(|| label.clone(), |field| field.label.clone()),
            codes: declared.map_or_else(Vec::new, |field| field.codes.clone()),
            is_list: concept == Concept::Mediator,
        }
    };
    let mut fields = vec![
        field(Concept::Case, Measure::Identifier),
        field(Concept::Start, Measure::Date),
        field(Concept::End, Measure::Date),
    ];
    if from.concept(Concept::Outcome).is_some() {
        fields.insert(1, field(Concept::Outcome, Measure::Ordinal));
    }
    let mut lists = BTreeMap::new();
    if unit == Unit::Case {
        let title = Field {
            label: label.clone(),
            ..field(Concept::Title, Measure::Text)
        };
        fields.insert(1, title);
    } else {
        let mediator = field(Concept::Mediator, Measure::Identifier);
        let named = texts(rows, "mediator")?.iter();
        let named = (0..).zip(named).filter_map(|(row, who)| Some((row, who?)));
        lists.insert(mediator.key.clone(), list(&mediator, named)?);
        fields.push(mediator);
    }
    Ok((fields, lists))
}
