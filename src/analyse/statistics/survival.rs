//! How long until an event, where for some cases it had not come when the observation ended?

use statrs::distribution::{ChiSquared, ContinuousCDF};

use super::float::float;
use super::linear::Cholesky;
use super::not_computable::NotComputable;
use super::tails::critical;
use crate::model::estimate::Level;

/// How long a case was observed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observed {
    /// The time from its start to the event or to the end of the observation.
    pub time: f64,
    /// Whether the event came; if not, the case is censored at `time`.
    pub is_event: bool,
}

/// The survival curve at a time with events.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The time.
    pub time: f64,
    /// The cases under observation just before.
    pub at_risk: usize,
    /// The events at this time.
    pub events: usize,
    /// The share that lasts longer.
    pub survival: f64,
    /// Greenwood's standard error; `None` where the share is 0, which has none.
    pub standard_error: Option<f64>,
    /// The interval on the scale of log(-log); `None` where the share is 0.
    pub interval: Option<(f64, f64)>,
}

/// A survival curve by Kaplan and Meier.
#[derive(Clone, Debug, PartialEq)]
pub struct KaplanMeier {
    /// The number of cases.
    pub n: usize,
    /// The number of events.
    pub events: usize,
    /// The level of the intervals.
    pub level: Level,
    /// The curve; empty if all cases are censored, for then it stays at 1.
    pub steps: Vec<Step>,
    /// The first time at which at most half of the cases last longer; `None` if it is not reached.
    pub median: Option<f64>,
    /// The limits of the median: the first times at which the lower and the upper limit of the curve
    /// are at most one half; `None` for a limit that is not reached.
    pub median_interval: (Option<f64>, Option<f64>),
}

/// The share of cases that last longer than each time, by Kaplan and Meier's product of conditional
/// shares.
///
/// Leaving censored cases out, or counting them as events, would make durations too short. The
/// limits are formed on the scale of log(-log), where they stay in [0, 1] and cover well with few
/// cases; the plain ones of `survival ± z·se` do neither.
///
/// `cases` are durations of one unit with their ends, in any order; leave out cases whose duration is
/// missing. At equal times events come before censorings. `level` is two-sided. Where the curve is
/// exactly one half over a stretch, the median is its beginning; R prints its middle.
///
/// # Errors
///
/// [`NotComputable::NoData`] without a case, [`NotComputable::Invalid`] if a duration is negative or
/// not finite. All cases censored is no error: the curve has no step and no median.
///
/// # Examples
///
/// ```
/// use bitim::{analyse::statistics::survival::{Observed, kaplan_meier}, model::estimate::Level};
/// let times = [9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161];
/// let ends = [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0];
/// let cases: Vec<Observed> = times.into_iter().zip(ends)
///     .map(|(time, end)| Observed { time: f64::from(time), is_event: end == 1 }).collect();
/// let curve = kaplan_meier(&cases, Level::P95).unwrap();
/// // R: survfit(Surv(time, status) ~ 1, aml, subset = x == "Maintained", conf.type = "log-log")
/// let step = curve.steps[2];
/// assert_eq!(format!("{} {:.3} {:.4}", step.time, step.survival, step.standard_error.unwrap()), "18 0.716 0.1397");
/// assert_eq!((curve.median, curve.median_interval), (Some(31.0), (Some(13.0), None)));
/// ```
///
/// # References
///
/// Kaplan, E. L. & Meier, P. (1958). Nonparametric estimation from incomplete observations. *Journal
/// of the American Statistical Association* 53(282), 457–481. Brookmeyer, R. & Crowley, J. (1982). A
/// confidence interval for the median survival time. *Biometrics* 38(1), 29–41.
pub fn kaplan_meier(cases: &[Observed], level: Level) -> Result<KaplanMeier, NotComputable> {
    possible(cases)?;
    let z = critical(level);
    let (mut survival, mut variance) = (1.0, 0.0);
    let mut steps = Vec::new();
    for time in event_times(cases) {
        let (at_risk, events) = risk(cases, time);
        let (all, gone) = (float(at_risk), float(events));
        survival *= (all - gone) / all;
        let is_positive = at_risk > events;
        variance += if is_positive {
            gone / (all * (all - gone))
        } else {
            0.0
        };
        let spread: f64 = variance.sqrt();
        let factor = (z * spread / f64::ln(survival)).abs().exp();
        steps.push(Step {
            time,
            at_risk,
            events,
            survival,
            standard_error: is_positive.then_some(survival * spread),
            interval: is_positive.then(|| (survival.powf(factor), survival.powf(1.0 / factor))),
        });
    }
    // A product of shares that should be one half may miss it by a rounding error.
    let halved = |share: f64| share <= 0.5 + 1e-12;
    let first = |is_reached: &dyn Fn(&Step) -> bool| {
        steps
            .iter()
            .find(|step| is_reached(step))
            .map(|step| step.time)
    };
    let median = first(&|step| halved(step.survival));
    let low = first(&|step| step.interval.is_some_and(|(low, _)| halved(low)));
    let high = first(&|step| step.interval.is_some_and(|(_, high)| halved(high)));
    Ok(KaplanMeier {
        n: cases.len(),
        events: cases.iter().filter(|case| case.is_event).count(),
        level,
        median,
        median_interval: (low, high),
        steps,
    })
}

