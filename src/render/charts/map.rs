//! The places of events on a map of the land, without borders of states.

mod beside;
mod globe;
mod spots;

use super::{ChartSpec, Drawn};
use crate::error::Result;
use crate::model::label::Label;
use crate::render::canvas::marks::Shape;
use crate::render::canvas::{Canvas, Paint, Rect, Type, text};
use crate::render::figure::MARGIN;
use crate::render::pieces::key::{self, Key, Sign};
use crate::render::pieces::read::Reader;
use crate::render::theme::{self, ACCENT, ACCENT_PALE, FAINT, GRID, INK, MUTED, PAPER};
use beside::{Found, Wanted};
use globe::{Beyond, Globe};
use spots::Spot;

/// The map of places.
pub static SPEC: ChartSpec = ChartSpec {
    name: "map",
    of: "map",
    title: Label::new(
        "Map of the places of events",
        "Оқиғалар орындарының картасы",
        "Карта мест событий",
    ),
    draw,
};

/// The least and the greatest height of the map.
const HEIGHTS: (f64, f64) = (150.0, 330.0);
/// The diameter of the place with the most events.
const LARGEST: f64 = 19.0;
/// The greatest diameter of a place with one event.
const ONE: f64 = 6.0;
/// The widest name.
const NAME: f64 = 130.0;

const NAMES: Type = Type::of(theme::SMALL);

/// The name of a place with the number of its events, as it is drawn.
fn label(spot: &Spot) -> String {
    let name = text::shorten(&spot.name, NAMES.size, NAMES.weight, NAME);
    format!("{name} {}", spot.events)
}

fn style(spot: &Spot) -> Type {
    if spot.home == Some(true) {
        NAMES.bold()
    } else {
        NAMES
    }
}

fn draw(reader: &Reader<'_>, canvas: &mut Canvas) -> Result<Drawn> {
    let spots = spots::read(reader)?;
    let places: Vec<(f64, f64)> = spots.iter().filter_map(|spot| spot.degrees).collect();
    let width = canvas.width() - 2.0 * MARGIN;
    let mut bottom = canvas.height();
    if places.is_empty() {
        let words = reader.say(&Label::new(
            "No event has a place with known coordinates.",
            "Координаттары белгілі орны бар оқиға жоқ.",
            "Нет событий с местом, координаты которого известны.",
        ));
        let style = Type::of(theme::BODY);
        bottom += style.size + 6.0;
        canvas.text(MARGIN, bottom, &words, &style)?;
        canvas.reach(bottom + 4.0);
        return Ok(Drawn {
            description: words + " " + &spots::describe(reader, &spots),
            key: String::new(),
        });
    }
    let globe = Globe::fit(&places, (MARGIN, bottom + 2.0, width), HEIGHTS);
    for (is_land, outline) in globe.land() {
        let fill = if is_land { FAINT } else { PAPER };
        canvas.path(&outline, true, &Paint::fill(fill).outlined(GRID, 0.5));
    }
    canvas.rect(globe.rect, &Paint::line(GRID, 0.7));
    let most = spots.iter().map(|spot| spot.events).max().unwrap_or(1);
    let nameless = marks(reader, canvas, &globe, &spots, most)?;
    bottom = globe.rect.bottom() + 6.0;
    canvas.reach(bottom);
    let keys = keys(reader, &spots, most);
    bottom = key::draw(canvas, MARGIN, canvas.width() - MARGIN, bottom, &keys)?;
    canvas.reach(bottom);
    let small = Type::of(theme::SMALL).colour(MUTED);
    let mut notes = lists(reader, &spots, &nameless);
    notes.push(ground(reader, &globe));
    let mut baseline = bottom + small.size + 3.0;
    for note in &notes {
        baseline = canvas.lines(MARGIN, baseline, &small.wrap(note, width), &small)?;
    }
    canvas.reach(baseline - small.leading() + small.size * text::DESCENT);
    Ok(Drawn {
        description: spots::describe(reader, &spots),
        key: reading(reader, &globe),
    })
}

/// The diameter of a place of that many events: its area is as their number.
fn diameter(events: u64, most: u64) -> f64 {
    let one = (LARGEST / theme::precise(most.max(1)).sqrt()).min(ONE);
    (one * theme::precise(events).sqrt()).max(3.2)
}

/// The shape and colour of a place at home, elsewhere, or of unknown country.
fn sign(home: Option<bool>) -> (Shape, Paint) {
    let edge = |fill| Paint::fill(fill).outlined(INK, 0.5);
    match home {
        Some(true) => (Shape::Square, edge(ACCENT)),
        Some(false) => (Shape::Circle, edge(ACCENT_PALE)),
        None => (Shape::Diamond, edge(PAPER)),
    }
}

