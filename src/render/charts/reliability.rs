//! How far coders agree: a row per variable, with alpha and its interval once for the values and once
//! for whether there is a value at all.
//!
//! Pairwise agreement stands beside every alpha, because where nearly all values are the same alpha is
//! low although coders hardly differ. Where there is no alpha the reason stands in its place.

use super::{ChartSpec, Drawn};
use crate::analyse::table::{Cell, Table};
use crate::error::Result;
use crate::model::label::{Label, Language};
use crate::model::measure::{decimal, percent};
use crate::render::canvas::axis::Panel;
use crate::render::canvas::marks;
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type};
use crate::render::figure::MARGIN;
use crate::render::pieces::columns::LANE;
use crate::render::pieces::key::{self, Key, Sign};
use crate::render::pieces::nothing;
use crate::render::pieces::read::Reader;
use crate::render::pieces::rows;
use crate::render::theme::{self, FAINT, GRID, INK, MUTED, PAPER, real};
use crate::render::words;

/// The agreement of coders.
pub static SPEC: ChartSpec = ChartSpec {
    name: "reliability",
    of: "reliability",
    title: Label::new(
        "Agreement of the coders",
        "Кодтаушылардың келісімі",
        "Согласие кодировщиков",
    ),
    narrowest: 165.0,
    draw,
};

/// The width of the names of variables.
const NAMES: f64 = 84.0;
/// The widths of alpha, of pairwise agreement and of the number of cases beside a panel.
const NUMBERS: [f64; 3] = [26.0, 32.0, 20.0];
/// The distance between columns.
const GAP: f64 = 7.0;
/// What a row is higher than its words.
const PADDING: f64 = 4.4;
/// The size of a mark.
const MARK: f64 = 5.0;
/// Krippendorff's marks: tentative conclusions from the first, reliable ones from the second.
const LEVELS: [f64; 2] = [0.667, 0.8];
/// Below this the scale does not go; an alpha that low is as bad as it gets.
const LOWEST: f64 = -1.0;

/// An alpha of a variable, or why it has none.
struct Alpha {
    row: usize,
    value: Option<f64>,
    interval: Option<(f64, f64)>,
    pairwise: String,
    cases: String,
    why: String,
}

/// A variable with what is compared of it, in the order of the columns.
struct Variable {
    name: String,
    alphas: Vec<Option<Alpha>>,
}

/// Where a panel stands.
struct Place {
    x: f64,
    width: f64,
}

impl Place {
    /// The left side of the number at a position.
    fn number(&self, position: usize) -> f64 {
        let before: f64 = NUMBERS.iter().take(position).sum();
        self.x + self.width + GAP + before
    }

    fn whole(&self) -> f64 {
        self.width + GAP + NUMBERS.iter().sum::<f64>()
    }
}