/// The log-rank statistic of several groups.
#[derive(Clone, Debug, PartialEq)]
pub struct LogRank {
    /// The events in each group.
    pub observed: Vec<usize>,
    /// The events that each group would have if all groups were alike.
    pub expected: Vec<f64>,
    /// The test that they are.
    pub test: Result<ChiSquaredTest, NotComputable>,
}

/// A chi-squared statistic and its p.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChiSquaredTest {
    /// The statistic.
    pub statistic: f64,
    /// Its degrees of freedom.
    pub degrees_of_freedom: usize,
    /// The probability of one at least as large.
    pub p: f64,
}

/// Tests whether groups differ in how long their cases last, by Mantel's log-rank test.
///
/// Comparing the shares at one time would depend on the choice of that time. The variance is the
/// hypergeometric one; the simple sum of squares over expectations is too small.
///
/// `groups` hold durations of one unit with their ends; leave out cases whose duration is missing. A
/// group without cases, or all of whose cases end before the first event, adds no degree of freedom.
///
/// # Errors
///
/// [`NotComputable::NoData`] without a case, [`NotComputable::OneCategory`] if one group holds them
/// all, [`NotComputable::Invalid`] if a duration is negative or not finite. Within the result,
/// [`NotComputable::NoEvent`] if all are censored, [`NotComputable::OneCategory`] if only one group
/// lasts until the first event, [`NotComputable::NoVariation`] if all events come at the same time as
/// everything ends.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::survival::{Observed, log_rank};
/// let group = |times: [u8; 3]| times.map(|time| Observed { time: time.into(), is_event: true }).to_vec();
/// let test = log_rank(&[group([10, 20, 30]), group([10, 20, 50])]).unwrap().test.unwrap();
/// // R: survdiff(Surv(c(10, 20, 30, 10, 20, 50)) ~ rep(1:2, each = 3)) has Chisq 0.3, p = 0.6
/// assert_eq!(format!("{:.4} {:.4}", test.statistic, test.p), "0.2542 0.6141");
/// ```
///
/// # References
///
/// Mantel, N. (1966). Evaluation of survival data and two new rank order statistics arising in its
/// consideration. *Cancer Chemotherapy Reports* 50(3), 163–170. Peto, R. & Peto, J. (1972).
/// Asymptotically efficient rank invariant test procedures. *Journal of the Royal Statistical Society
/// A* 135(2), 185–207.
pub fn log_rank(groups: &[Vec<Observed>]) -> Result<LogRank, NotComputable> {
    let all = groups.concat();
    possible(&all)?;
    if groups.iter().filter(|group| !group.is_empty()).count() < 2 {
        return Err(NotComputable::OneCategory);
    }
    let count = groups.len();
    let mut observed = vec![0; count];
    let mut expected = vec![0.0; count];
    let mut covariance = vec![vec![0.0; count]; count];
    for time in event_times(&all) {
        let (at_risk, events) = risk(&all, time);
        let (all, gone) = (float(at_risk), float(events));
        let mut shares = Vec::with_capacity(count);
        for (at, group) in groups.iter().enumerate() {
            let (at_risk, events) = risk(group, time);
            let share = float(at_risk) / all;
            observed[at] += events;
            expected[at] += gone * share;
            shares.push(share);
        }
        if at_risk == 1 {
            continue;
        }
        let weight = gone * (all - gone) / (all - 1.0);
        for row in 0..count {
            for column in 0..count {
                let own = if row == column { shares[row] } else { 0.0 };
                covariance[row][column] += weight * (own - shares[row] * shares[column]);
            }
        }
    }
    let test = quadratic(&observed, &expected, &covariance);
    Ok(LogRank {
        observed,
        expected,
        test,
    })
}

