//! How far engagements came: each stage is a part of the one before.

use crate::analyse::engagements::{self, Engagement};
use crate::analyse::selection::Selection;
use crate::analyse::statistics::proportion;
use crate::analyse::{Answer, Cell, Column, TableSpec, caveats, names};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::estimate::Share;
use crate::model::label::Label;
use crate::model::measure::{Measure, percent};
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "funnel",
    title: Label::new(
        "How far engagements came, from offer to agreement",
        "Араласу қаншалықты алға барды: ұсыныстан келісімге дейін",
        "Как далеко заходило участие: от предложения до соглашения",
    ),
    needs: &[Concept::Case, Concept::Role, Concept::Outcome],
    needs_threshold: true,
    compute,
};

/// Whether a case is in a stage, or that is not known.
type Test = Box<dyn Fn(&Engagement) -> Option<bool>>;

const METHOD: Label = Label::new(
    "The stages are nested: a case counts in a stage only if it counts in every one before. A case of which a step is not known leaves the funnel there and is counted as unknown. {level} Wilson score intervals (Wilson 1927).",
    "Сатылар бірінің ішінде бірі: жағдай алдыңғы сатылардың бәрінде болса ғана саналады. Қадамы белгісіз жағдай сол жерде шығып, белгісіз деп саналады. {level} Уилсон интервалдары (Wilson 1927).",
    "Ступени вложены: случай считается на ступени, только если он есть на всех предыдущих. Случай с неизвестным шагом выбывает на нём и считается неизвестным. {level} интервалы Уилсона (Wilson 1927).",
);

