//! The hubs over time: a row per place, a column per period, a bar for the events there.
//!
//! Bars and not circles: that 24 is half of 48 is seen on a length and not on an area.

use super::{ChartSpec, Drawn};
use crate::error::Result;
use crate::model::label::Label;
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type, text};
use crate::render::figure::MARGIN;
use crate::render::pieces::folded;
use crate::render::pieces::key::{self, Key, Sign};
use crate::render::pieces::nothing;
use crate::render::pieces::periods::{GAP, Heading, Periods};
use crate::render::pieces::read::Reader;
use crate::render::pieces::shares;
use crate::render::theme::{self, ACCENT, GRID, INK, MUTED, PAPER, precise, real};

/// The venues by period.
pub static SPEC: ChartSpec = ChartSpec {
    name: "venues",
    of: "venues",
    title: Label::new(
        "Places by period",
        "Кезеңдер бойынша орындар",
        "Места по периодам",
    ),
    draw,
};

const LABELS: f64 = 74.0;
/// The height of the lane of a place.
const LANE: f64 = 10.6;
/// More places than this are not drawn.
const MOST: usize = 40;

const READING: Label = Label::new(
    "In a lane of a place, a bar is the number of events there, from zero; n is the events of the period with a known place, and the total includes events of no period. Above, the share at home.",
    "Орын жолында бағанша – сондағы оқиғалар саны, нөлден басталады; n – кезеңнің орны белгілі оқиғалары, жалпы санға кезеңсіз оқиғалар да кіреді. Жоғарыда – елде өткендер үлесі.",
    "В строке места полоса – число событий там, от нуля; n – события периода с известным местом, в общее число входят и события вне периодов. Вверху – доля прошедших дома.",
);

/// A period: the column of its shares and its name.
struct Period<'a> {
    column: &'a str,
    code: &'a str,
    name: String,
}

fn draw(reader: &Reader<'_>, canvas: &mut Canvas) -> Result<Drawn> {
    let (home, places) = rows(reader)?;
    if places.is_empty() {
        return nothing::draw(canvas, reader);
    }
    let periods = periods(reader);
    let columns = Periods::beside(canvas, LABELS, periods.len());
    let mut headings = Vec::new();
    for period in &periods {
        let located = reader.share(places[0], period.column)?;
        headings.push(Heading {
            name: period.name.clone(),
            notes: located
                .map(|share| format!("n = {}", share.trials))
                .into_iter()
                .collect(),
        });
    }
    let mut top = columns.head(canvas, &headings)?;
    if let Some(row) = home {
        top = at_home(canvas, reader, &columns, (top + GAP, row), &periods)?;
    }
    top = lanes(canvas, reader, &columns, top, &places, &periods)?;
    let left_out = folded::sentence(reader, places.len(), MOST, &reader.heading("place"));
    let bottom = key::draw(
        canvas,
        MARGIN,
        canvas.width() - MARGIN,
        top + 4.0,
        &[signs(reader)],
    )?;
    canvas.reach(bottom);
    folded::note(canvas, &left_out)?;
    Ok(Drawn {
        description: describe(reader, home, &places, &periods)?,
        key: [reader.say(&READING), shares::reading(reader), left_out]
            .join(" ")
            .trim_end()
            .to_owned(),
    })
}

/// The row of all that was at home, if the table has one, and those of the places.
fn rows(reader: &Reader<'_>) -> Result<(Option<usize>, Vec<usize>)> {
    let (mut home, mut places) = (None, Vec::new());
    for row in 0..reader.table.rows.len() {
        match reader.cell(row, "scope")?.code() {
            Some("home") => home = Some(row),
            _ => places.push(row),
        }
    }
    Ok((home, places))
}

fn periods<'a>(reader: &Reader<'a>) -> Vec<Period<'a>> {
    let columns = reader.table.columns.iter();
    let of = columns.filter_map(|column| Some((column, column.name.strip_prefix("events_")?)));
    of.map(|(column, code)| Period {
        column: &column.name,
        code,
        name: reader.say(&column.label),
    })
    .collect()
}

