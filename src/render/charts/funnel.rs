//! How far engagements came: a bar per stage, parted into those that came so far, those that ended
//! before, and those of which that is not known.
//!
//! Each bar is as long as the solid part of the one above it, so that nobody is lost between them. In a
//! narrow figure the name of a stage and its shares stand above its bar.

use super::{ChartSpec, Drawn};
use crate::error::Result;
use crate::model::label::Label;
use crate::model::measure::percent;
use crate::render::canvas::axis::Panel;
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type, text};
use crate::render::figure::MARGIN;
use crate::render::pieces::above::{self, Above};
use crate::render::pieces::groups::percentage;
use crate::render::pieces::key::{self, Key, Sign};
use crate::render::pieces::read::Reader;
use crate::render::pieces::{forest, nothing, shares};
use crate::render::theme::{self, ACCENT, ACCENT_PALE, FAINT, MUTED, PAPER, precise, real};
use crate::render::words;

/// How far engagements came.
pub static SPEC: ChartSpec = ChartSpec {
    name: "funnel",
    of: "funnel",
    title: Label::new(
        "Stages of engagements",
        "Араласу сатылары",
        "Ступени участия",
    ),
    draw,
};

/// The parts of a bar: the column of the table, and how it looks.
const PARTS: [(&str, Paint); 3] = [
    ("cases", Paint::fill(ACCENT)),
    ("ended", Paint::fill(ACCENT_PALE)),
    (
        "unknown",
        Paint::fill(PAPER).outlined(MUTED, 0.6).dashed("1.5 1.2"),
    ),
];

const LABELS: f64 = 96.0;
const GUTTER: f64 = 12.0;
const BAR: f64 = 10.0;
/// Bars shorter than this are given the room of the names.
const SHORTEST: f64 = 110.0;
/// The distance of a bar from the line above it.
const DROP: f64 = 3.4;
/// The width of the axis of shares of all.
const AXIS: f64 = 74.0;

const NAME: Type = Type::of(theme::BODY).tight();
const NOTE: Type = Type::of(theme::SMALL).colour(MUTED).tight();
const HEAD: Type = Type::of(theme::SMALL).bold().tight();
const NUMBER: Type = Type::of(theme::BODY).anchor(Anchor::End);

/// Where the columns are: the right sides of counts and percentages, and the axes between.
struct Layout {
    bars: (f64, f64),
    /// The shares of the stage before.
    before: (f64, f64),
    axis: (f64, f64),
    /// The shares of all.
    all: (f64, f64),
    /// The lines of names and shares, where they stand above the bars.
    above: Option<Above>,
}

/// A stage with its place on the figure.
struct Stage {
    name: Vec<String>,
    /// The cases, the ended and the unknown.
    parts: [u64; 3],
    note: Vec<String>,
    /// The baseline of the first line of its name.
    first: f64,
    /// The baseline of its shares.
    numbers: f64,
    /// The upper edge of its bar.
    bar: f64,
    bottom: f64,
}

impl Stage {
    /// From where to where the rules of axes run beside its bar in a figure that is parted by lines.
    fn band(&self) -> (f64, f64) {
        (self.bar - 1.0, self.bar + BAR + 1.0)
    }
}

