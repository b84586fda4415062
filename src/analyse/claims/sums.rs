//! What numbers of claims are formed from: sums over units, to which each case brings its own.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use super::measured::Unanswered;
use super::tally::Tally;
use super::units::{Units, Variable, both, start_passes};
use crate::analyse::sensitivity::Part;
use crate::analyse::statistics::not_computable::NotComputable;
use crate::model::claims::{Form, Tests};
use crate::model::date::{Day, Interval, days};
use crate::model::rule::Test;

/// How often there is each of some things; none is there no times.
type Counted<K> = BTreeMap<K, u64>;

/// What is counted besides groups.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Thing {
    /// A value of a variable.
    Value(String),
    /// A year in which units begin, with their rank.
    Ranked(i16, usize),
    /// The first day on which a unit may have begun, and the last.
    Earliest(Day),
    Latest(Day),
}

/// Sums over units.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    /// Units of the kinds that are asked about.
    pub(super) members: u64,
    /// Of each group those that do, those that do not, and those of which it is not known.
    pub(super) groups: [Tally; 2],
    /// The units that a number of another form looks at, and those of which too little is known.
    pub(super) n: u64,
    pub(super) unknown: u64,
    /// Of a number that groups do not make, units by what makes it.
    pub(super) things: Counted<Thing>,
    /// Units in each case that a test names.
    pub(super) named: Counted<String>,
}

/// What the number of a selection is formed with, whatever its units are.
pub(in crate::analyse) struct Terms {
    /// The years of record in the spans of a ratio.
    pub(super) years: [f64; 2],
    /// The cases that its tests name.
    pub(super) named: Vec<String>,
}

/// What every unit shows of what a number is formed from.
pub(super) struct Shown<'a> {
    pub(super) terms: Terms,
    members: &'a [Option<bool>],
    /// Whether each unit is in a group, and whether it does what is counted there.
    groups: Vec<[Vec<Option<bool>>; 2]>,
    of: Vec<Option<bool>>,
    value: Value<'a>,
}

