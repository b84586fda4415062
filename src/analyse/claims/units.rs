//! The units that claims count, with what is known of each: yes, no, or not known.

use std::collections::BTreeMap;

use crate::analyse::engagements::{self, Engagement};
use crate::analyse::selection::Selection;
use crate::error::Result;
use crate::model::claims::{Kinds, Tests};
use crate::model::codebook::Code;
use crate::model::concept::Concept;
use crate::model::date::{Day, Interval};
use crate::model::missing::Reason;
use crate::model::rule::{Row, Test};
use crate::model::study::DEPTH;
use crate::model::unit::Unit;
use crate::validate::typed::{Typed, integers, texts, truths};

/// The cases of a selection, or the acts in them.
pub(super) struct Units<'a> {
    selection: &'a Selection<'a>,
    unit: Unit,
    /// The identifier and the case of each.
    names: Vec<(String, String)>,
    /// Is it, or is it in, a case that counts as a mediation?
    is_base: Vec<bool>,
    /// The days on which each may have begun; `None` if unknown.
    pub(super) starts: Vec<Option<Interval>>,
    ends: Vec<Option<Interval>>,
    /// The code and the reason of each outcome.
    outcomes: Vec<(Option<String>, Option<Reason>)>,
    /// What only acts have: whether it is a meeting, and whether it took place at home.
    flags: BTreeMap<&'static str, Vec<Option<bool>>>,
    engagements: Vec<Engagement>,
}

/// What every unit has of one variable.
pub(super) struct Variable<'a> {
    pub(super) values: Vec<Vec<String>>,
    pub(super) reasons: Vec<Option<Reason>>,
    days: Vec<Option<Interval>>,
    pub(super) codes: &'a [Code],
}

impl<'a> Units<'a> {
    /// The cases, or those events that are acts and no mere context.
    pub(super) fn of(selection: &'a Selection<'a>, unit: Unit) -> Result<Self> {
        let frame = if unit == Unit::Event {
            &selection.events
        } else {
            &selection.cases
        };
        let rows: Vec<usize> = if unit == Unit::Event {
            let is_act = truths(frame, "is_act")?;
            let rows = 0..frame.height();
            rows.filter(|row| is_act.get(*row) == Some(true)).collect()
        } else {
            (0..frame.height()).collect()
        };
        let name = if unit == Unit::Event { "event" } else { "case" };
        let (names, cases) = (texts(frame, name)?, texts(frame, "case")?);
        let text = |column: Option<&str>| column.unwrap_or_default().to_owned();
        let is_base = truths(frame, "is_base")?;
        let (codes, reasons) = (texts(frame, "outcome")?, texts(frame, "outcome_missing")?);
        let mut flags = BTreeMap::new();
        if unit == Unit::Event {
            for flag in ["is_meeting", "hosted"] {
                let column = truths(frame, flag)?;
                flags.insert(flag, rows.iter().map(|row| column.get(*row)).collect());
            }
        }
        let mut units = Self {
            selection,
            unit,
            names: rows
                .iter()
                .map(|row| (text(names.get(*row)), text(cases.get(*row))))
                .collect(),
            is_base: rows
                .iter()
                .map(|row| is_base.get(*row) == Some(true))
                .collect(),
            starts: spans(frame, "start", &rows)?,
            ends: spans(frame, "end", &rows)?,
            outcomes: rows
                .iter()
                .map(|row| {
                    let code = codes.get(*row).map(str::to_owned);
                    (code, reasons.get(*row).and_then(Reason::of))
                })
                .collect(),
            flags,
            engagements: engagements::all(selection)?,
        };
        let unknown = &selection.question.assumptions.unknown;
        for ((_, case), start) in units.names.iter().zip(&mut units.starts) {
            if unknown.contains(&(Concept::Start, case.clone())) {
                *start = None;
            }
        }
        Ok(units)
    }

