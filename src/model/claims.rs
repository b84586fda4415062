//! Claims that are tested against the data, as `claims.toml` states them.
//!
//! A claim says from where on the data support it and from where on they contradict it. Both stand in
//! the file, so that they can be written, and be seen to have been written, before the numbers.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::date::{Day, days};
use super::label::Label;
use super::rule::Test;
use super::unit::Unit;

/// The claims of a data set; a data set without `claims.toml` has none.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    /// The source that makes them.
    pub source: Option<Spanned<String>>,
    /// The day on which it makes them; forecasts are about what began later.
    pub date: Option<Spanned<String>>,
    /// The view of the study that shows the record as it stood for the source.
    pub view: Option<Spanned<String>>,
    /// The claims, in the order of the text.
    #[serde(rename = "claim", default)]
    pub claims: Vec<Spanned<Claim>>,
}

impl Claims {
    /// The last day on which the source can have made them.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        days(self.date.as_ref()?.get_ref()).map(|date| date.latest)
    }
}

/// One claim.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The identifier.
    pub id: String,
    /// Where it stands in the source.
    pub paragraph: String,
    /// What it says, in our words.
    pub text: Label,
    /// Is it about what was still to come?
    #[serde(default)]
    pub forecast: bool,
    /// What it is tested against; nothing if no data of this kind can test it.
    #[serde(rename = "test", default)]
    pub tests: Vec<Spanned<ClaimTest>>,
    /// What the data cannot show about it; without a test, why there is none.
    pub cannot_show: Label,
}

/// A number and from where on it speaks for or against the claim. Between the two it does neither.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimTest {
    /// What is measured, in words.
    pub what: Label,
    /// What is counted: `case` or `event`.
    #[serde(default = "case")]
    pub unit: Unit,
    /// Which of them: those of the kinds that count as mediations, unless it says all.
    #[serde(default)]
    pub kinds: Kinds,
    /// How the number is formed.
    pub measure: Form,
    /// From where on it supports the claim.
    pub supported: Bound,
    /// From where on it contradicts it.
    pub contradicted: Bound,
}

const fn case() -> Unit {
    Unit::Case
}

/// Which kinds of case a test counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kinds {
    /// The kinds that the study counts as mediations.
    #[default]
    Base,
    /// All, offers included.
    All,
}

/// Variable → test; a unit meets all of them.
pub type Tests = BTreeMap<String, Test>;

/// How a number is formed from the units: a closed set that works with any codebook.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case", deny_unknown_fields)]
pub enum Form {
    /// How many units meet the tests.
    Count {
        /// The tests.
        of: Tests,
    },
    /// Of the units that meet `of`, the share that meets `that`.
    Share {
        /// The denominator; all units unless given.
        #[serde(default)]
        of: Tests,
        /// The numerator.
        that: Tests,
    },
    /// How many different values a variable has.
    Distinct {
        /// The units looked at; all unless given.
        #[serde(default)]
        of: Tests,
        /// The variable.
        variable: String,
    },
    /// Units begun per year in one span of days, divided by those begun per year in another.
    RateRatio {
        /// The units counted; all unless given.
        #[serde(default)]
        of: Tests,
        /// The span, in EDTF.
        span: String,
        /// The span it is compared with.
        against: String,
    },
    /// Kendall's tau-b of an ordered variable and the year in which the units begin.
    RankTrend {
        /// The units looked at; all unless given.
        #[serde(default)]
        of: Tests,
        /// The variable.
        variable: String,
    },
    /// The share that meets `that` in one group less the share in another.
    Difference {
        /// The units looked at; all unless given.
        #[serde(default)]
        of: Tests,
        /// The numerator of both shares.
        that: Tests,
        /// The first group.
        between: Tests,
        /// The second group.
        and: Tests,
    },
    /// The start of the earliest unit.
    First {
        /// The units looked at; all unless given.
        #[serde(default)]
        of: Tests,
    },
}

impl Form {
    /// Every test of a variable that it names.
    pub fn tests(&self) -> impl Iterator<Item = (&String, &Test)> {
        let further = match self {
            Self::Share { that, .. } => vec![that],
            Self::Difference {
                that, between, and, ..
            } => vec![that, between, and],
            _ => Vec::new(),
        };
        std::iter::once(self.of()).chain(further).flatten()
    }

    /// What units have to meet to be looked at.
    #[must_use]
    pub const fn of(&self) -> &Tests {
        match self {
            Self::Count { of }
            | Self::Share { of, .. }
            | Self::Distinct { of, .. }
            | Self::RateRatio { of, .. }
            | Self::RankTrend { of, .. }
            | Self::Difference { of, .. }
            | Self::First { of } => of,
        }
    }

    /// The variable whose values it looks at, if it looks at any.
    #[must_use]
    pub const fn variable(&self) -> Option<&String> {
        match self {
            Self::Distinct { variable, .. } | Self::RankTrend { variable, .. } => Some(variable),
            _ => None,
        }
    }
}

/// One side of a threshold.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// The number or more.
    AtLeast(f64),
    /// More than the number.
    Above(f64),
    /// The number or less.
    AtMost(f64),
    /// Less than the number.
    Below(f64),
    /// The date lies before this one.
    Before(String),
    /// The date lies on this one or after it.
    From(String),
}

impl Bound {
    /// The number, or the first day of the date as a count from 1970; `None` if the date is none.
    #[must_use]
    pub fn limit(&self) -> Option<f64> {
        match self {
            Self::AtLeast(limit)
            | Self::Above(limit)
            | Self::AtMost(limit)
            | Self::Below(limit) => Some(*limit),
            Self::Before(date) | Self::From(date) => {
                days(date).map(|date| f64::from(date.earliest.epoch()))
            }
        }
    }

    /// Does the value lie on this side? Days count from 1970.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        self.limit().is_some_and(|limit| match self {
            Self::AtLeast(_) | Self::From(_) => value >= limit,
            Self::Above(_) => value > limit,
            Self::AtMost(_) => value <= limit,
            Self::Below(_) | Self::Before(_) => value < limit,
        })
    }

    /// Is the limit a date?
    #[must_use]
    pub const fn is_date(&self) -> bool {
        matches!(self, Self::Before(_) | Self::From(_))
    }

    /// Is this the side of larger values?
    #[must_use]
    pub const fn is_upward(&self) -> bool {
        matches!(self, Self::AtLeast(_) | Self::Above(_) | Self::From(_))
    }

    /// Is there a value that lies on both sides?
    ///
    /// ```
    /// use bitim::model::claims::Bound;
    /// assert!(!Bound::AtLeast(0.5).overlaps(&Bound::Below(0.5)));
    /// assert!(Bound::AtLeast(0.5).overlaps(&Bound::AtMost(0.5)));
    /// assert!(Bound::AtLeast(0.5).overlaps(&Bound::Above(0.9)));
    /// ```
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let (upper, lower) = match (self.is_upward(), other.is_upward()) {
            (true, false) => (self, other),
            (false, true) => (other, self),
            _ => return true,
        };
        let (Some(from), Some(to)) = (upper.limit(), lower.limit()) else {
            return true;
        };
        from < to || (upper.holds(from) && lower.holds(from))
    }
}
