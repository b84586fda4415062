//! The index: every case of a selection with what a reader of a page searches it by.

use std::collections::BTreeSet;

use super::selection::Selection;
use super::tables::cases::{dates, disputants};
use super::{Cell, engagements, names, parties};
use crate::error;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use crate::validate::typed::truths;

/// The cases of a selection, and what they can be searched by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Index {
    /// The cases, in the order of the files.
    pub cases: Vec<Entry>,
    /// The periods as codes with their labels, in order of time.
    pub periods: Vec<(String, Label)>,
    /// The roles as codes with their labels, in the order of the codebook.
    pub roles: Vec<(String, Label)>,
    /// The outcomes as codes with their labels, in the order of the codebook.
    pub outcomes: Vec<(String, Label)>,
    /// The parties of these cases, of whatever standing, as identifiers with their names.
    pub parties: Vec<(String, Label)>,
}

/// One case. What it has no value for says why.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its identifier.
    pub case: String,
    /// What it is called.
    pub title: Label,
    /// When it began: a day, or the two that bound it.
    pub start: Cell,
    /// When it ended.
    pub end: Cell,
    /// The code of the period in which it began; unknown if it may have begun in two.
    pub period: Result<String, Reason>,
    /// The codes of the roles provided in it, in the order of the codebook; at least one.
    pub roles: Result<Vec<String>, Reason>,
    /// The code of its outcome.
    pub outcome: Result<String, Reason>,
    /// The identifiers of its parties, of whatever standing; at least one.
    pub parties: Result<Vec<String>, Reason>,
    /// The names of those between whom it was.
    pub between: Vec<Label>,
    /// The identifiers of the sources that the rows about it name.
    pub sources: BTreeSet<String>,
}

/// The index of a selection.
///
/// # Errors
///
/// [`crate::error::Error::Compute`] if a frame cannot be read.
pub fn index(selection: &Selection) -> error::Result<Index> {
    let (roles, outcomes) = (
        selection.codes(Concept::Role),
        selection.codes(Concept::Outcome),
    );
    let (starts, ends) = (dates(selection, "start")?, dates(selection, "end")?);
    let is_open = truths(&selection.cases, "is_open")?;
    let titles = names::titles(selection)?;
    let mut disputants = disputants(selection)?;
    let parties = parties::by_case(selection)?;
    let mut sources = selection.sources_by_case()?;
    let cases = engagements::all(selection)?.into_iter().enumerate();
    let cases = cases.map(|(row, case)| Entry {
        title: titles[row].clone(),
        start: starts[row].clone(),
        end: if is_open.get(row) == Some(true) {
            Cell::Missing(Reason::Open)
        } else {
            ends[row].clone()
        },
        roles: match case.roles.len() {
            0 => Err(case.no_role()),
            _ => Ok(roles
                .iter()
                .map(|(code, _)| code.clone())
                .filter(|code| case.roles.contains(code))
                .collect()),
        },
        outcome: case
            .outcome
            .and_then(|rank| Some(outcomes.get(rank)?.0.clone()))
            .ok_or_else(|| case.no_outcome()),
        parties: parties
            .get(case.case.as_str())
            .map(|parties| parties.keys().map(|party| (*party).to_owned()).collect())
            .ok_or(Reason::Unknown),
        period: case.period.ok_or(Reason::Unknown),
        between: disputants.remove(&case.case).unwrap_or_default(),
        sources: sources.remove(&case.case).unwrap_or_default(),
        case: case.case,
    });
    let cases: Vec<Entry> = cases.collect();
    let named = names::of(selection.data, Unit::Actor);
    let present: BTreeSet<&String> = cases
        .iter()
        .flat_map(|case| &case.parties)
        .flatten()
        .collect();
    let parties = present
        .into_iter()
        .map(|party| (party.clone(), names::name(&named, party)))
        .collect();
    Ok(Index {
        cases,
        periods: selection.period_codes(),
        roles,
        outcomes,
        parties,
    })
}