    /// Do several of them share a case, so that they are not independent of each other?
    pub(super) fn are_dependent(&self) -> bool {
        self.unit == Unit::Event
    }

    /// The case that a unit is, or is in.
    pub(super) fn case(&self, row: usize) -> &str {
        &self.names[row].1
    }

    pub(super) const fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether each is of the kinds asked for and, where a forecast is tested against them, begun after
    /// that day.
    pub(super) fn members(&self, kinds: Kinds, after: Option<Day>) -> Vec<Option<bool>> {
        let is_kind = |row: usize| kinds == Kinds::All || self.is_base[row];
        let is_later = |row: usize| match (after, self.starts[row]) {
            (None, _) => Some(true),
            (Some(_), None) => None,
            (Some(day), Some(start)) => {
                let (is, is_not) = (start.earliest > day, start.latest <= day);
                (is || is_not).then_some(is)
            }
        };
        (0..self.len())
            .map(|row| both(Some(is_kind(row)), is_later(row)))
            .collect()
    }

    /// Whether each meets all the tests; or the name of a variable that these data do not have.
    pub(super) fn meet<'t>(
        &self,
        tests: &'t Tests,
    ) -> std::result::Result<Vec<Option<bool>>, &'t str> {
        let mut met = vec![Some(true); self.len()];
        for (key, test) in tests {
            let variable = self.variable(key).ok_or(key.as_str())?;
            for (row, met) in met.iter_mut().enumerate() {
                *met = both(*met, variable.truth(row, test));
            }
        }
        Ok(met)
    }

    /// The cases that tests name.
    pub(super) fn named<'t>(
        &self,
        tests: impl Iterator<Item = (&'t String, &'t Test)>,
    ) -> Vec<&'t str> {
        let data = self.selection.data;
        let table = data.tables.iter().find(|table| table.unit == self.unit);
        let key = table.and_then(|table| Some(&table.concept(Concept::Case)?.key));
        let named = tests.filter(|(variable, _)| Some(*variable) == key);
        let named = named.flat_map(|(_, test)| match test {
            Test::Is(value) => std::slice::from_ref(value),
            Test::In(values) | Test::Not { not: values } => values,
            _ => &[],
        });
        named.map(String::as_str).collect()
    }

    /// The first of these cases that is not there: of a claim about it nothing can be said.
    pub(super) fn absent<'t>(&self, named: &[&'t str]) -> Option<&'t str> {
        let is_there = |case: &str| self.names.iter().any(|(_, known)| known == case);
        named.iter().copied().find(|case| !is_there(case))
    }

    /// What every unit has of a variable; `None` if these data do not have it.
    pub(super) fn variable(&self, key: &str) -> Option<Variable<'a>> {
        if let Some(flags) = self.flags.get(key) {
            return Some(flagged(flags));
        }
        if key == "is_base" {
            let flags: Vec<Option<bool>> = self.is_base.iter().copied().map(Some).collect();
            return Some(flagged(&flags));
        }
        if self.unit == Unit::Case && (key == DEPTH || key == "role") {
            return self.roles(key);
        }
        let data = self.selection.data;
        let table = data.tables.iter().find(|table| table.unit == self.unit)?;
        let field = table.field(key)?;
        let mut variable = Variable {
            values: Vec::new(),
            reasons: Vec::new(),
            days: vec![None; self.len()],
            codes: &field.codes,
        };
        match field.concept {
            Some(Concept::Outcome) => {
                for (code, reason) in &self.outcomes {
                    variable.values.push(code.iter().cloned().collect());
                    variable.reasons.push(*reason);
                }
            }
            Some(concept @ (Concept::Start | Concept::End)) => {
                let is_start = concept == Concept::Start;
                let days = if is_start { &self.starts } else { &self.ends };
                variable.days.clone_from(days);
                variable.values = vec![Vec::new(); self.len()];
                let reason = |days: &Option<Interval>| days.is_none().then_some(Reason::Unknown);
                variable.reasons = variable.days.iter().map(reason).collect();
            }
            _ => self.read(table, key, &mut variable)?,
        }
        Some(variable)
    }

    /// Reads a variable as the files have it.
    fn read(&self, table: &Typed, key: &str, variable: &mut Variable) -> Option<()> {
        let identity = if self.unit == Unit::Event {
            Concept::Event
        } else {
            Concept::Case
        };
        let names = table.texts(&table.concept(identity)?.key);
        let rows: BTreeMap<&str, usize> = names
            .into_iter()
            .enumerate()
            .filter_map(|(row, name)| Some((name?, row)))
            .collect();
        let said = table.said(table.field(key)?);
        let (reasons, days) = (table.reasons(key), table.days(key));
        for (at, (name, _)) in self.names.iter().enumerate() {
            let row = rows.get(name.as_str()).copied();
            let values = row.and_then(|row| said.get(row).cloned());
            let reason = row.and_then(|row| reasons.get(row).copied().flatten());
            let is_there = row.is_some();
            variable.values.push(values.unwrap_or_default());
            variable
                .reasons
                .push(reason.or((!is_there).then_some(Reason::Unknown)));
            let bounds = row.and_then(|row| days.get(row).copied().flatten());
            variable.days[at] = bounds.map(interval);
        }
        Some(())
    }

    /// The deepest provided role of each case, or all of them.
    fn roles(&self, key: &str) -> Option<Variable<'a>> {
        let codes = match key {
            DEPTH => self.selection.data.depths(),
            _ => self.selection.data.codes(Concept::Role),
        };
        if codes.is_empty() {
            return None;
        }
        let mut variable = Variable {
            values: Vec::new(),
            reasons: Vec::new(),
            days: vec![None; self.len()],
            codes,
        };
        for case in &self.engagements {
            let deepest = case.depth.and_then(|rank| codes.get(rank));
            variable.values.push(if key == DEPTH {
                deepest.iter().map(|code| code.code.clone()).collect()
            } else {
                case.roles.iter().cloned().collect()
            });
            let reason = if case.has_role {
                Reason::Na
            } else {
                Reason::Unknown
            };
            variable.reasons.push(deepest.is_none().then_some(reason));
        }
        Some(variable)
    }
}

