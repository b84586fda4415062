//! The number that a claim is tested against, with what is not known about it.

use super::dependent;
use super::measured::{Kind, Measured, Unanswered};
use super::sums::{Shown, Sums, Terms, Thing};
use super::tally::{Tally, real};
use super::units::Units;
use crate::analyse::statistics::exact_test::Side;
use crate::analyse::statistics::not_computable::NotComputable;
use crate::analyse::statistics::rate::{self, Events};
use crate::analyse::statistics::{difference, proportion, rank_correlation};
use crate::model::claims::Form;
use crate::model::date::Interval;
use crate::model::estimate::Level;
use crate::model::label::Label;
use crate::model::measure::decimal;

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
    let shown = Shown::of(form, units, members, asked.window)?;
    let mut sums = Sums::default();
    for row in 0..units.len() {
        shown.add(row, units, &mut sums);
    }
    let measured = number(form, &shown.terms, &sums, asked.level)?;
    if !units.are_dependent() {
        return Ok(measured);
    }
    let known = shown.known();
    let settled = |groups: &[Vec<Option<bool>>], value: Value| {
        let level = asked.with_intervals.then_some(asked.level);
        dependent::settled(measured.clone(), units, groups, level, value)
    };
    Ok(match (form, known.as_slice()) {
        (Form::Share { .. }, [group]) => settled(&known, &|rows| share_of(group, rows)),
        (Form::Difference { .. }, [one, other]) => settled(&known, &|rows| {
            Ok(share_of(one, rows)? - share_of(other, rows)?)
        }),
        (Form::RateRatio { .. }, [one, other]) => settled(&known, &|rows| {
            let [one, other] = [one, other].map(|group| counted(group, rows).0);
            if other == 0 {
                return Err(NotComputable::UndefinedResamples);
            }
            let [years, others] = shown.terms.years;
            Ok(real(one) / years / (real(other) / others))
        }),
        (Form::RankTrend { .. }, _) => {
            let pair = |row: usize| shown.ranked(row, units).map(at);
            let paired = (0..units.len())
                .map(|row| pair(row).map(|_| true))
                .collect();
            settled(&[paired], &|rows| {
                let drawn: Vec<(f64, f64)> = rows.iter().filter_map(|row| pair(*row)).collect();
                rank_correlation::kendall_tau_b(&drawn).and_then(|kendall| kendall.tau_b)
            })
        }
        _ => measured,
    })
}

/// Forms the number from the sums of its units.
pub(super) fn number(form: &Form, terms: &Terms, sums: &Sums, level: Level) -> Answer {
    let is_there = |case: &&String| sums.named.contains_key(*case);
    if let Some(case) = terms.named.iter().find(|case| !is_there(case)) {
        return Err(Unanswered::Absent(case.clone()));
    }
    let [one, other] = sums.groups;
    match form {
        Form::Count { .. } => Ok(Measured {
            kind: Kind::Count,
            value: real(one.yes),
            interval: None,
            bounds: (real(one.yes), real(one.yes + one.unknown)),
            n: sums.members,
            unknown: one.unknown,
            is_estimate: false,
            made_of: Label::default(),
        }),
        Form::Share { .. } => share(one, level),
        Form::Difference { .. } => contrast(one, other, level),
        Form::RateRatio { .. } => {
            let [years, others] = terms.years;
            ratio((one, years), (other, others), level)
        }
        Form::Distinct { .. } => Ok(distinct(sums)),
        Form::RankTrend { .. } => trend(sums, level),
        Form::First { .. } => first(sums),
    }
}

/// The value of the number alone, for runs that ask on which side it lies: what else belongs to it would
/// take as long as there are units.
pub(super) fn value(form: &Form, terms: &Terms, sums: &Sums, level: Level) -> Option<f64> {
    let is_there = |case: &String| sums.named.contains_key(case);
    match form {
        Form::RateRatio { .. } if terms.named.iter().all(is_there) => {
            let ([years, others], [one, other]) = (terms.years, sums.groups);
            rate::quotient(events((one, years)), events((other, others))).ok()
        }
        _ => Some(number(form, terms, sums, level).ok()?.value),
    }
}

/// How many different values a variable has.
fn distinct(sums: &Sums) -> Measured {
    let value = sums.things.len() as u64;
    Measured {
        kind: Kind::Count,
        value: real(value),
        interval: None,
        bounds: (real(value), real(value + sums.unknown)),
        n: sums.n,
        unknown: sums.unknown,
        is_estimate: false,
        made_of: Label::default(),
    }
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

fn events((tally, years): (Tally, f64)) -> Events {
    Events {
        count: tally.yes,
        exposure: years,
    }
}

fn ratio(one: (Tally, f64), other: (Tally, f64), level: Level) -> Answer {
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

/// A year and a rank as numbers.
fn at((year, rank): (i16, usize)) -> (f64, f64) {
    (f64::from(year), real(rank as u64))
}

fn trend(sums: &Sums, level: Level) -> Answer {
    let ranked = sums.things.iter().filter_map(|(thing, n)| match thing {
        Thing::Ranked(year, rank) => Some((at((*year, *rank)), *n)),
        _ => None,
    });
    let ranks: Vec<((f64, f64), u64)> = ranked.collect();
    let tau = rank_correlation::tau_b(&ranks).map_err(Unanswered::NotComputable)?;
    let n = usize::try_from(sums.n).unwrap_or(usize::MAX);
    let interval = rank_correlation::tau_interval(tau, n, level).ok();
    Ok(Measured {
        kind: Kind::Correlation,
        value: tau,
        interval: interval.map(|interval| (interval.low, interval.high)),
        // Where the missing ones would stand in the order is anyone's guess.
        bounds: if sums.unknown == 0 {
            (tau, tau)
        } else {
            (-1.0, 1.0)
        },
        n: sums.n,
        unknown: sums.unknown,
        is_estimate: true,
        made_of: Label::plain(format!("n = {n}")),
    })
}

fn first(sums: &Sums) -> Answer {
    let none = Unanswered::NotComputable(NotComputable::NoData);
    let Some((Thing::Earliest(first), _)) = sums.things.first_key_value() else {
        return Err(none);
    };
    let mut after = sums.things.range(Thing::Latest(*first)..);
    let Some((Thing::Latest(last), _)) = after.next() else {
        return Err(none);
    };
    let [earliest, latest] = [first, last].map(|day| f64::from(day.epoch()));
    let low = if sums.unknown == 0 {
        earliest
    } else {
        f64::NEG_INFINITY
    };
    Ok(Measured {
        kind: Kind::Day,
        value: earliest,
        interval: None,
        bounds: (low, latest),
        n: sums.n,
        unknown: sums.unknown,
        is_estimate: false,
        made_of: Label::default(),
    })
}
