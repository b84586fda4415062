//! How far coders agree on one variable: every statistic of the table `reliability`.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyse::statistics::agreement::{
    Distance, Interval, Masi, Nominal, Number, Ordinal, Ratings, Weights, bootstrap, cohen, fleiss,
    gwet, influence, krippendorff, percent,
};
use crate::analyse::statistics::not_computable::NotComputable;
use crate::model::estimate::{Estimate, Level, Share};
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::missing::Reason;
use crate::validate::codings::{Answers, Coded, Codings, Given};

/// How often cases are drawn for the interval of alpha, and the seed of the draws.
pub(in crate::analyse) const RESAMPLES: u32 = 2000;
pub(in crate::analyse) const SEED: u64 = 1;

/// How values of a variable differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analyse) enum Scale {
    /// They are the same or not.
    Nominal,
    /// They stand in an order.
    Ordinal,
    /// They are numbers.
    Interval,
    /// They are sets of codes.
    Set,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analyse) enum Compared {
    /// The values, where coders gave one.
    Values,
    /// Whether there is a value, and if not, why.
    Missing,
}

/// How far coders agree on a variable.
pub(in crate::analyse) struct Agreement {
    pub(in crate::analyse) scale: Scale,
    /// The cases that two coders or more coded.
    pub(in crate::analyse) cases: usize,
    pub(in crate::analyse) pairwise: Result<f64, NotComputable>,
    pub(in crate::analyse) unanimous: Option<Share>,
    /// Cohen's of two coders, weighted where the codes are ordered; Fleiss' of more.
    pub(in crate::analyse) kappa: Result<f64, NotComputable>,
    /// Gwet's AC1, or AC2 where the codes are ordered.
    pub(in crate::analyse) gwet: Result<f64, NotComputable>,
    pub(in crate::analyse) alpha: Result<f64, NotComputable>,
    pub(in crate::analyse) interval: Result<Estimate, NotComputable>,
    /// Where the codes are ordered, alpha as if they were not: near misses count as much as any.
    pub(in crate::analyse) nominal: Option<Result<f64, NotComputable>>,
    /// The cases and the coders without whom alpha is highest, if it is higher than with them.
    pub(in crate::analyse) case: Vec<String>,
    pub(in crate::analyse) coder: Vec<String>,
}

impl Scale {
    /// How values of that variable differ.
    pub(in crate::analyse) const fn of(coded: &Coded) -> Self {
        match coded.measure {
            _ if coded.is_set => Self::Set,
            Measure::Ordinal => Self::Ordinal,
            Measure::Count | Measure::Number | Measure::Share => Self::Interval,
            _ => Self::Nominal,
        }
    }

    /// The scale as a code.
    pub(in crate::analyse) const fn code(self) -> &'static str {
        match self {
            Self::Nominal => "nominal",
            Self::Ordinal => "ordinal",
            Self::Interval => "interval",
            Self::Set => "set",
        }
    }

    /// The scale in words, with what measures the distance of two values.
    pub(in crate::analyse) const fn label(self) -> Label {
        match self {
            Self::Nominal => Label::new("nominal", "номиналды", "номинальная"),
            Self::Ordinal => Label::new("ordinal", "реттік", "порядковая"),
            Self::Interval => Label::new("interval", "интервалдық", "интервальная"),
            Self::Set => Label::new("set (MASI)", "жиын (MASI)", "множество (MASI)"),
        }
    }
}

/// The ratings of one variable: what is rated, and by whom what was given.
struct Matrix<'a> {
    units: Vec<String>,
    coders: Vec<&'a str>,
    given: Vec<Vec<Option<Answers>>>,
}

/// How far coders agree on a variable; nothing if nobody coded it.
pub(in crate::analyse) fn agreement(
    codings: &Codings,
    coded: &Coded,
    compared: Compared,
    level: Level,
) -> Option<Agreement> {
    let matrix = matrix(codings, coded);
    if matrix.units.is_empty() {
        return None;
    }
    Some(match (compared, Scale::of(coded)) {
        (Compared::Missing, _) => matrix.silence(&coded.reasons, level),
        (Compared::Values, Scale::Set) => {
            let place = |text: &str| coded.codes.iter().position(|code| code.code == text);
            let set = |answers: &Answers| -> Option<BTreeSet<usize>> {
                answers.iter().map(|given| place(value(given)?)).collect()
            };
            matrix.measured(
                &matrix.ratings(set),
                Ratings::as_found,
                &Masi,
                Scale::Set,
                level,
            )
        }
        (Compared::Values, Scale::Interval) => {
            let ratings = matrix.ratings(|answers| Number::new(single(answers)?.parse().ok()?));
            matrix.measured(
                &ratings,
                Ratings::as_found,
                &Interval,
                Scale::Interval,
                level,
            )
        }
        (Compared::Values, scale) => {
            let ratings = matrix.ratings(|answers| single(answers).map(str::to_owned));
            let listed: Vec<String> = coded.codes.iter().map(|code| code.code.clone()).collect();
            let scheme = |units: &[Vec<Option<String>>]| match listed.as_slice() {
                [] => Ratings::as_found(units),
                declared => Ratings::new(declared, units),
            };
            match scale {
                Scale::Ordinal => matrix.measured(&ratings, scheme, &Ordinal, scale, level),
                _ => matrix.measured(&ratings, scheme, &Nominal, scale, level),
            }
        }
    })
}

fn value(given: &Given) -> Option<&str> {
    match given {
        Given::Value(text) => Some(text),
        Given::Missing(_) => None,
    }
}

fn single(answers: &Answers) -> Option<&str> {
    value(answers.first()?)
}

