//! The timeline: a lane per case, its span and its events, with role and outcome in words beside it.
//!
//! The words stand in columns at the right, as in a table, so that nobody has to look from a
//! colour to a key and back for each of thirty cases.

use super::{ChartSpec, Drawn};
use crate::analyse::table::Table;
use crate::error::Result;
use crate::model::date::Day;
use crate::model::label::{Label, Language};
use crate::render::canvas::axis::{self, Panel};
use crate::render::canvas::marks::{self, Shape};
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type, text};
use crate::render::figure::MARGIN;
use crate::render::pieces::key::{self, Key, Sign};
use crate::render::pieces::lanes::{self, Event, Lane, Span};
use crate::render::pieces::read::Reader;
use crate::render::theme::{self, ACCENT, FAINT, GRID, HAIRLINE, INK, MUTED, PAPER};

/// The timeline.
pub static SPEC: ChartSpec = ChartSpec {
    name: "timeline",
    of: "timeline",
    title: Label::new("Cases and their events", "Жағдайлар және олардың оқиғалары", "Случаи и их события"),
    draw,
};

/// More cases than this get thin lanes whose names are cut, not wrapped.
const MANY: usize = 60;
/// The diameter of the mark of an event.
const MARK: f64 = 3.5;
/// The distance of marks that shall not touch.
const PITCH: f64 = 4.1;
/// The height of the bar of a span.
const BAR: f64 = 3.4;
/// The distance between columns; an arrow past the cut-off has to fit into it.
const GUTTER: f64 = 8.0;
/// The type size in lanes.
const SIZE: f64 = 7.5;

/// Where the columns of the figure are, in points.
struct Layout {
    titles: Column,
    plot: Column,
    role: Scaled,
    outcome: Scaled,
    is_thin: bool,
}

/// A column of the figure.
#[derive(Clone, Copy)]
struct Column {
    x: f64,
    width: f64,
}

/// A column that says the place of an ordered code in steps and then in words.
struct Scaled {
    whole: Column,
    words: Column,
    count: usize,
}

impl Scaled {
    fn new(x: f64, words: f64, count: usize) -> Self {
        let steps = marks::STEP * theme::real(count) + 3.0;
        Self {
            whole: Column { x, width: steps + words },
            words: Column { x: x + steps, width: words },
            count,
        }
    }

    fn at(self, right: f64) -> Self {
        Self::new(right - self.whole.width, self.words.width, self.count)
    }
}

/// A lane with its place: the lines of its words and the level of each event.
struct Placed<'a> {
    lane: &'a Lane,
    title: Vec<String>,
    role: Vec<String>,
    outcome: Vec<String>,
    levels: Vec<usize>,
    top: f64,
    height: f64,
    /// The middle of the bar; the marks stand on it.
    bar: f64,
}

fn draw(table: &Table, language: Language, canvas: &mut Canvas) -> Result<Drawn> {
    let reader = Reader { figure: SPEC.name, table, language };
    let lanes = lanes::read(&reader)?;
    let (first, last) = window(&reader, &lanes);
    let layout = layout(&reader, canvas, &lanes)?;
    let top = head(&reader, canvas, &layout)?;
    let scale = |bottom: f64| {
        let plot = Rect::new(layout.plot.x, top, layout.plot.width, bottom - top);
        Panel::new(plot, first.fraction()..last.next().fraction(), 0.0..1.0)
    };
    let measure = scale(top + 1.0);
    let placed = place(&layout, &measure, &lanes, top, last);
    let bottom = placed.last().map_or(top + 20.0, |lane| lane.top + lane.height);
    let panel = scale(bottom);
    grid(&reader, canvas, &panel, (first, last), &placed)?;
    for lane in &placed {
        draw_lane(&reader, canvas, &panel, &layout, lane, last)?;
    }
    let below = bottom + theme::SMALL * 2.0 * theme::LEADING + 8.0;
    let bottom = key::draw(canvas, MARGIN, canvas.width() - MARGIN, below, &keys(&reader, &lanes)?)?;
    canvas.reach(bottom);
    Ok(Drawn { description: describe(&lanes), key: reading(&reader) })
}

