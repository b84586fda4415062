//! The specification curve: every number under every way of asking, and which decision moves it.
//!
//! Each number has a panel and a scale of its own, since a count and a share have none in common.
//! Below its curve stands a row for each kind of decision, with a stroke under each run: those that
//! move the number stand at the sides, those that do not run together in the middle.

mod curve;

use super::{ChartSpec, Drawn};
use crate::error::Result;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::render::canvas::axis::Panel;
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type, marks, text};
use crate::render::figure::MARGIN;
use crate::render::pieces::nothing;
use crate::render::pieces::read::Reader;
use crate::render::theme::{self, ACCENT, FAINT, GRID, INK, MUTED, PAPER, real};
use curve::{Curve, Run, Side};

/// The specification curve.
pub static SPEC: ChartSpec = ChartSpec {
    name: "specifications",
    of: "specifications",
    title: Label::new(
        "Numbers under every way of asking",
        "Әр сұрау тәсіліндегі сандар",
        "Числа при каждом способе спросить",
    ),
    draw,
};

/// The height of a curve.
const CURVE: f64 = 40.0;
/// The height of a row of the matrix.
const ROW: f64 = 8.0;
/// The room for ticks left of a panel.
const TICKS: f64 = 26.0;
/// The distance between what stands beside or below each other.
const GAP: f64 = 7.0;
/// The width from which on a panel may stand beside two others.
const ENOUGH: f64 = 90.0;

/// A kind of decision and how many runs take it otherwise.
struct Group {
    place: usize,
    code: String,
    words: String,
    label: String,
}

/// Where the panels stand.
struct Layout {
    labels: f64,
    panel: f64,
    across: usize,
}

impl Layout {
    /// Three panels in a line where they are wide enough, else two.
    fn new(canvas: &Canvas, labels: f64, panels: usize) -> Self {
        let room = canvas.width() - 2.0 * MARGIN - labels;
        let width = |across: usize| (room + GAP) / real(across) - TICKS - GAP;
        let most = if width(3) < ENOUGH { 2 } else { 3 };
        let across = panels.min(most);
        Self {
            labels,
            panel: width(across),
            across,
        }
    }

    /// The lines that a farthest run is named in, at most: what it gives must stand there.
    fn named(&self) -> usize {
        match self.panel {
            narrow if narrow < ENOUGH => 4,
            middle if middle < 1.5 * ENOUGH => 3,
            _ => 2,
        }
    }

    fn left(&self, column: usize) -> f64 {
        MARGIN + self.labels + TICKS + real(column) * (self.panel + GAP + TICKS)
    }
}

/// The words of a panel.
struct Words {
    name: Vec<String>,
    asked: Vec<String>,
    highest: Vec<String>,
    lowest: Vec<String>,
}

/// The heights that the panels of a line share, in points.
struct Line {
    name: f64,
    asked: f64,
    highest: f64,
    lowest: f64,
}

