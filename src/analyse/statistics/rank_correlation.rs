//! Do two quantities rise together? By their ranks, so that neither a line nor a unit matters.

use super::float::{finite, float};
use super::kendall_s::{
    EXACT_UP_TO, concordance, concordance_times, pairs, tied, tied_times, with_ties, without_ties,
};
use super::not_computable::NotComputable;
use super::tails::{Approximation, Tails, critical, two_sided};
use crate::model::estimate::{Estimate, Level};

/// The most pairs for which all permutations are looked at, where equal values rule out a formula.
const PERMUTED_UP_TO: usize = 9;

/// Kendall's tau-b and its tests.
#[derive(Clone, Debug, PartialEq)]
pub struct Kendall {
    /// The pairs of cases that both variables put into the same order.
    pub concordant: u64,
    /// The pairs of cases that the variables put into opposite orders.
    pub discordant: u64,
    /// The difference of the two, divided so that equal values can still reach 1.
    pub tau_b: Result<f64, NotComputable>,
    /// The test by the normal approximation: no continuity correction, variance corrected for ties
    /// in both variables.
    pub normal: Result<Approximation, NotComputable>,
    /// The test over all permutations.
    pub exact: Result<Tails, NotComputable>,
}

/// The correlation of two ordinal variables by Kendall's tau-b.
///
/// tau-a cannot reach 1 with ties, which codes of few categories are full of; Goodman and Kruskal's
/// gamma leaves tied pairs out and so says more than the data do.
///
/// Each pair holds the two values of a case, in any unit or as ranks; leave out cases that lack one.
/// The exact p is given for up to 60 cases without ties, and for up to 9 with them.
///
/// # Errors
///
/// [`NotComputable::NoData`] without a case, [`NotComputable::Invalid`] if a value is not finite.
/// Within the result, [`NotComputable::TooFew`] for one case, and for two in the normal test;
/// [`NotComputable::NoVariation`] if a variable is constant; [`NotComputable::TooLarge`] for the
/// exact test.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::rank_correlation::kendall_tau_b;
/// let x = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1];
/// let y = [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8];
/// let cases: Vec<(f64, f64)> = x.into_iter().zip(y).collect();
/// let kendall = kendall_tau_b(&cases).unwrap();
/// // R: cor.test(x, y, method = "kendall") has tau 0.4444444, p-value = 0.1194
/// assert_eq!(format!("{:.7}", kendall.tau_b.unwrap()), "0.4444444");
/// assert_eq!(format!("{:.4}", kendall.exact.unwrap().two_sided), "0.1194");
/// ```
///
/// # References
///
/// Kendall, M. G. (1945). The treatment of ties in ranking problems. *Biometrika* 33(3), 239–251.
pub fn kendall_tau_b(cases: &[(f64, f64)]) -> Result<Kendall, NotComputable> {
    let (x, y) = columns(cases)?;
    let (concordant, discordant) = concordance(cases);
    let (ties_x, ties_y) = (tied(&x), tied(&y));
    let defined = varying(&ties_x, &ties_y);
    let difference = float(concordant) - float(discordant);
    let tau_b = defined.map(|()| divided(difference, &ties_x, &ties_y));
    let normal = defined.and_then(|()| {
        if cases.len() < 3 {
            return Err(NotComputable::TooFew);
        }
        let z = difference / variance(cases.len(), &ties_x, &ties_y).sqrt();
        Ok(Approximation { z, p: two_sided(z) })
    });
    let exact = defined.and_then(|()| {
        let n = cases.len();
        let null = if ties_x.len() == n && ties_y.len() == n && n <= EXACT_UP_TO {
            without_ties(n)
        } else if n <= PERMUTED_UP_TO {
            with_ties(&ties_x, &ties_y)?
        } else {
            return Err(NotComputable::TooLarge);
        };
        let s = concordant.cast_signed() - discordant.cast_signed();
        Ok(Tails::exact(&null, s, (0, 1)))
    });
    Ok(Kendall {
        concordant,
        discordant,
        tau_b,
        normal,
        exact,
    })
}

