//! What numbers say of a claim.

use super::measured::{Kind, Measured, Unanswered};
use crate::model::claims::{ClaimTest, Form};
use crate::model::label::Label;

/// On which side of its thresholds a number lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::analyse) enum Side {
    /// It supports the claim.
    For,
    /// It contradicts the claim.
    Against,
    /// It does neither.
    Between,
}

/// A number of a claim, or why there is none.
#[derive(Clone, Debug)]
pub(in crate::analyse) struct Tested<'a> {
    pub(in crate::analyse) test: &'a ClaimTest,
    pub(in crate::analyse) answer: std::result::Result<Measured, Unanswered>,
    /// The number with its break in another year, if it has one.
    pub(in crate::analyse) breaks: Option<Label>,
}

impl Tested<'_> {
    /// What kind of number it is, or would be.
    pub(in crate::analyse) const fn kind(&self) -> Kind {
        match self.test.measure {
            Form::Count { .. } | Form::Distinct { .. } => Kind::Count,
            Form::Share { .. } => Kind::Share,
            Form::Difference { .. } => Kind::Difference,
            Form::RateRatio { .. } => Kind::Ratio,
            Form::RankTrend { .. } => Kind::Correlation,
            Form::First { .. } => Kind::Day,
        }
    }

    /// The side on which the number lies.
    pub(in crate::analyse) fn side(&self) -> Option<Side> {
        let measured = self.answer.as_ref().ok()?;
        Some(side_of(self.test, measured.value))
    }

    /// Does its interval, or what is not known, reach from one side of the thresholds to the other?
    fn reaches_the_other_side(&self) -> bool {
        let Ok(measured) = &self.answer else {
            return false;
        };
        let mut reaches = measured.interval.into_iter().chain([measured.bounds]);
        reaches.any(|(low, high)| {
            let sides = [side_of(self.test, low), side_of(self.test, high)];
            sides.contains(&Side::For) && sides.contains(&Side::Against)
        })
    }

    /// Does the number stay on its side wherever in its interval it is, and whatever is not known turns
    /// out to be? An estimate without an interval does not.
    pub(in crate::analyse) fn is_firm(&self) -> bool {
        let Ok(measured) = &self.answer else {
            return false;
        };
        if measured.is_estimate && measured.interval.is_none() {
            return false;
        }
        let side = side_of(self.test, measured.value);
        let limits = measured.interval.into_iter().chain([measured.bounds]);
        limits
            .flat_map(|(low, high)| [low, high])
            .all(|limit| side_of(self.test, limit) == side)
    }
}

/// The side of its thresholds on which a number lies.
pub(super) fn side_of(test: &ClaimTest, value: f64) -> Side {
    if test.supported.holds(value) {
        Side::For
    } else if test.contradicted.holds(value) {
        Side::Against
    } else {
        Side::Between
    }
}

/// The side on which all numbers of a claim lie, or between if they do not; nothing without a number.
pub(in crate::analyse) fn direction(tests: &[Tested]) -> Option<Side> {
    common(tests.iter().filter_map(Tested::side))
}

/// The side that all these are, or between if they are not one.
pub(super) fn common(mut sides: impl Iterator<Item = Side>) -> Option<Side> {
    let first = sides.next()?;
    let is_one = sides.all(|side| side == first);
    Some(if is_one { first } else { Side::Between })
}

/// What the data say of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::analyse) enum Verdict {
    /// Every number supports it, wherever in its interval it lies.
    Supported,
    /// Every number supports it, and chance or what is not known could take one from that side.
    PointsFor,
    /// The numbers lie between the thresholds, or on different sides.
    Mixed,
    /// Every number lies on one side, and chance or what is not known could take one to the other.
    Open,
    /// Every number contradicts it, and chance or what is not known could take one from that side.
    PointsAgainst,
    /// Every number contradicts it, wherever in its interval it lies.
    Contradicted,
    /// It could be tested, and these data give no number.
    Undecided,
    /// It is a forecast, and the view ends too early.
    NotYet,
    /// No data of this kind can test it.
    NotTestable,
}

