//! Where it happened: events by place and period.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::col;

use crate::analyse::selection::Selection;
use crate::analyse::{Answer, Cell, Column, TableSpec, by_case, count, home, names};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::estimate::Share;
use crate::model::label::Label;
use crate::model::measure::{Measure, percent};
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use crate::validate::typed::{texts, truths};

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "venues",
    title: Label::new(
        "Where it happened: events by place and period",
        "Қайда болды: оқиғалар орны мен кезеңі бойынша",
        "Где происходило: события по местам и периодам",
    ),
    needs: &[Concept::Event, Concept::Place],
    needs_cut: false,
    compute,
};

/// The events of one place: its country, and the events by period.
#[derive(Default)]
struct Venue<'a> {
    country: Option<&'a str>,
    events: BTreeSet<&'a str>,
    periods: BTreeMap<Option<&'a str>, BTreeSet<&'a str>>,
}

fn compute(selection: &Selection) -> Result<Answer> {
    let events = &selection.events;
    let is_act = truths(events, "is_act")?;
    let period_of: BTreeMap<&str, Option<&str>> = texts(events, "event")?
        .iter()
        .zip(texts(events, "period")?.iter())
        .zip(is_act.iter())
        .filter(|(_, is_act)| *is_act == Some(true))
        .filter_map(|((event, period), _)| Some((event?, period)))
        .collect();
    let frame = &selection.data.places;
    let mut venues: BTreeMap<&str, Venue> = BTreeMap::new();
    let mut located: BTreeSet<&str> = BTreeSet::new();
    for ((event, place), country) in texts(frame, "event")?
        .iter()
        .zip(texts(frame, "place")?.iter())
        .zip(texts(frame, "country")?.iter())
    {
        let (Some(event), Some(place)) = (event, place) else {
            continue;
        };
        let Some(period) = period_of.get(event) else {
            continue;
        };
        located.insert(event);
        let venue = venues.entry(place).or_default();
        venue.country = venue.country.or(country);
        venue.events.insert(event);
        venue.periods.entry(*period).or_default().insert(event);
    }
    let place_names = names::of(selection.data, Unit::Place);
    let countries = names::of(selection.data, Unit::Actor);
    let mut order: Vec<(&str, &Venue)> = venues.iter().map(|(id, venue)| (*id, venue)).collect();
    order.sort_by_key(|(id, venue)| (Reverse(venue.events.len()), *id));
    let periods = selection.period_codes();
    let home = selection.home();
    let inside = |code: &str| {
        let periods = located.iter().filter_map(|event| period_of.get(event));
        periods.filter(|period| **period == Some(code)).count() as u64
    };
    let placed: Vec<u64> = periods.iter().map(|(code, _)| inside(code)).collect();
    let mut rows: Vec<Vec<Cell>> = hosted(selection, &periods)?.into_iter().collect();
    rows.extend(order.iter().map(|(id, venue)| {
        let mut row = vec![
            scope("place"),
            Cell::Code((*id).to_owned(), names::name(&place_names, id)),
            venue
                .country
                .map_or(Cell::Missing(Reason::Unknown), |country| {
                    Cell::Code(country.to_owned(), names::name(&countries, country))
                }),
            match (home, venue.country) {
                (Some(home), Some(country)) => Cell::Flag(country == home),
                (Some(_), None) => Cell::Missing(Reason::Unknown),
                (None, _) => Cell::Missing(Reason::Na),
            },
            Cell::Count(venue.events.len() as u64),
        ];
        row.extend(periods.iter().zip(&placed).map(|((code, _), all)| {
            let events = venue.periods.get(&Some(code.as_str()));
            let here = events.map_or(0, BTreeSet::len) as u64;
            Cell::Share(Share::counted(here, *all))
        }));
        row
    }));
    let mut reading = busiest(&order, &place_names, located.len());
    reading.extend(hubs(&order, &periods, &place_names));
    reading.extend(at_home(selection)?);
    Ok(Answer {
        denominator: Label::new(
            "events of the period with a known place; at home: those of which it is known whether they were",
            "кезеңнің орны белгілі оқиғалары; елде өткендер: бұл туралы белгілі оқиғалар",
            "события периода с известным местом; дома: те, о которых это известно",
        ),
        method: Label::new(
            "Acts inside mediations and offers, by the place where they took place. An event at two places counts at each, so the column may add up to more than n. \"Left out\" counts events without a known place. Shares held at home: at {level}; those of meetings alone are in the table profile. {hosted}",
            "Медиациялар мен ұсыныстар ішіндегі әрекеттер, өткен орны бойынша. Екі жерде өткен оқиға әрқайсысында саналады, сондықтан баған қосындысы n-нен көп болуы мүмкін. «Алынбады» — орны белгісіз оқиғалар. Елде өткендер үлесі: {level} деңгейінде; тек кездесулердікі — profile кестесінде. {hosted}",
            "Действия внутри посредничеств и предложений по месту проведения. Событие в двух местах считается в каждом, поэтому сумма столбца может превышать n. «Опущено» — события без известного места. Доли проведённых дома: на уровне {level}; доли одних встреч — в таблице profile. {hosted}",
        )
        .fill(&[
            ("level", &percent(selection.level.get())),
            ("hosted", &by_case::method()),
        ]),
        notes: Vec::new(),
        reading,
        columns: columns(periods),
        rows,
        ..Answer::of(Unit::Event, located.len(), period_of.len() - located.len())
    })
}

