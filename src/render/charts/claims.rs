//! The verdicts on claims at a glance: a row per claim, and in each view its place on the scale from
//! contradicted to supported, with how many runs agree.
//!
//! Place and shape say what the verdict is and the filling how firm it is, so that nothing hangs on
//! colour. Claims that no data of this kind can test are listed below, since leaving them out would
//! make the rest look like all that was claimed.

use super::{ChartSpec, Drawn};
use crate::analyse::table::Cell;
use crate::error::Result;
use crate::model::label::Label;
use crate::render::canvas::marks::Shape;
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type};
use crate::render::figure::MARGIN;
use crate::render::pieces::columns::LANE;
use crate::render::pieces::key::{self, Key, Sign};
use crate::render::pieces::nothing;
use crate::render::pieces::read::Reader;
use crate::render::pieces::rows;
use crate::render::theme::{self, ACCENT, FAINT, GRID, INK, MUTED, PAPER, precise, real};
use crate::render::words;

/// The verdicts on claims.
pub static SPEC: ChartSpec = ChartSpec {
    name: "claims",
    of: "claims",
    title: Label::new(
        "Verdicts on the claims",
        "Тұжырымдар туралы үкімдер",
        "Вердикты по утверждениям",
    ),
    draw,
};

/// The width of a scale of verdicts, where there is room.
const SCALE: f64 = 76.0;
/// The width of a bar of runs beside the words of claims, and below them.
const BARS: (f64, f64) = (26.0, 16.0);
/// The width from which on claims stand beside their verdicts and not above them.
const BESIDE: f64 = 100.0;
/// The height of verdicts below their claim.
const BELOW: f64 = 12.0;
/// The room for the number of runs.
const COUNT: f64 = 30.0;
/// The distance between columns.
const GAP: f64 = 9.0;
/// The width of the number of a claim.
const NUMBER: f64 = 18.0;
/// The size of a mark.
const MARK: f64 = 6.4;
/// What a row is higher than its words.
const PADDING: f64 = 5.0;
/// The code of a claim that no data of this kind can test.
const NOT_TESTABLE: &str = "not_testable";

/// The places of the scale, left to right, each with its firm code, its weak one and its shape.
const PLACES: [(&str, &str, Shape); 3] = [
    ("contradicted", "points_contradicted", Shape::Wedge),
    ("mixed", "open", Shape::Circle),
    ("supported", "points_supported", Shape::Triangle),
];

/// A view of the verdicts.
struct View {
    verdict: &'static str,
    same: &'static str,
    runs: &'static str,
    x: f64,
    scale: f64,
    bar: f64,
}

impl View {
    fn width(&self) -> f64 {
        self.scale + rest(self.bar)
    }
}

/// What a view takes besides its scale.
const fn rest(bar: f64) -> f64 {
    GAP + bar + 3.0 + COUNT
}

/// Where a claim stands: its words, and from where to where its verdicts.
struct Place {
    row: usize,
    lines: Vec<String>,
    top: f64,
    middle: f64,
    lane: (f64, f64),
}

fn draw(reader: &Reader<'_>, canvas: &mut Canvas) -> Result<Drawn> {
    for name in ["claim", "then", "now"] {
        reader.column(name)?;
    }
    let rows: Vec<usize> = (0..reader.table.rows.len()).collect();
    if rows.is_empty() {
        let words = reader.say(&Label::new(
            "There is no claim.",
            "Тұжырым жоқ.",
            "Утверждений нет.",
        ));
        return nothing::say(canvas, words);
    }
    let is_testable =
        |row: &usize| reader.table.cell(*row, "now").and_then(Cell::code) != Some(NOT_TESTABLE);
    let (tested, untested): (Vec<usize>, Vec<usize>) = rows.into_iter().partition(is_testable);
    let views = views(reader, canvas);
    let left = MARGIN + NUMBER;
    let first = views.first().map_or(MARGIN, |view| view.x);
    let is_beside = first > MARGIN;
    let right = if is_beside {
        first - GAP
    } else {
        canvas.width() - MARGIN
    };
    let room = right - left;
    let mut top = canvas.height() + 6.0;
    if !tested.is_empty() {
        top = head(reader, canvas, &views, top)?;
    }
    let (places, top) = places(reader, &tested, room, is_beside, top)?;
    for place in &places {
        lane(reader, canvas, &views, place, left)?;
    }
    rows::rule(canvas, top);
    canvas.reach(top + 2.0);
    if !tested.is_empty() {
        let right = canvas.width() - MARGIN;
        let bottom = key::draw(canvas, MARGIN, right, top + 6.0, &keys(reader))?;
        canvas.reach(bottom);
    }
    list(reader, canvas, &untested)?;
    Ok(Drawn {
        description: describe(reader, &views)?,
        key: reader.say(&KEY),
    })
}

