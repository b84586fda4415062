//! The ways to fill a column of a table from what is left of its rows.

use super::float::float;
use super::not_computable::NotComputable;

/// A cell of a way to fill a column costs as much as this many steps along an edge.
const CELL: u64 = 15;

/// The units of a logarithm of 1. Whole numbers make equal products equal, however they arose.
const UNIT: f64 = 1e12;

/// The steps that are left.
pub(super) struct Steps(pub(super) u64);

impl Steps {
    pub(super) fn take(&mut self, number: u64) -> Result<(), NotComputable> {
        self.0 = self.0.checked_sub(number).ok_or(NotComputable::TooLarge)?;
        Ok(())
    }
}

/// The nearest whole number of units.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the logarithm of the factorial of 10,000 is below 10^5, so 10^17 units"
)]
pub(super) fn whole(logarithm: f64) -> i64 {
    (logarithm * UNIT).round() as i64
}

/// The logarithms of the factorials.
pub(super) struct Factorials {
    /// As numbers, for probabilities.
    ln: Vec<f64>,
    /// In whole units, summed over prime factors, for comparisons.
    pub(super) products: Vec<i64>,
}

impl Factorials {
    pub(super) fn up_to(largest: usize) -> Self {
        let mut factors = vec![0; largest + 1];
        for number in 2..=largest {
            if factors[number] == 0 {
                let unit = whole(float(number).ln());
                let mut power = number;
                while power <= largest {
                    for multiple in (power..=largest).step_by(power) {
                        factors[multiple] += unit;
                    }
                    power *= number;
                }
            }
        }
        let (mut ln, mut products) = (vec![0.0], vec![0]);
        for number in 1..=largest {
            ln.push(ln[number - 1] + float(number).ln());
            products.push(products[number - 1] + factors[number]);
        }
        Self { ln, products }
    }

    fn ln_binomial(&self, n: usize, k: usize) -> f64 {
        self.ln[n] - self.ln[k] - self.ln[n - k]
    }

    /// As [`Factorials::list`], where each way costs steps.
    pub(super) fn fill(
        &self,
        rows: &[usize],
        total: usize,
        steps: &mut Steps,
        visit: &mut dyn FnMut(&[usize], f64),
    ) -> Result<(), NotComputable> {
        self.list(rows, total, &mut |filled, p| {
            steps.take(CELL * filled.len() as u64)?;
            visit(filled, p);
            Ok(())
        })
    }

    /// Every way to take `total` cases from the rows, which are sorted, with its probability. Of
    /// ways that differ only between rows of the same length, one stands for all.
    pub(super) fn list(
        &self,
        rows: &[usize],
        total: usize,
        visit: Visit<'_>,
    ) -> Result<(), NotComputable> {
        let mut room = vec![0; rows.len() + 1];
        for (position, row) in rows.iter().enumerate().rev() {
            room[position] = room[position + 1] + row;
        }
        let start = Path {
            left: total,
            ln_p: -self.ln_binomial(room[0], total),
            ways: 1.0,
            run: 0.0,
            same: 0.0,
        };
        let mut filled = vec![0; rows.len()];
        self.descend((rows, &room), 0, &start, &mut filled, visit)
    }

    fn descend(
        &self,
        (rows, room): (&[usize], &[usize]),
        position: usize,
        path: &Path,
        filled: &mut [usize],
        visit: Visit<'_>,
    ) -> Result<(), NotComputable> {
        if position == rows.len() {
            return visit(filled, path.ln_p.exp() * path.ways);
        }
        let row = rows[position];
        let before = (position > 0 && rows[position - 1] == row).then(|| filled[position - 1]);
        let run = if before.is_some() {
            path.run + 1.0
        } else {
            1.0
        };
        let least = path.left.saturating_sub(room[position + 1]);
        let most = row.min(path.left).min(before.unwrap_or(row));
        for cell in least..=most {
            let same = if before == Some(cell) {
                path.same + 1.0
            } else {
                1.0
            };
            let next = Path {
                left: path.left - cell,
                ln_p: path.ln_p + self.ln_binomial(row, cell),
                ways: path.ways * run / same,
                run,
                same,
            };
            filled[position] = cell;
            self.descend((rows, room), position + 1, &next, filled, visit)?;
        }
        Ok(())
    }
}

/// What is done with a way to fill the rows and its probability.
pub(super) type Visit<'a> = &'a mut dyn FnMut(&[usize], f64) -> Result<(), NotComputable>;

/// What is known of the rows that have been filled.
struct Path {
    /// How many cases are still to be taken.
    left: usize,
    /// The logarithm of the probability, but for the number of ways.
    ln_p: f64,
    /// How many ways this one stands for.
    ways: f64,
    /// How many rows of the same length came last, and how many of them have the same cell.
    run: f64,
    same: f64,
}
