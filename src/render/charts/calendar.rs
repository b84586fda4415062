//! The longest process as a calendar: a row per year, its months across, every meeting on its day at
//! the height of its outcome.

use std::collections::BTreeMap;

use super::{ChartSpec, Drawn};
use crate::error::Result;
use crate::model::date::{Day, Interval};
use crate::model::label::Label;
use crate::render::canvas::axis::Panel;
use crate::render::canvas::marks::Shape;
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type};
use crate::render::figure::MARGIN;
use crate::render::pieces::folded;
use crate::render::pieces::key::{self, Key, Sign};
use crate::render::pieces::lanes;
use crate::render::pieces::nothing;
use crate::render::pieces::read::Reader;
use crate::render::theme::{self, FAINT, GRID, INK, MUTED, PAPER, real};

/// The calendar of the longest process.
pub static SPEC: ChartSpec = ChartSpec {
    name: "calendar",
    of: "calendar",
    title: Label::new(
        "The longest process, year by year",
        "Ең ұзақ процесс жылма-жыл",
        "Самый долгий процесс по годам",
    ),
    draw,
};

/// Where the years end and the months begin.
const LEFT: f64 = 52.0;
const LEVEL: f64 = 4.6;
const MARK: f64 = 5.0;
/// More years than this are not drawn.
const MOST: usize = 24;

struct Meeting {
    row: usize,
    number: String,
    day: Day,
    latest: Day,
    when: String,
    place: String,
    hosted: Option<bool>,
    rank: Option<usize>,
    outcome: String,
}

fn draw(reader: &Reader<'_>, canvas: &mut Canvas) -> Result<Drawn> {
    let meetings = read(reader)?;
    let (Some(first), Some(last)) = (meetings.first(), meetings.last()) else {
        return nothing::draw(canvas, reader);
    };
    let title = reader.words(first.row, "title")?;
    let years: Vec<i16> = (first.day.year()..=last.day.year()).collect();
    let mut of: BTreeMap<i16, Vec<&Meeting>> = BTreeMap::new();
    for meeting in &meetings {
        of.entry(meeting.day.year()).or_default().push(meeting);
    }
    let mut top = head(reader, canvas, &title)?;
    for year in years.iter().take(MOST) {
        let held = of.get(year).map_or(&[][..], Vec::as_slice);
        top = draw_year(reader, canvas, top, *year, held)?;
    }
    let right = canvas.width() - MARGIN;
    let bottom = key::draw(canvas, MARGIN, right, top + 3.0, &keys(reader, &meetings))?;
    canvas.reach(bottom);
    let what = Label::new("Years", "Жылдар", "Годы");
    let left_out = folded::sentence(reader, years.len(), MOST, &reader.say(&what));
    folded::note(canvas, &left_out)?;
    let reading = reader.say(&Label::new(
        "A row is a year, the number beneath it its meetings; a mark stands on the day of a meeting, as high as the place of its outcome on the scale, with the number of the meeting above; a lying line covers its possible days; the place is named where it is not at home.",
        "Жол – жыл, астындағы сан – кездесулері; белгі кездесу күнінде, биіктігі – нәтижесінің шкаладағы орны, үстінде кездесу нөмірі; көлденең сызық – ықтимал күндері; елден тыс болса, орны аталған.",
        "Строка – год, число под ним – встречи; знак стоит на дне встречи на высоте её исхода на шкале, над ним номер встречи; горизонтальная линия – возможные дни; место названо, если это не дома.",
    ));
    Ok(Drawn {
        description: describe(&title, &meetings),
        key: format!("{reading} {left_out}").trim_end().to_owned(),
    })
}

fn read(reader: &Reader<'_>) -> Result<Vec<Meeting>> {
    reader.column("case")?;
    let mut meetings = Vec::new();
    for row in 0..reader.table.rows.len() {
        let Some(day) = reader.day(row, "earliest")? else {
            continue;
        };
        let latest = reader.day(row, "latest")?.unwrap_or(day);
        meetings.push(Meeting {
            row,
            number: reader.words(row, "number")?,
            day,
            latest,
            when: lanes::point(Interval {
                earliest: day,
                latest,
            }),
            place: reader.words(row, "place")?,
            hosted: reader.flag(row, "hosted")?,
            rank: reader.place(row, "outcome")?,
            outcome: reader.words(row, "outcome")?,
        });
    }
    Ok(meetings)
}

/// Names the case and the months, by number: their names are of very different length.
fn head(reader: &Reader<'_>, canvas: &mut Canvas, title: &str) -> Result<f64> {
    let name = Type::of(theme::BODY).bold();
    let room = canvas.width() - 2.0 * MARGIN;
    let lines = name.wrap(title, room);
    let after = canvas.lines(MARGIN, canvas.height() + 6.0 + name.size, &lines, &name)?;
    let small = Type::of(theme::SMALL).colour(MUTED);
    let month = Label::new("Month", "Ай", "Месяц");
    let baseline = after + 2.0;
    canvas.text(MARGIN, baseline, &reader.say(&month), &small)?;
    let wide = (canvas.width() - MARGIN - LEFT) / 12.0;
    for month in 1..=12_usize {
        let x = LEFT + wide * (real(month) - 0.5);
        canvas.text(
            x,
            baseline,
            &month.to_string(),
            &small.anchor(Anchor::Middle),
        )?;
    }
    Ok(baseline + 3.0)
}