/// Where the claims stand from `top` on, and where they end; verdicts beside their words or below them.
fn places(
    reader: &Reader<'_>,
    tested: &[usize],
    room: f64,
    is_beside: bool,
    mut top: f64,
) -> Result<(Vec<Place>, f64)> {
    let style = LANE;
    let mut places = Vec::new();
    for row in tested {
        let lines = style.wrap(&reader.words(*row, "claim")?, room);
        let height = style.leading() * real(lines.len()) + PADDING;
        let lane = if is_beside {
            (top, height)
        } else {
            (top + height - PADDING / 2.0, BELOW)
        };
        places.push(Place {
            row: *row,
            lines,
            top,
            middle: top + height / 2.0,
            lane,
        });
        top += if is_beside { height } else { height + BELOW };
    }
    Ok((places, top))
}

/// A claim with its verdict through each view.
fn lane(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    views: &[View],
    place: &Place,
    left: f64,
) -> Result<()> {
    rows::rule(canvas, place.top);
    let id = reader.words(place.row, "id")?;
    canvas.group(
        "claim",
        &spoken(reader, views, place.row)?,
        &[("claim", &id)],
        |canvas| {
            rows::centred(
                canvas,
                MARGIN,
                place.middle,
                std::slice::from_ref(&id),
                &LANE.colour(MUTED),
            )?;
            rows::centred(canvas, left, place.middle, &place.lines, &LANE)?;
            for view in views {
                verdict(reader, canvas, view, place.row, place.lane)?;
            }
            Ok(())
        },
    )
}

const KEY: Label = Label::new(
    "Place and shape of a mark are the verdict; a filled mark is firm, a hollow one is not settled. The bar is the part of the runs of the sensitivity analysis that point the same way; 32/33 means 32 of 33.",
    "Белгінің орны мен пішіні — үкім; толтырылғаны нық, қуысы шешілмеген. Жолақ — сезімталдық есептеулерінің сол бағытты беретін бөлігі; 32/33 — 33 ішінен 32.",
    "Место и форма знака — вердикт; закрашенный твёрд, полый означает, что не решено. Полоса — часть прогонов анализа чувствительности с тем же направлением; 32/33 — 32 из 33.",
);

/// The views that the table has: the one as asked, and before it that of the source if there is one.
///
/// They stand at the right, or share the width if that leaves too little for the words of claims.
fn views(reader: &Reader<'_>, canvas: &Canvas) -> Vec<View> {
    let mut names = vec![("now", "now_same", "now_runs")];
    let mut then = reader.table.column("then").into_iter().flatten();
    if then.any(|cell| cell.code().is_some()) {
        names.insert(0, ("then", "then_same", "then_runs"));
    }
    let across = real(names.len());
    let room = canvas.width() - 2.0 * MARGIN;
    let (beside, below) = BARS;
    let claims = room - NUMBER - across * (SCALE + rest(beside) + GAP);
    let share = (room + GAP) / across - GAP - rest(below);
    let (scale, bar, first) = if claims >= BESIDE {
        (SCALE, beside, MARGIN + NUMBER + claims + GAP)
    } else {
        (share.min(SCALE), below, MARGIN)
    };
    let view = |(place, (verdict, same, runs))| View {
        verdict,
        same,
        runs,
        x: first + real(place) * (scale + rest(bar) + GAP),
        scale,
        bar,
    };
    names.into_iter().enumerate().map(view).collect()
}

/// Where the marks of a place of the scale stand.
fn stand(view: &View, place: usize) -> f64 {
    view.x + view.scale * (real(place) + 0.5) / real(PLACES.len())
}

/// The words of a verdict.
fn meaning(reader: &Reader<'_>, code: &str) -> String {
    let codes = reader.codes("now");
    let known = codes.iter().find(|(known, _)| known == code);
    known.map_or_else(String::new, |(_, label)| reader.say(label))
}

/// Writes the names of the views and, each on a line of its own, the places of their scales.
fn head(reader: &Reader<'_>, canvas: &mut Canvas, views: &[View], top: f64) -> Result<f64> {
    let headings: Vec<(String, f64, f64)> = views
        .iter()
        .map(|view| (reader.heading(view.verdict), view.x, view.width()))
        .collect();
    let below = rows::head(canvas, top, &headings)?;
    let style = Type::of(theme::SMALL);
    let last = below + style.size + style.leading() * 2.0;
    for view in views {
        let ends = [
            (view.x, Anchor::Start),
            (stand(view, 1), Anchor::Middle),
            (view.x + view.scale, Anchor::End),
        ];
        for (place, ((code, _, _), (x, anchor))) in PLACES.iter().zip(ends).enumerate() {
            let baseline = last - style.leading() * real(PLACES.len() - 1 - place);
            let words = meaning(reader, code);
            canvas.text(x, baseline, &words, &style.anchor(anchor))?;
        }
        let x = view.x + view.scale + GAP;
        let lines = style.wrap(&reader.heading(view.same), view.bar + 3.0 + COUNT);
        let first = last - style.leading() * real(lines.len() - 1);
        canvas.lines(x, first, &lines, &style.colour(MUTED))?;
    }
    Ok(last + 5.0)
}

