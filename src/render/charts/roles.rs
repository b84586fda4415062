//! The mix of roles over time: a row per role, a column per period.
//!
//! Not stacked bars: a case may have several roles, so the shares are not parts of one whole, and
//! only parts that stand on the same ground can be compared along time.

use super::{ChartSpec, Drawn};
use crate::error::Result;
use crate::model::estimate::Share;
use crate::model::label::Label;
use crate::render::canvas::{Canvas, Type, marks, text};
use crate::render::pieces::periods::{GAP, Heading, Periods};
use crate::render::pieces::read::Reader;
use crate::render::pieces::shares;
use crate::render::theme::{self, ACCENT};

/// The mix of roles by period.
pub static SPEC: ChartSpec = ChartSpec {
    name: "roles",
    of: "roles",
    title: Label::new(
        "Mix of roles by period",
        "Кезеңдер бойынша рөлдер",
        "Роли по периодам",
    ),
    draw,
};

const UNKNOWN: Label = Label::new("role unknown", "рөлі белгісіз", "роль неизвестна");

/// What the table says of one period.
struct Period<'a> {
    cases: u64,
    unknown: u64,
    /// The share of each role, in the order of the codebook; `None` if there is no such row.
    shares: Vec<Option<&'a Share>>,
}

fn draw(reader: &Reader<'_>, canvas: &mut Canvas) -> Result<Drawn> {
    let (periods, roles) = (
        &reader.column("period")?.codes,
        &reader.column("role")?.codes,
    );
    let held = read(reader, periods.len(), roles.len())?;
    let names: Vec<String> = roles.iter().map(|(_, label)| reader.say(label)).collect();
    let columns = Periods::new(canvas, label_width(&names), periods.len());
    let headings: Vec<Heading> = periods
        .iter()
        .zip(&held)
        .map(|((_, label), period)| Heading {
            name: reader.say(label),
            notes: notes(reader, period, columns.width() - 6.0),
        })
        .collect();
    let mut top = columns.head(canvas, &headings)? + GAP - 2.0;
    for (role, name) in names.iter().enumerate().rev() {
        let panel = shares::row(canvas, reader, &columns, top)?;
        columns.label(canvas, top, name)?;
        let (left, below) = columns.sign(top, name);
        marks::scale(canvas, left, below, role, roles.len(), ACCENT);
        for (place, period) in held.iter().enumerate() {
            let share = period.shares.get(role).copied().flatten();
            let tooltip = format!("{name}, {}", headings[place].name);
            let data = [
                ("period", periods[place].0.as_str()),
                ("role", roles[role].0.as_str()),
            ];
            let said = (tooltip.as_str(), &data[..]);
            shares::draw(canvas, reader, &panel, place, share, said)?;
        }
        let bottom = panel.rect().bottom().max(below);
        canvas.reach(bottom + 4.0);
        top = bottom + GAP;
    }
    Ok(Drawn {
        description: describe(reader, &headings, &held, &names),
        key: key(reader, &headings),
    })
}

fn label_width(names: &[String]) -> f64 {
    let style = Type::of(theme::BODY).bold();
    text::widest(names.iter().map(String::as_str), style.size, style.weight).clamp(40.0, 76.0) + 1.0
}

fn read<'a>(reader: &Reader<'a>, periods: usize, roles: usize) -> Result<Vec<Period<'a>>> {
    let mut held: Vec<Period<'a>> = (0..periods)
        .map(|_| Period {
            cases: 0,
            unknown: 0,
            shares: vec![None; roles],
        })
        .collect();
    for row in 0..reader.table.rows.len() {
        let (Some(period), Some(role)) = (reader.place(row, "period")?, reader.place(row, "role")?)
        else {
            continue;
        };
        let period = &mut held[period];
        period.cases = reader.count(row, "cases")?.unwrap_or(0);
        period.unknown = reader.count(row, "unknown")?.unwrap_or(0);
        period.shares[role] = reader.share(row, "share")?;
    }
    Ok(held)
}

/// How many cases a period has, and how many more of which the role is not known.
///
/// Where a word of the second note is wider than a column, a question mark stands for it.
fn notes(reader: &Reader<'_>, period: &Period<'_>, room: f64) -> Vec<String> {
    if period.cases == 0 && period.unknown == 0 {
        return vec![reader.say(&Label::new("no cases", "жағдай жоқ", "случаев нет"))];
    }
    let mut notes = vec![format!("n = {}", period.cases)];
    if period.unknown > 0 {
        let words = reader.say(&UNKNOWN);
        let style = Type::of(theme::SMALL);
        let fits = text::longest_word(&words, style.size, style.weight) <= room;
        notes.push(format!(
            "{}: {}",
            if fits { &words } else { "?" },
            period.unknown
        ));
    }
    notes
}

/// How to read the bars and the notes.
fn key(reader: &Reader<'_>, headings: &[Heading]) -> String {
    let shares = shares::reading(reader);
    if headings
        .iter()
        .flat_map(|heading| &heading.notes)
        .any(|note| note.starts_with('?'))
    {
        format!("{shares} «?»: {}.", reader.say(&UNKNOWN))
    } else {
        shares
    }
}

fn describe(
    reader: &Reader<'_>,
    headings: &[Heading],
    held: &[Period<'_>],
    names: &[String],
) -> String {
    let mut sentences = Vec::new();
    for (heading, period) in headings.iter().zip(held) {
        let shares: Vec<String> = names
            .iter()
            .zip(&period.shares)
            .rev()
            .filter_map(|(name, share)| {
                share
                    .filter(|share| share.trials > 0)
                    .map(|share| (name, share))
            })
            .map(|(name, share)| format!("{name} {}", shares::words(reader, share)))
            .collect();
        let heading = format!("{} ({})", heading.name, heading.notes.join(", "));
        sentences.push(if shares.is_empty() {
            format!("{heading}.")
        } else {
            format!("{heading}: {}.", shares.join("; "))
        });
    }
    sentences.join(" ")
}
