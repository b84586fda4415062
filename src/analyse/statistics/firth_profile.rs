//! The penalised likelihood of a logistic regression along one coefficient: how high it reaches where
//! that one is held, and from where on it stays too low.
//!
//! With one coefficient held, the others may have several maxima, and which of them is the highest
//! changes along the way; the profile may even fall and rise again. So every value is approached from
//! several sides, and limits are looked for from the far end.

use super::firth_likelihood::{Data, Fit};
use super::linear::dot;
use super::not_computable::NotComputable;

/// The most steps of a walk away from the estimate, and the most halvings of the last one.
const STEPS: usize = 200;

/// The first step of a walk as a share of where a parabola would have its limit, and by how much
/// each is longer than the one before.
const FIRST: f64 = 0.25;
const LONGER: f64 = 1.25;

/// A walk ends where the likelihood has fallen by so many times as much as at a limit: no profile that
/// was seen rises again from as far below.
const FAR: f64 = 3.0;

/// A fit counts as higher than another from here on.
const HIGHER: f64 = 1e-8;

/// One coefficient and the fits at some of its values.
pub(super) struct Profile<'a> {
    data: &'a Data,
    at: usize,
    /// Where the likelihood is highest, with all coefficients free.
    best: &'a Fit,
    /// By how much each coefficient changes with this one, near `best`.
    tangent: Vec<f64>,
    /// For some rows of the design: the cheapest change of the other coefficients that moves the linear
    /// predictor of the row by 1.
    turns: Vec<(&'a [f64], Vec<f64>)>,
}

impl<'a> Profile<'a> {
    pub(super) fn of(data: &'a Data, best: &'a Fit, at: usize) -> Result<Self, NotComputable> {
        let (tangent, turns) = data.directions(best, at)?;
        Ok(Self {
            data,
            at,
            best,
            tangent,
            turns,
        })
    }

    /// The highest fit with this value of the coefficient, sought from the fits that are near and from
    /// where the predicted share of one row is one half: between such points lie the maxima that
    /// outlast when all other rows are beyond doubt.
    pub(super) fn at(&self, value: f64, near: &[&Fit]) -> Result<Fit, NotComputable> {
        let moved = |from: &Fit| -> Vec<f64> {
            let step = value - from.coefficients[self.at];
            let moves = from.coefficients.iter().zip(&self.tangent);
            let mut moved: Vec<f64> = moves.map(|(from, change)| from + step * change).collect();
            moved[self.at] = value;
            moved
        };
        let straight = moved(self.best);
        let mut starts: Vec<Vec<f64>> = near.iter().map(|fit| moved(fit)).collect();
        for (row, turn) in &self.turns {
            let predictor = dot(row, &straight);
            let turned = straight.iter().zip(turn);
            starts.push(turned.map(|(from, turn)| from - predictor * turn).collect());
        }
        starts.push(straight);
        starts
            .iter()
            .filter_map(|start| self.data.maximise(start, Some(self.at)).ok())
            .reduce(|one, other| {
                if other.log_likelihood > one.log_likelihood {
                    other
                } else {
                    one
                }
            })
            .ok_or(NotComputable::NotConverged)
    }

    /// The fits at values further and further from the estimate, in the direction of `step`, until the
    /// likelihood is far below the limit.
    ///
    /// # Errors
    ///
    /// The fit that is higher than the estimate, if there is one.
    pub(super) fn walk(&self, step: f64, drop: f64) -> Result<Vec<Fit>, Fit> {
        let mut fits = vec![self.best.clone()];
        let mut length = FIRST * step;
        for _ in 0..STEPS {
            let last = &fits[fits.len() - 1];
            let Ok(fit) = self.at(last.coefficients[self.at] + length, &[last]) else {
                break;
            };
            if fit.log_likelihood > self.best.log_likelihood + HIGHER {
                return Err(fit);
            }
            let is_far = self.fall(&fit) > FAR * drop;
            fits.push(fit);
            if is_far {
                break;
            }
            length *= LONGER;
        }
        Ok(fits)
    }

    /// The value from which on twice the profile is by `drop` or more below its maximum, among the fits
    /// of a walk: where it falls so far for the last time.
    pub(super) fn limit(&self, walk: &[Fit], drop: f64) -> Result<f64, NotComputable> {
        let excess = |fit: &Fit| self.fall(fit) - drop;
        let last = walk.iter().rposition(|fit| excess(fit) < 0.0);
        let ends = last.and_then(|last| Some((walk.get(last)?, walk.get(last + 1)?)));
        let (near, far) = ends.ok_or(NotComputable::NotConverged)?;
        let (mut near, mut far) = (near.clone(), far.clone());
        for round in 0..STEPS {
            let (low, high) = (near.coefficients[self.at], far.coefficients[self.at]);
            let gap = high - low;
            let spread = walk[1].coefficients[self.at] - walk[0].coefficients[self.at];
            if gap.abs() <= 1e-9 * spread.abs() {
                break;
            }
            // The secant converges fast; every third step halves, in case it creeps along one end.
            let share = if round % 3 == 2 {
                0.5
            } else {
                (excess(&near) / (excess(&near) - excess(&far))).clamp(1e-3, 1.0 - 1e-3)
            };
            let fit = self.at(low + share * gap, &[&near, &far])?;
            let rest = excess(&fit);
            if rest.abs() <= 1e-11 * drop {
                return Ok(fit.coefficients[self.at]);
            }
            if rest >= 0.0 {
                far = fit;
            } else {
                near = fit;
            }
        }
        Ok(f64::midpoint(
            near.coefficients[self.at],
            far.coefficients[self.at],
        ))
    }

    /// Twice what the likelihood is below its maximum.
    pub(super) fn fall(&self, fit: &Fit) -> f64 {
        2.0 * (self.best.log_likelihood - fit.log_likelihood)
    }
}
