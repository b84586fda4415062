//! The numbers that headlines speak of, as numbers.

use crate::analyse::selection::Selection;
use crate::analyse::tables::profile;
use crate::analyse::{Cell, Table};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::estimate::Share;
use crate::model::label::Label;
use crate::model::measure::{decimal, percent};

/// What kind of number a quantity is, which decides how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analyse) enum Kind {
    /// A number of cases.
    Count,
    /// How many times as large.
    Ratio,
    /// A share of a whole.
    Share,
    /// A place on the scale of roles; halves lie between two.
    Depth,
}

/// A number that a headline speaks of. It has no value where there is nothing to form it from.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::analyse) struct Quantity {
    /// The headline that speaks of it.
    pub(in crate::analyse) headline: &'static str,
    /// Its name in exports.
    pub(in crate::analyse) name: &'static str,
    /// What it is, as a reader sees it.
    pub(in crate::analyse) label: Label,
    pub(in crate::analyse) kind: Kind,
    pub(in crate::analyse) value: Option<f64>,
}

/// The quantities of every headline, always the same ones in the same order, computed from the same
/// table as the headlines.
pub(in crate::analyse) fn quantities(selection: &Selection) -> Result<Vec<Quantity>> {
    let table = profile::SPEC.computed(selection)?;
    let rows: Vec<usize> = (0..table.rows.len())
        .filter(|row| table.cell(*row, "period").and_then(Cell::code).is_some())
        .collect();
    let first = rows.first().copied();
    let last = rows.last().copied().filter(|last| Some(*last) != first);
    let outcomes = selection.codes(Concept::Outcome);
    let success = selection.study().success.as_ref();
    let reached = |code: Option<&toml::Spanned<String>>| {
        let (_, label) = outcomes
            .iter()
            .find(|(known, _)| code.is_some_and(|code| code.get_ref() == known))?;
        let text = Label::new(
            "reached {cut} or more",
            "{cut} немесе одан жоғары",
            "{cut} и выше",
        );
        Some(text.fill(&[("cut", label)]))
    };
    let mut quantities = vec![
        Quantity {
            headline: "record",
            name: "mediations",
            label: Label::new("mediations", "медиациялар", "посредничества"),
            kind: Kind::Count,
            value: total(&table, "cases"),
        },
        Quantity {
            headline: "frequency",
            name: "frequency",
            label: Label::new(
                "mediations begun a year, last period to first",
                "жылына басталған медиациялар, соңғы кезең біріншіге",
                "начато посредничеств в год, последний период к первому",
            ),
            kind: Kind::Ratio,
            value: rate(&table, last).zip(rate(&table, first)).and_then(ratio),
        },
    ];
    if !selection.codes(Concept::Role).is_empty() {
        let label = |period| {
            Label::new(
                "median deepest role, {period}",
                "ең терең рөлдің медианасы, {period}",
                "медиана самой глубокой роли, {period}",
            )
            .fill(&[("period", &period)])
        };
        quantities.push(depth(selection, &table, first, "depth_first", label(FIRST)));
        quantities.push(depth(selection, &table, last, "depth_last", label(LAST)));
    }
    if table.position("hosted").is_some() {
        let label = |period| {
            Label::new(
                "meetings held at home, {period}",
                "елде өткен кездесулер, {period}",
                "встречи дома, {period}",
            )
            .fill(&[("period", &period)])
        };
        quantities.push(share(&table, first, "hosted", "hosted_first", label(FIRST)));
        quantities.push(share(&table, last, "hosted", "hosted_last", label(LAST)));
    }
    let cuts = [
        ("success", success.map(|success| &success.cut)),
        (
            "process",
            success.and_then(|success| success.beside.as_ref()),
        ),
    ];
    for (name, code) in cuts {
        if let Some(label) = reached(code) {
            quantities.push(Quantity {
                headline: "success",
                name,
                label,
                kind: Kind::Share,
                value: pooled(&table, name),
            });
        }
    }
    Ok(quantities)
}

const FIRST: Label = Label::new("first period", "бірінші кезең", "первый период");
const LAST: Label = Label::new("last period", "соңғы кезең", "последний период");

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
pub(super) const fn real(count: u64) -> f64 {
    count as f64
}

fn total(table: &Table, column: &str) -> Option<f64> {
    let counts = table.column(column)?.filter_map(Cell::count);
    Some(real(counts.sum()))
}

/// Cases begun a year of exposure.
fn rate(table: &Table, row: Option<usize>) -> Option<f64> {
    let row = row?;
    let cases = table.cell(row, "cases")?.count()?;
    match table.cell(row, "years")? {
        Cell::Number(years) if *years > 0.0 => Some(real(cases) / years),
        _ => None,
    }
}

fn ratio((last, first): (f64, f64)) -> Option<f64> {
    (first > 0.0).then(|| last / first)
}

fn depth(
    selection: &Selection,
    table: &Table,
    row: Option<usize>,
    name: &'static str,
    label: Label,
) -> Quantity {
    let roles = selection.codes(Concept::Role);
    let rank = |column: &str| {
        let code = table.cell(row?, column)?.code()?;
        roles.iter().position(|(known, _)| known == code)
    };
    let middle = rank("depth_low").zip(rank("depth_high"));
    Quantity {
        headline: "depth",
        name,
        label,
        kind: Kind::Depth,
        value: middle.map(|(low, high)| f64::midpoint(real(low as u64), real(high as u64))),
    }
}

fn share(
    table: &Table,
    row: Option<usize>,
    column: &str,
    name: &'static str,
    label: Label,
) -> Quantity {
    let share = row.and_then(|row| table.cell(row, column)?.share());
    Quantity {
        headline: "hosted",
        name,
        label,
        kind: Kind::Share,
        value: share.and_then(Share::value),
    }
}

/// The share over all periods.
fn pooled(table: &Table, column: &str) -> Option<f64> {
    let shares = table.column(column)?.filter_map(Cell::share);
    let (part, whole) = shares.fold((0, 0), |(part, whole), share| {
        (part + share.successes, whole + share.trials)
    });
    (whole > 0).then(|| real(part) / real(whole))
}

impl Kind {
    /// A value of this kind in words.
    pub(in crate::analyse) fn words(self, value: f64, roles: &[(String, Label)]) -> Label {
        match self {
            Self::Count => decimal(value, 0),
            Self::Ratio => decimal(value, 2),
            Self::Share => percent(value),
            Self::Depth => {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a rank is a small whole number"
                )]
                let named = |rank: f64| roles.get(rank as usize).map(|(_, label)| label.clone());
                let [low, high] = [value.floor(), value.ceil()].map(named);
                match (low, high) {
                    (Some(low), Some(high)) if low != high => Label::join([&low, &high], " – "),
                    (Some(low), _) => low,
                    _ => decimal(value, 1),
                }
            }
        }
    }
}
