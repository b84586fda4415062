//! The third stage: numbers, each with its unit, its n and the way it was formed.

mod assumptions;
mod by_case;
mod caveats;
mod claims;
mod coders;
mod count;
pub mod diff;
mod engagements;
mod evidence;
mod factors;
mod headlines;
mod home;
mod index;
mod lengths;
mod names;
mod parties;
mod selection;
pub(crate) mod sensitivity;
mod snapshot;
mod sources;
pub mod statistics;
pub mod table;
mod tables;
mod thresholds;

use crate::error::{Error, Result};
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::validate::Dataset;

pub use assumptions::Assumptions;
pub use caveats::SELECTION;
pub use evidence::weak;
pub use headlines::{Headline, headlines};
pub use index::{Entry, Index, index};
pub use selection::{Question, Selection};
pub use sources::{Source, sources};
pub use table::{Answer, Cell, Column, Table};

/// A table that can be computed: plain data with one function. What else it needs the function finds
/// out itself, and answers with [`Error::MissingConcept`].
pub struct TableSpec {
    /// The one name it has everywhere: command line, CSV, figure, golden file.
    pub name: &'static str,
    /// The heading.
    pub title: Label,
    /// What the codebook must declare for it.
    pub needs: &'static [Concept],
    /// Must the study say from where on an outcome is a success?
    pub needs_threshold: bool,
    /// Finds out what is its own.
    pub compute: fn(&Selection) -> Result<Answer>,
}

impl TableSpec {
    /// The table, computed.
    fn computed(&self, selection: &Selection) -> Result<Table> {
        (self.compute)(selection)?.table(self.name, &self.title, selection)
    }
}

/// Every table, in the order of the report.
pub static TABLES: &[&TableSpec] = &[
    &tables::profile::SPEC,
    &tables::timeline::SPEC,
    &tables::trajectories::SPEC,
    &tables::calendar::SPEC,
    &tables::cases::SPEC,
    &tables::activity::SPEC,
    &tables::roles::SPEC,
    &tables::outcomes::SPEC,
    &tables::success::SPEC,
    &tables::funnel::SPEC,
    &tables::trends::SPEC,
    &tables::durations::SPEC,
    &tables::survival::SPEC,
    &tables::association::SPEC,
    &tables::models::SPEC,
    &tables::parties::SPEC,
    &tables::partners::SPEC,
    &tables::pairs::SPEC,
    &tables::venues::SPEC,
    &tables::map::SPEC,
    &tables::regions::SPEC,
    &tables::claims::SPEC,
    &tables::claim_tests::SPEC,
    &tables::sensitivity::SPEC,
    &tables::specifications::SPEC,
    &tables::reliability::SPEC,
    &tables::agreed::SPEC,
    &tables::coverage::SPEC,
    &tables::sources::SPEC,
    &tables::evidence::SPEC,
];

/// Every table that a data set has the variables for, and the names and reasons of the others.
#[derive(Debug, Default)]
pub struct Tables {
    /// The computed tables, in the order of [`TABLES`].
    pub computed: Vec<Table>,
    /// The name of a table that was skipped, with the concepts that the codebook does not declare.
    pub skipped: Vec<(&'static str, String)>,
}

impl Tables {
    /// The table of that name, if it was computed.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Table> {
        self.computed.iter().find(|table| table.name == name)
    }
}

/// Computes every table.
///
/// # Errors
///
/// [`Error::Compute`] if a computation fails. A table whose needs are not met is no error: it is
/// among the skipped.
pub fn tables(selection: &Selection) -> Result<Tables> {
    let mut tables = Tables::default();
    for spec in TABLES {
        match lacking(spec, selection.data) {
            Some(needs) => tables.skipped.push((spec.name, needs)),
            None => match spec.computed(selection) {
                // What a table needs besides single concepts it says itself.
                Err(Error::MissingConcept { needs, .. }) => {
                    tables.skipped.push((spec.name, needs));
                }
                table => tables.computed.push(table?),
            },
        }
    }
    Ok(tables)
}

/// Computes the table of that name.
///
/// # Errors
///
/// [`Error::UnknownName`] if there is no such table, [`Error::MissingConcept`] if the codebook does
/// not declare what it needs.
pub fn table(name: &str, selection: &Selection) -> Result<Table> {
    let spec = find(name)?;
    if let Some(needs) = lacking(spec, selection.data) {
        return Err(Error::MissingConcept {
            kind: "table",
            name: spec.name,
            needs,
        });
    }
    spec.computed(selection)
}

/// The tables `sensitivity` and `specifications`, for whoever wants to watch their runs being computed.
///
/// `step` hears, as each run ends, how many have ended and how many there are.
///
/// # Errors
///
/// [`Error::Compute`] if a computation fails.
pub fn sensitivity(
    selection: &Selection,
    step: &(dyn Fn(usize, usize) + Sync),
) -> Result<[Table; 2]> {
    sensitivity::runs(selection, step)?;
    Ok([
        tables::sensitivity::SPEC.computed(selection)?,
        tables::specifications::SPEC.computed(selection)?,
    ])
}

/// The table of that name.
///
/// # Errors
///
/// [`Error::UnknownName`] if there is none.
pub fn find(name: &str) -> Result<&'static TableSpec> {
    TABLES
        .iter()
        .copied()
        .find(|spec| spec.name == name)
        .ok_or_else(|| Error::UnknownName {
            kind: "table",
            name: name.to_owned(),
            known: TABLES.iter().map(|spec| spec.name.to_owned()).collect(),
        })
}

/// The concepts that a table needs and the data do not have, in words; `None` if there are none.
fn lacking(spec: &TableSpec, data: &Dataset) -> Option<String> {
    let mut lacking: Vec<&str> = spec
        .needs
        .iter()
        .filter(|concept| !data.has(**concept))
        .map(|concept| concept.name())
        .collect();
    if spec.needs_threshold && data.study().success.is_none() {
        lacking.push("[success] in study.toml");
    }
    (!lacking.is_empty()).then(|| lacking.join(", "))
}
