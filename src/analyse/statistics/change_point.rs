//! When did the rate of events change, if it did?

use statrs::function::factorial::ln_factorial;

use super::float::{float, size};
use super::not_computable::NotComputable;
use crate::model::estimate::Level;

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Period {
    /// The events in it.
    pub events: u64,
    /// Its length, or another amount that events are proportional to; more than 0.
    pub exposure: f64,
}

/// The change of a rate.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangePoint {
    /// The first period after the change, counted from 0; the most likely one, the earliest of equals.
    pub first_after: usize,
    /// The rates before and after, in events per unit of exposure.
    pub rates: (f64, f64),
    /// Twice the logarithm of the likelihood ratio to one rate throughout.
    pub statistic: f64,
    /// The exact probability of a statistic at least as large, given the number of events, if the rate
    /// does not change.
    pub p: Result<f64, NotComputable>,
    /// The periods that may be the first after the change: the likelihood-ratio confidence set.
    pub plausible: Result<Vec<usize>, NotComputable>,
    /// The level of that set.
    pub level: Level,
}

/// The steps of work that the exact distributions may take: some seconds without optimisation.
const WORK: u128 = 200_000_000;

/// The likeliest change of a Poisson rate, with an exact test and an exact confidence set.
///
/// The statistic does not follow a chi-squared law, as the change is sought for: the usual p is much
/// too small, and the usual likelihood interval too short. Given the number of events, and the number
/// before a supposed change, the events fall on the periods in proportion to exposure whatever the
/// rates are, so that both are computed without approximation. A period belongs to the set unless,
/// with the change there, a maximum of the likelihood as high as the one observed has a probability of
/// at most 1 - `level`. The set may have gaps; if there is no change, it tends to hold everything.
///
/// `periods` are in order of time, each with its length, so that a first or last one may be shorter;
/// leave out periods of which the events are not known. Ties between periods have no influence.
/// `level` is two-sided.
///
/// # Errors
///
/// [`NotComputable::NoData`] without a period, [`NotComputable::TooFew`] for one,
/// [`NotComputable::NoEvent`] without an event, [`NotComputable::Invalid`] if an exposure is not
/// positive and finite. Within the result, [`NotComputable::TooLarge`] if p or the set would take
/// longer than some seconds.
///
/// # Examples
///
/// ```
/// use bitim::{analyse::statistics::change_point::{Period, poisson}, model::estimate::Level};
/// let periods: Vec<Period> = [0, 0, 3, 3].map(|events| Period { events, exposure: 1.0 }).to_vec();
/// let change = poisson(&periods, Level::P95).unwrap();
/// assert_eq!((change.first_after, change.rates), (2, (0.0, 3.0)));
/// // Of the 4^6 ways in which six events fall on four periods, 152 have a split as likely.
/// assert!((change.p.unwrap() - 152.0 / 4096.0).abs() < 1e-12);
/// ```
///
/// # References
///
/// Worsley, K. J. (1986). Confidence regions and tests for a change-point in a sequence of exponential
/// family random variables. *Biometrika* 73(1), 91–104. Siegmund, D. (1988). Confidence sets in
/// change-point problems. *International Statistical Review* 56(1), 31–48.
pub fn poisson(periods: &[Period], level: Level) -> Result<ChangePoint, NotComputable> {
    let path = Path::of(periods)?;
    let last = periods.len();
    let ratios: Vec<f64> = (1..last)
        .map(|split| path.ratio(split, path.events[split]))
        .collect();
    let statistic = ratios.iter().copied().fold(0.0, f64::max);
    // Equal likelihoods may differ by a rounding error.
    let bound = statistic - 1e-9 * statistic.max(1e-3);
    let split = 1 + ratios.iter().position(|ratio| *ratio >= bound).unwrap_or(0);
    let rate = |from: usize, to: usize| {
        float(path.events[to] - path.events[from]) / (path.exposure[to] - path.exposure[from])
    };
    let doubt = 1.0 - level.get();
    let periods = u128::try_from(last).unwrap_or(u128::MAX);
    let work = periods.saturating_mul(path.work());
    let plausible = if work.saturating_mul(periods) / 2 > WORK {
        Err(NotComputable::TooLarge)
    } else {
        let chance = |split: usize| {
            let miss = 1.0 - path.crossing(0, split, bound);
            1.0 - miss * (1.0 - path.crossing(split, last, bound))
        };
        Ok((1..last)
            .filter(|split| ratios[split - 1] >= bound || chance(*split) > doubt)
            .collect())
    };
    Ok(ChangePoint {
        first_after: split,
        rates: (rate(0, split), rate(split, last)),
        statistic,
        p: if work > WORK {
            Err(NotComputable::TooLarge)
        } else {
            Ok(path.crossing(0, last, bound))
        },
        plausible,
        level,
    })
}

