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
use crate::render::canvas::marks;
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type, text};
use crate::render::figure::MARGIN;
use crate::render::pieces::key;
use crate::render::pieces::lanes::{self, Lane, Span};
use crate::render::pieces::read::Reader;
use crate::render::pieces::spans::{self, BAR, MARK};
use crate::render::theme::{self, ACCENT, FAINT, GRID, INK, MUTED};

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

/// More cases than this get thin lanes whose names are cut, not wrapped.
const MANY: usize = 60;
/// The distance between levels of marks.
const PITCH: f64 = 4.0;
/// The distance between columns; an arrow past the cut-off has to fit into it.
const GUTTER: f64 = 8.0;
/// The distance of the lowest marks from the bar.
const LIFT: f64 = 0.5;
/// The type in lanes.
const LANE: Type = Type::of(7.5).tight();

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
        let steps = marks::scale_width(count) + 3.0;
        Self {
            whole: Column {
                x,
                width: steps + words,
            },
            words: Column {
                x: x + steps,
                width: words,
            },
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
    let reader = Reader {
        figure: SPEC.name,
        table,
        language,
    };
    let lanes = lanes::read(&reader)?;
    let (first, last) = window(&reader, &lanes);
    let layout = layout(&reader, canvas, &lanes)?;
    let top = head(&reader, canvas, &layout)?;
    let scale = |bottom: f64| {
        // Marks of the first day reach to the left of it.
        let (x, width) = (layout.plot.x + MARK, layout.plot.width - MARK);
        let plot = Rect::new(x, top, width, bottom - top);
        Panel::new(plot, first.fraction()..last.next().fraction(), 0.0..1.0)
    };
    let measure = scale(top + 1.0);
    let placed = place(&layout, &measure, &lanes, top, last);
    let bottom = placed
        .last()
        .map_or(top + 20.0, |lane| lane.top + lane.height);
    let panel = scale(bottom);
    grid(&reader, canvas, &panel, (first, last), &placed)?;
    for lane in &placed {
        draw_lane(&reader, canvas, &panel, &layout, lane, last)?;
    }
    let below = bottom + theme::SMALL * 2.0 * theme::LEADING + 8.0;
    let bottom = key::draw(
        canvas,
        MARGIN,
        canvas.width() - MARGIN,
        below,
        &spans::keys(&reader, &lanes)?,
    )?;
    canvas.reach(bottom);
    Ok(Drawn {
        description: describe(&lanes),
        key: reading(&reader),
    })
}

/// The days from the beginning to the end of the axis: the window of the table, and whatever lies
/// outside it, which is shown rather than dropped.
fn window(reader: &Reader<'_>, lanes: &[Lane]) -> (Day, Day) {
    let window = reader.table.window;
    let spans = lanes.iter().flat_map(|lane| {
        lane.span
            .iter()
            .chain(lane.events.iter().map(|event| &event.span))
    });
    spans.fold((window.earliest, window.latest), |(first, last), span| {
        let (from, until) = span.reach(window.latest);
        (first.min(from), last.max(until))
    })
}

fn layout(reader: &Reader<'_>, canvas: &Canvas, lanes: &[Lane]) -> Result<Layout> {
    let style = LANE;
    // Names can be cut in thin lanes, words of scales cannot: they are what is compared.
    let is_thin = lanes.len() > MANY;
    // Wide enough for the longest line up to `most`, and for the longest word up to `utmost`.
    let widest = |words: &dyn Fn(&Lane) -> &str, most: f64, utmost: f64| {
        let line = lanes
            .iter()
            .map(|lane| style.width(words(lane)))
            .fold(30.0, f64::max);
        let word = |lane| text::longest_word(words(lane), style.size, style.weight);
        let word = lanes.iter().map(word).fold(0.0, f64::max);
        line.min(most).max(word.min(utmost)) + 1.0
    };
    let count = |name: &str| reader.column(name).map(|column| column.codes.len());
    let right = canvas.width() - MARGIN;
    let titles = Column {
        x: MARGIN,
        width: widest(&|lane| &lane.title, 126.0, 140.0),
    };
    let outcome = Scaled::new(
        0.0,
        widest(
            &|lane| &lane.outcome_words,
            if is_thin { 90.0 } else { 52.0 },
            76.0,
        ),
        count("outcome")?,
    )
    .at(right);
    let role = Scaled::new(
        0.0,
        widest(
            &|lane| &lane.role_words,
            if is_thin { 90.0 } else { 48.0 },
            72.0,
        ),
        count("role")?,
    )
    .at(outcome.whole.x - GUTTER);
    let x = titles.x + titles.width + GUTTER;
    Ok(Layout {
        titles,
        plot: Column {
            x,
            width: role.whole.x - GUTTER - x,
        },
        role,
        outcome,
        is_thin,
    })
}

