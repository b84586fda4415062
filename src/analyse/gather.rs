//! The frames of a selection: the rows of a view, as they stood on its date, with their periods.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{Column, DataFrame};
use toml::Spanned;

use super::assumptions::Assumptions;
use crate::error::{Error, Result};
use crate::model::concept::Concept;
use crate::model::date::{Day, Interval};
use crate::model::missing::Reason;
use crate::model::study::{Period, Study};
use crate::validate::Cases;
use crate::validate::typed::{integers, texts, truths};

/// A case, a role it has or none, and whether it was provided, if that is known.
type RoleRow<'a> = (&'a str, Option<&'a str>, Option<bool>);

/// Builds the frames of a selection.
pub(super) struct Gathering<'a> {
    pub(super) data: &'a Cases,
    pub(super) study: &'a Study,
    pub(super) assumptions: &'a Assumptions,
    pub(super) window: Interval,
    pub(super) periods: &'a [Period],
    pub(super) members: BTreeSet<&'a str>,
}

impl Gathering<'_> {
    fn period(&self, earliest: Option<i32>, latest: Option<i32>) -> Option<String> {
        let interval = Interval {
            earliest: Day::from_epoch(earliest?),
            latest: Day::from_epoch(latest?),
        };
        self.periods
            .iter()
            .find(|period| period.holds(interval))
            .map(|period| period.code.clone())
    }

    /// The rows about the members that had begun by the date of the view, with a column `period` of
    /// their starts.
    fn within(&self, frame: &DataFrame) -> Result<DataFrame> {
        let starts = integers(frame, "start_earliest")?;
        let keep: Vec<bool> = texts(frame, "case")?
            .iter()
            .zip(starts)
            .map(|(case, start)| {
                case.is_some_and(|case| self.members.contains(case))
                    && start.is_none_or(|start| start <= self.window.latest.epoch())
            })
            .collect();
        let mask = keep.iter().copied().collect();
        let mut kept = frame
            .filter(&mask)
            .map_err(Error::compute("the rows of a view"))?;
        let starts = integers(&kept, "start_earliest")?;
        let periods: Vec<Option<String>> = starts
            .into_iter()
            .zip(integers(&kept, "start_latest")?)
            .map(|(earliest, latest)| self.period(earliest, latest))
            .collect();
        add(&mut kept, Column::new("period".into(), periods))?;
        Ok(kept)
    }

    pub(super) fn events(&self) -> Result<DataFrame> {
        let mut events = self.within(&self.data.events)?;
        let base = &self.study.base;
        let types = texts(&events, "type")?;
        let acts: Vec<bool> = types
            .iter()
            .map(|kind| base.context.is_empty() || !counts(&base.context, kind))
            .collect();
        let meetings: Vec<bool> = types
            .iter()
            .zip(&acts)
            .map(|(kind, is_act)| *is_act && counts(&base.meeting, kind))
            .collect();
        add(&mut events, Column::new("is_act".into(), acts))?;
        add(&mut events, Column::new("is_meeting".into(), meetings))?;
        if self.window.latest < self.data.cutoff() {
            self.results_by_then(&mut events)?;
        }
        let base = self.base_cases()?;
        let in_base: Vec<bool> = texts(&events, "case")?
            .iter()
            .map(|case| case.is_some_and(|case| base.contains(case)))
            .collect();
        add(&mut events, Column::new("is_base".into(), in_base))?;
        Ok(events)
    }

    /// Hides the outcomes of events that had not ended on the date of the view.
    fn results_by_then(&self, events: &mut DataFrame) -> Result<()> {
        let ends = integers(events, "end_latest")?;
        let starts = integers(events, "start_latest")?;
        let is_later = |row: usize| {
            let day = ends[row].or(starts[row]);
            day.is_some_and(|day| day > self.window.latest.epoch())
        };
        let (codes, reasons) = (texts(events, "outcome")?, texts(events, "outcome_missing")?);
        let (mut outcome, mut reason) = (Vec::new(), Vec::new());
        for row in 0..events.height() {
            let known = (codes.get(row), reasons.get(row));
            let (code, silence) = match known {
                (Some(_), _) if is_later(row) => (None, Some("open")),
                known => known,
            };
            outcome.push(code.map(str::to_owned));
            reason.push(silence.map(str::to_owned));
        }
        add(events, Column::new("outcome".into(), outcome))?;
        add(events, Column::new("outcome_missing".into(), reason))
    }

    /// The members whose kind is one of those that count as mediations.
    fn base_cases(&self) -> Result<BTreeSet<String>> {
        let kinds = &self.study.base.kind;
        let (cases, kind) = (
            texts(&self.data.engagements, "case")?,
            texts(&self.data.engagements, "kind")?,
        );
        Ok(cases
            .iter()
            .zip(kind.iter())
            .filter(|(_, kind)| counts(kinds, *kind))
            .filter_map(|(case, _)| case)
            .filter(|case| self.members.contains(case))
            .map(str::to_owned)
            .collect())
    }

    pub(super) fn cases(&self, events: &DataFrame) -> Result<DataFrame> {
        let mut cases = self.within(&self.data.engagements)?;
        let base = self.base_cases()?;
        let identifiers: Vec<String> = texts(&cases, "case")?
            .iter()
            .flatten()
            .map(str::to_owned)
            .collect();
        let is_base: Vec<bool> = identifiers.iter().map(|case| base.contains(case)).collect();
        let kinds = texts(&cases, "kind")?;
        let listed = &self.study.base.kind;
        let is_offer: Vec<bool> = kinds
            .iter()
            .map(|kind| kind.is_some() && !counts(listed, kind))
            .collect();
        add(&mut cases, Column::new("is_base".into(), is_base))?;
        add(&mut cases, Column::new("is_offer".into(), is_offer))?;
        self.censor(&mut cases)?;
        if self.window.latest < self.data.cutoff() {
            self.outcomes_by_then(&mut cases, events, &identifiers)?;
        }
        self.assume(&mut cases, &identifiers)?;
        let (depth, has_role) = self.depths(&identifiers)?;
        add(&mut cases, Column::new("depth".into(), depth))?;
        add(&mut cases, Column::new("has_role".into(), has_role))?;
        Ok(cases)
    }

    /// Puts what is assumed in the place of what is coded.
    fn assume(&self, cases: &mut DataFrame, identifiers: &[String]) -> Result<()> {
        let Assumptions {
            outcomes, unknown, ..
        } = self.assumptions;
        if outcomes.is_empty() && unknown.is_empty() {
            return Ok(());
        }
        let is_unknown =
            |concept: Concept, case: &String| unknown.contains(&(concept, case.clone()));
        let (codes, reasons) = (texts(cases, "outcome")?, texts(cases, "outcome_missing")?);
        let periods = texts(cases, "period")?;
        let (mut outcome, mut reason, mut period) = (Vec::new(), Vec::new(), Vec::new());
        for (row, case) in identifiers.iter().enumerate() {
            let (code, silence) = match outcomes.get(case) {
                Some(assumed) => (Some(assumed.as_str()), None),
                None if is_unknown(Concept::Outcome, case) => (None, Some(Reason::Unknown.name())),
                None => (codes.get(row), reasons.get(row)),
            };
            outcome.push(code.map(str::to_owned));
            reason.push(silence.map(str::to_owned));
            let known = periods.get(row).map(str::to_owned);
            period.push(known.filter(|_| !is_unknown(Concept::Start, case)));
        }
        add(cases, Column::new("outcome".into(), outcome))?;
        add(cases, Column::new("outcome_missing".into(), reason))?;
        add(cases, Column::new("period".into(), period))
    }

    /// Ends that lie after the date of the view, or are open, become that date and `is_open`.
    fn censor(&self, cases: &mut DataFrame) -> Result<()> {
        let limit = self.window.latest.epoch();
        let reasons: Vec<bool> = texts(cases, "end_missing")?
            .iter()
            .map(|reason| reason == Some("open"))
            .collect();
        let (earliest, latest) = (
            integers(cases, "end_earliest")?,
            integers(cases, "end_latest")?,
        );
        let is_open: Vec<bool> = reasons
            .iter()
            .zip(&earliest)
            .map(|(open, end)| *open || end.is_some_and(|end| end > limit))
            .collect();
        let limited = |days: Vec<Option<i32>>| -> Vec<Option<i32>> {
            days.into_iter()
                .zip(&is_open)
                .map(|(day, open)| {
                    if *open {
                        Some(limit)
                    } else {
                        day.map(|day| day.min(limit))
                    }
                })
                .collect()
        };
        let (earliest, latest) = (limited(earliest), limited(latest));
        add(cases, Column::new("end_earliest".into(), earliest))?;
        add(cases, Column::new("end_latest".into(), latest))?;
        add(cases, Column::new("is_open".into(), is_open))
    }

    /// Whether each case is known to have ended by the date of the view.
    fn ended(&self, identifiers: &[String]) -> Result<Vec<bool>> {
        let all = &self.data.engagements;
        let cases = texts(all, "case")?;
        let ends = integers(all, "end_latest")?;
        let ended: BTreeSet<&str> = cases
            .iter()
            .zip(ends)
            .filter(|(_, end)| end.is_some_and(|end| end <= self.window.latest.epoch()))
            .filter_map(|(case, _)| case)
            .collect();
        Ok(identifiers
            .iter()
            .map(|case| ended.contains(case.as_str()))
            .collect())
    }

    /// Replaces outcomes by what was known on the date of the view.
    fn outcomes_by_then(
        &self,
        cases: &mut DataFrame,
        events: &DataFrame,
        identifiers: &[String],
    ) -> Result<()> {
        let scale = self.data.codes(Concept::Outcome);
        let rank = |code: &str| scale.iter().position(|known| known.code == code);
        let mut best: BTreeMap<&str, usize> = BTreeMap::new();
        let (of, outcomes) = (texts(events, "case")?, texts(events, "outcome")?);
        let ends = integers(events, "end_latest")?;
        let starts = integers(events, "start_latest")?;
        let is_act = truths(events, "is_act")?;
        for row in 0..events.height() {
            let day = ends[row].or(starts[row]);
            let is_known = day.is_some_and(|day| day <= self.window.latest.epoch());
            let rank = outcomes.get(row).and_then(rank);
            if let (true, Some(true), Some(case), Some(rank)) =
                (is_known, is_act.get(row), of.get(row), rank)
            {
                let known = best.entry(case).or_insert(rank);
                *known = rank.max(*known);
            }
        }
        let is_open = truths(cases, "is_open")?.clone();
        let has_ended = self.ended(identifiers)?;
        let mut outcome = Vec::new();
        let mut reason = Vec::new();
        let codes = texts(cases, "outcome")?;
        let reasons = texts(cases, "outcome_missing")?;
        for (row, case) in identifiers.iter().enumerate() {
            let known = best.get(case.as_str()).and_then(|rank| scale.get(*rank));
            if let Some(known) = known {
                outcome.push(Some(known.code.clone()));
                reason.push(None);
            } else if is_open.get(row) == Some(true) || !has_ended[row] {
                outcome.push(None);
                reason.push(Some("open".to_owned()));
            } else {
                outcome.push(codes.get(row).map(str::to_owned));
                reason.push(reasons.get(row).map(str::to_owned));
            }
        }
        add(cases, Column::new("outcome".into(), outcome))?;
        add(cases, Column::new("outcome_missing".into(), reason))
    }

    /// For each case the rank of its deepest provided role, and whether any role is known.
    fn depths(&self, identifiers: &[String]) -> Result<(Vec<Option<i32>>, Vec<bool>)> {
        let scale = self.data.codes(Concept::Role);
        let mut deepest: BTreeMap<&str, i32> = BTreeMap::new();
        let mut known: BTreeSet<&str> = BTreeSet::new();
        for (case, role, provided) in self.role_rows()? {
            let Some(provided) = provided else { continue };
            known.insert(case);
            let rank = scale
                .iter()
                .position(|code| Some(code.code.as_str()) == role);
            if let (true, Some(rank)) = (provided, rank.and_then(|rank| i32::try_from(rank).ok())) {
                let entry = deepest.entry(case).or_insert(rank);
                *entry = rank.max(*entry);
            }
        }
        Ok(identifiers
            .iter()
            .map(|case| {
                (
                    deepest.get(case.as_str()).copied(),
                    known.contains(case.as_str()),
                )
            })
            .unzip())
    }

    /// Every role on a basis that counts: its case, its code, and whether it was provided, if that is
    /// known. Roles that only events after the date of the view show do not exist; a case whose
    /// roles are known to be none has a row without a code.
    fn role_rows(&self) -> Result<Vec<RoleRow<'_>>> {
        let frame = &self.data.roles;
        let base = &self.study.base;
        let (cases, roles) = (texts(frame, "case")?, texts(frame, "role")?);
        let (bases, uptakes) = (texts(frame, "basis")?, texts(frame, "uptake")?);
        let is_coded = truths(frame, "is_coded")?;
        let days = integers(frame, "day")?;
        let rows = (0..frame.height()).filter_map(|row| {
            let is_later = days[row].is_some_and(|day| day > self.window.latest.epoch());
            let (case, basis) = (cases.get(row)?, bases.get(row));
            let is_assumed = basis.is_some_and(|basis| {
                let also = &self.assumptions.bases;
                also.contains(&(case.to_owned(), basis.to_owned()))
            });
            let is_counted = is_assumed || counts(&base.basis, basis);
            if is_later || is_coded.get(row) != Some(true) || !is_counted {
                return None;
            }
            let uptake = uptakes.get(row);
            let provided = match (roles.get(row), uptake) {
                (None, _) => Some(false),
                (Some(_), None) if !base.uptake.is_empty() => None,
                (Some(_), uptake) => Some(counts(&base.uptake, uptake)),
            };
            Some((case, roles.get(row), provided))
        });
        Ok(rows.collect())
    }

    pub(super) fn roles(&self, cases: &DataFrame) -> Result<DataFrame> {
        let is_base = truths(cases, "is_base")?;
        let periods: BTreeMap<&str, Option<&str>> = texts(cases, "case")?
            .iter()
            .zip(texts(cases, "period")?.iter())
            .zip(is_base.iter())
            .filter(|(_, is_base)| *is_base == Some(true))
            .filter_map(|((case, period), _)| Some((case?, period)))
            .collect();
        let provided: BTreeSet<(&str, &str)> = self
            .role_rows()?
            .into_iter()
            .filter(|(case, _, provided)| *provided == Some(true) && periods.contains_key(case))
            .filter_map(|(case, role, _)| Some((case, role?)))
            .collect();
        let (of, role): (Vec<&str>, Vec<&str>) = provided.into_iter().unzip();
        let period: Vec<Option<&str>> = of
            .iter()
            .map(|case| periods.get(case).copied().flatten())
            .collect();
        DataFrame::new_infer_height(vec![
            Column::new("case".into(), of),
            Column::new("role".into(), role),
            Column::new("period".into(), period),
        ])
        .map_err(Error::compute("the roles of a view"))
    }
}

/// Does a value count: is it listed, or is nothing listed so that all count?
fn counts(listed: &[Spanned<String>], value: Option<&str>) -> bool {
    listed.is_empty()
        || value.is_some_and(|value| listed.iter().any(|known| known.get_ref() == value))
}

/// Adds a column, in the place of one of its name if there is one.
fn add(frame: &mut DataFrame, column: Column) -> Result<()> {
    frame
        .with_column(column)
        .map(|_| ())
        .map_err(Error::compute("a column of a view"))
}
