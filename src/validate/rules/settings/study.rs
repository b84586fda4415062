//! Does the study agree with itself and with the codebook?

use std::collections::BTreeSet;

use toml::Spanned;

use super::{Report, STUDY};
use crate::load::Records;
use crate::model::codebook::{Codebook, TableSpec, Variable};
use crate::model::concept::Concept;
use crate::model::date::days;
use crate::model::derive::Derive;
use crate::model::finding::Findings;
use crate::model::study::{DEPTH, Model, PERIOD, Scheme, Study};

/// The longest scheme: each period has a row or a column in tables and figures.
const MOST_PERIODS: usize = 60;

pub(super) fn check(records: &Records, findings: &mut Findings) {
    let codebook = &records.codebook.value;
    let study = &records.study.value;
    let mut report = Report {
        rule: &STUDY,
        document: &records.study,
        findings,
    };
    let dates = study
        .cutoff
        .iter()
        .chain(study.views.iter().filter_map(|view| view.as_of.as_ref()));
    for date in dates {
        report.date(date, "a date is expected, as in 2026-03-11");
    }
    if let Some(level) = &study.level
        && crate::model::estimate::Level::new(*level.get_ref()).is_none()
    {
        let value = level.get_ref().to_string();
        report.add(
            &level.span(),
            &value,
            "a level lies between 0 and 1, as in 0.95",
        );
    }
    for scheme in &study.schemes {
        periods(scheme, &mut report);
    }
    views(codebook, study, &mut report);
    outside(codebook, study, &mut report);
    super::sensitivity::check(codebook, study, &mut report);
    explained(codebook, study, &mut report);
    counted(codebook, study, &mut report);
}

/// Views name tables of cases, and names stand once.
fn views(codebook: &Codebook, study: &Study, report: &mut Report<Study>) {
    let tables: Vec<&str> = codebook.tables().map(|table| table.name.as_str()).collect();
    for table in study.views.iter().filter_map(|view| view.cases.as_ref()) {
        report.expect(
            &table.span(),
            "table",
            table.get_ref(),
            tables.iter().copied(),
        );
        let has_case = |table: &TableSpec| {
            let mut variables = table.variables.iter().map(Spanned::get_ref);
            variables.any(|variable| variable.concept == Some(Concept::Case))
        };
        let named = codebook.table(table.get_ref());
        if named.is_some_and(|table| !has_case(table)) {
            let problem = "the table names no cases: it has no variable with `concept = \"case\"`";
            report.add(&table.span(), table.get_ref(), problem);
        }
    }
    let schemes = study.schemes.iter().map(|scheme| &scheme.name).collect();
    repeated(schemes, "schemes", report);
    let views = study.views.iter().map(|view| &view.name).collect();
    repeated(views, "views", report);
    if let Some(coded) = &study.coded {
        let known = study.views.iter().map(|view| view.name.get_ref().as_str());
        report.expect(&coded.span(), "view", coded.get_ref(), known);
    }
}

/// What success is told apart and explained by are variables of cases.
fn explained(codebook: &Codebook, study: &Study, report: &mut Report<Study>) {
    let variables: Vec<&str> = codebook
        .of_cases()
        .filter(|variable| variable.codes.is_some())
        .map(Variable::key)
        .collect();
    for key in study.success.iter().flat_map(|success| &success.by) {
        let kind = "coded variable of cases";
        report.expect(&key.span(), kind, key.get_ref(), variables.iter().copied());
    }
    let has_roles = !codes_of(codebook, Concept::Role).is_empty();
    let made = [PERIOD].into_iter().chain(has_roles.then_some(DEPTH));
    let explained = codebook
        .of_cases()
        .find(|variable| variable.concept == Some(Concept::Outcome))
        .map(Variable::key);
    let variables = variables.into_iter().filter(|key| Some(*key) != explained);
    let predictors: Vec<&str> = made.chain(variables).collect();
    for model in &study.models {
        self::model(model, &predictors, report);
    }
    let models = study.models.iter().map(|model| &model.name).collect();
    repeated(models, "models", report);
}

/// What counts, and from where on an outcome is a success, are codes of the codebook.
fn counted(codebook: &Codebook, study: &Study, report: &mut Report<Study>) {
    let base = &study.base;
    let thresholds: Vec<Spanned<String>> = study
        .success
        .iter()
        .flat_map(|success| {
            [
                Some(&success.threshold),
                success.second_threshold.as_ref(),
                success.talks.as_ref(),
            ]
        })
        .flatten()
        .cloned()
        .collect();
    for (concept, named) in [
        (Concept::Kind, &base.kind),
        (Concept::Basis, &base.basis),
        (Concept::Uptake, &base.uptake),
        (Concept::Type, &base.meeting),
        (Concept::Type, &base.context),
        (Concept::Standing, &base.co_mediator),
        (Concept::Outcome, &thresholds),
    ] {
        let known = codes_of(codebook, concept);
        for code in named {
            report.expect(&code.span(), "code", code.get_ref(), known.iter().copied());
        }
    }
}