impl Verdict {
    pub(in crate::analyse) const ALL: [Self; 9] = [
        Self::Supported,
        Self::PointsFor,
        Self::Mixed,
        Self::Open,
        Self::PointsAgainst,
        Self::Contradicted,
        Self::Undecided,
        Self::NotYet,
        Self::NotTestable,
    ];

    /// The verdict of these numbers. Those that could not be formed decide nothing, and keep it from
    /// being firm.
    pub(in crate::analyse) fn of(tests: &[Tested]) -> Self {
        if tests.is_empty() {
            return Self::NotTestable;
        }
        if direction(tests).is_none() {
            let is_early = |test: &Tested| matches!(test.answer, Err(Unanswered::TooEarly));
            return if tests.iter().all(is_early) {
                Self::NotYet
            } else {
                Self::Undecided
            };
        }
        let is_firm = tests.iter().all(Tested::is_firm);
        let is_open = tests.iter().any(Tested::reaches_the_other_side);
        match (direction(tests), is_firm, is_open) {
            (Some(Side::For), true, _) => Self::Supported,
            (Some(Side::Against), true, _) => Self::Contradicted,
            (Some(Side::For | Side::Against), _, true) => Self::Open,
            (Some(Side::For), ..) => Self::PointsFor,
            (Some(Side::Against), ..) => Self::PointsAgainst,
            _ => Self::Mixed,
        }
    }

    /// The code in exports.
    pub(in crate::analyse) const fn code(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::PointsFor => "points_supported",
            Self::Mixed => "mixed",
            Self::Open => "open",
            Self::PointsAgainst => "points_contradicted",
            Self::Contradicted => "contradicted",
            Self::Undecided => "undecided",
            Self::NotYet => "not_yet",
            Self::NotTestable => "not_testable",
        }
    }

    /// The verdict as a reader sees it.
    pub(in crate::analyse) const fn label(self) -> Label {
        match self {
            Self::Supported => Label::new("supported", "расталады", "подтверждается"),
            Self::PointsFor => Label::new(
                "points to support, not settled",
                "растауға бағытталған, шешілмеген",
                "указывает на подтверждение, не решено",
            ),
            Self::Mixed => Label::new("mixed", "аралас", "смешанно"),
            Self::Open => Label::new(
                "open: compatible with both",
                "ашық: екеуіне де сәйкес",
                "открыто: совместимо с обоими",
            ),
            Self::PointsAgainst => Label::new(
                "points to contradiction, not settled",
                "теріске бағытталған, шешілмеген",
                "указывает на опровержение, не решено",
            ),
            Self::Contradicted => Label::new("contradicted", "теріске шығады", "опровергается"),
            Self::Undecided => {
                Label::new("cannot be computed", "есептеу мүмкін емес", "не вычислить")
            }
            Self::NotYet => Label::new("too early to tell", "айтуға ерте", "судить рано"),
            Self::NotTestable => Label::new("not testable", "тексерілмейді", "не проверяемо"),
        }
    }
}

impl Side {
    /// The code in exports.
    pub(in crate::analyse) const fn code(self) -> &'static str {
        match self {
            Self::For => "supports",
            Self::Against => "contradicts",
            Self::Between => "between",
        }
    }

    /// Where runs go that lie on it, as a reader sees it.
    pub(in crate::analyse) const fn towards(self) -> Label {
        match self {
            Self::For => Label::new("towards support", "растауға қарай", "к подтверждению"),
            Self::Against => Label::new("towards contradiction", "теріске қарай", "к опровержению"),
            Self::Between => Label::new("mixed", "аралас", "смешанно"),
        }
    }

    /// The side as a reader sees it.
    pub(in crate::analyse) const fn label(self) -> Label {
        match self {
            Self::For => Label::new("supports", "растайды", "подтверждает"),
            Self::Against => Label::new("contradicts", "теріске шығарады", "опровергает"),
            Self::Between => Label::new("neither", "екеуі де емес", "ни то ни другое"),
        }
    }
}
