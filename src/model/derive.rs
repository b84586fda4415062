//! Variables and tables computed from others, by a small closed set of forms.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::codebook::Codes;
use super::concept::Concept;
use super::label::Label;
use super::measure::Measure;
use super::missing::Reason;

/// One derived variable or table, printed with the table `coverage`.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case", deny_unknown_fields)]
pub enum Derive {
    /// A concept whose codes follow from another variable, value by value.
    Recode {
        /// The table that holds the variable.
        table: String,
        /// The variable read.
        from: String,
        /// The concept made.
        concept: Concept,
        /// The scale of the codes made.
        measure: Measure,
        /// The name a reader sees.
        label: Label,
        /// The codes made.
        codes: Codes,
        /// Value read → code made.
        map: BTreeMap<String, String>,
        /// Value read → reason why there is no code.
        #[serde(default)]
        missing: BTreeMap<String, Reason>,
    },
    /// `hosted`: whether a place of the event lies in the mediator's country (`home` of the study).
    Hosted {
        /// The table of events.
        table: String,
        /// The name a reader sees.
        label: Label,
        /// The role that hosting is evidence of; cases get it without it being coded.
        role: Option<String>,
    },
    /// A table of cases made by grouping events that name the same case.
    Group {
        /// The table made.
        table: String,
        /// The table of events.
        from: String,
        /// The name a reader sees for the cases' titles.
        label: Label,
        /// The outcome of a case: `best` of its events, or the `last` dated one.
        #[serde(default)]
        outcome: Aggregate,
        /// The variables of events that a case has too: the one value that its events agree on.
        #[serde(default)]
        keep: Vec<String>,
    },
}

/// How the outcome of a case follows from those of its events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aggregate {
    /// The highest on the scale.
    #[default]
    Best,
    /// That of the latest event with a known outcome.
    Last,
}
