//! How long engagements last: the curve of Kaplan and Meier by the shortest and by the longest lengths
//! that the dates allow, with its limits.
//!
//! The axis of time is logarithmic, since lengths reach from a day to decades.

use super::{ChartSpec, Drawn};
use crate::analyse::table::Cell;
use crate::error::Result;
use crate::model::label::Label;
use crate::model::measure::{decimal, percent};
use crate::render::canvas::axis::Panel;
use crate::render::canvas::marks::Shape;
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type, text};
use crate::render::figure::MARGIN;
use crate::render::pieces::key::{self, Key, Sign};
use crate::render::pieces::nothing;
use crate::render::pieces::read::Reader;
use crate::render::theme::{self, ACCENT, ACCENT_PALE, FAINT, GRID, INK, MUTED};

/// How long engagements last.
pub static SPEC: ChartSpec = ChartSpec {
    name: "survival",
    of: "survival",
    title: Label::new(
        "How long engagements last",
        "Медиациялар қанша уақытқа созылады",
        "Как долго длится посредничество",
    ),
    draw,
};

const HEIGHT: f64 = 170.0;
/// Where the axis begins, in days: the first step, at a day, stands clear of its side.
const FIRST: f64 = 0.7;
/// The least end of the axis, in days.
const LAST: f64 = 40.0;
const SMALL: Type = Type::of(theme::SMALL).colour(MUTED);

/// The marks of the axis: days, and what they are called.
const TICKS: [(f64, Label); 11] = [
    (1.0, Label::new("1 day", "1 күн", "1 день")),
    (7.0, Label::new("1 week", "1 апта", "1 неделя")),
    (30.4375, Label::new("1 month", "1 ай", "1 месяц")),
    (91.3125, Label::new("3 months", "3 ай", "3 месяца")),
    (365.25, Label::new("1 year", "1 жыл", "1 год")),
    (730.5, Label::new("2 years", "2 жыл", "2 года")),
    (1826.25, Label::new("5 years", "5 жыл", "5 лет")),
    (3652.5, Label::new("10 years", "10 жыл", "10 лет")),
    (9131.25, Label::new("25 years", "25 жыл", "25 лет")),
    (18262.5, Label::new("50 years", "50 жыл", "50 лет")),
    (36525.0, Label::new("100 years", "100 жыл", "100 лет")),
];

/// A row of the table.
struct Step {
    days: f64,
    at_risk: u64,
    ended: u64,
    open: u64,
    lasting: f64,
    limits: Option<(f64, f64)>,
}

/// The steps by one way to read the dates, the earliest first.
struct Curve {
    code: String,
    words: String,
    steps: Vec<Step>,
}

