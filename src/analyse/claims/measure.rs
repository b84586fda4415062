//! The number that a claim is held against, with what is not known about it.

use super::measured::{Kind, Measured, Unanswered};
use super::units::{Units, both};
use crate::analyse::statistics::exact_test::Side;
use crate::analyse::statistics::not_computable::NotComputable;
use crate::analyse::statistics::rate::{self, Events};
use crate::analyse::statistics::{difference, proportion, rank_correlation};
use crate::model::claims::Form;
use crate::model::date::{Day, Interval, days};
use crate::model::estimate::Level;
use crate::model::label::Label;
use crate::model::measure::decimal;
use crate::model::rule::Test;

type Answer = std::result::Result<Measured, Unanswered>;

/// Forms the number from those units that are members.
pub(super) fn measure(
    form: &Form,
    units: &Units,
    members: &[Option<bool>],
    window: Interval,
    level: Level,
) -> Answer {
    if let Some(case) = units.absent(form.tests()) {
        return Err(Unanswered::Absent(case.to_owned()));
    }
    let meeting = |tests| -> std::result::Result<Vec<Option<bool>>, Unanswered> {
        units
            .meet(tests)
            .map_err(|key| Unanswered::Uncoded(key.to_owned()))
    };
    let of: Vec<Option<bool>> = meeting(form.of())?
        .into_iter()
        .zip(members)
        .map(|(met, member)| both(met, *member))
        .collect();
    let named = |key: &str| {
        units
            .variable(key)
            .ok_or_else(|| Unanswered::Uncoded(key.to_owned()))
    };
    match form {
        Form::Count { .. } => {
            let tally = Tally::of(&of);
            let looked_at = Tally::of(members);
            Ok(Measured {
                kind: Kind::Count,
                value: real(tally.yes),
                interval: None,
                bounds: (real(tally.yes), real(tally.yes + tally.unknown)),
                n: looked_at.yes,
                unknown: tally.unknown,
                is_estimate: false,
                made_of: Label::default(),
            })
        }
        Form::Share { that, .. } => share(Tally::within(&of, &meeting(that)?), level),
        Form::Distinct { variable, .. } => {
            let variable = named(variable)?;
            let mut values: Vec<&String> = Vec::new();
            let (mut n, mut unknown) = (0, 0);
            for (row, of) in of.iter().enumerate() {
                match (of, variable.values[row].is_empty()) {
                    (Some(false), _) => {}
                    (Some(true), false) => {
                        n += 1;
                        values.extend(&variable.values[row]);
                    }
                    _ => unknown += 1,
                }
            }
            values.sort_unstable();
            values.dedup();
            let value = values.len() as u64;
            Ok(Measured {
                kind: Kind::Count,
                value: real(value),
                interval: None,
                bounds: (real(value), real(value + unknown)),
                n,
                unknown,
                is_estimate: false,
                made_of: Label::default(),
            })
        }
        Form::RateRatio { span, against, .. } => {
            let begun = |text: &str| begun(text, units, &of, window);
            ratio(begun(span)?, begun(against)?, level)
        }
        Form::RankTrend { variable, .. } => trend(&named(variable)?, units, &of, level),
        Form::Difference {
            that, between, and, ..
        } => {
            let that = meeting(that)?;
            let group = |tests| -> std::result::Result<Tally, Unanswered> {
                let group = meeting(tests)?.into_iter().zip(&of);
                let group: Vec<Option<bool>> = group.map(|(met, of)| both(met, *of)).collect();
                Ok(Tally::within(&group, &that))
            };
            contrast(group(between)?, group(and)?, level)
        }
        Form::First { .. } => first(units, &of),
    }
}

/// How many do, do not, and are not known to.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    yes: u64,
    no: u64,
    unknown: u64,
}

impl Tally {
    fn of(truths: &[Option<bool>]) -> Self {
        let count = |truth| truths.iter().filter(|known| **known == truth).count() as u64;
        Self {
            yes: count(Some(true)),
            no: count(Some(false)),
            unknown: count(None),
        }
    }

    /// Of the units in a group those that do and do not; unknown if either is.
    fn within(group: &[Option<bool>], that: &[Option<bool>]) -> Self {
        let inside = group
            .iter()
            .zip(that)
            .filter(|(group, _)| **group != Some(false));
        let truths: Vec<Option<bool>> = inside
            .map(|(group, that)| group.and_then(|_| *that))
            .collect();
        Self::of(&truths)
    }

    const fn known(self) -> u64 {
        self.yes + self.no
    }

    /// `4 of 6`.
    fn words(self) -> Label {
        Label::new(
            "{yes} of {known}",
            "{known} ішінен {yes}",
            "{yes} из {known}",
        )
        .fill(&[
            ("yes", &Label::plain(self.yes.to_string())),
            ("known", &Label::plain(self.known().to_string())),
        ])
    }

    /// The share if all that is not known were a no, and if it were a yes.
    fn bounds(self) -> (f64, f64) {
        let all = real(self.known() + self.unknown);
        (real(self.yes) / all, real(self.yes + self.unknown) / all)
    }
}

fn share(tally: Tally, level: Level) -> Answer {
    let estimate = proportion::wilson(tally.yes, tally.known(), level)
        .ok_or(Unanswered::NotComputable(NotComputable::NoData))?;
    Ok(Measured {
        kind: Kind::Share,
        value: estimate.value,
        interval: Some((estimate.low, estimate.high)),
        bounds: tally.bounds(),
        n: tally.known(),
        unknown: tally.unknown,
        is_estimate: true,
        made_of: tally.words(),
    })
}

