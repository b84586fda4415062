//! Forward and back: a small panel per case, the level of its events as steps through its time.
//!
//! Every panel has the same levels and its own stretch of time: on one common axis of decades the
//! weeks in which most talks move would fall on one point.

mod levels;

use super::{ChartSpec, Drawn};
use crate::error::Result;
use crate::model::date::{Day, Interval};
use crate::model::label::Label;
use crate::render::canvas::axis::Panel;
use crate::render::canvas::marks::Shape;
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type, text};
use crate::render::figure::MARGIN;
use crate::render::pieces::folded;
use crate::render::pieces::key::{self, Key, Sign};
use crate::render::pieces::lanes;
use crate::render::pieces::nothing;
use crate::render::pieces::read::Reader;
use crate::render::theme::{self, ACCENT, FAINT, INK, MUTED, PAPER, real};
use levels::{GAP, Layout};

/// The trajectories of the cases.
pub static SPEC: ChartSpec = ChartSpec {
    name: "trajectories",
    of: "trajectories",
    title: Label::new(
        "Levels reached, case by case",
        "Әр жағдайда жеткен деңгейлер",
        "Достигнутые уровни по случаям",
    ),
    draw,
};

/// More cases than this are not drawn; those with most steps are.
const MOST: usize = 18;
/// A case with more steps than this has a row to itself.
const MANY: usize = 8;
/// The distance between levels, so that their names stand clear.
const LEVEL: f64 = 8.8;
const MARK: f64 = 4.2;

struct Step {
    row: usize,
    day: Day,
    /// Its possible days in words.
    when: String,
    rank: usize,
    /// The place of the change among its codes: first, forward, the same, back.
    change: usize,
}

struct Way {
    case: String,
    title: String,
    steps: Vec<Step>,
}

fn draw(reader: &Reader<'_>, canvas: &mut Canvas) -> Result<Drawn> {
    let all = read(reader)?;
    if all.is_empty() {
        return nothing::draw(canvas, reader);
    }
    let (moved, still): (Vec<usize>, Vec<usize>) =
        (0..all.len()).partition(|place| all[*place].steps.len() > 1);
    let mut chosen = moved.clone();
    chosen.sort_by_key(|place| (std::cmp::Reverse(all[*place].steps.len()), *place));
    chosen.truncate(MOST);
    chosen.sort_unstable();
    let ways: Vec<&Way> = chosen.into_iter().map(|place| &all[place]).collect();
    let bottom = grid(reader, canvas, &ways)?;
    let signs = signs(reader, &ways);
    let lower = key::draw(
        canvas,
        MARGIN,
        canvas.width() - MARGIN,
        bottom + 4.0,
        &[signs],
    )?;
    canvas.reach(lower);
    let most = Label::new(
        "Cases, most steps first",
        "Жағдайлар, қадамы көптері алдымен",
        "Случаи, сначала с наибольшим числом шагов",
    );
    let left_out = folded::sentence(reader, moved.len(), MOST, &reader.say(&most));
    folded::note(canvas, &left_out)?;
    let still: Vec<&Way> = still.into_iter().map(|place| &all[place]).collect();
    let once = once(reader, &still)?;
    folded::note(canvas, &once)?;
    let reading = reader.say(&Label::new(
        "A panel is a case, its levels are the scale of outcomes; a mark is a dated event with a known outcome, a line the level until the next. Each panel has its own stretch of time: the first and the last day beneath.",
        "Панель – жағдай, деңгейлері – нәтижелер шкаласы; белгі – нәтижесі мен күні белгілі оқиға, сызық – келесісіне дейінгі деңгей. Әр панельдің уақыты өзінікі: астында алғашқы және соңғы күні.",
        "Панель – случай, уровни – шкала исходов; знак – датированное событие с известным исходом, линия – уровень до следующего. У каждой панели свой отрезок времени: внизу первый и последний день.",
    ));
    let mut told = describe(reader, &ways)?;
    told.extend([left_out.clone(), once]);
    told.retain(|sentence| !sentence.is_empty());
    Ok(Drawn {
        description: told.join(" "),
        key: format!("{reading} {left_out}").trim_end().to_owned(),
    })
}

