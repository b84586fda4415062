//! The data that analysis may trust.

use std::sync::OnceLock;

use polars::prelude::DataFrame;

use super::codings::Codings;
use super::evidence::Evidence;
use super::typed::Typed;
use crate::load::Input;
use crate::model::claims::Claims;
use crate::model::codebook::{Code, Codebook};
use crate::model::concept::Concept;
use crate::model::date::{Day, Interval};
use crate::model::finding::Findings;
use crate::model::measure::Measure;
use crate::model::study::Study;
use crate::model::unit::Unit;

/// A checked data set. Only validation makes one, so holding it is the proof that the data were
/// checked and hold no error.
///
/// The frames have the same columns whatever the files look like; what a data set does not declare
/// is a column of nulls.
#[derive(Clone, Debug)]
pub struct Dataset {
    pub(crate) codebook: Codebook,
    pub(crate) study: Study,
    pub(crate) claims: Claims,
    /// The steering files as they are written, for what is compared setting by setting.
    pub(crate) settings: [(&'static str, toml::Table); 3],
    pub(crate) inputs: Vec<Input>,
    pub(crate) findings: Findings,
    /// Every declared table with all its variables, for what is counted variable by variable.
    pub(crate) tables: Vec<Typed>,
    pub(crate) codings: Codings,
    /// What every coded value rests on.
    pub(crate) evidence: Vec<Evidence>,
    pub(super) made: Made,
}

/// The frames that have been made: each is when somebody asks for it first, since a table needs few of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Made {
    pub(super) cases: OnceLock<DataFrame>,
    pub(super) mediators: OnceLock<DataFrame>,
    pub(super) engagements: OnceLock<DataFrame>,
    pub(super) events: OnceLock<DataFrame>,
    pub(super) acted: OnceLock<DataFrame>,
    pub(super) hosted: OnceLock<DataFrame>,
    pub(super) roles: OnceLock<DataFrame>,
    pub(super) parties: OnceLock<DataFrame>,
    pub(super) places: OnceLock<DataFrame>,
    pub(super) located: OnceLock<DataFrame>,
    pub(super) regions: OnceLock<DataFrame>,
    pub(super) sources: OnceLock<DataFrame>,
}

impl Dataset {
    /// The first table whose rows are that unit.
    pub(super) fn unit(&self, unit: Unit) -> Option<&Typed> {
        self.tables.iter().find(|table| table.unit == unit)
    }
}

impl Dataset {
    /// The short name of the data set.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.codebook.dataset.name
    }

    /// The codebook.
    #[must_use]
    pub const fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// The study.
    #[must_use]
    pub const fn study(&self) -> &Study {
        &self.study
    }

    /// The claims.
    #[must_use]
    pub const fn claims(&self) -> &Claims {
        &self.claims
    }

    /// What several people coded, and what was decided where they differ.
    #[must_use]
    pub const fn codings(&self) -> &Codings {
        &self.codings
    }

    /// The files that were read.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// The findings that are no errors.
    #[must_use]
    pub const fn findings(&self) -> &Findings {
        &self.findings
    }

    /// How many cases there are.
    #[must_use]
    pub fn n_cases(&self) -> usize {
        self.cases().map_or(0, DataFrame::height)
    }

    /// How many engagements there are: pairs of a case and one of its mediators.
    #[must_use]
    pub fn n_engagements(&self) -> usize {
        self.engagements().map_or(0, DataFrame::height)
    }

    /// How many events there are.
    #[must_use]
    pub fn n_events(&self) -> usize {
        self.events().map_or(0, DataFrame::height)
    }

    /// The span of time that the record covers, up to the cut-off.
    #[must_use]
    pub fn window(&self) -> Interval {
        let window = self.codebook.window();
        Interval {
            earliest: window.earliest,
            latest: self.cutoff(),
        }
    }

    /// The last day that the record knows of.
    #[must_use]
    pub fn cutoff(&self) -> Day {
        self.study.cutoff(self.codebook.window())
    }

    /// Does any table declare a variable with that meaning?
    #[must_use]
    pub fn has(&self, concept: Concept) -> bool {
        let mut tables = self.tables.iter();
        match concept {
            // A table of codings without a row is there to be filled.
            Concept::Coder => !self.codings.codings.is_empty(),
            _ if tables.any(|table| table.concept(concept).is_some()) => true,
            Concept::Hosted => { self.events().ok() }
                .and_then(|events| events.column("hosted").ok())
                .is_some_and(|column| column.null_count() < column.len()),
            Concept::Role => self.roles().is_ok_and(|roles| roles.height() > 0),
            _ => false,
        }
    }

    /// The roles from shallow to deep; none where the codebook gives them no order, so that there is no
    /// deepest one.
    #[must_use]
    pub fn depths(&self) -> &[Code] {
        let roles = self
            .tables
            .iter()
            .filter_map(|table| table.concept(Concept::Role));
        let is_ordered = roles
            .into_iter()
            .all(|field| field.measure == Measure::Ordinal);
        if is_ordered {
            self.codes(Concept::Role)
        } else {
            &[]
        }
    }

    /// The codes that a concept may have, in the order of the codebook.
    ///
    /// A concept may stand in several tables (the outcome of a case and of an event); the codes of
    /// the first in the order case, engagement, event, role, party, evidence are returned, and none if no table has it.
    #[must_use]
    pub fn codes(&self, concept: Concept) -> &[Code] {
        [
            Unit::Case,
            Unit::Engagement,
            Unit::Event,
            Unit::Role,
            Unit::Party,
            Unit::Evidence,
        ]
        .into_iter()
        .flat_map(|unit| self.tables.iter().filter(move |table| table.unit == unit))
        .filter_map(|table| table.concept(concept))
        .map(|field| field.codes.as_slice())
        .find(|codes| !codes.is_empty())
        .unwrap_or_default()
    }
}
