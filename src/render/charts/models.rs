//! The forest plot: a row per term of a model, its odds ratio with the interval on a scale of ratios.
//!
//! Twice the odds and half the odds lie as far from 1. A model that was refused keeps its row and
//! says why, so that nobody takes what was not computed for what was not asked. In a narrow figure
//! terms and numbers stand above the intervals.

mod ratios;

use super::{ChartSpec, Drawn};
use crate::error::Result;
use crate::model::label::Label;
use crate::render::canvas::marks::Shape;
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, text};
use crate::render::figure::MARGIN;
use crate::render::pieces::above::{self, Above};
use crate::render::pieces::columns::LANE;
use crate::render::pieces::nothing;
use crate::render::pieces::read::Reader;
use crate::render::pieces::rows;
use crate::render::theme::{INK, MUTED, PAPER, real};
use ratios::Scale;

/// The forest plot of the models.
pub static SPEC: ChartSpec = ChartSpec {
    name: "models",
    of: "models",
    title: Label::new(
        "Odds ratios of the models",
        "Модельдердің мүмкіндіктер қатынасы",
        "Отношения шансов моделей",
    ),
    draw,
};

/// The width of the names of terms.
const NAMES: f64 = 122.0;
/// The width of successes and n.
const COUNTS: f64 = 50.0;
/// The width of the odds ratio with its interval.
const RATIO: f64 = 84.0;
/// The width of p.
const P: f64 = 32.0;
/// The distance between columns.
const GAP: f64 = 8.0;
/// A scale shorter than this is given the whole width.
const SHORTEST: f64 = 110.0;
/// The height of an interval below the line of its numbers, and their distance.
const BAND: (f64, f64) = (8.0, 2.6);
/// What a row is higher than its words.
const PADDING: f64 = 6.0;
/// The size of a mark.
const MARK: f64 = 5.6;

/// A row of the figure.
struct Term {
    model: String,
    name: String,
    counts: String,
    /// The odds ratio and its limits; else why there are none.
    odds: std::result::Result<(f64, f64, f64), String>,
    p: String,
}

impl Term {
    /// The counts, the odds ratio with its interval and p; of what there is none, nothing.
    fn numbers(&self, reader: &Reader<'_>) -> [String; 3] {
        let counts = self.counts.clone();
        let Ok((odds, low, high)) = self.odds else {
            return [counts, String::new(), String::new()];
        };
        let [odds, low, high] = [odds, low, high].map(|value| reader.say(&ratios::estimate(value)));
        let ratio = format!("{odds} [{low}–{high}]");
        let ratio = text::shorten(&ratio, LANE.size, LANE.weight, RATIO);
        [counts, ratio, self.p.clone()]
    }
}

/// A row with its place on the figure.
struct Placed<'a> {
    term: &'a Term,
    /// The lines of its name, and the baseline of the first.
    name: (Vec<String>, f64),
    /// Why it has no mark, likewise.
    why: (Vec<String>, f64),
    /// The baseline of its numbers.
    numbers: f64,
    /// From where to where its rules run; the mark is between.
    band: (f64, f64),
    top: f64,
    bottom: f64,
}

fn draw(reader: &Reader<'_>, canvas: &mut Canvas) -> Result<Drawn> {
    let terms = read(reader)?;
    if terms.is_empty() {
        let words = Label::new(
            "No model was asked for.",
            "Модель сұралмаған.",
            "Моделей не запрошено.",
        );
        let words = reader.say(&words);
        return nothing::say(canvas, words);
    }
    let layout = Layout::new(reader, canvas, &terms);
    let top = layout.head(reader, canvas)?;
    let mut bottom = top;
    let mut placed = Vec::new();
    for term in &terms {
        let row = layout.place(term, &named(term, &terms), bottom);
        bottom = row.bottom;
        placed.push(row);
    }
    let (left, right) = layout.plot;
    let rect = Rect::new(left, top, right - left, bottom - top);
    let odds = terms.iter().filter_map(|term| term.odds.as_ref().ok());
    let scale = Scale::new(rect, odds.map(|(_, low, high)| (*low, *high)));
    for row in &placed {
        rows::rule(canvas, row.top);
        if row.term.odds.is_ok() {
            scale.grid(canvas, row.band);
        }
        draw_row(reader, canvas, &scale, row, &layout)?;
    }
    rows::rule(canvas, bottom);
    canvas.reach(bottom + 2.0);
    if terms.iter().any(|term| term.odds.is_ok()) {
        scale.axis(reader, canvas)?;
    }
    Ok(Drawn {
        description: describe(reader, &terms),
        key: reader.say(&KEY),
    })
}

