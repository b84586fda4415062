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
    /// How far north a place lies, in degrees; the south is negative.
    Latitude,
    /// How far east of Greenwich a place lies, in degrees; the west is negative.
    Longitude,
    /// Whether an event took place in the mediator's country.
    Hosted,
    /// The region of the dispute, which is not where the talks took place.
    Region,
    /// An actor that takes part.
    Party,
    /// In what standing it takes part.
    Standing,
    /// The source of a value.
    Source,
    /// Who coded a value, where several people code the same cases.
    Coder,
    /// The variable that a coding, a decision or a piece of evidence is about; `uptake:venue` is the
    /// uptake of the role `venue`.
    Variable,
    /// The value coded for it.
    Value,
    /// Why there is no value, where this stands in a column of its own.
    Reason,
    /// How sure the coder is.
    Confidence,
    /// Where in the source it stands.
    Locator,
    /// A remark; of a decision, why it was taken.
    Note,
}

impl Concept {
    /// May a row have several values of it?
    #[must_use]
    pub const fn may_be_several(self) -> bool {
        matches!(
            self,
            Self::Mediator
                | Self::Party
                | Self::Place
                | Self::Country
                | Self::Role
                | Self::Source
                | Self::Region
        )
    }

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
            Self::Latitude => "latitude",
            Self::Longitude => "longitude",
            Self::Hosted => "hosted",
            Self::Region => "region",
            Self::Party => "party",
            Self::Standing => "standing",
            Self::Source => "source",
            Self::Coder => "coder",
            Self::Variable => "variable",
            Self::Value => "value",
            Self::Reason => "reason",
            Self::Confidence => "confidence",
            Self::Locator => "locator",
            Self::Note => "note",
        }
    }
}
