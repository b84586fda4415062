//! Mantel's comparison of groups at each time with an event, in one pass over the cases in the order of
//! their times: the cases stay, whatever the groups they are dealt to.

use statrs::distribution::{ChiSquared, ContinuousCDF};

use super::float::float;
use super::linear::{Cholesky, Matrix};
use super::not_computable::NotComputable;
use super::survival::{ChiSquaredTest, Moment, Observed, in_time, moments};

/// The cases in the order of their times.
pub(super) struct Mantel {
    /// The places that the cases had.
    order: Vec<usize>,
    /// The times with events.
    moments: Vec<Moment>,
}

/// Observed against expected events.
pub(super) struct Excess {
    pub(super) observed: Vec<usize>,
    pub(super) expected: Vec<f64>,
    covariance: Vec<Vec<f64>>,
}

impl Mantel {
    pub(super) fn of(cases: &[Observed]) -> Self {
        let mut order: Vec<usize> = (0..cases.len()).collect();
        order.sort_by(|one, other| in_time(&cases[*one], &cases[*other]));
        Self {
            order,
            moments: moments(cases),
        }
    }

    /// The steps that a comparison of so many groups takes.
    pub(super) fn steps(&self, groups: usize) -> usize {
        let times = self
            .moments
            .len()
            .saturating_mul(groups.saturating_mul(groups));
        times.saturating_add(self.order.len())
    }

    /// The groups of cases, in the order of the cases, in the order of their times.
    pub(super) fn in_order(&self, groups: &[usize]) -> Vec<usize> {
        self.order.iter().map(|case| groups[*case]).collect()
    }

    /// The events of each of `count` groups, where `groups` are those of the cases by
    /// [`Mantel::in_order`].
    pub(super) fn compare(&self, groups: &[usize], count: usize) -> Excess {
        let mut excess = Excess {
            observed: vec![0; count],
            expected: vec![0.0; count],
            covariance: vec![vec![0.0; count]; count],
        };
        let mut at_risk = vec![0_usize; count];
        let mut shares = vec![0.0; count];
        let mut counted = groups.len();
        for moment in self.moments.iter().rev() {
            let from = groups.len() - moment.at_risk;
            for group in &groups[from..counted] {
                at_risk[*group] += 1;
            }
            counted = from;
            for group in &groups[from..from + moment.events] {
                excess.observed[*group] += 1;
            }
            let (all, gone) = (float(moment.at_risk), float(moment.events));
            for (share, at_risk) in shares.iter_mut().zip(&at_risk) {
                *share = float(*at_risk) / all;
            }
            let weight = if all > 1.0 {
                gone * (all - gone) / (all - 1.0)
            } else {
                0.0
            };
            for (row, share) in shares.iter().enumerate() {
                excess.expected[row] += gone * share;
                excess.covariance[row][row] += weight * share;
                for (sum, other) in excess.covariance[row].iter_mut().zip(&shares) {
                    *sum -= weight * share * other;
                }
            }
        }
        excess
    }
}

impl Excess {
    /// The test of the differences between observed and expected events. One group's follows from the
    /// others', so that the last is left out.
    pub(super) fn test(&self) -> Result<ChiSquaredTest, NotComputable> {
        let (statistic, degrees_of_freedom) = self.statistic()?;
        let distribution =
            ChiSquared::new(float(degrees_of_freedom)).map_err(|_| NotComputable::OneCategory)?;
        Ok(ChiSquaredTest {
            statistic,
            degrees_of_freedom,
            p: distribution.sf(statistic),
        })
    }

    /// The statistic and its degrees of freedom.
    pub(super) fn statistic(&self) -> Result<(f64, usize), NotComputable> {
        let groups = 0..self.expected.len();
        let mut groups: Vec<usize> = groups.filter(|at| self.expected[*at] > 0.0).collect();
        if groups.pop().is_none() {
            return Err(NotComputable::NoEvent);
        }
        if groups.is_empty() {
            return Err(NotComputable::OneCategory);
        }
        // Groups that are never at risk beside others have nothing to add.
        let inverse = self.inverse(&groups);
        if inverse.is_none() {
            let mut apart: Vec<usize> = Vec::new();
            for group in groups {
                apart.push(group);
                if self.inverse(&apart).is_none() {
                    apart.pop();
                }
            }
            groups = apart;
        }
        let inverse = inverse.or_else(|| self.inverse(&groups));
        let inverse = inverse.ok_or(NotComputable::NoVariation)?;
        let differences: Vec<f64> = groups
            .iter()
            .map(|at| float(self.observed[*at]) - self.expected[*at])
            .collect();
        let statistic = inverse.inverse_form(&differences).max(0.0);
        Ok((statistic, groups.len()))
    }

    /// The covariance of these groups, to be divided by; `None` if it is singular.
    fn inverse(&self, groups: &[usize]) -> Option<Cholesky> {
        let row = |row: &usize| {
            let columns = groups.iter();
            columns
                .map(|column| self.covariance[*row][*column])
                .collect()
        };
        let matrix: Matrix = groups.iter().map(row).collect();
        Cholesky::of(&matrix).filter(|_| !groups.is_empty())
    }
}