/// Kendall's tau-b alone, of pairs of values that each stand for several cases.
///
/// Codes of few categories make few different pairs, however many cases there are, so this takes as long
/// with a hundred thousand cases as with a hundred.
///
/// # Errors
///
/// As for [`Kendall::tau_b`] of [`kendall_tau_b`].
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::rank_correlation::{kendall_tau_b, tau_b};
/// let tau = tau_b(&[((1.0, 1.0), 2), ((2.0, 1.0), 1), ((2.0, 3.0), 3)]).unwrap();
/// assert_eq!(format!("{tau:.7}"), "0.7071068"); // R: cor(c(1, 1, 2, 2, 2, 2), c(1, 1, 1, 3, 3, 3), method = "kendall")
/// let cases = [(1.0, 1.0), (1.0, 1.0), (2.0, 1.0), (2.0, 3.0), (2.0, 3.0), (2.0, 3.0)];
/// assert_eq!(kendall_tau_b(&cases).unwrap().tau_b, Ok(tau));
/// ```
///
/// # References
///
/// As for [`kendall_tau_b`].
pub fn tau_b(counts: &[((f64, f64), u64)]) -> Result<f64, NotComputable> {
    let counts: Vec<((f64, f64), u64)> = counts.iter().copied().filter(|(_, n)| *n > 0).collect();
    columns(&counts.iter().map(|(pair, _)| *pair).collect::<Vec<_>>())?;
    let times = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let x = tied_times(counts.iter().map(|((x, _), n)| (*x, times(*n))));
    let y = tied_times(counts.iter().map(|((_, y), n)| (*y, times(*n))));
    varying(&x, &y)?;
    let (concordant, discordant) = concordance_times(counts.into_iter());
    Ok(divided(float(concordant) - float(discordant), &x, &y))
}

/// Concordant less discordant pairs, divided so that equal values can still reach 1.
fn divided(difference: f64, ties_x: &[usize], ties_y: &[usize]) -> f64 {
    let all = pairs(ties_x.iter().sum());
    let untied = |ties: &[usize]| float(all - ties.iter().map(|size| pairs(*size)).sum::<usize>());
    (difference / (untied(ties_x) * untied(ties_y)).sqrt()).clamp(-1.0, 1.0)
}

/// The variance of concordant less discordant pairs where the variables are independent.
fn variance(cases: usize, x: &[usize], y: &[usize]) -> f64 {
    let n = float(cases);
    let sum = |sizes: &[usize], term: fn(f64) -> f64| -> f64 {
        sizes.iter().map(|size| term(float(*size))).sum()
    };
    let first = |n: f64| n * (n - 1.0) * (2.0 * n + 5.0);
    let second = |n: f64| n * (n - 1.0) * (n - 2.0);
    let third = |n: f64| n * (n - 1.0);
    (first(n) - sum(x, first) - sum(y, first)) / 18.0
        + sum(x, third) * sum(y, third) / (2.0 * third(n))
        + sum(x, second) * sum(y, second) / (9.0 * second(n))
}

/// The interval of Kendall's tau by Fisher's transformation.
///
/// The test of [`kendall_tau_b`] says only whether 0 is compatible with the data; a threshold other
/// than 0 needs an interval. The variance is that without ties, so that with many the interval is
/// somewhat too narrow.
///
/// # Errors
///
/// [`NotComputable::TooFew`] for 4 cases or fewer, [`NotComputable::Invalid`] if `tau` does not lie
/// between -1 and 1, [`NotComputable::NoVariation`] if it is one of the two, where nothing is left to
/// vary.
///
/// # Examples
///
/// ```
/// use bitim::{analyse::statistics::rank_correlation::tau_interval, model::estimate::Level};
/// let interval = tau_interval(0.3, 20, Level::P95).unwrap();
/// // R: tanh(atanh(0.3) + qnorm(c(0.025, 0.975)) * sqrt(0.437 / 16))
/// assert_eq!(interval.to_string(), "0.300 [-0.014, 0.560]");
/// ```
///
/// # References
///
/// Fieller, E. C., Hartley, H. O., Pearson, E. S. (1957). Tests for rank correlation coefficients. I.
/// *Biometrika* 44(3/4), 470–481.
pub fn tau_interval(tau: f64, cases: usize, level: Level) -> Result<Estimate, NotComputable> {
    if !(-1.0..=1.0).contains(&tau) {
        return Err(NotComputable::Invalid("tau lies outside -1 and 1"));
    }
    if cases <= 4 {
        return Err(NotComputable::TooFew);
    }
    if tau.abs() >= 1.0 {
        return Err(NotComputable::NoVariation);
    }
    let half = critical(level) * (0.437 / (float(cases) - 4.0)).sqrt();
    Ok(Estimate {
        value: tau,
        low: (tau.atanh() - half).tanh(),
        high: (tau.atanh() + half).tanh(),
        level,
        n: cases as u64,
    })
}

/// The two variables, if there is a case.
fn columns(cases: &[(f64, f64)]) -> Result<(Vec<f64>, Vec<f64>), NotComputable> {
    let (x, y): (Vec<f64>, Vec<f64>) = cases.iter().copied().unzip();
    finite(&x)?;
    finite(&y)?;
    if cases.is_empty() {
        return Err(NotComputable::NoData);
    }
    Ok((x, y))
}

/// Nothing, unless there is one case or a variable is constant.
fn varying(x: &[usize], y: &[usize]) -> Result<(), NotComputable> {
    if x.iter().sum::<usize>() < 2 {
        return Err(NotComputable::TooFew);
    }
    if x.len() < 2 || y.len() < 2 {
        return Err(NotComputable::NoVariation);
    }
    Ok(())
}
