//! Made-up tables of the map: one place, a heap, the whole earth, the date line, the poles, nowhere.

use std::collections::BTreeMap;

use bitim::analyse::table::{Cell, Column, Table};
use bitim::analyse::{self, Question};
use bitim::load::{self, Store};
use bitim::model::label::{Label, Language};
use bitim::model::measure::Measure;
use bitim::model::missing::Reason;
use bitim::render::figure::{Figure, figure};
use bitim::render::find;
use bitim::validate;

use super::samples::table;
use crate::analyse::bundled;

/// Latitude and longitude, if known, and events.
type Spot = (Option<(f64, f64)>, u64);

fn map(spots: &[Spot], name: &str) -> Table {
    let column = |name: &str, measure| Column::new(name, Label::plain(name), measure);
    let columns = vec![
        column("place", Measure::Text),
        column("latitude", Measure::Number),
        column("longitude", Measure::Number),
        column("events", Measure::Count),
        column("cases", Measure::Count),
        column("home", Measure::Flag),
    ];
    let unknown = || Cell::Missing(Reason::Unknown);
    let rows = spots.iter().enumerate().map(|(place, (at, events))| {
        let degree = |value: Option<f64>| value.map_or_else(unknown, Cell::Number);
        vec![
            Cell::Code(format!("p{place}"), Label::plain(format!("{name} {place}"))),
            degree(at.map(|at| at.0)),
            degree(at.map(|at| at.1)),
            Cell::Count(*events),
            Cell::Count(1),
            match place % 3 {
                0 => Cell::Flag(true),
                1 => Cell::Flag(false),
                _ => unknown(),
            },
        ]
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    table("map", Label::plain("Where?"), spots.len(), columns, rows)
}

fn real(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap())
}

pub(super) fn tables() -> Vec<(&'static str, Table)> {
    let heap: Vec<Spot> = (0..60)
        .map(|place| {
            let (down, across) = (real(place * 7 % 11), real(place * 5 % 13));
            (Some((40.0 + down / 9.0, 44.0 + across / 9.0)), 1)
        })
        .collect();
    let earth: Vec<Spot> = (0..150)
        .map(|place| {
            let (down, across) = (real(place * 37 % 171), real(place * 101 % 360));
            (
                Some((down - 85.0, across - 180.0)),
                150 / (place as u64 + 1),
            )
        })
        .collect();
    let mut far: Vec<Spot> = (0..12)
        .map(|place| (Some((45.0, 20.0 + 3.0 * real(place))), 3))
        .collect();
    far.extend([
        (Some((40.7, -74.0)), 4),
        (Some((38.9, -77.0)), 40),
        (Some((36.0, 140.0)), 1),
    ]);
    let long = "Резиденция Председателя Межпарламентской ассамблеи";
    vec![
        ("one", map(&[(Some((51.2, 71.4)), 7)], "Astana")),
        ("heap", map(&heap, "Place")),
        ("heap, long", map(&heap, long)),
        ("earth", map(&earth, "Place")),
        ("far", map(&far, long)),
        (
            "date line",
            map(
                &[(Some((-18.1, 178.4)), 2), (Some((-13.8, -171.8)), 9)],
                long,
            ),
        ),
        (
            "poles",
            map(&[(Some((90.0, 0.0)), 2), (Some((-90.0, 180.0)), 9)], "Pole"),
        ),
        ("nowhere", map(&[(None, 2), (None, 1)], long)),
        ("empty", map(&[], "Place")),
    ]
}

fn drawn(table: &Table) -> Figure {
    figure(find("map").unwrap(), table, Language::En).unwrap()
}

#[test]
fn the_map_says_and_marks_what_the_files_hold() {
    let places: BTreeMap<String, String> = bundled("places.csv")
        .into_iter()
        .map(|place| (place["place_id"].clone(), place["name_en"].clone()))
        .collect();
    let mut events: BTreeMap<String, usize> = BTreeMap::new();
    for event in bundled("events.csv") {
        if event["type"] != "context" {
            for place in event["places"]
                .split("; ")
                .filter(|place| places.contains_key(*place))
            {
                *events.entry(place.to_owned()).or_default() += 1;
            }
        }
    }
    let checked = validate::check(load::dataset(&Store::Bundled).unwrap()).unwrap();
    let cases = checked.accept().unwrap();
    let selection = cases.select(&Question::default()).unwrap();
    let figure = drawn(&analyse::table("map", &selection).unwrap());
    assert_eq!(figure.svg.matches("class=\"place\"").count(), events.len());
    for (place, count) in &events {
        let name = &places[place];
        let said = format!("{name}: events {count}, cases ");
        assert!(figure.description.contains(&said), "{said}");
        // Every name of the bundled data finds room.
        assert!(
            figure.svg.contains(&format!(">{name} {count}</text>")),
            "{name}"
        );
    }
    assert!(figure.svg.contains("No borders are drawn"));
}

#[test]
fn places_without_room_or_coordinates_are_listed() {
    let heap = drawn(&tables()[1].1).svg;
    assert_eq!(heap.matches("class=\"place\"").count(), 60);
    let (_, list) = heap.split_once("Marked without a name: ").unwrap();
    let (list, _) = list.split_once("Cylindrical").unwrap();
    let named = heap.matches(">Place ").count() - 60;
    assert!(
        named > 5 && list.matches("Place ").count() + named >= 60,
        "{named} {list}"
    );
    let nowhere = drawn(&map(&[(None, 2), (Some((10.0, 10.0)), 1)], "Place"));
    assert!(nowhere.svg.contains("Coordinates unknown: Place 0 2."));
    let none = drawn(&map(&[(None, 2)], "Place"));
    let sentence = "No event has a place with known coordinates.";
    assert!(none.svg.contains(sentence) && none.description.contains("Place 0: events 2"));
}
