//! Does a quantity rise or fall over time? Ranks only, without a line or a distribution to believe in.

use super::float::{finite, float, median};
use super::kendall_s::{EXACT_UP_TO, concordance, pairs, tied, without_ties};
use super::not_computable::NotComputable;
use super::tails::{Approximation, Tails, critical, two_sided};
use crate::model::estimate::Level;

/// The Mann-Kendall statistic and its tests.
#[derive(Clone, Debug, PartialEq)]
pub struct MannKendall {
    /// The number of observations.
    pub n: usize,
    /// The pairs in which the later value is larger, less those in which it is smaller.
    pub s: i64,
    /// The variance of `s` without a trend, corrected for ties.
    pub variance: f64,
    /// `s`, one nearer to 0 for continuity, in standard deviations, with its two-sided p.
    pub normal: Result<Approximation, NotComputable>,
    /// The share of all orders with an `s` at least as far from 0.
    pub exact: Result<f64, NotComputable>,
}

/// Tests whether values rise or fall over time by Mann and Kendall's count of ordered pairs.
///
/// A regression slope would assume a straight line and normal errors; yearly counts of cases follow
/// neither. Prefer `exact` where it is given.
///
/// `values` are in order of time, one for each time; leave missing ones out. Ties are corrected for
/// in the variance, and rule out the exact p, as do more than 60 values. The continuity correction
/// means that `s` of 1 or -1 has z = 0 and p = 1. Values that depend on their predecessors make the
/// p value too small.
///
/// # Errors
///
/// [`NotComputable::NoData`] without a value, [`NotComputable::Invalid`] if one is not finite. Within
/// the result, [`NotComputable::TooFew`] for one value, [`NotComputable::NoVariation`] if all are
/// equal, [`NotComputable::Ties`] and [`NotComputable::TooLarge`] for the exact p.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::trend::mann_kendall;
/// let test = mann_kendall(&[3.0, 1.0, 4.0, 1.5, 5.0, 9.0, 2.6, 6.0]).unwrap();
/// assert_eq!(test.s, 12);
/// // R: cor.test(1:8, x, method = "kendall") has p-value 0.1789; pymannkendall 0.17355
/// assert_eq!(format!("{:.4} {:.5}", test.exact.unwrap(), test.normal.unwrap().p), "0.1789 0.17355");
/// ```
///
/// # References
///
/// Mann, H. B. (1945). Nonparametric tests against trend. *Econometrica* 13(3), 245–259.
/// Kendall, M. G. (1975). *Rank correlation methods* (4th ed.). London: Griffin.
pub fn mann_kendall(values: &[f64]) -> Result<MannKendall, NotComputable> {
    finite(values)?;
    if values.is_empty() {
        return Err(NotComputable::NoData);
    }
    let n = values.len();
    let in_time: Vec<(f64, f64)> = (0..n).map(float).zip(values.iter().copied()).collect();
    let (rising, falling) = concordance(&in_time);
    let s = rising.cast_signed() - falling.cast_signed();
    let ties = tied(values);
    let variance = (spread(n) - ties.iter().copied().map(spread).sum::<f64>()) / 18.0;
    let undefined = if n == 1 {
        Some(NotComputable::TooFew)
    } else if ties.len() == 1 {
        Some(NotComputable::NoVariation)
    } else {
        None
    };
    let normal = undefined.map_or_else(
        || {
            let z = float(s - s.signum()) / variance.sqrt();
            Ok(Approximation { z, p: two_sided(z) })
        },
        Err,
    );
    let exact = match undefined {
        Some(reason) => Err(reason),
        None if ties.len() < n => Err(NotComputable::Ties),
        None if n > EXACT_UP_TO => Err(NotComputable::TooLarge),
        None => Ok(Tails::exact(&without_ties(n), s, (0, 1)).two_sided),
    };
    Ok(MannKendall {
        n,
        s,
        variance,
        normal,
        exact,
    })
}

/// The most pairs whose slopes are put in order: those of three thousand values.
const SLOPES: usize = 4_500_000;

