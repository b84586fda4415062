//! What is tried: every way in which the record could reasonably have been asked otherwise.

use std::collections::BTreeSet;

use super::condition::meeting;
use super::group::Group;
use super::readings;
use crate::analyse::engagements::{self, Engagement};
use crate::analyse::selection::Selection;
use crate::analyse::{Assumptions, Question};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::missing::Reason;
use crate::model::study::Study;
use crate::model::unit::Unit;
use crate::validate::codings::Coder;

/// One way of asking otherwise.
#[derive(Clone, Debug)]
pub(in crate::analyse) struct Variation {
    pub(in crate::analyse) group: Group,
    pub(in crate::analyse) label: Label,
    pub(in crate::analyse) question: Question,
    /// Whose codes are asked, if not the record's.
    pub(in crate::analyse) coder: Option<Coder>,
}

/// Every variation of what a selection was asked, in the order of the groups.
pub(in crate::analyse) fn variations(selection: &Selection) -> Result<Vec<Variation>> {
    let cases = engagements::all(selection)?;
    let base: Vec<&Engagement> = cases.iter().filter(|case| case.is_base).collect();
    let mut all = Vec::new();
    left_out(selection, &base, &mut all);
    alternatives(selection, &base, &mut all);
    readings::readings(selection, &base, &mut all)?;
    confidence(selection, &base, &mut all);
    unknown(selection, &base, &mut all);
    thresholds(selection, &mut all);
    kinds(selection, &mut all);
    for without in &selection.study().sensitivity.without {
        let those = meeting(selection, &cases, &without.cases);
        if !those.is_empty() {
            all.push(assuming(
                selection,
                Group::Without,
                without.label.clone(),
                |assumptions| {
                    assumptions.without.extend(those);
                },
            ));
        }
    }
    let study = selection.study();
    let scheme = selection.question.scheme.clone();
    let scheme = scheme.or_else(|| Some(study.schemes.first()?.name.get_ref().clone()));
    for other in study
        .schemes
        .iter()
        .filter(|other| Some(other.name.get_ref()) != scheme.as_ref())
    {
        let mut variation = assuming(selection, Group::Periods, other.label.clone(), |_| {});
        variation.question.scheme = Some(other.name.get_ref().clone());
        all.push(variation);
    }
    if selection.events.height() > 0 {
        let label = Label::new(
            "events for cases, cases for meetings",
            "жағдай орнына оқиға, кездесу орнына жағдай",
            "события вместо случаев, случаи вместо встреч",
        );
        all.push(assuming(selection, Group::Unit, label, |_| {}));
    }
    let view = selection.question.view.clone();
    let view = view.or_else(|| Some(study.views.first()?.name.get_ref().clone()));
    for other in study
        .views
        .iter()
        .filter(|other| Some(other.name.get_ref()) != view.as_ref())
    {
        let mut variation = assuming(selection, Group::View, other.label.clone(), |_| {});
        variation.question.view = Some(other.name.get_ref().clone());
        all.push(variation);
    }
    coders(selection, &mut all);
    Ok(all)
}

/// What was asked, under one more assumption.
pub(super) fn assuming(
    selection: &Selection,
    group: Group,
    label: Label,
    assume: impl FnOnce(&mut Assumptions),
) -> Variation {
    let mut question = selection.question.clone();
    assume(&mut question.assumptions);
    Variation {
        group,
        label,
        question,
        coder: None,
    }
}

/// What was asked, with other parameters of the study.
fn with_study(
    selection: &Selection,
    group: Group,
    label: Label,
    change: impl FnOnce(&mut Study),
) -> Variation {
    assuming(selection, group, label, |assumptions| {
        let mut study = selection.study().clone();
        change(&mut study);
        assumptions.study = Some(study);
    })
}

fn left_out(selection: &Selection, base: &[&Engagement], all: &mut Vec<Variation>) {
    let text = Label::new("without {case}", "{case} жағдайынсыз", "без {case}");
    for case in base {
        let label = text.fill(&[("case", &Label::plain(&case.case))]);
        all.push(assuming(selection, Group::Case, label, |assumptions| {
            assumptions.without.insert(case.case.clone());
        }));
    }
}

/// The second defensible outcome of each case by itself, and then of all of them at once.
fn alternatives(selection: &Selection, base: &[&Engagement], all: &mut Vec<Variation>) {
    let Some(variable) = &selection.study().sensitivity.alternative else {
        return;
    };
    let coded = engagements::variable(selection, variable.get_ref());
    let scale = selection.codes(Concept::Outcome);
    let mut found = Vec::new();
    for case in base {
        let Some(code) = coded.get(&case.case) else {
            continue;
        };
        let rank = scale.iter().position(|(known, _)| known == code);
        let Some((rank, label)) = rank.and_then(|rank| Some((rank, &scale.get(rank)?.1))) else {
            continue;
        };
        if case.outcome == Some(rank) {
            continue;
        }
        let text = Label::plain("{case}: {code}");
        let label = text.fill(&[("case", &Label::plain(&case.case)), ("code", label)]);
        found.push((case.case.clone(), code.clone()));
        all.push(assuming(
            selection,
            Group::Alternative,
            label,
            |assumptions| {
                assumptions.outcomes.insert(case.case.clone(), code.clone());
            },
        ));
    }
    if found.len() > 1 {
        let label = Label::new(
            "all second codes at once",
            "екінші кодтардың бәрі бірден",
            "все вторые коды сразу",
        );
        all.push(assuming(
            selection,
            Group::Alternative,
            label,
            |assumptions| {
                assumptions.outcomes.extend(found);
            },
        ));
    }
}