const KEY: Label = Label::new(
    "A mark is an odds ratio, its line the interval, an arrow that it goes on past the scale; the mark is filled where the interval leaves out 1, which is no link. Equal steps of the scale are equal factors. 5/17 means 5 successes of 17. Models without a mark were refused.",
    "Белгі — мүмкіндіктер қатынасы, сызығы — интервал, жебе — шкаладан әрі жалғасуы; интервал 1-ді (байланыс жоқ) қамтымаса, белгі толтырылған. Шкаланың тең қадамдары — тең еселік. 5/17 — 17 ішінен 5 табыс. Белгісі жоқ модельдер есептелмеді.",
    "Знак — отношение шансов, линия — интервал, стрелка — он продолжается за шкалой; знак закрашен, где интервал не включает 1, то есть отсутствие связи. Равные шаги шкалы — равные кратности. 5/17 — 5 успехов из 17. Модели без знака не вычислены.",
);

/// Where everything is across the figure.
struct Layout {
    /// Where the counts, the odds ratio and p stand.
    columns: [f64; 3],
    /// The left and the right side of the scale.
    plot: (f64, f64),
    /// Where it is said why there is no mark.
    why: f64,
    right: f64,
    /// The lines of terms and numbers, where they stand above the intervals.
    above: Option<Above>,
}

impl Layout {
    fn new(reader: &Reader<'_>, canvas: &Canvas, terms: &[Term]) -> Self {
        let right = canvas.width() - MARGIN;
        let counts = MARGIN + NAMES + GAP;
        let ratio = right - P - GAP - RATIO;
        let plot = (counts + COUNTS + GAP, ratio - GAP);
        if plot.1 - plot.0 >= SHORTEST {
            return Self {
                columns: [counts, ratio, right - P],
                plot,
                why: plot.0,
                right,
                above: None,
            };
        }
        let mut widths = [0.0_f64; 3];
        for term in terms {
            for (width, words) in widths.iter_mut().zip(term.numbers(reader)) {
                *width = width.max(LANE.width(&words));
            }
        }
        let columns = headings(reader).into_iter().zip(widths);
        let columns = columns.map(|(words, width)| above::Column {
            // Nothing stands below the heading of what no row has.
            words: if width > 0.0 { words } else { String::new() },
            width,
            sign: 0.0,
        });
        let above = Above::new(canvas, columns.collect());
        Self {
            columns: [0, 1, 2].map(|place| above.right(place)),
            plot: (MARGIN + ratios::HALF, right - ratios::HALF),
            why: MARGIN,
            right,
            above: Some(above),
        }
    }

    /// Writes the headings of the columns; returns the upper edge of the first row.
    fn head(&self, reader: &Reader<'_>, canvas: &mut Canvas) -> Result<f64> {
        if let Some(above) = &self.above {
            return Ok(above.head(canvas, |_, _, _| {})? + 4.0);
        }
        let [counts, ratio, p] = headings(reader);
        let headings = [
            (reader.heading("term"), MARGIN, NAMES),
            (counts, self.columns[0], COUNTS + GAP / 2.0),
            (ratio, self.columns[1], RATIO),
            (p, self.columns[2], P),
        ];
        rows::head(canvas, canvas.height() + 6.0, &headings)
    }

    /// A row that begins at `top`.
    fn place<'a>(&self, term: &'a Term, name: &str, top: f64) -> Placed<'a> {
        let why = term.odds.as_ref().err().map_or("", String::as_str);
        if let Some(above) = &self.above {
            let name = above.lines(name, &LANE, MARGIN);
            let first = top + PADDING / 2.0 + LANE.size * text::CAP_HEIGHT;
            let numbers = first + LANE.leading() * (real(name.len()) - 1.0);
            let band = (numbers + BAND.1, numbers + BAND.1 + BAND.0);
            let why = LANE.wrap(why, self.right - self.why);
            let lowest = numbers + LANE.leading() * real(why.len());
            let bottom = if term.odds.is_ok() { band.1 } else { lowest };
            return Placed {
                term,
                name: (name, first),
                why: (why, numbers + LANE.leading()),
                numbers,
                band,
                top,
                bottom: bottom + PADDING / 2.0,
            };
        }
        let name = LANE.wrap(name, NAMES);
        let why = LANE.wrap(why, self.right - self.why);
        let height = LANE.leading() * real(name.len().max(why.len())) + PADDING;
        let middle = top + height / 2.0;
        let first = |lines: usize| rows::first(middle, lines, &LANE);
        let (named, said) = (first(name.len()), first(why.len()));
        Placed {
            term,
            name: (name, named),
            why: (why, said),
            numbers: first(1),
            band: (top, top + height),
            top,
            bottom: top + height,
        }
    }
}

