//! The published tables: which of their cells moved.

use std::collections::BTreeSet;

use super::pairs::pair;
use crate::analyse::{Cell, Column, Table, Tables};
use crate::model::estimate::Share;
use crate::model::label::{Label, Language};
use crate::model::measure::Measure;

/// What one published table says otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbers {
    /// The table.
    pub table: &'static str,
    /// Its heading.
    pub title: Label,
    /// The columns that name a row.
    pub names: Vec<Column>,
    /// The cells with another value, in the order of the new table.
    pub moved: Vec<Moved>,
    /// The cells that say the same in other words: a code with another name, as a case with a new title,
    /// and texts that the data reword.
    pub renamed: Vec<Moved>,
    /// The names of the rows that only the new table has.
    pub added: Vec<Vec<Cell>>,
    /// The names of the rows that only the old table has.
    pub removed: Vec<Vec<Cell>>,
    /// The columns that only the new table has.
    pub columns_added: Vec<Column>,
    /// The columns that only the old table has.
    pub columns_removed: Vec<Column>,
}

/// A cell that both tables have.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// The name of the row; none for the n of the whole table and the units that it leaves out.
    pub row: Vec<Cell>,
    /// The column.
    pub column: String,
    /// Its heading.
    pub label: Label,
    /// The cell of the old table.
    pub old: Cell,
    /// The cell of the new table.
    pub new: Cell,
}

/// Compares the tables that both releases have; those without a difference are left out.
///
/// `reworded` are the free texts of the data that differ, old and new.
pub(super) fn numbers(
    old: &Tables,
    new: &Tables,
    reworded: &BTreeSet<(&str, &str)>,
) -> Vec<Numbers> {
    let both = new
        .computed
        .iter()
        .filter_map(|new| Some(compare(old.get(new.name)?, new, reworded)));
    both.filter(|table| !table.is_empty()).collect()
}

impl Numbers {
    fn is_empty(&self) -> bool {
        self.moved.is_empty()
            && self.renamed.is_empty()
            && self.added.is_empty()
            && self.removed.is_empty()
            && self.columns_added.is_empty()
            && self.columns_removed.is_empty()
    }
}

fn compare(old: &Table, new: &Table, reworded: &BTreeSet<(&str, &str)>) -> Numbers {
    let naming = naming(old, new);
    let (before, after) = (names(old, &naming), names(new, &naming));
    let pairs = pair(&before, &after);
    let (mut moved, mut renamed) = (of_the_whole(old, new), Vec::new());
    for (was, is) in &pairs.both {
        for column in &new.columns {
            let cells = old
                .cell(*was, &column.name)
                .zip(new.cell(*is, &column.name));
            let Some((old, new_cell)) = cells else {
                continue;
            };
            let list = match difference(old, new_cell, reworded) {
                Difference::None => continue,
                Difference::Words => &mut renamed,
                Difference::Value => &mut moved,
            };
            list.push(Moved {
                row: name_cells(new, *is, &naming),
                column: column.name.clone(),
                label: column.label.clone(),
                old: old.clone(),
                new: new_cell.clone(),
            });
        }
    }
    let only = |table: &Table, other: &Table| -> Vec<Column> {
        let columns = table.columns.iter();
        let is_new = |column: &&Column| other.position(&column.name).is_none();
        columns.filter(is_new).cloned().collect()
    };
    let named = |table: &Table, rows: &[usize]| -> Vec<Vec<Cell>> {
        rows.iter()
            .map(|row| name_cells(table, *row, &naming))
            .collect()
    };
    Numbers {
        table: new.name,
        title: new.title.clone(),
        names: naming
            .iter()
            .filter_map(|name| Some(new.columns.get(new.position(name)?)?.clone()))
            .collect(),
        moved,
        renamed,
        added: named(new, &pairs.added),
        removed: named(old, &pairs.removed),
        columns_added: only(new, old),
        columns_removed: only(old, new),
    }
}

/// The n of a table and the units left out, which stand under it.
fn of_the_whole(old: &Table, new: &Table) -> Vec<Moved> {
    let left_out = Label::new(
        "left out, value missing",
        "мәні жоқ, алынбады",
        "опущено, нет значения",
    );
    let facts = [
        ("n", Label::plain("n"), old.n, new.n),
        ("missing", left_out, old.missing, new.missing),
    ];
    let moved = facts.into_iter().filter(|(.., old, new)| old != new);
    moved
        .map(|(column, label, old, new)| Moved {
            row: Vec::new(),
            column: column.to_owned(),
            label,
            old: Cell::Count(old as u64),
            new: Cell::Count(new as u64),
        })
        .collect()
}

