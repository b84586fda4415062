//! What came out: outcomes by deepest role and by period, as counts.

use polars::prelude::{Expr, col, lit};

use crate::analyse::count::{Counts, size};
use crate::analyse::factors::{self, Factor};
use crate::analyse::names;
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

/// The most frequent outcome, several if they tie.
fn reading(counts: &[u64], outcomes: &[(String, Label)], unknown: u64) -> Vec<Label> {
    let Some(most) = counts.iter().max().filter(|most| **most > 0) else {
        return Vec::new();
    };
    let named = outcomes.iter().zip(counts).filter(|(_, n)| *n == most);
    let named: Vec<&Label> = named.map(|((_, label), _)| label).collect();
    let text = Label::new(
        "Most frequent outcome: {names} ({most}, of {n} mediations with a known outcome); of {unknown} more the outcome is unknown.",
        "Ең жиі нәтиже: {names} (нәтижесі белгілі {n} медиациядан {most}); тағы {unknown} медиацияның нәтижесі белгісіз.",
        "Самый частый исход: {names} ({most}, из {n} посредничеств с известным исходом); ещё у {unknown} исход неизвестен.",
    );
    let number = |n: u64| Label::plain(n.to_string());
    vec![text.fill(&[
        ("names", &names::tied(named.iter().copied())),
        ("most", &names::each(size(*most), named.len())),
        ("n", &number(counts.iter().sum())),
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
