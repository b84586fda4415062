//! With whom the mediator mediated: co-mediators by the mediations they share with it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use polars::prelude::{DataType, IntoLazy as _, JoinType, UniqueKeepStrategy, col, lit};

use crate::analyse::count::{self, Counts, join, size};
use crate::analyse::selection::Selection;
use crate::analyse::statistics::proportion;
use crate::analyse::{Answer, Cell, Column, TableSpec, caveats, names};
use crate::error::{Error, Result};
use crate::model::concept::Concept;
use crate::model::estimate::Share;
use crate::model::label::Label;
use crate::model::measure::{Measure, percent};
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "partners",
    title: Label::new(
        "With whom: co-mediators by the mediations shared with the mediator",
        "Кіммен бірге: тең медиаторлар медиатормен ортақ медиациялары бойынша",
        "С кем вместе: сопосредники по общим с посредником случаям",
    ),
    needs: &[Concept::Case, Concept::Party, Concept::Standing],
    needs_threshold: false,
    compute,
};

const METHOD: Label = Label::new(
    "The mediations in which an actor has the standing of a co-mediator ({standings}), in all as a share of the mediations with a known party, and by the period in which they began; {level} Wilson score intervals (Wilson 1927). A mediation with several co-mediators counts for each.",
    "Актор тең медиатор мәртебесінде ({standings}) болған медиациялар: тарабы белгілі медиациялардағы үлесі және басталған кезеңі бойынша; {level} Уилсон интервалдары (Wilson 1927). Тең медиаторы бірнешеу медиация әрқайсысына саналады.",
    "Посредничества, в которых у актора статус сопосредника ({standings}): доля от посредничеств с известной стороной и число по периоду начала; {level} интервалы Уилсона (Wilson 1927). Посредничество с несколькими сопосредниками считается у каждого.",
);

fn compute(selection: &Selection) -> Result<Answer> {
    let listed = &selection.study().base.co_mediator;
    if listed.is_empty() {
        return Err(Error::MissingConcept {
            kind: "table",
            name: SPEC.name,
            needs: "[base] co_mediator in study.toml".to_owned(),
        });
    }
    let parties = selection.data.parties()?.clone().lazy();
    let parties = parties.filter(col("party").is_not_null());
    let standing = col("standing").cast(DataType::String);
    let is_partner = listed.iter().fold(lit(false), |any, code| {
        any.or(standing.clone().eq(lit(code.get_ref().as_str())))
    });
    let partners = parties.clone().filter(is_partner);
    let partners = partners.select([col("case"), col("party").cast(DataType::String)]);
    let partners = partners.unique(None, UniqueKeepStrategy::Any);
    let all = [col("case").is_not_null()];
    let base = || selection.base().select([col("case"), col("period")]);
    let known = join(base(), parties, "case", JoinType::Semi);
    let known = count::rows(known, lit(true))?;
    let mediations = count::rows(base(), lit(true))?;
    let joint = join(base(), partners.clone(), "case", JoinType::Semi);
    let joint = count::rows(joint, lit(true))?;
    let partners = join(base(), partners, "case", JoinType::Inner);
    let by_period = Counts::of(partners.clone(), ["party", "period"], &all)?;
    let partners = Counts::of(partners, ["party"], &all)?;
    let mut order: Vec<(&str, u64)> = { partners.iter() }
        .filter_map(|([party], counts)| Some((party.as_deref()?, counts[0])))
        .collect();
    order.sort_by_key(|(id, cases)| (Reverse(*cases), *id));
    let names = names::of(selection.data, Unit::Actor);
    let share = |cases: u64| proportion::share(cases, known, selection.level);
    let periods = selection.period_codes();
    let rows: Vec<Vec<Cell>> = { order.iter() }
        .map(|(id, cases)| {
            let mut row = vec![
                Cell::Code((*id).to_owned(), names::name(&names, id)),
                Cell::Share(share(*cases)),
            ];
            let inside = |(code, _): &(String, _)| by_period.at([Some(id), Some(code)])[0];
            row.extend(periods.iter().map(|period| Cell::Count(inside(period))));
            row
        })
        .collect();
    Ok(Answer {
        denominator: Label::new(
            "mediations with a known party",
            "тарабы белгілі медиациялар",
            "посредничества с известной стороной",
        ),
        method: METHOD.fill(&[
            ("level", &percent(selection.level.get())),
            ("standings", &standings(selection)),
        ]),
        notes: caveats::parties(selection),
        reading: reading(&share(joint), &order, &names),
        columns: columns(periods),
        rows,
        ..Answer::of(Unit::Case, size(known), size(mediations - known))
    })
}

fn columns(periods: Vec<(String, Label)>) -> Vec<Column> {
    let mut columns = vec![
        Column::new(
            "partner",
            Label::new("Co-mediator", "Тең медиатор", "Сопосредник"),
            Measure::Text,
        ),
        Column::new(
            "share",
            Label::new("Mediations", "Медиациялар", "Посредничества"),
            Measure::Share,
        ),
    ];
    columns.extend(
        periods
            .into_iter()
            .map(|(code, label)| Column::new(format!("cases_{code}"), label, Measure::Count)),
    );
    columns
}

/// What the standings of co-mediators are called.
fn standings(selection: &Selection) -> Label {
    let listed = &selection.study().base.co_mediator;
    let codes = selection.codes(Concept::Standing);
    let named = codes
        .iter()
        .filter(|(code, _)| listed.iter().any(|known| known.get_ref() == code));
    Label::join(named.map(|(_, label)| label), ", ")
}

/// How many mediations had a co-mediator, and who was it most often.
fn reading(joint: &Share, order: &[(&str, u64)], names: &BTreeMap<String, Label>) -> Vec<Label> {
    let Some(share) = joint.in_words() else {
        return Vec::new();
    };
    let text = Label::new(
        "Of the mediations with a known party, {share} had at least one co-mediator.",
        "Тарабы белгілі медиациялардың кемінде бір тең медиаторы болғаны: {share}.",
        "Из посредничеств с известной стороной хотя бы один сопосредник был в {share}.",
    );
    let mut sentences = vec![text.fill(&[("share", &share)])];
    if let Some((_, most)) = order.first() {
        let first = order.iter().filter(|(_, cases)| cases == most);
        let first: Vec<&str> = first.map(|(id, _)| *id).collect();
        let text = Label::new(
            "Most frequent co-mediator: {name} ({most}).",
            "Ең жиі тең медиатор: {name} ({most}).",
            "Самый частый сопосредник: {name} ({most}).",
        );
        sentences.push(text.fill(&[
            ("name", &names::tied_ids(names, first.iter().copied())),
            ("most", &names::each(size(*most), first.len())),
        ]));
    }
    sentences
}
