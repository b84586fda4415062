//! The data that analysis may trust.

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
pub struct Cases {
    pub(crate) codebook: Codebook,
    pub(crate) study: Study,
    pub(crate) claims: Claims,
    /// The steering files as they are written, for what is compared setting by setting.
    pub(crate) settings: [(&'static str, toml::Table); 3],
    pub(crate) inputs: Vec<Input>,
    pub(crate) findings: Findings,
    /// Every declared table with all its variables, for what is counted variable by variable.
    pub(crate) tables: Vec<Typed>,
    /// `case title kind outcome outcome_missing start_earliest start_latest start_missing
    /// end_earliest end_latest end_missing`, a row per case.
    pub(crate) each: DataFrame,
    /// The same with `mediator`: a row per case and mediator of it.
    pub(crate) engagements: DataFrame,
    /// `event case type outcome outcome_missing start_earliest start_latest start_missing end_earliest end_latest
    /// end_missing hosted`, a row per event.
    pub(crate) events: DataFrame,
    /// `event mediator`, a row per mediator of an event.
    pub(crate) acted: DataFrame,
    /// `event mediator hosted`: whether it was at the home of that mediator, or of whoever mediates.
    pub(crate) hosted: DataFrame,
    /// `case mediator role basis uptake is_coded day`, a row per role; see [`super::roles`].
    pub(crate) roles: DataFrame,
    /// `case party standing`, a row per party.
    pub(crate) parties: DataFrame,
    /// `event place country`, a row per place of an event.
    pub(crate) places: DataFrame,
    /// `event region`, a row per region that an event names itself.
    pub(crate) located: DataFrame,
    /// `case region`, a row per region of a case that any row about the case names.
    pub(crate) regions: DataFrame,
    /// `case source`, a row per source that any row about the case names.
    pub(crate) sources: DataFrame,
    pub(crate) codings: Codings,
    /// What every coded value rests on.
    pub(crate) evidence: Vec<Evidence>,
}

impl Cases {
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
        self.each.height()
    }

    /// How many engagements there are: pairs of a case and one of its mediators.
    #[must_use]
    pub fn n_engagements(&self) -> usize {
        self.engagements.height()
    }

    /// How many events there are.
    #[must_use]
    pub fn n_events(&self) -> usize {
        self.events.height()
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
        let made = match concept {
            Concept::Hosted => self
                .events
                .column("hosted")
                .is_ok_and(|column| column.null_count() < column.len()),
            Concept::Role => self.roles.height() > 0,
            // A table of codings without a row is there to be filled.
            Concept::Coder => return !self.codings.codings.is_empty(),
            _ => false,
        };
        made || self
            .tables
            .iter()
            .any(|table| table.concept(concept).is_some())
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
