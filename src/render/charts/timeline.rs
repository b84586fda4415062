//! The timeline: a lane per case, its span and its events, with role and outcome in words beside it.
//!
//! The words stand in columns at the right, as in a table, so that nobody has to look from a
//! colour to a key and back for each of thirty cases.

mod dodge;
mod spans;

use super::{ChartSpec, Drawn};
use crate::error::Result;
use crate::model::date::Day;
use crate::model::label::Label;
use crate::model::missing::Reason;
use crate::render::canvas::axis::{self, Panel};
use crate::render::canvas::marks;
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type, text};
use crate::render::figure::MARGIN;
use crate::render::pieces::columns::{GUTTER, LANE, Layout};
use crate::render::pieces::key;
use crate::render::pieces::lanes::{self, Lane, Span};
use crate::render::pieces::read::Reader;
use crate::render::pieces::record;
use crate::render::theme::{self, ACCENT, FAINT, GRID, INK, MUTED, PAPER};
use spans::{BAR, MARK};

/// The timeline.
pub static SPEC: ChartSpec = ChartSpec {
    name: "timeline",
    of: "timeline",
    title: Label::new(
        "Cases and their events",
        "Жағдайлар және олардың оқиғалары",
        "Случаи и их события",
    ),
    draw,
};

/// The distance between levels of marks.
const PITCH: f64 = 4.0;
/// The distance of the lowest marks from the bar.
const LIFT: f64 = 0.5;
/// What a lane is higher than what stands in it.
const PADDING: f64 = 2.4;

/// A lane with its place: the lines of its words and where each event is marked.
struct Placed<'a> {
    lane: &'a Lane,
    title: Vec<String>,
    role: Vec<String>,
    outcome: Vec<String>,
    marks: Vec<dodge::Place>,
    /// How far a mark is from the middle of its days, at most.
    aside: f64,
    top: f64,
    height: f64,
    /// The middle of the words.
    centre: f64,
    /// The middle of the bar; the marks stand on it.
    bar: f64,
}

fn draw(reader: &Reader<'_>, canvas: &mut Canvas) -> Result<Drawn> {
    let lanes = lanes::read(reader)?;
    let (first, last) = lanes::window(reader, &lanes);
    let layout = Layout::new(reader, canvas, &lanes);
    let top = layout.head(reader, canvas)?;
    let scale = |bottom: f64| {
        // Marks of the first day reach to the left of it.
        let (x, width) = (layout.plot.x + MARK, layout.plot.width - MARK);
        let plot = Rect::new(x, top, width, bottom - top);
        Panel::new(plot, first.fraction()..last.next().fraction(), 0.0..1.0)
    };
    let measure = scale(top + 1.0);
    let cut = reader.table.window.latest;
    let placed = place(&layout, &measure, &lanes, top, cut);
    let bottom = placed
        .last()
        .map_or(top + 20.0, |lane| lane.top + lane.height);
    let panel = scale(bottom);
    grid(reader, canvas, &panel, (first, last), &placed)?;
    for lane in &placed {
        draw_lane(reader, canvas, &panel, &layout, lane, cut)?;
    }
    let mut keys = spans::keys(reader, &lanes);
    if layout.is_stacked {
        keys.splice(0..0, spans::scales(reader, &lanes));
    }
    let below = bottom + theme::SMALL * 2.0 * theme::LEADING + 8.0;
    let bottom = key::draw(canvas, MARGIN, canvas.width() - MARGIN, below, &keys)?;
    let aside = placed.iter().map(|lane| lane.aside).fold(0.0, f64::max);
    let years = last.next().fraction() - first.fraction();
    let notes = notes(&layout, &lanes, aside / panel.rect().width * years);
    let small = Type::of(theme::SMALL).colour(MUTED);
    let said = reader.say(&Label::join(&notes, " "));
    let wrapped = small.wrap(&said, canvas.width() - 2.0 * MARGIN);
    let after = canvas.lines(MARGIN, bottom + small.size + 4.0, &wrapped, &small)?;
    canvas.reach(if said.is_empty() {
        bottom
    } else {
        after - small.leading() + small.size * text::DESCENT
    });
    Ok(Drawn {
        description: lanes::describe(reader, &lanes),
        key: reading(reader, notes),
    })
}

