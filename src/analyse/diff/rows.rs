//! The rows of the data: which came, which went, and what is coded otherwise.

use std::collections::BTreeSet;

use super::pairs::{Pairs, pair};
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use crate::validate::Dataset;
use crate::validate::typed::{Field, Typed};

/// What one table of the data has that the other release has not.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// The table.
    pub table: String,
    /// What a row is.
    pub unit: Unit,
    /// The variables by which rows are named: the key, or all that both releases have where the
    /// codebooks declare none, or different ones.
    pub names: Vec<String>,
    /// The names of the rows that only the new release has.
    pub added: Vec<Vec<Value>>,
    /// The names of the rows that only the old release has.
    pub removed: Vec<Vec<Value>>,
    /// The values that differ in rows that both have.
    pub changed: Vec<Changed>,
}

/// A value that is another one in the new release.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// The name of the row.
    pub row: Vec<Value>,
    /// The variable.
    pub variable: String,
    /// The name of the variable that a reader sees.
    pub label: Label,
    /// Is it a free text, which is reworded, and not a code, a date, a number or a reference?
    pub is_text: bool,
    /// The value of the old release.
    pub old: Value,
    /// The value of the new release.
    pub new: Value,
}

/// What a cell of the data says: its value and not the way it is written, so that `2004~` is `2004`
/// and the order within a list is none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// A code, text, number or date; several are joined with semicolons.
    Known(String),
    /// No value, and why.
    Missing(Reason),
}

/// Compares every table that either release declares or derives; tables without a difference are
/// left out.
///
/// Derived variables are not compared: they follow from others, and a change would be told twice.
/// Of a table of cases that grouping makes, only rows that come and go are told, and of one of engagements nothing,
/// for the same reason.
pub(super) fn rows(old: &Dataset, new: &Dataset) -> Vec<Rows> {
    let of_old = old.tables.iter().map(|table| table.name.as_str());
    let fresh = |name: &&str| !old.tables.iter().any(|table| table.name == *name);
    let of_new = new.tables.iter().map(|table| table.name.as_str());
    let names: Vec<&str> = of_old.chain(of_new.filter(fresh)).collect();
    let compared = names.into_iter().filter_map(|name| {
        let side = |cases| Side::of(cases, name);
        compare(name, side(old).as_ref(), side(new).as_ref())
    });
    compared
        .filter(|rows| {
            !(rows.added.is_empty() && rows.removed.is_empty() && rows.changed.is_empty())
        })
        .collect()
}

/// The free texts that differ, old and new.
pub(super) fn reworded(rows: &[Rows]) -> BTreeSet<(&str, &str)> {
    let changed = rows.iter().flat_map(|rows| &rows.changed);
    changed
        .filter(|changed| changed.is_text)
        .filter_map(|changed| match (&changed.old, &changed.new) {
            (Value::Known(old), Value::Known(new)) => Some((old.as_str(), new.as_str())),
            _ => None,
        })
        .collect()
}

/// A table of one release.
struct Side<'a> {
    table: &'a Typed,
    /// The variables that the files hold.
    fields: Vec<&'a Field>,
    /// The names of the variables that tell rows apart; none if there is no key.
    key: Vec<&'a str>,
}

impl<'a> Side<'a> {
    /// The table of that name; `None` if the release has none.
    fn of(cases: &'a Dataset, name: &str) -> Option<Self> {
        let table = cases.tables.iter().find(|table| table.name == name)?;
        let spec = cases.codebook().table(&table.name);
        if spec.is_none() && table.unit != Unit::Case {
            return None;
        }
        let declared: BTreeSet<&str> = spec
            .into_iter()
            .flat_map(|spec| {
                let blocks = spec.indicators.iter();
                let variables = spec.variables.iter();
                variables
                    .map(|variable| variable.get_ref().key())
                    .chain(blocks.map(|block| block.get_ref().concept.name()))
            })
            .collect();
        let key = table.key(spec.map_or(&[], |spec| &spec.key));
        let is_told = |field: &&Field| match spec {
            Some(_) => declared.contains(field.key.as_str()),
            None => key.iter().any(|part| part.key == field.key),
        };
        Some(Self {
            table,
            fields: table.fields.iter().filter(is_told).collect(),
            key: key.iter().map(|field| field.key.as_str()).collect(),
        })
    }