fn draw(table: &Table, language: Language, canvas: &mut Canvas) -> Result<Drawn> {
    let reader = Reader {
        figure: SPEC.name,
        table,
        language,
    };
    let variables = read(&reader)?;
    if variables.is_empty() {
        let words = Label::new(
            "No case was coded by two coders.",
            "Екі кодтаушы кодтаған жағдай жоқ.",
            "Нет случаев, кодированных двумя.",
        );
        let words = reader.say(&words);
        return nothing::say(canvas, words);
    }
    let compared = &reader.column("compared")?.codes;
    let places = places(canvas, compared.len());
    let low = lowest(&variables);
    let panel = |place: &Place, top: f64, bottom: f64| {
        let rect = Rect::new(place.x, top, place.width, bottom - top);
        Panel::new(rect, low..1.0, 0.0..1.0)
    };
    let mut top = head(&reader, canvas, &places, |place| panel(place, 0.0, 1.0))?;
    for variable in &variables {
        let names = LANE.wrap(&variable.name, NAMES);
        let whys: Vec<Vec<String>> = variable
            .alphas
            .iter()
            .zip(&places)
            .map(|(alpha, place)| {
                let why = alpha.as_ref().filter(|alpha| alpha.value.is_none());
                let style = Type::of(theme::SMALL);
                why.map(|alpha| style.wrap(&alpha.why, place.width + GAP + NUMBERS[0] - 4.0))
                    .unwrap_or_default()
            })
            .collect();
        let most = whys.iter().map(Vec::len).max().unwrap_or(0);
        let height = LANE.leading() * real(names.len().max(most)) + PADDING;
        rows::rule(canvas, top);
        let middle = top + height / 2.0;
        rows::centred(canvas, MARGIN, middle, &names, &LANE)?;
        for ((alpha, why), place) in variable.alphas.iter().zip(&whys).zip(&places) {
            let Some(alpha) = alpha else {
                let dash = ["–".to_owned()];
                rows::centred(canvas, place.x, middle, &dash, &LANE.colour(MUTED))?;
                continue;
            };
            let panel = panel(place, top, top + height);
            let tooltip = spoken(&reader, &variable.name, alpha)?;
            let data = [("variable", variable.name.as_str())];
            canvas.group("alpha", &tooltip, &data, |canvas| {
                cell(&reader, canvas, &panel, place, (alpha, why))
            })?;
        }
        top += height;
    }
    rows::rule(canvas, top);
    let right = canvas.width() - MARGIN;
    let bottom = key::draw(canvas, MARGIN, right, top + 6.0, &keys(&reader))?;
    canvas.reach(bottom);
    Ok(Drawn {
        description: describe(&reader, &variables)?,
        key: reader.say(&KEY),
    })
}

const KEY: Label = Label::new(
    "A mark is Krippendorff's alpha, 1 being perfect agreement and 0 that of chance; the line is its interval, an arrow that it goes on below the scale. The grey ground begins at 0.8, the dashed line is 0.667. Beside it: alpha, the agreement of pairs of values, and the cases that two or more coded.",
    "Белгі — Криппендорф альфасы: 1 — толық келісім, 0 — кездейсоқ деңгей; сызық — интервалы, жебе — шкаладан төмен жалғасуы. Сұр өріс 0,8-ден басталады, үзік сызық — 0,667. Жанында: альфа, мән жұптарының келісімі және екі не одан көп адам кодтаған жағдайлар.",
    "Знак — альфа Криппендорфа: 1 — полное согласие, 0 — случайное; линия — интервал, стрелка — он продолжается ниже шкалы. Серый фон начинается с 0,8, пунктир — 0,667. Рядом: альфа, согласие пар значений и число случаев, кодированных двумя и более.",
);

fn read(reader: &Reader<'_>) -> Result<Vec<Variable>> {
    for name in ["variable", "compared", "alpha"] {
        reader.column(name)?;
    }
    let kinds = reader.column("compared")?.codes.len();
    let mut variables: Vec<Variable> = Vec::new();
    for row in 0..reader.table.rows.len() {
        let name = reader.words(row, "variable")?;
        if variables.last().is_none_or(|last| last.name != name) {
            let alphas = (0..kinds).map(|_| None).collect();
            variables.push(Variable { name, alphas });
        }
        let limits = (
            reader.number(row, "alpha_low")?,
            reader.number(row, "alpha_high")?,
        );
        let pairwise = reader.number(row, "pairwise")?.map(percent);
        let alpha = Alpha {
            row,
            value: reader.number(row, "alpha")?,
            interval: limits.0.zip(limits.1),
            pairwise: pairwise.map_or_else(|| "–".to_owned(), |share| reader.say(&share)),
            cases: cases(reader, row)?,
            why: match reader.cell(row, "in_words")? {
                Cell::Missing(_) => String::new(),
                _ => reader.words(row, "in_words")?,
            },
        };
        let kind = reader.place(row, "compared")?;
        let slot = kind.zip(variables.last_mut());
        if let Some(slot) = slot.and_then(|(kind, last)| last.alphas.get_mut(kind)) {
            *slot = Some(alpha);
        }
    }
    Ok(variables)
}

