//! The conditions that a codebook states about its own rows.

use std::collections::BTreeMap;

use crate::load::rules::ROWS_LOST;
use crate::model::concept::Concept;
use crate::model::finding::{Findings, Rule, Severity};
use crate::model::label::Language;
use crate::model::missing::Reason;
use crate::model::rule::{Condition, Row, Test};
use crate::validate::alike::Alike;
use crate::validate::cells::Said;
use crate::validate::typed::{Draft, Field, Typed};

/// A row fails a condition of the codebook.
pub(crate) static FAILED: Rule = Rule {
    code: "V401",
    name: "failed-condition",
    severity: Severity::Error,
    explain: "The row fails a condition that codebook.toml states (`[[rule]]`): when this, then that. The message and\n\
              the severity are the codebook's own.\n\
              Fix: correct the row; or, if the condition is wrong, correct it with a reason in the data notes.",
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
    let tests = |tests| -> Vec<Tested> {
        let tests: &BTreeMap<String, Test> = tests;
        let tested = tests
            .iter()
            .filter_map(|(key, test)| Tested::new(table, key, test, draft));
        tested.collect()
    };
    let (when, then) = (tests(&condition.when), tests(&condition.then));
    let whereabouts = table.whereabouts();
    let problem = || condition.message.get(Language::En).to_owned();
    for row in 0..table.frame.height() {
        if !when.iter().all(|tested| tested.passes(row)) {
            continue;
        }
        for tested in then.iter().filter(|tested| !tested.passes(row)) {
            let spot = whereabouts.spot(row, Some(&tested.field.column));
            let value = tested.value(row);
            findings.find(
                &FAILED,
                condition.severity,
                spot,
                Some(&value),
                problem,
                || None,
            );
        }
    }
}

/// A variable with the test that its rows are to pass.
struct Tested<'a> {
    field: &'a Field,
    said: Said<'a>,
    test: &'a Test,
    alike: Alike<'a>,
    /// Which rows alike pass; of no use where a row is compared with those of another table.
    passed: Vec<bool>,
    best: Option<Vec<Option<usize>>>,
}

impl<'a> Tested<'a> {
    fn new(table: &'a Typed, key: &str, test: &'a Test, draft: &'a Draft) -> Option<Self> {
        let field = table.field(key)?;
        let mut tested = Self {
            field,
            said: Said::of(table, field),
            test,
            alike: Alike::of_field(draft, table, field),
            passed: Vec::new(),
            best: match test {
                Test::AtLeastBest { at_least_best } => Some(best(table, draft, at_least_best)),
                _ => None,
            },
        };
        let first = tested.alike.first().iter();
        tested.passed = first.map(|row| tested.holds(*row, None)).collect();
        Some(tested)
    }

    fn passes(&self, row: usize) -> bool {
        match &self.best {
            Some(best) => self.holds(row, best[row]),
            None => self.passed[self.alike.group(row) as usize],
        }
    }

    fn holds(&self, row: usize, best: Option<usize>) -> bool {
        self.test.holds(&Row {
            values: &self.said.values(row),
            codes: &self.field.codes,
            reason: self.said.reasons.one(row).and_then(Reason::of),
            days: self.said.interval(row),
            best,
        })
    }

    /// What the row has: its values, or why there is none.
    fn value(&self, row: usize) -> String {
        let values = self.said.values(row);
        if values.is_empty() {
            return self.said.reasons.one(row).unwrap_or_default().to_owned();
        }
        values.join("; ")
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
    let there = other.texts(&of(other, Concept::Case).1);
    let mut rows_of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (row, case) in table
        .texts(&of(table, Concept::Case).1)
        .into_iter()
        .enumerate()
    {
        if let Some(case) = case {
            rows_of.entry(case).or_default().push(row);
        }
    }
    for (row, value) in other.values(field) {
        let row = row as usize;
        let Some(rank) = field.codes.iter().position(|code| code.code == value) else {
            continue;
        };
        let case = there[row];
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