    /// The values of a variable, row by row.
    fn values(&self, key: &str) -> Vec<Value> {
        let field = self.fields.iter().find(|field| field.key == key);
        field.map_or_else(Vec::new, |field| values(self.table, field))
    }

    /// The values of several variables, row by row.
    fn rows(&self, keys: &[&str]) -> Vec<Vec<Value>> {
        let columns: Vec<Vec<Value>> = keys.iter().map(|key| self.values(key)).collect();
        let rows = 0..self.table.frame.height();
        rows.map(|row| {
            let cells = columns.iter().filter_map(|column| column.get(row));
            cells.cloned().collect()
        })
        .collect()
    }
}

fn compare(name: &str, old: Option<&Side>, new: Option<&Side>) -> Option<Rows> {
    let any = new.or(old)?;
    let is_shared = |field: &&&Field| {
        let mut sides = [old, new].into_iter().flatten();
        sides.all(|side| side.fields.iter().any(|known| known.key == field.key))
    };
    let shared: Vec<&Field> = any.fields.iter().filter(is_shared).copied().collect();
    let mut sides = [old, new].into_iter().flatten();
    let is_keyed = !any.key.is_empty() && sides.all(|side| side.key == any.key);
    let names: Vec<&str> = if is_keyed {
        any.key.clone()
    } else {
        shared.iter().map(|field| field.key.as_str()).collect()
    };
    let rows = |side: Option<&Side>| side.map_or_else(Vec::new, |side| side.rows(&names));
    let (before, after) = (rows(old), rows(new));
    // A key is one part: a row with half of the key of another is another row.
    let whole = |rows: &[Vec<Value>]| -> Vec<Vec<Vec<Value>>> {
        rows.iter().map(|row| vec![row.clone()]).collect()
    };
    let pairs = pair(&whole(&before), &whole(&after));
    let changed = match (old, new) {
        (Some(old), Some(new)) if is_keyed => changed(old, new, &shared, &pairs, &after),
        _ => Vec::new(),
    };
    let pick = |rows: &[Vec<Value>], which: &[usize]| -> Vec<Vec<Value>> {
        which
            .iter()
            .filter_map(|row| rows.get(*row).cloned())
            .collect()
    };
    Some(Rows {
        table: name.to_owned(),
        unit: any.table.unit,
        added: pick(&after, &pairs.added),
        removed: pick(&before, &pairs.removed),
        names: names.into_iter().map(str::to_owned).collect(),
        changed,
    })
}

/// The values that differ, row by row in the order of the new table.
fn changed(
    old: &Side,
    new: &Side,
    shared: &[&Field],
    pairs: &Pairs,
    names: &[Vec<Value>],
) -> Vec<Changed> {
    let columns: Vec<(&Field, Vec<Value>, Vec<Value>)> = shared
        .iter()
        .map(|field| (*field, old.values(&field.key), new.values(&field.key)))
        .collect();
    let mut changed = Vec::new();
    for (was, is) in &pairs.both {
        for (field, before, after) in &columns {
            if let (Some(before), Some(after), Some(row)) =
                (before.get(*was), after.get(*is), names.get(*is))
                && before != after
            {
                changed.push(Changed {
                    row: row.clone(),
                    variable: field.key.clone(),
                    label: field.label.clone(),
                    is_text: field.measure == Measure::Text,
                    old: before.clone(),
                    new: after.clone(),
                });
            }
        }
    }
    changed
}

/// What a variable says, row by row.
fn values(table: &Typed, field: &Field) -> Vec<Value> {
    let rows = table.said(field).into_iter().zip(table.reasons(&field.key));
    rows.map(|(mut known, reason)| match reason {
        Some(reason) => Value::Missing(reason),
        None if known.is_empty() && !field.is_list => Value::Missing(Reason::Blank),
        None => {
            known.sort_unstable();
            Value::Known(known.join("; "))
        }
    })
    .collect()
}