fn place<'a>(
    layout: &Layout,
    panel: &Panel,
    lanes: &'a [Lane],
    top: f64,
    end: Day,
) -> Vec<Placed<'a>> {
    let style = LANE;
    let fitted = |words: &str, width: f64| {
        if layout.is_thin {
            vec![text::shorten(words, style.size, style.weight, width)]
        } else {
            text::wrap_at_most(words, style.size, style.weight, width, 4)
        }
    };
    let area = panel.rect();
    let rules = dodge::Rules {
        pitch: MARK + 0.5,
        nudge: MARK / 2.0,
        most: 2.0 * MARK,
        levels: if layout.is_thin { 1 } else { 4 },
        utmost: if layout.is_thin { 1 } else { 9 },
        within: (area.x, area.right()),
    };
    let mut next = top;
    lanes
        .iter()
        .map(|lane| {
            let positions: Vec<f64> = lane
                .events
                .iter()
                .map(|event| middle(panel, &event.span, end))
                .collect();
            let marks = dodge::place(&positions, &rules);
            let aside = marks.iter().zip(&positions);
            let aside = aside.map(|(mark, position)| (mark.x - position).abs());
            let aside = aside.fold(0.0, f64::max);
            let levels = marks.iter().map(|mark| mark.level + 1).max().unwrap_or(1);
            let (title, role, outcome) = (
                fitted(&lane.title, layout.titles.width),
                fitted(layout.cell(&lane.role), layout.role.words.width),
                fitted(layout.cell(&lane.outcome), layout.outcome.words.width),
            );
            let rows = theme::real(title.len().max(role.len()).max(outcome.len()));
            let rows = rows * style.leading();
            let swarm = PITCH * theme::real(levels) + BAR + LIFT;
            let padding = if layout.is_thin { 1.0 } else { PADDING };
            let (height, centre, foot) = if layout.is_stacked {
                let words = rows + 1.0;
                (words + swarm + padding, words / 2.0, words + swarm)
            } else {
                let height = rows.max(swarm) + padding;
                (height, height / 2.0, f64::midpoint(height, swarm))
            };
            let bar = next + foot - BAR / 2.0;
            let placed = Placed {
                lane,
                title,
                role,
                outcome,
                marks,
                aside,
                top: next,
                height,
                centre: next + centre,
                bar,
            };
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

fn grid(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    panel: &Panel,
    days: (Day, Day),
    lanes: &[Placed<'_>],
) -> Result<()> {
    let area = panel.rect();
    let right = canvas.width() - MARGIN;
    let window = reader.table.window;
    for edge in lanes.iter().map(|lane| lane.top).chain([area.bottom()]) {
        canvas.line((MARGIN, edge), (right, edge), &Paint::line(FAINT, 0.5));
    }
    let small = Type::of(theme::SMALL).colour(MUTED);
    let times = axis::times(days.0, days.1, area.width, small.size);
    let x = |day: Day| panel.x(day.fraction());
    let rule = |canvas: &mut Canvas, day: Day, colour| {
        let line = Paint::line(colour, 0.5);
        canvas.line((x(day), area.y), (x(day), area.bottom()), &line);
    };
    for &day in &times.fine {
        rule(canvas, day, FAINT);
    }
    let label = small.anchor(Anchor::Middle);
    let (above, below) = (area.y - 4.0, area.bottom() + small.size + 2.0);
    for (day, words) in &times.labelled {
        rule(canvas, *day, GRID);
        let (at, half) = (x(*day), label.width(words) / 2.0);
        if at - half >= area.x - GUTTER && at + half <= area.right() + GUTTER / 2.0 {
            canvas.text(at, above, words, &label)?;
            canvas.text(at, below, words, &label)?;
        }
    }
    let line = below + small.leading();
    let edges = (
        panel.x(window.earliest.fraction()),
        panel.x(window.latest.next().fraction()),
    );
    record::edges(reader, canvas, edges, (area.y, area.bottom()), line)?;
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
    let ink = if spans::is_offer(lane) { MUTED } else { INK };
    let style = LANE.colour(ink);
    let centre = placed.centre;
    let tooltip = lanes::summary(reader, lane);
    canvas.group("case", &tooltip, &[("case", &lane.case)], |canvas| {
        if layout.is_stacked {
            // Words stand on the plot, and no line runs through them.
            let high = 2.0 * (placed.centre - placed.top) - 1.0;
            let words = Rect::new(
                MARGIN,
                placed.top + 0.5,
                canvas.width() - 2.0 * MARGIN,
                high,
            );
            canvas.rect(words, &Paint::fill(PAPER));
        }
        let first = |lines: &[String]| {
            let block =
                style.leading() * theme::real(lines.len() - 1) + style.size * text::CAP_HEIGHT;
            centre - block / 2.0 + style.size * text::CAP_HEIGHT
        };
        canvas.lines(layout.titles.x, first(&placed.title), &placed.title, &style)?;
        let scaled = [
            (&layout.role, &placed.role, lane.role.place, ACCENT),
            (
                &layout.outcome,
                &placed.outcome,
                lane.outcome.place,
                theme::ordered(lane.outcome.place.unwrap_or(0), layout.outcome.count),
            ),
        ];
        for (column, lines, position, fill) in scaled {
            let words = if position.is_some() {
                style
            } else {
                style.colour(MUTED)
            };
            if let Some(position) = position {
                marks::scale(
                    canvas,
                    column.whole.x,
                    centre + 2.9,
                    position,
                    column.count,
                    fill,
                );
            }
            canvas.lines(column.words.x, first(lines), lines, &words)?;
        }
        if lane.span.is_none() && lane.events.is_empty() {
            let x = panel.rect().x + 4.0;
            let undated = [reader.say(&lanes::UNDATED)];
            let baseline = if layout.is_stacked {
                placed.bar + BAR / 2.0
            } else {
                first(&undated)
            };
            canvas.lines(x, baseline, &undated, &style.colour(MUTED))?;
        }
        spans::draw_span(canvas, panel, (lane, layout.outcome.count), placed.bar, end);
        for (event, mark) in lane.events.iter().zip(&placed.marks) {
            let y = placed.bar - BAR / 2.0 - PITCH * (theme::real(mark.level) + 0.5) - LIFT;
            spans::draw_event(reader, canvas, panel, event, (mark.x, y), end)?;
        }
        Ok(())
    })
}

fn reading(reader: &Reader<'_>, notes: Vec<Label>) -> String {
    let mut sentences = vec![Label::new(
        "A bar covers the days on which the case was certainly under way, its colour the outcome; a thin line covers the days on which it may have been; an arrow leads past the cut-off. A mark is an event.",
        "Жолақ жағдай анық жүріп жатқан күндерді қамтиды, түсі – нәтижесі; жіңішке сызық – ықтимал күндер; жебе есепке алу күнінен әрі жалғасқанын көрсетеді. Белгі – оқиға.",
        "Полоса охватывает дни, когда случай определённо продолжался, её цвет – исход; тонкая линия – возможные дни; стрелка ведёт за дату отсечения. Знак – событие.",
    )];
    sentences.extend(notes);
    reader.say(&Label::join(&sentences, " "))
}

/// What no sign of the key says; `moved` is how many years of the axis a mark is from its date.
fn notes(layout: &Layout, lanes: &[Lane], moved: f64) -> Vec<Label> {
    let mut sentences = Vec::new();
    // Less than half a day is the rounding of positions.
    if moved * 730.0 > 1.0 {
        let aside = Label::new(
            "Marks are moved aside by up to {length} where they would cover each other.",
            "Бірін-бірі жауып қалатын белгілер {length} дейін бүйірге жылжытылған.",
            "Знаки, которые закрыли бы друг друга, сдвинуты в сторону в пределах {length}.",
        );
        sentences.push(aside.fill(&[("length", &dodge::in_words(moved))]));
    }
    if lanes
        .iter()
        .any(|lane| lane.role.is_void || lane.outcome.is_void)
    {
        let dash = Label::new("A dash: {why}.", "Сызықша: {why}.", "Тире: {why}.");
        sentences.push(dash.fill(&[("why", &Reason::Na.label())]));
    }
    if lanes.iter().any(|lane| {
        [&lane.role, &lane.outcome]
            .map(|coded| layout.cell(coded))
            .contains(&"?")
    }) {
        let mark = Label::new(
            "A question mark: {why}.",
            "Сұрақ белгісі: {why}.",
            "Знак вопроса: {why}.",
        );
        sentences.push(mark.fill(&[("why", &Reason::Unknown.label())]));
    }
    sentences
}
