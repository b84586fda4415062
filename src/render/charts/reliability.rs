//! How far coders agree: a row per variable, with alpha and its interval once for the values and once
//! for whether there is a value at all.
//!
//! Pairwise agreement stands beside every alpha, because where nearly all values are the same alpha is
//! low although coders hardly differ. Where there is no alpha the reason stands in its place.

mod alphas;

use super::{ChartSpec, Drawn};
use crate::error::Result;
use crate::model::label::Label;
use crate::model::measure::decimal;
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
use alphas::{Alpha, LOWEST, Variable};

/// The agreement of coders.
pub static SPEC: ChartSpec = ChartSpec {
    name: "reliability",
    of: "reliability",
    title: Label::new(
        "Agreement of the coders",
        "Кодтаушылардың келісімі",
        "Согласие кодировщиков",
    ),
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
/// The width from which on panels stand beside each other and not below.
const BESIDE: f64 = 60.0;

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

fn draw(reader: &Reader<'_>, canvas: &mut Canvas) -> Result<Drawn> {
    let variables = alphas::read(reader)?;
    if variables.is_empty() {
        let words = Label::new(
            "No case was coded by two coders.",
            "Екі кодтаушы кодтаған жағдай жоқ.",
            "Нет случаев, кодированных двумя.",
        );
        let words = reader.say(&words);
        return nothing::say(canvas, words);
    }
    let kinds: Vec<usize> = (0..reader.column("compared")?.codes.len()).collect();
    let together = places(canvas, kinds.len());
    let across = if together.iter().all(|place| place.width >= BESIDE) {
        kinds.len().max(1)
    } else {
        1
    };
    let mut top = canvas.height();
    for kinds in kinds.chunks(across) {
        canvas.reach(top);
        top = block(reader, canvas, &variables, kinds)?;
        rows::rule(canvas, top);
    }
    let right = canvas.width() - MARGIN;
    let bottom = key::draw(canvas, MARGIN, right, top + 6.0, &keys(reader))?;
    canvas.reach(bottom);
    Ok(Drawn {
        description: describe(reader, &variables)?,
        key: reader.say(&KEY),
    })
}

/// Draws a row for every variable with what is compared of it beside each other; returns the lower edge.
fn block(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    variables: &[Variable],
    kinds: &[usize],
) -> Result<f64> {
    let places = places(canvas, kinds.len());
    let low = alphas::lowest(variables);
    let panel = |place: &Place, top: f64, bottom: f64| {
        let rect = Rect::new(place.x, top, place.width, bottom - top);
        Panel::new(rect, low..1.0, 0.0..1.0)
    };
    let mut top = head(reader, canvas, (kinds, &places), |place| {
        panel(place, 0.0, 1.0)
    })?;
    for variable in variables {
        let names = LANE.wrap(&variable.name, NAMES);
        let compared: Vec<(Option<&Alpha>, &Place)> = kinds
            .iter()
            .map(|kind| variable.alphas.get(*kind).and_then(Option::as_ref))
            .zip(&places)
            .collect();
        let whys: Vec<Vec<String>> = compared
            .iter()
            .map(|(alpha, place)| {
                let why = alpha.filter(|alpha| alpha.value.is_none());
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
        for ((alpha, place), why) in compared.into_iter().zip(&whys) {
            let Some(alpha) = alpha else {
                let dash = ["–".to_owned()];
                rows::centred(canvas, place.x, middle, &dash, &LANE.colour(MUTED))?;
                continue;
            };
            let panel = panel(place, top, top + height);
            let tooltip = alphas::spoken(reader, &variable.name, alpha)?;
            let data = [("variable", variable.name.as_str())];
            canvas.group("alpha", &tooltip, &data, |canvas| {
                cell(reader, canvas, &panel, place, (alpha, why))
            })?;
        }
        top += height;
    }
    Ok(top)
}

const KEY: Label = Label::new(
    "A mark is Krippendorff's alpha, 1 being perfect agreement and 0 that of chance; the line is its interval, an arrow that it goes on below the scale. The grey ground begins at 0.8, the dashed line is 0.667. Beside it: alpha, the agreement of pairs of values, and the cases that two or more coded.",
    "Белгі — Криппендорф альфасы: 1 — толық келісім, 0 — кездейсоқ деңгей; сызық — интервалы, жебе — шкаладан төмен жалғасуы. Сұр өріс 0,8-ден басталады, үзік сызық — 0,667. Жанында: альфа, мән жұптарының келісімі және екі не одан көп адам кодтаған жағдайлар.",
    "Знак — альфа Криппендорфа: 1 — полное согласие, 0 — случайное; линия — интервал, стрелка — он продолжается ниже шкалы. Серый фон начинается с 0,8, пунктир — 0,667. Рядом: альфа, согласие пар значений и число случаев, кодированных двумя и более.",
);

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

/// Writes what is compared, the marks of the scales and what the numbers are.
fn head(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    (kinds, places): (&[usize], &[Place]),
    panel: impl Fn(&Place) -> Panel,
) -> Result<f64> {
    let compared = &reader.column("compared")?.codes;
    let top = canvas.height() + 6.0;
    let mut headings = vec![(reader.heading("variable"), MARGIN, NAMES)];
    for (kind, place) in kinds.iter().zip(places) {
        let label = compared.get(*kind).map(|(_, label)| reader.say(label));
        headings.push((label.unwrap_or_default(), place.x, place.whole()));
    }
    let below = rows::head(canvas, top, &headings)?;
    let style = Type::of(theme::SMALL).colour(MUTED);
    let baseline = below + style.size;
    for place in places {
        let panel = panel(place);
        let [fair, good] = LEVELS;
        // Where the last two are near each other, the end of the scale says what it is.
        let is_apart = panel.x(1.0) - panel.x(good) > 2.0 * style.size;
        let ticks = [
            (0.0, 0, 0.0, Anchor::Middle),
            (fair, 3, if is_apart { 5.0 } else { 0.0 }, Anchor::End),
            (good, 1, -2.0, Anchor::Start),
            (1.0, 0, -1.0, Anchor::Start),
        ];
        let shown = if is_apart {
            ticks.len()
        } else {
            ticks.len() - 1
        };
        for (value, decimals, aside, anchor) in ticks.into_iter().take(shown) {
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
    let words = [reader.say(&alphas::rounded(value))];
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

fn describe(reader: &Reader<'_>, variables: &[Variable]) -> Result<String> {
    let reading = reader.table.reading.iter();
    let mut sentences: Vec<String> = reading.map(|label| reader.say(label)).collect();
    for variable in variables {
        for alpha in variable.alphas.iter().flatten() {
            sentences.push(alphas::spoken(reader, &variable.name, alpha)? + ".");
        }
    }
    Ok(sentences.join(" "))
}