fn draw(reader: &Reader<'_>, canvas: &mut Canvas) -> Result<Drawn> {
    let curves = Curve::all(reader)?;
    let groups = groups(reader)?;
    if groups.is_empty() || curves.is_empty() {
        return nothing::say(canvas, reader.say(&NO_OTHER));
    }
    let small = Type::of(theme::SMALL);
    let widest = groups.iter().map(|group| small.width(&group.label));
    let labels = widest.fold(40.0, f64::max).min(108.0) + 2.0;
    let layout = Layout::new(canvas, labels, curves.len());
    let mut top = canvas.height() + 5.0;
    for line in curves.chunks(layout.across) {
        let said: Vec<Words> = line
            .iter()
            .map(|curve| words(reader, &layout, curve))
            .collect::<Result<_>>()?;
        let bold = Type::of(theme::BODY).bold();
        let most = |lines: fn(&Words) -> usize, style: Type| {
            let lines = said.iter().map(lines).max().unwrap_or(0);
            real(lines) * style.leading()
        };
        let heights = Line {
            name: most(|words| words.name.len(), bold),
            asked: most(|words| words.asked.len(), small),
            highest: most(|words| words.highest.len(), small),
            lowest: most(|words| words.lowest.len(), small),
        };
        let mut bottom = top;
        for (place, (curve, words)) in line.iter().zip(&said).enumerate() {
            let matrix = head(canvas, &layout, place, top, (words, &heights))?;
            let curve_top = matrix - heights.lowest - CURVE - 3.0;
            let rect = Rect::new(layout.left(place), curve_top, layout.panel, CURVE);
            bottom = panel(reader, canvas, (curve, &groups), rect, matrix)?;
        }
        name_rows(canvas, &layout, &groups, bottom)?;
        canvas.reach(bottom + 2.0);
        top = bottom + GAP + 3.0;
    }
    Ok(Drawn {
        description: describe(reader, &curves)?,
        key: reader.say(&KEY),
    })
}

const KEY: Label = Label::new(
    "Each dot is a run, in ascending order; the dashed line is the value as asked. A stroke in a row below shows what that run changed: left of the middle it lowers the number, right of it it raises it, and in the pale middle the number stays the same. Hollow strokes at the far right are runs that give no value. Every number has its own scale, from 0; small steps are the scale of roles.",
    "Әр нүкте — бір есептеу, өсу ретімен; үзік сызық — сұралғандағы мән. Төмендегі жолдағы штрих сол есептеуде не өзгергенін көрсетеді: ортадан сол жақта сан төмендейді, оң жақта артады, бозғылт ортада өзгермейді. Оң жақ шеттегі қуыс штрихтар — мән бермейтін есептеулер. Әр санның шкаласы өз алдына, 0-ден басталады; кіші баспалдақтар — рөлдер шкаласы.",
    "Каждая точка — прогон, по возрастанию; пунктир — значение, как спрошено. Штрих в строке ниже показывает, что изменил этот прогон: слева от середины число ниже, справа выше, в бледной середине не меняется. Полые штрихи справа — прогоны без значения. У каждого числа своя шкала, от 0; ступеньки — шкала ролей.",
);

const NO_OTHER: Label = Label::new(
    "There is no other way of asking.",
    "Басқаша сұрау тәсілі жоқ.",
    "Другого способа спросить нет.",
);

/// What is changed in some run, with the number of its runs.
fn groups(reader: &Reader<'_>) -> Result<Vec<Group>> {
    let codes = &reader.column("changed")?.codes;
    let small = Type::of(theme::SMALL);
    let mut counts = vec![0_usize; codes.len()];
    for row in 0..reader.table.rows.len() {
        let code = reader.cell(row, "changed")?.code();
        if let Some(place) = codes
            .iter()
            .position(|(known, _)| Some(known.as_str()) == code)
        {
            counts[place] += 1;
        }
    }
    let held = codes.iter().zip(counts).enumerate();
    let held = held.filter(|(_, (_, count))| *count > 0);
    Ok(held
        .map(|(place, ((code, label), count))| {
            let words = reader.say(label);
            let number = format!(" ({count})");
            let room = 108.0 - small.width(&number);
            let short = text::shorten(&words, small.size, small.weight, room);
            Group {
                place,
                code: code.clone(),
                label: short + &number,
                words,
            }
        })
        .collect())
}

fn words(reader: &Reader<'_>, layout: &Layout, curve: &Curve<'_>) -> Result<Words> {
    let room = layout.panel + TICKS;
    let small = Type::of(theme::SMALL);
    let held = |side| -> Result<Vec<String>> {
        let words = reader.say(&curve.reach(reader, side)?);
        let (size, weight) = (small.size, small.weight);
        Ok(text::wrap_at_most(
            &words,
            size,
            weight,
            layout.panel,
            layout.named(),
        ))
    };
    let asked = reader.say(&curve.asked());
    Ok(Words {
        name: Type::of(theme::BODY)
            .bold()
            .wrap(&reader.say(&curve.column.label), room),
        asked: small.wrap(&asked, room),
        highest: held(Side::Higher)?,
        lowest: held(Side::Lower)?,
    })
}

