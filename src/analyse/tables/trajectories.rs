//! How cases moved: the level of every dated event with a known outcome, in order of time.

use std::collections::BTreeMap;

use crate::analyse::selection::Selection;
use crate::analyse::{Answer, Cell, Column, TableSpec, names};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::date::Day;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::unit::Unit;
use crate::validate::typed::{integers, texts};

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "trajectories",
    title: Label::new(
        "Forward and back: the level that each dated event reached",
        "Алға және кері: күні белгілі әр оқиға жеткен деңгей",
        "Вперёд и назад: уровень, достигнутый каждым датированным событием",
    ),
    needs: &[Concept::Event, Concept::Start, Concept::Outcome],
    needs_threshold: false,
    compute,
};

/// An event with the level it reached, and the days on which it may have ended.
struct Step<'a> {
    days: (i32, i32),
    event: &'a str,
    rank: usize,
}

/// The steps of a case in the order in which their outcomes were known.
struct Way<'a> {
    case: &'a str,
    title: Label,
    steps: Vec<Step<'a>>,
}

impl Way<'_> {
    /// Did any event reach less than the one before it?
    fn fell(&self) -> bool {
        self.steps
            .windows(2)
            .any(|pair| pair[1].rank < pair[0].rank)
    }

    /// Did the last event reach less than the best one?
    fn ended_below(&self) -> bool {
        let best = self.steps.iter().map(|step| step.rank).max();
        self.steps.last().map(|step| step.rank) < best
    }
}

fn compute(selection: &Selection) -> Result<Answer> {
    let scale = selection.codes(Concept::Outcome);
    let events = &selection.events;
    let (cases, names) = (texts(events, "case")?, texts(events, "event")?);
    let outcomes = texts(events, "outcome")?;
    let bounds = |of: &str| -> Result<Vec<Option<(i32, i32)>>> {
        let earliest = integers(events, &format!("{of}_earliest"))?.into_iter();
        let latest = integers(events, &format!("{of}_latest"))?;
        Ok(earliest
            .zip(latest)
            .map(|(one, other)| one.zip(other))
            .collect())
    };
    // What a round led to is known when it is over.
    let (starts, ends) = (bounds("start")?, bounds("end")?);
    let mut steps: BTreeMap<&str, Vec<Step>> = BTreeMap::new();
    for row in 0..events.height() {
        let code = outcomes.get(row);
        let rank = code.and_then(|code| scale.iter().position(|(known, _)| known == code));
        if let (Some(case), Some(event), Some(rank), Some(days)) = (
            cases.get(row),
            names.get(row),
            rank,
            ends[row].or(starts[row]),
        ) {
            let step = Step { days, event, rank };
            steps.entry(case).or_default().push(step);
        }
    }
    let members = &selection.cases;
    let titles = names::titles(selection)?;
    let mut ways = Vec::new();
    for (row, case) in texts(members, "case")?.iter().enumerate() {
        let Some((case, mut steps)) = case.and_then(|case| steps.remove_entry(case)) else {
            continue;
        };
        steps.sort_by_key(|step| (step.days, step.event));
        let title = titles[row].clone();
        ways.push(Way { case, title, steps });
    }
    ways.sort_by_key(|way| (way.steps.first().map(|step| step.days), way.case));
    Ok(Answer {
        denominator: Label::new("no shares", "үлестер жоқ", "долей нет"),
        method: Label::new(
            "Events with a known outcome and date, in the order of the earliest possible day of their end, for before it the outcome was not known; the change compares an event with the one before it in its case. \"Left out\" counts cases without such an event.",
            "Нәтижесі мен күні белгілі оқиғалар, аяқталуының ең ерте ықтимал күні бойынша ретімен, өйткені оған дейін нәтиже белгісіз; өзгеріс оқиғаны сол жағдайдағы алдыңғысымен салыстырады. «Алынбады» — мұндай оқиғасы жоқ жағдайлар.",
            "События с известными исходом и датой в порядке самого раннего возможного дня их окончания, ведь раньше исход не был известен; изменение сравнивает событие с предыдущим в том же случае. «Опущено» — случаи без таких событий.",
        ),
        notes: vec![Label::new(
            "Where the possible days of two ends overlap, their order is a convention. An event without a coded outcome is no step: nothing is said of the level then.",
            "Екі оқиға аяқталуының ықтимал күндері қабаттасса, олардың реті шартты. Нәтижесі кодталмаған оқиға қадам емес: ондағы деңгей туралы ештеңе айтылмайды.",
            "Если возможные дни окончания двух событий пересекаются, их порядок условен. Событие без кода исхода – не шаг: об уровне тогда ничего не сказано.",
        )],
        reading: reading(&ways),
        columns: columns(&scale),
        rows: ways.iter().flat_map(|way| rows(way, &scale)).collect(),
        ..Answer::of(Unit::Case, ways.len(), members.height() - ways.len())
    })
}

