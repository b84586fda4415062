//! The alphas of variables: once for their values and once for whether there is a value at all.

use crate::analyse::table::Cell;
use crate::error::Result;
use crate::model::label::Label;
use crate::model::measure::{decimal, percent};
use crate::render::pieces::read::Reader;
use crate::render::words;

/// Below this a scale of alpha does not go; an alpha that low is as bad as it gets.
pub(super) const LOWEST: f64 = -1.0;

/// An alpha of a variable, or why it has none.
pub(super) struct Alpha {
    row: usize,
    /// Alpha; `None` if it has no value.
    pub(super) value: Option<f64>,
    /// Its limits; `None` if it has none.
    pub(super) interval: Option<(f64, f64)>,
    /// The agreement of pairs of values, in words.
    pub(super) pairwise: String,
    /// How many cases two or more coded, with the mark of few.
    pub(super) cases: String,
    /// Why there is no alpha; empty if nothing is to be said.
    pub(super) why: String,
}

/// A variable with what is compared of it, in the order of the columns.
pub(super) struct Variable {
    /// What it is called.
    pub(super) name: String,
    /// What is compared of it, in the order of the codes; `None` is not compared.
    pub(super) alphas: Vec<Option<Alpha>>,
}

/// Every variable of the table, in its order.
///
/// # Errors
///
/// [`crate::error::Error::Draw`] if the table lacks a column.
pub(super) fn read(reader: &Reader<'_>) -> Result<Vec<Variable>> {
    for name in ["variable", "compared", "alpha"] {
        reader.column(name)?;
    }
    let kinds = reader.column("compared")?.codes.len();
    let mut variables: Vec<Variable> = Vec::new();
    for row in 0..reader.table.rows.len() {
        let name = reader.words(row, "variable")?;
        if variables.last().is_none_or(|last| last.name != name) {
            let alphas = (0..kinds).map(|_| None).collect();
            variables.push(Variable { name, alphas });
        }
        let limits = (
            reader.number(row, "alpha_low")?,
            reader.number(row, "alpha_high")?,
        );
        let pairwise = reader.number(row, "pairwise")?.map(percent);
        let alpha = Alpha {
            row,
            value: reader.number(row, "alpha")?,
            interval: limits.0.zip(limits.1),
            pairwise: pairwise.map_or_else(|| "–".to_owned(), |share| reader.say(&share)),
            cases: cases(reader, row)?,
            why: match reader.cell(row, "in_words")? {
                Cell::Missing(_) => String::new(),
                _ => reader.words(row, "in_words")?,
            },
        };
        let kind = reader.place(row, "compared")?;
        let slot = kind.zip(variables.last_mut());
        if let Some(slot) = slot.and_then(|(kind, last)| last.alphas.get_mut(kind)) {
            *slot = Some(alpha);
        }
    }
    Ok(variables)
}

/// How many cases two or more coded, with the mark of few.
fn cases(reader: &Reader<'_>, row: usize) -> Result<String> {
    let cases = reader.count(row, "cases")?.unwrap_or_default();
    let share = reader.share(row, "unanimous")?;
    let is_few = share.is_some_and(|share| cases < share.floor);
    Ok(format!("{cases}{}", if is_few { words::FEW } else { "" }))
}

/// An alpha with two decimals, and a third where it would else look perfect.
pub(super) fn rounded(value: f64) -> Label {
    decimal(value, if (0.995..1.0).contains(&value) { 3 } else { 2 })
}

/// The left end of the scale: 0, or further left in steps of a half where some alpha or limit lies.
pub(super) fn lowest(variables: &[Variable]) -> f64 {
    let alphas = variables.iter().flat_map(|variable| &variable.alphas);
    let lows = alphas.flatten().flat_map(|alpha| {
        let interval = alpha.interval.map(|(low, _)| low);
        alpha.value.into_iter().chain(interval)
    });
    let low = lows.fold(0.0, f64::min);
    ((low * 2.0).floor() / 2.0).max(LOWEST)
}

/// An alpha as a sentence.
///
/// # Errors
///
/// As [`read`].
pub(super) fn spoken(reader: &Reader<'_>, name: &str, alpha: &Alpha) -> Result<String> {
    let mut parts = vec![format!("n = {}", alpha.cases)];
    let heading = reader.heading("alpha");
    if let Some(value) = alpha.value {
        parts.push(format!("{heading} {}", reader.say(&rounded(value))));
    }
    if let Some((low, high)) = alpha.interval {
        let [low, high] = [low, high].map(|limit| decimal(limit, 2));
        let text = Label::new(
            "interval {low} to {high}",
            "интервал {low} – {high}",
            "интервал {low} – {high}",
        );
        parts.push(reader.say(&text.fill(&[("low", &low), ("high", &high)])));
    }
    parts.push(alpha.why.clone());
    parts.push(format!("{} {}", reader.heading("pairwise"), alpha.pairwise));
    parts.retain(|part| !part.is_empty());
    let compared = reader.words(alpha.row, "compared")?;
    Ok(format!("{name}, {compared}: {}", parts.join("; ")))
}
