//! A table of counts, checked, without its empty rows and columns.

use super::not_computable::NotComputable;

/// Larger tables of counts are refused, so that sums of products of counts fit.
const MOST: u64 = u32::MAX as u64;

/// A table of counts with at least two rows and two columns, none of them empty.
pub(super) struct Contingency {
    pub(super) cells: Vec<Vec<u64>>,
    pub(super) rows: Vec<u64>,
    pub(super) columns: Vec<u64>,
    pub(super) n: u64,
}

impl Contingency {
    /// The rows of `table`; which of its rows and columns are empty says nothing about association.
    pub(super) fn new<R: AsRef<[u64]>>(table: &[R]) -> Result<Self, NotComputable> {
        let width = table.first().map_or(0, |row| row.as_ref().len());
        if table.iter().any(|row| row.as_ref().len() != width) {
            return Err(NotComputable::Invalid(
                "the rows of the table differ in length",
            ));
        }
        let n = table
            .iter()
            .flat_map(AsRef::as_ref)
            .try_fold(0_u64, |sum, count| sum.checked_add(*count))
            .filter(|n| *n <= MOST)
            .ok_or(NotComputable::TooLarge)?;
        if n == 0 {
            return Err(NotComputable::NoData);
        }
        let column = |j: usize| table.iter().map(|row| row.as_ref()[j]).sum();
        let columns: Vec<u64> = (0..width).map(column).collect();
        let kept = |row: &R| -> Vec<u64> {
            let cells = row.as_ref().iter().zip(&columns);
            cells
                .filter(|(_, sum)| **sum > 0)
                .map(|(cell, _)| *cell)
                .collect()
        };
        let mut cells: Vec<Vec<u64>> = table.iter().map(kept).collect();
        cells.retain(|row| row.iter().any(|count| *count > 0));
        let rows: Vec<u64> = cells.iter().map(|row| row.iter().sum()).collect();
        let columns: Vec<u64> = columns.into_iter().filter(|sum| *sum > 0).collect();
        if rows.len() < 2 || columns.len() < 2 {
            return Err(NotComputable::OneCategory);
        }
        Ok(Self {
            cells,
            rows,
            columns,
            n,
        })
    }
}
