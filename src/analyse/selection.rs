//! What a table is computed from: the cases of a view, as of its date, with their periods.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use polars::prelude::{DataFrame, IntoLazy as _, LazyFrame, col};

use super::assumptions::Assumptions;
use super::sensitivity::Runs;
use super::snapshot::Snapshot;
use crate::error::{Error, Result};
use crate::model::codebook::Code;
use crate::model::concept::Concept;
use crate::model::date::{Day, Interval, days};
use crate::model::estimate::Level;
use crate::model::label::Label;
use crate::model::study::{Period, Scheme, Study, View};
use crate::validate::Dataset;
use crate::validate::typed::texts;

/// What is asked: through which view, in which periods, about which mediator.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// The name of a view of the study; the first unless given.
    pub view: Option<String>,
    /// The name of a scheme of periods; the first unless given.
    pub scheme: Option<String>,
    /// A mediator; that of the study unless given.
    pub mediator: Option<String>,
    /// What is taken otherwise than the data and the study say.
    pub assumptions: Assumptions,
}

/// The cases of a view as they stood on its date.
///
/// Events dated after that date do not exist; the outcome of a case is the best one of its events
/// known by then (a case without dated outcomes keeps its code only if it had ended); spans still
/// open are censored. Every table is computed from a selection, so that the article's eight cases
/// of 2017 and today's record run through the same code.
pub struct Selection<'a> {
    pub(crate) data: &'a Dataset,
    pub(crate) study: Study,
    pub(crate) question: Question,
    /// The view, as a reader sees it.
    pub view: Label,
    /// From the first day of the coverage to the date of the view.
    pub window: Interval,
    /// The periods that begin before the window ends.
    pub periods: Vec<Period>,
    /// The level of intervals.
    pub level: Level,
    /// The mediator whose part in the cases is asked for; of all mediators together if there is none.
    pub(crate) mediator: Option<&'a str>,
    /// `case title is_base is_offer kind outcome outcome_rank outcome_missing start_earliest start_latest end_earliest
    /// end_latest coded_end is_open period depth has_role`; `coded_end` is the last possible day whatever the date of
    /// the view, `depth` is the rank of the deepest provided role.
    pub(crate) cases: DataFrame,
    /// `event case type is_act is_meeting is_base outcome start_earliest start_latest end_earliest end_latest
    /// hosted period`.
    pub(crate) events: DataFrame,
    /// `case role period`, distinct: the roles provided by act in the base cases.
    pub(crate) roles: DataFrame,
    /// Its runs of the sensitivity analysis, once somebody has asked for them.
    pub(super) runs: OnceLock<Runs>,
}

impl Dataset {
    /// The part of the data that a question is about.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownName`] if the study has no such view, scheme or mediator.
    pub fn select(&self, question: &Question) -> Result<Selection<'_>> {
        let assumptions = &question.assumptions;
        let study = assumptions
            .study
            .clone()
            .unwrap_or_else(|| self.study().clone());
        let view = named("view", question.view.as_ref(), &study.views, |view| {
            view.name.get_ref()
        })?;
        let scheme = named(
            "scheme of periods",
            question.scheme.as_ref(),
            &study.schemes,
            |scheme| scheme.name.get_ref(),
        )?;
        let as_of = view
            .and_then(|view| days(view.as_of.as_ref()?.get_ref()))
            .map_or(self.cutoff(), |interval| interval.latest);
        let window = Interval {
            earliest: self.window().earliest,
            latest: as_of,
        };
        let mediator = self.mediator(question.mediator.as_deref().or(study.studied()))?;
        let periods = periods(scheme, window, self.cutoff());
        let frames = Snapshot {
            data: self,
            study: &study,
            assumptions,
            window,
            periods: &periods,
            mediator,
            listed: self.listed(view),
        }
        .frames()?;
        Ok(Selection {
            data: self,
            view: seen(view, question.mediator.as_deref()),
            window,
            level: level(&study),
            periods,
            mediator,
            cases: frames.cases,
            events: frames.events,
            roles: frames.roles,
            study,
            question: question.clone(),
            runs: OnceLock::new(),
        })
    }

    /// The mediator of that name; `None` where the data name no mediators, so that there is nothing to tell apart.
    fn mediator(&self, asked: Option<&str>) -> Result<Option<&str>> {
        let Some(asked) = asked else {
            return Ok(None);
        };
        let named = texts(self.engagements()?, "mediator")?;
        let known: BTreeSet<&str> = named.iter().flatten().collect();
        if known.is_empty() {
            return Ok(None);
        }
        known
            .get(asked)
            .copied()
            .map(Some)
            .ok_or_else(|| Error::UnknownName {
                kind: "mediator",
                name: asked.to_owned(),
                known: known.into_iter().map(str::to_owned).collect(),
            })
    }

    /// The cases that a view lists, if it does.
    fn listed(&self, view: Option<&View>) -> Option<BTreeSet<&str>> {
        let name = view?.cases.as_ref()?.get_ref();
        let table = self.tables.iter().find(|table| table.name == *name)?;
        let cases = table.texts(&table.concept(Concept::Case)?.key);
        Some(cases.into_iter().flatten().collect())
    }
}

