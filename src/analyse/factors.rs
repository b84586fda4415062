//! What cases are told apart by: their period, their roles, their regions, and the variables that the study
//! names.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{
    Column, DataFrame, DataType, Expr, IntoLazy as _, JoinType, LazyFrame, NULL,
    UniqueKeepStrategy, col, lit, when,
};

use super::count::{Counts, join};
use super::engagements::Engagement;
use super::selection::{Selection, pairs};
use super::table::Cell;
use super::thresholds;
use crate::error::{Error, Result};
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::missing::Reason;
use crate::model::study::{DEPTH, PERIOD};
use crate::model::unit::Unit;
use crate::validate::typed::texts;

/// A property of cases with a few values.
pub(super) struct Factor {
    /// The name by which the study and exports call it.
    pub(super) key: String,
    /// The name a reader sees.
    pub(super) label: Label,
    /// Do the values have an order?
    pub(super) is_ordered: bool,
    /// The values, in the order of the codebook.
    pub(super) codes: Vec<(String, Label)>,
    /// What it is called to be known to have none of the values.
    none: Option<Label>,
    /// `case group why`: the values of each case, or why it has none; a case without a row is not known.
    members: DataFrame,
    /// Case → position of its value, once somebody has asked.
    positions: OnceCell<BTreeMap<String, usize>>,
}

impl Factor {
    fn new(
        key: &str,
        label: Label,
        codes: Vec<(String, Label)>,
        members: LazyFrame,
    ) -> Result<Self> {
        let text = |column: &str| col(column).cast(DataType::String);
        let members = members.select([text("case"), text("group"), text("why")]);
        Ok(Self {
            key: key.to_owned(),
            label,
            is_ordered: true,
            codes,
            none: None,
            members: members
                .collect()
                .map_err(Error::compute("groups of cases"))?,
            positions: OnceCell::new(),
        })
    }

    /// The position of the case's value among the codes, if it has one.
    pub(super) fn of(&self, case: &Engagement) -> Option<usize> {
        let positions = self.positions.get_or_init(|| self.positions());
        positions.get(&case.case).copied()
    }

    fn positions(&self) -> BTreeMap<String, usize> {
        let read = |column| texts(&self.members, column).ok();
        let Some((cases, groups)) = read("case").zip(read("group")) else {
            return BTreeMap::new();
        };
        let position = |group| self.codes.iter().position(|(code, _)| code == group);
        let each = cases.iter().zip(groups.iter());
        each.filter_map(|(case, group)| Some((case?.to_owned(), position(group?)?)))
            .collect()
    }

    /// The cases by value, and those without one.
    pub(super) fn groups<'a>(
        &self,
        cases: &[&'a Engagement],
    ) -> (Vec<Vec<&'a Engagement>>, Vec<&'a Engagement>) {
        let mut groups = vec![Vec::new(); self.codes.len()];
        let mut without = Vec::new();
        for case in cases {
            match self.of(case).and_then(|position| groups.get_mut(position)) {
                Some(group) => group.push(*case),
                None => without.push(*case),
            }
        }
        (groups, without)
    }

    /// The cases with their groups as the column `group`, once in each, and why they are in none as `why`.
    pub(super) fn join(&self, cases: LazyFrame) -> LazyFrame {
        let members = self.members.clone().lazy();
        join(cases, members, "case", JoinType::Left)
    }

