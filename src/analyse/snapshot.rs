//! The frames of a selection: the rows of a view, as they stood on its date, with their periods.

use std::collections::BTreeSet;

use polars::prelude::{
    Column, DataFrame, DataType, Expr, IntoLazy as _, JoinArgs, JoinType, LazyFrame, NULL,
    PolarsResult, UniqueKeepStrategy, coalesce, col, cols, lit, when,
};
use toml::Spanned;

use super::assumptions::Assumptions;
use crate::error::{Error, Result};
use crate::model::concept::Concept;
use crate::model::date::{Day, Interval};
use crate::model::missing::Reason;
use crate::model::study::{Period, Study};
use crate::validate::Dataset;
use crate::validate::concepts::left;
use crate::validate::places::is_hosted;

/// What the frames of a selection are made from.
pub(super) struct Snapshot<'a> {
    pub(super) data: &'a Dataset,
    pub(super) study: &'a Study,
    pub(super) assumptions: &'a Assumptions,
    pub(super) window: Interval,
    pub(super) periods: &'a [Period],
    /// The mediator asked about, if it is one of several that the data name.
    pub(super) mediator: Option<&'a str>,
    /// The cases that a view lists; all if it lists none.
    pub(super) listed: Option<BTreeSet<&'a str>>,
}

/// The frames of a selection.
pub(super) struct Frames {
    pub(super) cases: DataFrame,
    pub(super) events: DataFrame,
    pub(super) roles: DataFrame,
}

