//! The unit of analysis: what one row is.

use serde::Deserialize;

use super::concept::Concept;
use super::label::Label;

/// What one row of a table is.
///
/// The unit travels with every frame and every published table, so that rounds of one process are
/// never counted as if they were independent cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// One dispute, or one course of talks in it, with all that mediated in it.
    Case,
    /// One mediator in one case: where a case has several mediators, they share it.
    Engagement,
    /// One dated act inside a case.
    Event,
    /// One role in one case.
    Role,
    /// One party in one case.
    Party,
    /// One actor, whatever its part: a list that others refer to.
    Actor,
    /// One place: a list that others refer to.
    Place,
    /// One source: a list that others refer to.
    Source,
    /// One coder's value of one variable of one case.
    Coding,
    /// What was agreed where coders differ, with the reason.
    Decision,
    /// What one coded value rests on.
    Evidence,
    /// One claim that the data are tested against: a row of results and of no codebook.
    #[serde(skip_deserializing)]
    Claim,
    /// One way of asking the record: a row of results and of no codebook.
    #[serde(skip_deserializing)]
    Run,
    /// Something that is checked and kept but not analysed.
    Other,
}

/// The frames that every data set has, each with what its rows are if a table can hold the like.
pub(crate) const FRAMES: [(&str, Option<Unit>); 8] = [
    ("cases", Some(Unit::Case)),
    ("engagements", Some(Unit::Engagement)),
    ("events", Some(Unit::Event)),
    ("roles", Some(Unit::Role)),
    ("parties", Some(Unit::Party)),
    ("places", Some(Unit::Place)),
    ("regions", None),
    ("sources", Some(Unit::Source)),
];

impl Unit {
    /// The plural, as it stands after a number or in a heading.
    #[must_use]
    pub const fn label(self) -> Label {
        match self {
            Self::Case => Label::new("cases", "жағдайлар", "случаи"),
            Self::Engagement => Label::new("engagements", "қатысулар", "участия"),
            Self::Event => Label::new("events", "оқиғалар", "события"),
            Self::Role => Label::new("roles", "рөлдер", "роли"),
            Self::Party => Label::new("parties", "тараптар", "стороны"),
            Self::Actor => Label::new("actors", "акторлар", "акторы"),
            Self::Place => Label::new("places", "орындар", "места"),
            Self::Source => Label::new("sources", "дереккөздер", "источники"),
            Self::Coding => Label::new("coded values", "кодталған мәндер", "кодированные значения"),
            Self::Decision => Label::new("decisions", "шешімдер", "решения"),
            Self::Evidence => {
                Label::new("coded values", "кодталған мәндер", "кодированные значения")
            }
            Self::Claim => Label::new("claims", "тұжырымдар", "утверждения"),
            Self::Run => Label::new("runs", "есептеулер", "прогоны"),
            Self::Other => Label::new("rows", "жолдар", "строки"),
        }
    }

    /// Does any table use what such rows say of a concept? What none uses is checked and counted in
    /// `coverage`, which a finding says.
    ///
    /// ```
    /// use bitim::model::{concept::Concept, unit::Unit};
    /// assert!(Unit::Event.uses(Concept::Place));
    /// assert!(!Unit::Case.uses(Concept::Place));
    /// ```
    #[must_use]
    pub const fn uses(self, concept: Concept) -> bool {
        use Concept as C;
        let is_of_case = matches!(
            self,
            Self::Case | Self::Engagement | Self::Event | Self::Role | Self::Party | Self::Evidence
        ) && matches!(concept, C::Case | C::Region | C::Source);
        let is_cited = matches!(
            self,
            Self::Event | Self::Role | Self::Party | Self::Evidence | Self::Coding | Self::Decision
        ) && matches!(concept, C::Confidence | C::Locator);
        is_of_case || is_cited || self.has(concept)
    }

    /// Is the concept one of this unit alone?
    const fn has(self, concept: Concept) -> bool {
        use Concept as C;
        match self {
            Self::Case | Self::Engagement => {
                matches!(
                    concept,
                    C::Mediator
                        | C::Title
                        | C::Kind
                        | C::Role
                        | C::Start
                        | C::End
                        | C::Outcome
                        | C::Party
                )
            }
            Self::Event => {
                let is_act = matches!(
                    concept,
                    C::Event
                        | C::Mediator
                        | C::Title
                        | C::Type
                        | C::Role
                        | C::Start
                        | C::End
                        | C::Outcome
                        | C::Party
                );
                is_act
                    || matches!(
                        concept,
                        C::Place | C::Country | C::Latitude | C::Longitude | C::Hosted
                    )
            }
            Self::Role => matches!(concept, C::Mediator | C::Role | C::Basis | C::Uptake),
            Self::Party => matches!(concept, C::Party | C::Standing),
            Self::Evidence => matches!(concept, C::Variable | C::Value | C::Note),
            Self::Place => matches!(concept, C::Place | C::Country | C::Latitude | C::Longitude),
            Self::Actor => matches!(concept, C::Mediator | C::Party | C::Country),
            Self::Source => matches!(concept, C::Source | C::Title),
            Self::Coding | Self::Decision => {
                matches!(
                    concept,
                    C::Case
                        | C::Mediator
                        | C::Coder
                        | C::Variable
                        | C::Value
                        | C::Reason
                        | C::Source
                        | C::Note
                )
            }
            Self::Other => matches!(concept, C::Case),
            Self::Claim | Self::Run => false,
        }
    }

    /// The name in codebooks and machine-readable output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Engagement => "engagement",
            Self::Event => "event",
            Self::Role => "role",
            Self::Party => "party",
            Self::Actor => "actor",
            Self::Place => "place",
            Self::Source => "source",
            Self::Coding => "coding",
            Self::Decision => "decision",
            Self::Evidence => "evidence",
            Self::Claim => "claim",
            Self::Run => "run",
            Self::Other => "other",
        }
    }
}