/// Writes the headings of the columns; returns the upper edge of the first lane.
fn head(reader: &Reader<'_>, canvas: &mut Canvas, layout: &Layout) -> Result<f64> {
    let style = Type::of(theme::SMALL).bold().colour(MUTED);
    let columns = [
        ("title", layout.titles),
        ("role", layout.role.whole),
        ("outcome", layout.outcome.whole),
    ];
    let mut headings = Vec::new();
    for (name, column) in columns {
        headings.push((
            style.wrap(&reader.say(&reader.column(name)?.label), column.width),
            column.x,
        ));
    }
    let most = headings
        .iter()
        .map(|(lines, _)| lines.len())
        .max()
        .unwrap_or(1);
    let last = canvas.height() + 8.0 + style.leading() * theme::real(most);
    for (lines, x) in &headings {
        let first = last - style.leading() * theme::real(lines.len() - 1);
        canvas.lines(*x, first, lines, &style)?;
    }
    Ok(last + 4.0)
}

fn place<'a>(
    layout: &Layout,
    panel: &Panel,
    lanes: &'a [Lane],
    top: f64,
    end: Day,
) -> Vec<Placed<'a>> {
    let style = LANE;
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
            let positions: Vec<f64> = lane
                .events
                .iter()
                .map(|event| middle(panel, &event.span, end))
                .collect();
            let levels = lanes::levels(&positions, MARK + 0.3, if layout.is_thin { 1 } else { 9 });
            let (title, role, outcome) = (
                lines(&lane.title, layout.titles.width),
                lines(&lane.role_words, layout.role.words.width),
                lines(&lane.outcome_words, layout.outcome.words.width),
            );
            let rows = theme::real(title.len().max(role.len()).max(outcome.len()));
            let swarm =
                PITCH * theme::real(levels.iter().max().map_or(1, |most| most + 1)) + BAR + LIFT;
            let padding = if layout.is_thin { 1.0 } else { 3.0 };
            let height = (rows * style.leading()).max(swarm) + padding;
            let bar = next + (height + swarm) / 2.0 - BAR / 2.0;
            let placed = Placed {
                lane,
                title,
                role,
                outcome,
                levels,
                top: next,
                height,
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
    let cut = panel.x(window.latest.next().fraction());
    canvas.line(
        (cut, area.y),
        (cut, area.bottom()),
        &Paint::line(INK, 0.7).dashed("2 1.5"),
    );
    let line = below + small.leading();
    let begins = Label::new("record begins {day}", "жазба басы: {day}", "запись с {day}");
    let ends = Label::new("record ends {day}", "жазба соңы: {day}", "запись до {day}");
    let say = |label: &Label, day: Day| {
        reader.say(&label.fill(&[("day", &Label::plain(day.to_string()))]))
    };
    let (begins, ends) = (say(&begins, window.earliest), say(&ends, window.latest));
    canvas.text(cut, line, &ends, &small.anchor(Anchor::End))?;
    let begun = panel.x(window.earliest.fraction());
    if begun + small.width(&begins) + 8.0 < cut - small.width(&ends) {
        canvas.text(begun, line, &begins, &small)?;
    }
    canvas.line(
        (begun, area.y),
        (begun, area.bottom()),
        &Paint::line(MUTED, 0.5),
    );
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
    let style = LANE.colour(ink);
    let centre = placed.top + placed.height / 2.0;
    let dates = lane.span.map(|span| span.words()).unwrap_or_default();
    let tooltip = format!(
        "{}: {dates}; {}; {}",
        lane.title, lane.role_words, lane.outcome_words
    );
    canvas.group("case", &tooltip, &[("case", &lane.case)], |canvas| {
        let first = |lines: &[String]| {
            let block =
                style.leading() * theme::real(lines.len() - 1) + style.size * text::CAP_HEIGHT;
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
        spans::draw_span(canvas, panel, (lane, layout.outcome.count), placed.bar, end);
        for (event, level) in lane.events.iter().zip(&placed.levels) {
            let y = placed.bar - BAR / 2.0 - PITCH * (theme::real(*level) + 0.5) - LIFT;
            spans::draw_event(reader, canvas, panel, event, y, end)?;
        }
        Ok(())
    })
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
            format!(
                "{}: {dates}; {}; {}.",
                lane.title, lane.role_words, lane.outcome_words
            )
        })
        .collect::<Vec<_>>()
        .join(" ")
}
