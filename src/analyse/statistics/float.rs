//! Counts as floating-point numbers.

use super::not_computable::NotComputable;

/// A count as a number.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of cases are far below the 2^53 that f64 holds exactly"
)]
pub(super) fn float(count: impl TryInto<i128>) -> f64 {
    count.try_into().unwrap_or(i128::MAX) as f64
}

/// A count as a size in memory.
pub(super) fn size(count: u64) -> Result<usize, NotComputable> {
    usize::try_from(count).map_err(|_| NotComputable::TooLarge)
}

/// Nothing, unless a value is infinite or not a number.
pub(super) fn finite(values: &[f64]) -> Result<(), NotComputable> {
    if values.iter().all(|value| value.is_finite()) {
        Ok(())
    } else {
        Err(NotComputable::Invalid("a value is not a finite number"))
    }
}

/// The value below which that share of the sorted values lies: the smallest that has it.
pub(super) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let reaches = |at: &usize| float(at + 1) >= share * float(sorted.len()) - 1e-9;
    let at = (0..sorted.len()).find(reaches);
    sorted[at.unwrap_or(sorted.len() - 1)]
}
