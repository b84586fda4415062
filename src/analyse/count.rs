//! Counting rows of frames by group.

use std::collections::BTreeMap;

use polars::prelude::{Column, DataFrame, Expr, IntoLazy, col, len};

use crate::error::{Error, Result};
use crate::validate::typed::texts;

/// How many rows for which `filter` holds have each value of the text column `by`; rows without a
/// value are counted under `None`. The order of a map makes the result independent of the order in
/// which polars returns groups.
pub(super) fn by(
    frame: &DataFrame,
    filter: Expr,
    by: &str,
) -> Result<BTreeMap<Option<String>, u64>> {
    let counted = frame
        .clone()
        .lazy()
        .filter(filter)
        .group_by([col(by)])
        .agg([len().alias("#n")])
        .collect()
        .map_err(Error::compute("counts by group"))?;
    let keys = texts(&counted, by)?;
    let counts = counted
        .column("#n")
        .and_then(Column::u32)
        .map_err(Error::compute("counts by group"))?;
    Ok(keys
        .iter()
        .zip(counts.iter())
        .map(|(key, count)| (key.map(str::to_owned), u64::from(count.unwrap_or_default())))
        .collect())
}

/// How many rows there are for which `filter` holds.
pub(super) fn rows(frame: &DataFrame, filter: Expr) -> Result<u64> {
    let kept = frame
        .clone()
        .lazy()
        .filter(filter)
        .collect()
        .map_err(Error::compute("a count"))?;
    Ok(kept.height() as u64)
}

/// The count of a group, 0 if there is no such group.
pub(super) fn of(counts: &BTreeMap<Option<String>, u64>, key: Option<&str>) -> u64 {
    counts.get(&key.map(str::to_owned)).copied().unwrap_or(0)
}