/// The stages, from every case on; those of talks and agreements by the outcomes of the study.
fn stages(selection: &Selection) -> [(&'static str, Label, Test); 4] {
    let scale = selection.codes(Concept::Outcome);
    let study = selection.study().success.as_ref();
    let rank = |code: &str| scale.iter().position(|(known, _)| known == code);
    let threshold = study.and_then(|success| rank(success.threshold.get_ref()));
    // Unless the study names it, talks are held from the second outcome of the scale on: the first
    // says that there were none.
    let talks = study
        .and_then(|success| rank(success.talks.as_ref()?.get_ref()))
        .or_else(|| (scale.len() > 1).then_some(1));
    let at_least =
        |from: Option<usize>| -> Test { Box::new(move |case| Some(case.outcome? >= from?)) };
    let cut_name = threshold.and_then(|rank| Some(scale.get(rank)?.1.clone()));
    let all = Label::new(
        "engagements, offers included",
        "араласулар, ұсыныстармен қоса",
        "участия, включая предложения",
    );
    let some_role = Label::new(
        "some role provided",
        "қандай да бір рөл атқарылған",
        "исполнена какая-либо роль",
    );
    let talks_held = Label::new("talks held", "келіссөздер өтті", "переговоры состоялись");
    let agreement = Label::new(
        "agreement: {threshold} or more",
        "келісім: {threshold} немесе одан жоғары",
        "соглашение: {threshold} и выше",
    )
    .fill(&[("threshold", &cut_name.unwrap_or_default())]);
    [
        ("engagements", all, Box::new(|_| Some(true))),
        ("role", some_role, Box::new(has_role)),
        ("talks", talks_held, at_least(talks)),
        ("agreement", agreement, at_least(threshold)),
    ]
}

/// Whether a case had a provided role; of what is no mediation none is asked.
fn has_role(case: &Engagement) -> Option<bool> {
    let has_some = case.depth.is_some() || !case.roles.is_empty();
    let is_known = case.has_role || !case.is_base;
    (has_some || is_known).then_some(has_some)
}

fn compute(selection: &Selection) -> Result<Answer> {
    let all = engagements::all(selection)?;
    let stages = stages(selection);
    let n = all.len() as u64;
    let mut rest: Vec<&Engagement> = all.iter().collect();
    let mut lost = 0;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (code, label, test) in &stages {
        let before = rest.len() as u64;
        let unknown = rest.iter().filter(|case| test(case).is_none()).count() as u64;
        rest.retain(|case| test(case) == Some(true));
        let inside = rest.len() as u64;
        lost += unknown;
        // That every engagement is an engagement is no estimate.
        let share = |trials: u64| match rows.len() {
            0 => Share::counted(inside, trials),
            _ => proportion::share(inside, trials, selection.level),
        };
        let shares = [share(before - unknown), share(n - lost)].map(Cell::Share);
        let mut row = vec![
            Cell::Code((*code).to_owned(), label.clone()),
            Cell::Count(inside),
            Cell::Count(before - unknown - inside),
            Cell::Count(unknown),
        ];
        row.extend(shares);
        rows.push(row);
    }
    Ok(Answer {
        denominator: Label::new(
            "\"of the stage before\": cases in it of which the next step is known; \"of all\": engagements of which every step so far is known",
            "«алдыңғы сатыдан»: келесі қадамы белгілі жағдайлар; «барлығынан»: осыған дейінгі барлық қадамы белгілі араласулар",
            "«от предыдущей»: случаи ступени, для которых следующий шаг известен; «от всех»: участия, для которых известны все шаги до этого",
        ),
        method: METHOD.fill(&[("level", &percent(selection.level.get()))]),
        notes: vec![caveats::SELECTION],
        reading: reading(&rows),
        columns: columns(&stages),
        rows,
        ..Answer::of(Unit::Case, all.len(), 0)
    })
}

fn columns(stages: &[(&str, Label, Test); 4]) -> Vec<Column> {
    vec![
        Column::coded(
            "stage",
            Label::new("Stage", "Саты", "Ступень"),
            Measure::Ordinal,
            stages
                .iter()
                .map(|(code, label, _)| ((*code).to_owned(), label.clone()))
                .collect(),
        ),
        Column::new(
            "cases",
            Label::new("Cases", "Жағдайлар", "Случаи"),
            Measure::Count,
        ),
        Column::new(
            "ended",
            Label::new(
                "Ended before it",
                "Оған дейін аяқталған",
                "Закончилось до неё",
            ),
            Measure::Count,
        ),
        Column::new(
            "unknown",
            Label::new("Step unknown", "Қадам белгісіз", "Шаг неизвестен"),
            Measure::Count,
        ),
        Column::new(
            "of_before",
            Label::new("Of the stage before", "Алдыңғы сатыдан", "От предыдущей"),
            Measure::Share,
        ),
        Column::new(
            "of_all",
            Label::new("Of all", "Барлығынан", "От всех"),
            Measure::Share,
        ),
    ]
}

/// How many came to each stage, and at which step most were lost; several if they tie.
fn reading(rows: &[Vec<Cell>]) -> Vec<Label> {
    let stage = |row: &Vec<Cell>| Some((row.first()?.words()?.clone(), row.get(1)?.count()?));
    let stages: Vec<(Label, u64)> = rows.iter().filter_map(stage).collect();
    let Some(((_, n), later)) = stages.split_first().filter(|((_, n), _)| *n > 0) else {
        return Vec::new();
    };
    let number = |n: u64| Label::plain(n.to_string());
    let part = Label::new("{stage} in {n}", "{stage} – {n}", "{stage} — {n}");
    let parts: Vec<Label> = { later.iter() }
        .map(|(stage, n)| part.fill(&[("stage", stage), ("n", &number(*n))]))
        .collect();
    let unknown: u64 = rows.iter().filter_map(|row| row.get(3)?.count()).sum();
    let text = if unknown == 0 {
        Label::new(
            "Of {n} engagements, offers included: {parts}.",
            "Ұсыныстармен қоса {n} араласу: {parts}.",
            "Участий, включая предложения, {n}: {parts}.",
        )
    } else {
        Label::new(
            "Of {n} engagements, offers included: {parts}; {unknown} could not be followed throughout.",
            "Ұсыныстармен қоса {n} араласу: {parts}; {unknown} араласудың барлық қадамы белгілі емес.",
            "Участий, включая предложения, {n}: {parts}; до конца не прослежено {unknown}.",
        )
    };
    let mut reading = vec![text.fill(&[
        ("n", &number(*n)),
        ("parts", &Label::join(&parts, ", ")),
        ("unknown", &number(unknown)),
    ])];
    let ended = |row: &Vec<Cell>| Some((row.get(2)?.count()?, row.first()?.words()?.clone()));
    let ended: Vec<(u64, Label)> = rows.iter().skip(1).filter_map(ended).collect();
    let most = ended.iter().map(|(n, _)| *n).max().unwrap_or(0);
    if most > 0 {
        let steps = ended.iter().filter(|(n, _)| *n == most);
        let steps = names::tied(steps.map(|(_, label)| label));
        let text = Label::new(
            "The largest number, {most}, ended before this step: {steps}.",
            "Ең көп араласу, {most}, мына қадамға дейін аяқталды: {steps}.",
            "Наибольшее число, {most}, закончилось до этой ступени: {steps}.",
        );
        reading.push(text.fill(&[("steps", &steps), ("most", &number(most))]));
    }
    reading
}