fn draw(reader: &Reader<'_>, canvas: &mut Canvas) -> Result<Drawn> {
    let curves = read(reader)?;
    let longest = curves
        .iter()
        .filter_map(|curve| curve.steps.last())
        .map(|step| step.days)
        .fold(0.0, f64::max);
    if longest <= 0.0 {
        return nothing::draw(canvas, reader);
    }
    // The numbers going on stand below the axis, named at its left.
    let heading = reader.heading("at_risk");
    let named = curves.iter().map(|curve| SMALL.width(&curve.words));
    let labels = named.fold(40.0, f64::max).min(90.0) + 8.0;
    let rect = Rect::new(
        MARGIN + labels,
        canvas.height() + 8.0,
        canvas.width() - 2.0 * MARGIN - labels - 10.0,
        HEIGHT,
    );
    let end = (longest * 1.12).max(LAST);
    let panel = Panel::new(rect, FIRST.ln()..end.ln(), 0.0..1.0);
    let ticks = ground(canvas, reader, &panel, end)?;
    for curve in &curves {
        band(canvas, &panel, &curve.steps);
    }
    for (place, curve) in curves.iter().enumerate() {
        for (row, step) in curve.steps.iter().enumerate() {
            let before = row.checked_sub(1).and_then(|row| curve.steps.get(row));
            let after = curve.steps.get(row + 1);
            let spoken = format!("{}; {}", curve.words, in_words(reader, step));
            let days = step.days.to_string();
            let data = [("lengths", curve.code.as_str()), ("days", days.as_str())];
            canvas.group("step", &spoken, &data, |canvas| {
                let (x, y) = (at(&panel, step.days), panel.y(step.lasting));
                let from = panel.y(before.map_or(step.lasting, |before| before.lasting));
                let to = after.map_or(x, |after| at(&panel, after.days));
                canvas.path(&[(x, from), (x, y), (to, y)], false, &line(place));
                if step.open > 0 {
                    canvas.line((x, y - 3.2), (x, y + 3.2), &LOST);
                }
                Ok(())
            })?;
        }
    }
    let mut baseline = rect.bottom() + 2.0 * SMALL.leading() + 8.0;
    canvas.text(MARGIN, baseline, &heading, &SMALL.bold())?;
    for curve in &curves {
        baseline += SMALL.leading() + 1.0;
        let name = text::shorten(&curve.words, SMALL.size, SMALL.weight, labels - 8.0);
        canvas.text(MARGIN, baseline, &name, &SMALL)?;
        for days in &ticks {
            let later = curve.steps.iter().find(|step| step.days >= *days);
            let count = later.map_or(0, |step| step.at_risk).to_string();
            let style = SMALL.colour(INK).anchor(Anchor::Middle);
            canvas.text(at(&panel, *days), baseline, &count, &style)?;
        }
    }
    let keys = [Key {
        heading: String::new(),
        entries: signs(reader, &curves),
    }];
    let edge = canvas.width() - MARGIN;
    let bottom = key::draw(canvas, MARGIN, edge, baseline + 7.0, &keys)?;
    canvas.reach(bottom);
    Ok(Drawn {
        description: describe(reader, &curves, longest),
        key: reader.say(&Label::new(
            "A curve is the share of mediations that last longer than the length below it, by the shortest and by the longest lengths that the dates allow; the area is the limits of either. Time is logarithmic.",
            "Қисық – астындағы ұзақтықтан ұзаққа созылатын медиациялар үлесі, күндер рұқсат ететін ең қысқа және ең ұзақ ұзақтықтар бойынша; боялған жер – екеуінің шектері. Уақыт осі логарифмдік.",
            "Кривая – доля посредничеств, длящихся дольше указанного под ней, по кратчайшим и по наибольшим длительностям, допускаемым датами; область – границы той и другой. Время логарифмическое.",
        )),
    })
}

/// How the curve at that place looks: the longest lengths wide, the shortest thin upon them, so that
/// both are seen where they are the same.
const fn line(place: usize) -> Paint {
    if place == 0 {
        Paint::line(ACCENT, 2.4)
    } else {
        Paint::line(INK, 0.9)
    }
}

/// The sign of a case that was lost from sight.
const LOST: Paint = Paint::line(INK, 0.7);

/// Where a length lies across; the beginning is at the left side.
fn at(panel: &Panel, days: f64) -> f64 {
    panel.x(days.max(FIRST).ln())
}

/// Reads the curves; the last one of the table comes first, for the others are drawn upon it.
fn read(reader: &Reader<'_>) -> Result<Vec<Curve>> {
    let mut curves: Vec<Curve> = Vec::new();
    for row in 0..reader.table.rows.len() {
        let number = |name: &str| {
            Ok(match reader.cell(row, name)? {
                Cell::Number(number) => Some(*number),
                _ => None,
            })
        };
        let count = |name: &str| Ok(reader.count(row, name)?.unwrap_or(0));
        let code = reader.key(row, "lengths")?;
        let (Some(days), Some(lasting)) = (number("days")?, number("lasting")?) else {
            continue;
        };
        let step = Step {
            days,
            at_risk: count("at_risk")?,
            ended: count("ended")?,
            open: count("open")?,
            lasting,
            limits: number("low")?.zip(number("high")?),
        };
        match curves.last_mut().filter(|curve| curve.code == code) {
            Some(curve) => curve.steps.push(step),
            None => curves.push(Curve {
                code,
                words: reader.words(row, "lengths")?,
                steps: vec![step],
            }),
        }
    }
    curves.reverse();
    Ok(curves)
}

