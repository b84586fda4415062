//! The longest process: every meeting of the case that has most of them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::analyse::selection::Selection;
use crate::analyse::{Answer, Cell, Column, TableSpec, names};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::date::Day;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use crate::validate::typed::{integers, texts, truths};

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "calendar",
    title: Label::new(
        "The longest process: its meetings, year by year",
        "Ең ұзақ процесс: кездесулері жыл бойынша",
        "Самый долгий процесс: его встречи по годам",
    ),
    needs: &[Concept::Event, Concept::Start],
    needs_threshold: false,
    compute,
};

const METHOD: Label = Label::new(
    "The case with most dated meetings, the one that began first if several have as many; its meetings in the order of their earliest possible day, numbered by this program and not by the parties. \"Left out\" counts its meetings without a date.",
    "Күні белгілі кездесулері ең көп жағдай, бірнешеуі тең болса – бұрын басталғаны; кездесулері ең ерте ықтимал күні бойынша ретімен; нөмірді тараптар емес, осы бағдарлама береді. «Алынбады» — оның күні белгісіз кездесулері.",
    "Случай с наибольшим числом датированных встреч, при равенстве – начавшийся раньше; встречи в порядке самого раннего возможного дня, номера даёт программа, а не стороны. «Опущено» — его встречи без даты.",
);

fn compute(selection: &Selection) -> Result<Answer> {
    let events = &selection.events;
    let (cases, identifiers) = (texts(events, "case")?, texts(events, "event")?);
    let is_meeting = truths(events, "is_meeting")?;
    let (first, last) = (
        integers(events, "start_earliest")?,
        integers(events, "start_latest")?,
    );
    // The dated meetings of each case; those without a date have no place in a calendar.
    let mut meetings: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut undated: BTreeMap<&str, usize> = BTreeMap::new();
    for (row, day) in first.iter().enumerate() {
        let Some(case) = cases.get(row).filter(|_| is_meeting.get(row) == Some(true)) else {
            continue;
        };
        match day {
            Some(_) => meetings.entry(case).or_default().push(row),
            None => *undated.entry(case).or_default() += 1,
        }
    }
    let begun = |rows: &[usize]| rows.iter().filter_map(|row| first[*row]).min();
    let most = meetings.values().map(Vec::len).max();
    let as_long = meetings.values().filter(|rows| Some(rows.len()) == most);
    let as_long = as_long.count();
    let longest = meetings
        .into_iter()
        .min_by_key(|(case, rows)| (Reverse(rows.len()), begun(rows), *case));
    let (case, mut held) = longest.unwrap_or_default();
    held.sort_by_key(|row| (first[*row], last[*row], identifiers.get(*row)));
    let members = texts(&selection.cases, "case")?;
    let titles = names::titles(selection)?;
    let member = members.iter().position(|member| member == Some(case));
    let title = member.map_or_else(|| Label::plain(case), |row| titles[row].clone());
    let outcomes = texts(events, "outcome")?;
    let scale = selection.codes(Concept::Outcome);
    let hosted = truths(events, "hosted")?;
    let places = places(selection)?;
    let day = |day: Option<i32>| {
        day.map_or(Cell::Missing(Reason::Unknown), |day| {
            Cell::Day(Day::from_epoch(day))
        })
    };
    let mut rows = Vec::new();
    for (number, &row) in (1_u64..).zip(&held) {
        let Some(event) = identifiers.get(row) else {
            continue;
        };
        let outcome = outcomes.get(row);
        let outcome = outcome.and_then(|code| scale.iter().find(|(known, _)| known == code));
        rows.push(vec![
            Cell::Text(Label::plain(case)),
            Cell::Text(title.clone()),
            Cell::Count(number),
            Cell::Text(Label::plain(event)),
            day(first[row]),
            day(last[row]),
            places
                .get(event)
                .map_or(Cell::Missing(Reason::Unknown), |names| {
                    Cell::Text(names.clone())
                }),
            hosted
                .get(row)
                .map_or(Cell::Missing(Reason::Unknown), Cell::Flag),
            outcome.map_or(Cell::Missing(Reason::Unknown), |(code, label)| {
                Cell::Code(code.clone(), label.clone())
            }),
        ]);
    }
    let n = rows.len();
    Ok(Answer {
        denominator: Label::new("no shares", "үлестер жоқ", "долей нет"),
        method: METHOD,
        notes: Vec::new(),
        reading: reading(&rows, &title, as_long),
        columns: columns(scale),
        rows,
        ..Answer::of(Unit::Event, n, undated.get(case).copied().unwrap_or(0))
    })
}

