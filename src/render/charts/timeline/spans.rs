//! The marks of the timeline: spans with vague and open ends, events, and the key to both.

use crate::error::Result;
use crate::model::date::Day;
use crate::model::label::Label;
use crate::render::canvas::axis::Panel;
use crate::render::canvas::marks::{self, Shape};
use crate::render::canvas::{Canvas, Paint, Rect};
use crate::render::pieces::key::{Key, Sign};
use crate::render::pieces::lanes::{Event, Lane, Span};
use crate::render::pieces::read::Reader;
use crate::render::theme::{self, ACCENT_PALE, GRID, HAIRLINE, INK, MUTED, PAPER};

/// The diameter of the mark of an event.
pub(super) const MARK: f64 = 3.5;
/// The height of the bar of a span.
pub(super) const BAR: f64 = 3.4;

/// The bar of a case whose outcome is not known.
const UNKNOWN: Paint = Paint::fill(PAPER).outlined(INK, 0.6).dashed("1.5 1");

/// Is the case of another kind than the first, and so to be drawn as less?
pub(super) fn is_offer(lane: &Lane) -> bool {
    lane.kind.is_some_and(|kind| kind > 0)
}

/// How the bar of a case looks: the colour of its outcome among `outcomes`, hollow for any kind
/// but the first.
fn span_paint(lane: &Lane, outcomes: usize) -> Paint {
    match lane.outcome.place {
        _ if is_offer(lane) => Paint::fill(PAPER).outlined(MUTED, 0.6),
        Some(position) => Paint::fill(theme::ordered(position, outcomes)).outlined(INK, HAIRLINE),
        // Where outcomes are not coded at all, none is missing.
        None if outcomes == 0 => Paint::fill(ACCENT_PALE).outlined(INK, HAIRLINE),
        None => UNKNOWN,
    }
}

/// Draws the days that certainly belong to a span as a bar, those that may as a thin line with an
/// end, and an open end as an arrow past the cut-off.
pub(super) fn draw_span(
    canvas: &mut Canvas,
    panel: &Panel,
    (lane, outcomes): (&Lane, usize),
    y: f64,
    end: Day,
) {
    const LEAST: f64 = 1.6;
    let Some(span) = &lane.span else {
        return;
    };
    let paint = &span_paint(lane, outcomes);
    let (first, last) = span.reach(end);
    let at = |day: Day| panel.x(day.fraction());
    let thin = Paint::line(MUTED, 1.0);
    let outer_left = at(first);
    let outer_right = at(last.next()).max(outer_left + LEAST);
    let core_left = at(span.from.latest);
    let core_right = span
        .until
        .map_or(outer_right, |until| at(until.earliest.next()));
    canvas.line((outer_left, y), (outer_right, y), &thin);
    for (outer, core) in [(outer_left, core_left), (outer_right, core_right)] {
        if (outer - core).abs() > LEAST {
            canvas.line((outer, y - BAR / 2.0), (outer, y + BAR / 2.0), &thin);
        }
    }
    if core_right > core_left {
        let width = (core_right - core_left).max(LEAST);
        canvas.rect(Rect::new(core_left, y - BAR / 2.0, width, BAR), paint);
    }
    if span.until.is_none() {
        marks::arrowhead(canvas, outer_right + 6.0, y, 5.4, &Paint::fill(INK));
    }
}

/// Filled at home, hollow elsewhere, grey where it is not known.
fn event_paint(hosted: Option<bool>) -> Paint {
    match hosted {
        Some(true) => Paint::fill(INK).outlined(PAPER, 0.5),
        Some(false) => Paint::fill(PAPER).outlined(INK, 0.6),
        None => Paint::fill(GRID).outlined(INK, 0.6),
    }
}

/// Draws an event as the shape of its type about a point, with a line over its days if they are
/// wider than it.
pub(super) fn draw_event(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    panel: &Panel,
    event: &Event,
    (x, y): (f64, f64),
    end: Day,
) -> Result<()> {
    let mut facts = vec![event.words.clone(), event.span.words()];
    facts.retain(|fact| !fact.is_empty());
    if reader.has("hosted") {
        let hosted = reader.say(&hosted_words(event.hosted));
        facts.push(format!("{}: {hosted}", reader.heading("hosted")));
    }
    let tooltip = facts.join("; ");
    let paint = if reader.has("hosted") {
        event_paint(event.hosted)
    } else {
        event_paint(Some(true))
    };
    let (first, last) = event.span.reach(end);
    let (left, right) = (panel.x(first.fraction()), panel.x(last.next().fraction()));
    let shape = shape(reader, event.kind);
    canvas.group("event", &tooltip, &[], |canvas| {
        if right - left > MARK {
            canvas.line((left, y), (right, y), &Paint::line(INK, 0.6));
        }
        shape.draw(canvas, x, y, MARK, &paint);
        Ok(())
    })
}

fn hosted_words(hosted: Option<bool>) -> Label {
    match hosted {
        Some(true) => Label::new("yes", "иә", "да"),
        Some(false) => Label::new("no", "жоқ", "нет"),
        None => Label::new("unknown", "белгісіз", "неизвестно"),
    }
}

/// The shape of a type; the last one where the type is not known, the first where no data set
/// codes types.
fn shape(reader: &Reader<'_>, kind: Option<usize>) -> Shape {
    let unknown = if reader.has("type") { usize::MAX } else { 0 };
    Shape::at(kind.unwrap_or(unknown))
}

