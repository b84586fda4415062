//! A number with its uncertainty.

use super::label::Label;
use super::measure::percent;

/// A confidence level, two-sided, strictly between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Level(f64);

impl Level {
    /// The usual 95 percent.
    pub const P95: Self = Self(0.95);

    /// `None` unless `level` lies between 0 and 0.9999, both excluded: nearer to 1 the quantiles are
    /// infinite in floating point.
    #[must_use]
    pub fn new(level: f64) -> Option<Self> {
        (level > 0.0 && level < 0.9999).then_some(Self(level))
    }

    /// The level as a share of 1.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

/// An estimate with its interval; `low <= value <= high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The point estimate.
    pub value: f64,
    /// The lower limit.
    pub low: f64,
    /// The upper limit.
    pub high: f64,
    /// The level of the interval.
    pub level: Level,
    /// The number of units it rests on.
    pub n: u64,
}

impl std::fmt::Display for Estimate {
    /// `0.800 [0.490, 0.943]`: three decimals unless the format says otherwise.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let decimals = f.precision().unwrap_or(3);
        let Self {
            value, low, high, ..
        } = self;
        write!(
            f,
            "{value:.decimals$} [{low:.decimals$}, {high:.decimals$}]"
        )
    }
}

/// A share that never loses its denominator: `successes` of `trials`, with an interval where there
/// is anything to divide by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The numerator: units that have the property.
    pub successes: u64,
    /// The denominator: units of which it is known whether they have it.
    pub trials: u64,
    /// The share with its interval; `None` when `trials` is 0, since a share of nothing is not 0, and
    /// where nothing is estimated.
    pub estimate: Option<Estimate>,
    /// Fewer trials than this carry no percentage; 0 until a table is computed for a study, which
    /// says it.
    pub floor: u64,
}

impl Share {
    /// A share that is no estimate: all units are known, and none stands for others.
    #[must_use]
    pub const fn counted(successes: u64, trials: u64) -> Self {
        Self {
            successes,
            trials,
            estimate: None,
            floor: 0,
        }
    }

    /// The share as a number; `None` if it is one of nothing.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of cases are small")]
    pub fn value(&self) -> Option<f64> {
        (self.trials > 0).then(|| self.successes as f64 / self.trials as f64)
    }

    /// `3 of 7 (43%; 16% to 75%)`, for sentences; `None` where nothing is estimated.
    #[must_use]
    pub fn in_words(&self) -> Option<Label> {
        let estimate = self.estimate?;
        let text = Label::new(
            "{k} of {n} ({value}; {low} to {high})",
            "{n} ішінен {k} ({value}; {low} – {high})",
            "{k} из {n} ({value}; от {low} до {high})",
        );
        Some(text.fill(&[
            ("k", &Label::plain(self.successes.to_string())),
            ("n", &Label::plain(self.trials.to_string())),
            ("value", &percent(estimate.value)),
            ("low", &percent(estimate.low)),
            ("high", &percent(estimate.high)),
        ]))
    }

    /// Is it a share of so few that its counts are to be read and not its percentage?
    ///
    /// ```
    /// use bitim::model::estimate::Share;
    /// let of = |trials| Share { floor: 5, ..Share::counted(0, trials) };
    /// assert_eq!([0, 4, 5].map(|trials| of(trials).is_small()), [false, true, false]);
    /// ```
    #[must_use]
    pub const fn is_small(&self) -> bool {
        0 < self.trials && self.trials < self.floor
    }
}
