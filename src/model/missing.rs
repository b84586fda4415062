//! Why a value is not there: a missing value is never a number and never a code.

use serde::Deserialize;

use super::label::Label;

/// The reason of a missing value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The sources are silent.
    Unknown,
    /// The question does not arise.
    Na,
    /// Not over yet at the cut-off.
    Open,
    /// The cell was left empty.
    Blank,
}

impl Reason {
    /// Every reason, in the order in which tables print them.
    pub const ALL: [Self; 4] = [Self::Unknown, Self::Na, Self::Open, Self::Blank];

    /// The name in codebooks, frames and CSV exports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Na => "na",
            Self::Open => "open",
            Self::Blank => "blank",
        }
    }

    /// The reason of that name, as [`Reason::name`] writes it.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }

    /// The reason in words.
    #[must_use]
    pub const fn label(self) -> Label {
        match self {
            Self::Unknown => Label::new("unknown", "белгісіз", "неизвестно"),
            Self::Na => Label::new("does not apply", "қолданылмайды", "не применимо"),
            Self::Open => Label::new("still open", "әлі ашық", "ещё открыто"),
            Self::Blank => Label::new("left blank", "бос қалдырылған", "не заполнено"),
        }
    }
}
