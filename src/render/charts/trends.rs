//! Did the profile change: a slope per indicator from the first to the last period, each on its own
//! scale from zero, with the words of its test beside it, or below it in a narrow figure.

use super::{ChartSpec, Drawn};
use crate::analyse::table::Cell;
use crate::error::Result;
use crate::model::label::Label;
use crate::model::measure::{decimal, percent};
use crate::render::canvas::axis::Panel;
use crate::render::canvas::marks::{self, Shape};
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type, text};
use crate::render::figure::MARGIN;
use crate::render::pieces::nothing;
use crate::render::pieces::rates;
use crate::render::pieces::read::Reader;
use crate::render::theme::{self, ACCENT, FAINT, GRID, INK, MUTED, PAPER};
use crate::render::words;

/// The trends from the first to the last period.
pub static SPEC: ChartSpec = ChartSpec {
    name: "trends",
    of: "trends",
    title: Label::new(
        "First and last period",
        "Бірінші және соңғы кезең",
        "Первый и последний период",
    ),
    draw,
};

/// The room for the name of an indicator beside its plot.
const NAMES: f64 = 99.0;
/// The room for ticks before a plot.
const TICKS: f64 = 28.0;
/// The width of a plot that has something beside it.
const PLOT: f64 = 222.0;
/// The least room for the words of a test beside a plot.
const TEST: f64 = 100.0;
/// Where the two periods stand, as parts of the plot.
const STANDS: [f64; 2] = [0.34, 0.66];
const HEIGHT: f64 = 50.0;
const GAP: f64 = 15.0;
/// The distance of a name above its plot from the topmost tick.
const CLEAR: f64 = 9.0;
const ENDS: [&str; 2] = ["first", "last"];

/// Where everything is across the figure.
struct Layout {
    /// How wide a name may be.
    names: f64,
    /// Do names stand above the plots, and not beside them?
    is_above: bool,
    /// The left and the right side of the plots.
    plot: (f64, f64),
    /// Where the words of a test begin; right of the plot, or below it.
    test: f64,
    right: f64,
}

impl Layout {
    /// Beside the plots stand names and tests, in a narrower figure the tests alone, and nothing in one
    /// as narrow as a column of a journal.
    fn new(canvas: &Canvas) -> Self {
        let right = canvas.width() - MARGIN;
        let has_room = |left: f64| right - left - PLOT - 6.0 >= TEST;
        let is_above = !has_room(MARGIN + NAMES + TICKS);
        let (left, names) = if is_above {
            (MARGIN + TICKS, right - MARGIN)
        } else {
            (MARGIN + NAMES + TICKS, NAMES)
        };
        let (until, test) = if has_room(left) {
            (left + PLOT, left + PLOT + 6.0)
        } else {
            (right, left)
        };
        Self {
            names,
            is_above,
            plot: (left, until),
            test,
            right,
        }
    }

    /// Do tests stand below the plots?
    fn is_below(&self) -> bool {
        self.test < self.plot.1
    }

    /// Where a period stands.
    fn stand(&self, place: usize) -> f64 {
        self.plot.0 + (self.plot.1 - self.plot.0) * STANDS[place]
    }
}

/// An indicator at one of its ends.
struct End {
    value: Option<f64>,
    limits: Option<(f64, f64)>,
    /// What stands beside the point.
    beside: Vec<String>,
    /// The same in a sentence.
    said: String,
}

fn draw(reader: &Reader<'_>, canvas: &mut Canvas) -> Result<Drawn> {
    reader.column("indicator")?;
    if reader.table.rows.is_empty() {
        return nothing::draw(canvas, reader);
    }
    let layout = Layout::new(canvas);
    let mut top = head(reader, canvas, &layout)?;
    let mut sentences = Vec::new();
    for row in 0..reader.table.rows.len() {
        let ends = [end(reader, row, "first")?, end(reader, row, "last")?];
        let said = sentence(reader, row, &ends)?;
        let name = reader.words(row, "indicator")?;
        let mut bottom = top;
        canvas.group("trend", &said, &[("indicator", &name)], |canvas| {
            bottom = indicator(reader, canvas, &layout, (row, top), &ends)?;
            Ok(())
        })?;
        sentences.push(said);
        canvas.reach(bottom + 3.0);
        top = bottom + GAP;
    }
    Ok(Drawn {
        description: sentences.join(" "),
        key: reader.say(&Label::new(
            "Every indicator has its own scale from zero; a point is its value in the first and in the last period, a standing line the interval (of a median between two roles: both), n the number of mediations. The line between them joins two periods and says nothing of those between; the test does. Of roles, each line is a step of their scale.",
            "Әр көрсеткіштің нөлден басталатын өз шкаласы бар; нүкте – бірінші және соңғы кезеңдегі мәні, тік сызық – аралығы (екі рөл арасындағы медиана үшін: екеуі), n – медиациялар саны. Араларындағы сызық екі кезеңді ғана қосады, аралықтағы кезеңдер туралы сынақ айтады. Рөлдерде әр сызық – шкала сатысы.",
            "У каждого показателя своя шкала от нуля; точка – значение в первом и в последнем периоде, вертикальная линия – интервал (для медианы между двумя ролями: обе), n – число посредничеств. Линия соединяет два периода и ничего не говорит о промежуточных; о них говорит критерий. У ролей каждая линия – ступень шкалы.",
        )),
    })
}