/// Writes what stands above and below a curve; returns the upper edge of its matrix.
fn head(
    canvas: &mut Canvas,
    layout: &Layout,
    place: usize,
    top: f64,
    (words, heights): (&Words, &Line),
) -> Result<f64> {
    let (left, right) = (layout.left(place), layout.left(place) + layout.panel);
    let start = left - TICKS;
    let bold = Type::of(theme::BODY).bold();
    let small = Type::of(theme::SMALL);
    canvas.lines(start, top + bold.size, &words.name, &bold)?;
    let mut next = top + heights.name + 1.0;
    canvas.lines(start, next + small.size, &words.asked, &small.colour(MUTED))?;
    next += heights.asked + 1.5;
    let spare = heights.highest - real(words.highest.len()) * small.leading();
    let high = small.anchor(Anchor::End);
    canvas.lines(right, next + spare + small.size, &words.highest, &high)?;
    next += heights.highest + 3.0 + CURVE;
    canvas.lines(left, next + small.size + 2.0, &words.lowest, &small)?;
    Ok(next + heights.lowest + 3.0)
}

/// Draws a curve and its matrix; returns the lower edge.
fn panel(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    (curve, groups): (&Curve<'_>, &[Group]),
    rect: Rect,
    matrix: f64,
) -> Result<f64> {
    let without = curve.count(Side::Without);
    let apart = if without > 0 { 5.0 } else { 0.0 };
    let step = (rect.width - apart) / real(curve.runs.len().max(1));
    let x = |place: usize, run: &Run| {
        rect.x + step * real(place) + f64::from(u8::from(run.side == Side::Without)) * apart
    };
    let ticks = curve.ticks();
    let most = ticks.last().copied().unwrap_or(1.0);
    let panel = Panel::new(rect, 0.0..1.0, 0.0..most);
    axis(reader, canvas, &panel, curve, &ticks)?;
    let bottom = matrix + ROW * real(groups.len());
    for (place, _) in groups
        .iter()
        .enumerate()
        .filter(|(place, _)| place % 2 == 0)
    {
        let top = matrix + ROW * real(place);
        canvas.rect(Rect::new(rect.x, top, rect.width, ROW), &Paint::fill(FAINT));
    }
    let size = (step * 0.8).clamp(1.2, 3.0);
    let farthest = [Side::Lower, Side::Higher].map(|side| Some(curve.farthest(side)?.0.row));
    let mut place = 0;
    while place < curve.runs.len() {
        let run = &curve.runs[place];
        let is_alike = |other: &&Run| {
            other.group == run.group && other.side == run.side && run.side == Side::Same
        };
        // Runs that leave the number as it is run together; every other one is a mark of its own.
        let together = curve.runs[place..]
            .iter()
            .take_while(is_alike)
            .count()
            .max(1);
        let Some(row) = groups.iter().position(|group| group.place == run.group) else {
            place += together;
            continue;
        };
        let group = &groups[row];
        let (first, wide) = (x(place, run), step * real(together));
        let stroke = wide - (step * 0.25).min(0.8);
        let top = matrix + ROW * real(row) + 1.2;
        let stroke = Rect::new(first, top, stroke.max(0.8), ROW - 2.4);
        let (paint, colour) = match run.side {
            Side::Lower | Side::Higher => (Paint::fill(ACCENT), ACCENT),
            Side::Same => (Paint::fill(GRID), MUTED),
            Side::Without => (Paint::fill(PAPER).outlined(MUTED, 0.4), MUTED),
        };
        let tooltip = if together > 1 {
            format!("{}: {together}", group.words)
        } else {
            let value = run.value.map(|value| reader.say(&curve.words(value)));
            let value = value.unwrap_or_else(|| "–".to_owned());
            format!("{}: {value}", reader.words(run.row, "how")?)
        };
        let data = [
            ("changed", group.code.as_str()),
            ("quantity", &curve.column.name),
        ];
        canvas.group("run", &tooltip, &data, |canvas| {
            if let Some(value) = run.value {
                let is_farthest = farthest.contains(&Some(run.row));
                let colour = if is_farthest { INK } else { colour };
                for along in 0..together {
                    let centre = first + step * (real(along) + 0.5);
                    canvas.circle(centre, panel.y(value), size / 2.0, &Paint::fill(colour));
                }
            }
            canvas.rect(stroke, &paint);
            Ok(())
        })?;
        place += together;
    }
    Ok(bottom)
}

/// Draws the lines of the axis and the value as asked; a tick that would touch its number has none.
fn axis(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    panel: &Panel,
    curve: &Curve<'_>,
    ticks: &[f64],
) -> Result<()> {
    let rect = panel.rect();
    let style = Type::of(theme::SMALL).anchor(Anchor::End);
    let lift = style.size * text::CAP_HEIGHT / 2.0;
    let is_scale = curve.column.measure == Measure::Ordinal;
    let steps = curve.column.codes.len();
    for (place, tick) in ticks.iter().enumerate() {
        let y = panel.y(*tick);
        let colour = if place == 0 { MUTED } else { GRID };
        canvas.line((rect.x, y), (rect.right(), y), &Paint::line(colour, 0.5));
        let clear = curve
            .base
            .is_none_or(|base| (panel.y(base) - y).abs() >= style.size + 0.5);
        if is_scale {
            // As many as stand clear of each other.
            if steps <= 8 || place + 1 == ticks.len() || place == 0 {
                let x = rect.x - 3.0 - marks::scale_width(steps);
                marks::scale(canvas, x, y + 2.9, place, steps, ACCENT);
            }
        } else if clear {
            let words = reader.say(&curve.words_of_tick(*tick));
            canvas.text(rect.x - 3.0, y + lift, &words, &style.colour(MUTED))?;
        }
    }
    if let Some(base) = curve.base {
        let y = panel.y(base);
        let line = Paint::line(INK, 0.7).dashed("3 1.5");
        canvas.line((rect.x, y), (rect.right(), y), &line);
        if !is_scale {
            let words = reader.say(&curve.words(base));
            canvas.text(rect.x - 3.0, y + lift, &words, &style.bold())?;
        }
    }
    Ok(())
}

/// Writes the kinds of decision beside the rows of the first matrix.
fn name_rows(canvas: &mut Canvas, layout: &Layout, groups: &[Group], bottom: f64) -> Result<()> {
    let style = Type::of(theme::SMALL).anchor(Anchor::End);
    let top = bottom - ROW * real(groups.len());
    for (row, group) in groups.iter().enumerate() {
        let baseline = top + ROW * (real(row) + 0.5) + style.size * text::CAP_HEIGHT / 2.0;
        canvas.text(
            MARGIN + layout.labels + TICKS - 4.0,
            baseline,
            &group.label,
            &style,
        )?;
    }
    Ok(())
}

/// Each number as asked, and where the runs leave it.
fn describe(reader: &Reader<'_>, curves: &[Curve<'_>]) -> Result<String> {
    let mut sentences = Vec::new();
    for curve in curves {
        let mut parts = vec![curve.asked()];
        for side in [Side::Lower, Side::Higher] {
            parts.push(curve.reach(reader, side)?);
        }
        parts.retain(|part| !part.is_empty());
        let said = reader.say(&Label::join(&parts, "; "));
        sentences.push(format!("{}: {said}.", reader.say(&curve.column.label)));
    }
    Ok(sentences.join(" "))
}
