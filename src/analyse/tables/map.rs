//! Where on the earth it happened: the places of events with their coordinates.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::Column as Values;

use crate::analyse::selection::Selection;
use crate::analyse::{Answer, Cell, Column, TableSpec, names};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use crate::validate::Dataset;
use crate::validate::typed::{Typed, texts, truths};

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "map",
    title: Label::new(
        "Where on the map: places of events, at home and elsewhere",
        "Картаның қай жерінде: оқиғалар орындары, елде және шетте",
        "Где на карте: места событий, дома и за рубежом",
    ),
    needs: &[
        Concept::Event,
        Concept::Place,
        Concept::Latitude,
        Concept::Longitude,
    ],
    needs_threshold: false,
    compute,
};

/// The events at one place, the cases that they are part of, and the country.
#[derive(Default)]
struct Spot<'a> {
    country: Option<&'a str>,
    events: BTreeSet<&'a str>,
    cases: BTreeSet<&'a str>,
}

fn compute(selection: &Selection) -> Result<Answer> {
    let acts = acts(selection)?;
    let spots = spots(selection, &acts)?;
    let known = coordinates(selection.data);
    let names = names::of(selection.data, Unit::Place);
    let home = selection.home();
    let is_home = |spot: &Spot| Some(spot.country? == home?);
    let mut order: Vec<(&str, &Spot)> = spots.iter().map(|(id, spot)| (*id, spot)).collect();
    order.sort_by_key(|(id, spot)| (Reverse(spot.events.len()), *id));
    let unknown = Cell::Missing(Reason::Unknown);
    let rows = order
        .iter()
        .map(|(id, spot)| {
            let degrees = known.get(*id).copied();
            let degree = |value: Option<f64>| value.map_or(unknown.clone(), Cell::Number);
            vec![
                Cell::Code((*id).to_owned(), names::name(&names, id)),
                degree(degrees.map(|degrees| degrees.0)),
                degree(degrees.map(|degrees| degrees.1)),
                Cell::Count(spot.events.len() as u64),
                Cell::Count(spot.cases.len() as u64),
                is_home(spot).map_or(unknown.clone(), Cell::Flag),
            ]
        })
        .collect();
    let on_map = order.iter().filter(|(id, _)| known.contains_key(*id));
    let on_map: Vec<(&str, &Spot)> = on_map.copied().collect();
    let located = events(on_map.iter().copied());
    let at_home: Vec<(&str, &Spot)> = on_map
        .iter()
        .filter(|(_, spot)| is_home(spot) == Some(true))
        .copied()
        .collect();
    let mut reading = Vec::new();
    reading.extend(spread(&on_map, located.len(), &names));
    reading.extend(inside(&at_home, located.len(), &names));
    Ok(Answer {
        denominator: Label::new(
            "counts of events and of cases; no shares",
            "оқиғалар мен жағдайлар саны; үлестер жоқ",
            "количество событий и случаев; долей нет",
        ),
        method: Label::new(
            "Acts inside mediations and offers, by the place where they took place, with the number of cases that they are part of. An event at two places counts at each, so the columns may add up to more than n. Latitude and longitude are those of the table of places, in degrees; one beyond 90 or 180 counts as unknown. \"Left out\" counts events without a place of known coordinates.",
            "Медиациялар мен ұсыныстар ішіндегі әрекеттер, өткен орны бойынша, және олар кіретін жағдайлар саны. Екі жерде өткен оқиға әрқайсысында саналады, сондықтан бағандар қосындысы n-нен көп болуы мүмкін. Ендік пен бойлық орындар кестесінен алынған, градуспен; 90-нан немесе 180-нен асатыны белгісіз деп саналады. «Алынбады» — координаттары белгілі орны жоқ оқиғалар.",
            "Действия внутри посредничеств и предложений по месту проведения и число случаев, в которые они входят. Событие в двух местах считается в каждом, поэтому суммы столбцов могут превышать n. Широта и долгота – из таблицы мест, в градусах; больше 90 или 180 считаются неизвестными. «Опущено» — события без места с известными координатами.",
        ),
        notes: vec![Label::new(
            "The country of a place is the one that the table of places names; where it names none, whether the place is at home is unknown.",
            "Орынның елі – орындар кестесінде аталған ел; онда аталмаса, орынның елде екені белгісіз.",
            "Страна места – та, которую называет таблица мест; где она не названа, неизвестно, дома ли это место.",
        )],
        reading,
        columns: columns(),
        rows,
        ..Answer::of(Unit::Event, located.len(), acts.len() - located.len())
    })
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("place", Label::new("Place", "Орын", "Место"), Measure::Text),
        Column::new(
            "latitude",
            Label::new("Latitude", "Ендік", "Широта"),
            Measure::Number,
        ),
        Column::new(
            "longitude",
            Label::new("Longitude", "Бойлық", "Долгота"),
            Measure::Number,
        ),
        Column::new(
            "events",
            Label::new("Events", "Оқиғалар", "События"),
            Measure::Count,
        ),
        Column::new(
            "cases",
            Label::new("Cases", "Жағдайлар", "Случаи"),
            Measure::Count,
        ),
        Column::new("home", Label::new("At home", "Елде", "Дома"), Measure::Flag),
    ]
}

/// Event → the cases that it is part of, for the acts of a selection.
fn acts<'a>(selection: &'a Selection) -> Result<BTreeMap<&'a str, BTreeSet<&'a str>>> {
    let frame = &selection.events;
    let is_act = truths(frame, "is_act")?;
    let mut acts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for ((event, case), is_act) in texts(frame, "event")?
        .iter()
        .zip(texts(frame, "case")?.iter())
        .zip(is_act.iter())
    {
        if let (Some(event), Some(true)) = (event, is_act) {
            acts.entry(event).or_default().extend(case);
        }
    }
    Ok(acts)
}