/// How many cases two or more coded, with the mark of few.
fn cases(reader: &Reader<'_>, row: usize) -> Result<String> {
    let cases = reader.count(row, "cases")?.unwrap_or_default();
    let share = reader.share(row, "unanimous")?;
    let is_few = share.is_some_and(|share| cases < share.floor);
    Ok(format!("{cases}{}", if is_few { words::FEW } else { "" }))
}

/// An alpha with two decimals, and a third where it would else look perfect.
fn alpha(value: f64) -> Label {
    decimal(value, if (0.995..1.0).contains(&value) { 3 } else { 2 })
}

fn places(canvas: &Canvas, count: usize) -> Vec<Place> {
    let room = canvas.width() - 2.0 * MARGIN - NAMES;
    let each = room / real(count.max(1)) - GAP;
    let width = each - GAP - NUMBERS.iter().sum::<f64>();
    (0..count)
        .map(|place| Place {
            x: MARGIN + NAMES + GAP + real(place) * (each + GAP),
            width,
        })
        .collect()
}

/// The left end of the scale: 0, or further left in steps of a half where some alpha or limit lies.
fn lowest(variables: &[Variable]) -> f64 {
    let alphas = variables.iter().flat_map(|variable| &variable.alphas);
    let lows = alphas.flatten().flat_map(|alpha| {
        let interval = alpha.interval.map(|(low, _)| low);
        alpha.value.into_iter().chain(interval)
    });
    let low = lows.fold(0.0, f64::min);
    ((low * 2.0).floor() / 2.0).max(LOWEST)
}

/// Writes what is compared, the marks of the scales and what the numbers are.
fn head(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    places: &[Place],
    panel: impl Fn(&Place) -> Panel,
) -> Result<f64> {
    let compared = &reader.column("compared")?.codes;
    let top = canvas.height() + 6.0;
    let mut headings = vec![(reader.heading("variable"), MARGIN, NAMES)];
    for ((_, label), place) in compared.iter().zip(places) {
        headings.push((reader.say(label), place.x, place.whole()));
    }
    let below = rows::head(canvas, top, &headings)?;
    let style = Type::of(theme::SMALL).colour(MUTED);
    let baseline = below + style.size;
    for place in places {
        let panel = panel(place);
        let [fair, good] = LEVELS;
        let ticks = [
            (0.0, 0, 0.0, Anchor::Middle),
            (fair, 3, 5.0, Anchor::End),
            (good, 1, -2.0, Anchor::Start),
            (1.0, 0, -1.0, Anchor::Start),
        ];
        for (value, decimals, aside, anchor) in ticks {
            let words = reader.say(&decimal(value, decimals));
            canvas.text(
                panel.x(value) + aside,
                baseline,
                &words,
                &style.anchor(anchor),
            )?;
        }
        let names = ["α", "%", "n"];
        for (position, name) in names.into_iter().enumerate() {
            let x = place.number(position) + NUMBERS[position] - 4.0;
            canvas.text(x, baseline, name, &style.anchor(Anchor::End))?;
        }
    }
    Ok(baseline + 4.0)
}

/// Draws an alpha with its numbers, or writes why there is none.
fn cell(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    panel: &Panel,
    place: &Place,
    (alpha, why): (&Alpha, &[String]),
) -> Result<()> {
    let rect = panel.rect();
    let middle = rect.y + rect.height / 2.0;
    let style = Type::of(theme::SMALL);
    let end = style.anchor(Anchor::End);
    let beside = [(1, &alpha.pairwise), (2, &alpha.cases)];
    for (position, words) in beside {
        let x = place.number(position) + NUMBERS[position] - 4.0;
        rows::centred(canvas, x, middle, std::slice::from_ref(words), &end)?;
    }
    let Some(value) = alpha.value else {
        return rows::centred(canvas, rect.x, middle, why, &style.colour(MUTED));
    };
    let [fair, good] = LEVELS.map(|level| panel.x(level));
    let ground = Rect::new(good, rect.y, rect.right() - good, rect.height);
    canvas.rect(ground, &Paint::fill(FAINT));
    let (top, bottom) = (rect.y, rect.bottom());
    canvas.line((good, top), (good, bottom), &Paint::line(MUTED, 0.5));
    let dashed = Paint::line(MUTED, 0.5).dashed("1.5 1.5");
    canvas.line((fair, top), (fair, bottom), &dashed);
    let none = panel.x(0.0);
    canvas.line((none, top), (none, bottom), &Paint::line(GRID, 0.5));
    let x = |value: f64| panel.x(value).clamp(rect.x, rect.right());
    if let Some((low, high)) = alpha.interval {
        let line = Paint::line(INK, 0.8);
        marks::lying_interval(canvas, middle, x(low), x(high), 1.8, &line);
        if low < LOWEST {
            marks::arrowhead(canvas, rect.x - 3.0, middle, -4.0, &Paint::fill(INK));
        }
    }
    canvas.circle(
        x(value),
        middle,
        MARK / 2.0,
        &paint(alpha.interval.is_some()),
    );
    let words = [reader.say(&self::alpha(value))];
    let right = place.number(0) + NUMBERS[0] - 4.0;
    rows::centred(canvas, right, middle, &words, &end)
}