    /// How many cases of each group there are, and how many of them meet each condition.
    ///
    /// The groups stand in their order; then those known to be in none, and those of which it is not known or
    /// to which it does not apply, where there are any: so that the rows add up to the cases, but for those
    /// that are in several groups.
    pub(super) fn count(
        &self,
        cases: LazyFrame,
        conditions: &[Expr],
    ) -> Result<Vec<(Cell, u64, Vec<u64>)>> {
        let all = [col("case").is_not_null()];
        let conditions: Vec<Expr> = all.iter().chain(conditions).cloned().collect();
        let counts = Counts::of(self.join(cases), ["group", "why"], &conditions)?;
        let coded = |(code, label): &(String, Label)| {
            let cell = Cell::Code(code.clone(), label.clone());
            (cell, counts.at([Some(code), None]))
        };
        let none = self.none.iter().map(|label| {
            let cell = Cell::Code("none".to_owned(), label.clone());
            (cell, counts.at([Some(NONE), None]))
        });
        let reasons = Reason::ALL.into_iter().map(|reason| {
            let mut of = counts.at([None, Some(reason.name())]);
            if reason == Reason::Unknown {
                let unnamed = counts.at([None, None]);
                of.iter_mut().zip(unnamed).for_each(|(n, more)| *n += more);
            }
            (Cell::Missing(reason), of)
        });
        let rest = none.chain(reasons);
        let rest = rest.filter(|(_, counts)| counts[0] > 0);
        let groups = self.codes.iter().map(coded).chain(rest);
        Ok(groups
            .map(|(cell, mut counts)| {
                let all = counts.remove(0);
                (cell, all, counts)
            })
            .collect())
    }
}

/// The factor of that name: `period`, `depth` for the deepest role, or a coded variable of cases;
/// `None` if the data have none.
pub(super) fn named(selection: &Selection, name: &str) -> Result<Option<Factor>> {
    match name {
        PERIOD => period(selection).map(Some),
        DEPTH => depth(selection),
        key => variable(selection, key),
    }
}

/// The variables by which the study tells success apart.
pub(super) fn declared(selection: &Selection) -> Result<Vec<Factor>> {
    let success = selection.study().success.iter();
    success
        .flat_map(|success| &success.by)
        .filter_map(|key| variable(selection, key.get_ref()).transpose())
        .collect()
}

/// Every case is in one group.
pub(super) fn all(selection: &Selection) -> Result<Factor> {
    let label = Label::new("all", "барлығы", "все");
    let codes = vec![("all".to_owned(), label.clone())];
    Factor::new("all", label, codes, one(selection, lit("all")))
}

/// The period in which a case began.
pub(super) fn period(selection: &Selection) -> Result<Factor> {
    let label = Label::new("period", "кезең", "период");
    let members = one(selection, col("period"));
    Factor::new(PERIOD, label, selection.period_codes(), members)
}

/// The deepest provided role; `None` if the data have no roles in an order.
pub(super) fn depth(selection: &Selection) -> Result<Option<Factor>> {
    let codes = selection.depths();
    if codes.is_empty() {
        return Ok(None);
    }
    let label = Label::new("deepest role", "ең терең рөл", "самая глубокая роль");
    let members = one(selection, or_none(at("depth", &codes)));
    let factor = Factor::new(DEPTH, label, codes, members)?;
    Ok(Some(factor.with_none()))
}

/// The provided roles, of which a case may have several; `None` if the data have no roles.
pub(super) fn role(selection: &Selection) -> Result<Option<Factor>> {
    let codes = selection.codes(Concept::Role);
    if codes.is_empty() {
        return Ok(None);
    }
    let label = Label::new("role", "рөл", "роль");
    let provided = selection.roles.clone().lazy();
    let cases = selection.cases.clone().lazy();
    let roles = provided.select([col("case"), col("role")]);
    let members = join(cases, roles, "case", JoinType::Left)
        .with_columns([or_none(col("role")).alias("group"), none().alias("why")]);
    Ok(Some(
        Factor::new("role", label, codes, members)?.with_none(),
    ))
}

/// The regions of the dispute, of which a case may have several.
pub(super) fn region(selection: &Selection) -> Result<Factor> {
    let label = Label::new("region", "өңір", "регион");
    let of = selection.data.regions()?.clone().lazy();
    let members = of.filter(col("region").is_not_null()).select([
        col("case"),
        col("region").alias("group"),
        none().alias("why"),
    ]);
    let members = members.unique(None, UniqueKeepStrategy::Any);
    let mut codes = selection.codes(Concept::Region);
    let mut factor = Factor::new("region", label, Vec::new(), members)?;
    if codes.is_empty() {
        let met = texts(&factor.members, "group")?;
        let met: BTreeSet<&str> = met.iter().flatten().collect();
        codes.extend(
            met.into_iter()
                .map(|name| (name.to_owned(), Label::plain(name))),
        );
    }
    factor.codes = codes;
    Ok(factor)
}