/// The days from the beginning to the end of the axis: the window of the table, and whatever lies
/// outside it, which is shown rather than dropped.
fn window(reader: &Reader<'_>, lanes: &[Lane]) -> (Day, Day) {
    let window = reader.table.window;
    let spans = lanes.iter().flat_map(|lane| lane.span.iter().chain(lane.events.iter().map(|event| &event.span)));
    spans.fold((window.earliest, window.latest), |(first, last), span| {
        let (from, until) = span.reach(window.latest);
        (first.min(from), last.max(until))
    })
}

fn layout(reader: &Reader<'_>, canvas: &Canvas, lanes: &[Lane]) -> Result<Layout> {
    let style = Type::of(SIZE);
    let widest = |words: &dyn Fn(&Lane) -> &str, most: f64| {
        let longest = lanes.iter().map(|lane| style.width(words(lane))).fold(30.0, f64::max);
        longest.min(most) + 1.0
    };
    let count = |name: &str| reader.column(name).map(|column| column.codes.len());
    let right = canvas.width() - MARGIN;
    let titles = Column { x: MARGIN, width: widest(&|lane| &lane.title, 124.0) };
    let outcome = Scaled::new(0.0, widest(&|lane| &lane.outcome_words, 54.0), count("outcome")?).at(right);
    let role = Scaled::new(0.0, widest(&|lane| &lane.role_words, 50.0), count("role")?).at(outcome.whole.x - GUTTER);
    let x = titles.x + titles.width + GUTTER;
    Ok(Layout {
        titles,
        plot: Column { x, width: role.whole.x - GUTTER - x },
        role,
        outcome,
        is_thin: lanes.len() > MANY,
    })
}

/// Writes the headings of the columns; returns the upper edge of the first lane.
fn head(reader: &Reader<'_>, canvas: &mut Canvas, layout: &Layout) -> Result<f64> {
    let style = Type::of(theme::SMALL).bold().colour(MUTED);
    let columns = [("title", layout.titles), ("role", layout.role.whole), ("outcome", layout.outcome.whole)];
    let mut headings = Vec::new();
    for (name, column) in columns {
        headings.push((style.wrap(&reader.say(&reader.column(name)?.label), column.width), column.x));
    }
    let most = headings.iter().map(|(lines, _)| lines.len()).max().unwrap_or(1);
    let last = canvas.height() + 8.0 + style.leading() * theme::real(most);
    for (lines, x) in &headings {
        let first = last - style.leading() * theme::real(lines.len() - 1);
        canvas.lines(*x, first, lines, &style)?;
    }
    Ok(last + 4.0)
}

fn place<'a>(layout: &Layout, panel: &Panel, lanes: &'a [Lane], top: f64, end: Day) -> Vec<Placed<'a>> {
    let style = Type::of(SIZE);
    let lines = |words: &str, width: f64| {
        if layout.is_thin {
            vec![text::shorten(words, style.size, style.weight, width)]
        } else {
            text::wrap_at_most(words, style.size, style.weight, width, 4)
        }
    };
    let mut next = top;
    lanes
        .iter()
        .map(|lane| {
            let positions: Vec<f64> = lane.events.iter().map(|event| middle(panel, &event.span, end)).collect();
            let levels = lanes::levels(&positions, PITCH, if layout.is_thin { 1 } else { 9 });
            let (title, role, outcome) = (
                lines(&lane.title, layout.titles.width),
                lines(&lane.role_words, layout.role.words.width),
                lines(&lane.outcome_words, layout.outcome.words.width),
            );
            let rows = theme::real(title.len().max(role.len()).max(outcome.len()));
            let swarm = PITCH * theme::real(levels.iter().max().map_or(1, |most| most + 1)) + BAR;
            let padding = if layout.is_thin { 1.0 } else { 3.4 };
            let height = (rows * style.leading()).max(swarm) + padding;
            let bar = next + (height + swarm) / 2.0 - BAR / 2.0;
            let placed = Placed { lane, title, role, outcome, levels, top: next, height, bar };
            next += height;
            placed
        })
        .collect()
}

