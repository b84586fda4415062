//! Conditions that the codebook states about its own rows: when this, then that.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::finding::Severity;
use super::label::Label;

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
    /// How grave it is.
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
        because: super::missing::Reason,
    },
}
