//! The curve of how long engagements last, step by step: what a chart draws.

use crate::analyse::engagements::{self, Engagement};
use crate::analyse::lengths::{self, Length, YEAR};
use crate::analyse::selection::Selection;
use crate::analyse::statistics::survival::{Observed, Step, kaplan_meier};
use crate::analyse::{Answer, Cell, Column, TableSpec};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::{Measure, percent};
use crate::model::missing::Reason;
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "survival",
    title: Label::new(
        "What share of engagements lasts longer than that",
        "Медиациялардың қандай үлесі одан ұзаққа созылады",
        "Какая доля посредничеств длится дольше",
    ),
    needs: &[Concept::Case, Concept::Start],
    needs_threshold: false,
    compute,
};

/// A way to read imprecise dates: its code with what it means, and the length it takes.
type Reading = ((String, Label), fn(&Length) -> Observed);

fn readings() -> [Reading; 2] {
    [
        (
            (
                "shortest".to_owned(),
                Label::new("shortest", "ең қысқа", "кратчайшие"),
            ),
            |length| length.shortest,
        ),
        (
            (
                "longest".to_owned(),
                Label::new("longest", "ең ұзақ", "наибольшие"),
            ),
            |length| length.longest,
        ),
    ]
}

fn compute(selection: &Selection) -> Result<Answer> {
    let all = engagements::all(selection)?;
    let base: Vec<&Engagement> = all.iter().filter(|case| case.is_base).collect();
    let known = lengths::known(&lengths::all(selection)?, &base);
    let mut rows = Vec::new();
    for ((code, label), read) in readings() {
        let observed: Vec<Observed> = known.iter().map(read).collect();
        let cell = Cell::Code(code, label);
        rows.extend(steps(selection, &cell, &observed));
    }
    let after_a_year = readings().map(|(_, read)| {
        let observed: Vec<Observed> = known.iter().map(read).collect();
        lasting(selection, &observed, YEAR)
    });
    Ok(Answer {
        denominator: Label::new(
            "mediations under observation just before the day of the step",
            "қадам күнінің алдында бақылауда болған медиациялар",
            "посредничества под наблюдением непосредственно перед днём шага",
        ),
        method: Label::new(
            "Kaplan and Meier (1958); {level} interval from Greenwood's variance on the scale of log(-log). A row is a length at which mediations ended or were lost from sight, after a row for the beginning; the curve is level in between. Once by the shortest lengths that the dates allow and once by the longest; open mediations are censored at the date of the view.",
            "Каплан, Мейер (1958); Гринвуд дисперсиясы бойынша log(-log) шкаласындағы {level} интервал. Жол — медиациялар аяқталған не көзден кеткен ұзақтық, алдында басталу жолы тұр; арасында қисық өзгермейді. Бір рет күндер рұқсат ететін ең қысқа, бір рет ең ұзақ ұзақтықтар бойынша; ашық медиациялар көрініс күнінде цензураланады.",
            "Каплан, Мейер (1958); {level} интервал по дисперсии Гринвуда в шкале log(-log). Строка — длительность, при которой посредничества завершались или выбывали из наблюдения, первой стоит строка начала; между строками кривая ровная. Один раз по кратчайшим длительностям, допускаемым датами, другой по наибольшим; открытые посредничества цензурированы на дату вида.",
        )
        .fill(&[("level", &percent(selection.level.get()))]),
        notes: vec![Label::new(
            "The limits are for each step alone: the whole curve lies outside them more often.",
            "Шектер әр қадамға жеке берілген: бүтін қисық олардан жиірек шығады.",
            "Границы относятся к каждому шагу отдельно: вся кривая выходит за них чаще.",
        )],
        reading: reading(after_a_year, known.len()),
        columns: columns(),
        rows,
        ..Answer::of(Unit::Case, known.len(), base.len() - known.len())
    })
}

/// The share that lasts longer than that; `None` if no case was observed so long and some were open.
fn lasting(selection: &Selection, cases: &[Observed], time: f64) -> Option<f64> {
    let curve = kaplan_meier(cases, selection.level).ok()?;
    let until = curve.steps.iter().take_while(|step| step.time <= time);
    let share = until.last().map_or(1.0, |step| step.survival);
    let is_known = share <= 0.0 || cases.iter().any(|case| case.time > time);
    is_known.then_some(share)
}

