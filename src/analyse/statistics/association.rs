//! How strongly two coded properties go together.

use super::contingency::Contingency;
use super::float::float;
use super::not_computable::NotComputable;
use super::tails::critical;
use crate::model::estimate::{Estimate, Level};

/// Cramér's V: how strongly two properties without an order are associated, from 0 to 1.
///
/// It makes chi-squared comparable between tables of different size, which a p value is not. It is
/// the plain coefficient, without correction for bias: in small samples it lies above 0 even for
/// independent properties, so print it with the n and an exact p
/// ([`freeman_halton`](super::freeman_halton)). For ordered categories use [`gamma`].
///
/// `table` holds counts of cases, one row per category of the first property, known for both. Empty
/// rows and columns are left out. For two by two it is the absolute value of phi.
///
/// # Errors
///
/// [`NotComputable::NoData`] if all counts are 0, [`NotComputable::OneCategory`] if fewer than two
/// rows or columns have cases, [`NotComputable::Invalid`] if the rows differ in length,
/// [`NotComputable::TooLarge`] above 4 billion cases.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::association::cramers_v;
/// let table = [[3, 1, 0], [0, 2, 4]];
/// assert_eq!(format!("{:.4}", cramers_v(&table).unwrap()), "0.8498"); // R: vcd::assocstats
/// ```
///
/// # References
///
/// Cramér, H. (1946). *Mathematical Methods of Statistics*. Princeton University Press, section 21.9.
pub fn cramers_v<R: AsRef<[u64]>>(table: &[R]) -> Result<f64, NotComputable> {
    let table = Contingency::new(table)?;
    let n = float(table.n);
    let mut squared = 0.0;
    for (cells, row) in table.cells.iter().zip(&table.rows) {
        for (cell, column) in cells.iter().zip(&table.columns) {
            let expected = float(*row) / n * float(*column);
            let deviation = float(*cell) - expected;
            squared += deviation * deviation / (expected * n);
        }
    }
    let dimension = table.rows.len().min(table.columns.len()) - 1;
    Ok((squared / float(dimension)).sqrt().min(1.0))
}

/// How strongly two ordered properties are associated, by pairs of cases.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gamma {
    /// The pairs of cases of which one is higher in both properties.
    pub concordant: u64,
    /// The pairs of which one case is higher in one property and lower in the other.
    pub discordant: u64,
    /// The asymptotic standard error, not assuming that gamma is 0.
    pub standard_error: f64,
    /// The share of concordant minus that of discordant pairs, with the interval of the standard
    /// error, cut off at -1 and 1.
    pub estimate: Estimate,
}

/// Goodman and Kruskal's gamma: how strongly two ordered properties are associated, from -1 to 1.
///
/// Categories have an order but no distances, so a correlation of their codes has no meaning; gamma
/// counts pairs of cases instead. Pairs that are tied in either property do not count, hence
/// it is larger than Kendall's tau-b where categories are few.
///
/// `table` as for [`cramers_v`], rows and columns in their order, cases that are missing in either
/// property left out. The interval is asymptotic, and has no width where all pairs agree: say
/// so, and give an exact p, when it rests on few cases.
///
/// # Errors
///
/// Those of [`cramers_v`], and [`NotComputable::NoVariation`] if every pair is tied.
///
/// # Examples
///
/// ```
/// use bitim::{analyse::statistics::association::gamma, model::estimate::Level};
/// let pain = [[26, 26, 23, 18, 9], [6, 7, 9, 14, 23]];
/// let gamma = gamma(&pain, Level::P95).unwrap();
/// assert_eq!((gamma.concordant, gamma.discordant), (3839, 1175));
/// assert_eq!(format!("{:.4}", gamma.estimate.value), "0.5313"); // SAS: PROC FREQ with MEASURES
/// assert_eq!(format!("{:.4}", gamma.standard_error), "0.0935");
/// ```
///
/// # References
///
/// Goodman, L. A., & Kruskal, W. H. (1954). Measures of association for cross classifications.
/// *Journal of the American Statistical Association* 49(268), 732–764.
///
/// Brown, M. B., & Benedetti, J. K. (1977). Sampling behavior of tests for correlation in two-way
/// contingency tables. *Journal of the American Statistical Association* 72(358), 309–315.
pub fn gamma<R: AsRef<[u64]>>(table: &[R], level: Level) -> Result<Gamma, NotComputable> {
    let table = Contingency::new(table)?;
    let mut agreeing = Vec::new();
    let (mut concordant, mut discordant) = (0, 0);
    for (i, cells) in table.cells.iter().enumerate() {
        for (j, cell) in cells.iter().enumerate() {
            let (mut with, mut against) = (0, 0);
            for (k, others) in table.cells.iter().enumerate() {
                if k == i {
                    continue;
                }
                let before: u64 = others[..j].iter().sum();
                let after: u64 = others[j + 1..].iter().sum();
                let (same, other) = if k < i {
                    (before, after)
                } else {
                    (after, before)
                };
                with += same;
                against += other;
            }
            concordant += cell * with;
            discordant += cell * against;
            agreeing.push((float(*cell), float(with), float(against)));
        }
    }
    // Every pair was met from both of its cases.
    let (p, q) = (float(concordant / 2), float(discordant / 2));
    let pairs = p + q;
    if pairs == 0.0 {
        return Err(NotComputable::NoVariation);
    }
    let value = (p - q) / pairs;
    let spread: f64 = agreeing
        .iter()
        .map(|(cell, with, against)| cell * (with * (q / pairs) - against * (p / pairs)).powi(2))
        .sum();
    let standard_error = 2.0 * spread.sqrt() / pairs;
    let half = critical(level) * standard_error;
    Ok(Gamma {
        concordant: concordant / 2,
        discordant: discordant / 2,
        standard_error,
        estimate: Estimate {
            value,
            low: (value - half).max(-1.0),
            high: (value + half).min(1.0),
            level,
            n: table.n,
        },
    })
}
