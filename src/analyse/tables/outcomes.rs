//! What came out: outcomes by deepest role and by period, as counts.

use crate::analyse::engagements::{self, Engagement};
use crate::analyse::names;
use crate::analyse::selection::Selection;
use crate::analyse::{Answer, Cell, Column, TableSpec, caveats};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::missing::Reason;
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "outcomes",
    title: Label::new(
        "What came out: outcomes by role and by period",
        "Нәтижесі қандай: рөл және кезең бойынша нәтижелер",
        "Чем кончилось: исходы по ролям и периодам",
    ),
    needs: &[Concept::Case, Concept::Outcome],
    needs_cut: false,
    compute,
};

fn compute(selection: &Selection) -> Result<Answer> {
    let all = engagements::all(selection)?;
    let base: Vec<&Engagement> = all.iter().filter(|case| case.is_base).collect();
    let outcomes = selection.codes(Concept::Outcome);
    let unknown = Cell::Missing(Reason::Unknown);
    let row = |by: &str, group: Cell, keep: &dyn Fn(&Engagement) -> bool| {
        let cases: Vec<&&Engagement> = base.iter().filter(|case| keep(case)).collect();
        let count = |outcome: Option<usize>| {
            Cell::Count(cases.iter().filter(|case| case.outcome == outcome).count() as u64)
        };
        let name = by_codes().into_iter().find(|(code, _)| code == by);
        let mut row = vec![
            Cell::Code(
                by.to_owned(),
                name.map(|(_, label)| label).unwrap_or_default(),
            ),
            group,
        ];
        row.extend((0..outcomes.len()).map(|rank| count(Some(rank))));
        row.push(count(None));
        row.push(Cell::Count(cases.len() as u64));
        row
    };
    let everything = Label::new("all", "барлығы", "все");
    let everything = Cell::Code("all".to_owned(), everything);
    let mut rows = vec![row("all", everything, &|_| true)];
    for (rank, (code, label)) in selection.codes(Concept::Role).into_iter().enumerate() {
        let group = Cell::Code(code, label);
        rows.push(row("role", group, &|case| case.depth == Some(rank)));
    }
    rows.push(row("role", unknown.clone(), &|case| case.depth.is_none()));
    for (code, label) in selection.period_codes() {
        let group = Cell::Code(code.clone(), label);
        rows.push(row("period", group, &|case| {
            case.period.as_ref() == Some(&code)
        }));
    }
    if base.iter().any(|case| case.period.is_none()) {
        rows.push(row("period", unknown, &|case| case.period.is_none()));
    }
    let known = base.iter().filter(|case| case.outcome.is_some()).count();
    let mut columns = vec![
        Column::coded(
            "by",
            Label::new("By", "Бойынша", "По"),
            Measure::Nominal,
            by_codes(),
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
        reading: reading(&base, &outcomes, known),
        columns,
        rows,
        ..Answer::of(Unit::Case, known, base.len() - known)
    })
}

/// The most frequent outcome, several if they tie.
fn reading(base: &[&Engagement], outcomes: &[(String, Label)], known: usize) -> Vec<Label> {
    let count = |rank: usize| {
        base.iter()
            .filter(|case| case.outcome == Some(rank))
            .count()
    };
    let counts: Vec<usize> = (0..outcomes.len()).map(count).collect();
    let Some(most) = counts.iter().max().filter(|most| **most > 0) else {
        return Vec::new();
    };
    let named = outcomes.iter().zip(&counts).filter(|(_, n)| *n == most);
    let named: Vec<&Label> = named.map(|((_, label), _)| label).collect();
    let text = Label::new(
        "Most frequent outcome: {names} ({most}, of {n} mediations with a known outcome); of {unknown} more the outcome is unknown.",
        "Ең жиі нәтиже: {names} (нәтижесі белгілі {n} медиациядан {most}); тағы {unknown} медиацияның нәтижесі белгісіз.",
        "Самый частый исход: {names} ({most}, из {n} посредничеств с известным исходом); ещё у {unknown} исход неизвестен.",
    );
    let number = |n: usize| Label::plain(n.to_string());
    vec![text.fill(&[
        ("names", &names::tied(named.iter().copied())),
        ("most", &names::each(*most, named.len())),
        ("n", &number(known)),
        ("unknown", &number(base.len() - known)),
    ])]
}

fn by_codes() -> Vec<(String, Label)> {
    vec![
        ("all".to_owned(), Label::new("all", "барлығы", "все")),
        (
            "role".to_owned(),
            Label::new("deepest role", "ең терең рөл", "самая глубокая роль"),
        ),
        ("period".to_owned(), Label::new("period", "кезең", "период")),
    ]
}