const fn paint(has_interval: bool) -> Paint {
    let ground = if has_interval { INK } else { PAPER };
    Paint::fill(ground).outlined(INK, 0.9)
}

fn keys(reader: &Reader<'_>) -> Vec<Key> {
    let with = Label::new(
        "alpha with its interval",
        "альфа, интервалымен",
        "альфа с интервалом",
    );
    let without = Label::new(
        "alpha without an interval: the cases are few or hardly vary",
        "интервалсыз альфа: жағдайлар аз не дерлік өзгермейді",
        "альфа без интервала: случаев мало или они почти не различаются",
    );
    let pairwise = Label::new(
        "%: pairwise agreement",
        "%: жұптық келісім",
        "%: попарное согласие",
    );
    let cases = Label::new(
        "n: cases that two or more coded",
        "n: екі не одан көп адам кодтаған жағдайлар",
        "n: случаи, кодированные двумя и более",
    );
    let dash = Label::new("–: not compared", "–: салыстырылмады", "–: не сравнивалось");
    let sign = |has_interval| Sign::Mark(marks::Shape::Circle, MARK, paint(has_interval));
    let nothing = Sign::Mark(marks::Shape::Bar, 0.0, Paint::default());
    vec![Key {
        heading: String::new(),
        entries: vec![
            (sign(true), reader.say(&with)),
            (sign(false), reader.say(&without)),
            (nothing, reader.say(&pairwise)),
            (nothing, reader.say(&cases)),
            (nothing, reader.say(&dash)),
        ],
    }]
}

/// An alpha as a sentence.
fn spoken(reader: &Reader<'_>, name: &str, alpha: &Alpha) -> Result<String> {
    let mut parts = vec![format!("n = {}", alpha.cases)];
    let heading = reader.heading("alpha");
    if let Some(value) = alpha.value {
        parts.push(format!("{heading} {}", reader.say(&self::alpha(value))));
    }
    if let Some((low, high)) = alpha.interval {
        let [low, high] = [low, high].map(|limit| decimal(limit, 2));
        let text = Label::new(
            "interval {low} to {high}",
            "интервал {low} – {high}",
            "интервал {low} – {high}",
        );
        parts.push(reader.say(&text.fill(&[("low", &low), ("high", &high)])));
    }
    parts.push(alpha.why.clone());
    parts.push(format!("{} {}", reader.heading("pairwise"), alpha.pairwise));
    parts.retain(|part| !part.is_empty());
    let compared = reader.words(alpha.row, "compared")?;
    Ok(format!("{name}, {compared}: {}", parts.join("; ")))
}

fn describe(reader: &Reader<'_>, variables: &[Variable]) -> Result<String> {
    let reading = reader.table.reading.iter();
    let mut sentences: Vec<String> = reading.map(|label| reader.say(label)).collect();
    for variable in variables {
        for alpha in variable.alphas.iter().flatten() {
            sentences.push(spoken(reader, &variable.name, alpha)? + ".");
        }
    }
    Ok(sentences.join(" "))
}