fn draw(reader: &Reader<'_>, canvas: &mut Canvas) -> Result<Drawn> {
    let counts = (0..reader.table.rows.len())
        .map(|row| parts(reader, row))
        .collect::<Result<Vec<_>>>()?;
    let Some(most) = counts.first().map(|parts| parts[0]).filter(|n| *n > 0) else {
        return nothing::draw(canvas, reader);
    };
    let layout = Layout::new(canvas, reader)?;
    let top = layout.head(canvas, reader)?;
    let mut stages: Vec<Stage> = Vec::new();
    let mut next = top + 4.0;
    for (row, parts) in counts.into_iter().enumerate() {
        let stage = layout.stage(reader, row, parts, next)?;
        next = stage.bottom;
        stages.push(stage);
    }
    let panel = |(left, right): (f64, f64), most: f64| {
        let rect = Rect::new(left, top, right - left, next - top);
        Panel::new(rect, 0.0..most, 0.0..1.0)
    };
    let (bars, axis) = (panel(layout.bars, precise(most)), panel(layout.axis, 1.0));
    let bands: Vec<(f64, f64)> = if layout.above.is_some() {
        stages.iter().map(Stage::band).collect()
    } else {
        vec![(top, next)]
    };
    forest::ground(canvas, reader, &axis, &[0.0, 0.5, 1.0], false, &bands)?;
    for (stage, after) in stages.iter().zip(stages.iter().skip(1)) {
        let left = bars.x(0.0);
        let wide = bars.x(precise(stage.parts[0])) - left;
        let top = stage.bar + BAR;
        let rect = Rect::new(left, top, wide, after.bar - top);
        canvas.rect(rect, &Paint::fill(FAINT));
    }
    for (row, stage) in stages.iter().enumerate() {
        draw_stage(canvas, reader, (&bars, &axis), &layout, (row, stage))?;
    }
    let (left, _) = layout.bars;
    for (top, bottom) in bands {
        canvas.line((left, top), (left, bottom), &Paint::line(MUTED, 0.6));
    }
    let keys = [Key {
        heading: String::new(),
        entries: signs(reader, &stages),
    }];
    let edge = canvas.width() - MARGIN;
    let bottom = key::draw(canvas, MARGIN, edge, canvas.height() + 5.0, &keys)?;
    canvas.reach(bottom);
    Ok(Drawn {
        description: describe(reader, &stages)?,
        key: reader.say(&Label::new(
            "A bar is as long as the solid part of the bar above it. Points are shares of all engagements of which every step so far is known, lines their intervals; 3/7 means three of seven.",
            "Жолақ үстіндегі жолақтың тұтас бөлігіндей ұзын. Нүктелер – осыған дейінгі барлық қадамы белгілі араласулардан үлестер, сызықтар – олардың аралықтары; 3/7 – жетеуден үшеу.",
            "Полоса так же длинна, как сплошная часть полосы над ней. Точки – доли от всех участий, для которых известны все шаги до этого, линии – их интервалы; 3/7 – три из семи.",
        )),
    })
}

fn parts(reader: &Reader<'_>, row: usize) -> Result<[u64; 3]> {
    let mut parts = [0; 3];
    for (part, (column, _)) in parts.iter_mut().zip(PARTS) {
        *part = reader.count(row, column)?.unwrap_or(0);
    }
    Ok(parts)
}

/// The parts of a bar in words: those that occur, and how many came so far in any case.
fn note(reader: &Reader<'_>, parts: [u64; 3]) -> String {
    let held = PARTS.iter().zip(parts).enumerate();
    let words = held
        .filter(|(place, (_, count))| *place == 0 || *count > 0)
        .map(|(_, ((column, _), count))| format!("{} {count}", reader.heading(column)));
    words.collect::<Vec<_>>().join(" · ")
}

