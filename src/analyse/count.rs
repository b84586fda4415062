//! The one way to count: rows of a frame, by what tells them apart.

use std::collections::BTreeMap;

use polars::prelude::{
    Column, DataType, Expr, JoinArgs, JoinType, LazyFrame, PolarsResult, col, len,
};

use crate::error::{Error, Result};
use crate::validate::typed::texts;

/// How many rows of each group meet each of several conditions.
///
/// A group is a value of each of the columns that rows are told apart by, `None` where a row has none. The order
/// of the map makes the result independent of the order in which polars returns groups.
pub(super) struct Counts<const N: usize> {
    groups: BTreeMap<[Option<String>; N], Vec<u64>>,
    conditions: usize,
}

impl<const N: usize> Counts<N> {
    /// Counts the rows in the groups of the columns `by`, which hold texts or codes. A condition that is null
    /// for a row does not hold for it; it is about columns, for a literal would hold once and not for each row.
    pub(super) fn of(rows: LazyFrame, by: [&str; N], conditions: &[Expr]) -> Result<Self> {
        let sum = |(at, condition): (usize, &Expr)| {
            let sum = condition.clone().cast(DataType::Boolean).sum();
            sum.cast(DataType::UInt64).alias(number(at))
        };
        let sums: Vec<Expr> = conditions.iter().enumerate().map(sum).collect();
        let counted = match N {
            0 => rows.select(sums),
            _ => rows.group_by(by.map(col)).agg(sums),
        };
        let counted = counted.collect().map_err(Error::compute("counts"))?;
        let keys = by.iter().map(|column| texts(&counted, column));
        let keys = keys.collect::<Result<Vec<_>>>()?;
        let sums = (0..conditions.len()).map(|at| {
            let column = counted.column(&number(at)).and_then(Column::u64);
            column.map(|sums| sums.iter().map(Option::unwrap_or_default).collect())
        });
        let sums: PolarsResult<Vec<Vec<u64>>> = sums.collect();
        let sums = sums.map_err(Error::compute("counts"))?;
        let groups = (0..counted.height()).map(|row| {
            let group = std::array::from_fn(|at| keys[at].get(row).map(str::to_owned));
            (group, sums.iter().map(|column| column[row]).collect())
        });
        Ok(Self {
            groups: groups.collect(),
            conditions: conditions.len(),
        })
    }

    /// How many rows of a group meet each condition: none if there is no such group.
    pub(super) fn at(&self, group: [Option<&str>; N]) -> Vec<u64> {
        let group = group.map(|value| value.map(str::to_owned));
        let known = self.groups.get(&group).cloned();
        known.unwrap_or_else(|| vec![0; self.conditions])
    }

    /// The groups that have a row, with their counts.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&[Option<String>; N], &[u64])> {
        self.groups
            .iter()
            .map(|(group, counts)| (group, counts.as_slice()))
    }

    /// How many rows there are that meet the condition.
    pub(super) fn sum(&self, condition: usize) -> u64 {
        self.groups.values().map(|counts| counts[condition]).sum()
    }
}

/// Rows beside those of another frame that have the same value of a column.
pub(super) fn join(rows: LazyFrame, with: LazyFrame, on: &str, how: JoinType) -> LazyFrame {
    rows.join(with, [col(on)], [col(on)], JoinArgs::new(how))
}

/// How many rows there are for which a condition holds.
pub(super) fn rows(rows: LazyFrame, condition: Expr) -> Result<u64> {
    let kept = rows.filter(condition).select([len()]).collect();
    let kept = kept.map_err(Error::compute("a count"))?;
    let count = kept
        .columns()
        .first()
        .map(|column| column.u32().map(|count| count.get(0)));
    let count = count.transpose().map_err(Error::compute("a count"))?;
    Ok(count.flatten().map_or(0, u64::from))
}

/// A count as the size of something.
pub(super) fn size(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

fn number(at: usize) -> String {
    format!("#{at}")
}
