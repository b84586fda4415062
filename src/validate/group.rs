//! Tables of cases and of engagements, for data sets that have only events: events that name the same
//! case are one case, and those of one mediator in it one engagement.

use std::collections::BTreeMap;

use polars::prelude::{
    DataFrame, DataType, Expr, IntoLazy as _, NULL, PolarsResult, SortMultipleOptions, coalesce,
    col, lit, when,
};

use super::concepts::{at, frame, left};
use super::typed::{Field, Typed, integers, missing, texts, truths};
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
    let cases = grouped(&rows, &["case"], aggregate)?;
    let mut cases = table(Unit::Case, name, from, label, &cases)?;
    for field in keep.iter().filter_map(|key| from.field(key)) {
        self::keep(field, from, &mut cases)?;
    }
    let mut tables = vec![cases];
    if from.unit == Unit::Event && from.concept(Concept::Mediator).is_some() {
        let (of, mediator) = from.long(Concept::Mediator)?;
        let columns = rows.columns().iter().map(|column| at(column, &of));
        let columns = columns.chain([Ok(mediator)]).collect::<Result<Vec<_>>>()?;
        let engagements = grouped(&frame(columns)?, &["case", "mediator"], aggregate)?;
        let name = format!("{name}_engagements");
        tables.push(table(Unit::Engagement, &name, from, label, &engagements)?);
    }
    Ok(tables)
}

/// What grouping looks at, row by row; `outcome` is its rank.
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
    frame(columns)
}

/// A row for each value of `by`, in their order.
fn grouped(rows: &DataFrame, by: &[&str], aggregate: Aggregate) -> Result<DataFrame> {
    let (first, last) = (col("start_earliest"), col("start_latest"));
    let ends = |end: &str| coalesce(&[col(format!("end_{end}")), col(format!("start_{end}"))]);
    let outcome = match aggregate {
        Aggregate::Best => col("outcome").max(),
        Aggregate::Last => {
            let in_time = ends("latest")
                .cast(DataType::Int32)
                .fill_null(lit(i32::MIN));
            let stable = SortMultipleOptions::default().with_maintain_order(true);
            col("outcome")
                .sort_by([in_time], stable)
                .drop_nulls()
                .last()
        }
    };
    let is_open = col("end_missing")
        .cast(DataType::String)
        .eq(lit(Reason::Open.name()));
    let keys = by.iter().map(|name| col(*name));
    let is_known = keys
        .clone()
        .fold(lit(true), |all, key| all.and(key.is_not_null()));
    let silent = |reasons: [Reason; 2]| {
        let why = col("outcome_missing").cast(DataType::String);
        let any = reasons.map(|reason| why.clone().eq(lit(reason.name())));
        let [one, other] = any;
        one.or(other).any(true)
    };
    let closed = |end: Expr| when(col("is_open")).then(lit(NULL)).otherwise(end);
    rows.clone()
        .lazy()
        .filter(is_known)
        .group_by(keys.clone().collect::<Vec<_>>())
        .agg([
            col(LINE).min(),
            col(FILE).first(),
            // A case is called as its rows call it, if they agree.
            when(col("title").drop_nulls().n_unique().eq(lit(1)))
                .then(col("title").drop_nulls().first())
                .otherwise(lit(NULL))
                .alias("title"),
            first.clone().min(),
            last.filter(first.clone().eq(first.min())).min(),
            ends("earliest").max().alias("end_earliest"),
            ends("latest").max().alias("end_latest"),
            is_open.any(true).alias("is_open"),
            outcome.alias("outcome"),
            silent([Reason::Unknown, Reason::Blank]).alias("is_unknown"),
            silent([Reason::Open; 2]).alias("is_undecided"),
        ])
        .with_columns([
            closed(col("end_earliest")).alias("end_earliest"),
            closed(col("end_latest")).alias("end_latest"),
            coalesce(&[col("title"), col("case")]).alias("title"),
        ])
        .sort_by_exprs(
            keys.map(|key| key.cast(DataType::String))
                .collect::<Vec<_>>(),
            SortMultipleOptions::default(),
        )
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
    let is_open = truths(rows, "is_open")?.iter();
    let ended = unless("end_earliest")?.into_iter().zip(is_open);
    let ended = ended.map(|(why, is_open)| match is_open {
        Some(true) => Some(Reason::Open),
        _ => why,
    });
    let mut made = vec![
        reasons("start", unless("start_earliest")?.into_iter())?,
        reasons("end", ended)?,
    ];
    let has_outcome = from.concept(Concept::Outcome).is_some();
    if has_outcome {
        // Of rows to whose outcome the question does not apply, it does not apply to the case.
        let (is_unknown, is_undecided) =
            (truths(rows, "is_unknown")?, truths(rows, "is_undecided")?);
        let why = unless("outcome")?
            .into_iter()
            .enumerate()
            .map(|(row, why)| {
                why.map(|_| match (is_unknown.get(row), is_undecided.get(row)) {
                    (Some(true), _) => Reason::Unknown,
                    (_, Some(true)) => Reason::Open,
                    _ => Reason::Na,
                })
            });
        made.extend([
            coded("outcome", &scale, outcomes)?,
            reasons("outcome", why)?,
        ]);
    }
    let mut frame = rows.drop_many([
        "outcome",
        "is_open",
        "is_unknown",
        "is_undecided",
        "mediator",
    ]);
    for column in made {
        frame
            .with_column(column)
            .map_err(Error::compute("grouped rows"))?;
    }
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
    if has_outcome {
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
