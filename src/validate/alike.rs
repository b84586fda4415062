//! Rows that say the same: what is asked of a variable is asked once for each text and not once for each row.

use std::borrow::Cow;
use std::collections::BTreeMap;

use polars::prelude::{Column, IdxCa, PolarsResult};

use super::typed::{Draft, Field, Typed};
use crate::error::{Error, Result};
use crate::load::TableRecords;
use crate::load::texts::{Places, TextColumn};
use crate::model::codebook::{TableSpec, Variable};
use crate::model::derive::Derive;
use crate::model::finding::{Findings, Made, Rule, Severity, Spot};

/// The rows of a table in groups, those with the same texts in some columns together; groups in the order of
/// their first rows, but what the files do not have comes last.
pub(super) struct Alike<'a> {
    /// Row → group.
    groups: Cow<'a, [u32]>,
    /// The group of rows whose file lacks the column.
    last: u32,
    /// Group → its first row.
    first: Vec<usize>,
}

impl<'a> Alike<'a> {
    /// By the texts of several columns of `height` rows.
    pub(super) fn of(columns: &[&'a TextColumn], height: usize) -> Self {
        let [first, rest @ ..] = columns else {
            return Self::owned(vec![0; height], usize::from(height > 0));
        };
        let start = Self::of_column(&first.places, first.texts.len());
        rest.iter().fold(start, |alike, column| {
            alike.and(&Self::of_column(&column.places, column.texts.len()))
        })
    }

    /// By what a variable of a table says; each row by itself where that is made of other rows.
    pub(super) fn of_field(draft: &'a Draft, table: &Typed, field: &Field) -> Self {
        let height = table.frame.height();
        let codebook = &draft.records.codebook.value;
        let declared = codebook
            .table(&table.name)
            .zip(draft.records.table(&table.name))
            // A table that grouping makes may bear the name of another, which is an error of the codebook.
            .filter(|(_, rows)| rows.frame.height() == height);
        let columns = declared.and_then(|(spec, rows)| {
            let source = codebook
                .derived
                .iter()
                .find_map(|derived| match derived.get_ref() {
                    Derive::Recode {
                        table,
                        from,
                        concept,
                        ..
                    } if *table == spec.name && concept.name() == field.key => Some(from.as_str()),
                    _ => None,
                });
            columns(spec, rows, source.unwrap_or(&field.key))
        });
        columns.map_or_else(
            || Self::owned((0..).take(height).collect(), height),
            |columns| Self::of(&columns, height),
        )
    }

    /// By places among `texts` texts, in the order of their first rows.
    pub(super) fn of_column(places: &'a [u32], texts: u32) -> Self {
        let mut alike = Self {
            groups: Cow::Borrowed(places),
            last: texts,
            first: Vec::with_capacity(texts as usize),
        };
        let mut absent = None;
        for (row, place) in places.iter().enumerate() {
            if *place as usize == alike.first.len() && *place < texts {
                alike.first.push(row);
            } else if *place >= texts {
                absent = absent.or(Some(row));
            }
        }
        alike.first.extend(absent);
        alike
    }

    fn owned(groups: Vec<u32>, n: usize) -> Self {
        Self {
            groups: Cow::Owned(groups),
            last: u32::MAX,
            first: (0..n).collect(),
        }
    }

    /// The rows that are alike in both.
    pub(super) fn and(&self, other: &Self) -> Alike<'static> {
        let mut known = Places::default();
        let (mut pairs, mut first) = (Vec::new(), Vec::new());
        let groups = (0..self.groups.len()).map(|row| {
            let pair = [self.group(row), other.group(row)];
            let said = pair.map(u32::to_ne_bytes);
            let next = u32::try_from(pairs.len()).ok();
            let is_same = |place: u32| pairs.get(place as usize) == Some(&pair);
            let place = known.place(said.as_flattened(), is_same, || next);
            if place == next {
                pairs.push(pair);
                first.push(row);
            }
            place.unwrap_or(u32::MAX)
        });
        Alike {
            groups: Cow::Owned(groups.collect()),
            last: u32::MAX,
            first,
        }
    }

    /// The group of a row.
    pub(super) fn group(&self, row: usize) -> u32 {
        self.groups[row].min(self.last)
    }

