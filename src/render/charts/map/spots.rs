//! Reads the table of the map into places, and puts them into words.

use crate::analyse::table::Cell;
use crate::error::Result;
use crate::model::label::Label;
use crate::render::pieces::read::Reader;

/// A place of the table.
pub(super) struct Spot {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its latitude and longitude; `None` if either is unknown.
    pub degrees: Option<(f64, f64)>,
    /// How many events took place there.
    pub events: u64,
    /// How many cases they are part of.
    pub cases: u64,
    /// Is it at home? `None` if its country is unknown.
    pub home: Option<bool>,
}

/// Reads the table of the map.
pub(super) fn read(reader: &Reader<'_>) -> Result<Vec<Spot>> {
    reader.column("place")?;
    let degree = |row: usize, name: &str| -> Result<Option<f64>> {
        Ok(match reader.cell(row, name)? {
            Cell::Number(degree) => Some(*degree),
            _ => None,
        })
    };
    (0..reader.table.rows.len())
        .map(|row| {
            let at = (degree(row, "latitude")?, degree(row, "longitude")?);
            Ok(Spot {
                id: reader
                    .cell(row, "place")?
                    .code()
                    .unwrap_or_default()
                    .to_owned(),
                name: reader.words(row, "place")?,
                degrees: at.0.zip(at.1),
                events: reader.count(row, "events")?.unwrap_or(0),
                cases: reader.count(row, "cases")?.unwrap_or(0),
                home: reader.flag(row, "home")?,
            })
        })
        .collect()
}

/// The name of a place, its events and cases, and whether it is at home.
pub(super) fn summary(reader: &Reader<'_>, spot: &Spot) -> String {
    let number = |count: u64| Label::plain(count.to_string());
    let counts = Label::new(
        "{name}: events {events}, cases {cases}, {home}",
        "{name}: оқиғалар {events}, жағдайлар {cases}, {home}",
        "{name}: событий {events}, случаев {cases}, {home}",
    );
    reader.say(&counts.fill(&[
        ("name", &Label::plain(spot.name.clone())),
        ("events", &number(spot.events)),
        ("cases", &number(spot.cases)),
        ("home", &camp(spot.home)),
    ]))
}

/// Whether a place is at home, in words.
pub(super) const fn camp(home: Option<bool>) -> Label {
    match home {
        Some(true) => Label::new("at home", "елде", "дома"),
        Some(false) => Label::new("elsewhere", "басқа жерде", "не дома"),
        None => Label::new("country unknown", "елі белгісіз", "страна неизвестна"),
    }
}

/// The places in sentences; of many the first ones and how many more.
pub(super) fn describe(reader: &Reader<'_>, spots: &[Spot]) -> String {
    const NAMED: usize = 40;
    let mut sentences: Vec<String> = spots
        .iter()
        .take(NAMED)
        .map(|spot| summary(reader, spot) + ".")
        .collect();
    if spots.len() > NAMED {
        let more = Label::new(
            "Further places: {n}.",
            "Тағы орындар: {n}.",
            "Других мест: {n}.",
        );
        let n = Label::plain((spots.len() - NAMED).to_string());
        sentences.push(reader.say(&more.fill(&[("n", &n)])));
    }
    sentences.join(" ")
}
