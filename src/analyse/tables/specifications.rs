//! Every way of asking that was tried, with the value of each headline number: what a specification
//! curve draws.

use crate::analyse::names;
use crate::analyse::selection::Selection;
use crate::analyse::sensitivity::{Group, Kind, NEAR, Quantity, Run, runs};
use crate::analyse::{Answer, Cell, Column, TableSpec};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::missing::Reason;
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "specifications",
    title: Label::new(
        "Every way of asking that was tried",
        "Байқалған сұрау тәсілдерінің бәрі",
        "Все испробованные способы спросить",
    ),
    needs: &[Concept::Case, Concept::Start],
    needs_threshold: false,
    compute,
};

fn compute(selection: &Selection) -> Result<Answer> {
    let (base, runs) = runs(selection, &|_, _| ())?;
    let value = |value: Option<f64>| value.map_or(Cell::Missing(Reason::Unknown), Cell::Number);
    let as_asked = Label::new("as asked", "сұралғандай", "как спрошено");
    let mut rows = vec![
        [
            Cell::Code("base".to_owned(), as_asked.clone()),
            Cell::Text(as_asked),
        ]
        .into_iter()
        .chain(base.iter().map(|quantity| value(quantity.value)))
        .collect::<Vec<Cell>>(),
    ];
    for run in runs {
        let group = run.variation.group;
        let head = [
            Cell::Code(group.code().to_owned(), group.label()),
            Cell::Text(run.variation.label.clone()),
        ];
        let values = base.iter().map(|quantity| value(run.value(&quantity.name)));
        rows.push(head.into_iter().chain(values).collect());
    }
    let groups = Group::ALL.map(|group| (group.code().to_owned(), group.label()));
    let mut columns = vec![
        Column::coded(
            "changed",
            Label::new("What is changed", "Не өзгертілді", "Что изменено"),
            Measure::Nominal,
            groups.to_vec(),
        ),
        Column::new("how", Label::new("How", "Қалай", "Как"), Measure::Text),
    ];
    columns.extend(base.iter().map(|quantity| column(selection, quantity)));
    Ok(Answer {
        denominator: Label::new(
            "those of the headlines; see the table of sensitivity",
            "басты сандардікі; сезімталдық кестесін қараңыз",
            "те же, что у выводов; см. таблицу чувствительности",
        ),
        method: Label::new(
            "One decision is changed at a time. Shares lie between 0 and 1; depth is the rank of the role on its scale, counted from 0. A value is missing where a run has nothing to form it from, as codings have no events.",
            "Әр жолы бір ғана шешім өзгертіледі. Үлестер 0 мен 1 аралығында; тереңдік — рөлдің шкаладағы орны, 0-ден бастап. Есептеуде негіз болмаса, мән жоқ: кодтауларда оқиғалар жоқ.",
            "Каждый раз меняется одно решение. Доли от 0 до 1; глубина — место роли на шкале, считая от 0. Значения нет, если прогону не из чего его получить: у кодирований нет событий.",
        ),
        notes: vec![Label::new(
            "Runs resemble each other: how many are higher or lower is no probability.",
            "Есептеулер бір-біріне ұқсас: қаншасы жоғары не төмен екені ықтималдық емес.",
            "Прогоны похожи друг на друга: сколько из них выше или ниже, не есть вероятность.",
        )],
        reading: reading(base, runs),
        columns,
        rows,
        ..Answer::of(Unit::Run, runs.len(), 0)
    })
}

/// The column of a quantity; its measure says what kind of number it is, so that none is drawn on the
/// scale of another.
fn column(selection: &Selection, quantity: &Quantity) -> Column {
    let (name, label) = (quantity.name.clone(), quantity.label.clone());
    match quantity.kind {
        Kind::Count => Column::new(name, label, Measure::Count),
        Kind::Ratio => Column::new(name, label, Measure::Number),
        Kind::Share => Column::new(name, label, Measure::Proportion),
        Kind::Depth => {
            let roles = selection.codes(Concept::Role);
            Column::coded(name, label, Measure::Ordinal, roles)
        }
    }
}

/// In how many runs each number is lower, the same and higher than as asked.
fn reading(base: &[Quantity], runs: &[Run]) -> Vec<Label> {
    let text = Label::new(
        "“{name}”, runs with other settings: lower than as asked, {lower}; the same, {same}; higher, {higher}; without a value, {without}.",
        "«{name}», басқаша сұралған есептеулер: сұралғаннан төмен — {lower}; тең — {same}; жоғары — {higher}; мәнсіз — {without}.",
        "«{name}», прогоны с иными условиями: ниже, чем спрошено, — {lower}; столько же — {same}; выше — {higher}; без значения — {without}.",
    );
    let known = base
        .iter()
        .filter_map(|quantity| Some((quantity, quantity.value?)));
    let mut moved = Vec::new();
    let mut reading = Vec::new();
    for (quantity, start) in known {
        let values = runs.iter().filter_map(|run| run.value(&quantity.name));
        let (mut lower, mut same, mut higher) = (0, 0, 0);
        for value in values {
            match value - start {
                moved if moved.abs() < NEAR => same += 1,
                moved if moved < 0.0 => lower += 1,
                _ => higher += 1,
            }
        }
        let without = runs.len() - lower - same - higher;
        moved.push((lower + higher, &quantity.label));
        reading.push(text.fill(&[
            ("name", &quantity.label),
            ("lower", &number(lower)),
            ("same", &number(same)),
            ("higher", &number(higher)),
            ("without", &number(without)),
        ]));
    }
    let most = finding(&moved, runs.len());
    most.into_iter().chain(reading).collect()
}

/// The numbers that change in most runs; `None` if none changes in any.
fn finding(moved: &[(usize, &Label)], runs: usize) -> Option<Label> {
    let most = moved.iter().map(|(times, _)| *times).max()?;
    let names: Vec<&Label> = moved
        .iter()
        .filter(|(times, _)| *times == most && most > 0)
        .map(|(_, name)| *name)
        .collect();
    if names.is_empty() {
        return None;
    }
    let text = Label::new(
        "Of {n} numbers, other settings change this most often: {names} ({most}, of {runs} runs).",
        "{n} санның ішінде басқа есептеу нұсқаларында ең жиі өзгеретіні – {names} ({runs} нұсқадан {most}).",
        "Из {n} чисел в других вариантах расчёта чаще всего меняется: {names} ({most} из {runs} вариантов).",
    );
    Some(text.fill(&[
        ("n", &number(moved.len())),
        ("names", &names::tied(names.iter().copied())),
        ("most", &names::each(most, names.len())),
        ("runs", &number(runs)),
    ]))
}

fn number(n: usize) -> Label {
    Label::plain(n.to_string())
}