impl Variable<'_> {
    fn truth(&self, row: usize, test: &Test) -> Option<bool> {
        test.truth(&Row {
            values: &self.values[row],
            codes: self.codes,
            reason: self.reasons[row],
            days: self.days[row],
            best: None,
        })
    }
}

fn flagged<'a>(flags: &[Option<bool>]) -> Variable<'a> {
    let text = |flag: &Option<bool>| {
        flag.iter()
            .map(|flag| u8::from(*flag).to_string())
            .collect()
    };
    let reason = |flag: &Option<bool>| flag.is_none().then_some(Reason::Unknown);
    Variable {
        values: flags.iter().map(text).collect(),
        reasons: flags.iter().map(reason).collect(),
        days: vec![None; flags.len()],
        codes: &[],
    }
}

fn spans(
    frame: &polars::prelude::DataFrame,
    which: &str,
    rows: &[usize],
) -> Result<Vec<Option<Interval>>> {
    let earliest = integers(frame, &format!("{which}_earliest"))?;
    let latest = integers(frame, &format!("{which}_latest"))?;
    let at = |row: &usize| earliest[*row].zip(latest[*row]).map(interval);
    Ok(rows.iter().map(at).collect())
}

const fn interval((first, last): (i32, i32)) -> Interval {
    Interval {
        earliest: Day::from_epoch(first),
        latest: Day::from_epoch(last),
    }
}

/// Both at once: no if either is no, else not known if either is not.
pub(super) fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Whether a start passes a test of dates.
pub(super) fn start_passes(start: Option<Interval>, test: &Test) -> Option<bool> {
    test.truth(&Row {
        days: start,
        reason: start.is_none().then_some(Reason::Unknown),
        ..Row::default()
    })
}