fn columns(periods: Vec<(String, Label)>) -> Vec<Column> {
    let mut columns = vec![
        Column::coded(
            "scope",
            Label::new("Of what", "Не туралы", "О чём"),
            Measure::Nominal,
            scopes(),
        ),
        Column::new("place", Label::new("Place", "Орын", "Место"), Measure::Text),
        Column::new(
            "country",
            Label::new("Country", "Ел", "Страна"),
            Measure::Text,
        ),
        Column::new("home", Label::new("At home", "Елде", "Дома"), Measure::Flag),
        Column::new(
            "events",
            Label::new("Events", "Оқиғалар", "События"),
            Measure::Count,
        ),
    ];
    columns.extend(
        periods
            .into_iter()
            .map(|(code, label)| Column::new(format!("events_{code}"), label, Measure::Share)),
    );
    columns
}

fn scopes() -> Vec<(String, Label)> {
    vec![
        (
            "home".to_owned(),
            Label::new("Held at home", "Елде өткені", "Прошло дома"),
        ),
        ("place".to_owned(), Label::new("Place", "Орын", "Место")),
    ]
}

fn scope(code: &str) -> Cell {
    let label = scopes().into_iter().find(|(known, _)| known == code);
    let label = label.map(|(_, label)| label).unwrap_or_default();
    Cell::Code(code.to_owned(), label)
}

/// The row of the acts at home, with the share of each period; `None` if of no act it is known.
fn hosted(selection: &Selection, periods: &[(String, Label)]) -> Result<Option<Vec<Cell>>> {
    let known = col("is_act").and(col("hosted").is_not_null());
    let there = col("is_act").and(col("hosted"));
    if count::rows(&selection.events, known.clone())? == 0 {
        return Ok(None);
    }
    let na = Cell::Missing(Reason::Na);
    let mut row = vec![scope("home"), na.clone(), na, Cell::Flag(true)];
    row.push(Cell::Count(count::rows(&selection.events, there.clone())?));
    let by_period = home::by_period(selection, "is_act")?;
    for (code, _) in periods {
        let inside = by_period.get(&Some(code.clone())).cloned();
        let inside = inside.unwrap_or_default();
        row.push(Cell::Share(inside.share(selection.level)));
    }
    Ok(Some(row))
}