/// Draws a year from `top`; returns its lower edge.
fn draw_year(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    top: f64,
    year: i16,
    held: &[&Meeting],
) -> Result<f64> {
    let levels = reader.codes("outcome").len().max(1);
    let small = Type::of(theme::SMALL).colour(MUTED);
    let high = LEVEL * real(levels);
    let area = Rect::new(LEFT, top + 9.0, canvas.width() - MARGIN - LEFT, high);
    let bottom = area.bottom() + 10.0;
    let right = area.right();
    canvas.line((MARGIN, top), (right, top), &Paint::line(GRID, 0.5));
    let strong = Type::of(theme::BODY).bold();
    let first = f64::midpoint(top, bottom) - 1.0;
    canvas.text(MARGIN, first, &year.to_string(), &strong)?;
    let count = format!("n={}", held.len());
    canvas.text(MARGIN, first + small.leading(), &count, &small)?;
    let start = f64::from(year);
    let panel = Panel::new(area, start..start + 1.0, 0.0..real(levels));
    for month in 0..=12_usize {
        let x = LEFT + area.width * real(month) / 12.0;
        canvas.line((x, top), (x, bottom), &Paint::line(FAINT, 0.5));
    }
    let ground = Paint::line(MUTED, 0.5);
    canvas.line((LEFT, area.bottom()), (right, area.bottom()), &ground);
    let (mut numbered, mut placed) = (LEFT, LEFT);
    for meeting in held {
        let x = panel
            .x(meeting.day.fraction())
            .clamp(LEFT + MARK / 2.0, right - MARK / 2.0);
        let y = panel.y(meeting.rank.map_or(0.0, |rank| real(rank) + 0.5));
        let tooltip = spoken(meeting);
        let [case, event, outcome] =
            ["case", "event", "outcome"].map(|name| reader.key(meeting.row, name));
        let (case, event, outcome) = (case?, event?, outcome?);
        let data = [
            ("case", case.as_str()),
            ("event", &event),
            ("outcome", &outcome),
        ];
        canvas.group("event", &tooltip, &data, |canvas| {
            canvas.line((x, area.bottom()), (x, y), &Paint::line(INK, 0.5));
            let until = panel.x(meeting.latest.next().fraction()).min(right);
            if until - x > MARK {
                canvas.line((x, y), (until, y), &Paint::line(MUTED, 0.9));
            }
            let (shape, paint) = mark(meeting.hosted, meeting.rank, levels);
            shape.draw(canvas, x, y, MARK, &paint);
            // A word that would run into the one before it is left to the tooltip.
            let half = small.width(&meeting.number) / 2.0;
            if x - half >= numbered && x + half <= right {
                let style = small.colour(INK).anchor(Anchor::Middle);
                canvas.text(x, y - MARK / 2.0 - 1.8, &meeting.number, &style)?;
                numbered = x + half + 1.8;
            }
            let half = small.width(&meeting.place) / 2.0;
            if meeting.hosted != Some(true) && x - half >= placed && x + half <= right {
                let style = small.anchor(Anchor::Middle);
                canvas.text(x, area.bottom() + small.size + 0.6, &meeting.place, &style)?;
                placed = x + half + 3.0;
            }
            Ok(())
        })?;
    }
    canvas.reach(bottom);
    Ok(bottom)
}

/// How a meeting looks: its shape says where it was, its colour repeats the height of its outcome.
fn mark(hosted: Option<bool>, rank: Option<usize>, levels: usize) -> (Shape, Paint) {
    let shape = match hosted {
        Some(true) => Shape::Circle,
        Some(false) => Shape::Square,
        None => Shape::Diamond,
    };
    let paint = match rank {
        Some(rank) => Paint::fill(theme::ordered(rank, levels)).outlined(INK, 0.5),
        None => Paint::fill(PAPER).outlined(INK, 0.5),
    };
    (shape, paint)
}

/// The outcomes and the places that occur, and no others.
fn keys(reader: &Reader<'_>, meetings: &[Meeting]) -> Vec<Key> {
    let levels = reader.codes("outcome");
    let sign = |hosted, rank| {
        let (shape, paint) = mark(hosted, rank, levels.len().max(1));
        Sign::Mark(shape, MARK, paint)
    };
    let occurs = |rank| meetings.iter().any(|meeting| meeting.rank == rank);
    let mut outcomes: Vec<(Sign, String)> = levels
        .iter()
        .enumerate()
        .filter(|(rank, _)| occurs(Some(*rank)))
        .map(|(rank, (_, label))| (sign(Some(true), Some(rank)), reader.say(label)))
        .collect();
    if occurs(None) {
        let unknown = Label::new("unknown", "белгісіз", "неизвестно");
        outcomes.push((sign(Some(true), None), reader.say(&unknown)));
    }
    let places = [
        (Some(true), Label::new("yes", "иә", "да")),
        (Some(false), Label::new("no", "жоқ", "нет")),
        (None, Label::new("unknown", "белгісіз", "неизвестно")),
    ];
    let at = |hosted| meetings.iter().any(|meeting| meeting.hosted == hosted);
    let places = places.into_iter().filter(|(hosted, _)| at(*hosted));
    vec![
        Key {
            heading: reader.heading("outcome"),
            entries: outcomes,
        },
        Key {
            heading: reader.heading("hosted"),
            entries: places
                .map(|(hosted, label)| (sign(hosted, None), reader.say(&label)))
                .collect(),
        },
    ]
}

fn spoken(meeting: &Meeting) -> String {
    format!(
        "{}. {}, {}: {}",
        meeting.number, meeting.when, meeting.place, meeting.outcome
    )
}

/// The case, and every meeting with its day, place and outcome.
fn describe(title: &str, meetings: &[Meeting]) -> String {
    let told: Vec<String> = meetings.iter().map(spoken).collect();
    format!("{title}: {}.", told.join("; "))
}
