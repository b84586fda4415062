//! How busy: counts by year on one axis of time, and beneath it the rates of the periods.
//!
//! Years are counted and periods are rated: a year holds too few cases for a rate, and periods are
//! of unequal length, so that their counts cannot be compared.

mod years;

use super::{ChartSpec, Drawn};
use crate::analyse::table::Cell;
use crate::error::Result;
use crate::model::label::Label;
use crate::model::measure::decimal;
use crate::render::canvas::{Canvas, Paint};
use crate::render::pieces::folded;
use crate::render::pieces::periods::{GAP, Heading, Periods};
use crate::render::pieces::rates::{self, Rate};
use crate::render::pieces::read::Reader;
use crate::render::theme::{ACCENT, ACCENT_PALE, PAPER};
use years::{Counted, Years};

/// The activity by year and by period.
pub static SPEC: ChartSpec = ChartSpec {
    name: "activity",
    of: "activity",
    title: Label::new(
        "Activity by year and period",
        "Жылдар мен кезеңдер бойынша белсенділік",
        "Активность по годам и периодам",
    ),
    draw,
};

const LABELS: f64 = 74.0;

/// The rates of a period.
const RATES: [Rate; 2] = [
    Rate {
        value: "events_a_year",
        limits: None,
        count: "events",
    },
    Rate {
        value: "cases_a_year",
        limits: Some(("cases_low", "cases_high")),
        count: "cases",
    },
];

/// The rows of a scale: those of a span, and the one of starts that may lie in two.
struct Scale {
    spans: Vec<usize>,
    unplaced: Option<usize>,
}

fn draw(reader: &Reader<'_>, canvas: &mut Canvas) -> Result<Drawn> {
    let (by_year, by_period) = (scale(reader, "year")?, scale(reader, "period")?);
    let (years, periods) = layout(canvas, by_year.spans.len(), by_period.spans.len());
    let mut top = canvas.height() + 6.0;
    if !by_year.spans.is_empty() {
        let years = Years::new(reader, years, &by_year.spans, &by_period.spans)?;
        top = years.head(canvas, top)?;
        for (heading, series) in series(reader) {
            top = years.row(reader, canvas, top, &heading, &series)?;
        }
        top = years.foot(reader, canvas, top - GAP)?;
    }
    if !by_period.spans.is_empty() {
        canvas.reach(top);
        let mut headings = Vec::new();
        for &row in &by_period.spans {
            headings.push(Heading {
                name: reader.words(row, "span")?,
                notes: vec![record(reader, row)?],
            });
        }
        top = periods.head(canvas, &headings)? + GAP + 2.0;
        for rate in rates_of(reader) {
            top = rates::row(canvas, reader, &periods, top, &by_period.spans, rate)?;
        }
    }
    let notes = unplaced(reader, &[&by_year, &by_period])?;
    folded::note(canvas, &notes)?;
    let mut description = describe(reader, &by_year, &by_period)?;
    if !notes.is_empty() {
        description.push(notes);
    }
    Ok(Drawn {
        description: description.join(" "),
        key: key(reader),
    })
}

/// The columns of so many years and of so many periods: if either has no room beside the labels, both
/// stand below them, so that all panels have one left side.
fn layout(canvas: &Canvas, years: usize, periods: usize) -> (Periods, Periods) {
    let beside = (
        Years::columns(canvas, LABELS, years),
        Periods::new(canvas, LABELS, periods),
    );
    if beside.0.is_stacked() || beside.1.is_stacked() {
        let below = |count| Periods::below(canvas, count);
        return (below(years), below(periods));
    }
    beside
}

fn scale(reader: &Reader<'_>, wanted: &str) -> Result<Scale> {
    let mut scale = Scale {
        spans: Vec::new(),
        unplaced: None,
    };
    for row in 0..reader.table.rows.len() {
        if reader.cell(row, "scale")?.code() != Some(wanted) {
            continue;
        }
        if reader.day(row, "from")?.is_some() {
            scale.spans.push(row);
        } else {
            scale.unplaced = Some(row);
        }
    }
    Ok(scale)
}