/// The busiest place, in words; several if they tie.
fn busiest(order: &[(&str, &Venue)], names: &BTreeMap<String, Label>, n: usize) -> Vec<Label> {
    let Some((_, venue)) = order.first() else {
        return Vec::new();
    };
    let most = venue.events.len();
    let first = order.iter().filter(|(_, venue)| venue.events.len() == most);
    let first: Vec<&str> = first.map(|(id, _)| *id).collect();
    let text = Label::new(
        "Place of the most events: {name} ({most}, of {n} events with a known place).",
        "Ең көп оқиға өткен орын: {name} (орны белгілі {n} оқиғадан {most}).",
        "Место наибольшего числа событий: {name} ({most}, из {n} событий с известным местом).",
    );
    vec![text.fill(&[
        ("name", &names::tied_ids(names, first.iter().copied())),
        ("most", &names::each(most, first.len())),
        ("n", &Label::plain(n.to_string())),
    ])]
}

/// The busiest place of each period, all of them if they tie; nothing for a single period.
fn hubs(
    order: &[(&str, &Venue)],
    periods: &[(String, Label)],
    names: &BTreeMap<String, Label>,
) -> Option<Label> {
    let parts: Vec<Label> = periods
        .iter()
        .filter_map(|(code, period)| {
            let inside: Vec<(&str, &BTreeSet<&str>)> = order
                .iter()
                .filter_map(|(id, venue)| {
                    let mut periods = venue.periods.iter();
                    let (_, events) = periods.find(|(known, _)| **known == Some(code))?;
                    Some((*id, events))
                })
                .collect();
            let most = inside.iter().map(|(_, events)| events.len()).max()?;
            let first = inside.iter().filter(|(_, events)| events.len() == most);
            let all: BTreeSet<&str> = inside
                .iter()
                .flat_map(|(_, events)| *events)
                .copied()
                .collect();
            let text = Label::new(
                "{period}: {names} ({most} of {n})",
                "{period}: {names} ({n} ішінен {most})",
                "{period}: {names} ({most} из {n})",
            );
            Some(text.fill(&[
                ("period", period),
                ("names", &names::tied_ids(names, first.map(|(id, _)| *id))),
                ("most", &Label::plain(most.to_string())),
                ("n", &Label::plain(all.len().to_string())),
            ]))
        })
        .collect();
    let text = Label::new(
        "The busiest places of each period, by events with a known place – {parts}.",
        "Әр кезеңде ең көп оқиға өткен орындар, орны белгілі оқиғалар бойынша – {parts}.",
        "Где в каждом периоде было больше всего событий с известным местом – {parts}.",
    );
    (periods.len() > 1 && !parts.is_empty())
        .then(|| text.fill(&[("parts", &Label::join(&parts, "; "))]))
}

/// The share of acts and, where the study says which these are, of meetings that were held at home.
///
/// A statement to the press at home is an act there, but nobody was hosted: the second share is the
/// one that the profile has by period.
fn at_home(selection: &Selection) -> Result<Vec<Label>> {
    let acts = Label::new(
        "Of all acts of which it is known, {share} took place at home.",
        "Орны белгілі барлық әрекеттің елде өткені: {share}.",
        "Из всех действий, о которых это известно, дома прошло {share}.",
    );
    let meetings = Label::new(
        "Of the meetings among them, {share} were held at home.",
        "Олардың ішіндегі кездесулердің елде өткені: {share}.",
        "Из встреч среди них дома прошло {share}.",
    );
    let mut kinds = vec![("is_act", acts)];
    if !selection.study().base.meeting.is_empty() {
        kinds.push(("is_meeting", meetings));
    }
    let mut sentences = Vec::new();
    for (kind, text) in kinds {
        let share = home::of(selection, kind)?.in_words(selection.level);
        sentences.extend(share.map(|share| text.fill(&[("share", &share)])));
    }
    Ok(sentences)
}
