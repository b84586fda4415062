//! How often it led to something: the share of successes, cut in several ways.

use crate::analyse::engagements::{self, Engagement};
use crate::analyse::selection::{Selection, pairs};
use crate::analyse::statistics::proportion;
use crate::analyse::thresholds::{self, Threshold};
use crate::analyse::{Answer, Cell, Column, TableSpec, caveats};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::estimate::Share;
use crate::model::label::Label;
use crate::model::measure::{Measure, percent};
use crate::model::missing::Reason;
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "success",
    title: Label::new(
        "How often it led to something: share of successes",
        "Қаншалықты жиі нәтиже берді: табыс үлесі",
        "Как часто был результат: доля успехов",
    ),
    needs: &[Concept::Case, Concept::Outcome],
    needs_cut: true,
    compute,
};

/// A way of cutting the mediations: its code and name, and its groups with the cases in each.
struct Cut<'a> {
    name: Cell,
    groups: Vec<(Cell, Vec<&'a Engagement>)>,
}

fn compute(selection: &Selection) -> Result<Answer> {
    let all = engagements::all(selection)?;
    let base: Vec<&Engagement> = all.iter().filter(|case| case.is_base).collect();
    let thresholds = thresholds::of(selection);
    let mut rows = Vec::new();
    for Cut { name, groups } in cuts(selection, &base) {
        for (group, cases) in groups {
            rows.push(row(&name, &group, &cases, &thresholds, selection));
        }
    }
    let known = base.iter().filter(|case| case.outcome.is_some()).count();
    let mut columns = vec![
        Column::new("by", Label::new("By", "Бойынша", "По"), Measure::Text),
        Column::new("group", Label::new("Group", "Топ", "Группа"), Measure::Text),
    ];
    columns.extend(
        thresholds
            .into_iter()
            .map(|cut| Column::new(cut.column, cut.label, Measure::Share)),
    );
    columns.extend([
        Column::new(
            "unknown",
            Label::new("Outcome unknown", "Нәтижесі белгісіз", "Исход неизвестен"),
            Measure::Count,
        ),
        Column::new(
            "if_failed",
            Label::new(
                "If all unknown failed",
                "Белгісіздердің бәрі сәтсіз болса",
                "Если все неизвестные неудачны",
            ),
            Measure::Share,
        ),
        Column::new(
            "if_succeeded",
            Label::new(
                "If all unknown succeeded",
                "Белгісіздердің бәрі сәтті болса",
                "Если все неизвестные успешны",
            ),
            Measure::Share,
        ),
    ]);
    Ok(Answer {
        denominator: Label::new(
            "mediations of the group with a known outcome",
            "топтағы нәтижесі белгілі медиациялар",
            "посредничества группы с известным исходом",
        ),
        method: Label::new(
            "Share of the mediations with a known outcome that reached the cut or more; {level} Wilson score intervals (Wilson 1927). A case with several roles counts in the group of each. The bounds take every unknown outcome as a failure, and as a success.",
            "Нәтижесі белгілі медиациялардың ішінде шекке жеткендерінің үлесі; {level} Уилсон интервалдары (Wilson 1927). Бірнеше рөлі бар жағдай әр рөлдің тобында саналады. Шектер: белгісіз нәтижелердің бәрі сәтсіз және бәрі сәтті.",
            "Доля посредничеств с известным исходом, достигших порога; {level} интервалы Уилсона (Wilson 1927). Случай с несколькими ролями входит в группу каждой. Границы: все неизвестные исходы неудачны и все успешны.",
        )
        .fill(&[("level", &percent(selection.level.get()))]),
        notes: vec![caveats::SELECTION],
        reading: reading(&rows),
        columns,
        rows,
        ..Answer::of(Unit::Case, known, base.len() - known)
    })
}