impl Snapshot<'_> {
    pub(super) fn frames(&self) -> Result<Frames> {
        let members = self.members()?;
        let events = self.events(&members)?;
        let roles = self.role_rows()?;
        let cases = self.cases(members.lazy(), &events, &roles);
        let cases = cases.map_err(Error::compute("the cases of a view"))?;
        let roles = provided(&cases, roles);
        Ok(Frames {
            roles: roles.map_err(Error::compute("the roles of a view"))?,
            cases,
            events,
        })
    }

    /// The cases of the view, or the mediator's part in them, in the order of the files.
    fn members(&self) -> Result<DataFrame> {
        let mut members = match self.mediator {
            Some(mediator) => self
                .data
                .engagements()?
                .clone()
                .lazy()
                .filter(col("mediator").eq(lit(mediator)))
                .drop(cols(["mediator"])),
            None => self.data.cases()?.clone().lazy(),
        };
        let without = &self.assumptions.without;
        for (names, how) in [
            (self.listed.clone(), JoinType::Semi),
            (
                Some(without.iter().map(String::as_str).collect()),
                JoinType::Anti,
            ),
        ] {
            let Some(names) = names.filter(|names| how == JoinType::Semi || !names.is_empty())
            else {
                continue;
            };
            let names: Vec<&str> = names.into_iter().collect();
            let names = DataFrame::new_infer_height(vec![Column::new("case".into(), names)]);
            let names = names.map_err(Error::compute("the cases of a view"))?;
            members = members.join(
                names.lazy(),
                [col("case")],
                [col("case")],
                JoinArgs { how, ..left() },
            );
        }
        let kinds = among("kind", &self.study.base.kind);
        members
            .with_columns([
                kinds.clone().alias("is_base"),
                col("kind").is_not_null().and(kinds.not()).alias("is_offer"),
            ])
            .collect()
            .map_err(Error::compute("the cases of a view"))
    }

    /// The rows that had begun by the date of the view, with the period of their start.
    fn begun(&self, frame: LazyFrame) -> LazyFrame {
        let is_later = col("start_earliest")
            .gt(date(self.window.latest))
            .fill_null(lit(false));
        frame
            .filter(is_later.not())
            .with_column(within(self.periods).alias("period"))
    }

    fn events(&self, members: &DataFrame) -> Result<DataFrame> {
        let base = &self.study.base;
        let is_context = match base.context.as_slice() {
            [] => lit(false),
            listed => among("type", listed),
        };
        let mut events = self.data.events()?.clone().lazy();
        if let Some(mediator) = self.mediator {
            let theirs = |frame: &DataFrame| {
                frame
                    .clone()
                    .lazy()
                    .filter(col("mediator").eq(lit(mediator)))
            };
            events = events.join(
                theirs(self.data.acted()?),
                [col("event")],
                [col("event")],
                JoinArgs {
                    how: JoinType::Semi,
                    ..left()
                },
            );
            let hosted = self.data.hosted()?;
            if hosted.height() > 0 {
                events = is_hosted(events.drop(cols(["hosted"])), theirs(hosted));
            }
        }
        let members = members.clone().lazy().select([col("case"), col("is_base")]);
        let events = self
            .begun(events)
            .join(
                members,
                [col("case")],
                [col("case")],
                JoinArgs {
                    how: JoinType::Inner,
                    ..left()
                },
            )
            .with_column(is_context.not().alias("is_act"))
            .with_column(
                col("is_act")
                    .and(among("type", &base.meeting))
                    .alias("is_meeting"),
            );
        let events = if self.window.latest < self.data.cutoff() {
            self.results_by_then(events)
        } else {
            events
        };
        events
            .collect()
            .map_err(Error::compute("the events of a view"))
    }

    /// Hides the outcomes of events that had not ended on the date of the view.
    fn results_by_then(&self, events: LazyFrame) -> LazyFrame {
        let is_later = ends().gt(date(self.window.latest)).fill_null(lit(false));
        let is_hidden = is_later.and(col("outcome").is_not_null());
        events.with_columns([
            when(is_hidden.clone())
                .then(lit(NULL))
                .otherwise(col("outcome"))
                .alias("outcome"),
            when(is_hidden)
                .then(lit(Reason::Open.name()))
                .otherwise(col("outcome_missing").cast(DataType::String))
                .alias("outcome_missing"),
        ])
    }

    fn cases(
        &self,
        members: LazyFrame,
        events: &DataFrame,
        roles: &DataFrame,
    ) -> PolarsResult<DataFrame> {
        let limit = || date(self.window.latest);
        let has_ended = col("end_latest").lt_eq(limit()).fill_null(lit(false));
        let reason = col("end_missing").cast(DataType::String);
        let is_open = reason
            .eq(lit(Reason::Open.name()))
            .or(col("end_earliest").gt(limit()));
        // Ends that lie after the date of the view, or are open, become that date.
        let limited = |end: &str| {
            let known = when(col(end).gt(limit())).then(limit()).otherwise(col(end));
            when(col("is_open"))
                .then(limit())
                .otherwise(known)
                .alias(end)
        };
        let cases = self
            .begun(members)
            .with_columns([
                is_open.fill_null(lit(false)).alias("is_open"),
                has_ended.alias("#ended"),
                col("end_latest").alias("coded_end"),
            ])
            .with_columns([limited("end_earliest"), limited("end_latest")]);
        let cases = if self.window.latest < self.data.cutoff() {
            self.outcomes_by_then(cases, events)
        } else {
            cases
        };
        let cases = self.assumed(cases)?;
        let depths = roles
            .clone()
            .lazy()
            .filter(col("provided").is_not_null())
            .group_by([col("case")])
            .agg([
                col("rank").filter(col("provided")).max().alias("depth"),
                lit(true).first().alias("has_role"),
            ]);
        let scale = self.data.codes(Concept::Outcome);
        let rank = ranked("outcome", scale.iter().map(|code| code.code.as_str()));
        cases
            .drop(cols(["#ended"]))
            .join(depths, [col("case")], [col("case")], left())
            .with_columns([
                col("has_role").fill_null(lit(false)),
                rank.alias("outcome_rank"),
            ])
            .collect()
    }

    /// Replaces outcomes by what was known on the date of the view.
    fn outcomes_by_then(&self, cases: LazyFrame, events: &DataFrame) -> LazyFrame {
        let scale = self.data.codes(Concept::Outcome);
        let codes = || scale.iter().map(|code| code.code.as_str());
        let is_known = col("is_act").and(ends().lt_eq(date(self.window.latest)));
        let best = events
            .clone()
            .lazy()
            .filter(is_known)
            .group_by([col("case")])
            .agg([ranked("outcome", codes()).max().alias("#best")]);
        let named =
            (0_i32..)
                .zip(codes())
                .fold(lit(NULL).cast(DataType::String), |rest, (rank, code)| {
                    when(col("#best").eq(lit(rank)))
                        .then(lit(code))
                        .otherwise(rest)
                });
        let has_best = col("#best").is_not_null();
        let is_undecided = col("is_open").or(col("#ended").not());
        let text = |name: &str| col(name).cast(DataType::String);
        let none = || lit(NULL).cast(DataType::String);
        cases
            .join(best, [col("case")], [col("case")], left())
            .with_columns([
                when(has_best.clone())
                    .then(named)
                    .when(is_undecided.clone())
                    .then(none())
                    .otherwise(text("outcome"))
                    .alias("outcome"),
                when(has_best)
                    .then(none())
                    .when(is_undecided)
                    .then(lit(Reason::Open.name()))
                    .otherwise(text("outcome_missing"))
                    .alias("outcome_missing"),
            ])
            .drop(cols(["#best"]))
    }

    /// Puts what is assumed in the place of what is coded.
    fn assumed(&self, cases: LazyFrame) -> PolarsResult<LazyFrame> {
        let Assumptions {
            outcomes, unknown, ..
        } = self.assumptions;
        if outcomes.is_empty() && unknown.is_empty() {
            return Ok(cases);
        }
        let (of, codes): (Vec<&str>, Vec<&str>) = outcomes
            .iter()
            .map(|(case, code)| (case.as_str(), code.as_str()))
            .unzip();
        let codes = DataFrame::new_infer_height(vec![
            Column::new("case".into(), of),
            Column::new("#assumed".into(), codes),
        ])?;
        let is_unknown = |concept: Concept| {
            let those = unknown.iter().filter(|(of, _)| *of == concept);
            those.fold(lit(false), |any, (_, case)| {
                any.or(col("case").eq(lit(case.as_str())))
            })
        };
        let silenced = col("#assumed").is_null().and(is_unknown(Concept::Outcome));
        let none = || lit(NULL).cast(DataType::String);
        let is_assumed = col("#assumed").is_not_null();
        Ok(cases
            .join(codes.lazy(), [col("case")], [col("case")], left())
            .with_columns([
                when(silenced.clone())
                    .then(none())
                    .otherwise(coalesce(&[
                        col("#assumed"),
                        col("outcome").cast(DataType::String),
                    ]))
                    .alias("outcome"),
                when(is_assumed)
                    .then(none())
                    .when(silenced)
                    .then(lit(Reason::Unknown.name()))
                    .otherwise(col("outcome_missing").cast(DataType::String))
                    .alias("outcome_missing"),
                when(is_unknown(Concept::Start))
                    .then(none())
                    .otherwise(col("period"))
                    .alias("period"),
            ])
            .drop(cols(["#assumed"])))
    }

    /// `case role rank provided`: every role on a basis that counts, its place in the codebook, and whether
    /// it was provided, if that is known. Roles that only events after the date of the view show do not
    /// exist; a case whose roles are known to be none has a row without a code.
    fn role_rows(&self) -> Result<DataFrame> {
        let base = &self.study.base;
        let is_later = col("day")
            .gt(date(self.window.latest))
            .fill_null(lit(false));
        let also = self.assumptions.bases.iter();
        let is_assumed = also.fold(lit(false), |any, (case, basis)| {
            let basis = col("basis").cast(DataType::String).eq(lit(basis.as_str()));
            any.or(col("case").eq(lit(case.as_str())).and(basis))
        });
        let counts = is_assumed
            .fill_null(lit(false))
            .or(among("basis", &base.basis));
        let is_silent = match base.uptake.as_slice() {
            [] => lit(false),
            _ => col("uptake").is_null(),
        };
        let provided = when(col("role").is_null())
            .then(lit(false))
            .when(is_silent)
            .then(lit(NULL))
            .otherwise(among("uptake", &base.uptake));
        let scale = self.data.depths();
        let rank = ranked("role", scale.iter().map(|code| code.code.as_str()));
        let mut rows = self.data.roles()?.clone().lazy();
        if let Some(mediator) = self.mediator {
            rows = rows.filter(col("mediator").eq(lit(mediator)));
        }
        rows.filter(col("is_coded").and(is_later.not()).and(counts))
            .select([
                col("case"),
                col("role").cast(DataType::String),
                rank.alias("rank"),
                provided.alias("provided"),
            ])
            .collect()
            .map_err(Error::compute("the roles of a view"))
    }
}

