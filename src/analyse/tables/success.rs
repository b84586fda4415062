//! How often it led to something: the share of successes, told apart in several ways.

use polars::prelude::{Expr, col};

use crate::analyse::count::{self, size};
use crate::analyse::factors::{self, Factor};
use crate::analyse::selection::Selection;
use crate::analyse::statistics::proportion;
use crate::analyse::thresholds::{self, Threshold};
use crate::analyse::{Answer, Cell, Column, TableSpec, caveats};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::estimate::Share;
use crate::model::label::Label;
use crate::model::measure::{Measure, percent};
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "success",
    title: Label::new(
        "How often it led to something: share of successes",
        "Қаншалықты жиі нәтиже берді: табыс үлесі",
        "Как часто был результат: доля успехов",
    ),
    needs: &[Concept::Case, Concept::Outcome],
    needs_threshold: true,
    compute,
};

fn compute(selection: &Selection) -> Result<Answer> {
    let thresholds = thresholds::of(selection);
    let known = col("outcome_rank").is_not_null();
    let first = thresholds.first().map(|first| first.label.clone());
    let reached = thresholds.iter().map(Threshold::reached);
    let conditions: Vec<Expr> = [known].into_iter().chain(reached).collect();
    let mut rows = Vec::new();
    for factor in factors(selection)? {
        let by = Cell::Code(factor.key.clone(), factor.label.clone());
        for (group, n, counts) in factor.count(selection.base(), &conditions)? {
            rows.push(row(selection, [by.clone(), group], n, &counts));
        }
    }
    let all = selection.base();
    let unknown = count::rows(all.clone(), col("outcome_rank").is_null())?;
    let known = count::rows(all, col("outcome_rank").is_not_null())?;
    let mut columns = vec![
        Column::new("by", Label::new("By", "Бойынша", "По"), Measure::Text),
        Column::new("group", Label::new("Group", "Топ", "Группа"), Measure::Text),
    ];
    columns.extend(
        thresholds
            .into_iter()
            .map(|threshold| Column::new(threshold.column, threshold.label, Measure::Share)),
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
            "Share of the mediations with a known outcome that reached the threshold or more; {level} Wilson score intervals (Wilson 1927). A case with several roles counts in the group of each. The bounds take every unknown outcome as a failure, and as a success.",
            "Нәтижесі белгілі медиациялардың ішінде шекке жеткендерінің үлесі; {level} Уилсон интервалдары (Wilson 1927). Бірнеше рөлі бар жағдай әр рөлдің тобында саналады. Шектер: белгісіз нәтижелердің бәрі сәтсіз және бәрі сәтті.",
            "Доля посредничеств с известным исходом, достигших порога; {level} интервалы Уилсона (Wilson 1927). Случай с несколькими ролями входит в группу каждой. Границы: все неизвестные исходы неудачны и все успешны.",
        )
        .fill(&[("level", &percent(selection.level.get()))]),
        notes: vec![caveats::SELECTION],
        reading: reading(&rows, first.as_ref()),
        columns,
        rows,
        ..Answer::of(Unit::Case, size(known), size(unknown))
    })
}

/// All of them, by period, by role, and by the variables that the study names.
fn factors(selection: &Selection) -> Result<Vec<Factor>> {
    let mut factors = vec![factors::all(selection)?, factors::period(selection)?];
    factors.extend(factors::role(selection)?);
    factors.extend(factors::declared(selection)?);
    Ok(factors)
}

/// A group of `n` mediations: of how many the outcome is known, and how many of them reach each threshold.
fn row(selection: &Selection, group: [Cell; 2], n: u64, counts: &[u64]) -> Vec<Cell> {
    let (known, reached) = (counts[0], &counts[1..]);
    let mut row = Vec::from(group);
    row.extend(
        reached
            .iter()
            .map(|reached| Cell::Share(proportion::share(*reached, known, selection.level))),
    );
    row.push(Cell::Count(n - known));
    let successes = reached.first().copied().unwrap_or(0);
    let bounds = [successes, successes + n - known];
    row.extend(bounds.map(|successes| Cell::Share(Share::counted(successes, n))));
    row
}

/// What the interval of all cases is compatible with, in words.
fn reading(rows: &[Vec<Cell>], threshold: Option<&Label>) -> Vec<Label> {
    let all = rows
        .first()
        .and_then(|row| row.get(2))
        .and_then(Cell::share);
    let Some((share, estimate)) = all.and_then(|share| Some((share, share.estimate?))) else {
        return Vec::new();
    };
    let text = Label::new(
        "Of {n} mediations with a known outcome {k} reached {threshold} ({share}; {level} interval {low} to {high}).",
        "Нәтижесі белгілі {n} жағдайдың {k} жағдайында: {threshold} ({share}; {level} сенім аралығы {low} – {high}).",
        "Исход «{threshold}» — в {k} из {n} случаев, где он известен ({share}; {level}-ный доверительный интервал {low} – {high}).",
    );
    vec![text.fill(&[
        ("n", &Label::plain(share.trials.to_string())),
        ("k", &Label::plain(share.successes.to_string())),
        ("threshold", &threshold.cloned().unwrap_or_default()),
        ("share", &percent(estimate.value)),
        ("low", &percent(estimate.low)),
        ("high", &percent(estimate.high)),
        ("level", &percent(estimate.level.get())),
    ])]
}
