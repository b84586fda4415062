//! What kinds of decision are taken otherwise, and whether they question the record or the question.

use crate::model::label::Label;

/// What kind of decision a variation takes otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::analyse) enum Group {
    Case,
    Alternative,
    Reading,
    Confidence,
    Unknown,
    Threshold,
    Kinds,
    Without,
    Periods,
    Unit,
    View,
    Coder,
}

/// Whether a variation questions the record or only what is asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::analyse) enum Family {
    /// Other cases or codes: what is true may be otherwise.
    Record,
    /// The coders' own cases and codes, which may be cut otherwise than the record's.
    Coders,
    /// Other definitions: the same record, asked for something else.
    Definition,
}

impl Family {
    pub(in crate::analyse) const ALL: [Self; 3] = [Self::Record, Self::Coders, Self::Definition];

    pub(in crate::analyse) const fn code(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Coders => "coders",
            Self::Definition => "definition",
        }
    }

    pub(in crate::analyse) const fn label(self) -> Label {
        match self {
            Self::Record => Label::new("cases and codes", "жағдайлар мен кодтар", "случаи и коды"),
            Self::Coders => Label::new("coders", "кодтаушылар", "кодировщики"),
            Self::Definition => Label::new("definitions", "анықтамалар", "определения"),
        }
    }
}

impl Group {
    pub(in crate::analyse) const fn family(self) -> Family {
        match self {
            Self::Case | Self::Alternative | Self::Reading | Self::Confidence | Self::Unknown => {
                Family::Record
            }
            Self::Coder => Family::Coders,
            Self::Threshold
            | Self::Kinds
            | Self::Without
            | Self::Periods
            | Self::Unit
            | Self::View => Family::Definition,
        }
    }

    /// Does it concern single cases, and leave all others as they are?
    pub(super) const fn is_of_cases(self) -> bool {
        match self {
            Self::Case
            | Self::Alternative
            | Self::Reading
            | Self::Confidence
            | Self::Unknown
            | Self::Without => true,
            Self::Threshold
            | Self::Kinds
            | Self::Periods
            | Self::Unit
            | Self::View
            | Self::Coder => false,
        }
    }

    pub(in crate::analyse) const ALL: [Self; 12] = [
        Self::Case,
        Self::Alternative,
        Self::Reading,
        Self::Confidence,
        Self::Unknown,
        Self::Threshold,
        Self::Kinds,
        Self::Without,
        Self::Periods,
        Self::Unit,
        Self::View,
        Self::Coder,
    ];

    pub(in crate::analyse) const fn code(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Alternative => "alternative",
            Self::Reading => "reading",
            Self::Confidence => "confidence",
            Self::Unknown => "unknown",
            Self::Threshold => "threshold",
            Self::Kinds => "kinds",
            Self::Without => "without",
            Self::Periods => "periods",
            Self::Unit => "unit",
            Self::View => "view",
            Self::Coder => "coder",
        }
    }

    pub(in crate::analyse) const fn label(self) -> Label {
        match self {
            Self::Case => Label::new(
                "one case left out",
                "бір жағдай алынбады",
                "без одного случая",
            ),
            Self::Alternative => Label::new(
                "second defensible code",
                "екінші ықтимал код",
                "второй допустимый код",
            ),
            Self::Reading => Label::new(
                "second reading of a role",
                "рөлді екінші оқу",
                "второе прочтение роли",
            ),
            Self::Confidence => {
                Label::new("weak codes dropped", "әлсіз кодтарсыз", "без слабых кодов")
            }
            Self::Unknown => Label::new(
                "unknown outcomes",
                "белгісіз нәтижелер",
                "неизвестные исходы",
            ),
            Self::Threshold => Label::new("another threshold", "басқа шек", "другой порог"),
            Self::Kinds => Label::new(
                "other kinds counted",
                "басқа түрлер саналды",
                "с другими видами",
            ),
            Self::Without => Label::new("a group left out", "бір топ алынбады", "без группы"),
            Self::Periods => Label::new("other periods", "басқа кезеңдер", "другие периоды"),
            Self::Unit => Label::new("another unit", "басқа бірлік", "другая единица"),
            Self::View => Label::new("another view", "басқа көрініс", "другой вид"),
            Self::Coder => Label::new("another coder", "басқа кодтаушы", "другой кодировщик"),
        }
    }
}
