//! Where it happened: events by place and period.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyse::selection::Selection;
use crate::analyse::{Cell, Column, Table, TableSpec, names};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::Measure;
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

fn compute(spec: &TableSpec, selection: &Selection) -> Result<Table> {
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
        venue.country = country;
        venue.events.insert(event);
        venue.periods.entry(*period).or_default().insert(event);
    }
    let place_names = names::of(selection.data, Unit::Place);
    let countries = names::of(selection.data, Unit::Actor);
    let named = |names: &BTreeMap<String, Label>, id: &str| {
        names.get(id).cloned().unwrap_or_else(|| Label::plain(id))
    };
    let mut order: Vec<(&str, &Venue)> = venues.iter().map(|(id, venue)| (*id, venue)).collect();
    order.sort_by_key(|(id, venue)| (std::cmp::Reverse(venue.events.len()), *id));
    let periods = selection.period_codes();
    let rows: Vec<Vec<Cell>> = order
        .iter()
        .map(|(id, venue)| {
            let mut row = vec![
                Cell::Code((*id).to_owned(), named(&place_names, id)),
                venue
                    .country
                    .map_or(Cell::Missing(Reason::Unknown), |country| {
                        Cell::Code(country.to_owned(), named(&countries, country))
                    }),
                Cell::Count(venue.events.len() as u64),
            ];
            row.extend(periods.iter().map(|(code, _)| {
                let events = venue.periods.get(&Some(code.as_str()));
                Cell::Count(events.map_or(0, BTreeSet::len) as u64)
            }));
            row
        })
        .collect();
    let mut columns = vec![
        Column::new("place", Label::new("Place", "Орын", "Место"), Measure::Text),
        Column::new(
            "country",
            Label::new("Country", "Ел", "Страна"),
            Measure::Text,
        ),
        Column::new(
            "events",
            Label::new("Events", "Оқиғалар", "События"),
            Measure::Count,
        ),
    ];
    columns.extend(
        periods
            .into_iter()
            .map(|(code, label)| Column::new(format!("events_{code}"), label, Measure::Count)),
    );
    Ok(Table {
        name: spec.name,
        title: spec.title.clone(),
        unit: Unit::Event,
        view: selection.view.clone(),
        window: selection.window,
        n: located.len(),
        missing: period_of.len() - located.len(),
        denominator: Label::new(
            "counts of events; no shares",
            "оқиғалар саны; үлестер жоқ",
            "количество событий; долей нет",
        ),
        method: Label::new(
            "Acts inside mediations and offers, by the place where they took place. An event at two places counts at each, so the column may add up to more than n. \"Left out\" counts events without a known place.",
            "Медиациялар мен ұсыныстар ішіндегі әрекеттер, өткен орны бойынша. Екі жерде өткен оқиға әрқайсысында саналады, сондықтан баған қосындысы n-нен көп болуы мүмкін. «Алынбады» — орны белгісіз оқиғалар.",
            "Действия внутри посредничеств и предложений по месту проведения. Событие в двух местах считается в каждом, поэтому сумма столбца может превышать n. «Опущено» — события без известного места.",
        ),
        notes: Vec::new(),
        reading: reading(&order, &place_names, located.len()),
        sources: selection.sources()?,
        columns,
        rows,
    })
}

/// The busiest place, in words.
fn reading(order: &[(&str, &Venue)], names: &BTreeMap<String, Label>, n: usize) -> Vec<Label> {
    let Some((id, venue)) = order.first() else {
        return Vec::new();
    };
    let text = Label::new(
        "The busiest place is {name}: {most} of {n} events with a known place.",
        "Ең көп оқиға өткен орын — {name}: орны белгілі {n} оқиғадан {most} оқиға.",
        "Больше всего событий — {name}: {most} из {n} событий с известным местом.",
    );
    let name = names.get(*id).cloned().unwrap_or_else(|| Label::plain(*id));
    vec![text.fill(&[
        ("name", &name),
        ("most", &Label::plain(venue.events.len().to_string())),
        ("n", &Label::plain(n.to_string())),
    ])]
}