/// The rates that the table has.
fn rates_of(reader: &Reader<'_>) -> impl Iterator<Item = &'static Rate> {
    RATES.iter().filter(|rate| reader.has(rate.value))
}

/// What is counted by year, each in its row; offers stand on the mediations begun with them.
fn series(reader: &Reader<'_>) -> Vec<(String, Vec<Counted>)> {
    let counted = |column, paint| Counted { column, paint };
    let both = Label::new("Cases begun", "Басталған жағдайлар", "Начатые случаи");
    let mut begun = (
        reader.heading("cases"),
        vec![counted("cases", Paint::fill(ACCENT))],
    );
    if reader.has("offers") {
        begun.0 = reader.say(&both);
        begun
            .1
            .push(counted("offers", Paint::fill(PAPER).outlined(ACCENT, 0.8)));
    }
    let under_way = Paint::fill(ACCENT_PALE).outlined(ACCENT, 0.5);
    let events = reader.has("events").then(|| {
        let events = vec![counted("events", Paint::fill(ACCENT))];
        (reader.heading("events"), events)
    });
    let under_way = (reader.heading("active"), vec![counted("active", under_way)]);
    events.into_iter().chain([begun, under_way]).collect()
}

/// How long the record of a period is.
fn record(reader: &Reader<'_>, row: usize) -> Result<String> {
    let Cell::Number(years) = reader.cell(row, "years")? else {
        return Ok(String::new());
    };
    let label = Label::new("{n} years", "{n} жыл", "лет: {n}");
    Ok(reader.say(&label.fill(&[("n", &decimal(*years, 1))])))
}

/// What is counted but has no place on the axis: starts in no span, or that may lie in two.
fn unplaced(reader: &Reader<'_>, scales: &[&Scale]) -> Result<String> {
    let mut sentences = Vec::new();
    for row in scales.iter().filter_map(|scale| scale.unplaced) {
        let text = Label::new(
            "Starts outside every {scale}, or possibly in two: {counts}.",
            "Басталуы бірде-бір аралыққа толық жатпайтыны ({scale}): {counts}.",
            "Начало не попадает целиком ни в один отрезок ({scale}): {counts}.",
        );
        sentences.push(reader.say(&text.fill(&[
            ("scale", &Label::plain(reader.words(row, "scale")?)),
            ("counts", &Label::plain(counts(reader, row)?)),
        ])));
    }
    Ok(sentences.join(" "))
}

/// The counts of a row in words.
fn counts(reader: &Reader<'_>, row: usize) -> Result<String> {
    let mut parts = Vec::new();
    for name in ["cases", "offers", "events"]
        .into_iter()
        .filter(|name| reader.has(name))
    {
        parts.push(format!(
            "{} {}",
            reader.heading(name),
            reader.words(row, name)?
        ));
    }
    Ok(parts.join(", "))
}

/// The periods with their counts and rates, a sentence each; then the years that hold anything.
fn describe(reader: &Reader<'_>, years: &Scale, periods: &Scale) -> Result<Vec<String>> {
    let mut sentences = Vec::new();
    for &row in &periods.spans {
        let mut parts = vec![counts(reader, row)?];
        for rate in rates_of(reader) {
            parts.extend(rates::words(reader, row, rate)?);
        }
        sentences.push(format!(
            "{} ({}): {}.",
            reader.words(row, "span")?,
            record(reader, row)?,
            parts.join("; ")
        ));
    }
    if reader.has("events") {
        let events = years::listed(reader, &years.spans, "events")?;
        sentences.extend(Some(events).filter(|events| !events.is_empty()));
    }
    Ok(sentences)
}

/// How to read the marks, for the caption.
fn key(reader: &Reader<'_>) -> String {
    reader.say(&Label::new(
        "Above, counts by year; a year whose label is 0 is on record and empty, a hatched stretch is not on record. Below, rates by period, each count divided by the years of record; a standing line is the interval, n the count.",
        "Жоғарыда – жылдар бойынша сандар; 0 деп белгіленген жыл жазбада бар, бірақ бос, сызықталған бөлік жазбада жоқ. Төменде – кезеңдер бойынша жиіліктер: әр сан дерек қамтыған жылдарға бөлінген; тік сызық – аралық, n – сан.",
        "Вверху – количества по годам; год с нулём есть в записи, но пуст, заштрихованный отрезок в запись не входит. Внизу – частоты по периодам: количество, делённое на годы записи; вертикальная линия – интервал, n – количество.",
    ))
}