fn at_home(
    canvas: &mut Canvas,
    reader: &Reader<'_>,
    columns: &Periods,
    (top, row): (f64, usize),
    periods: &[Period<'_>],
) -> Result<f64> {
    let label = reader.words(row, "scope")?;
    let panel = shares::row(canvas, reader, columns, top)?;
    columns.label(canvas, top, &label)?;
    for (place, period) in periods.iter().enumerate() {
        let share = reader.share(row, period.column)?;
        let tooltip = format!("{label}, {}", period.name);
        shares::draw(
            canvas,
            reader,
            &panel,
            place,
            share,
            (&tooltip, &[("period", period.code)]),
        )?;
    }
    let bottom = panel.rect().bottom();
    canvas.reach(bottom + 4.0);
    Ok(bottom + 4.0)
}

/// Draws a lane for each place, the one with most events first; returns the lower edge.
fn lanes(
    canvas: &mut Canvas,
    reader: &Reader<'_>,
    columns: &Periods,
    top: f64,
    places: &[usize],
    periods: &[Period<'_>],
) -> Result<f64> {
    let (left, total) = (MARGIN, columns.x(0) - 8.0);
    let small = Type::of(theme::SMALL).bold().colour(MUTED);
    let first = top + small.size + 3.0;
    let events = reader.heading("events");
    canvas.text(left, first, &reader.heading("place"), &small)?;
    canvas.text(total, first, &events, &small.anchor(Anchor::End))?;
    let mut most = 1;
    for &row in places {
        for period in periods {
            most = most.max(
                reader
                    .share(row, period.column)?
                    .map_or(0, |share| share.successes),
            );
        }
    }
    let label = Type::of(theme::SMALL);
    let room = columns.width() - 10.0 - label.width(&most.to_string());
    let drawn = &places[..places.len().min(MOST)];
    let upper = first + 4.0;
    let bottom = upper + LANE * real(drawn.len());
    let right = canvas.width() - MARGIN;
    for place in 0..periods.len() {
        let x = columns.x(place) + 3.0;
        canvas.line((x, upper), (x, bottom), &Paint::line(GRID, 0.5));
    }
    for (lane, &row) in drawn.iter().enumerate() {
        let y = upper + LANE * real(lane);
        let (name, home) = (reader.words(row, "place")?, reader.flag(row, "home")?);
        canvas.line((left, y), (right, y), &Paint::line(theme::FAINT, 0.5));
        let style = if home == Some(true) {
            Type::of(theme::BODY).bold()
        } else {
            Type::of(theme::BODY)
        };
        let baseline = y + f64::midpoint(LANE, style.size * text::CAP_HEIGHT);
        let count = reader.words(row, "events")?;
        let limit = total - left - style.width(&count) - 6.0;
        let short = text::shorten(&name, style.size, style.weight, limit);
        let code = reader.cell(row, "place")?.code().unwrap_or_default();
        canvas.text(left, baseline, &short, &style)?;
        canvas.text(total, baseline, &count, &style.anchor(Anchor::End))?;
        for (place, period) in periods.iter().enumerate() {
            let Some(share) = reader
                .share(row, period.column)?
                .filter(|share| share.successes > 0)
            else {
                continue;
            };
            let tooltip = format!(
                "{name}, {}: {}",
                period.name,
                shares::counted(reader, share)
            );
            let data = [("place", code), ("period", period.code)];
            canvas.group("venue", &tooltip, &data, |canvas| {
                let x = columns.x(place) + 3.0;
                let wide = room * precise(share.successes) / precise(most);
                canvas.rect(Rect::new(x, y + 2.2, wide, LANE - 4.4), &paint(home));
                canvas.text(
                    x + wide + 2.5,
                    baseline,
                    &share.successes.to_string(),
                    &label,
                )
            })?;
        }
    }
    canvas.line(
        (left, bottom),
        (right, bottom),
        &Paint::line(theme::FAINT, 0.5),
    );
    canvas.reach(bottom);
    Ok(bottom)
}

/// Filled at home, hollow elsewhere, dashed where it is not known.
const fn paint(home: Option<bool>) -> Paint {
    match home {
        Some(true) => Paint::fill(ACCENT).outlined(ACCENT, 0.7),
        Some(false) => Paint::fill(PAPER).outlined(ACCENT, 0.7),
        None => Paint::fill(PAPER).outlined(INK, 0.6).dashed("1.5 1"),
    }
}

fn signs(reader: &Reader<'_>) -> Key {
    let bar = |home, label: &Label| (Sign::Bar(paint(home)), reader.say(label));
    Key {
        heading: reader.heading("events"),
        entries: vec![
            bar(
                Some(true),
                &Label::new("at home (bold)", "елде (қалың әріп)", "дома (полужирным)"),
            ),
            bar(
                Some(false),
                &Label::new("elsewhere", "басқа жерде", "в другом месте"),
            ),
            bar(
                None,
                &Label::new("country unknown", "елі белгісіз", "страна неизвестна"),
            ),
        ],
    }
}

/// The shares at home, then every place with its events by period.
fn describe(
    reader: &Reader<'_>,
    home: Option<usize>,
    places: &[usize],
    periods: &[Period<'_>],
) -> Result<String> {
    let mut sentences = Vec::new();
    if let Some(row) = home {
        let mut parts = Vec::new();
        for period in periods {
            if let Some(share) = reader.share(row, period.column)? {
                parts.push(format!("{} {}", period.name, shares::words(reader, share)));
            }
        }
        sentences.push(format!(
            "{}: {}.",
            reader.words(row, "scope")?,
            parts.join("; ")
        ));
    }
    for &row in &places[..places.len().min(MOST)] {
        let mut parts = Vec::new();
        for period in periods {
            let share = reader.share(row, period.column)?;
            if let Some(share) = share.filter(|share| share.successes > 0) {
                parts.push(format!(
                    "{} {}",
                    period.name,
                    shares::counted(reader, share)
                ));
            }
        }
        let events = format!(
            "{} {}",
            reader.heading("events"),
            reader.words(row, "events")?
        );
        parts.insert(0, events);
        sentences.push(format!(
            "{}: {}.",
            reader.words(row, "place")?,
            parts.join("; ")
        ));
    }
    let left_out = folded::sentence(reader, places.len(), MOST, &reader.heading("place"));
    sentences.push(left_out);
    Ok(sentences.join(" ").trim_end().to_owned())
}