/// Draws marks and names; returns the places for whose names there was no room.
fn marks<'a>(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    globe: &Globe,
    spots: &'a [Spot],
    most: u64,
) -> Result<Vec<&'a Spot>> {
    let high = NAMES.size * (text::CAP_HEIGHT + text::DESCENT);
    let (mut inside, mut taken) = (Vec::new(), Vec::new());
    let mut beyond = Vec::new();
    for spot in spots {
        match spot.degrees.map(|degrees| globe.at(degrees)) {
            Some(Ok(at)) => inside.push((spot, at)),
            Some(Err((side, y))) => {
                let size = diameter(spot.events, most);
                let room = edge_room(globe, spot, side, (y, size.max(high)), &taken);
                taken.push(room);
                beyond.push((spot, side, room));
            }
            None => {}
        }
    }
    let wanted: Vec<Wanted> = inside
        .iter()
        .map(|(spot, at)| Wanted {
            at: *at,
            radius: diameter(spot.events, most) * 0.5 + 0.5,
            size: (style(spot).width(&label(spot)), high),
        })
        .collect();
    let area = globe.rect;
    let within = Rect::new(
        area.x + 2.0,
        area.y + 2.0,
        area.width - 4.0,
        area.height - 4.0,
    );
    let found = beside::place(&wanted, &taken, within);
    for lead in found.iter().flatten().filter_map(|found| found.lead) {
        canvas.line(lead.0, lead.1, &Paint::line(MUTED, theme::HAIRLINE));
    }
    let mut nameless = Vec::new();
    for ((spot, at), found) in inside.iter().zip(&found) {
        let found = found.as_ref();
        if found.is_none() {
            nameless.push(*spot);
        }
        mark(reader, canvas, (spot, most), *at, found)?;
    }
    for (spot, side, room) in beyond {
        at_edge(reader, canvas, (spot, most), side, room)?;
    }
    Ok(nameless)
}

/// Draws the mark of a place with its name.
fn mark(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    (spot, most): (&Spot, u64),
    at: (f64, f64),
    found: Option<&Found>,
) -> Result<()> {
    group(reader, canvas, spot, |canvas| {
        let (shape, paint) = sign(spot.home);
        shape.draw(canvas, at.0, at.1, diameter(spot.events, most), &paint);
        found.map_or(Ok(()), |found| {
            let baseline = found.room.y + NAMES.size * text::CAP_HEIGHT;
            canvas.text(found.room.x, baseline, &label(spot), &style(spot))
        })
    })
}

/// The arrow of a place beyond the edge.
const ARROW: f64 = 5.0;

/// The room of a place beyond the edge: as high as the place lies, or next to one that is there.
fn edge_room(
    globe: &Globe,
    spot: &Spot,
    side: Beyond,
    (y, high): (f64, f64),
    taken: &[Rect],
) -> Rect {
    let area = globe.rect;
    let wide = ARROW + LARGEST + 7.0 + style(spot).width(&label(spot));
    let x = match side {
        Beyond::West => area.x + 2.0,
        Beyond::East => area.right() - wide - 2.0,
    };
    let y = (y - high / 2.0).clamp(area.y + 2.0, area.bottom() - high - 2.0);
    let mut room = Rect::new(x, y, wide, high);
    while let Some(other) = taken.iter().find(|other| {
        room.y < other.bottom() + 1.0
            && other.y < room.bottom() + 1.0
            && (other.x - room.x).abs() < area.width / 2.0
    }) {
        room.y = other.bottom() + 1.5;
    }
    room
}

/// Draws a place beyond the edge: an arrow, its mark and its name.
fn at_edge(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    (spot, most): (&Spot, u64),
    side: Beyond,
    room: Rect,
) -> Result<()> {
    let middle = room.y + room.height / 2.0;
    let size = diameter(spot.events, most);
    let (tip, back, mark, name) = match side {
        Beyond::West => {
            let back = room.x + ARROW;
            (room.x, back, back + 2.0 + size / 2.0, back + size + 5.0)
        }
        Beyond::East => {
            let back = room.right() - ARROW;
            let mark = back - 2.0 - size / 2.0;
            let name = mark - size / 2.0 - 3.0 - style(spot).width(&label(spot));
            (room.right(), back, mark, name)
        }
    };
    group(reader, canvas, spot, |canvas| {
        let arrow = [(tip, middle), (back, middle - 2.8), (back, middle + 2.8)];
        canvas.path(&arrow, true, &Paint::fill(MUTED));
        let (shape, paint) = sign(spot.home);
        shape.draw(canvas, mark, middle, size, &paint);
        let baseline = middle + NAMES.size * text::CAP_HEIGHT / 2.0;
        canvas.text(name, baseline, &label(spot), &style(spot))
    })
}

