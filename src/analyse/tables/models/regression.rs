//! Logistic regressions of success on what cases are grouped by.

use crate::analyse::engagements::Engagement;
use crate::analyse::factors::{self, Factor};
use crate::analyse::selection::Selection;
use crate::analyse::statistics::firth::{self, Coefficient};
use crate::analyse::statistics::not_computable::NotComputable;
use crate::error::Result;
use crate::model::label::Label;
use crate::model::study::{DEPTH, PERIOD};

/// Events for each term below which a model is not computed, unless the study says.
const LEAST: u64 = 5;

/// A model as asked for: its name in other programs, its name for a reader, its predictors.
pub(super) struct Asked {
    pub(super) code: String,
    pub(super) label: Label,
    pub(super) factors: Vec<Factor>,
}

/// A column of the regression.
pub(super) struct Term {
    pub(super) label: Label,
    values: Vec<f64>,
}

/// Why a model has no numbers.
pub(super) enum Refusal {
    /// Fewer events for each term than the study asks for.
    TooFewEvents,
    /// The regression has no value.
    NotComputable(NotComputable),
}

/// A model with the cases that it is about.
pub(super) struct Fitted {
    pub(super) asked: Asked,
    pub(super) terms: Vec<Term>,
    /// The cases with a known outcome and all predictors known.
    pub(super) n: u64,
    pub(super) successes: u64,
    /// One for each term.
    pub(super) coefficients: std::result::Result<Vec<Coefficient>, Refusal>,
}

/// The events that each term needs.
pub(super) fn least(selection: &Selection) -> u64 {
    selection.study().events_per_variable.unwrap_or(LEAST)
}

/// The models of the study, fitted to the cases of the base; none if the study has no threshold.
pub(super) fn fitted(selection: &Selection, base: &[&Engagement]) -> Result<Vec<Fitted>> {
    let Some(success) = factors::success(selection)? else {
        return Ok(Vec::new());
    };
    let models = asked(selection)?.into_iter();
    Ok(models
        .map(|model| Fitted::of(model, &success, base, selection))
        .collect())
}

/// The models of the study; without any, one for the period, one for the deepest role and one for
/// each variable by which success is told apart.
fn asked(selection: &Selection) -> Result<Vec<Asked>> {
    let study = selection.study();
    let factor = |name: &str| factors::named(selection, name).transpose();
    let mut asked = Vec::new();
    if study.models.is_empty() {
        let by = study.success.iter().flat_map(|success| &success.by);
        let by = by.map(|key| key.get_ref().as_str());
        for factor in [PERIOD, DEPTH].into_iter().chain(by).filter_map(factor) {
            let factor = factor?;
            asked.push(Asked {
                code: factor.key.clone(),
                label: factor.label.clone(),
                factors: vec![factor],
            });
        }
    }
    for model in &study.models {
        let predictors = model.predictors.iter();
        let factors = predictors.filter_map(|name| factor(name.get_ref()));
        asked.push(Asked {
            code: model.name.get_ref().clone(),
            label: model.label.clone(),
            factors: factors.collect::<Result<_>>()?,
        });
    }
    Ok(asked)
}

/// The columns that a factor becomes for these cases, each of which has a value.
#[expect(clippy::cast_precision_loss, reason = "positions on a scale are small")]
fn terms(factor: &Factor, cases: &[&Engagement]) -> Vec<Term> {
    let positions: Vec<usize> = cases.iter().filter_map(|case| factor.of(case)).collect();
    if factor.is_ordered {
        let step = Label::new(
            "{factor}, a step up",
            "{factor}, бір қадам жоғары",
            "{factor}, на шаг выше",
        );
        return vec![Term {
            label: step.fill(&[("factor", &factor.label)]),
            values: positions.iter().map(|position| *position as f64).collect(),
        }];
    }
    let count = |at: usize| positions.iter().filter(|position| **position == at).count();
    // Of categories that are equally frequent the first one is compared with.
    let Some(reference) = (0..factor.codes.len()).rev().max_by_key(|at| count(*at)) else {
        return Vec::new();
    };
    let against = Label::new(
        "{category} against {reference}",
        "{category}, {reference} дегенге қарсы",
        "{category} против {reference}",
    );
    (0..factor.codes.len())
        .filter(|at| *at != reference && count(*at) > 0)
        .map(|at| Term {
            label: against.fill(&[
                ("category", &factor.codes[at].1),
                ("reference", &factor.codes[reference].1),
            ]),
            values: positions
                .iter()
                .map(|position| f64::from(u8::from(*position == at)))
                .collect(),
        })
        .collect()
}

impl Fitted {
    fn of(asked: Asked, success: &Factor, base: &[&Engagement], selection: &Selection) -> Self {
        let complete: Vec<&Engagement> = base
            .iter()
            .copied()
            .filter(|case| asked.factors.iter().all(|factor| factor.of(case).is_some()))
            .filter(|case| success.of(case).is_some())
            .collect();
        let has_succeeded: Vec<bool> = complete
            .iter()
            .map(|case| success.of(case) == Some(1))
            .collect();
        let terms: Vec<Term> = asked
            .factors
            .iter()
            .flat_map(|factor| terms(factor, &complete))
            .collect();
        let mut fitted = Self {
            asked,
            terms,
            n: complete.len() as u64,
            successes: has_succeeded.iter().filter(|yes| **yes).count() as u64,
            coefficients: Ok(Vec::new()),
        };
        fitted.coefficients = fitted.fit(&has_succeeded, selection);
        fitted
    }

    /// The successes, or the failures if those are fewer: what a regression can be fitted to.
    pub(super) fn events(&self) -> u64 {
        self.successes.min(self.n - self.successes)
    }

    /// The events for each term; `None` without a term.
    pub(super) fn events_per_term(&self) -> Option<f64> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts of cases and terms are small"
        )]
        let (events, terms) = (self.events() as f64, self.terms.len() as f64);
        (terms > 0.0).then(|| events / terms)
    }

    fn fit(
        &self,
        has_succeeded: &[bool],
        selection: &Selection,
    ) -> std::result::Result<Vec<Coefficient>, Refusal> {
        let reason = |reason| Err(Refusal::NotComputable(reason));
        let varies = |term: &Term| {
            term.values
                .iter()
                .any(|value| (value - term.values[0]).abs() > 0.5)
        };
        if self.n == 0 {
            return reason(NotComputable::NoData);
        }
        if self.terms.is_empty() {
            return reason(NotComputable::OneCategory);
        }
        if self.events() == 0 || !self.terms.iter().all(varies) {
            return reason(NotComputable::NoVariation);
        }
        let terms = self.terms.len() as u64;
        if self.events() < least(selection).saturating_mul(terms) {
            return Err(Refusal::TooFewEvents);
        }
        let rows: Vec<firth::Row> = has_succeeded
            .iter()
            .enumerate()
            .map(|(case, outcome)| firth::Row {
                values: self.terms.iter().map(|term| term.values[case]).collect(),
                outcome: *outcome,
                count: 1,
            })
            .collect();
        let fitted = firth::logistic(&rows, selection.level).map_err(Refusal::NotComputable)?;
        Ok(fitted.coefficients.into_iter().skip(1).collect())
    }
}
