//! What was held at home, case by case.

use std::collections::BTreeMap;

use polars::prelude::{Expr, col, lit};

use super::by_case::ByCase;
use super::selection::Selection;
use crate::error::Result;

/// Of the events of a kind, `is_act` or `is_meeting`, of which it is known, those at home.
pub(super) fn of(selection: &Selection, kind: &str) -> Result<ByCase> {
    within(selection, kind, lit(true))
}

/// The same in each period; under `None` the events of no period.
pub(super) fn by_period(
    selection: &Selection,
    kind: &str,
) -> Result<BTreeMap<Option<String>, ByCase>> {
    let codes = selection.periods.iter().map(|period| &period.code);
    let codes = codes.map(|code| (Some(code.clone()), col("period").eq(lit(code.as_str()))));
    let none = (None, col("period").is_null());
    codes
        .chain([none])
        .map(|(code, inside)| Ok((code, within(selection, kind, inside)?)))
        .collect()
}

fn within(selection: &Selection, kind: &str, inside: Expr) -> Result<ByCase> {
    let known = col(kind).and(col("hosted").is_not_null()).and(inside);
    ByCase::of(&selection.events, known, col("hosted"))
}