    /// The group of every row.
    pub(super) fn groups(&self) -> impl Iterator<Item = u32> {
        self.groups.iter().map(|group| (*group).min(self.last))
    }

    /// The first row of every group.
    pub(super) fn first(&self) -> &[usize] {
        &self.first
    }

    /// Columns with a row for each group as columns with one for each row.
    ///
    /// # Errors
    ///
    /// [`Error::Compute`] if there is no row for a group, which is a fault of the program.
    pub(super) fn spread(&self, columns: &[Column]) -> Result<Vec<Column>> {
        let rows = IdxCa::from_vec("row".into(), self.groups().collect());
        let spread = columns.iter().map(|column| column.take(&rows));
        let spread: PolarsResult<_> = spread.collect();
        spread.map_err(Error::compute("a typed column"))
    }

    /// Adds to the findings, row by row, what `judge` says of the first row of each group.
    pub(super) fn report(
        &self,
        table: &Typed,
        column: &str,
        findings: &mut Findings,
        judge: impl Fn(usize, &mut Report),
    ) {
        let wrong = self.first.iter().map(|row| {
            let mut report = Report::default();
            judge(*row, &mut report);
            report.found
        });
        self.report_of(&wrong.collect::<Vec<_>>(), table, column, findings, judge);
    }

    /// The same where it is known of which groups there is anything to say.
    pub(super) fn report_of(
        &self,
        wrong: &[bool],
        table: &Typed,
        column: &str,
        findings: &mut Findings,
        judge: impl Fn(usize, &mut Report),
    ) {
        if !wrong.contains(&true) {
            return;
        }
        let whereabouts = table.whereabouts();
        let mut known: BTreeMap<u32, Vec<Made>> = BTreeMap::new();
        let mut file = None;
        for (row, group) in self.groups().enumerate() {
            if !wrong[group as usize] {
                continue;
            }
            let spot = whereabouts.spot(row, Some(column));
            if file != Some(spot.file) {
                file = Some(spot.file);
                known.clear();
            }
            if let Some(made) = known.get(&group) {
                for made in made {
                    findings.again(*made, spot.line);
                }
                continue;
            }
            let mut report = Report {
                found: false,
                live: Some((spot, findings)),
                made: Vec::new(),
            };
            judge(self.first[group as usize], &mut report);
            known.insert(group, report.made);
        }
    }
}

/// The columns of the file that a variable is read from.
fn columns<'a>(spec: &TableSpec, rows: &'a TableRecords, key: &str) -> Option<Vec<&'a TextColumn>> {
    let mut variables = spec.variables.iter().map(toml::Spanned::get_ref);
    let variable = variables.find(|variable: &&Variable| variable.key() == key);
    if let Some(variable) = variable {
        return variable.columns().map(|name| rows.column(name)).collect();
    }
    let mut blocks = spec.indicators.iter().map(toml::Spanned::get_ref);
    let block = blocks.find(|block| block.concept.name() == key)?;
    block.columns.keys().map(|name| rows.column(name)).collect()
}

/// Hears what is wrong with a text: whether anything is, or, where a row is reported, what.
#[derive(Default)]
pub(super) struct Report<'a> {
    pub(super) found: bool,
    live: Option<(Spot<'a>, &'a mut Findings)>,
    made: Vec<Made>,
}

impl Report<'_> {
    pub(super) fn value(
        &mut self,
        rule: &'static Rule,
        value: &str,
        problem: impl FnOnce() -> String,
    ) {
        self.find(rule, rule.severity, value, problem, || None);
    }

    /// A finding that is a warning whatever the rule is.
    pub(super) fn warn(&mut self, rule: &'static Rule, value: &str, problem: &str) {
        let problem = || problem.to_owned();
        self.find(rule, Severity::Warning, value, problem, || None);
    }

    /// A finding with what was probably meant; that and the problem are made for what is listed only.
    pub(super) fn find(
        &mut self,
        rule: &'static Rule,
        severity: Severity,
        value: &str,
        problem: impl FnOnce() -> String,
        meant: impl FnOnce() -> Option<String>,
    ) {
        self.found = true;
        if let Some((spot, findings)) = &mut self.live {
            let made = findings.find(rule, severity, *spot, Some(value), problem, meant);
            self.made.push(made);
        }
    }
}