impl Layout {
    fn new(canvas: &Canvas, reader: &Reader<'_>) -> Result<Self> {
        // What the counts, the percentages and the heading of a column of shares need.
        let widths = |name: &str| -> Result<(f64, f64, f64)> {
            let (mut counts, mut values) = (0.0_f64, 0.0_f64);
            for row in 1..reader.table.rows.len() {
                if let Some(share) = reader.share(row, name)? {
                    counts = counts.max(NUMBER.width(&words::counts(share)));
                    values = values.max(NUMBER.width(&percentage(reader, share)));
                }
            }
            let heading = reader.heading(name);
            let word = text::longest_word(&heading, HEAD.size, HEAD.weight);
            Ok((counts, values, (counts + 5.0 + values).max(word.min(60.0))))
        };
        let (_, values, wide) = widths("of_all")?;
        let right = canvas.width() - MARGIN;
        let all = (right - values - 5.0, right);
        let half = NOTE.width(&reader.say(&percent(1.0))) / 2.0;
        let right = right - wide - half - 6.0;
        let axis = (right - AXIS, right);
        let (_, values, wide) = widths("of_before")?;
        let right = axis.0 - half - 6.0;
        let before = (right - values - 5.0, right);
        let left = MARGIN + LABELS + GUTTER;
        let bars = (left, right - wide - GUTTER);
        if bars.1 - bars.0 >= SHORTEST {
            return Ok(Self {
                bars,
                before,
                axis,
                all,
                above: None,
            });
        }
        let mut columns = Vec::new();
        for name in ["of_before", "of_all"] {
            let (counts, values, _) = widths(name)?;
            columns.push(above::Column {
                words: reader.heading(name),
                width: counts + 5.0 + values,
                sign: 0.0,
            });
        }
        let above = Above::new(canvas, columns);
        let right = canvas.width() - MARGIN;
        let (before, all) = (before.1 - before.0, all.1 - all.0);
        let axis = (right - half - AXIS, right - half);
        Ok(Self {
            // The bars keep clear of numbers, since their shade reaches up to the next bar.
            bars: (MARGIN, above.names().min(axis.0 - half - 6.0)),
            before: (above.right(0) - before, above.right(0)),
            axis,
            all: (right - all, right),
            above: Some(above),
        })
    }

    /// A stage that begins at `top`.
    fn stage(&self, reader: &Reader<'_>, row: usize, parts: [u64; 3], top: f64) -> Result<Stage> {
        let cap = NAME.size * text::CAP_HEIGHT;
        let words = reader.words(row, "stage")?;
        // A part stays on one line.
        let note = note(reader, parts).replace(' ', "\u{a0}");
        let note = note.replace("\u{a0}·\u{a0}", " · ");
        let high = |note: &[String]| BAR + 2.0 + real(note.len()) * NOTE.leading();
        if let Some(above) = &self.above {
            let style = NAME.bold();
            // All engagements have no shares beside their name.
            let name = if row == 0 {
                style.wrap(&words, self.all.1 - MARGIN)
            } else {
                above.lines(&words, &style, MARGIN)
            };
            let note = NOTE.wrap(&note, self.all.1 - MARGIN - 3.0);
            let first = top + cap + 1.0;
            let numbers = first + NAME.leading() * (real(name.len()) - 1.0);
            let bar = numbers + DROP;
            return Ok(Stage {
                bottom: bar + high(&note) + 7.0,
                name,
                parts,
                note,
                first,
                numbers,
                bar,
            });
        }
        let name = NAME.wrap(&words, LABELS);
        let note = NOTE.wrap(&note, self.bars.1 - self.bars.0);
        let lines = real(name.len()) * NAME.leading();
        let numbers = top + BAR / 2.0 + cap / 2.0;
        Ok(Stage {
            bottom: top + lines.max(high(&note)) + 7.0,
            name,
            parts,
            note,
            first: numbers,
            numbers,
            bar: top,
        })
    }

    /// Writes the headings of the shares; returns their lower edge.
    fn head(&self, canvas: &mut Canvas, reader: &Reader<'_>) -> Result<f64> {
        let edge = canvas.width() - MARGIN;
        let rule = |canvas: &mut Canvas, y: f64| {
            canvas.line((MARGIN, y), (edge, y), &Paint::line(FAINT, 0.6));
            y
        };
        if let Some(above) = &self.above {
            let last = above.head(canvas, |_, _, _| {})?;
            return Ok(rule(canvas, last + 4.0));
        }
        let (_, bars) = self.bars;
        let left = bars + GUTTER;
        let columns = [
            ("of_before", self.before.1, self.before.1 - left),
            ("of_all", self.all.1, self.all.1 - self.axis.0),
        ];
        let wrapped = columns.map(|(name, right, room)| {
            let lines = HEAD.wrap(&reader.heading(name), room + 0.5);
            (right, lines)
        });
        let most = wrapped.iter().map(|(_, lines)| lines.len()).max();
        let top = canvas.height() + 4.0;
        let last = top + HEAD.size + HEAD.leading() * (real(most.unwrap_or(1)) - 1.0);
        for (right, lines) in &wrapped {
            let first = last - HEAD.leading() * (real(lines.len()) - 1.0);
            canvas.lines(*right, first, lines, &HEAD.anchor(Anchor::End))?;
        }
        Ok(rule(canvas, last + 4.0))
    }
}