/// Writes the names of the two periods and of the column of tests; returns the upper edge of the
/// first indicator.
fn head(reader: &Reader<'_>, canvas: &mut Canvas, layout: &Layout) -> Result<f64> {
    let style = Type::of(theme::SMALL).bold().colour(MUTED);
    let middle = style.anchor(Anchor::Middle);
    let first = canvas.height() + 6.0 + style.size;
    let room = layout.stand(1) - layout.stand(0) - 6.0;
    let mut bottom = first;
    for (place, name) in ENDS.iter().enumerate() {
        // "First period: 1991–1999" is read as a heading and its name.
        let heading = reader.heading(name);
        let parts = heading.split(": ");
        let lines: Vec<String> = parts.flat_map(|part| style.wrap(part, room)).collect();
        let after = canvas.lines(layout.stand(place), first, &lines, &middle)?;
        bottom = bottom.max(after - style.leading());
    }
    if !layout.is_below() {
        canvas.text(layout.test, first, &reader.heading("test"), &style)?;
    }
    let edge = bottom + 4.0;
    let line = Paint::line(GRID, 0.5);
    canvas.line((MARGIN, edge), (layout.right, edge), &line);
    Ok(edge + GAP)
}

fn number(reader: &Reader<'_>, row: usize, column: &str) -> Result<Option<f64>> {
    Ok(match reader.cell(row, column)? {
        Cell::Number(number) | Cell::Probability(number) => Some(*number),
        _ => None,
    })
}

fn end(reader: &Reader<'_>, row: usize, which: &str) -> Result<End> {
    let part = |part: &str| number(reader, row, &format!("{which}_{part}"));
    let (value, low, high) = (reader.number(row, which)?, part("low")?, part("high")?);
    let n = format!("n={}", reader.words(row, &format!("{which}_n"))?);
    let cell = reader.cell(row, which)?;
    let said = reader.say(&words::cell(cell));
    let beside = match (cell, value) {
        (Cell::Share(share), Some(value)) => {
            vec![words::counts(share), reader.say(&percent(value))]
        }
        (Cell::Share(share), None) => vec![words::counts(share), "–".to_owned()],
        (_, Some(value)) if reader.cell(row, "measure")?.code() == Some("rate") => {
            vec![reader.say(&decimal(value, 2)), n]
        }
        _ => vec![said.clone(), n],
    };
    Ok(End {
        value,
        limits: low.zip(high),
        beside,
        said,
    })
}

/// Draws an indicator from `top`; returns its lower edge.
fn indicator(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    layout: &Layout,
    (row, top): (usize, f64),
    ends: &[End; 2],
) -> Result<f64> {
    let name = Type::of(theme::BODY).bold();
    let small = Type::of(theme::SMALL).colour(MUTED);
    let first = top + name.size * text::CAP_HEIGHT;
    let lines = name.wrap(&reader.words(row, "indicator")?, layout.names);
    let mut bottom = canvas.lines(MARGIN, first, &lines, &name)? - name.leading();
    let top = if layout.is_above { bottom + CLEAR } else { top };
    let limits = ends.iter().filter_map(|end| Some(end.limits?.1));
    let highest = limits.fold(0.0, f64::max);
    let (ticks, most) = scale(reader, row, highest)?;
    let (left, right) = layout.plot;
    let plot = Rect::new(left, top, right - left, HEIGHT);
    let panel = Panel::new(plot, 0.0..1.0, 0.0..most);
    for (place, (value, words)) in ticks.iter().enumerate() {
        let (colour, width) = if place == 0 {
            (MUTED, 0.6)
        } else {
            (FAINT, 0.5)
        };
        panel.rules(canvas, &[*value], colour, width)?;
        let baseline = panel.y(*value) + small.size * text::CAP_HEIGHT / 2.0;
        canvas.text(left - 4.0, baseline, words, &small.anchor(Anchor::End))?;
    }
    slope(canvas, &panel, layout, ends)?;
    let outer = Type::of(theme::BODY);
    for (place, end) in ends.iter().enumerate() {
        let stand = layout.stand(place);
        let (x, anchor, room) = match place {
            0 => (stand - 6.0, Anchor::End, stand - left - 8.0),
            _ => (stand + 6.0, Anchor::Start, right - stand - 8.0),
        };
        let style = outer.anchor(anchor);
        let mut lines: Vec<(String, Type)> = Vec::new();
        for (position, words) in end.beside.iter().enumerate() {
            let style = if position == 0 {
                style
            } else {
                small.anchor(anchor)
            };
            let wrapped = text::wrap_at_most(words, style.size, style.weight, room, 3);
            lines.extend(wrapped.into_iter().map(|line| (line, style)));
        }
        let high: f64 = lines.iter().map(|(_, style)| style.leading()).sum();
        let middle = panel.y(end.value.unwrap_or(0.0));
        let upper = (middle - high / 2.0)
            .min(plot.bottom() - high - 1.0)
            .max(top - 6.0);
        let mut baseline = upper;
        for (line, style) in lines {
            baseline += style.leading();
            canvas.text(x, baseline - 1.6, &line, &style)?;
        }
    }
    bottom = bottom.max(plot.bottom());
    let first = if layout.is_below() {
        bottom + name.size + 4.0
    } else {
        top + name.size * text::CAP_HEIGHT
    };
    let after = test(reader, canvas, row, (layout, first))?;
    Ok(bottom.max(after))
}