/// The first of these spans that holds all of the start of a row.
pub(super) fn within(spans: &[Period]) -> Expr {
    let none = lit(NULL).cast(DataType::String);
    spans.iter().rev().fold(none, |later, span| {
        let begins = col("start_earliest").gt_eq(date(span.span.earliest));
        let inside = begins.and(col("start_latest").lt_eq(date(span.span.latest)));
        when(inside).then(lit(span.code.as_str())).otherwise(later)
    })
}

/// The last possible day of an event.
fn ends() -> Expr {
    coalesce(&[col("end_latest"), col("start_latest")])
}

/// `case role period`, distinct, in the order of the files: the roles provided in cases that count as mediations.
fn provided(cases: &DataFrame, roles: DataFrame) -> PolarsResult<DataFrame> {
    let base = cases.clone().lazy().filter(col("is_base"));
    roles
        .lazy()
        .filter(col("provided").and(col("role").is_not_null()))
        .select([col("case"), col("role")])
        .unique_stable(None, UniqueKeepStrategy::First)
        .join(
            base.select([col("case"), col("period")]),
            [col("case")],
            [col("case")],
            JoinArgs {
                how: JoinType::Inner,
                ..left()
            },
        )
        .collect()
}

/// Does a value count: is it listed, or is nothing listed so that all count?
fn among(column: &str, listed: &[Spanned<String>]) -> Expr {
    if listed.is_empty() {
        return lit(true);
    }
    let value = col(column).cast(DataType::String);
    let any = listed.iter().fold(lit(false), |any, code| {
        any.or(value.clone().eq(lit(code.get_ref().as_str())))
    });
    any.fill_null(lit(false))
}

/// The place of a code in a list; null for what is not in it.
fn ranked<'a>(column: &str, codes: impl Iterator<Item = &'a str>) -> Expr {
    let value = col(column).cast(DataType::String);
    let none = lit(NULL).cast(DataType::Int32);
    (0_i32..).zip(codes).fold(none, |rest, (rank, code)| {
        when(value.clone().eq(lit(code)))
            .then(lit(rank))
            .otherwise(rest)
    })
}

/// A day among dates.
pub(super) fn date(day: Day) -> Expr {
    lit(day.epoch()).cast(DataType::Date)
}