/// The signs that occur, and no others.
pub(super) fn keys(reader: &Reader<'_>, lanes: &[Lane]) -> Vec<Key> {
    let events: Vec<&Event> = lanes.iter().flat_map(|lane| &lane.events).collect();
    let mut keys = Vec::new();
    if reader.has("type") {
        let entries = shape_entries(reader, &events);
        keys.push(Key {
            heading: reader.heading("type"),
            entries,
        });
    }
    if reader.has("hosted") {
        let entries = [Some(true), Some(false), None]
            .into_iter()
            .filter(|hosted| events.iter().any(|event| event.hosted == *hosted))
            .map(|hosted| {
                let sign = Sign::Mark(Shape::Circle, MARK + 0.8, event_paint(hosted));
                (sign, reader.say(&hosted_words(hosted)))
            })
            .collect();
        keys.push(Key {
            heading: reader.heading("hosted"),
            entries,
        });
    }
    keys.push(Key {
        heading: reader.heading("case"),
        entries: span_entries(reader, lanes),
    });
    keys
}

/// The steps of the scales that occur, for lanes in which scales stand without words.
pub(super) fn scales(reader: &Reader<'_>, lanes: &[Lane]) -> Vec<Key> {
    let key = |name: &str, place: fn(&Lane) -> Option<usize>, ramp: bool| {
        let codes = reader.codes(name);
        let occurs = |at: usize| lanes.iter().any(|lane| place(lane) == Some(at));
        let entries = codes.iter().enumerate().filter(|(at, _)| occurs(*at));
        let entries = entries.map(|(at, (_, label))| {
            let fill = if ramp {
                theme::ordered(at, codes.len())
            } else {
                theme::ACCENT
            };
            (Sign::Step(at, codes.len(), fill), reader.say(label))
        });
        Key {
            heading: reader.heading(name),
            entries: entries.collect(),
        }
    };
    vec![
        key("role", |lane| lane.role.place, false),
        key("outcome", |lane| lane.outcome.place, true),
    ]
}

fn shape_entries(reader: &Reader<'_>, events: &[&Event]) -> Vec<(Sign, String)> {
    let mut shapes: Vec<(Shape, Vec<String>)> = Vec::new();
    let mut occurring: Vec<Option<usize>> = events.iter().map(|event| event.kind).collect();
    occurring.sort_by_key(|kind| kind.unwrap_or(usize::MAX));
    occurring.dedup();
    for kind in occurring {
        let shape = shape(reader, kind);
        let code = kind.and_then(|place| reader.codes("type").get(place));
        let words = code.map_or_else(
            || reader.say(&hosted_words(None)),
            |(_, label)| reader.say(label),
        );
        match shapes.last_mut() {
            Some((last, all)) if *last == shape => all.push(words),
            _ => shapes.push((shape, vec![words])),
        }
    }
    let filled = event_paint(Some(true));
    shapes
        .into_iter()
        .map(|(shape, words)| (Sign::Mark(shape, MARK + 0.8, filled), words.join(", ")))
        .collect()
}

fn span_entries(reader: &Reader<'_>, lanes: &[Lane]) -> Vec<(Sign, String)> {
    let outcomes = reader.codes("outcome").len();
    let mut entries = Vec::new();
    for (place, (_, label)) in reader.codes("kind").iter().enumerate().take(2) {
        let occurs = |lane: &Lane| lane.kind.is_some_and(|kind| kind.min(1) == place);
        if !lanes.iter().any(occurs) {
            continue;
        }
        if place == 0 && outcomes > 0 {
            let colour = Label::new(
                "{kind} (colour: {scale})",
                "{kind} (түсі: {scale})",
                "{kind} (цвет: {scale})",
            );
            let scale = Label::plain(reader.heading("outcome").to_lowercase());
            let words = colour.fill(&[("kind", label), ("scale", &scale)]);
            entries.push((Sign::Ramp(outcomes), reader.say(&words)));
        } else {
            let solid = Paint::fill(ACCENT_PALE).outlined(INK, HAIRLINE);
            let hollow = Paint::fill(PAPER).outlined(MUTED, 0.6);
            let paint = if place == 0 { solid } else { hollow };
            entries.push((Sign::Bar(paint), reader.say(label)));
        }
    }
    let is_unknown =
        |lane: &Lane| lane.outcome.place.is_none() && !is_offer(lane) && lane.span.is_some();
    if outcomes > 0 && lanes.iter().any(is_unknown) {
        let words = Label::new(
            "{scale}: unknown",
            "{scale}: белгісіз",
            "{scale}: неизвестно",
        );
        let words = words.fill(&[("scale", &Label::plain(reader.heading("outcome")))]);
        entries.push((Sign::Bar(UNKNOWN), reader.say(&words)));
    }
    let is_uncertain = |span: &Span| {
        span.from.earliest != span.from.latest
            || span
                .until
                .is_some_and(|until| until.earliest != until.latest)
    };
    if lanes
        .iter()
        .any(|lane| lane.span.as_ref().is_some_and(is_uncertain))
    {
        let words = Label::new("possible days", "ықтимал күндер", "возможные дни");
        entries.push((Sign::Line(Paint::line(MUTED, 0.9)), reader.say(&words)));
    }
    if lanes
        .iter()
        .any(|lane| lane.span.is_some_and(|span| span.until.is_none()))
    {
        let words = Label::new("still open", "әлі ашық", "не завершён");
        entries.push((Sign::Arrow, reader.say(&words)));
    }
    entries
}