/// The ticks of the scale of an indicator and its top: what the table says, or what its values reach.
fn scale(reader: &Reader<'_>, row: usize, highest: f64) -> Result<(Vec<(f64, String)>, f64)> {
    let most = number(reader, row, "most")?;
    Ok(match (reader.cell(row, "measure")?.code(), most) {
        (Some("share"), Some(most)) => {
            let words = |tick| reader.say(&percent(tick));
            let ticks = [0.0, 0.5, 1.0].map(|part| (part * most, words(part * most)));
            (ticks.into(), most)
        }
        // Ranks have names and no numbers: a line each.
        (_, Some(most)) => {
            let mut ticks = Vec::new();
            let mut rank = 0.0;
            while rank <= most {
                ticks.push((rank, String::new()));
                rank += 1.0;
            }
            (ticks, most.max(1.0))
        }
        (_, None) => {
            let (ticks, decimals) = rates::ticks(highest);
            let most = ticks.last().copied().unwrap_or(1.0);
            let words = |tick| reader.say(&decimal(tick, decimals));
            (
                ticks.into_iter().map(|tick| (tick, words(tick))).collect(),
                most,
            )
        }
    })
}

fn slope(canvas: &mut Canvas, panel: &Panel, layout: &Layout, ends: &[End; 2]) -> Result<()> {
    if let [Some(first), Some(last)] = [ends[0].value, ends[1].value] {
        let way = vec![(STANDS[0], first), (STANDS[1], last)];
        panel.line(canvas, way, ACCENT, 1.4)?;
    }
    for (place, end) in ends.iter().enumerate() {
        let x = layout.stand(place);
        if let Some((low, high)) = end.limits {
            let line = Paint::line(INK, 0.7);
            marks::interval(canvas, x, panel.y(low), panel.y(high), 2.0, &line);
        }
        if let Some(value) = end.value {
            let paint = Paint::fill(ACCENT).outlined(PAPER, 0.6);
            Shape::at(0).draw(canvas, x, panel.y(value), 5.4, &paint);
        }
    }
    Ok(())
}

/// Writes the test and what it says; returns the lower edge.
fn test(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    row: usize,
    (layout, first): (&Layout, f64),
) -> Result<f64> {
    let (strong, small) = (Type::of(theme::BODY), Type::of(theme::SMALL).colour(MUTED));
    let (x, room) = (layout.test, layout.right - layout.test);
    let words = strong.wrap(&reader.words(row, "in_words")?, room);
    let after = canvas.lines(x, first, &words, &strong)?;
    let lines = small.wrap(&tested(reader, row)?, room);
    let after = canvas.lines(x, after, &lines, &small)?;
    Ok(after - small.leading() + 2.0)
}

/// The test, its p and how many mediations it rests on: `Cochran-Armitage, exact: p = 0.326, n = 17`.
fn tested(reader: &Reader<'_>, row: usize) -> Result<String> {
    let p = match number(reader, row, "p")? {
        // `<0.001` has its sign.
        Some(p) if p < 0.0005 => format!("p\u{a0}{}, ", reader.words(row, "p")?),
        Some(_) => format!("p\u{a0}=\u{a0}{}, ", reader.words(row, "p")?),
        None => String::new(),
    };
    let (test, n) = (reader.words(row, "test")?, reader.words(row, "n")?);
    Ok(format!("{test}: {p}n\u{a0}=\u{a0}{n}"))
}

/// An indicator as a sentence.
fn sentence(reader: &Reader<'_>, row: usize, ends: &[End; 2]) -> Result<String> {
    let [first, last] = ends;
    Ok(format!(
        "{}: {} – {}; {} – {}; {}: {}.",
        reader.words(row, "indicator")?,
        reader.heading("first"),
        first.said,
        reader.heading("last"),
        last.said,
        tested(reader, row)?,
        reader.words(row, "in_words")?,
    ))
}