/// The names of the places of each event.
fn places<'a>(selection: &'a Selection) -> Result<BTreeMap<&'a str, Label>> {
    let known = names::of(selection.data, Unit::Place);
    let frame = selection.data.places()?;
    let mut of: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (event, place) in texts(frame, "event")?
        .iter()
        .zip(texts(frame, "place")?.iter())
    {
        if let (Some(event), Some(place)) = (event, place) {
            of.entry(event).or_default().insert(place);
        }
    }
    let named = of.into_iter();
    Ok(named
        .map(|(event, places)| (event, names::list(&known, places)))
        .collect())
}

fn columns(scale: Vec<(String, Label)>) -> Vec<Column> {
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
        column("number", Label::new("No.", "№", "№"), Measure::Count),
        column(
            "event",
            Label::new("Event", "Оқиға", "Событие"),
            Measure::Identifier,
        ),
        column(
            "earliest",
            Label::new("Earliest day", "Ең ерте күні", "Самый ранний день"),
            Measure::Date,
        ),
        column(
            "latest",
            Label::new("Latest day", "Ең кеш күні", "Самый поздний день"),
            Measure::Date,
        ),
        column("place", Label::new("Place", "Орын", "Место"), Measure::Text),
        column(
            "hosted",
            Label::new("Hosted at home", "Елде өткені", "Проведено дома"),
            Measure::Flag,
        ),
        Column::coded(
            "outcome",
            Label::new("Outcome", "Нәтиже", "Исход"),
            Measure::Ordinal,
            scale,
        ),
    ]
}

/// How many meetings, from when to when, and how many of them at home; and how many cases have as many.
fn reading(rows: &[Vec<Cell>], title: &Label, as_long: usize) -> Vec<Label> {
    let (Some(Cell::Day(first)), Some(Cell::Day(last))) = (
        rows.first().and_then(|row| row.get(4)),
        rows.last().and_then(|row| row.get(4)),
    ) else {
        return Vec::new();
    };
    let number = |n: usize| Label::plain(n.to_string());
    let at = |home| {
        let there = rows.iter().filter(|row| row[7] == Cell::Flag(home));
        there.count()
    };
    let known = at(true) + at(false);
    let text = match known {
        0 => Label::new(
            "{title} met {n} times from {first} to {last}.",
            "{title}: {first} – {last} аралығында {n} кездесу өтті.",
            "{title}: с {first} по {last} встреч прошло {n}.",
        ),
        known if known == rows.len() => Label::new(
            "{title} met {n} times from {first} to {last}, {home} of them at home.",
            "{title}: {first} – {last} аралығында {n} кездесу өтті, соның {home} кездесуі – өз елінде.",
            "{title}: с {first} по {last} встреч прошло {n}, из них в своей стране — {home}.",
        ),
        _ => Label::new(
            "{title} met {n} times from {first} to {last}; {home} of the {known} meetings of which it is known were at home.",
            "{title}: {first} – {last} аралығында {n} кездесу өтті; орны белгілі {known} кездесудің {home} кездесуі – өз елінде.",
            "{title}: с {first} по {last} встреч прошло {n}; из {known}, о которых это известно, в своей стране — {home}.",
        ),
    };
    let mut reading = vec![text.fill(&[
        ("title", title),
        ("n", &number(rows.len())),
        ("first", &Label::plain(first.to_string())),
        ("last", &Label::plain(last.to_string())),
        ("known", &number(known)),
        ("home", &number(at(true))),
    ])];
    if as_long > 1 {
        let text = Label::new(
            "It is not alone: {n} cases have as many meetings, and of these it began first.",
            "Ол жалғыз емес: {n} жағдайда кездесу саны сондай, ішінде бұл бұрын басталған.",
            "Он не один: столько же встреч у {n} случаев, из них этот начался раньше.",
        );
        reading.push(text.fill(&[("n", &number(as_long))]));
    }
    reading
}