/// All of them, by period, by role, and by the variables that the study names.
fn cuts<'a>(selection: &Selection, base: &[&'a Engagement]) -> Vec<Cut<'a>> {
    let those = |keep: &dyn Fn(&Engagement) -> bool| -> Vec<&'a Engagement> {
        base.iter().copied().filter(|case| keep(case)).collect()
    };
    let coded = |code: &str, label| Cell::Code(code.to_owned(), label);
    let all = coded("all", Label::new("all", "барлығы", "все"));
    let mut cuts = vec![
        Cut {
            name: all.clone(),
            groups: vec![(all, base.to_vec())],
        },
        Cut {
            name: coded("period", Label::new("period", "кезең", "период")),
            groups: selection
                .period_codes()
                .into_iter()
                .map(|(code, label)| {
                    let held = those(&|case| case.period.as_ref() == Some(&code));
                    (Cell::Code(code, label), held)
                })
                .collect(),
        },
        Cut {
            name: coded("role", Label::new("role", "рөл", "роль")),
            groups: selection
                .codes(Concept::Role)
                .into_iter()
                .map(|(code, label)| {
                    let held = those(&|case| case.roles.contains(&code));
                    (Cell::Code(code, label), held)
                })
                .collect(),
        },
    ];
    let unplaced = those(&|case| case.period.is_none());
    if let (false, Some(periods)) = (unplaced.is_empty(), cuts.get_mut(1)) {
        let unknown = Cell::Missing(Reason::Unknown);
        periods.groups.push((unknown, unplaced));
    }
    let table = selection
        .data
        .tables
        .iter()
        .find(|table| table.unit == Unit::Case);
    let by = selection
        .study()
        .success
        .iter()
        .flat_map(|success| &success.by);
    for key in by {
        let Some(field) = table.and_then(|table| table.field(key.get_ref())) else {
            continue;
        };
        let values = engagements::variable(selection, &field.key);
        let groups = pairs(&field.codes)
            .into_iter()
            .map(|(code, label)| {
                let held = those(&|case| values.get(&case.case) == Some(&code));
                (Cell::Code(code, label), held)
            })
            .collect();
        cuts.push(Cut {
            name: coded(&field.key, field.label.clone()),
            groups,
        });
    }
    cuts
}

fn row(
    by: &Cell,
    group: &Cell,
    cases: &[&Engagement],
    thresholds: &[Threshold],
    selection: &Selection,
) -> Vec<Cell> {
    let n = cases.len() as u64;
    let known: Vec<usize> = cases.iter().filter_map(|case| case.outcome).collect();
    let trials = known.len() as u64;
    let reached = |cut: &Threshold| known.iter().filter(|rank| **rank >= cut.rank).count() as u64;
    let mut row = vec![by.clone(), group.clone()];
    row.extend(
        thresholds
            .iter()
            .map(|cut| Cell::Share(proportion::share(reached(cut), trials, selection.level))),
    );
    row.push(Cell::Count(n - trials));
    let successes = thresholds.first().map_or(0, reached);
    let bounds = [successes, successes + n - trials];
    row.extend(bounds.map(|successes| Cell::Share(Share::counted(successes, n))));
    row
}

/// What the interval of all cases is compatible with, in words.
fn reading(rows: &[Vec<Cell>]) -> Vec<Label> {
    let all = rows
        .first()
        .and_then(|row| row.get(2))
        .and_then(Cell::share);
    let Some((share, estimate)) = all.and_then(|share| Some((share, share.estimate?))) else {
        return Vec::new();
    };
    let text = Label::new(
        "Successes: {k} of {n} mediations with a known outcome. The record is compatible with any share from {low} to {high} ({level} interval).",
        "Табыс: нәтижесі белгілі {n} медиациядан {k}. Дерек {low} мен {high} аралығындағы кез келген үлеске сәйкес келеді ({level} интервал).",
        "Успехов: {k} из {n} посредничеств с известным исходом. Запись совместима с любой долей от {low} до {high} ({level} интервал).",
    );
    vec![text.fill(&[
        ("n", &Label::plain(share.trials.to_string())),
        ("k", &Label::plain(share.successes.to_string())),
        ("low", &percent(estimate.low)),
        ("high", &percent(estimate.high)),
        ("level", &percent(estimate.level.get())),
    ])]
}
