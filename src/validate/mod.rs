//! The second stage: what is wrong with the data, and what can be trusted.
//!
//! All findings are collected and none is raised. [`Checked::accept`] yields [`Dataset`] only if no
//! finding is an error, so analysis never meets a raw code.

mod aliases;
mod alike;
mod assemble;
mod cells;
pub mod codings;
pub(crate) mod concepts;
mod dataset;
mod dates;
mod decode;
mod derive;
pub(crate) mod evidence;
mod frames;
mod group;
mod indicators;
mod numbers;
pub(crate) mod places;
mod roles;
pub(crate) mod rules;
pub(crate) mod typed;
mod value;
mod wording;

pub use dataset::Dataset;
pub use rules::RULES;

use crate::error::{Error, Result};
use crate::load::Records;
use crate::model::finding::{Findings, Severity};
use typed::Draft;

/// A data set with everything that was found about it.
pub struct Checked {
    draft: Draft,
}

/// Holds records against every rule.
///
/// # Errors
///
/// [`Error::Compute`] if a frame cannot be built, which is a fault of the program.
///
/// ```
/// use bitim::{load, model::finding::Severity, validate};
/// let checked = validate::check(load::dataset(&load::Store::Bundled)?)?;
/// assert_eq!(checked.findings().count(Severity::Error), 0);
/// # Ok::<(), bitim::error::Error>(())
/// ```
pub fn check(mut records: Records) -> Result<Checked> {
    let mut findings = std::mem::take(&mut records.findings);
    rules::settings::settings(&records, &mut findings);
    let codebook = records.codebook.value.clone();
    let mut draft = Draft {
        records,
        tables: Vec::new(),
        codings: codings::Codings::default(),
    };
    for spec in codebook.tables() {
        if let Some(rows) = draft.records.table(&spec.name) {
            let table = decode::table(&draft.records, spec, rows, &mut findings)?;
            draft.tables.push(table);
        }
    }
    derive::derive(&mut draft, &mut findings)?;
    rules::settings::values(&draft, &mut findings);
    for check in rules::CHECKS {
        check(&draft, &mut findings);
    }
    draft.codings = codings::read(&draft, &mut findings)?;
    draft.records.findings = findings;
    Ok(Checked { draft })
}

impl Checked {
    /// Everything that was found.
    #[must_use]
    pub const fn findings(&self) -> &Findings {
        &self.draft.records.findings
    }

    /// Where the lines of the files went.
    #[must_use]
    pub fn tally(&self) -> crate::load::Tally {
        self.draft.records.tally()
    }

    /// The name of the data set; empty if its codebook cannot be read.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.draft.records.codebook.value.dataset.name
    }

    /// The data, if no finding is an error.
    ///
    /// # Errors
    ///
    /// [`Error::Rejected`] if one is.
    pub fn accept(self) -> Result<Dataset> {
        let errors = self.findings().count(Severity::Error);
        if errors > 0 {
            return Err(Error::Rejected {
                dataset: self.name().to_owned(),
                errors,
            });
        }
        Ok(assemble::accepted(self.draft))
    }
}