fn read(reader: &Reader<'_>) -> Result<Vec<Way>> {
    reader.column("case")?;
    let mut ways: Vec<Way> = Vec::new();
    for row in 0..reader.table.rows.len() {
        let case = reader.words(row, "case")?;
        let (Some(day), Some(rank)) = (reader.day(row, "earliest")?, reader.place(row, "outcome")?)
        else {
            continue;
        };
        let change = reader.place(row, "change")?.unwrap_or(0);
        let when = lanes::point(Interval {
            earliest: day,
            latest: reader.day(row, "latest")?.unwrap_or(day),
        });
        let step = Step {
            row,
            day,
            when,
            rank,
            change,
        };
        match ways.last_mut().filter(|way| way.case == case) {
            Some(way) => way.steps.push(step),
            None => ways.push(Way {
                case,
                title: reader.words(row, "title")?,
                steps: vec![step],
            }),
        }
    }
    Ok(ways)
}

/// The cases that share a row: as many as there are columns, or one with many steps.
fn rows<'a>(ways: &'a [&'a Way], columns: usize) -> Vec<&'a [&'a Way]> {
    let is_wide = |way: &Way| way.steps.len() > MANY;
    let runs = ways.chunk_by(|one, next| !is_wide(one) && !is_wide(next));
    runs.flat_map(|run| run.chunks(columns)).collect()
}

/// The cases of which one level alone is known, which no panel would show better than words.
fn once(reader: &Reader<'_>, ways: &[&Way]) -> Result<String> {
    if ways.is_empty() {
        return Ok(String::new());
    }
    let mut told = Vec::new();
    for (way, step) in ways
        .iter()
        .filter_map(|way| Some((way, way.steps.first()?)))
    {
        let outcome = reader.words(step.row, "outcome")?;
        told.push(format!("{} ({}, {outcome})", way.title, step.when));
    }
    let text = Label::new(
        "One dated outcome only, cases: {n}{names}.",
        "Күні белгілі бір ғана нәтижесі бар жағдайлар: {n}{names}.",
        "Случаи с единственным датированным исходом: {n}{names}.",
    );
    let names = if ways.len() > MOST {
        String::new()
    } else {
        format!(" – {}", told.join("; "))
    };
    Ok(reader.say(&text.fill(&[
        ("n", &Label::plain(ways.len().to_string())),
        ("names", &Label::plain(names)),
    ])))
}

/// Draws a panel per case in rows; returns the lower edge.
fn grid(reader: &Reader<'_>, canvas: &mut Canvas, ways: &[&Way]) -> Result<f64> {
    let codes = reader.codes("outcome");
    let small = Type::of(theme::SMALL).colour(MUTED);
    let names: Vec<String> = codes.iter().map(|(_, label)| reader.say(label)).collect();
    let layout = Layout::of(canvas, &names);
    if layout.is_numbered && !ways.is_empty() {
        let bottom = levels::numbered(reader, canvas, &layout, &names)?;
        canvas.reach(bottom);
    }
    let (left, wide) = (layout.left, layout.wide);
    let high = LEVEL * real(codes.len().saturating_sub(1));
    let bold = Type::of(7.5).bold().tight();
    let mut top = canvas.height() + 4.0;
    for row in rows(ways, layout.columns) {
        let is_whole = row.iter().any(|way| way.steps.len() > MANY);
        let wide = if is_whole {
            wide * real(layout.columns)
        } else {
            wide
        };
        let titles: Vec<Vec<String>> = row
            .iter()
            .map(|way| text::wrap_at_most(&way.title, bold.size, bold.weight, wide - GAP, 2))
            .collect();
        let most = titles.iter().map(Vec::len).max().unwrap_or(1);
        let upper = top + bold.leading() * real(most) + 8.0;
        for (place, name) in layout.levels.iter().enumerate() {
            let y = upper + high - LEVEL * real(place) + small.size * text::CAP_HEIGHT / 2.0;
            let short = text::shorten(name, small.size, small.weight, left - MARGIN - 7.0);
            canvas.text(left - 7.0, y, &short, &small.anchor(Anchor::End))?;
        }
        for (place, (way, title)) in row.iter().zip(&titles).enumerate() {
            let x = left + wide * real(place);
            let first = top + bold.leading() * real(most - title.len() + 1);
            let area = Rect::new(x, upper, wide - GAP, high.max(1.0));
            let (case, said) = (way.case.clone(), way.title.clone());
            canvas.group("case", &said, &[("case", &case)], |canvas| {
                canvas.lines(x, first, title, &bold)?;
                panel(reader, canvas, area, way, codes.len())
            })?;
        }
        top = upper + high + small.leading() + 12.0;
        canvas.reach(top);
    }
    Ok(top - 4.0)
}

fn panel(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    area: Rect,
    way: &Way,
    levels: usize,
) -> Result<()> {
    let small = Type::of(theme::SMALL).colour(MUTED);
    let (Some(first), Some(last)) = (way.steps.first(), way.steps.last()) else {
        return Ok(());
    };
    // A single day stands at the left, as the beginning of a line that was not drawn on.
    let span = (last.day.fraction() - first.day.fraction()).max(1.0 / 365.0);
    let inner = Rect::new(
        area.x + MARK / 2.0 + 0.5,
        area.y,
        area.width - MARK - 1.0,
        area.height,
    );
    let top = real(levels.saturating_sub(1)).max(1.0);
    let panel = Panel::new(inner, 0.0..span, 0.0..top);
    for level in 0..levels {
        let y = panel.y(real(level));
        canvas.line((area.x, y), (area.right(), y), &Paint::line(FAINT, 0.5));
    }
    let at = |step: &Step| {
        let passed = step.day.fraction() - first.day.fraction();
        (panel.x(passed), panel.y(real(step.rank)))
    };
    for pair in way.steps.windows(2) {
        let ((x, y), (next, level)) = (at(&pair[0]), at(&pair[1]));
        let way = [(x, y), (next, y), (next, level)];
        canvas.path(&way, false, &Paint::line(ACCENT, 1.0));
    }
    for step in &way.steps {
        let (x, y) = at(step);
        let (outcome, change) = (
            reader.words(step.row, "outcome")?,
            reader.words(step.row, "change")?,
        );
        let tooltip = format!("{}, {}: {outcome} ({change})", way.title, step.when);
        let code = reader.cell(step.row, "outcome")?.code().unwrap_or_default();
        let event = reader.words(step.row, "event")?;
        let data = [("event", event.as_str()), ("outcome", code)];
        canvas.group("event", &tooltip, &data, |canvas| {
            let (shape, paint) = mark(step.change);
            shape.draw(canvas, x, y, MARK, &paint);
            Ok(())
        })?;
    }
    let baseline = area.bottom() + small.size + 3.5;
    let (mut begun, mut ended) = (first.when.clone(), last.when.clone());
    if small.width(&begun) + small.width(&ended) + 8.0 > area.width {
        (begun, ended) = (first.day.to_string(), last.day.to_string());
    }
    canvas.text(area.x, baseline, &begun, &small)?;
    if begun != ended {
        canvas.text(area.right(), baseline, &ended, &small.anchor(Anchor::End))?;
    }
    Ok(())
}

/// How a step looks: forward and back are told by shape and filling, not by colour.
const fn mark(change: usize) -> (Shape, Paint) {
    let (filled, hollow) = (
        Paint::fill(ACCENT).outlined(INK, 0.5),
        Paint::fill(PAPER).outlined(INK, 0.6),
    );
    match change {
        1 => (Shape::Triangle, filled),
        2 => (Shape::Circle, hollow),
        3 => (Shape::Wedge, Paint::fill(INK).outlined(INK, 0.5)),
        _ => (Shape::Circle, filled),
    }
}

/// The changes that occur, and no others.
fn signs(reader: &Reader<'_>, ways: &[&Way]) -> Key {
    let codes = reader.codes("change").iter().enumerate();
    let steps = || ways.iter().flat_map(|way| &way.steps);
    let occur = codes.filter(|(place, _)| steps().any(|step| step.change == *place));
    Key {
        heading: reader.heading("change"),
        entries: occur
            .map(|(place, (_, label))| {
                let (shape, paint) = mark(place);
                (Sign::Mark(shape, MARK + 0.6, paint), reader.say(label))
            })
            .collect(),
    }
}

/// Every case with its days and levels, a sentence each.
fn describe(reader: &Reader<'_>, ways: &[&Way]) -> Result<Vec<String>> {
    let mut sentences = Vec::new();
    for way in ways {
        let mut parts = Vec::new();
        for step in &way.steps {
            parts.push(format!(
                "{} {}",
                step.when,
                reader.words(step.row, "outcome")?
            ));
        }
        sentences.push(format!("{}: {}.", way.title, parts.join(", ")));
    }
    Ok(sentences)
}
