//! The number that a claim is held against, with what is not known about it.

use super::dependent;
use super::measured::{Kind, Measured, Unanswered};
use super::tally::{Tally, real};
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

/// How a number is asked for.
pub(super) struct Asked {
    pub(super) window: Interval,
    pub(super) level: Level,
    /// Are intervals wanted that take long, or the number alone?
    pub(super) with_intervals: bool,
}

/// Forms the number from some of the units, by their rows.
type Value<'a> = &'a dyn Fn(&[usize]) -> std::result::Result<f64, NotComputable>;

/// Forms the number from those units that are members.
pub(super) fn measure(
    form: &Form,
    units: &Units,
    members: &[Option<bool>],
    asked: &Asked,
) -> Answer {
    let level = asked.level;
    let settled = |measured: Measured, groups: &[Vec<Option<bool>>], value: Value| {
        if units.are_dependent() {
            let level = asked.with_intervals.then_some(level);
            dependent::settled(measured, units, groups, level, value)
        } else {
            measured
        }
    };
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
        Form::Share { that, .. } => {
            let that = meeting(that)?;
            let measured = share(Tally::within(&of, &that), level)?;
            let known = known(&of, &that);
            let value = |rows: &[usize]| share_of(&known, rows);
            Ok(settled(measured, std::slice::from_ref(&known), &value))
        }
        Form::Distinct { variable, .. } => Ok(distinct(&named(variable)?, &of)),
        Form::RateRatio { span, against, .. } => {
            let begun = |text: &str| begun(text, units, &of, asked.window);
            let ((one, years), (other, others)) = (begun(span)?, begun(against)?);
            let tallies = [Tally::of(&one), Tally::of(&other)];
            let measured = ratio((tallies[0], years), (tallies[1], others), level)?;
            let inside = |begun: &[Option<bool>]| known(begun, begun);
            let groups = [inside(&one), inside(&other)];
            let value = |rows: &[usize]| {
                let [one, other] = groups.each_ref().map(|group| counted(group, rows).0);
                if other == 0 {
                    return Err(NotComputable::UndefinedResamples);
                }
                Ok(real(one) / years / (real(other) / others))
            };
            Ok(settled(measured, &groups, &value))
        }
        Form::RankTrend { variable, .. } => {
            let (pairs, unknown) = pairs(&named(variable)?, units, &of);
            let measured = trend(&pairs, unknown, level)?;
            let paired = pairs.iter().map(|pair| pair.map(|_| true)).collect();
            let value = |rows: &[usize]| {
                let drawn: Vec<(f64, f64)> = rows.iter().filter_map(|row| pairs[*row]).collect();
                rank_correlation::kendall_tau_b(&drawn).and_then(|kendall| kendall.tau_b)
            };
            Ok(settled(measured, &[paired], &value))
        }
        Form::Difference {
            that, between, and, ..
        } => {
            let that = meeting(that)?;
            let group = |tests| -> std::result::Result<Vec<Option<bool>>, Unanswered> {
                let group = meeting(tests)?.into_iter().zip(&of);
                Ok(group.map(|(met, of)| both(met, *of)).collect())
            };
            let groups = [group(between)?, group(and)?];
            let [one, other] = groups.each_ref().map(|group| Tally::within(group, &that));
            let measured = contrast(one, other, level)?;
            let groups = groups.map(|group| known(&group, &that));
            let value =
                |rows: &[usize]| Ok(share_of(&groups[0], rows)? - share_of(&groups[1], rows)?);
            Ok(settled(measured, &groups, &value))
        }
        Form::First { .. } => first(units, &of),
    }
}

/// How many different values a variable has.
fn distinct(variable: &super::units::Variable, of: &[Option<bool>]) -> Measured {
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
    Measured {
        kind: Kind::Count,
        value: real(value),
        interval: None,
        bounds: (real(value), real(value + unknown)),
        n,
        unknown,
        is_estimate: false,
        made_of: Label::default(),
    }
}

/// Of each unit in a group whether it does; nothing for the others, and where it is not known.
fn known(group: &[Option<bool>], that: &[Option<bool>]) -> Vec<Option<bool>> {
    let pairs = group.iter().zip(that);
    pairs
        .map(|(group, that)| group.filter(|is_in| *is_in).and(*that))
        .collect()
}

/// How many of some units do, of how many.
fn counted(known: &[Option<bool>], rows: &[usize]) -> (u64, u64) {
    let drawn = rows.iter().filter_map(|row| known[*row]);
    drawn.fold((0, 0), |(does, all), this| {
        (does + u64::from(this), all + 1)
    })
}

fn share_of(known: &[Option<bool>], rows: &[usize]) -> std::result::Result<f64, NotComputable> {
    match counted(known, rows) {
        (_, 0) => Err(NotComputable::NoData),
        (does, all) => Ok(real(does) / real(all)),
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

/// Whether each unit has begun within a span, and the years of it that the record covers.
fn begun(
    text: &str,
    units: &Units,
    of: &[Option<bool>],
    window: Interval,
) -> std::result::Result<(Vec<Option<bool>>, f64), Unanswered> {
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
    Ok((truths, years))
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

/// The year and the rank of each unit, and of how many either is not known.
fn pairs(
    variable: &super::units::Variable,
    units: &Units,
    of: &[Option<bool>],
) -> (Vec<Option<(f64, f64)>>, u64) {
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
        let pair = match (of, rank, year) {
            (Some(true), Some(rank), Some(year)) => Some((f64::from(year), real(rank as u64))),
            _ => None,
        };
        unknown += u64::from(pair.is_none() && *of != Some(false));
        pairs.push(pair);
    }
    (pairs, unknown)
}

fn trend(pairs: &[Option<(f64, f64)>], unknown: u64, level: Level) -> Answer {
    let pairs: Vec<(f64, f64)> = pairs.iter().copied().flatten().collect();
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