/// The columns by which rows are named: of those before the first column of numbers, each that tells
/// rows apart which those before it do not, in either table.
///
/// A column that follows from those before it is no part of the name, so that a case keeps its name
/// when its outcome changes.
fn naming<'a>(old: &'a Table, new: &'a Table) -> Vec<&'a str> {
    let leading = |table: &'a Table| {
        let words =
            |column: &&Column| !column.measure.is_numeric() && column.measure != Measure::Flag;
        table
            .columns
            .iter()
            .take_while(words)
            .map(|column| column.name.as_str())
    };
    let shared = leading(new).filter(|name| leading(old).any(|known| known == *name));
    let distinct = |table: &Table, naming: &[&str]| {
        let names: BTreeSet<Vec<String>> = names(table, naming).into_iter().collect();
        names.len()
    };
    let mut naming: Vec<&str> = Vec::new();
    for name in shared {
        let longer = [naming.as_slice(), &[name]].concat();
        let tells = |table| distinct(table, &longer) > distinct(table, &naming).max(1);
        if naming.is_empty() || tells(old) || tells(new) {
            naming = longer;
        }
    }
    naming
}

/// The name of every row, as something that can be compared.
fn names(table: &Table, naming: &[&str]) -> Vec<Vec<String>> {
    let rows = 0..table.rows.len();
    rows.map(|row| name_cells(table, row, naming).iter().map(name).collect())
        .collect()
}

fn name_cells(table: &Table, row: usize, naming: &[&str]) -> Vec<Cell> {
    let cells = naming.iter().filter_map(|name| table.cell(row, name));
    cells.cloned().collect()
}

/// What a cell is called: a code by its code, since its label may change.
fn name(cell: &Cell) -> String {
    match cell {
        Cell::Text(label) => label.get(Language::En).to_owned(),
        Cell::Code(code, _) => code.clone(),
        other => format!("{other:?}"),
    }
}

/// How two cells differ.
enum Difference {
    /// Not at all, or only in the order of a list or in the last digits.
    None,
    /// In what the same thing is called.
    Words,
    /// In what they say.
    Value,
}

/// How two cells differ, however they are written.
///
/// Numbers are the same to nine digits, since the order of rows may decide the last ones; shares by
/// their counts and intervals; texts by their items, since a list in a cell has no order.
fn difference(old: &Cell, new: &Cell, reworded: &BTreeSet<(&str, &str)>) -> Difference {
    let is_same = match (old, new) {
        (Cell::Code(old, before), Cell::Code(new, after)) if old == new => {
            return if before == after {
                Difference::None
            } else {
                Difference::Words
            };
        }
        (Cell::Text(old), Cell::Text(new)) => return texts(old, new, reworded),
        (Cell::Number(old), Cell::Number(new))
        | (Cell::Probability(old), Cell::Probability(new))
        | (Cell::Worded(old, _), Cell::Worded(new, _)) => near(*old, *new),
        (Cell::Share(old), Cell::Share(new)) => same_share(old, new),
        (old, new) => old == new,
    };
    if is_same {
        Difference::None
    } else {
        Difference::Value
    }
}

/// How two texts differ: each item that only one of them has may be a rewording of one in the other.
fn texts(old: &Label, new: &Label, reworded: &BTreeSet<(&str, &str)>) -> Difference {
    let mut found = Difference::None;
    for language in Language::ALL {
        let mut left: Vec<&str> = new.get(language).split("; ").collect();
        let mut gone: Vec<&str> = old.get(language).split("; ").collect();
        gone.retain(|item| !take(&mut left, |other| other == *item));
        if gone.is_empty() && left.is_empty() {
            continue;
        }
        gone.retain(|item| !take(&mut left, |other| reworded.contains(&(item, other))));
        if !gone.is_empty() || !left.is_empty() {
            return Difference::Value;
        }
        found = Difference::Words;
    }
    found
}

/// Takes the first item that fits out of a list, and says whether there was one.
fn take(items: &mut Vec<&str>, fits: impl Fn(&str) -> bool) -> bool {
    let found = items.iter().position(|item| fits(item));
    found.map(|position| items.remove(position)).is_some()
}

fn same_share(one: &Share, other: &Share) -> bool {
    let intervals = match (one.estimate, other.estimate) {
        (Some(one), Some(other)) => {
            near(one.value, other.value) && near(one.low, other.low) && near(one.high, other.high)
        }
        (None, None) => true,
        _ => false,
    };
    (one.successes, one.trials) == (other.successes, other.trials) && intervals
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0)
}