/// Draws rules and marks of both axes; returns the lengths that are named.
fn ground(canvas: &mut Canvas, reader: &Reader<'_>, panel: &Panel, end: f64) -> Result<Vec<f64>> {
    let rect = panel.rect();
    for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let y = panel.y(share);
        let colour = if share == 0.0 { MUTED } else { GRID };
        canvas.line((rect.x, y), (rect.right(), y), &Paint::line(colour, 0.5));
        let words = reader.say(&percent(share));
        let baseline = y + SMALL.size * text::CAP_HEIGHT / 2.0;
        let style = SMALL.anchor(Anchor::End);
        canvas.text(rect.x - 4.0, baseline, &words, &style)?;
    }
    let mut named = Vec::new();
    let mut free = rect.x - 20.0;
    for (days, label) in TICKS.iter().filter(|(days, _)| *days <= end) {
        let x = at(panel, *days);
        canvas.line((x, rect.y), (x, rect.bottom()), &Paint::line(FAINT, 0.5));
        let words = reader.say(label);
        let half = SMALL.width(&words) / 2.0;
        if x - half > free + 4.0 && x + half <= canvas.width() - MARGIN {
            let style = SMALL.anchor(Anchor::Middle);
            canvas.text(x, rect.bottom() + SMALL.size + 2.0, &words, &style)?;
            free = x + half;
            named.push(*days);
        }
    }
    canvas.reach(rect.bottom() + 2.0 * SMALL.leading());
    Ok(named)
}

/// Fills what lies between the limits, as far as there are any.
fn band(canvas: &mut Canvas, panel: &Panel, steps: &[Step]) {
    let (mut upper, mut lower) = (Vec::new(), Vec::new());
    for (step, after) in steps.iter().zip(steps.iter().skip(1)) {
        if let Some((low, high)) = step.limits {
            for days in [step.days, after.days] {
                upper.push((at(panel, days), panel.y(high)));
                lower.push((at(panel, days), panel.y(low)));
            }
        }
    }
    lower.reverse();
    upper.extend(lower);
    canvas.path(&upper, true, &Paint::fill(ACCENT_PALE));
}

fn signs(reader: &Reader<'_>, curves: &[Curve]) -> Vec<(Sign, String)> {
    let heading = reader.heading("lengths");
    let mut entries: Vec<(Sign, String)> = curves
        .iter()
        .enumerate()
        .map(|(place, curve)| {
            let words = format!("{heading}: {}", curve.words);
            (Sign::Line(line(place)), words)
        })
        .collect();
    let steps = || curves.iter().flat_map(|curve| &curve.steps);
    if steps().any(|step| step.limits.is_some()) {
        let limits = Label::new(
            "limits of either",
            "екеуінің шектері",
            "границы той и другой",
        );
        entries.push((Sign::Bar(Paint::fill(ACCENT_PALE)), reader.say(&limits)));
    }
    if steps().any(|step| step.open > 0) {
        let stroke = Sign::Mark(Shape::Bar, 4.4, Paint::fill(INK));
        entries.push((stroke, reader.heading("open")));
    }
    entries
}

/// The share that lasts longer, with its limits.
fn share(reader: &Reader<'_>, step: &Step) -> String {
    let lasting = percent(step.lasting);
    let Some((low, high)) = step.limits else {
        return reader.say(&lasting);
    };
    let text = Label::new(
        "{share} (interval {low} to {high})",
        "{share} (аралық {low} – {high})",
        "{share} (интервал {low} – {high})",
    );
    reader.say(&text.fill(&[
        ("share", &lasting),
        ("low", &percent(low)),
        ("high", &percent(high)),
    ]))
}

/// A step in words, with the headings of the table.
fn in_words(reader: &Reader<'_>, step: &Step) -> String {
    let days = reader.say(&decimal(step.days, 0));
    let mut parts = vec![
        format!("{} {days}", reader.heading("days")),
        format!("{} {}", reader.heading("lasting"), share(reader, step)),
        format!("{} {}", reader.heading("at_risk"), step.at_risk),
        format!("{} {}", reader.heading("ended"), step.ended),
    ];
    if step.open > 0 {
        parts.push(format!("{} {}", reader.heading("open"), step.open));
    }
    parts.join("; ")
}

/// The curves at the marks of the axis, a sentence each.
fn describe(reader: &Reader<'_>, curves: &[Curve], longest: f64) -> String {
    let sentence = |curve: &Curve| {
        let mut parts = Vec::new();
        for (days, label) in TICKS.iter().filter(|(days, _)| *days <= longest) {
            let until = curve.steps.iter().take_while(|step| step.days <= *days);
            if let Some(step) = until.last() {
                parts.push(format!("{} {}", reader.say(label), share(reader, step)));
            }
        }
        let lasting = reader.heading("lasting");
        format!("{lasting}, {}: {}.", curve.words, parts.join("; "))
    };
    let sentences: Vec<String> = curves.iter().rev().map(sentence).collect();
    sentences.join(" ")
}