/// The test of the differences between observed and expected events. One group's follows from the
/// others', so that the last is left out.
fn quadratic(
    observed: &[usize],
    expected: &[f64],
    covariance: &[Vec<f64>],
) -> Result<ChiSquaredTest, NotComputable> {
    let mut groups: Vec<usize> = (0..expected.len())
        .filter(|at| expected[*at] > 0.0)
        .collect();
    if groups.pop().is_none() {
        return Err(NotComputable::NoEvent);
    }
    if groups.is_empty() {
        return Err(NotComputable::OneCategory);
    }
    let matrix = groups
        .iter()
        .map(|row| {
            groups
                .iter()
                .map(|column| covariance[*row][*column])
                .collect()
        })
        .collect();
    let differences: Vec<f64> = groups
        .iter()
        .map(|at| float(observed[*at]) - expected[*at])
        .collect();
    let inverse = Cholesky::of(&matrix).ok_or(NotComputable::NoVariation)?;
    let statistic = inverse.inverse_form(&differences).max(0.0);
    let distribution =
        ChiSquared::new(float(groups.len())).map_err(|_| NotComputable::OneCategory)?;
    Ok(ChiSquaredTest {
        statistic,
        degrees_of_freedom: groups.len(),
        p: distribution.sf(statistic),
    })
}

/// For each case the sum of the shares of those at risk that had the event, up to its own time: how
/// many events it would have had by then at everybody's pace (Nelson 1972; Aalen 1978).
pub(super) fn cumulative_hazard(cases: &[Observed]) -> Result<Vec<f64>, NotComputable> {
    possible(cases)?;
    let steps: Vec<(f64, f64)> = event_times(cases)
        .into_iter()
        .map(|time| {
            let (at_risk, events) = risk(cases, time);
            (time, float(events) / float(at_risk))
        })
        .collect();
    Ok(cases
        .iter()
        .map(|case| {
            let met = steps.iter().filter(|(time, _)| *time <= case.time);
            met.map(|(_, share)| share).sum()
        })
        .collect())
}

/// Nothing, unless there is no case or a duration is impossible.
fn possible(cases: &[Observed]) -> Result<(), NotComputable> {
    if cases.is_empty() {
        return Err(NotComputable::NoData);
    }
    if cases
        .iter()
        .all(|case| case.time >= 0.0 && case.time.is_finite())
    {
        return Ok(());
    }
    Err(NotComputable::Invalid(
        "a duration is negative or not finite",
    ))
}

/// The times with events, each once, in order.
fn event_times(cases: &[Observed]) -> Vec<f64> {
    let events = cases.iter().filter(|case| case.is_event);
    let mut times: Vec<f64> = events.map(|case| case.time).collect();
    times.sort_by(f64::total_cmp);
    times.dedup_by(|a, b| a <= b);
    times
}

/// The cases under observation just before a time, and the events at it.
fn risk(cases: &[Observed], time: f64) -> (usize, usize) {
    let at_risk = cases.iter().filter(|case| case.time >= time).count();
    let still = cases.iter().filter(|case| case.time > time).count();
    let is_censored = |case: &&Observed| !case.is_event && case.time >= time && case.time <= time;
    (
        at_risk,
        at_risk - still - cases.iter().filter(is_censored).count(),
    )
}
