//! The penalised likelihood of a logistic regression and its maximum, with all coefficients free or
//! with one held fixed.

use super::float::finite;
use super::linear::{Cholesky, Matrix, dot};
use super::not_computable::NotComputable;

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

/// The most steps towards a maximum, and the most halvings of one step.
const STEPS: usize = 500;
const HALVINGS: usize = 40;

/// The longest step of a linear predictor: further away the quadratic approximation says nothing.
const LONGEST: f64 = 5.0;

/// Of so many rows at most a turn is tried, and so many cells of the design at most are visited for
/// them: with more cases the likelihood is nearly a parabola, and the time would be lost.
const MOST_TURNS: usize = 24;
const TURNED: usize = 1000;

/// The most distinct rows, by pairs of variables: half a minute without optimisation.
const LARGEST: usize = 200_000;

/// The change of all coefficients with one, and the turns of some rows.
pub(super) type Directions<'a> = (Vec<f64>, Vec<(&'a [f64], Vec<f64>)>);

/// The observations: rows of the design, their outcome as 0 or 1, and how often they occur.
pub(super) struct Data {
    design: Matrix,
    outcomes: Vec<f64>,
    counts: Vec<f64>,
}

/// Coefficients with their penalised log-likelihood.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    pub(super) coefficients: Vec<f64>,
    pub(super) log_likelihood: f64,
}

/// The state of the likelihood at some coefficients.
struct Point {
    fit: Fit,
    score: Vec<f64>,
    /// How often each row counts in the curvature: once for its cases and, for the penalty, again by
    /// its leverage. Fisher's information alone makes steps up to twice too long, which then swing
    /// about the maximum for ever.
    weights: Vec<f64>,
}

impl Data {
    pub(super) fn of(rows: &[Row]) -> Result<Self, NotComputable> {
        let mut rows: Vec<&Row> = rows.iter().filter(|row| row.count > 0).collect();
        let first = *rows.first().ok_or(NotComputable::NoData)?;
        for row in &rows {
            finite(&row.values)?;
            if row.values.len() != first.values.len() {
                return Err(NotComputable::Invalid("the rows differ in length"));
            }
        }
        let order = |one: &Row, other: &Row| {
            let values = one.values.iter().zip(&other.values);
            let mut orders = values.map(|(one, other)| one.total_cmp(other));
            orders
                .find(|order| order.is_ne())
                .unwrap_or(one.outcome.cmp(&other.outcome))
        };
        rows.sort_by(|one, other| order(one, other));
        let alike: Vec<&[&Row]> = rows
            .chunk_by(|one, other| order(one, other).is_eq())
            .collect();
        let variables = first.values.len() + 1;
        if alike.len().saturating_mul(variables * variables) > LARGEST {
            return Err(NotComputable::TooLarge);
        }
        Ok(Self {
            design: alike
                .iter()
                .map(|rows| [&[1.0], rows[0].values.as_slice()].concat())
                .collect(),
            outcomes: alike
                .iter()
                .map(|rows| f64::from(u8::from(rows[0].outcome)))
                .collect(),
            counts: alike
                .iter()
                .map(|rows| rows.iter().map(|row| f64::from(row.count)).sum())
                .collect(),
        })
    }

    /// The number of coefficients, the constant among them.
    pub(super) fn variables(&self) -> usize {
        self.design.first().map_or(0, Vec::len)
    }

    /// The square root of the coefficient's place on the diagonal of the inverse information.
    pub(super) fn standard_error(&self, fit: &Fit, at: usize) -> Result<f64, NotComputable> {
        let weights = self.information(fit);
        let factor = Cholesky::of_design(&self.design, &weights).ok_or(NotComputable::Collinear)?;
        let mut unit = vec![0.0; self.variables()];
        unit[at] = 1.0;
        Ok(factor.inverse_form(&unit).sqrt())
    }

    /// How often each row counts in the information at these coefficients.
    fn information(&self, fit: &Fit) -> Vec<f64> {
        let predictors = self.predictors(&fit.coefficients).into_iter();
        let weights = predictors.zip(&self.counts);
        weights
            .map(|(predictor, count)| count * spread(predictor))
            .collect()
    }

