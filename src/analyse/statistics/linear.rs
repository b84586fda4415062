//! Systems of linear equations with a symmetric, positive definite matrix; small and dense.

use super::float::float;

/// A matrix as rows.
pub(super) type Matrix = Vec<Vec<f64>>;

/// The lower triangle whose product with its transpose is the matrix, after Cholesky.
pub(super) struct Cholesky(Matrix);

impl Cholesky {
    /// `None` unless the matrix is positive definite, rounding errors aside: a remainder of less than
    /// 1e-14 of the diagonal per row means that a row is a combination of others.
    pub(super) fn of(matrix: &Matrix) -> Option<Self> {
        let size = matrix.len();
        let mut lower = vec![vec![0.0; size]; size];
        for row in 0..size {
            for column in 0..=row {
                let known: f64 = (0..column)
                    .map(|at| lower[row][at] * lower[column][at])
                    .sum();
                let rest = matrix[row][column] - known;
                if row > column {
                    lower[row][column] = rest / lower[column][column];
                } else if rest > 1e-14 * float(size) * matrix[row][row] && rest.is_finite() {
                    lower[row][row] = rest.sqrt();
                } else {
                    return None;
                }
            }
        }
        Some(Self(lower))
    }

    /// That of the information of a design: the sum over the rows of each with itself, by weight.
    ///
    /// By orthogonal columns, each cleared of the others twice, and not by that sum, which would lose
    /// half of the digits. `None` if a column is a combination of others.
    pub(super) fn of_design(design: &[Vec<f64>], weights: &[f64]) -> Option<Self> {
        let size = design.first().map_or(0, Vec::len);
        let mut lower = vec![vec![0.0; size]; size];
        let mut columns: Matrix = Vec::with_capacity(size);
        for at in 0..size {
            let weighted = design
                .iter()
                .zip(weights)
                .map(|(row, weight)| row[at] * weight.sqrt());
            let mut column: Vec<f64> = weighted.collect();
            let before = dot(&column, &column).sqrt();
            for _ in 0..2 {
                for (other, share) in columns.iter().zip(&mut lower[at]) {
                    let common = dot(other, &column);
                    *share += common;
                    for (value, other) in column.iter_mut().zip(other) {
                        *value -= common * other;
                    }
                }
            }
            let rest = dot(&column, &column).sqrt();
            if !(rest > 1e-13 * before && rest.is_finite()) {
                return None;
            }
            lower[at][at] = rest;
            columns.push(column.into_iter().map(|value| value / rest).collect());
        }
        Some(Self(lower))
    }

    /// The solution for a right-hand side.
    pub(super) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let lower = &self.0;
        let mut solution = self.solve_lower(right);
        for row in (0..solution.len()).rev() {
            let known: f64 = (row + 1..solution.len())
                .map(|at| lower[at][row] * solution[at])
                .sum();
            solution[row] = (solution[row] - known) / lower[row][row];
        }
        solution
    }

    fn solve_lower(&self, right: &[f64]) -> Vec<f64> {
        let lower = &self.0;
        let mut solution = right.to_vec();
        for row in 0..solution.len() {
            let known = dot(&lower[row][..row], &solution[..row]);
            solution[row] = (solution[row] - known) / lower[row][row];
        }
        solution
    }

    /// The product of `vector`, the inverse of the matrix, and `vector` again.
    pub(super) fn inverse_form(&self, vector: &[f64]) -> f64 {
        let half = self.solve_lower(vector);
        dot(&half, &half)
    }

    /// The logarithm of the determinant.
    pub(super) fn ln_determinant(&self) -> f64 {
        (0..self.0.len()).map(|at| 2.0 * self.0[at][at].ln()).sum()
    }
}

/// The sum of products.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
