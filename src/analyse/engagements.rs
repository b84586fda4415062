//! The cases of a selection one by one, for tables that cross their attributes.

use std::collections::{BTreeMap, BTreeSet};

use super::selection::Selection;
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use crate::validate::typed::{integers, texts, truths};

/// One case with what tables cross.
#[derive(Clone, Debug)]
pub(super) struct Engagement {
    pub(super) case: String,
    /// Does it count as a mediation?
    pub(super) is_base: bool,
    pub(super) period: Option<String>,
    /// The rank of the outcome on its scale.
    pub(super) outcome: Option<usize>,
    /// Why there is no outcome.
    pub(super) missing: Option<Reason>,
    /// The rank of the deepest provided role.
    pub(super) depth: Option<usize>,
    /// Is any role known, provided or not?
    pub(super) has_role: bool,
    /// The codes of the provided roles.
    pub(super) roles: BTreeSet<String>,
}

impl Engagement {
    /// Why it has no role: of what counts as no mediation none is asked, and of a case that is known to have
    /// had none there is none to tell.
    pub(super) const fn no_role(&self) -> Reason {
        if self.is_base && !self.has_role {
            Reason::Unknown
        } else {
            Reason::Na
        }
    }

    /// Why it has no outcome.
    pub(super) fn no_outcome(&self) -> Reason {
        self.missing.unwrap_or(Reason::Unknown)
    }
}

/// Every case of the selection, in the order of the files.
pub(super) fn all(selection: &Selection) -> Result<Vec<Engagement>> {
    let cases = &selection.cases;
    let mut roles: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let provided = &selection.roles;
    for (case, role) in texts(provided, "case")?
        .iter()
        .zip(texts(provided, "role")?.iter())
    {
        if let (Some(case), Some(role)) = (case, role) {
            roles.entry(case).or_default().insert(role.to_owned());
        }
    }
    let (is_base, has_role) = (truths(cases, "is_base")?, truths(cases, "has_role")?);
    let depth = integers(cases, "depth")?;
    let periods = texts(cases, "period")?;
    let outcomes = integers(cases, "outcome_rank")?;
    let reasons = texts(cases, "outcome_missing")?;
    Ok(texts(cases, "case")?
        .iter()
        .enumerate()
        .filter_map(|(row, case)| {
            let case = case?;
            let rank = |rank: Option<i32>| usize::try_from(rank?).ok();
            Some(Engagement {
                case: case.to_owned(),
                is_base: is_base.get(row) == Some(true),
                period: periods.get(row).map(str::to_owned),
                outcome: rank(outcomes[row]),
                missing: reasons.get(row).and_then(Reason::of),
                depth: rank(depth[row]),
                has_role: has_role.get(row) == Some(true),
                roles: roles.get(case).cloned().unwrap_or_default(),
            })
        })
        .collect())
}

/// Case → code of a variable of the table of cases; cases without a value are absent.
pub(super) fn variable(selection: &Selection, key: &str) -> BTreeMap<String, String> {
    let table = selection
        .data
        .tables
        .iter()
        .find(|table| table.unit == Unit::Case);
    let Some((table, case)) = table.and_then(|table| Some((table, table.concept(Concept::Case)?)))
    else {
        return BTreeMap::new();
    };
    table
        .texts(&case.key)
        .into_iter()
        .zip(table.texts(key))
        .filter_map(|(case, value)| Some((case?.to_owned(), value?.to_owned())))
        .collect()
}
