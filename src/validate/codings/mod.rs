//! What several people coded of the same cases: one value of one variable of one case a row.
//!
//! A coding is tested against the codebook of the cases, not against one of its own: it is decoded as
//! if it stood in the table of cases, so that every rule about cells holds for it too. Codings are
//! no data of the record; they show how the record came about and how far two readers agree.

mod check;
mod coded;
mod consensus;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::codebook::Code;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::missing::Reason;

pub(super) use check::read;
pub(crate) use check::{TWICE, VARIABLE};
pub use coded::Coder;
pub use consensus::{Answer, Item, Standing};

/// The values that somebody gave for one variable of one case: several if it is a set, and one
/// missing reason if there is none.
pub type Answers = BTreeSet<Given>;

/// A value of a variable, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Given {
    /// The value as written; two spellings of one date are one value.
    Value(String),
    /// Why there is no value.
    Missing(Reason),
}

impl Given {
    /// The value as text, or the name of the reason.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Value(text) => text,
            Self::Missing(reason) => reason.name(),
        }
    }
}

/// One coding: a row of a table of codings, or of decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coding {
    /// Who coded it; nobody in particular if it is a decision.
    pub coder: Option<String>,
    /// The case, as the coders name it.
    pub case: String,
    /// The variable that it is a value of.
    pub variable: String,
    /// Of which role it is the uptake, where the variable describes roles.
    pub of: Option<String>,
    /// The value.
    pub given: Given,
    /// How sure the coder is.
    pub confidence: Option<String>,
    /// Where in the source it stands.
    pub locator: Option<String>,
    /// A remark, or the reason of a decision.
    pub note: Option<String>,
}

impl Coding {
    /// The variable with the role that it is about: `uptake:venue`.
    #[must_use]
    pub fn about(&self) -> String {
        match &self.of {
            Some(role) => format!("{}:{role}", self.variable),
            None => self.variable.clone(),
        }
    }
}

/// A variable that was coded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// Its name.
    pub key: String,
    /// The name a reader sees.
    pub label: Label,
    /// Its scale.
    pub measure: Measure,
    /// Its codes, in the order of the codebook.
    pub codes: Vec<Code>,
    /// Why a value of it may be missing, as the codebook has it.
    pub reasons: BTreeSet<Reason>,
    /// May a case have several values of it, as it has several roles?
    pub is_set: bool,
    /// Does it describe a role and not the case?
    pub of_role: bool,
}

/// Every coding of a data set, with the decisions where coders differ.
#[derive(Clone, Debug, Default)]
pub struct Codings {
    /// The codings, in the order of the files.
    pub codings: Vec<Coding>,
    /// The decisions, in the order of the files.
    pub decisions: Vec<Coding>,
    /// The variables coded, in the order of the codebook.
    pub variables: Vec<Coded>,
}

impl Codings {
    /// The coders, in order.
    #[must_use]
    pub fn coders(&self) -> BTreeSet<&str> {
        let coders = self.codings.iter();
        coders
            .filter_map(|coding| coding.coder.as_deref())
            .collect()
    }

    /// The names of the variables coded.
    #[must_use]
    pub fn keys(&self) -> BTreeSet<&str> {
        let variables = self.variables.iter();
        variables.map(|coded| coded.key.as_str()).collect()
    }

    /// The cases in the order in which they were first coded.
    #[must_use]
    pub fn cases(&self) -> Vec<&str> {
        let mut cases: Vec<&str> = Vec::new();
        for coding in &self.codings {
            if !cases.contains(&coding.case.as_str()) {
                cases.push(&coding.case);
            }
        }
        cases
    }

    /// What one coder gave: case and variable → answers.
    #[must_use]
    pub fn by(&self, coder: &str) -> BTreeMap<(String, String), Answers> {
        let theirs = self.codings.iter();
        gathered(theirs.filter(|coding| coding.coder.as_deref() == Some(coder)))
    }
}

/// Case and variable → the values given.
fn gathered<'a>(codings: impl Iterator<Item = &'a Coding>) -> BTreeMap<(String, String), Answers> {
    let mut found: BTreeMap<(String, String), Answers> = BTreeMap::new();
    for coding in codings {
        let key = (coding.case.clone(), coding.about());
        found.entry(key).or_default().insert(coding.given.clone());
    }
    found
}
