//! What a new release of a data set says otherwise: its rows, its settings, and the numbers made
//! from them.
//!
//! A release is two things to its users: data that they may have merged with their own, and numbers
//! that they may have quoted. A comparison of files tells neither: a row that moved is a difference
//! there, and a code that moves thirty published numbers is one line.

mod numbers;
mod pairs;
mod rows;
mod settings;

use super::selection::Question;
use super::{Headline, Tables, headlines, tables};
use crate::error::{Error, Result};
use crate::model::label::Label;
use crate::model::unit::Unit;
use crate::validate::Dataset;

pub use numbers::{Moved, Numbers};
pub use rows::{Changed, Rows, Value};
pub use settings::Setting;

/// Everything that two releases of a data set say differently.
#[derive(Clone, Debug, PartialEq)]
pub struct Diff {
    /// The old release.
    pub old: Release,
    /// The new release.
    pub new: Release,
    /// The view through which the new release was asked.
    pub view: Label,
    /// The tables of the data that differ.
    pub rows: Vec<Rows>,
    /// The settings of codebook, study and claims that differ.
    pub settings: Vec<Setting>,
    /// The published tables that both have and that differ.
    pub numbers: Vec<Numbers>,
    /// The published tables that only the new release has the variables for.
    pub tables_added: Vec<&'static str>,
    /// The published tables that only the old release has the variables for.
    pub tables_removed: Vec<&'static str>,
    /// The headlines whose sentence differs.
    pub headlines: Vec<Sentence>,
}

/// A release: the name and version that its codebook gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// The short name of the data set.
    pub name: String,
    /// The version.
    pub version: String,
}

/// A headline that is another sentence in the new release.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// The name of the headline.
    pub name: &'static str,
    /// The table that holds its numbers.
    pub table: &'static str,
    /// The sentence of the old release; `None` if its numbers allow none.
    pub old: Option<Label>,
    /// The sentence of the new release; `None` if its numbers allow none.
    pub new: Option<Label>,
}

/// How much differs, for one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Cases that came.
    pub cases_added: usize,
    /// Cases that went.
    pub cases_removed: usize,
    /// Rows of other tables that came.
    pub rows_added: usize,
    /// Rows of other tables that went.
    pub rows_removed: usize,
    /// Codes, dates, numbers and references that differ.
    pub codes: usize,
    /// Free texts that differ.
    pub texts: usize,
    /// Settings that differ, without labels.
    pub settings: usize,
    /// Labels that differ.
    pub labels: usize,
    /// Cells of published tables that moved.
    pub moved: usize,
    /// The tables in which they did.
    pub tables: usize,
    /// Rows of published tables that came.
    pub published_added: usize,
    /// Rows of published tables that went.
    pub published_removed: usize,
    /// Columns of published tables that came or went.
    pub columns: usize,
    /// Published tables that came or went as a whole.
    pub whole_tables: usize,
    /// Cells of published tables that say the same in other words.
    pub renamed: usize,
    /// Headlines that differ.
    pub headlines: usize,
}

/// Compares two releases, both asked the same question.
///
/// Every published table is computed for both, and its cells are matched by table, name of the row
/// and column, so that a row inserted or put elsewhere moves no other. Both are computed in the words of
/// the new codebook: a code that has another label is told once, as a label, and moves no number. Every
/// other difference is a difference of values and not of files: the order of rows, columns and settings,
/// layout, and the names of files do not count (a codebook that names another file does).
///
/// # Errors
///
/// [`Error::Release`] if the question names a view, a scheme of periods or a mediator that one of the two
/// does not have; [`Error::Compute`] as for [`tables()`].
///
/// # Examples
///
/// ```
/// use bitim::{analyse::{Question, diff::diff}, load, validate};
/// let cases = validate::check(load::dataset(&load::Store::Bundled)?)?.accept()?;
/// let nothing = diff(&cases, &cases, &Question::default())?;
/// assert!(nothing.is_empty());
/// assert_eq!(nothing.new.version, cases.codebook().dataset.version);
/// # Ok::<(), bitim::error::Error>(())
/// ```
pub fn diff(old: &Dataset, new: &Dataset, question: &Question) -> Result<Diff> {
    let of = |which| {
        move |source| Error::Release {
            which,
            source: Box::new(source),
        }
    };
    let worded = old.worded_as(new);
    let before = worded.select(question).map_err(of("old"))?;
    let after = new.select(question).map_err(of("new"))?;
    let (tables_before, tables_after) = (tables(&before)?, tables(&after)?);
    let release = |cases: &Dataset| {
        let about = &cases.codebook().dataset;
        Release {
            name: about.name.clone(),
            version: about.version.clone(),
        }
    };
    let rows = rows::rows(old, new);
    let reworded = rows::reworded(&rows);
    Ok(Diff {
        old: release(old),
        new: release(new),
        view: after.view.clone(),
        settings: settings::settings(old, new),
        numbers: numbers::numbers(&tables_before, &tables_after, &reworded),
        rows,
        tables_added: only(&tables_after, &tables_before),
        tables_removed: only(&tables_before, &tables_after),
        headlines: sentences(
            &headlines(&before, &tables_before),
            &headlines(&after, &tables_after),
        ),
    })
}

/// The names of the tables that one release has and the other has not.
fn only(tables: &Tables, other: &Tables) -> Vec<&'static str> {
    let names = tables.computed.iter().map(|table| table.name);
    names.filter(|name| other.get(name).is_none()).collect()
}

/// The headlines that differ, by name.
fn sentences(old: &[Headline], new: &[Headline]) -> Vec<Sentence> {
    let at = |headlines: &[Headline], name: &str| {
        let found = headlines.iter().find(|headline| headline.name == name);
        found.map(|headline| headline.sentence.clone())
    };
    let fresh = new
        .iter()
        .filter(|headline| at(old, headline.name).is_none());
    let both = old.iter().chain(fresh).map(|headline| Sentence {
        name: headline.name,
        table: headline.table,
        old: at(old, headline.name),
        new: at(new, headline.name),
    });
    both.filter(|sentence| sentence.old != sentence.new)
        .collect()
}

impl Diff {
    /// Do the two releases say the same?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
            && self.settings.is_empty()
            && self.numbers.is_empty()
            && self.tables_added.is_empty()
            && self.tables_removed.is_empty()
            && self.headlines.is_empty()
    }

    /// How much differs.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts {
            labels: self
                .settings
                .iter()
                .filter(|setting| setting.is_label)
                .count(),
            headlines: self.headlines.len(),
            whole_tables: self.tables_added.len() + self.tables_removed.len(),
            ..Counts::default()
        };
        counts.settings = self.settings.len() - counts.labels;
        for rows in &self.rows {
            let (added, removed) = if rows.unit == Unit::Case {
                (&mut counts.cases_added, &mut counts.cases_removed)
            } else {
                (&mut counts.rows_added, &mut counts.rows_removed)
            };
            *added += rows.added.len();
            *removed += rows.removed.len();
            let texts = rows
                .changed
                .iter()
                .filter(|changed| changed.is_text)
                .count();
            counts.texts += texts;
            counts.codes += rows.changed.len() - texts;
        }
        for table in &self.numbers {
            counts.moved += table.moved.len();
            counts.tables += usize::from(!table.moved.is_empty());
            counts.published_added += table.added.len();
            counts.published_removed += table.removed.len();
            counts.columns += table.columns_added.len() + table.columns_removed.len();
            counts.renamed += table.renamed.len();
        }
        counts
    }
}