fn group(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    spot: &Spot,
    inside: impl FnOnce(&mut Canvas) -> Result<()>,
) -> Result<()> {
    let mut data = vec![("place", spot.id.as_str())];
    data.extend(spot.home.map(|home| ("home", if home { "1" } else { "0" })));
    canvas.group("place", &spots::summary(reader, spot), &data, inside)
}

fn keys(reader: &Reader<'_>, spots: &[Spot], most: u64) -> Vec<Key> {
    let size = |events: u64| {
        let sign = Sign::Mark(Shape::Circle, diameter(events, most), Paint::line(INK, 0.5));
        (sign, events.to_string())
    };
    let steps = std::collections::BTreeSet::from([1, most.div_ceil(4), most]);
    let camps = [Some(true), Some(false), None]
        .into_iter()
        .filter(|home| {
            spots
                .iter()
                .any(|spot| spot.home == *home && spot.degrees.is_some())
        })
        .map(|home| {
            let (shape, paint) = sign(home);
            (
                Sign::Mark(shape, 6.5, paint),
                reader.say(&spots::camp(home)),
            )
        });
    vec![
        Key {
            heading: reader.heading("events"),
            entries: steps.into_iter().map(size).collect(),
        },
        Key {
            heading: reader.heading("place"),
            entries: camps.collect(),
        },
    ]
}

/// The places that the map does not name, in sentences.
fn lists(reader: &Reader<'_>, spots: &[Spot], nameless: &[&Spot]) -> Vec<String> {
    let listed = |text: Label, spots: Vec<&Spot>| {
        let names: Vec<String> = spots
            .iter()
            .map(|spot| format!("{} {}", spot.name, spot.events))
            .collect();
        (!names.is_empty())
            .then(|| reader.say(&text.fill(&[("names", &Label::plain(names.join(", ")))])))
    };
    let nowhere = spots.iter().filter(|spot| spot.degrees.is_none()).collect();
    [
        listed(
            Label::new(
                "Coordinates unknown: {names}.",
                "Координаттары белгісіз: {names}.",
                "Координаты неизвестны: {names}.",
            ),
            nowhere,
        ),
        listed(
            Label::new(
                "Marked without a name: {names}.",
                "Атауы жазылмай белгіленгендер: {names}.",
                "Отмечены без названия: {names}.",
            ),
            nameless.to_vec(),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What the ground of the map is, and what it does not say.
fn ground(reader: &Reader<'_>, globe: &Globe) -> String {
    let degrees = Label::plain(format!("{:.0}", globe.latitude.abs()));
    let latitude = if globe.latitude < 0.0 {
        Label::new("{n}° S", "{n}° о. е.", "{n}° ю. ш.")
    } else {
        Label::new("{n}° N", "{n}° с. е.", "{n}° с. ш.")
    };
    let latitude = latitude.fill(&[("n", &degrees)]);
    reader.say(
        &Label::new(
            "Cylindrical equal-area projection, true to scale at {latitude}. Coastlines: Natural Earth. No borders are drawn: the map says nothing of whose a place is.",
            "Тең ауданды цилиндрлік проекция, масштабы {latitude} бойында дәл. Жағалаулар: Natural Earth. Шекаралар сызылмаған: карта орынның кімдікі екені туралы ештеңе айтпайды.",
            "Равновеликая цилиндрическая проекция, верная по масштабу на {latitude}; берега – Natural Earth. Границы не проведены: карта не говорит о принадлежности мест.",
        )
        .fill(&[("latitude", &latitude)]),
    )
}

fn reading(reader: &Reader<'_>, globe: &Globe) -> String {
    let marks = Label::new(
        "A mark is a place, its area as the number of its events, which stands after its name; squares and bold names are at home. An arrow at the edge leads to a place beyond it.",
        "Белгі – орын, ауданы атауынан кейін тұрған оқиғалар санына сай; шаршылар мен қою атаулар – елдегі орындар. Шеттегі жебе картадан тыс орынды көрсетеді.",
        "Знак – место, площадь соответствует числу его событий, которое стоит после названия; квадраты и полужирные названия – дома. Стрелка у края ведёт к месту за ним.",
    );
    format!("{} {}", reader.say(&marks), ground(reader, globe))
}
