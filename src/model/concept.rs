//! What a column means to the program, whatever the file calls it.

use serde::Deserialize;

/// The meaning of a variable, where code must branch on it.
///
/// The set is closed: a variable without a concept is still checked and counted in `coverage`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Concept {
    /// The key of a case, or the case that a row belongs to.
    Case,
    /// The key of an event.
    Event,
    /// The third party.
    Mediator,
    /// The name of a case as a reader sees it.
    Title,
    /// What kind of engagement it is: something took place, or an offer.
    Kind,
    /// What the third party did, from shallow to deep.
    Role,
    /// Whether a role was acted or only claimed.
    Basis,
    /// Whether a role was provided or declined.
    Uptake,
    /// When a case or event began.
    Start,
    /// When it ended.
    End,
    /// What the talks produced.
    Outcome,
    /// What kind of act an event is.
    Type,
    /// Where an event took place.
    Place,
    /// The country of a place.
    Country,
    /// Whether an event took place in the mediator's country.
    Hosted,
    /// An actor that takes part.
    Party,
    /// In what standing it takes part.
    Standing,
    /// The source of a value.
    Source,
}

impl Concept {
    /// The name in codebooks and frames.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Event => "event",
            Self::Mediator => "mediator",
            Self::Title => "title",
            Self::Kind => "kind",
            Self::Role => "role",
            Self::Basis => "basis",
            Self::Uptake => "uptake",
            Self::Start => "start",
            Self::End => "end",
            Self::Outcome => "outcome",
            Self::Type => "type",
            Self::Place => "place",
            Self::Country => "country",
            Self::Hosted => "hosted",
            Self::Party => "party",
            Self::Standing => "standing",
            Self::Source => "source",
        }
    }
}