/// What each coder gave for a variable, case by case. What describes a role is rated role by role.
fn matrix<'a>(codings: &'a Codings, coded: &Coded) -> Matrix<'a> {
    let coders: Vec<&str> = codings.coders().into_iter().collect();
    let roles: Vec<&str> = codings
        .variables
        .iter()
        .filter(|coded| coded.is_set && !coded.of_role)
        .flat_map(|coded| &coded.codes)
        .map(|code| code.code.as_str())
        .collect();
    let mut units = Vec::new();
    let mut given = Vec::new();
    for item in codings.items() {
        let (name, role) = match item.variable.split_once(':') {
            Some((name, role)) => (name, Some(role)),
            None => (item.variable.as_str(), None),
        };
        if name != coded.key || role.is_some_and(|role| !roles.contains(&role)) {
            continue;
        }
        let row: Vec<Option<Answers>> = coders
            .iter()
            .map(|coder| item.given.get(*coder).cloned())
            .collect();
        units.push(match role {
            Some(role) => format!("{}: {role}", item.case),
            None => item.case,
        });
        given.push(row);
    }
    Matrix {
        units,
        coders,
        given,
    }
}

impl Matrix<'_> {
    fn ratings<V>(&self, read: impl Fn(&Answers) -> Option<V>) -> Vec<Vec<Option<V>>> {
        let units = self.given.iter();
        units
            .map(|row| row.iter().map(|given| read(given.as_ref()?)).collect())
            .collect()
    }

    /// How far coders agree whether there is a value, and if not, for which of the reasons that they
    /// could choose from.
    fn silence(&self, reasons: &BTreeSet<Reason>, level: Level) -> Agreement {
        let ratings = self.ratings(|answers| {
            Some(match answers.first()? {
                Given::Value(_) => None,
                Given::Missing(reason) => Some(*reason),
            })
        });
        let scheme = |units: &[Vec<Option<Option<Reason>>>]| {
            let declared = reasons.iter().map(|reason| Some(*reason));
            let found = units.iter().flatten().flatten().copied();
            let scheme: BTreeSet<Option<Reason>> = declared.chain([None]).chain(found).collect();
            Ratings::new(&scheme.into_iter().collect::<Vec<_>>(), units)
        };
        self.measured(&ratings, scheme, &Nominal, Scale::Nominal, level)
    }

    fn measured<V: Ord + Clone, D: Distance<V>>(
        &self,
        units: &[Vec<Option<V>>],
        scheme: impl Fn(&[Vec<Option<V>>]) -> Result<Ratings<V>, NotComputable>,
        distance: &D,
        scale: Scale,
        level: Level,
    ) -> Agreement {
        let ratings = match scheme(units) {
            Ok(ratings) => ratings,
            Err(reason) => return Agreement::none(scale, reason),
        };
        let (cohens, gwets) = match scale {
            Scale::Ordinal => (Weights::Quadratic, Weights::Ordinal),
            Scale::Interval | Scale::Nominal | Scale::Set => {
                (Weights::Unweighted, Weights::Unweighted)
            }
        };
        let coded_by_all = |unit: &&Vec<Option<V>>| unit.iter().all(Option::is_some);
        let complete: Vec<Vec<Option<V>>> = units.iter().filter(coded_by_all).cloned().collect();
        let kappa = if ratings.raters() == 2 {
            cohen(&ratings, cohens).map(|cohen| cohen.kappa)
        } else {
            scheme(&complete)
                .and_then(|ratings| fleiss(&ratings))
                .map(|fleiss| fleiss.kappa)
        };
        let alpha = krippendorff(&ratings, distance);
        let resampled = |ratings: &Ratings<V>| krippendorff(ratings, distance);
        let agreed = percent(&ratings, level);
        let without = influence(&ratings, resampled).ok();
        let (mut case, mut coder) = (Vec::new(), Vec::new());
        if let (Some(without), Ok(alpha)) = (without, alpha) {
            case = highest(&self.units, &without.units, alpha);
            let names: Vec<String> = self.coders.iter().map(|name| (*name).to_owned()).collect();
            coder = highest(&names, &without.raters, alpha);
        }
        Agreement {
            scale,
            cases: ratings.paired_units(),
            pairwise: agreed
                .as_ref()
                .map(|agreed| agreed.pairwise)
                .map_err(|reason| *reason),
            unanimous: agreed.ok().map(|agreed| agreed.unanimous),
            kappa,
            gwet: gwet(&ratings, gwets).map(|gwet| gwet.coefficient),
            alpha,
            nominal: (scale == Scale::Ordinal).then(|| krippendorff(&ratings, &Nominal)),
            interval: bootstrap(&ratings, resampled, level, RESAMPLES, SEED)
                .map(|resampled| resampled.estimate),
            case,
            coder,
        }
    }
}

impl Agreement {
    fn none(scale: Scale, reason: NotComputable) -> Self {
        Self {
            scale,
            cases: 0,
            pairwise: Err(reason),
            unanimous: None,
            kappa: Err(reason),
            gwet: Err(reason),
            alpha: Err(reason),
            interval: Err(reason),
            nominal: None,
            case: Vec::new(),
            coder: Vec::new(),
        }
    }
}

/// The names of those without whom the value is highest and higher than `alpha`, all that tie.
fn highest(names: &[String], without: &[Result<f64, NotComputable>], alpha: f64) -> Vec<String> {
    // What a reader would see as the same number is the same.
    let rounded = |value: f64| format!("{value:.3}");
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut most = alpha;
    for (name, value) in names.iter().zip(without) {
        if let Ok(value) = value {
            most = most.max(*value);
            found.entry(rounded(*value)).or_default().push(name.clone());
        }
    }
    if rounded(most) == rounded(alpha) {
        return Vec::new();
    }
    found.remove(&rounded(most)).unwrap_or_default()
}