/// A line through the medians.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SenLine {
    /// The change of the value in one unit of time.
    pub slope: f64,
    /// The value at time 0, by Conover: the line passes through the medians of times and values.
    pub intercept: f64,
    /// The limits of the slope; infinite where the values are too few to bound it.
    pub interval: (f64, f64),
}

/// The median of the slopes between all pairs of values, by Theil and Sen.
///
/// Least squares would follow a single outlying year. This one resists up to 29 percent of them.
///
/// Each pair is a time and a value, in any order and with any gaps; leave missing values out. Pairs of
/// equal times have no slope and are left out; equal values have slope 0.
///
/// The interval at the two-sided `level` inverts the Mann-Kendall test by the normal approximation. Ties
/// of times and of values are each taken from the variance, as in `SciPy`; the terms for both at once are
/// left out. Its ends are slopes, of ranks rounded outwards, and infinite where the ranks run out; `SciPy`
/// rounds to the nearest rank and ends with the extreme slopes. If all of three or more values are equal,
/// the interval has no width.
///
/// # Errors
///
/// [`NotComputable::NoData`] without a pair, [`NotComputable::TooFew`] if all times are the same,
/// [`NotComputable::Invalid`] if a number is not finite or a slope is too large for one,
/// [`NotComputable::TooLarge`] for more than three thousand values.
///
/// # Examples
///
/// ```
/// use bitim::{analyse::statistics::trend::sen_slope, model::estimate::Level};
/// let line = sen_slope(&[(1.0, 4.0), (1.0, 6.0), (2.0, 5.0), (3.0, 9.0)], Level::P95).unwrap();
/// assert_eq!((line.slope, line.intercept), (1.5, 3.25));   // SciPy: theilslopes(values, times)
/// ```
///
/// # References
///
/// Sen, P. K. (1968). Estimates of the regression coefficient based on Kendall's tau. *Journal of
/// the American Statistical Association* 63(324), 1379–1389.
pub fn sen_slope(points: &[(f64, f64)], level: Level) -> Result<SenLine, NotComputable> {
    let (mut times, mut values): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
    finite(&times)?;
    finite(&values)?;
    if pairs(points.len()) > SLOPES {
        return Err(NotComputable::TooLarge);
    }
    let mut slopes = Vec::with_capacity(pairs(points.len()));
    for (at, (time, value)) in points.iter().enumerate() {
        for (earlier, before) in &points[..at] {
            let gap = time - earlier;
            if gap.abs() > 0.0 {
                slopes.push((value - before) / gap);
            }
        }
    }
    finite(&slopes)?;
    let half = half_width(&times, &values, level);
    let (Some(time), Some(value)) = (median(&mut times), median(&mut values)) else {
        return Err(NotComputable::NoData);
    };
    let slope = median(&mut slopes).ok_or(NotComputable::TooFew)?;
    let count = float(slopes.len());
    let rank = ((count - half) / 2.0).floor();
    let at = slopes
        .iter()
        .enumerate()
        .find(|(at, _)| float(at + 1) >= rank);
    let interval = match at {
        Some((at, low)) if rank >= 1.0 => (*low, slopes[slopes.len() - 1 - at]),
        _ => (f64::NEG_INFINITY, f64::INFINITY),
    };
    let intercept = value - slope * time;
    finite(&[intercept])?;
    Ok(SenLine {
        slope,
        intercept,
        interval,
    })
}

/// How far the Mann-Kendall statistic strays from 0 at that level, with ties in both variables.
fn half_width(times: &[f64], values: &[f64], level: Level) -> f64 {
    let all = spread(values.len());
    let tied: f64 = tied(times)
        .into_iter()
        .chain(tied(values))
        .map(spread)
        .sum();
    critical(level) * ((all - tied).max(0.0) / 18.0).sqrt()
}

/// Eighteen times the variance of Kendall's S, or what a group of ties takes from it.
fn spread(size: usize) -> f64 {
    let n = float(size);
    n * (n - 1.0) * (2.0 * n + 5.0)
}