fn contrast(one: Tally, other: Tally, level: Level) -> Answer {
    let estimate = difference::newcombe((one.yes, one.known()), (other.yes, other.known()), level)
        .map_err(Unanswered::NotComputable)?;
    let (low, high) = (one.bounds(), other.bounds());
    Ok(Measured {
        kind: Kind::Difference,
        value: estimate.value,
        interval: Some((estimate.low, estimate.high)),
        bounds: (low.0 - high.1, low.1 - high.0),
        n: one.known() + other.known(),
        unknown: one.unknown + other.unknown,
        is_estimate: true,
        made_of: Label::join([&one.words(), &other.words()], " − "),
    })
}

/// The units begun within a span, and the years of it that the record covers.
fn begun(
    text: &str,
    units: &Units,
    of: &[Option<bool>],
    window: Interval,
) -> std::result::Result<(Tally, f64), Unanswered> {
    let within = Test::Within {
        within: text.to_owned(),
    };
    let span = days(text).ok_or(Unanswered::NotComputable(NotComputable::NoData))?;
    if span.earliest > window.latest {
        return Err(Unanswered::TooEarly);
    }
    let truths: Vec<Option<bool>> = units
        .starts
        .iter()
        .zip(of)
        .map(|(start, of)| both(super::units::start_passes(*start, &within), *of))
        .collect();
    let first = span.earliest.max(window.earliest).epoch();
    let last = span.latest.min(window.latest).epoch();
    let years = f64::from((last - first + 1).max(0)) / YEAR;
    Ok((Tally::of(&truths), years))
}

/// The days of a year, as for the exposure of periods.
const YEAR: f64 = 365.25;

fn ratio(one: (Tally, f64), other: (Tally, f64), level: Level) -> Answer {
    let events = |(tally, years): (Tally, f64)| Events {
        count: tally.yes,
        exposure: years,
    };
    let estimate = rate::ratio(events(one), events(other), level, Side::Both)
        .map_err(Unanswered::NotComputable)?;
    let quotient = |above: u64, below: u64| {
        if above == 0 {
            0.0
        } else {
            real(above) / one.1 / (real(below) / other.1)
        }
    };
    let (tally, against) = (one.0, other.0);
    Ok(Measured {
        kind: Kind::Ratio,
        value: estimate.value,
        interval: Some((estimate.low, estimate.high)),
        bounds: (
            quotient(tally.yes, against.yes + against.unknown),
            quotient(tally.yes + tally.unknown, against.yes),
        ),
        n: tally.yes + against.yes,
        unknown: tally.unknown + against.unknown,
        is_estimate: true,
        made_of: {
            let text = Label::new(
                "{one} in {years} years, {other} in {others} years",
                "{years} жылда {one}, {others} жылда {other}",
                "{one} за {years} г., {other} за {others} г.",
            );
            text.fill(&[
                ("one", &Label::plain(tally.yes.to_string())),
                ("other", &Label::plain(against.yes.to_string())),
                ("years", &decimal(one.1, 1)),
                ("others", &decimal(other.1, 1)),
            ])
        },
    })
}

fn trend(
    variable: &super::units::Variable,
    units: &Units,
    of: &[Option<bool>],
    level: Level,
) -> Answer {
    let mut pairs = Vec::new();
    let mut unknown = 0;
    for (row, of) in of.iter().enumerate() {
        let rank = variable.values[row].first().and_then(|value| {
            let mut codes = variable.codes.iter();
            codes.position(|code| code.code == *value)
        });
        let year = units.starts[row].and_then(|start| {
            let year = start.earliest.year();
            (year == start.latest.year()).then_some(year)
        });
        match (of, rank, year) {
            (Some(false), ..) => {}
            (Some(true), Some(rank), Some(year)) => {
                pairs.push((f64::from(year), real(rank as u64)));
            }
            _ => unknown += 1,
        }
    }
    let tau = rank_correlation::kendall_tau_b(&pairs)
        .and_then(|kendall| kendall.tau_b)
        .map_err(Unanswered::NotComputable)?;
    let interval = rank_correlation::tau_interval(tau, pairs.len(), level).ok();
    Ok(Measured {
        kind: Kind::Correlation,
        value: tau,
        interval: interval.map(|interval| (interval.low, interval.high)),
        // Where the missing ones would stand in the order is anyone's guess.
        bounds: if unknown == 0 {
            (tau, tau)
        } else {
            (-1.0, 1.0)
        },
        n: pairs.len() as u64,
        unknown,
        is_estimate: true,
        made_of: Label::plain(format!("n = {}", pairs.len())),
    })
}

fn first(units: &Units, of: &[Option<bool>]) -> Answer {
    let mut known: Vec<Interval> = Vec::new();
    let mut unknown = 0;
    for (start, of) in units.starts.iter().zip(of) {
        match (of, start) {
            (Some(false), _) => {}
            (Some(true), Some(start)) => known.push(*start),
            _ => unknown += 1,
        }
    }
    let day = |day: Day| f64::from(day.epoch());
    let earliest = known.iter().map(|start| start.earliest).min();
    let latest = known.iter().map(|start| start.latest).min();
    let (Some(earliest), Some(latest)) = (earliest, latest) else {
        return Err(Unanswered::NotComputable(NotComputable::NoData));
    };
    let low = if unknown == 0 {
        day(earliest)
    } else {
        f64::NEG_INFINITY
    };
    Ok(Measured {
        kind: Kind::Day,
        value: day(earliest),
        interval: None,
        bounds: (low, day(latest)),
        n: known.len() as u64,
        unknown,
        is_estimate: false,
        made_of: Label::default(),
    })
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
pub(super) const fn real(count: u64) -> f64 {
    count as f64
}