/// Codes of the lowest confidence are taken not to be known; a case whose very kind is so is left out.
fn confidence(selection: &Selection, base: &[&Engagement], all: &mut Vec<Variation>) {
    let data = selection.data;
    let codes = data
        .tables
        .iter()
        .filter(|table| table.unit == Unit::Evidence);
    let lowest = codes
        .filter_map(|table| table.concept(Concept::Confidence)?.codes.first())
        .map(|code| code.code.as_str())
        .next();
    let Some(lowest) = lowest else { return };
    let counted: BTreeSet<&str> = base.iter().map(|case| case.case.as_str()).collect();
    let cases = data.tables.iter().find(|table| table.unit == Unit::Case);
    let named = |concept: Concept| {
        let field = cases.and_then(|table| table.concept(concept));
        field.map(|field| field.key.clone())
    };
    let weak = |concept: Concept| -> BTreeSet<String> {
        let Some(key) = named(concept) else {
            return BTreeSet::new();
        };
        let rows = data.evidence.iter();
        rows.filter(|row| row.variable == key && row.value.is_some())
            .filter(|row| row.confidence.as_deref() == Some(lowest))
            .filter(|row| counted.contains(row.case.as_str()))
            .map(|row| row.case.clone())
            .collect()
    };
    let (outcomes, starts, kinds) = (
        weak(Concept::Outcome),
        weak(Concept::Start),
        weak(Concept::Kind),
    );
    let unknown = |concept, those: &BTreeSet<String>| {
        let those: Vec<_> = those.iter().map(|case| (concept, case.clone())).collect();
        those
    };
    if !outcomes.is_empty() {
        let label = Label::new(
            "outcomes of low confidence unknown ({n})",
            "сенімділігі төмен нәтижелер белгісіз ({n})",
            "исходы с низкой уверенностью неизвестны ({n})",
        );
        let label = label.fill(&[("n", &Label::plain(outcomes.len().to_string()))]);
        all.push(assuming(
            selection,
            Group::Confidence,
            label,
            |assumptions| {
                assumptions
                    .unknown
                    .extend(unknown(Concept::Outcome, &outcomes));
            },
        ));
    }
    if starts.len() + kinds.len() > 0 {
        let label = Label::new(
            "all codes of low confidence dropped",
            "сенімділігі төмен барлық кодсыз",
            "без всех кодов с низкой уверенностью",
        );
        all.push(assuming(
            selection,
            Group::Confidence,
            label,
            |assumptions| {
                assumptions
                    .unknown
                    .extend(unknown(Concept::Outcome, &outcomes));
                assumptions.unknown.extend(unknown(Concept::Start, &starts));
                assumptions.without.extend(kinds);
            },
        ));
    }
}

fn unknown(selection: &Selection, base: &[&Engagement], all: &mut Vec<Variation>) {
    let silent: Vec<&&Engagement> = base
        .iter()
        .filter(|case| case.outcome.is_none() && case.missing != Some(Reason::Na))
        .collect();
    if silent.is_empty() {
        return;
    }
    let scale = selection.codes(Concept::Outcome);
    let n = Label::plain(silent.len().to_string());
    let ends = [
        (
            scale.first(),
            Label::new(
                "all unknown failed ({n})",
                "белгісіздің бәрі сәтсіз ({n})",
                "все неизвестные неудачны ({n})",
            ),
        ),
        (
            scale.last(),
            Label::new(
                "all unknown succeeded ({n})",
                "белгісіздің бәрі сәтті ({n})",
                "все неизвестные успешны ({n})",
            ),
        ),
    ];
    for (code, label) in ends {
        let Some((code, _)) = code else { continue };
        let label = label.fill(&[("n", &n)]);
        all.push(assuming(selection, Group::Unknown, label, |assumptions| {
            let outcomes = silent.iter().map(|case| (case.case.clone(), code.clone()));
            assumptions.outcomes.extend(outcomes);
        }));
    }
}

fn thresholds(selection: &Selection, all: &mut Vec<Variation>) {
    let Some(success) = &selection.study().success else {
        return;
    };
    for (code, label) in selection.codes(Concept::Outcome).into_iter().skip(1) {
        if code == *success.threshold.get_ref() {
            continue;
        }
        let text = Label::new(
            "success from {code} on",
            "табыс {code} бастап",
            "успех начиная с: {code}",
        );
        let label = text.fill(&[("code", &label)]);
        all.push(with_study(selection, Group::Threshold, label, |study| {
            if let Some(success) = &mut study.success {
                success.threshold = toml::Spanned::new(0..0, code);
            }
        }));
    }
}

fn kinds(selection: &Selection, all: &mut Vec<Variation>) {
    if selection.study().base.kind.is_empty() {
        return;
    }
    let label = Label::new(
        "offers counted as mediations",
        "ұсыныстар медиация ретінде саналды",
        "предложения как посредничества",
    );
    all.push(with_study(selection, Group::Kinds, label, |study| {
        study.base.kind.clear();
    }));
}

fn coders(selection: &Selection, all: &mut Vec<Variation>) {
    let codings = selection.data.codings();
    let mut coders: Vec<Coder> = codings
        .coders()
        .into_iter()
        .map(|coder| Coder::One(coder.to_owned()))
        .collect();
    if coders.len() > 1 {
        coders.push(Coder::Majority);
        coders.extend(codings.open().is_empty().then_some(Coder::Agreed));
    }
    for coder in coders {
        all.push(Variation {
            group: Group::Coder,
            label: coder.label(),
            question: Question {
                scheme: selection.question.scheme.clone(),
                ..Question::default()
            },
            coder: Some(coder),
        });
    }
}
