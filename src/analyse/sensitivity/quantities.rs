//! The numbers that headlines speak of, as numbers.

use std::collections::BTreeMap;

use super::Numbers;
use super::exchange::Parts;
use super::group::Group;
use super::other_unit::of_other_unit;
use super::tally::{Key, Tally};
use crate::analyse::selection::Selection;
use crate::analyse::thresholds::{self, Threshold};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::{decimal, percent};

/// What kind of number a quantity is, which decides how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analyse) enum Kind {
    /// A number of cases.
    Count,
    /// How many times as large.
    Ratio,
    /// A share of a whole.
    Share,
    /// A place on the scale of roles; halves lie between two.
    Depth,
}

/// A number that a headline speaks of. It has no value where there is nothing to form it from.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::analyse) struct Quantity {
    /// The headline that speaks of it.
    pub(in crate::analyse) headline: &'static str,
    /// Its name in exports.
    pub(in crate::analyse) name: String,
    /// What it is, as a reader sees it.
    pub(in crate::analyse) label: Label,
    pub(in crate::analyse) kind: Kind,
    pub(in crate::analyse) value: Option<f64>,
}

/// The values of quantities by their names; one that cannot be formed is absent.
pub(in crate::analyse) type Values = BTreeMap<String, f64>;

/// The numbers that headlines speak of, as sums over cases.
pub(super) struct Headlined;

/// What a selection forms its numbers with.
pub(super) struct Terms {
    /// The first and the last period by their positions, each with its years of record; the last is
    /// another one than the first.
    periods: [Option<(usize, f64)>; 2],
    /// The thresholds of success, as ranks of outcomes.
    thresholds: Vec<Threshold>,
}

impl Numbers for Headlined {
    type Terms = Terms;
    type Part = Tally;
    type Answer = Values;

    fn of(&self, selection: &Selection) -> Result<(Terms, Parts<Tally>)> {
        let exposed = |at: usize| {
            let period = selection.periods.get(at)?;
            Some((at, period.exposure(selection.window)))
        };
        let last = selection.periods.len().checked_sub(1);
        let terms = Terms {
            periods: [exposed(0), last.filter(|last| *last > 0).and_then(exposed)],
            thresholds: thresholds::of(selection),
        };
        Ok((terms, Tally::by_case(selection)?))
    }

    fn answer(&self, terms: &Terms, sum: &Tally) -> Values {
        let [first, last] = terms.periods;
        let rate = |period: Option<(usize, f64)>| {
            let (at, years) = period?;
            (years > 0.0).then(|| real(sum.of(Key::Begun(at))) / years)
        };
        let depth = |period: Option<(usize, f64)>| {
            let [low, high] = sum.depth(period?.0)?;
            Some(f64::midpoint(real(low as u64), real(high as u64)))
        };
        let hosted = |period: Option<(usize, f64)>| {
            let (at, _) = period?;
            quotient(sum.of(Key::AtHome(at)), sum.of(Key::Meeting(at)))
        };
        let ratio = rate(last).zip(rate(first)).and_then(ratio);
        let values = [
            ("mediations", Some(real(sum.of(Key::Mediation)))),
            ("frequency", ratio),
            ("depth_first", depth(first)),
            ("depth_last", depth(last)),
            ("hosted_first", hosted(first)),
            ("hosted_last", hosted(last)),
        ];
        let reached = terms.thresholds.iter().map(|threshold| {
            let share = quotient(sum.reached(threshold.rank), sum.of(Key::Known));
            (threshold.column.clone(), share)
        });
        let values = values.map(|(name, value)| (name.to_owned(), value));
        let values = values.into_iter().chain(reached);
        values
            .filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }

    fn otherwise(&self, asked: &Selection, group: Group) -> Result<Values> {
        if group == Group::Unit {
            return of_other_unit(asked);
        }
        self.whole(asked)
    }
}

/// The quantities of every headline, always the same ones in the same order, with these values.
pub(super) fn quantities(selection: &Selection, values: &Values) -> Vec<Quantity> {
    let quantity = |headline, name: &str, label, kind| Quantity {
        headline,
        name: name.to_owned(),
        label,
        kind,
        value: values.get(name).copied(),
    };
    let mut quantities = vec![
        quantity(
            "record",
            "mediations",
            Label::new("mediations", "медиациялар", "посредничества"),
            Kind::Count,
        ),
        quantity(
            "frequency",
            "frequency",
            Label::new(
                "mediations begun a year, last period to first",
                "жылына басталған медиациялар, соңғы кезең біріншіге",
                "начато посредничеств в год, последний период к первому",
            ),
            Kind::Ratio,
        ),
    ];
    let in_both = |text: Label, headline, names: [&'static str; 2], kind| {
        [(names[0], FIRST), (names[1], LAST)]
            .map(|(name, period)| quantity(headline, name, text.fill(&[("period", &period)]), kind))
    };
    if !selection.depths().is_empty() {
        let text = Label::new(
            "median deepest role, {period}",
            "ең терең рөлдің медианасы, {period}",
            "медиана самой глубокой роли, {period}",
        );
        quantities.extend(in_both(
            text,
            "depth",
            ["depth_first", "depth_last"],
            Kind::Depth,
        ));
    }
    if selection.data.has(Concept::Hosted) {
        let text = Label::new(
            "meetings held at home, {period}",
            "елде өткен кездесулер, {period}",
            "встречи дома, {period}",
        );
        quantities.extend(in_both(
            text,
            "hosted",
            ["hosted_first", "hosted_last"],
            Kind::Share,
        ));
    }
    let text = Label::new(
        "reached {threshold} or more",
        "{threshold} немесе одан жоғары",
        "{threshold} и выше",
    );
    let outcomes = selection.codes(Concept::Outcome);
    for threshold in thresholds::of(selection) {
        if let Some((_, label)) = outcomes.get(threshold.rank) {
            let label = text.fill(&[("threshold", label)]);
            quantities.push(quantity("success", &threshold.column, label, Kind::Share));
        }
    }
    quantities
}

const FIRST: Label = Label::new("first period", "бірінші кезең", "первый период");
const LAST: Label = Label::new("last period", "соңғы кезең", "последний период");

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
pub(super) const fn real(count: u64) -> f64 {
    count as f64
}

fn ratio((last, first): (f64, f64)) -> Option<f64> {
    (first > 0.0).then(|| last / first)
}

fn quotient(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| real(part) / real(whole))
}

impl Kind {
    /// A value of this kind in words.
    pub(in crate::analyse) fn words(self, value: f64, roles: &[(String, Label)]) -> Label {
        match self {
            Self::Count => decimal(value, 0),
            Self::Ratio => decimal(value, 2),
            Self::Share => percent(value),
            Self::Depth => {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a rank is a small whole number"
                )]
                let named = |rank: f64| roles.get(rank as usize).map(|(_, label)| label.clone());
                let [low, high] = [value.floor(), value.ceil()].map(named);
                match (low, high) {
                    (Some(low), Some(high)) if low != high => Label::join([&low, &high], " – "),
                    (Some(low), _) => low,
                    _ => decimal(value, 1),
                }
            }
        }
    }
}