/// Draws the verdict of a claim in a view, and how many runs agree.
fn verdict(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    view: &View,
    row: usize,
    (top, height): (f64, f64),
) -> Result<()> {
    let style = LANE;
    let middle = top + height / 2.0;
    let code = reader.cell(row, view.verdict)?.code().unwrap_or_default();
    let known = PLACES
        .iter()
        .position(|(firm, weak, _)| code == *firm || code == *weak);
    let Some(place) = known else {
        let lines = style.wrap(&reader.words(row, view.verdict)?, view.width());
        return rows::centred(canvas, view.x, middle, &lines, &style.colour(MUTED));
    };
    for place in 0..PLACES.len() {
        let x = stand(view, place);
        canvas.line((x, top), (x, top + height), &Paint::line(GRID, 0.5));
    }
    let (firm, _, shape) = PLACES[place];
    shape.draw(
        canvas,
        stand(view, place),
        middle,
        MARK,
        &paint(code == firm),
    );
    let Some(share) = reader.share(row, view.same)? else {
        return Ok(());
    };
    let x = view.x + view.scale + GAP;
    let bar = |part: f64| Rect::new(x, middle - 2.2, view.bar * part, 4.4);
    canvas.rect(
        bar(1.0),
        &Paint::fill(FAINT).outlined(GRID, theme::HAIRLINE),
    );
    let part = precise(share.successes) / precise(share.trials.max(1));
    canvas.rect(bar(part), &Paint::fill(ACCENT));
    let counts = [words::counts(share)];
    let few = share.successes < share.trials;
    let style = if few { style } else { style.colour(MUTED) };
    rows::centred(canvas, x + view.bar + 3.0, middle, &counts, &style)
}

const fn paint(is_firm: bool) -> Paint {
    let ground = if is_firm { INK } else { PAPER };
    Paint::fill(ground).outlined(INK, 0.9)
}

fn keys(reader: &Reader<'_>) -> Vec<Key> {
    let mut entries = Vec::new();
    for (firm, weak, shape) in PLACES.iter().rev() {
        let sign = |is_firm| Sign::Mark(*shape, MARK, paint(is_firm));
        entries.push((sign(true), meaning(reader, firm)));
        entries.push((sign(false), meaning(reader, weak)));
    }
    vec![Key {
        heading: String::new(),
        entries,
    }]
}

/// Lists in grey the claims that cannot be tested.
fn list(reader: &Reader<'_>, canvas: &mut Canvas, untested: &[usize]) -> Result<()> {
    if untested.is_empty() {
        return Ok(());
    }
    let heading = format!("{} ({})", meaning(reader, NOT_TESTABLE), untested.len());
    let bold = Type::of(theme::SMALL).bold().colour(MUTED);
    let mut top = canvas.height() + 10.0;
    canvas.text(MARGIN, top + bold.size, &heading, &bold)?;
    top += bold.leading() + 3.0;
    let style = LANE.colour(MUTED);
    let left = MARGIN + NUMBER;
    for row in untested {
        let (id, claim) = (reader.words(*row, "id")?, reader.words(*row, "claim")?);
        let lines = style.wrap(&claim, canvas.width() - MARGIN - left);
        let height = style.leading() * real(lines.len()) + 1.4;
        let middle = top + height / 2.0;
        let why = reader.words(*row, "cannot_show")?;
        canvas.group(
            "claim",
            &format!("{claim} {why}"),
            &[("claim", &id)],
            |canvas| {
                rows::centred(canvas, left, middle, &lines, &style)?;
                let first = middle - style.leading() * real(lines.len() - 1) / 2.0;
                rows::centred(canvas, MARGIN, first, std::slice::from_ref(&id), &style)
            },
        )?;
        top += height;
    }
    canvas.reach(top + 1.0);
    Ok(())
}

/// A claim with its verdicts and the runs in words.
fn spoken(reader: &Reader<'_>, views: &[View], row: usize) -> Result<String> {
    let mut parts = Vec::new();
    for view in views {
        let verdict = reader.words(row, view.verdict)?;
        let runs = match reader.cell(row, view.runs)? {
            Cell::Missing(_) => String::new(),
            _ => format!(" ({})", reader.words(row, view.runs)?),
        };
        parts.push(format!("{}: {verdict}{runs}", reader.heading(view.verdict)));
    }
    let (id, claim) = (reader.words(row, "id")?, reader.words(row, "claim")?);
    Ok(format!("{id}. {claim} {}.", parts.join("; ")))
}

/// How many claims have which verdict, and the verdicts of each that has one.
fn describe(reader: &Reader<'_>, views: &[View]) -> Result<String> {
    let reading = reader.table.reading.iter();
    let mut sentences: Vec<String> = reading.map(|label| reader.say(label)).collect();
    for row in 0..reader.table.rows.len() {
        if reader.cell(row, "now")?.code() != Some(NOT_TESTABLE) {
            sentences.push(spoken(reader, views, row)?);
        }
    }
    Ok(sentences.join(" "))
}