/// Where an event is marked: the middle of the days it may have touched.
fn middle(panel: &Panel, span: &Span, end: Day) -> f64 {
    let (first, last) = span.reach(end);
    f64::midpoint(panel.x(first.fraction()), panel.x(last.next().fraction()))
}

fn grid(reader: &Reader<'_>, canvas: &mut Canvas, panel: &Panel, days: (Day, Day), lanes: &[Placed<'_>]) -> Result<()> {
    let area = panel.rect();
    let right = canvas.width() - MARGIN;
    let window = reader.table.window;
    for edge in lanes.iter().map(|lane| lane.top).chain([area.bottom()]) {
        canvas.line((MARGIN, edge), (right, edge), &Paint::line(FAINT, 0.5));
    }
    let small = Type::of(theme::SMALL).colour(MUTED);
    let years = axis::years(days.0.year(), days.1.year(), area.width, small.size);
    for (list, paint) in [(&years.fine, Paint::line(FAINT, 0.5)), (&years.labelled, Paint::line(GRID, 0.5))] {
        for &year in list {
            let x = panel.x(Day::first_of(year).fraction());
            if (area.x..=area.right()).contains(&x) {
                canvas.line((x, area.y), (x, area.bottom()), &paint);
            }
        }
    }
    let year_type = small.anchor(Anchor::Middle);
    let (above, below) = (area.y - 4.0, area.bottom() + small.size + 2.0);
    for &year in &years.labelled {
        let x = panel.x(Day::first_of(year).fraction());
        let half = year_type.width(&year.to_string()) / 2.0;
        if x - half >= area.x - GUTTER && x + half <= area.right() + GUTTER / 2.0 {
            canvas.text(x, above, &year.to_string(), &year_type)?;
            canvas.text(x, below, &year.to_string(), &year_type)?;
        }
    }
    let cut = panel.x(window.latest.next().fraction());
    canvas.line((cut, area.y), (cut, area.bottom()), &Paint::line(INK, 0.7).dashed("2 1.5"));
    let day = Label::plain(window.latest.to_string());
    let words = Label::new("record ends {day}", "жазба {day} күні аяқталады", "запись до {day}").fill(&[("day", &day)]);
    let line = below + small.leading();
    canvas.text(cut, line, &reader.say(&words), &small.anchor(Anchor::End))?;
    canvas.reach(line);
    Ok(())
}

fn draw_lane(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    panel: &Panel,
    layout: &Layout,
    placed: &Placed<'_>,
    end: Day,
) -> Result<()> {
    let lane = placed.lane;
    let is_offer = lane.kind.is_some_and(|kind| kind > 0);
    let ink = if is_offer { MUTED } else { INK };
    let style = Type::of(SIZE).colour(ink);
    let centre = placed.top + placed.height / 2.0;
    let dates = lane.span.map(|span| span.words()).unwrap_or_default();
    let tooltip = format!("{}: {dates}; {}; {}", lane.title, lane.role_words, lane.outcome_words);
    canvas.group("case", &tooltip, &[("case", &lane.case)], |canvas| {
        let first = |lines: &[String]| {
            let block = style.leading() * theme::real(lines.len() - 1) + style.size * text::CAP_HEIGHT;
            centre - block / 2.0 + style.size * text::CAP_HEIGHT
        };
        canvas.lines(layout.titles.x, first(&placed.title), &placed.title, &style)?;
        let scaled = [
            (&layout.role, &placed.role, lane.role, ACCENT),
            (
                &layout.outcome,
                &placed.outcome,
                lane.outcome,
                theme::ordered(lane.outcome.unwrap_or(0), layout.outcome.count),
            ),
        ];
        for (column, lines, position, fill) in scaled {
            let words = if position.is_some() { style } else { style.colour(MUTED) };
            if let Some(position) = position {
                marks::scale(canvas, column.whole.x, centre + 2.9, position, column.count, fill);
            }
            canvas.lines(column.words.x, first(lines), lines, &words)?;
        }
        if let Some(span) = lane.span {
            draw_span(canvas, panel, &span, placed.bar, &span_paint(lane, layout), end);
        }
        for (event, level) in lane.events.iter().zip(&placed.levels) {
            let y = placed.bar - BAR / 2.0 - PITCH * (theme::real(*level) + 0.5) - 0.2;
            draw_event(reader, canvas, panel, event, y, end)?;
        }
        Ok(())
    })
}