fn rows(way: &Way<'_>, scale: &[(String, Label)]) -> Vec<Vec<Cell>> {
    let mut before: Option<usize> = None;
    let mut rows = Vec::new();
    for step in &way.steps {
        let change = match before {
            None => "first",
            Some(rank) if step.rank > rank => "up",
            Some(rank) if step.rank < rank => "down",
            Some(_) => "same",
        };
        before = Some(step.rank);
        let coded = |codes: &[(String, Label)], place: usize| {
            let (code, label) = codes[place].clone();
            Cell::Code(code, label)
        };
        let changes = changes();
        let place = changes.iter().position(|(code, _)| code == change);
        rows.push(vec![
            Cell::Text(Label::plain(way.case)),
            Cell::Text(way.title.clone()),
            Cell::Text(Label::plain(step.event)),
            Cell::Day(Day::from_epoch(step.days.0)),
            Cell::Day(Day::from_epoch(step.days.1)),
            coded(scale, step.rank),
            coded(&changes, place.unwrap_or(0)),
        ]);
    }
    rows
}

fn changes() -> Vec<(String, Label)> {
    let code = |code: &str, label| (code.to_owned(), label);
    vec![
        code(
            "first",
            Label::new("first known", "алғашқы белгілісі", "первый известный"),
        ),
        code("up", Label::new("forward", "алға", "вперёд")),
        code(
            "same",
            Label::new("the same", "өзгеріссіз", "без изменений"),
        ),
        code("down", Label::new("back", "кері", "назад")),
    ]
}

fn columns(scale: &[(String, Label)]) -> Vec<Column> {
    let column = Column::new;
    vec![
        column(
            "case",
            Label::new("Case", "Жағдай", "Случай"),
            Measure::Identifier,
        ),
        column(
            "title",
            Label::new("Title", "Атауы", "Название"),
            Measure::Text,
        ),
        column(
            "event",
            Label::new("Event", "Оқиға", "Событие"),
            Measure::Identifier,
        ),
        column(
            "earliest",
            Label::new(
                "Earliest day of its end",
                "Аяқталуының ең ерте күні",
                "Самый ранний день окончания",
            ),
            Measure::Date,
        ),
        column(
            "latest",
            Label::new(
                "Latest day of its end",
                "Аяқталуының ең кеш күні",
                "Самый поздний день окончания",
            ),
            Measure::Date,
        ),
        Column::coded(
            "outcome",
            Label::new("Outcome", "Нәтиже", "Исход"),
            Measure::Ordinal,
            scale.to_vec(),
        ),
        Column::coded(
            "change",
            Label::new("Change", "Өзгеріс", "Изменение"),
            Measure::Nominal,
            changes(),
        ),
    ]
}

/// How many cases with two levels or more ever went back, and how many ended below their best.
fn reading(ways: &[Way<'_>]) -> Vec<Label> {
    let moved = || ways.iter().filter(|way| way.steps.len() > 1);
    if moved().next().is_none() {
        return Vec::new();
    }
    let number = |n: usize| Label::plain(n.to_string());
    let titles: Vec<Label> = moved()
        .filter(|way| way.fell())
        .map(|way| way.title.clone())
        .collect();
    let text = Label::new(
        "Of {n} cases with two or more dated outcomes {fell} went back at least once and {below} ended below their best.",
        "Күні белгілі екі не одан көп нәтижесі бар {n} жағдайдың {fell} жағдайы кемінде бір рет кері шегінген; {below} жағдайдың соңғы нәтижесі ең жақсысынан төмен.",
        "Из случаев с двумя и более датированными исходами ({n}) хотя бы раз отступили назад {fell}; последний исход ниже лучшего в {below}.",
    );
    let below = moved().filter(|way| way.ended_below()).count();
    let mut reading = vec![text.fill(&[
        ("n", &number(moved().count())),
        ("fell", &number(titles.len())),
        ("below", &number(below)),
    ])];
    if !titles.is_empty() {
        let text = Label::new(
            "Went back: {names}.",
            "Кері шегінгендер: {names}.",
            "Отступили назад: {names}.",
        );
        reading.push(text.fill(&[("names", &Label::join(&titles, "; "))]));
    }
    reading
}