    /// How the other coefficients go along when one moves; and, with that one held, how they change at
    /// the least cost in information when the linear predictor of a row moves by 1, for some rows.
    pub(super) fn directions(
        &self,
        fit: &Fit,
        held: usize,
    ) -> Result<Directions<'_>, NotComputable> {
        let weights = self.information(fit);
        let free: Vec<usize> = (0..self.variables()).filter(|at| *at != held).collect();
        let part = |row: &[f64]| -> Vec<f64> { free.iter().map(|at| row[*at]).collect() };
        let design: Matrix = self.design.iter().map(|row| part(row)).collect();
        let whole = |held_by: f64, changes: Vec<f64>| {
            let mut whole = vec![0.0; self.variables()];
            whole[held] = held_by;
            for (at, change) in free.iter().zip(changes) {
                whole[*at] = change;
            }
            whole
        };
        if free.is_empty() {
            return Ok((whole(1.0, Vec::new()), Vec::new()));
        }
        let factor = Cholesky::of_design(&design, &weights).ok_or(NotComputable::Collinear)?;
        let mut pull = vec![0.0; free.len()];
        for ((row, part), weight) in self.design.iter().zip(&design).zip(&weights) {
            for (sum, value) in pull.iter_mut().zip(part) {
                *sum -= weight * row[held] * value;
            }
        }
        let mut distinct: Vec<&Vec<f64>> = self.design.iter().collect();
        distinct.dedup();
        let most = TURNED / distinct.len() / self.variables();
        let most = most.min(MOST_TURNS).min(distinct.len());
        let turns = (0..most).filter_map(|turn| {
            let row = distinct[turn * distinct.len() / most];
            let part = part(row);
            let size = factor.inverse_form(&part);
            let change = factor.solve(&part).into_iter().map(|change| change / size);
            (size > 0.0).then(|| (row.as_slice(), whole(0.0, change.collect())))
        });
        Ok((whole(1.0, factor.solve(&pull)), turns.collect()))
    }

    /// The maximum by scoring from `start`, with the coefficient `fixed` held.
    pub(super) fn maximise(
        &self,
        start: &[f64],
        fixed: Option<usize>,
    ) -> Result<Fit, NotComputable> {
        let mut point = self.point(start).ok_or(NotComputable::Collinear)?;
        let free: Vec<usize> = (0..start.len()).filter(|at| Some(*at) != fixed).collect();
        for _ in 0..STEPS {
            let step = self.step(&point, &free)?;
            // What the step promises to add; below the rounding error of the likelihood we are there.
            let promised = dot(&step, &point.score);
            if promised <= 1e-18 * (1.0 + point.fit.log_likelihood.abs()) {
                return Ok(point.fit);
            }
            match self.advance(&point, &step, promised) {
                Some(next) => point = next,
                None if promised <= 1e-9 => return Ok(point.fit),
                None => return Err(NotComputable::NotConverged),
            }
        }
        Err(NotComputable::NotConverged)
    }

    /// The scoring step of the free coefficients, cut where it moves a linear predictor too far.
    fn step(&self, point: &Point, free: &[usize]) -> Result<Vec<f64>, NotComputable> {
        let part = |row: &[f64]| free.iter().map(|at| row[*at]).collect();
        let design: Matrix = self.design.iter().map(|row| part(row)).collect();
        let score: Vec<f64> = part(&point.score);
        let factor =
            Cholesky::of_design(&design, &point.weights).ok_or(NotComputable::NotConverged)?;
        let mut step = vec![0.0; point.score.len()];
        for (at, change) in free.iter().zip(factor.solve(&score)) {
            step[*at] = change;
        }
        let moved = self
            .predictors(&step)
            .into_iter()
            .map(f64::abs)
            .fold(0.0, f64::max);
        if moved > LONGEST {
            for change in &mut step {
                *change *= LONGEST / moved;
            }
        }
        Ok(step)
    }

    /// The point after the step, or after the longest half of it that does not lose likelihood;
    /// `None` if that of all does, which is so only within rounding error of the maximum.
    fn advance(&self, point: &Point, step: &[f64], promised: f64) -> Option<Point> {
        let mut length = 1.0;
        for _ in 0..HALVINGS {
            let moved: Vec<f64> = point
                .fit
                .coefficients
                .iter()
                .zip(step)
                .map(|(coefficient, step)| coefficient + length * step)
                .collect();
            let slack = 1e-13 * (1.0 + point.fit.log_likelihood.abs());
            let least = point.fit.log_likelihood - if promised < slack { slack } else { 0.0 };
            let next = self.point(&moved);
            if let Some(next) = next.filter(|next| next.fit.log_likelihood >= least) {
                return Some(next);
            }
            length /= 2.0;
        }
        None
    }

    fn predictors(&self, coefficients: &[f64]) -> Vec<f64> {
        self.design
            .iter()
            .map(|row| dot(row, coefficients))
            .collect()
    }

    /// The likelihood, Firth's modified score and the information at these coefficients; `None` where
    /// the information is singular.
    fn point(&self, coefficients: &[f64]) -> Option<Point> {
        let predictors = self.predictors(coefficients);
        let spreads: Vec<f64> = predictors.iter().copied().map(spread).collect();
        let mut weights: Vec<f64> = self
            .counts
            .iter()
            .zip(&spreads)
            .map(|(count, spread)| count * spread)
            .collect();
        let factor = Cholesky::of_design(&self.design, &weights)?;
        let mut log_likelihood = factor.ln_determinant() / 2.0;
        let mut score = vec![0.0; coefficients.len()];
        for (at, row) in self.design.iter().enumerate() {
            let (predictor, outcome) = (predictors[at], self.outcomes[at]);
            let towards = if outcome > 0.5 { predictor } else { -predictor };
            log_likelihood -= self.counts[at] * ln_one_plus_exp(-towards);
            let share = share(predictor);
            let leverage = spreads[at] * factor.inverse_form(row);
            weights[at] *= 1.0 + leverage;
            let residual = self.counts[at] * (outcome - share + leverage * (0.5 - share));
            for (sum, value) in score.iter_mut().zip(row) {
                *sum += residual * value;
            }
        }
        log_likelihood.is_finite().then(|| Point {
            fit: Fit {
                coefficients: coefficients.to_vec(),
                log_likelihood,
            },
            score,
            weights,
        })
    }
}

/// The probability at a linear predictor.
fn share(predictor: f64) -> f64 {
    1.0 / (1.0 + (-predictor).exp())
}

/// The variance of the outcome at a linear predictor, without cancellation where it is small.
fn spread(predictor: f64) -> f64 {
    let odds = (-predictor.abs()).exp();
    odds / ((1.0 + odds) * (1.0 + odds))
}

/// ln(1 + exp(x)) without overflow.
fn ln_one_plus_exp(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}
