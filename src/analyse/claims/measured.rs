//! A number that a claim is tested against, and how it is written.

use crate::analyse::statistics::not_computable::NotComputable;
use crate::model::claims::Bound;
use crate::model::date::Day;
use crate::model::label::Label;
use crate::model::measure::{decimal, percent};

/// What kind of number it is, which decides how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analyse) enum Kind {
    /// A number of units or of values.
    Count,
    /// A share of units, or a difference of two.
    Share,
    Difference,
    /// How many times as large.
    Ratio,
    /// A correlation between -1 and 1.
    Correlation,
    /// Days from 1970.
    Day,
}

/// A number with its interval and its bounds.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::analyse) struct Measured {
    pub(in crate::analyse) kind: Kind,
    pub(in crate::analyse) value: f64,
    /// The limits within which chance may have moved it; nothing for what is only counted.
    pub(in crate::analyse) interval: Option<(f64, f64)>,
    /// What it would be if all that is not known were against it, and for it.
    pub(in crate::analyse) bounds: (f64, f64),
    /// The units that it is formed from.
    pub(in crate::analyse) n: u64,
    /// The units of which it is not known whether or how they count.
    pub(in crate::analyse) unknown: u64,
    /// Can chance move it, so that without an interval it is not known how far?
    pub(in crate::analyse) is_estimate: bool,
    /// The counts that it is made of, as `29 of 32 − 4 of 11`; empty if the number is a count itself.
    pub(in crate::analyse) made_of: Label,
}

/// Why there is no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::analyse) enum Unanswered {
    /// The data have no such variable.
    Uncoded(String),
    /// A case that the claim names is not among those asked about.
    Absent(String),
    /// The view ends before what the claim is about could begin.
    TooEarly,
    /// There is nothing to form it from.
    NotComputable(NotComputable),
}

impl Kind {
    /// A value of this kind in words, with its unit.
    pub(in crate::analyse) fn words(self, value: f64) -> Label {
        let text = match self {
            Self::Difference => Label::new(
                "{value} percentage points",
                "{value} пайыздық пункт",
                "{value} п. п.",
            ),
            Self::Ratio => Label::new("{value} times", "{value} есе", "{value} раза"),
            _ => Label::plain("{value}"),
        };
        text.fill(&[("value", &self.number(value))])
    }

    /// A value of this kind without its unit, where that has just been named.
    pub(super) fn number(self, value: f64) -> Label {
        let sign = if value > 0.0 { "+" } else { "" };
        let signed =
            |label: &Label| Label::plain(format!("{sign}{{value}}")).fill(&[("value", label)]);
        match self {
            _ if value.is_infinite() => Label::plain(if value > 0.0 { "∞" } else { "−∞" }),
            Self::Count => decimal(value, 0),
            Self::Share => percent(value),
            Self::Difference => signed(&decimal(value * 100.0, 0)),
            Self::Ratio => decimal(value, 2),
            Self::Correlation => signed(&decimal(value, 2)),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "days lie within the calendar"
            )]
            Self::Day => Label::plain(Day::from_epoch(value as i32).to_string()),
        }
    }

    /// A threshold as a number, the same in every language, and in words: `≥ 0.5` and `≥ 50%`.
    pub(in crate::analyse) fn threshold(self, bound: &Bound) -> (String, Label) {
        let sign = match bound {
            Bound::AtLeast(_) | Bound::From(_) => "≥",
            Bound::Above(_) => ">",
            Bound::AtMost(_) => "≤",
            Bound::Below(_) | Bound::Before(_) => "<",
        };
        let (number, limit) = match (bound, bound.limit()) {
            (Bound::Before(date) | Bound::From(date), _) => (date.clone(), Label::plain(date)),
            (_, Some(limit)) => (limit.to_string(), self.words(limit)),
            (_, None) => ("?".to_owned(), Label::plain("?")),
        };
        let words = Label::plain(format!("{sign} {{limit}}")).fill(&[("limit", &limit)]);
        (format!("{sign} {number}"), words)
    }
}

impl Measured {
    /// What the number lies between: its interval, or, of what is only counted, what the unknown could
    /// make of it. An estimate without an interval has no limits.
    pub(in crate::analyse) fn limits(&self) -> Option<(f64, f64)> {
        self.interval.or((!self.is_estimate).then_some(self.bounds))
    }

    /// The number with what bounds it and the counts that it is made of, as `67% (30% to 90%): 4 of 6`.
    pub(in crate::analyse) fn words(&self) -> Label {
        let value = self.kind.words(self.value);
        let is_wide = |(low, high): &(f64, f64)| low < high;
        let limits = self.interval.or(self.limits().filter(is_wide));
        let with_limits = limits.map_or_else(
            || value.clone(),
            |(low, high)| {
                Label::new(
                    "{value} ({low} to {high})",
                    "{value} ({low} – {high})",
                    "{value} (от {low} до {high})",
                )
                .fill(&[
                    ("value", &value),
                    ("low", &self.kind.number(low)),
                    ("high", &self.kind.number(high)),
                ])
            },
        );
        let parts = [&with_limits, &self.made_of];
        Label::join(parts.into_iter().filter(|part| !part.is_empty()), ": ")
    }
}

impl Unanswered {
    /// The reason in the words of a report.
    pub(in crate::analyse) fn label(&self) -> Label {
        match self {
            Self::Uncoded(key) => Label::new(
                "not computable: {variable} is not coded in these data",
                "есептелмейді: бұл деректе {variable} кодталмаған",
                "не вычислимо: в этих данных {variable} не закодировано",
            )
            .fill(&[("variable", &Label::plain(key))]),
            Self::Absent(case) => Label::new(
                "not computable: {case} is not among these cases",
                "есептелмейді: {case} бұл жағдайлардың арасында жоқ",
                "не вычислимо: {case} нет среди этих случаев",
            )
            .fill(&[("case", &Label::plain(case))]),
            Self::TooEarly => Label::new(
                "too early to tell on that day",
                "ол күні айтуға ерте",
                "на тот день судить рано",
            ),
            Self::NotComputable(reason) => reason.label(),
        }
    }
}
