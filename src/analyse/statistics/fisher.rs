//! Fisher's exact test of a table of two rows and two columns.

use super::exact_test::{ExactTest, Family, Side};
use super::float::float;
use super::not_computable::NotComputable;
use crate::model::estimate::{Estimate, Level};

/// The p values of Fisher's exact test that two properties are independent.
///
/// The chi-squared test is an approximation that needs about five expected cases in every cell;
/// this one holds for any number, since it counts the tables that have the same margins.
/// `less` is the probability that the top left cell is as small or smaller.
///
/// `table` holds counts of cases by two properties that are known of all of them: `[[both, first
/// only], [second only, neither]]`. A row or column without cases gives p = 1, since only one table
/// is possible. Tied probabilities are recognised to a relative 1e-7, as in R.
///
/// # Errors
///
/// [`NotComputable::NoData`] if all counts are 0, [`NotComputable::TooLarge`] if more than
/// 100,000 tables are possible.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::fisher;
/// let test = fisher::test([[2, 15], [10, 3]]).unwrap();
/// assert_eq!(format!("{:.7}", test.two_sided), "0.0005367"); // R: fisher.test
/// assert_eq!(format!("{:.7}", test.less), "0.0004652"); // alternative = "less"
/// ```
///
/// # References
///
/// Fisher, R. A. (1935). The logic of inductive inference. *Journal of the Royal Statistical
/// Society* 98(1), 39–82.
pub fn test(table: [[u64; 2]; 2]) -> Result<ExactTest, NotComputable> {
    Ok(family(table)?.0.test(0.0))
}

/// The odds ratio of a table of two rows and two columns, with its exact interval.
///
/// It is the conditional maximum likelihood estimate, which belongs to the same distribution as the
/// test, and lies nearer to 1 than the cross product `ad / bc`. The two-sided interval is
/// central: it belongs to [`ExactTest::central`], not to [`ExactTest::two_sided`]. It is solved to
/// the last digits, where R's has relative errors of up to 1 percent.
///
/// `table` as for [`test()`]. A cell of 0 gives an estimate of 0 or infinity, with one finite limit.
/// `level` is that of the interval as a whole, whether it has one side or two.
///
/// # Errors
///
/// Those of [`test()`], and [`NotComputable::OneCategory`] if a row or column has no cases: no odds
/// ratio is then more likely than another.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::{exact_test::Side, fisher};
/// use bitim::model::estimate::Level;
/// let tea = [[3, 1], [1, 3]];
/// let both = fisher::odds_ratio(tea, Level::P95, Side::Both).unwrap();
/// assert_eq!(both.to_string(), "6.408 [0.212, 626.244]"); // SciPy: odds_ratio(table)
/// let lower = fisher::odds_ratio(tea, Level::P95, Side::Lower).unwrap();
/// assert_eq!(lower.to_string(), "6.408 [0.314, inf]");
/// ```
///
/// # References
///
/// Cornfield, J. (1956). A statistical problem arising from retrospective studies. *Proceedings of
/// the Third Berkeley Symposium on Mathematical Statistics and Probability* 4, 135–148.
///
/// Fay, M. P. (2010). Confidence intervals that match Fisher's exact or Blaker's exact tests.
/// *Biostatistics* 11(2), 373–374.
pub fn odds_ratio(
    table: [[u64; 2]; 2],
    level: Level,
    side: Side,
) -> Result<Estimate, NotComputable> {
    let (family, n) = family(table)?;
    let [top, bottom] = table;
    let [left, right] = [[top[0], bottom[0]], [top[1], bottom[1]]];
    if [top, bottom, left, right].contains(&[0, 0]) {
        return Err(NotComputable::OneCategory);
    }
    let value = family.likeliest().exp();
    Ok(family.ratio(value, 0.0, (level, side), n))
}

/// The distribution of the top left cell given the margins, and the number of cases.
fn family(table: [[u64; 2]; 2]) -> Result<(Family, u64), NotComputable> {
    let counts = table.as_flattened().iter();
    let n = counts
        .copied()
        .try_fold(0_u64, u64::checked_add)
        .ok_or(NotComputable::TooLarge)?;
    if n == 0 {
        return Err(NotComputable::NoData);
    }
    let [top, bottom] = table;
    let below = top[0].min(bottom[1]);
    let above = top[1].min(bottom[0]);
    // The table with the smallest top left cell: from there, every step moves one case of each row.
    let growing = [top[0] - below, bottom[1] - below];
    let shrinking = [top[1] + below, bottom[0] + below];
    let ln_step = |step: u64| {
        let after: f64 = growing.map(|cell| float(cell + step + 1).ln()).iter().sum();
        let before: f64 = shrinking.map(|cell| float(cell - step).ln()).iter().sum();
        before - after
    };
    Ok((Family::new(below + above, below, ln_step)?, n))
}