fn span_paint(lane: &Lane, layout: &Layout) -> Paint {
    let is_offer = lane.kind.is_some_and(|kind| kind > 0);
    match lane.outcome {
        _ if is_offer => Paint::fill(PAPER).outlined(MUTED, 0.6),
        Some(position) => Paint::fill(theme::ordered(position, layout.outcome.count)).outlined(INK, HAIRLINE),
        None => Paint::fill(PAPER).outlined(INK, 0.6).dashed("1.5 1"),
    }
}

/// Draws the days that certainly belong to a span as a bar, those that may as a thin line with an
/// end, and an open end as an arrow past the cut-off.
fn draw_span(canvas: &mut Canvas, panel: &Panel, span: &Span, y: f64, paint: &Paint, end: Day) {
    const LEAST: f64 = 1.6;
    let (first, last) = span.reach(end);
    let at = |day: Day| panel.x(day.fraction());
    let thin = Paint::line(MUTED, 1.0);
    let outer_left = at(first);
    let outer_right = at(last.next()).max(outer_left + LEAST);
    let core_left = at(span.from.latest);
    let core_right = span.until.map_or(outer_right, |until| at(until.earliest.next()));
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

fn event_paint(hosted: Option<bool>) -> Paint {
    match hosted {
        Some(true) => Paint::fill(INK).outlined(PAPER, 0.5),
        Some(false) => Paint::fill(PAPER).outlined(INK, 0.6),
        None => Paint::fill(GRID).outlined(INK, 0.6),
    }
}

fn draw_event(reader: &Reader<'_>, canvas: &mut Canvas, panel: &Panel, event: &Event, y: f64, end: Day) -> Result<()> {
    let hosted = reader.say(&hosted_words(event.hosted));
    let home = reader.say(&reader.column("hosted")?.label);
    let tooltip = format!("{}, {}; {home}: {hosted}", event.words, event.span.words());
    let (first, last) = event.span.reach(end);
    let (left, right) = (panel.x(first.fraction()), panel.x(last.next().fraction()));
    let shape = Shape::at(event.kind.unwrap_or(usize::MAX));
    canvas.group("event", &tooltip, &[], |canvas| {
        if right - left > MARK {
            canvas.line((left, y), (right, y), &Paint::line(INK, 0.6));
        }
        shape.draw(canvas, f64::midpoint(left, right), y, MARK, &event_paint(event.hosted));
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

/// The signs that occur, and no others.
fn keys(reader: &Reader<'_>, lanes: &[Lane]) -> Result<Vec<Key>> {
    let events: Vec<&Event> = lanes.iter().flat_map(|lane| &lane.events).collect();
    let types = reader.column("type")?;
    let plain = event_paint(Some(true));
    let mut shapes: Vec<(Shape, Vec<String>)> = Vec::new();
    let mut occurring: Vec<Option<usize>> = events.iter().map(|event| event.kind).collect();
    occurring.sort_by_key(|kind| kind.unwrap_or(usize::MAX));
    occurring.dedup();
    for kind in occurring {
        let shape = Shape::at(kind.unwrap_or(usize::MAX));
        let words = kind.and_then(|place| types.codes.get(place)).map_or_else(
            || reader.say(&hosted_words(None)),
            |(_, label)| reader.say(label),
        );
        match shapes.last_mut() {
            Some((last, all)) if *last == shape => all.push(words),
            _ => shapes.push((shape, vec![words])),
        }
    }
    let mut keys = vec![Key {
        heading: reader.say(&types.label),
        entries: shapes
            .into_iter()
            .map(|(shape, words)| (Sign::Mark(shape, MARK + 0.8, plain), words.join(", ")))
            .collect(),
    }];
    let hosting = [Some(true), Some(false), None].into_iter().filter(|hosted| events.iter().any(|event| event.hosted == *hosted));
    keys.push(Key {
        heading: reader.say(&reader.column("hosted")?.label),
        entries: hosting
            .map(|hosted| (Sign::Mark(Shape::Circle, MARK + 0.8, event_paint(hosted)), reader.say(&hosted_words(hosted))))
            .collect(),
    });
    keys.push(Key { heading: reader.say(&reader.column("case")?.label), entries: span_entries(reader, lanes)? });
    Ok(keys)
}

fn span_entries(reader: &Reader<'_>, lanes: &[Lane]) -> Result<Vec<(Sign, String)>> {
    let mut entries = Vec::new();
    for (place, (_, label)) in reader.column("kind")?.codes.iter().enumerate().take(2) {
        if lanes.iter().any(|lane| lane.kind.is_some_and(|kind| kind.min(1) == place)) {
            if place == 0 {
                let colour = Label::new("{kind} (colour: {scale})", "{kind} (түсі: {scale})", "{kind} (цвет: {scale})");
                let words = colour.fill(&[("kind", label), ("scale", &reader.column("outcome")?.label)]);
                entries.push((Sign::Ramp(reader.column("outcome")?.codes.len()), reader.say(&words)));
            } else {
                entries.push((Sign::Bar(Paint::fill(PAPER).outlined(MUTED, 0.6)), reader.say(label)));
            }
        }
    }
    let is_uncertain = |span: &Span| {
        span.from.earliest != span.from.latest || span.until.is_some_and(|until| until.earliest != until.latest)
    };
    if lanes.iter().any(|lane| lane.span.as_ref().is_some_and(is_uncertain)) {
        let words = Label::new("possible days", "ықтимал күндер", "возможные дни");
        entries.push((Sign::Line(Paint::line(MUTED, 0.9)), reader.say(&words)));
    }
    if lanes.iter().any(|lane| lane.span.is_some_and(|span| span.until.is_none())) {
        let words = Label::new("still open", "әлі ашық", "не завершён");
        entries.push((Sign::Arrow, reader.say(&words)));
    }
    Ok(entries)
}

fn reading(reader: &Reader<'_>) -> String {
    reader.say(&Label::new(
        "A bar covers the days on which the case was certainly under way, its colour the outcome; a thin line covers the days on which it may have been; an arrow leads past the cut-off. A mark is an event.",
        "Жолақ жағдай анық жүріп жатқан күндерді қамтиды, түсі – нәтижесі; жіңішке сызық – ықтимал күндер; жебе есепке алу күнінен әрі жалғасқанын көрсетеді. Белгі – оқиға.",
        "Полоса охватывает дни, когда случай определённо продолжался, её цвет – исход; тонкая линия – возможные дни; стрелка ведёт за дату отсечения. Знак – событие.",
    ))
}

fn describe(lanes: &[Lane]) -> String {
    lanes
        .iter()
        .map(|lane| {
            let dates = lane.span.map(|span| span.words()).unwrap_or_default();
            format!("{}: {dates}; {}; {}.", lane.title, lane.role_words, lane.outcome_words)
        })
        .collect::<Vec<_>>()
        .join(" ")
}