/// A coded variable of the table of cases.
pub(super) fn variable(selection: &Selection, key: &str) -> Result<Option<Factor>> {
    let mut tables = selection.data.tables.iter();
    let table = tables.find(|table| table.unit == Unit::Case);
    let found =
        table.and_then(|table| Some((table, table.field(key)?, table.concept(Concept::Case)?)));
    let Some((table, field, case)) = found else {
        return Ok(None);
    };
    let cases = table.texts(&case.key);
    let case = |row: usize| cases.get(row).copied().flatten();
    let held = table.values(field).into_iter();
    let held = held.map(|(row, value)| (case(row as usize), Some(value), None));
    let silent = table.reasons(&field.key).into_iter().enumerate();
    let silent = silent.filter_map(|(row, why)| Some((case(row), None, Some(why?.name()))));
    let rows = held
        .chain(silent)
        .map(|(case, group, why)| (case, (group, why)));
    let (case, (group, why)): (Vec<_>, (Vec<_>, Vec<_>)) = rows.unzip();
    let members = DataFrame::new_infer_height(vec![
        Column::new("case".into(), case),
        Column::new("group".into(), group),
        Column::new("why".into(), why),
    ]);
    let members = members.map_err(Error::compute("a variable of cases"))?;
    let codes = pairs(&field.codes);
    let factor = Factor::new(key, field.label.clone(), codes, members.lazy())?;
    Ok(Some(Factor {
        is_ordered: field.measure == Measure::Ordinal,
        ..factor
    }))
}

/// The outcome of a case.
pub(super) fn outcome(selection: &Selection) -> Result<Factor> {
    let label = Label::new("outcome", "нәтиже", "исход");
    let codes = selection.codes(Concept::Outcome);
    Factor::new("outcome", label, codes, one(selection, col("outcome")))
}

/// Whether the outcome reached the threshold: position 1 if it did; `None` if the study has no threshold.
pub(super) fn success(selection: &Selection) -> Result<Option<Factor>> {
    let mut thresholds = thresholds::of(selection).into_iter();
    let Some(threshold) = thresholds.find(|threshold| threshold.column == thresholds::SUCCESS)
    else {
        return Ok(None);
    };
    let below = Label::new(
        "below {threshold}",
        "{threshold} шегінен төмен",
        "ниже: {threshold}",
    );
    let codes = vec![
        (
            "below".to_owned(),
            below.fill(&[("threshold", &threshold.name)]),
        ),
        ("reached".to_owned(), threshold.label.clone()),
    ];
    let group = when(threshold.reached())
        .then(lit("reached"))
        .when(col("outcome").is_not_null())
        .then(lit("below"))
        .otherwise(none());
    let label = Label::new("success", "табыс", "успех");
    let factor = Factor::new("success", label, codes, one(selection, group))?;
    Ok(Some(factor))
}

impl Factor {
    /// The same with a group for cases of which it is known that they have none of the values.
    fn with_none(self) -> Self {
        Self {
            none: Some(Label::new("no role", "рөлсіз", "без роли")),
            ..self
        }
    }
}

/// The group of cases that are known to have none of the values; no code is called so.
const NONE: &str = "#none";

/// The role, or that the case is known to have had none.
fn or_none(role: Expr) -> Expr {
    when(role.clone().is_not_null())
        .then(role)
        .when(col("has_role"))
        .then(lit(NONE))
        .otherwise(none())
}

/// The codes at the places that a column holds.
fn at(column: &str, codes: &[(String, Label)]) -> Expr {
    (0_i32..)
        .zip(codes)
        .fold(none(), |rest, (rank, (code, _))| {
            when(col(column).eq(lit(rank)))
                .then(lit(code.as_str()))
                .otherwise(rest)
        })
}

/// The cases of a selection, each in one group or in none.
fn one(selection: &Selection, group: Expr) -> LazyFrame {
    let cases = selection.cases.clone().lazy();
    cases.select([col("case"), group.alias("group"), none().alias("why")])
}

fn none() -> Expr {
    lit(NULL).cast(DataType::String)
}
