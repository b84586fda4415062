//! Several tests at once: p values that take their number into account.
//!
//! All three functions return adjusted p values in the order of the input, to be compared with the
//! level itself. A missing p value, of a test that could not be computed, stays missing and does
//! not count.

use super::float::float;
use super::not_computable::NotComputable;

/// The p values adjusted by Holm's step-down method, which bounds the chance of any false finding.
///
/// It needs no assumption on how the tests depend on each other, unlike Hochberg's and Hommel's
/// methods, and rejects at least as much as Bonferroni's.
///
/// `p` are p values between 0 and 1; missing ones stay missing and do not count, equal ones stay
/// equal, and no p value gives none.
///
/// # Errors
///
/// [`NotComputable::Invalid`] if a p value lies outside 0 to 1.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::adjust::holm;
/// let adjusted = holm(&[Some(0.01), Some(0.04), Some(0.03), Some(0.005)]).unwrap();
/// assert_eq!(adjusted, [Some(0.03), Some(0.06), Some(0.06), Some(0.02)]);   // R: p.adjust(p, "holm")
/// ```
///
/// # References
///
/// Holm, S. (1979). A simple sequentially rejective multiple test procedure. *Scandinavian Journal
/// of Statistics* 6(2), 65–70.
pub fn holm(p: &[Option<f64>]) -> Result<Vec<Option<f64>>, NotComputable> {
    let known = ascending(p)?;
    let tests = known.len();
    let mut largest = 0.0_f64;
    let adjusted = known.into_iter().enumerate().map(|(rank, (at, p))| {
        largest = largest.max((p * float(tests - rank)).min(1.0));
        (at, largest)
    });
    Ok(placed(p.len(), adjusted))
}

/// The known p values with their places, the smallest first.
fn ascending(p: &[Option<f64>]) -> Result<Vec<(usize, f64)>, NotComputable> {
    let mut known: Vec<(usize, f64)> = p
        .iter()
        .enumerate()
        .filter_map(|(at, p)| p.map(|p| (at, p)))
        .collect();
    if !known.iter().all(|(_, p)| (0.0..=1.0).contains(p)) {
        return Err(NotComputable::Invalid("a p value lies outside 0 to 1"));
    }
    known.sort_by(|(_, a), (_, b)| a.total_cmp(b));
    Ok(known)
}

/// The values at their places.
fn placed(length: usize, values: impl Iterator<Item = (usize, f64)>) -> Vec<Option<f64>> {
    let mut all = vec![None; length];
    for (at, value) in values {
        all[at] = Some(value);
    }
    all
}
