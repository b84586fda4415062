//! What cases are grouped by: their period, their deepest role, and the variables that the study
//! names.

use std::collections::BTreeMap;

use super::engagements::{self, Engagement};
use super::selection::{Selection, pairs};
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::study::{DEPTH, PERIOD};
use crate::model::unit::Unit;

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
    /// Case → position of its value.
    values: BTreeMap<String, usize>,
}

impl Factor {
    /// The position of the case's value among the codes, if it is known.
    pub(super) fn of(&self, case: &Engagement) -> Option<usize> {
        self.values.get(&case.case).copied()
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
}

/// The factor of that name: `period`, `depth` for the deepest role, or a coded variable of cases;
/// `None` if the data have none.
pub(super) fn named(selection: &Selection, cases: &[Engagement], name: &str) -> Option<Factor> {
    match name {
        PERIOD => Some(period(selection, cases)),
        DEPTH => depth(selection, cases),
        key => variable(selection, key),
    }
}

/// The variables by which the study cuts success.
pub(super) fn declared(selection: &Selection) -> Vec<Factor> {
    let success = selection.study().success.iter();
    success
        .flat_map(|success| &success.by)
        .filter_map(|key| variable(selection, key.get_ref()))
        .collect()
}

/// The period in which a case began.
pub(super) fn period(selection: &Selection, cases: &[Engagement]) -> Factor {
    let codes = selection.period_codes();
    let values = cases
        .iter()
        .filter_map(|case| {
            let position = codes
                .iter()
                .position(|(code, _)| Some(code) == case.period.as_ref())?;
            Some((case.case.clone(), position))
        })
        .collect();
    Factor {
        key: PERIOD.to_owned(),
        label: Label::new("period", "кезең", "период"),
        is_ordered: true,
        codes,
        values,
    }
}

/// The deepest provided role; `None` if the data have no roles in an order.
pub(super) fn depth(selection: &Selection, cases: &[Engagement]) -> Option<Factor> {
    let codes = selection.depths();
    (!codes.is_empty()).then(|| Factor {
        key: DEPTH.to_owned(),
        label: Label::new("deepest role", "ең терең рөл", "самая глубокая роль"),
        is_ordered: true,
        values: cases
            .iter()
            .filter_map(|case| Some((case.case.clone(), case.depth?)))
            .collect(),
        codes,
    })
}

fn variable(selection: &Selection, key: &str) -> Option<Factor> {
    let tables = &selection.data.tables;
    let table = tables.iter().find(|table| table.unit == Unit::Case)?;
    let field = table.field(key)?;
    let codes = pairs(&field.codes);
    let values = engagements::variable(selection, key)
        .into_iter()
        .filter_map(|(case, value)| {
            let position = codes.iter().position(|(code, _)| *code == value)?;
            Some((case, position))
        })
        .collect();
    Some(Factor {
        key: key.to_owned(),
        label: field.label.clone(),
        is_ordered: field.measure == Measure::Ordinal,
        codes,
        values,
    })
}

/// The outcome of a case.
pub(super) fn outcome(selection: &Selection, cases: &[Engagement]) -> Factor {
    Factor {
        key: "outcome".to_owned(),
        label: Label::new("outcome", "нәтиже", "исход"),
        is_ordered: true,
        codes: selection.codes(Concept::Outcome),
        values: cases
            .iter()
            .filter_map(|case| Some((case.case.clone(), case.outcome?)))
            .collect(),
    }
}

/// Whether the outcome reached the cut: position 1 if it did; `None` if the study has no cut.
pub(super) fn success(selection: &Selection, cases: &[Engagement]) -> Option<Factor> {
    let scale = selection.codes(Concept::Outcome);
    let cut = selection.study().success.as_ref()?.cut.get_ref();
    let rank = scale.iter().position(|(code, _)| code == cut)?;
    let named = |label: Label| label.fill(&[("cut", &scale[rank].1)]);
    let below = Label::new("below {cut}", "{cut} шегінен төмен", "ниже: {cut}");
    let reached = Label::new("{cut} or more", "{cut} немесе жоғары", "{cut} и выше");
    Some(Factor {
        key: "success".to_owned(),
        label: Label::new("success", "табыс", "успех"),
        is_ordered: true,
        codes: vec![
            ("below".to_owned(), named(below)),
            ("reached".to_owned(), named(reached)),
        ],
        values: cases
            .iter()
            .filter_map(|case| Some((case.case.clone(), usize::from(case.outcome? >= rank))))
            .collect(),
    })
}
