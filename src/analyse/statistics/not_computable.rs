//! Why a statistic has no value for some data: an answer, where 0, 1 or NaN would be a wrong one.

use crate::model::label::Label;

/// The reason why a statistic cannot be computed.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::not_computable::NotComputable;
/// assert_eq!(NotComputable::NoData.to_string(), "not computable: there is no observation");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotComputable {
    /// Nothing was observed, or everything is missing.
    #[error("not computable: there is no observation")]
    NoData,
    /// There are observations, but fewer than the statistic is defined for.
    #[error("not computable: there are too few observations")]
    TooFew,
    /// Observations come in clusters, and these are too few to draw from.
    #[error("not computable: there are fewer than ten clusters")]
    FewClusters,
    /// All observations fall into one category or group.
    #[error("not computable: there is only one category or group")]
    OneCategory,
    /// All observations have the same value.
    #[error("not computable: the values do not vary")]
    NoVariation,
    /// Nobody's ratings could be compared with another's.
    #[error("not computable: there is only one rater")]
    OneRater,
    /// There are two raters or more, but they rated different units.
    #[error("not computable: no unit has ratings by two raters")]
    NoPair,
    /// What is expected by chance would come from the very ratings that it is compared with.
    #[error("not computable: only one unit has ratings by two raters")]
    OneUnit,
    /// An interval would be one of the resamples that happen to have a value.
    #[error(
        "not computable: too many resamples have no value, for the units are few or hardly vary"
    )]
    UndefinedResamples,
    /// Every observation is censored.
    #[error("not computable: there is no event")]
    NoEvent,
    /// The exact distribution is known only for values that all differ.
    #[error("not computable exactly: some values are equal")]
    Ties,
    /// The exact distribution would take too long.
    #[error("not computable exactly: there are too many observations")]
    TooLarge,
    /// The scores are not multiples of a common step.
    #[error("not computable exactly: the scores are not multiples of a common step")]
    OffLattice,
    /// One explanatory variable is a combination of others.
    #[error("not computable: an explanatory variable is a combination of the others")]
    Collinear,
    /// The iteration did not end at a solution.
    #[error("not computable: the iteration found no solution")]
    NotConverged,
    /// The input is none that could have been observed.
    #[error("not computable: {0}")]
    Invalid(&'static str),
}

impl NotComputable {
    /// The reason as a code, the same in every language.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoData => "no_data",
            Self::TooFew => "too_few",
            Self::FewClusters => "few_clusters",
            Self::OneCategory => "one_category",
            Self::NoVariation => "no_variation",
            Self::OneRater => "one_rater",
            Self::NoPair => "no_pair",
            Self::OneUnit => "one_unit",
            Self::UndefinedResamples => "undefined_resamples",
            Self::NoEvent => "no_event",
            Self::Ties => "ties",
            Self::TooLarge => "too_large",
            Self::OffLattice => "off_lattice",
            Self::Collinear => "collinear",
            Self::NotConverged => "not_converged",
            Self::Invalid(_) => "invalid",
        }
    }

    /// The reason in the words of a report.
    ///
    /// Which input could not have been observed is said in the English message only: tables do not
    /// make any.
    #[must_use]
    pub const fn label(self) -> Label {
        match self {
            Self::NoData => Label::new(
                "not computable: there is no case",
                "есептелмейді: бірде-бір жағдай жоқ",
                "не вычислимо: нет ни одного случая",
            ),
            Self::TooFew => Label::new(
                "not computable: there are too few cases",
                "есептелмейді: жағдайлар тым аз",
                "не вычислимо: слишком мало случаев",
            ),
            Self::FewClusters => Label::new(
                "not computable: there are fewer than 10 cases",
                "есептелмейді: 10 жағдайдан аз",
                "не вычислимо: случаев меньше 10",
            ),
            Self::OneCategory => Label::new(
                "not computable: all cases are in one group",
                "есептелмейді: барлық жағдай бір топта",
                "не вычислимо: все случаи в одной группе",
            ),
            Self::NoVariation => Label::new(
                "not computable: the values do not vary",
                "есептелмейді: мәндер өзгермейді",
                "не вычислимо: значения не различаются",
            ),
            Self::OneRater => Label::new(
                "not computable: there is only one coder",
                "есептелмейді: бір ғана кодтаушы бар",
                "не вычислимо: только один кодировщик",
            ),
            Self::NoPair => Label::new(
                "not computable: no case is coded by two",
                "есептелмейді: екі адам кодтаған жағдай жоқ",
                "не вычислимо: ни один случай не кодирован двумя",
            ),
            Self::OneUnit => Label::new(
                "not computable: only one case is coded by two",
                "есептелмейді: екі адам кодтаған бір ғана жағдай бар",
                "не вычислимо: двумя кодирован только один случай",
            ),
            Self::UndefinedResamples => Label::new(
                "not computable: the cases are few or hardly vary",
                "есептелмейді: жағдайлар аз немесе дерлік өзгермейді",
                "не вычислимо: случаев мало или они почти не различаются",
            ),
            Self::NoEvent => Label::new(
                "not computable: no case has ended",
                "есептелмейді: бірде-бір жағдай аяқталмаған",
                "не вычислимо: ни один случай не завершён",
            ),
            Self::Ties | Self::TooLarge | Self::OffLattice => self.not_exactly(),
            Self::Collinear => Label::new(
                "not computable: one predictor follows from the others",
                "есептелмейді: бір айнымалы басқаларынан шығады",
                "не вычислимо: одна переменная следует из других",
            ),
            Self::NotConverged => Label::new(
                "not computable: no solution was found",
                "есептелмейді: шешім табылмады",
                "не вычислимо: решение не найдено",
            ),
            Self::Invalid(_) => Label::new(
                "not computable: the values are impossible",
                "есептелмейді: мәндер мүмкін емес",
                "не вычислимо: значения невозможны",
            ),
        }
    }

    /// Why there is no exact value.
    const fn not_exactly(self) -> Label {
        match self {
            Self::Ties => Label::new(
                "not computable exactly: some values are equal",
                "дәл есептелмейді: кейбір мәндер тең",
                "точно не вычислимо: некоторые значения равны",
            ),
            Self::TooLarge => Label::new(
                "not computable exactly: there are too many cases",
                "дәл есептелмейді: жағдайлар тым көп",
                "точно не вычислимо: слишком много случаев",
            ),
            _ => Label::new(
                "not computable exactly: the scores have no common step",
                "дәл есептелмейді: ұпайлардың ортақ қадамы жоқ",
                "точно не вычислимо: у баллов нет общего шага",
            ),
        }
    }
}