/// The events and the exposure before each split: at 0 nothing, at the last everything.
struct Path {
    events: Vec<u64>,
    exposure: Vec<f64>,
}

impl Path {
    fn of(periods: &[Period]) -> Result<Self, NotComputable> {
        let (mut events, mut exposure) = (vec![0_u64], vec![0.0]);
        let (mut count, mut length) = (0_u64, 0.0);
        for period in periods {
            count = count
                .checked_add(period.events)
                .ok_or(NotComputable::TooLarge)?;
            length += period.exposure;
            if !(period.exposure > 0.0 && length.is_finite() && exposure.last() < Some(&length)) {
                return Err(NotComputable::Invalid(
                    "an exposure is not positive and finite",
                ));
            }
            events.push(count);
            exposure.push(length);
        }
        match periods.len() {
            0 => Err(NotComputable::NoData),
            1 => Err(NotComputable::TooFew),
            _ if count == 0 => Err(NotComputable::NoEvent),
            _ => Ok(Self { events, exposure }),
        }
    }

    fn total(&self) -> (u64, f64) {
        let last = self.events.len() - 1;
        (self.events[last], self.exposure[last])
    }

    /// The steps that one period takes in [`Path::crossing`], or more.
    fn work(&self) -> u128 {
        let longest = (1..self.exposure.len())
            .map(|at| self.exposure[at] - self.exposure[at - 1])
            .fold(0.0, f64::max);
        let (all, length) = self.total();
        let mean = float(all) * longest / length;
        let wide = u128::try_from(weights(mean.min(1e6), all.min(10_000_000)).len());
        u128::from(all + 1).saturating_mul(wide.unwrap_or(u128::MAX))
    }

    /// Twice the log-likelihood ratio of a change at a split with so many events before it.
    fn ratio(&self, split: usize, before: u64) -> f64 {
        let (all, length) = self.total();
        let part = |events: u64, exposure: f64| {
            let expected = float(all) * exposure / length;
            if events == 0 {
                0.0
            } else {
                float(events) * (float(events) / expected).ln()
            }
        };
        let early = self.exposure[split];
        2.0 * (part(before, early) + part(all - before, length - early))
    }

    /// The probability that the ratio reaches `bound` at a split between two, given the events at
    /// these and one rate between them.
    ///
    /// Independent Poisson counts given their sum: period by period, over the events so far. What
    /// reaches the bound leaves with the probability that the rest makes up the sum. All terms are
    /// positive, so that small probabilities keep their digits.
    fn crossing(&self, from: usize, to: usize, bound: f64) -> f64 {
        let (start, end) = (self.events[from], self.events[to]);
        let Ok(events) = size(end - start) else {
            return 1.0;
        };
        let rate = float(end - start) / (self.exposure[to] - self.exposure[from]);
        let mut staying = vec![0.0; events + 1];
        staying[0] = 1.0;
        let mut left = 0.0;
        for split in from + 1..to {
            let here = weights(
                rate * (self.exposure[split] - self.exposure[split - 1]),
                end - start,
            );
            let mut next = vec![0.0; events + 1];
            for (before, p) in staying.iter().enumerate().filter(|(_, p)| **p > 0.0) {
                for (sum, weight) in next[before..].iter_mut().zip(&here) {
                    *sum += p * weight;
                }
            }
            let rest = rate * (self.exposure[to] - self.exposure[split]);
            for (before, p) in (start..=end).zip(&mut next) {
                if *p > 0.0 && self.ratio(split, before) >= bound {
                    left += *p * poisson_share(rest, end - before);
                    *p = 0.0;
                }
            }
            staying = next;
        }
        let all = rate * (self.exposure[to] - self.exposure[from]);
        (left / poisson_share(all, end - start)).clamp(0.0, 1.0)
    }
}

/// The Poisson probabilities of 0 up to at most `most` events, cut where they are beyond counting.
fn weights(mean: f64, most: u64) -> Vec<f64> {
    let is_worth = |count: &u64| float(*count) <= mean || poisson_share(mean, *count) > 1e-40;
    (0..=most)
        .take_while(is_worth)
        .map(|count| poisson_share(mean, count))
        .collect()
}

fn poisson_share(mean: f64, count: u64) -> f64 {
    if mean <= 0.0 {
        return if count == 0 { 1.0 } else { 0.0 };
    }
    (float(count) * mean.ln() - mean - ln_factorial(count)).exp()
}