impl Selection<'_> {
    /// The whole data set that this is a part of.
    #[must_use]
    pub const fn data(&self) -> &Dataset {
        self.data
    }

    /// The country that is home to the mediator asked about, or to whoever mediates.
    pub(crate) fn home(&self) -> Option<&str> {
        self.study.home(self.mediator)
    }

    /// Does the study tell offers from mediations?
    pub(super) fn has_offers(&self) -> bool {
        self.data.has(Concept::Kind) && !self.study.base.kind.is_empty()
    }

    /// The cases that count as mediations.
    pub(super) fn base(&self) -> LazyFrame {
        self.cases.clone().lazy().filter(col("is_base"))
    }

    /// The events that are acts of a mediator, without those that only give context.
    pub(super) fn acts(&self) -> LazyFrame {
        self.events.clone().lazy().filter(col("is_act"))
    }

    /// The codes of a concept with their labels, in the order of the codebook.
    pub(crate) fn codes(&self, concept: Concept) -> Vec<(String, Label)> {
        pairs(self.data.codes(concept))
    }

    /// The roles from shallow to deep; none where they have no order.
    pub(crate) fn depths(&self) -> Vec<(String, Label)> {
        pairs(self.data.depths())
    }

    /// The periods as codes with their labels.
    pub(crate) fn period_codes(&self) -> Vec<(String, Label)> {
        self.periods
            .iter()
            .map(|period| (period.code.clone(), period.label.clone()))
            .collect()
    }

    /// The sources that the rows about these cases name.
    pub(crate) fn sources(&self) -> Result<BTreeSet<String>> {
        Ok(self.sources_by_case()?.into_values().flatten().collect())
    }

    /// Case → the sources that the rows about it name; a case without one is absent.
    pub(crate) fn sources_by_case(&self) -> Result<BTreeMap<String, BTreeSet<String>>> {
        let cases = texts(&self.cases, "case")?;
        let members: BTreeSet<&str> = cases.iter().flatten().collect();
        let (of, source) = (
            texts(self.data.sources()?, "case")?,
            texts(self.data.sources()?, "source")?,
        );
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (of, source) in of.iter().zip(source.iter()) {
            if let (Some(of), Some(source)) = (of.filter(|of| members.contains(of)), source) {
                let named = found.entry(of.to_owned()).or_default();
                named.insert(source.to_owned());
            }
        }
        Ok(found)
    }

    /// The parameters of the study.
    pub(crate) const fn study(&self) -> &Study {
        &self.study
    }
}

/// Codes with their labels.
pub(crate) fn pairs(codes: &[Code]) -> Vec<(String, Label)> {
    codes
        .iter()
        .map(|code| (code.code.clone(), code.label.clone()))
        .collect()
}

/// What is looked at: the cases of a view and, where somebody asks about a mediator, whose part in them.
fn seen(view: Option<&View>, mediator: Option<&str>) -> Label {
    let all = Label::new("all cases", "барлық жағдайлар", "все случаи");
    let view = view.map_or(all, |view| view.label.clone());
    let Some(mediator) = mediator else {
        return view;
    };
    let text = Label::new(
        "{view}: the part of {mediator}",
        "{view}: {mediator} қатысуы",
        "{view}: участие, {mediator}",
    );
    text.fill(&[("view", &view), ("mediator", &Label::plain(mediator))])
}

/// The level of the study's intervals.
fn level(study: &Study) -> Level {
    study
        .level
        .as_ref()
        .and_then(|level| Level::new(*level.get_ref()))
        .unwrap_or(Level::P95)
}

/// The item of that name, the first if none is asked for, or nothing if there are no items.
fn named<'a, T>(
    kind: &'static str,
    name: Option<&String>,
    items: &'a [T],
    name_of: impl Fn(&T) -> &String,
) -> Result<Option<&'a T>> {
    let Some(name) = name else {
        return Ok(items.first());
    };
    items
        .iter()
        .find(|item| name_of(item) == name)
        .map(Some)
        .ok_or_else(|| Error::UnknownName {
            kind,
            name: name.clone(),
            known: items.iter().map(|item| name_of(item).clone()).collect(),
        })
}

/// The periods that the window reaches; a study without a scheme has one, the window.
fn periods(scheme: Option<&Scheme>, window: Interval, cutoff: Day) -> Vec<Period> {
    let Some(scheme) = scheme else {
        let (first, last) = (window.earliest.year(), window.latest.year());
        return vec![Period {
            code: format!("{first}-{last}"),
            label: Label::plain(format!("{first}–{last}")),
            span: window,
        }];
    };
    Study::periods(scheme, cutoff)
        .into_iter()
        .filter(|period| period.span.earliest <= window.latest)
        .collect()
}