/// The cut-off lies inside the coverage, and no view looks beyond it.
fn outside(codebook: &Codebook, study: &Study, report: &mut Report<Study>) {
    let window = codebook.window();
    let cutoff = study.cutoff.as_ref();
    if let Some((text, day)) = cutoff.and_then(|text| Some((text, days(text.get_ref())?)))
        && (day.latest < window.earliest || day.earliest > window.latest)
    {
        let problem = "the cut-off lies outside the coverage of the data";
        report.add(&text.span(), text.get_ref(), problem);
    }
    for text in study.views.iter().filter_map(|view| view.as_of.as_ref()) {
        if days(text.get_ref()).is_some_and(|day| day.earliest > study.cutoff(window)) {
            report.add(
                &text.span(),
                text.get_ref(),
                "a view cannot look beyond the cut-off",
            );
        }
    }
}

/// Reports names that stand twice.
fn repeated(names: Vec<&Spanned<String>>, kind: &str, report: &mut Report<Study>) {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name.get_ref()) {
            let problem = format!("two {kind} have this name");
            report.add(&name.span(), name.get_ref(), problem);
        }
    }
}

/// A model has predictors, each once and of the data set.
fn model(model: &Model, known: &[&str], report: &mut Report<Study>) {
    if model.predictors.is_empty() {
        let problem = "a model has at least one predictor";
        report.add(&model.name.span(), model.name.get_ref(), problem);
    }
    for name in &model.predictors {
        let kind = "predictor";
        report.expect(&name.span(), kind, name.get_ref(), known.iter().copied());
    }
    repeated(model.predictors.iter().collect(), "predictors", report);
}

/// Every code that any variable with that meaning may have.
pub(super) fn codes_of(codebook: &Codebook, concept: Concept) -> Vec<&str> {
    let declared = codebook
        .tables()
        .flat_map(|table| &table.variables)
        .map(Spanned::get_ref)
        .filter(|variable| variable.concept == Some(concept))
        .filter_map(|variable| variable.codes.as_ref());
    let derived = codebook
        .derived
        .iter()
        .filter_map(|derive| match derive.get_ref() {
            Derive::Recode {
                concept: made,
                codes,
                ..
            } if *made == concept => Some(codes),
            _ => None,
        });
    let blocks = codebook
        .tables()
        .flat_map(|table| &table.indicators)
        .map(Spanned::get_ref)
        .filter(|block| block.concept == concept)
        .map(|block| &block.codes);
    let mut seen = BTreeSet::new();
    declared
        .chain(blocks)
        .chain(derived)
        .flat_map(|codes| codebook.codes(codes))
        .map(|code| code.code.as_str())
        .filter(|code| seen.insert(*code))
        .collect()
}

fn periods(scheme: &Scheme, report: &mut Report<Study>) {
    if scheme.periods.is_empty() {
        let problem = "a scheme has at least one period";
        report.add(&scheme.name.span(), scheme.name.get_ref(), problem);
    }
    if scheme.periods.len() > MOST_PERIODS {
        let problem = format!("a scheme has at most {MOST_PERIODS} periods");
        report.add(&scheme.name.span(), scheme.name.get_ref(), problem);
    }
    let dates = scheme
        .periods
        .iter()
        .flat_map(|period| [Some(&period.start), period.end.as_ref()]);
    for text in dates.flatten() {
        report.date(text, "a date is expected, as in 1991");
    }
    let mut previous = None;
    let last = scheme.periods.len().saturating_sub(1);
    for (position, period) in scheme.periods.iter().enumerate() {
        let Some(start) = days(period.start.get_ref()) else {
            continue;
        };
        if previous.is_some_and(|previous| start.earliest <= previous) {
            let problem = "the period begins before the one before it has ended";
            report.add(&period.start.span(), period.start.get_ref(), problem);
        }
        match &period.end {
            None if position < last => {
                let problem = "only the last period may lack an `end`";
                report.add(&period.start.span(), period.start.get_ref(), problem);
            }
            None => {}
            Some(end) => match days(end.get_ref()) {
                Some(end_days) if end_days.latest >= start.earliest => {
                    previous = Some(end_days.latest);
                }
                Some(_) => report.add(
                    &end.span(),
                    end.get_ref(),
                    "the period ends before it begins",
                ),
                None => {}
            },
        }
    }
}
