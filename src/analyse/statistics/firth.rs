//! What goes with an outcome that few cases have, or that one variable settles?

use super::firth_likelihood::{Data, Fit};
use super::firth_profile::Profile;
use super::not_computable::NotComputable;
use super::tails::{critical, two_sided};
use crate::model::estimate::Level;

pub use super::firth_likelihood::Row;

/// A coefficient of a logistic regression, on the scale of log odds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coefficient {
    /// The penalised maximum likelihood estimate.
    pub estimate: f64,
    /// The standard error from the information at the estimate; the interval does not rest on it.
    pub standard_error: f64,
    /// The limits by the profile of the penalised likelihood: beyond them it is too low everywhere.
    pub interval: (f64, f64),
    /// The penalised likelihood-ratio statistic against 0, with one degree of freedom.
    pub statistic: f64,
    /// Its p value; below 1 - `level` where the interval excludes 0, and within it only where the
    /// profile falls and rises again.
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
/// With few cases that likelihood may have several maxima, and its profile may fall and rise again: the
/// estimate is the highest maximum, and a limit the outermost value that is not too unlikely. A search
/// that follows one maximum stops at the first, and gives intervals that are too short.
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
/// [`NotComputable::NotConverged`] if the iteration ends without a solution, [`NotComputable::TooLarge`]
/// for more distinct rows than half a minute's work, 50,000 with one variable.
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
    let mut best = data.maximise(&vec![0.0; data.variables()], None)?;
    let mut coefficients = Vec::new();
    while coefficients.len() < data.variables() {
        match coefficient(&data, &best, coefficients.len(), level)? {
            Found::Coefficient(coefficient) => coefficients.push(coefficient),
            Found::Higher(fit) => {
                best = data.maximise(&fit.coefficients, None)?;
                coefficients.clear();
            }
        }
    }
    Ok(Logistic {
        coefficients,
        log_likelihood: best.log_likelihood,
        n: rows.iter().map(|row| u64::from(row.count)).sum(),
        level,
    })
}

/// What comes of following a coefficient.
enum Found {
    Coefficient(Coefficient),
    /// The likelihood has a maximum elsewhere that is higher.
    Higher(Fit),
}

fn coefficient(data: &Data, best: &Fit, at: usize, level: Level) -> Result<Found, NotComputable> {
    let standard_error = data.standard_error(best, at)?;
    let profile = Profile::of(data, best, at)?;
    let z = critical(level);
    let mut limits = [0.0; 2];
    for (limit, side) in limits.iter_mut().zip([-1.0, 1.0]) {
        match profile.walk(side * z * standard_error, z * z) {
            Ok(walk) => *limit = profile.limit(&walk, z * z)?,
            Err(higher) => return Ok(Found::Higher(higher)),
        }
    }
    let statistic = profile.fall(&profile.at(0.0, &[])?).max(0.0);
    Ok(Found::Coefficient(Coefficient {
        estimate: best.coefficients[at],
        standard_error,
        interval: (limits[0], limits[1]),
        statistic,
        p: two_sided(statistic.sqrt()),
    }))
}
