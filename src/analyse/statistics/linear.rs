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

    /// The solution for a right-hand side.
    pub(super) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let lower = &self.0;
        let mut solution = right.to_vec();
        for row in 0..solution.len() {
            let known: f64 = (0..row).map(|at| lower[row][at] * solution[at]).sum();
            solution[row] = (solution[row] - known) / lower[row][row];
        }
        for row in (0..solution.len()).rev() {
            let known: f64 = (row + 1..solution.len())
                .map(|at| lower[at][row] * solution[at])
                .sum();
            solution[row] = (solution[row] - known) / lower[row][row];
        }
        solution
    }

    /// The product of `vector`, the inverse of the matrix, and `vector` again.
    pub(super) fn inverse_form(&self, vector: &[f64]) -> f64 {
        self.solve(vector)
            .iter()
            .zip(vector)
            .map(|(a, b)| a * b)
            .sum()
    }

    /// The logarithm of the determinant.
    pub(super) fn ln_determinant(&self) -> f64 {
        (0..self.0.len()).map(|at| 2.0 * self.0[at][at].ln()).sum()
    }
}