fn draw_stage(
    canvas: &mut Canvas,
    reader: &Reader<'_>,
    (bars, axis): (&Panel, &Panel),
    layout: &Layout,
    (row, stage): (usize, &Stage),
) -> Result<()> {
    let middle = stage.bar + BAR / 2.0;
    let baseline = stage.numbers;
    let name = reader.words(row, "stage")?;
    let code = reader.key(row, "stage")?;
    canvas.lines(MARGIN, stage.first, &stage.name, &NAME.bold())?;
    let mut before = 0;
    for ((column, paint), count) in PARTS.iter().zip(stage.parts) {
        if count == 0 {
            continue;
        }
        let (left, right) = (bars.x(precise(before)), bars.x(precise(before + count)));
        before += count;
        let tooltip = format!("{name}; {}: {count}", reader.heading(column));
        let data = [("stage", code.as_str()), ("part", *column)];
        canvas.group("count", &tooltip, &data, |canvas| {
            canvas.rect(Rect::new(left, stage.bar, right - left, BAR), paint);
            Ok(())
        })?;
    }
    let first = stage.bar + BAR + 2.0 + NOTE.size;
    canvas.lines(layout.bars.0 + 3.0, first, &stage.note, &NOTE)?;
    // That every engagement is an engagement is no news.
    for (column, ends) in [("of_before", layout.before), ("of_all", layout.all)] {
        let (Some(share), true) = (reader.share(row, column)?, row > 0) else {
            continue;
        };
        let spoken = shares::words(reader, share);
        let tooltip = format!("{name}; {}: {spoken}", reader.heading(column));
        let data = [("stage", code.as_str()), ("of", column)];
        canvas.group("share", &tooltip, &data, |canvas| {
            if column == "of_all" {
                forest::draw(canvas, axis, middle, share, forest::point(0));
            }
            canvas.text(ends.0, baseline, &words::counts(share), &NUMBER)?;
            let value = percentage(reader, share);
            canvas.text(ends.1, baseline, &value, &NUMBER)
        })?;
    }
    canvas.reach(stage.bottom);
    Ok(())
}

/// The parts that occur.
fn signs(reader: &Reader<'_>, stages: &[Stage]) -> Vec<(Sign, String)> {
    let occurs = |place: usize| stages.iter().any(|stage| stage.parts[place] > 0);
    let held = PARTS.iter().enumerate().filter(|(place, _)| occurs(*place));
    held.map(|(_, (column, paint))| (Sign::Bar(*paint), reader.heading(column)))
        .collect()
}

/// The stages in sentences.
fn describe(reader: &Reader<'_>, stages: &[Stage]) -> Result<String> {
    let mut sentences = Vec::new();
    for (row, stage) in stages.iter().enumerate() {
        let mut said = vec![note(reader, stage.parts).replace(" · ", "; ")];
        for column in ["of_before", "of_all"] {
            if let (Some(share), true) = (reader.share(row, column)?, row > 0) {
                let words = shares::words(reader, share);
                said.push(format!("{} {words}", reader.heading(column)));
            }
        }
        let name = reader.words(row, "stage")?;
        sentences.push(format!("{name}: {}.", said.join("; ")));
    }
    Ok(sentences.join(" "))
}
