//! Conditions that the codebook states about its own rows: when this, then that.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::codebook::Code;
use super::date::{Interval, days};
use super::finding::Severity;
use super::label::Label;
use super::missing::Reason;

/// When a row meets every test of `when`, it must meet every test of `then`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The table whose rows are tested.
    pub table: String,
    /// Variable → test; none means every row.
    #[serde(default)]
    pub when: BTreeMap<String, Test>,
    /// Variable → test.
    pub then: BTreeMap<String, Test>,
    /// What is wrong with a row that fails, and what to do.
    pub message: Label,
    /// Its severity.
    #[serde(default = "error")]
    pub severity: Severity,
}

const fn error() -> Severity {
    Severity::Error
}

/// A test of one value.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(
    untagged,
    expecting = "a code, a list of codes, or one of { at_least = … }, { at_most = … }, { not = […] }, { missing = … }, { because = … }, { before = … }, { from = … }, { within = … }, { at_least_best = … }"
)]
pub enum Test {
    /// The value is this code or text; `1` and `0` for a flag.
    Is(String),
    /// The value is one of these.
    In(Vec<String>),
    /// The value is not one of these; a missing value passes.
    Not {
        /// The values excluded.
        not: Vec<String>,
    },
    /// The value stands at this code or above it in the list; a missing value fails.
    AtLeast {
        /// The code.
        at_least: String,
    },
    /// The value stands at this code or below it in the list; a missing value fails.
    AtMost {
        /// The code.
        at_most: String,
    },
    /// The value stands no lower than the best value of another table's rows about the same case that
    /// lie within the dates of this row; rows without such a value pass.
    AtLeastBest {
        /// Table and variable, as in `events.outcome`.
        at_least_best: String,
    },
    /// The date lies wholly before this one.
    Before {
        /// The date, in EDTF.
        before: String,
    },
    /// The date lies wholly on this one or after it.
    From {
        /// The date, in EDTF.
        from: String,
    },
    /// The date lies wholly within this one.
    Within {
        /// The date or the span, in EDTF.
        within: String,
    },
    /// There is no value (true), or there is one (false).
    Missing {
        /// Whether the value is to be missing.
        missing: bool,
    },
    /// There is no value, for this reason.
    Because {
        /// The reason: unknown, na, open or blank.
        because: Reason,
    },
}

/// What a row has for the variable that a test is about.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row<'a> {
    /// Its values as text: codes, `1` and `0` for a flag; none if the value is missing.
    pub values: &'a [String],
    /// The codes of the variable, in their order.
    pub codes: &'a [Code],
    /// Why there is no value.
    pub reason: Option<Reason>,
    /// The days that bound it, if it is a date.
    pub days: Option<Interval>,
    /// The rank of the best value of the rows that [`Test::AtLeastBest`] looks at, if there is any.
    pub best: Option<usize>,
}

impl Test {
    /// Does the row pass as far as is known? `None` where its value is missing and might pass, or where
    /// a date reaches over the limit.
    ///
    /// For counting, where [`Test::holds`] would take what is not known for a no. What does not apply
    /// is known: it passes no test that asks for a value.
    ///
    /// ```
    /// use bitim::model::{date::days, missing::Reason, rule::{Row, Test}};
    /// let venue = Test::Is("venue".to_owned());
    /// let unknown = Row { reason: Some(Reason::Unknown), ..Row::default() };
    /// let does_not_apply = Row { reason: Some(Reason::Na), ..Row::default() };
    /// assert_eq!([venue.truth(&unknown), venue.truth(&does_not_apply)], [None, Some(false)]);
    /// let spring = Test::Before { before: "2017-04-11".to_owned() };
    /// let in_2017 = Row { days: days("2017"), ..Row::default() };
    /// assert_eq!(spring.truth(&in_2017), None);
    /// ```
    #[must_use]
    pub fn truth(&self, held: &Row) -> Option<bool> {
        let is_hidden = held.reason.is_some_and(|reason| reason != Reason::Na);
        let of_days = |limit: &str, is: &dyn Fn(Interval, Interval) -> Option<bool>| match held.days
        {
            Some(held) => days(limit).and_then(|limit| is(held, limit)),
            None if is_hidden => None,
            None => Some(false),
        };
        match self {
            Self::Before { before } => of_days(before, &|held, limit| {
                let (is, is_not) = (
                    held.latest < limit.earliest,
                    held.earliest >= limit.earliest,
                );
                (is || is_not).then_some(is)
            }),
            Self::From { from } => of_days(from, &|held, limit| {
                let (is, is_not) = (
                    held.earliest >= limit.earliest,
                    held.latest < limit.earliest,
                );
                (is || is_not).then_some(is)
            }),
            Self::Within { within } => of_days(within, &|held, limit| {
                let is = held.earliest >= limit.earliest && held.latest <= limit.latest;
                let is_not = held.latest < limit.earliest || held.earliest > limit.latest;
                (is || is_not).then_some(is)
            }),
            Self::Missing { .. } | Self::Because { .. } => Some(self.holds(held)),
            _ if is_hidden && held.values.is_empty() => None,
            _ => Some(self.holds(held)),
        }
    }

    /// Does any value of the row pass, or, where the test excludes, do all?
    ///
    /// ```
    /// use bitim::model::rule::{Row, Test};
    /// let values = ["venue".to_owned(), "shuttle".to_owned()];
    /// let held = Row { values: &values, ..Row::default() };
    /// assert!(Test::Is("shuttle".to_owned()).holds(&held));
    /// assert!(!Test::Not { not: vec!["venue".to_owned()] }.holds(&held));
    /// ```
    #[must_use]
    pub fn holds(&self, held: &Row) -> bool {
        let values = held.values;
        let rank = |code: &str| held.codes.iter().position(|known| known.code == code);
        match self {
            Self::Is(code) => values.contains(code),
            Self::In(codes) => values.iter().any(|value| codes.contains(value)),
            Self::Not { not } => !values.iter().any(|value| not.contains(value)),
            Self::AtLeast { at_least } => values.iter().any(|value| rank(value) >= rank(at_least)),
            Self::AtMost { at_most } => values.iter().any(|value| rank(value) <= rank(at_most)),
            Self::AtLeastBest { .. } => {
                held.best.is_none() || values.iter().any(|value| rank(value) >= held.best)
            }
            Self::Before { before } => days(before)
                .zip(held.days)
                .is_some_and(|(limit, held)| held.latest < limit.earliest),
            Self::From { from } => days(from)
                .zip(held.days)
                .is_some_and(|(limit, held)| held.earliest >= limit.earliest),
            Self::Within { within } => days(within).zip(held.days).is_some_and(|(limit, held)| {
                held.earliest >= limit.earliest && held.latest <= limit.latest
            }),
            Self::Missing { missing } => values.is_empty() == *missing,
            Self::Because { because } => held.reason == Some(*because),
        }
    }
}
