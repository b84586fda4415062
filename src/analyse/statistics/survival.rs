//! How long until an event, where for some cases it had not come when the observation ended?

use std::cmp::Ordering;

use super::float::float;
use super::mantel::Mantel;
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
    for moment in moments(cases) {
        let (time, at_risk, events) = (moment.time, moment.at_risk, moment.events);
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

/// The most steps of a comparison, times with events by pairs of groups: a few seconds without
/// optimisation.
const STEPS: usize = 100_000_000;

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
/// group without cases, or all of whose cases end before the first event, adds no degree of freedom;
/// nor does one that is never under observation beside another when an event comes.
///
/// # Errors
///
/// [`NotComputable::NoData`] without a case, [`NotComputable::OneCategory`] if one group holds them
/// all, [`NotComputable::Invalid`] if a duration is negative or not finite, [`NotComputable::TooLarge`]
/// if times with events, by pairs of groups, are more than a few seconds' work. Within the result,
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
    let mantel = Mantel::of(&all);
    if mantel.steps(groups.len()) > STEPS {
        return Err(NotComputable::TooLarge);
    }
    let excess = mantel.compare(&mantel.in_order(&memberships(groups)), groups.len());
    let test = excess.test();
    Ok(LogRank {
        observed: excess.observed,
        expected: excess.expected,
        test,
    })
}

/// For each case of the groups, one after another, the place of its group.
pub(super) fn memberships(groups: &[Vec<Observed>]) -> Vec<usize> {
    let groups = groups.iter().enumerate();
    groups
        .flat_map(|(at, group)| vec![at; group.len()])
        .collect()
}

/// Nothing, unless there is no case or a duration is impossible.
pub(super) fn possible(cases: &[Observed]) -> Result<(), NotComputable> {
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

/// A time with events.
pub(super) struct Moment {
    /// The time.
    time: f64,
    /// The cases under observation just before.
    pub(super) at_risk: usize,
    /// The events at it.
    pub(super) events: usize,
}

/// The times with events in order.
pub(super) fn moments(cases: &[Observed]) -> Vec<Moment> {
    let mut cases = cases.to_vec();
    cases.sort_by(in_time);
    let mut at_risk = cases.len();
    let mut moments = Vec::new();
    for equal in cases.chunk_by(|one, other| one.time >= other.time) {
        moments.push(Moment {
            time: equal[0].time,
            at_risk,
            events: equal.iter().filter(|case| case.is_event).count(),
        });
        at_risk -= equal.len();
    }
    moments.retain(|moment| moment.events > 0);
    moments
}

/// By time; at equal times events come before what is censored.
pub(super) fn in_time(one: &Observed, other: &Observed) -> Ordering {
    // Adding 0 turns -0 into 0.
    let times = (one.time + 0.0).total_cmp(&(other.time + 0.0));
    times.then(other.is_event.cmp(&one.is_event))
}