fn reading(after_a_year: [Option<f64>; 2], n: usize) -> Vec<Label> {
    let [Some(short), Some(long)] = after_a_year else {
        return Vec::new();
    };
    let text = if percent(short) == percent(long) {
        Label::new(
            "An estimated {short} of {n} mediations lasted longer than a year.",
            "Бағалау бойынша {n} жағдайдың {short} бөлігі бір жылдан ұзаққа созылды.",
            "По оценке, дольше года длилось {short} случаев (n = {n}).",
        )
    } else {
        Label::new(
            "An estimated {short} to {long} of {n} mediations lasted longer than a year, by how imprecise dates are read.",
            "Бағалау бойынша {n} жағдайдың {short} – {long} бөлігі бір жылдан ұзаққа созылды, дәл емес күндердің оқылуына қарай.",
            "По оценке, дольше года длилось от {short} до {long} случаев (n = {n}), смотря по прочтению неточных дат.",
        )
    };
    vec![text.fill(&[
        ("short", &percent(short.min(long))),
        ("long", &percent(long.max(short))),
        ("n", &Label::plain(n.to_string())),
    ])]
}

fn columns() -> Vec<Column> {
    let codes = readings().map(|(code, _)| code).to_vec();
    let number = |name: &str, label| Column::new(name, label, Measure::Number);
    let count = |name: &str, label| Column::new(name, label, Measure::Count);
    vec![
        Column::coded(
            "lengths",
            Label::new("Lengths", "Ұзақтықтар", "Длительности"),
            Measure::Nominal,
            codes,
        ),
        number("days", Label::new("Days", "Күн", "Дней")),
        number("years", Label::new("Years", "Жыл", "Лет")),
        count(
            "at_risk",
            Label::new(
                "Going on until then",
                "Оған дейін жүріп жатқан",
                "Шло до того",
            ),
        ),
        count(
            "ended",
            Label::new("Ended then", "Сонда аяқталған", "Завершилось"),
        ),
        count(
            "open",
            Label::new(
                "Lost from sight then",
                "Сонда көзден кеткен",
                "Тогда выбыло",
            ),
        ),
        number(
            "lasting",
            Label::new(
                "Share that lasts longer",
                "Ұзағырақ созылатын үлес",
                "Доля длящихся дольше",
            ),
        ),
        number("low", Label::new("From", "Бастап", "От")),
        number("high", Label::new("To", "Дейін", "До")),
    ]
}

/// The beginning, where all go on, and each length at which a case ended or was lost from sight; no
/// row without a case.
fn steps(selection: &Selection, lengths: &Cell, cases: &[Observed]) -> Vec<Vec<Cell>> {
    let Ok(curve) = kaplan_meier(cases, selection.level) else {
        return Vec::new();
    };
    let optional = |value: Option<f64>| value.map_or(Cell::Missing(Reason::Na), Cell::Number);
    let count = |keep: &dyn Fn(&Observed) -> bool| {
        Cell::Count(cases.iter().filter(|case| keep(case)).count() as u64)
    };
    let mut times: Vec<f64> = cases.iter().map(|case| case.time).chain([0.0]).collect();
    times.sort_by(f64::total_cmp);
    times.dedup();
    let row = |time: f64| {
        let until = curve.steps.iter().take_while(|step| step.time <= time);
        let step: Option<&Step> = until.last();
        let interval = step.and_then(|step| step.interval);
        vec![
            lengths.clone(),
            Cell::Number(time),
            Cell::Number(time / YEAR),
            count(&|case| case.time >= time),
            count(&|case| case.is_event && case.time.total_cmp(&time).is_eq()),
            count(&|case| !case.is_event && case.time.total_cmp(&time).is_eq()),
            Cell::Number(step.map_or(1.0, |step| step.survival)),
            optional(interval.map(|(low, _)| low)),
            optional(interval.map(|(_, high)| high)),
        ]
    };
    times.into_iter().map(row).collect()
}