/// The headings of the counts, the odds ratio and p.
fn headings(reader: &Reader<'_>) -> [String; 3] {
    let counts = format!("{} / n", reader.heading("successes"));
    [counts, reader.heading("odds_ratio"), reader.heading("p")]
}

fn read(reader: &Reader<'_>) -> Result<Vec<Term>> {
    for name in ["model", "term", "odds_ratio"] {
        reader.column(name)?;
    }
    let term = |row| -> Result<Term> {
        let number = |name| reader.number(row, name);
        let odds = match (number("odds_ratio")?, number("low")?, number("high")?) {
            (Some(odds), Some(low), Some(high)) => Ok((odds, low, high)),
            _ => Err(reader.words(row, "in_words")?),
        };
        Ok(Term {
            model: reader.words(row, "model")?,
            name: reader.words(row, "term")?,
            counts: format!(
                "{}/{}",
                reader.words(row, "successes")?,
                reader.words(row, "n")?
            ),
            odds,
            p: reader.words(row, "p")?,
        })
    };
    (0..reader.table.rows.len()).map(term).collect()
}

/// The term, with its model before it where a model has several.
fn named(term: &Term, terms: &[Term]) -> String {
    let of_model = terms.iter().filter(|other| other.model == term.model);
    if of_model.count() > 1 {
        format!("{}: {}", term.model, term.name)
    } else {
        term.name.clone()
    }
}

fn draw_row(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    scale: &Scale,
    row: &Placed<'_>,
    layout: &Layout,
) -> Result<()> {
    let term = row.term;
    let middle = f64::midpoint(row.band.0, row.band.1);
    let anchor = if layout.above.is_some() {
        Anchor::End
    } else {
        Anchor::Start
    };
    let style = LANE.anchor(anchor);
    let [counts, ratio, p] = term.numbers(reader);
    let spoken = spoken(reader, term);
    canvas.group("term", &spoken, &[("model", &term.model)], |canvas| {
        canvas.lines(MARGIN, row.name.1, &row.name.0, &LANE)?;
        canvas.text(layout.columns[0], row.numbers, &counts, &style)?;
        let Ok((odds, low, high)) = term.odds else {
            canvas.lines(layout.why, row.why.1, &row.why.0, &LANE.colour(MUTED))?;
            return Ok(());
        };
        scale.interval(canvas, middle, (low, high));
        let is_clear = low > 1.0 || high < 1.0;
        let fill = if is_clear { INK } else { PAPER };
        let paint = Paint::fill(fill).outlined(INK, 0.9);
        Shape::Square.draw(canvas, scale.x(odds), middle, MARK, &paint);
        canvas.text(layout.columns[1], row.numbers, &ratio, &style)?;
        canvas.text(layout.columns[2], row.numbers, &p, &style)
    })
}

/// A row as a sentence.
fn spoken(reader: &Reader<'_>, term: &Term) -> String {
    match &term.odds {
        Ok((odds, low, high)) => {
            let text = Label::new(
                "{term} ({counts}): odds ratio {odds}, interval {low} to {high}, p {p}",
                "{term} ({counts}): мүмкіндіктер қатынасы {odds}, интервал {low} – {high}, p {p}",
                "{term} ({counts}): отношение шансов {odds}, интервал {low} – {high}, p {p}",
            );
            reader.say(&text.fill(&[
                ("term", &Label::plain(&term.name)),
                ("counts", &Label::plain(&term.counts)),
                ("odds", &ratios::estimate(*odds)),
                ("low", &ratios::estimate(*low)),
                ("high", &ratios::estimate(*high)),
                ("p", &Label::plain(&term.p)),
            ]))
        }
        Err(why) => format!("{} ({}): {why}", term.name, term.counts),
    }
}

fn describe(reader: &Reader<'_>, terms: &[Term]) -> String {
    let sentences: Vec<String> = terms
        .iter()
        .map(|term| format!("{}.", spoken(reader, term)))
        .collect();
    sentences.join(" ")
}