/// Place → what happened there.
fn spots<'a>(
    selection: &'a Selection,
    acts: &BTreeMap<&'a str, BTreeSet<&'a str>>,
) -> Result<BTreeMap<&'a str, Spot<'a>>> {
    let frame = selection.data.places()?;
    let mut spots: BTreeMap<&str, Spot> = BTreeMap::new();
    for ((event, place), country) in texts(frame, "event")?
        .iter()
        .zip(texts(frame, "place")?.iter())
        .zip(texts(frame, "country")?.iter())
    {
        let (Some(event), Some(place)) = (event, place) else {
            continue;
        };
        if let Some((event, cases)) = acts.get_key_value(event) {
            let spot = spots.entry(place).or_default();
            spot.country = country;
            spot.events.insert(event);
            spot.cases.extend(cases);
        }
    }
    Ok(spots)
}

/// Place → its latitude and longitude, where both are known.
fn coordinates(data: &Dataset) -> BTreeMap<&str, (f64, f64)> {
    let of_unit = |unit: Unit| data.tables.iter().find(|table| table.unit == unit);
    let mut known = BTreeMap::new();
    if let Some(events) = of_unit(Unit::Event)
        && let Some(place) = events.concept(Concept::Place)
    {
        let degrees = degrees(events);
        let mut rows: Vec<Vec<&str>> = vec![Vec::new(); events.frame.height()];
        for (row, place) in events.values(place) {
            rows[row as usize].push(place);
        }
        // Of an event at several places nobody knows which of them its coordinates are of.
        for (places, degrees) in rows.iter().zip(degrees) {
            if let ([place], Some(degrees)) = (places.as_slice(), degrees) {
                known.entry(*place).or_insert(degrees);
            }
        }
    }
    if let Some(places) = of_unit(Unit::Place) {
        let spec = data.codebook().table(&places.name);
        let key = spec.and_then(|spec| places.key(&spec.key).first().copied());
        let identifiers = key.map_or_else(Vec::new, |key| places.texts(&key.key));
        let placed = identifiers.into_iter().zip(degrees(places));
        known.extend(placed.filter_map(|(id, degrees)| id.zip(degrees)));
    }
    known
}

/// Latitude and longitude of each row that has both.
fn degrees(table: &Typed) -> Vec<Option<(f64, f64)>> {
    let read = |concept: Concept, most: f64| -> Vec<Option<f64>> {
        let field = table.concept(concept);
        let column = field.and_then(|field| table.frame.column(&field.key).ok());
        let values = column.and_then(|column| Values::f64(column).ok());
        values.map_or_else(Vec::new, |values| {
            let inside = |degree: &f64| degree.abs() <= most;
            values.iter().map(|value| value.filter(inside)).collect()
        })
    };
    let (latitudes, longitudes) = (
        read(Concept::Latitude, 90.0),
        read(Concept::Longitude, 180.0),
    );
    let pairs = latitudes.into_iter().zip(longitudes);
    pairs
        .map(|(latitude, longitude)| latitude.zip(longitude))
        .collect()
}

/// The different events of some places.
fn events<'a>(spots: impl Iterator<Item = (&'a str, &'a Spot<'a>)>) -> BTreeSet<&'a str> {
    spots.flat_map(|(_, spot)| &spot.events).copied().collect()
}

/// How many places there are, and which serve most cases; nothing without places.
fn spread(spots: &[(&str, &Spot)], n: usize, names: &BTreeMap<String, Label>) -> Option<Label> {
    let most = spots.iter().map(|(_, spot)| spot.cases.len()).max()?;
    let first = spots.iter().filter(|(_, spot)| spot.cases.len() == most);
    let cases: BTreeSet<&str> = spots
        .iter()
        .flat_map(|(_, spot)| &spot.cases)
        .copied()
        .collect();
    let text = Label::new(
        "The {n} events with known coordinates were in {places} places; {names} served the most cases, {most} of {cases}.",
        "Координаттары белгілі {n} оқиға {places} орында өтті; жағдай ең көп болған орын – {names}: {cases} жағдайдың {most} жағдайы.",
        "События с известными координатами, {n}, прошли в {places} местах; больше всего случаев, {most} из {cases}, связано с местом {names}.",
    );
    let number = |count: usize| Label::plain(count.to_string());
    Some(text.fill(&[
        ("places", &number(spots.len())),
        ("n", &number(n)),
        ("cases", &number(cases.len())),
        ("names", &names::tied_ids(names, first.map(|(id, _)| *id))),
        ("most", &number(most)),
    ]))
}

/// Which places are at home, with how many events; nothing if none is.
fn inside(spots: &[(&str, &Spot)], n: usize, names: &BTreeMap<String, Label>) -> Option<Label> {
    let text = Label::new(
        "At home: {names}, with {events} of these {n} events.",
        "Елде: {names}; осы {n} оқиғадан {events} оқиға.",
        "Дома: {names}, {events} из этих {n} событий.",
    );
    let number = |count: usize| Label::plain(count.to_string());
    let held = events(spots.iter().copied()).len();
    (!spots.is_empty()).then(|| {
        text.fill(&[
            (
                "names",
                &names::list(names, spots.iter().map(|(id, _)| *id)),
            ),
            ("events", &number(held)),
            ("n", &number(n)),
        ])
    })
}
