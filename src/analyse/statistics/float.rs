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
