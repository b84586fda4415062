//! What came out: outcomes by deepest role and by period, as counts.

use polars::prelude::{Expr, col, lit};

use crate::analyse::count::{Counts, size};
use crate::analyse::factors::{self, Factor};
use crate::analyse::selection::Selection;
use crate::analyse::{Answer, Cell, Column, TableSpec, caveats};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "outcomes",
    title: Label::new(
        "What came out: outcomes by role and by period",
        "Нәтижесі қандай: рөл және кезең бойынша нәтижелер",
        "Чем кончилось: исходы по ролям и периодам",
    ),
    needs: &[Concept::Case, Concept::Outcome],
    needs_threshold: false,
    compute,
};

fn compute(selection: &Selection) -> Result<Answer> {
    let outcomes = selection.codes(Concept::Outcome);
    let ranks = (0_i32..).zip(&outcomes).map(|(rank, _)| rank);
    let each = ranks.map(|rank| col("outcome_rank").eq(lit(rank)));
    let conditions: Vec<Expr> = each.chain([col("outcome_rank").is_null()]).collect();
    let (mut by, mut rows) = (Vec::new(), Vec::new());
    for (code, factor) in parts(selection)? {
        by.push((code.to_owned(), factor.label.clone()));
        let part = Cell::Code(code.to_owned(), factor.label.clone());
        for (group, n, counts) in factor.count(selection.base(), &conditions)? {
            let counts = counts.into_iter().chain([n]).map(Cell::Count);
            rows.push([part.clone(), group].into_iter().chain(counts).collect());
        }
    }
    let totals = Counts::of(selection.base(), [], &conditions)?.at([]);
    let (unknown, counts) = totals
        .split_last()
        .map_or((0, &[][..]), |(n, all)| (*n, all));
    let known = counts.iter().sum();
    let mut columns = vec![
        Column::coded(
            "by",
            Label::new("By", "Бойынша", "По"),
            Measure::Nominal,
            by,
        ),
        Column::new("group", Label::new("Group", "Топ", "Группа"), Measure::Text),
    ];
    columns.extend(outcomes.iter().map(|(code, label)| {
        Column::new(format!("outcome_{code}"), label.clone(), Measure::Count)
    }));
    columns.extend([
        Column::new(
            "unknown",
            Label::new("Unknown", "Белгісіз", "Неизвестно"),
            Measure::Count,
        ),
        Column::new(
            "cases",
            Label::new("Cases", "Жағдайлар", "Случаи"),
            Measure::Count,
        ),
    ]);
    Ok(Answer {
        denominator: Label::new(
            "counts of mediations; no shares",
            "медиациялар саны; үлестер жоқ",
            "количество посредничеств; долей нет",
        ),
        method: Label::new(
            "All mediations, then by the deepest role provided by an act, and by the period of their start, crossed with what the talks produced at their best point. Each mediation stands once in each part.",
            "Барлық медиация, одан соң олар әрекетпен атқарылған ең терең рөлі және басталған кезеңі бойынша, келіссөздердің ең жақсы сәтіндегі нәтижесімен қиылыста. Әр медиация әр бөлікте бір рет тұрады.",
            "Все посредничества, затем они же по самой глубокой исполненной роли и по периоду начала в пересечении с лучшим результатом переговоров. Каждое посредничество стоит в каждой части один раз.",
        ),
        notes: vec![caveats::SELECTION],
        reading: reading(counts, &outcomes, unknown),
        columns,
        rows,
        ..Answer::of(Unit::Case, size(known), size(unknown))
    })
}

/// How many came to each outcome, from the best down, and of how many it is unknown.
fn reading(counts: &[u64], outcomes: &[(String, Label)], unknown: u64) -> Vec<Label> {
    let known: u64 = counts.iter().sum();
    if known == 0 {
        return Vec::new();
    }
    let number = |n: u64| Label::plain(n.to_string());
    let part = Label::plain("{label} {n}");
    let parts: Vec<Label> = { outcomes.iter().zip(counts).rev() }
        .filter(|(_, n)| **n > 0)
        .map(|((_, label), n)| part.fill(&[("label", label), ("n", &number(*n))]))
        .collect();
    let text = if unknown == 0 {
        Label::new(
            "How the {n} mediations ended: {parts}.",
            "{n} жағдайдың нәтижесі: {parts}.",
            "Исходы случаев, которых {n}: {parts}.",
        )
    } else {
        Label::new(
            "How the {n} mediations with a known outcome ended: {parts}; of {unknown} more it is unknown.",
            "Нәтижесі белгілі {n} жағдай: {parts}; тағы {unknown} жағдайдың нәтижесі белгісіз.",
            "Исходы случаев, где исход известен ({n}): {parts}; неизвестен ещё в {unknown}.",
        )
    };
    vec![text.fill(&[
        ("n", &number(known)),
        ("parts", &Label::join(&parts, ", ")),
        ("unknown", &number(unknown)),
    ])]
}

/// The parts of the table with their codes: all, by the deepest role or, where roles have no order, by
/// each, and by period.
fn parts(selection: &Selection) -> Result<Vec<(&'static str, Factor)>> {
    let role = match factors::depth(selection)? {
        Some(depth) => Some(depth),
        None => factors::role(selection)?,
    };
    let mut parts = vec![("all", factors::all(selection)?)];
    parts.extend(role.map(|role| ("role", role)));
    parts.push(("period", factors::period(selection)?));
    Ok(parts)
}
