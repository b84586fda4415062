//! The conditions that a codebook states about its own rows.

use std::collections::BTreeMap;

use crate::load::rules::ROWS_LOST;
use crate::model::concept::Concept;
use crate::model::date::{Day, Interval};
use crate::model::finding::{Findings, Rule, Severity};
use crate::model::label::Language;
use crate::model::rule::{Condition, Held, Test};
use crate::validate::typed::{Draft, Field, Typed};

/// A row fails a condition of the codebook.
pub(crate) static FAILED: Rule = Rule {
    code: "V401",
    name: "failed-condition",
    severity: Severity::Error,
    explain: "The row fails a condition that codebook.toml states (`[[rule]]`): when this, then that. The message and\n\
              the severity are the codebook's own.\n\
              Mend: correct the row; or, if the condition is wrong, correct it with a reason in the data notes.",
};

/// Every row meets every condition of its table.
pub(super) fn conditions(draft: &Draft, findings: &mut Findings) {
    for condition in &draft.records.codebook.value.conditions {
        let condition = condition.get_ref();
        let Some(table) = draft.table(&condition.table) else {
            continue;
        };
        // Where a column or rows could not be read, one mistake is to be one finding.
        if table.files.iter().any(|file| findings.has(file, ROWS_LOST)) {
            continue;
        }
        hold(condition, table, draft, findings);
    }
}

fn hold(condition: &Condition, table: &Typed, draft: &Draft, findings: &mut Findings) {
    let tests = |tests: &BTreeMap<String, Test>| -> Vec<(Tested, Test)> {
        tests
            .iter()
            .filter_map(|(key, test)| Some((Tested::new(table, key, test, draft)?, test.clone())))
            .collect()
    };
    let (when, then) = (tests(&condition.when), tests(&condition.then));
    for row in 0..table.frame.height() {
        if !when
            .iter()
            .all(|(variable, test)| variable.passes(row, test))
        {
            continue;
        }
        for (variable, test) in &then {
            if variable.passes(row, test) {
                continue;
            }
            let value = variable.value(row);
            findings.graded(
                &FAILED,
                condition.severity,
                table.place(row, Some(&variable.field.column)),
                Some(&value),
                condition.message.get(Language::En),
            );
        }
    }
}

/// The values of a tested variable, as texts.
struct Tested<'a> {
    field: &'a Field,
    values: Vec<Vec<String>>,
    reasons: Vec<Option<crate::model::missing::Reason>>,
    days: Vec<Option<(i32, i32)>>,
    best: Vec<Option<usize>>,
}

impl<'a> Tested<'a> {
    fn new(table: &'a Typed, key: &str, test: &Test, draft: &Draft) -> Option<Self> {
        let field = table.field(key)?;
        Some(Self {
            field,
            values: table.said(field),
            reasons: table.reasons(key),
            days: table.days(key),
            best: match test {
                Test::AtLeastBest { at_least_best } => best(table, draft, at_least_best),
                _ => Vec::new(),
            },
        })
    }

    fn value(&self, row: usize) -> String {
        match self.values.get(row).filter(|values| !values.is_empty()) {
            Some(values) => values.join("; "),
            None => self
                .reason(row)
                .map_or("", crate::model::missing::Reason::name)
                .to_owned(),
        }
    }

    fn reason(&self, row: usize) -> Option<crate::model::missing::Reason> {
        self.reasons.get(row).copied().flatten()
    }

    fn passes(&self, row: usize, test: &Test) -> bool {
        let days = self.days.get(row).copied().flatten();
        test.holds(&Held {
            values: self.values.get(row).map_or(&[], Vec::as_slice),
            codes: &self.field.codes,
            reason: self.reason(row),
            days: days.map(|(first, last)| Interval {
                earliest: Day::from_epoch(first),
                latest: Day::from_epoch(last),
            }),
            best: self.best.get(row).copied().flatten(),
        })
    }
}

/// For each row, the rank of the best value of `path` (`table.variable`) among the rows of that table
/// about the same case that begin within the dates of the row.
fn best(table: &Typed, draft: &Draft, path: &str) -> Vec<Option<usize>> {
    let mut best = vec![None; table.frame.height()];
    let other = path
        .split_once('.')
        .and_then(|(name, variable)| Some((draft.table(name)?, variable)))
        .and_then(|(other, variable)| Some((other, other.field(variable)?)));
    let Some((other, field)) = other else {
        return best;
    };
    let of = |table: &Typed, concept: Concept| {
        let field = table.concept(concept);
        let key = field.map_or("", |field| field.key.as_str()).to_owned();
        (table.days(&key), key)
    };
    let (starts, ends) = (of(table, Concept::Start).0, of(table, Concept::End).0);
    let dates = of(other, Concept::Start).0;
    let case_of = |table: &Typed| -> Vec<Option<String>> {
        let key = of(table, Concept::Case).1;
        let cases = table.texts(&key);
        cases
            .into_iter()
            .map(|case| case.map(str::to_owned))
            .collect()
    };
    let there = case_of(other);
    let mut rows_of: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (row, case) in case_of(table).into_iter().enumerate() {
        if let Some(case) = case {
            rows_of.entry(case).or_default().push(row);
        }
    }
    for (row, value) in other.values(field) {
        let row = row as usize;
        let Some(rank) = field.codes.iter().position(|code| code.code == value) else {
            continue;
        };
        let case = there[row].as_ref();
        for own in case
            .and_then(|case| rows_of.get(case))
            .into_iter()
            .flatten()
        {
            let is_within = dates[row].is_none_or(|(day, last)| {
                starts[*own].is_none_or(|(start, _)| last >= start)
                    && ends[*own].is_none_or(|(_, end)| day <= end)
            });
            if is_within {
                best[*own] = best[*own].max(Some(rank));
            }
        }
    }
    best
}