enum Value<'a> {
    /// Nothing but groups.
    None,
    /// Which values there are.
    Distinct(Variable<'a>),
    /// The rank and the year.
    Ranked(Variable<'a>),
    /// The day.
    Start,
}

impl<'a> Shown<'a> {
    /// What the units show; or why no number can be formed from any.
    pub(super) fn of(
        form: &Form,
        units: &Units<'a>,
        members: &'a [Option<bool>],
        window: Interval,
    ) -> Result<Self, Unanswered> {
        let named = units.named(form.tests());
        if let Some(case) = units.absent(&named) {
            return Err(Unanswered::Absent(case.to_owned()));
        }
        let meeting = |tests: &Tests| {
            let met = units.meet(tests);
            met.map_err(|key| Unanswered::Uncoded(key.to_owned()))
        };
        let variable = |key: &str| {
            let variable = units.variable(key);
            variable.ok_or_else(|| Unanswered::Uncoded(key.to_owned()))
        };
        let of = every(meeting(form.of())?, members);
        let mut shown = Self {
            terms: Terms {
                years: [0.0; 2],
                named: named.into_iter().map(str::to_owned).collect(),
            },
            members,
            groups: Vec::new(),
            of,
            value: Value::None,
        };
        match form {
            Form::Count { .. } => shown.groups.push([shown.of.clone(), shown.of.clone()]),
            Form::Share { that, .. } => {
                shown.groups.push([shown.of.clone(), meeting(that)?]);
            }
            Form::Difference {
                that, between, and, ..
            } => {
                let that = meeting(that)?;
                for group in [between, and] {
                    let group = every(meeting(group)?, &shown.of);
                    shown.groups.push([group, that.clone()]);
                }
            }
            Form::RateRatio { span, against, .. } => {
                for (span, years) in [span, against].into_iter().zip(0..) {
                    let (begun, exposed) = begun(span, units, &shown.of, window)?;
                    shown.groups.push([begun.clone(), begun]);
                    shown.terms.years[years] = exposed;
                }
            }
            Form::Distinct { variable: key, .. } => shown.value = Value::Distinct(variable(key)?),
            Form::RankTrend { variable: key, .. } => shown.value = Value::Ranked(variable(key)?),
            Form::First { .. } => shown.value = Value::Start,
        }
        Ok(shown)
    }

    /// Of every unit in each group whether it does; nothing for the others, and where it is not known.
    pub(super) fn known(&self) -> Vec<Vec<Option<bool>>> {
        let known = |[group, that]: &[Vec<Option<bool>>; 2]| {
            let pairs = group.iter().zip(that);
            pairs
                .map(|(group, that)| group.filter(|is_in| *is_in).and(*that))
                .collect()
        };
        self.groups.iter().map(known).collect()
    }

    /// The year and the rank of a unit that is looked at.
    pub(super) fn ranked(&self, row: usize, units: &Units) -> Option<(i16, usize)> {
        let Value::Ranked(variable) = &self.value else {
            return None;
        };
        let value = variable.values[row].first()?;
        let mut codes = variable.codes.iter();
        let rank = codes.position(|code| code.code == *value)?;
        let start = units.starts[row]?;
        let year = start.earliest.year();
        (self.of[row] == Some(true) && year == start.latest.year()).then_some((year, rank))
    }

    /// Adds what a unit shows.
    pub(super) fn add(&self, row: usize, units: &Units, sums: &mut Sums) {
        sums.members += u64::from(self.members[row] == Some(true));
        for ([group, that], tally) in self.groups.iter().zip(&mut sums.groups) {
            tally.count(group[row], that[row]);
        }
        let case = units.case(row);
        if self.terms.named.iter().any(|named| named == case) {
            add(&mut sums.named, case, 1);
        }
        let is_in = self.of[row] == Some(true);
        let mut things = Vec::new();
        let is_known = match &self.value {
            Value::None => return,
            Value::Distinct(variable) => {
                let values = variable.values[row].iter().filter(|_| is_in);
                things.extend(values.cloned().map(Thing::Value));
                !things.is_empty()
            }
            Value::Ranked(_) => {
                let ranked = self.ranked(row, units);
                things.extend(ranked.map(|(year, rank)| Thing::Ranked(year, rank)));
                ranked.is_some()
            }
            Value::Start => {
                let start = units.starts[row].filter(|_| is_in);
                things.extend(start.map(|start| Thing::Earliest(start.earliest)));
                things.extend(start.map(|start| Thing::Latest(start.latest)));
                start.is_some()
            }
        };
        for thing in things {
            add(&mut sums.things, &thing, 1);
        }
        sums.n += u64::from(is_known);
        sums.unknown += u64::from(!is_known && self.of[row] != Some(false));
    }
}

/// Both at once, unit by unit.
fn every(met: Vec<Option<bool>>, members: &[Option<bool>]) -> Vec<Option<bool>> {
    let pairs = met.into_iter().zip(members);
    pairs.map(|(met, member)| both(met, *member)).collect()
}

/// Whether each unit has begun within a span, and the years of it that the record covers.
fn begun(
    text: &str,
    units: &Units,
    of: &[Option<bool>],
    window: Interval,
) -> Result<(Vec<Option<bool>>, f64), Unanswered> {
    let within = Test::Within {
        within: text.to_owned(),
    };
    let span = days(text).ok_or(Unanswered::NotComputable(NotComputable::NoData))?;
    if span.earliest > window.latest {
        return Err(Unanswered::TooEarly);
    }
    let starts = units.starts.iter();
    let begun = starts.map(|start| start_passes(*start, &within)).collect();
    let first = span.earliest.max(window.earliest).epoch();
    let last = span.latest.min(window.latest).epoch();
    let years = f64::from((last - first + 1).max(0)) / YEAR;
    Ok((every(begun, of), years))
}

/// The days of a year, as for the exposure of periods.
const YEAR: f64 = 365.25;

impl Part for Sums {
    fn add(&mut self, part: &Self) {
        self.members += part.members;
        self.n += part.n;
        self.unknown += part.unknown;
        for (tally, other) in self.groups.iter_mut().zip(&part.groups) {
            tally.add(*other);
        }
        for (thing, n) in &part.things {
            add(&mut self.things, thing, *n);
        }
        for (case, n) in &part.named {
            add(&mut self.named, case, *n);
        }
    }

    fn remove(&mut self, part: &Self) {
        self.members -= part.members;
        self.n -= part.n;
        self.unknown -= part.unknown;
        for (tally, other) in self.groups.iter_mut().zip(&part.groups) {
            tally.remove(*other);
        }
        for (thing, n) in &part.things {
            remove(&mut self.things, thing, *n);
        }
        for (case, n) in &part.named {
            remove(&mut self.named, case, *n);
        }
    }
}

fn add<K: Ord + Borrow<Q>, Q: ToOwned<Owned = K> + ?Sized>(
    counted: &mut Counted<K>,
    key: &Q,
    n: u64,
) {
    *counted.entry(key.to_owned()).or_default() += n;
}

fn remove<K: Ord + Borrow<Q>, Q: Ord + ?Sized>(counted: &mut Counted<K>, key: &Q, n: u64) {
    if let Some(known) = counted.get_mut(key) {
        *known = known.saturating_sub(n);
        if *known == 0 {
            counted.remove(key);
        }
    }
}
