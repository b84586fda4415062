//! The forest plot: a row per term of a model, its odds ratio with the interval on a scale of ratios.
//!
//! Twice the odds and half the odds lie as far from 1. A model that was refused keeps its row and
//! says why, so that nobody takes what was not computed for what was not asked.

use super::{ChartSpec, Drawn};
use crate::analyse::table::Table;
use crate::error::Result;
use crate::model::label::{Label, Language};
use crate::model::measure::decimal;
use crate::render::canvas::axis::Panel;
use crate::render::canvas::marks::{self, Shape};
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type, text};
use crate::render::figure::MARGIN;
use crate::render::pieces::columns::LANE;
use crate::render::pieces::nothing;
use crate::render::pieces::read::Reader;
use crate::render::pieces::rows;
use crate::render::theme::{self, GRID, INK, MUTED, PAPER, real};

/// The forest plot of the models.
pub static SPEC: ChartSpec = ChartSpec {
    name: "models",
    of: "models",
    title: Label::new(
        "Odds ratios of the models",
        "Модельдердің мүмкіндіктер қатынасы",
        "Отношения шансов моделей",
    ),
    narrowest: 155.0,
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
/// What a row is higher than its words.
const PADDING: f64 = 6.0;
/// The size of a mark.
const MARK: f64 = 5.6;
/// The ratio, and one over it, past which the scale does not go.
const UTMOST: f64 = 100.0;

/// A row of the figure.
struct Term {
    model: String,
    name: String,
    counts: String,
    /// The odds ratio and its limits; else why there are none.
    odds: std::result::Result<(f64, f64, f64), String>,
    p: String,
}

fn draw(table: &Table, language: Language, canvas: &mut Canvas) -> Result<Drawn> {
    let reader = Reader {
        figure: SPEC.name,
        table,
        language,
    };
    let terms = read(&reader)?;
    if terms.is_empty() {
        let words = Label::new(
            "No model was asked for.",
            "Модель сұралмаған.",
            "Моделей не запрошено.",
        );
        let words = reader.say(&words);
        return nothing::say(canvas, words);
    }
    let right = canvas.width() - MARGIN;
    let columns = Columns {
        counts: MARGIN + NAMES + GAP,
        plot: MARGIN + NAMES + COUNTS + 2.0 * GAP,
        ratio: right - P - GAP - RATIO,
        p: right - P,
    };
    let successes = format!("{} / n", reader.heading("successes"));
    let headings = [
        (reader.heading("term"), MARGIN, NAMES),
        (successes, columns.counts, COUNTS + GAP / 2.0),
        (reader.heading("odds_ratio"), columns.ratio, RATIO),
        (reader.heading("p"), columns.p, P),
    ];
    let top = rows::head(canvas, canvas.height() + 6.0, &headings)?;
    let placed = place(&terms, top, right - columns.plot);
    let bottom = placed
        .last()
        .map_or(top, |(_, _, top, height)| top + height);
    let width = columns.ratio - GAP - columns.plot;
    let rect = Rect::new(columns.plot, top, width, bottom - top);
    let (low, high) = ends(&terms);
    let panel = Panel::new(rect, low.ln()..high.ln(), 0.0..1.0);
    let marked = marked(&panel, (low, high));
    for (term, lines, top, height) in &placed {
        rows::rule(canvas, *top);
        if term.odds.is_ok() {
            grid(canvas, &panel, &marked, (*top, top + height));
        }
        row(
            &reader,
            canvas,
            &panel,
            (term, lines),
            &columns,
            top + height / 2.0,
        )?;
    }
    rows::rule(canvas, bottom);
    canvas.reach(bottom + 2.0);
    if terms.iter().any(|term| term.odds.is_ok()) {
        axis(&reader, canvas, &panel, &marked)?;
    }
    Ok(Drawn {
        description: describe(&reader, &terms),
        key: reader.say(&KEY),
    })
}

const KEY: Label = Label::new(
    "A mark is an odds ratio, its line the interval, an arrow that it goes on past the scale; the mark is filled where the interval leaves out 1, which is no link. Equal steps of the scale are equal factors. 5/17 means 5 successes of 17. Models without a mark were refused.",
    "Белгі — мүмкіндіктер қатынасы, сызығы — интервал, жебе — шкаладан әрі жалғасуы; интервал 1-ді (байланыс жоқ) қамтымаса, белгі толтырылған. Шкаланың тең қадамдары — тең еселік. 5/17 — 17 ішінен 5 табыс. Белгісі жоқ модельдер есептелмеді.",
    "Знак — отношение шансов, линия — интервал, стрелка — он продолжается за шкалой; знак закрашен, где интервал не включает 1, то есть отсутствие связи. Равные шаги шкалы — равные кратности. 5/17 — 5 успехов из 17. Модели без знака не вычислены.",
);

/// The left sides of the columns.
struct Columns {
    counts: f64,
    plot: f64,
    ratio: f64,
    p: f64,
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

/// The lines of the words of a row: its term, and why it has no mark.
type Lines = (Vec<String>, Vec<String>);

/// Each row with its lines, its upper edge and its height.
fn place(terms: &[Term], top: f64, width: f64) -> Vec<(&Term, Lines, f64, f64)> {
    let mut next = top;
    let mut placed = Vec::new();
    for term in terms {
        let names = LANE.wrap(&named(term, terms), NAMES);
        let why = term.odds.as_ref().err().map(|why| LANE.wrap(why, width));
        let why = why.unwrap_or_default();
        let height = LANE.leading() * real(names.len().max(why.len())) + PADDING;
        placed.push((term, (names, why), next, height));
        next += height;
    }
    placed
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

/// The ends of the scale: it holds every limit, is as long on both sides of 1, and has an end.
fn ends(terms: &[Term]) -> (f64, f64) {
    let odds = terms.iter().filter_map(|term| term.odds.as_ref().ok());
    let limits = odds.flat_map(|(_, low, high)| [1.0 / low, *high]);
    let most = limits.fold(2.0, f64::max).min(UTMOST) * 1.15;
    (1.0 / most, most)
}

/// The ratios that the scale marks: 1, and as many on both sides of it as stand clear of each other.
fn marked(panel: &Panel, (low, high): (f64, f64)) -> Vec<f64> {
    let mut marked = vec![1.0];
    let mut last = panel.x(0.0);
    for step in [2.0, 5.0, 10.0, 20.0, 50.0, 100.0] {
        let at = panel.x(f64::ln(step));
        if step < high && 1.0 / step > low && at - last >= 24.0 {
            marked.extend([step, 1.0 / step]);
            last = at;
        }
    }
    marked
}

/// Draws the lines of the scale behind a row; that of no link is strong.
fn grid(canvas: &mut Canvas, panel: &Panel, marked: &[f64], (top, bottom): (f64, f64)) {
    for value in marked {
        let x = panel.x(value.ln());
        let is_none = value.ln() == 0.0;
        let (colour, width) = if is_none { (INK, 0.8) } else { (GRID, 0.5) };
        canvas.line((x, top), (x, bottom), &Paint::line(colour, width));
    }
}

/// Writes the scale below the rows, and which side is which.
fn axis(reader: &Reader<'_>, canvas: &mut Canvas, panel: &Panel, marked: &[f64]) -> Result<()> {
    let rect = panel.rect();
    let style = Type::of(theme::SMALL).anchor(Anchor::Middle).colour(MUTED);
    for value in marked {
        let words = reader.say(&ratio(*value));
        let baseline = rect.bottom() + style.size + 3.0;
        canvas.text(panel.x(value.ln()), baseline, &words, &style)?;
    }
    let less = Label::new("lower odds", "мүмкіндік аз", "шансы ниже");
    let more = Label::new("higher odds", "мүмкіндік көп", "шансы выше");
    let baseline = rect.bottom() + style.size + style.leading() + 4.0;
    let (less, more) = (reader.say(&less), reader.say(&more));
    let ends = Type::of(theme::SMALL);
    canvas.text(rect.x, baseline, &format!("← {less}"), &ends)?;
    let end = ends.anchor(Anchor::End);
    canvas.text(rect.right(), baseline, &format!("{more} →"), &end)?;
    canvas.reach(baseline + style.size * text::DESCENT + 1.0);
    Ok(())
}

/// A ratio of the scale with as many decimals as it has.
fn ratio(value: f64) -> Label {
    let decimals = match value {
        value if value >= 1.0 => 0,
        value if value >= 0.1 => 1,
        _ => 2,
    };
    decimal(value, decimals)
}

/// An estimate or a limit, with two decimals where they say something; a small one is not rounded to 0.
fn estimate(value: f64) -> Label {
    match value {
        value if value < 0.0005 => {
            let least = decimal(0.001, 3);
            Label::new("<{least}", "<{least}", "<{least}").fill(&[("least", &least)])
        }
        value if value < 0.1 => decimal(value, 3),
        value if value < 100.0 => decimal(value, 2),
        _ => decimal(value, 0),
    }
}

fn row(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    panel: &Panel,
    (term, (names, why)): (&Term, &Lines),
    columns: &Columns,
    middle: f64,
) -> Result<()> {
    let style = LANE;
    let rect = panel.rect();
    let spoken = spoken(reader, term);
    canvas.group("term", &spoken, &[("model", &term.model)], |canvas| {
        rows::centred(canvas, MARGIN, middle, names, &style)?;
        let counts = std::slice::from_ref(&term.counts);
        rows::centred(canvas, columns.counts, middle, counts, &style)?;
        let Ok((odds, low, high)) = term.odds else {
            return rows::centred(canvas, rect.x, middle, why, &style.colour(MUTED));
        };
        let x = |value: f64| panel.x(value.ln()).clamp(rect.x, rect.right());
        let (from, until) = (x(low.max(f64::MIN_POSITIVE)), x(high));
        canvas.line((from, middle), (until, middle), &Paint::line(INK, 0.9));
        for (end, limit, lean) in [(from, low, -1.0), (until, high, 1.0)] {
            if (1.0 / UTMOST..=UTMOST).contains(&limit) {
                canvas.line(
                    (end, middle - 2.2),
                    (end, middle + 2.2),
                    &Paint::line(INK, 0.9),
                );
            } else {
                marks::arrowhead(canvas, end, middle, lean * 4.0, &Paint::fill(INK));
            }
        }
        let is_clear = low > 1.0 || high < 1.0;
        let fill = if is_clear { INK } else { PAPER };
        let paint = Paint::fill(fill).outlined(INK, 0.9);
        Shape::Square.draw(canvas, x(odds), middle, MARK, &paint);
        let [odds, low, high] = [odds, low, high].map(|value| reader.say(&estimate(value)));
        let words = [format!("{odds} [{low}–{high}]")];
        let words = words.map(|words| text::shorten(&words, style.size, style.weight, RATIO));
        rows::centred(canvas, columns.ratio, middle, &words, &style)?;
        rows::centred(
            canvas,
            columns.p,
            middle,
            std::slice::from_ref(&term.p),
            &style,
        )
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
                ("odds", &estimate(*odds)),
                ("low", &estimate(*low)),
                ("high", &estimate(*high)),
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
