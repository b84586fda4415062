//! What goes with an outcome that few cases have, or that one variable settles?

use super::firth_likelihood::{Data, Fit};
use super::not_computable::NotComputable;
use super::tails::{critical, two_sided};
use crate::model::estimate::Level;

/// Cases with the same values.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The explanatory variables, without the constant.
    pub values: Vec<f64>,
    /// Whether the cases have the outcome.
    pub outcome: bool,
    /// How many cases there are; 1 if each has its own row.
    pub count: u32,
}

/// A coefficient of a logistic regression, on the scale of log odds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coefficient {
    /// The penalised maximum likelihood estimate.
    pub estimate: f64,
    /// The standard error from the information at the estimate; the interval does not rest on it.
    pub standard_error: f64,
    /// The limits by the profile of the penalised likelihood.
    pub interval: (f64, f64),
    /// The penalised likelihood-ratio statistic against 0, with one degree of freedom.
    pub statistic: f64,
    /// Its p value; below 1 - `level` exactly where the interval excludes 0.
    pub p: f64,
}

/// A logistic regression after Firth.
#[derive(Clone, Debug, PartialEq)]
pub struct Logistic {
    /// The constant, then the variables in the order of the rows.
    pub coefficients: Vec<Coefficient>,
    /// The largest penalised log-likelihood.
    pub log_likelihood: f64,
    /// The number of cases.
    pub n: u64,
    /// The level of the intervals.
    pub level: Level,
}

/// The log odds of an outcome by explanatory variables, after Firth: logistic regression with the
/// likelihood penalised by Jeffreys' prior.
///
/// Plain maximum likelihood is biased away from 0 in small samples and has no finite estimate where a
/// variable separates the outcomes. The penalty removes the first-order bias and always has one.
/// Limits and p come from the profile of the penalised likelihood, which is skewed where it matters;
/// the penalty always belongs to the full model, as in `logistf` 1.26, so that interval and p agree.
///
/// `rows` hold the outcome and the variables in any unit, yes and no as 1 and 0; a constant is added.
/// Leave out cases that lack a value. Rows of equal values can be given once with their `count`.
/// An outcome that all or none have is no error: the penalty bounds the estimates even then. `level`
/// is two-sided.
///
/// # Errors
///
/// [`NotComputable::NoData`] without a case, [`NotComputable::Invalid`] if the rows differ in length
/// or a value is not finite, [`NotComputable::Collinear`] if a variable is constant or a combination
/// of others (always so with more variables than distinct rows),
/// [`NotComputable::NotConverged`] if the iteration ends without a solution.
///
/// # Examples
///
/// ```
/// use bitim::{analyse::statistics::firth::{Row, logistic}, model::estimate::Level};
/// let row = |x, outcome| Row { values: vec![x], outcome, count: 5 };
/// let model = logistic(&[row(0.0, false), row(1.0, true)], Level::P95).unwrap();
/// // Five of five against none of five: as if each cell had one half more, 2 ln(5.5 / 0.5).
/// // R: logistf(y ~ x) has 4.7958, limits 1.5209 and 10.6064, p = 0.0018
/// let x = model.coefficients[1];
/// assert!((x.estimate - 2.0 * 11.0_f64.ln()).abs() < 1e-8);
/// assert_eq!(format!("{:.4} {:.4} {:.4}", x.interval.0, x.interval.1, x.p), "1.5209 10.6064 0.0018");
/// ```
///
/// # References
///
/// Firth, D. (1993). Bias reduction of maximum likelihood estimates. *Biometrika* 80(1), 27–38.
/// Heinze, G. & Schemper, M. (2002). A solution to the problem of separation in logistic regression.
/// *Statistics in Medicine* 21(16), 2409–2419.
pub fn logistic(rows: &[Row], level: Level) -> Result<Logistic, NotComputable> {
    let data = Data::of(rows)?;
    let best = data.maximise(&vec![0.0; data.variables()], None)?;
    let errors = data.standard_errors(&best)?;
    let coefficients = errors
        .into_iter()
        .enumerate()
        .map(|(at, error)| coefficient(&data, &best, at, error, level))
        .collect::<Result<_, _>>()?;
    Ok(Logistic {
        coefficients,
        log_likelihood: best.log_likelihood,
        n: rows.iter().map(|row| u64::from(row.count)).sum(),
        level,
    })
}

fn coefficient(
    data: &Data,
    best: &Fit,
    at: usize,
    standard_error: f64,
    level: Level,
) -> Result<Coefficient, NotComputable> {
    let z = critical(level);
    let low = limit(data, best, at, -z * standard_error, z * z)?;
    let high = limit(data, best, at, z * standard_error, z * z)?;
    let mut start = best.coefficients.clone();
    start[at] = 0.0;
    let null = data.maximise(&start, Some(at))?;
    let statistic = 2.0 * (best.log_likelihood - null.log_likelihood).max(0.0);
    Ok(Coefficient {
        estimate: best.coefficients[at],
        standard_error,
        interval: (low, high),
        statistic,
        p: two_sided(statistic.sqrt()),
    })
}

/// The most steps away from the estimate, each twice as long, and the most halvings of the last.
const STEPS: usize = 100;

/// Where twice the profile falls by `drop` below its maximum, in the direction of `step`.
fn limit(data: &Data, best: &Fit, at: usize, step: f64, drop: f64) -> Result<f64, NotComputable> {
    let mut near = best.clone();
    let mut near_excess = -drop;
    let mut length = step;
    // The excess of the fall over `drop` where the coefficient has that value.
    let profile = |from: &Fit, value: f64| {
        let mut start = from.coefficients.clone();
        start[at] = value;
        let fit = data.maximise(&start, Some(at))?;
        let excess = 2.0 * (best.log_likelihood - fit.log_likelihood) - drop;
        Ok::<_, NotComputable>((fit, excess))
    };
    let mut far = None;
    for _ in 0..STEPS {
        let (fit, excess) = profile(&near, near.coefficients[at] + length)?;
        if excess >= 0.0 {
            far = Some((fit.coefficients[at], excess));
            break;
        }
        (near, near_excess) = (fit, excess);
        length *= 2.0;
    }
    let (mut far, mut far_excess) = far.ok_or(NotComputable::NotConverged)?;
    for round in 0..STEPS {
        let low = near.coefficients[at];
        let gap = far - low;
        if gap.abs() <= 1e-10 * far.abs().max(1e-3) {
            break;
        }
        // The secant converges fast; every third step halves, in case it creeps along one end.
        let share = if round % 3 == 2 {
            0.5
        } else {
            (-near_excess / (far_excess - near_excess)).clamp(1e-3, 1.0 - 1e-3)
        };
        let value = low + share * gap;
        let (fit, excess) = profile(&near, value)?;
        if excess.abs() <= 1e-11 * drop {
            return Ok(value);
        }
        if excess >= 0.0 {
            (far, far_excess) = (value, excess);
        } else {
            (near, near_excess) = (fit, excess);
        }
    }
    Ok(f64::midpoint(near.coefficients[at], far))
}
