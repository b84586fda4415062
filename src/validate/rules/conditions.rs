//! The conditions that a codebook states about its own rows.

use crate::model::finding::{Findings, Rule, Severity};
use crate::model::label::Language;
use crate::model::rule::{Condition, Test};
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
        hold(condition, table, findings);
    }
}

fn hold(condition: &Condition, table: &Typed, findings: &mut Findings) {
    let tests = |tests: &std::collections::BTreeMap<String, Test>| -> Vec<(Tested, Test)> {
        tests
            .iter()
            .filter_map(|(key, test)| Some((Tested::new(table, key)?, test.clone())))
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
}

impl<'a> Tested<'a> {
    fn new(table: &'a Typed, key: &str) -> Option<Self> {
        let field = table.field(key)?;
        let mut values = vec![Vec::new(); table.frame.height()];
        for (row, value) in table.values(field) {
            if let Some(cell) = values.get_mut(row as usize) {
                cell.push(value.to_owned());
            }
        }
        let flags = table.frame.column(key).and_then(|column| column.bool());
        if let Ok(flags) = flags {
            for (cell, flag) in values.iter_mut().zip(flags.iter()) {
                cell.extend(flag.map(|flag| u8::from(flag).to_string()));
            }
        }
        let numbers = table.frame.column(key).and_then(|column| column.f64());
        if let Ok(numbers) = numbers {
            for (cell, number) in values.iter_mut().zip(numbers.iter()) {
                cell.extend(number.map(|number| number.to_string()));
            }
        }
        for (cell, days) in values.iter_mut().zip(table.days(key)) {
            cell.extend(days.map(|(day, _)| crate::model::date::Day::from_epoch(day).to_string()));
        }
        Some(Self {
            field,
            values,
            reasons: table.reasons(key),
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

    /// Does any value of the row pass, or, where the test excludes, do all?
    fn passes(&self, row: usize, test: &Test) -> bool {
        let values = self.values.get(row).map_or(&[][..], Vec::as_slice);
        let rank = |code: &str| self.field.codes.iter().position(|known| known.code == code);
        match test {
            Test::Is(code) => values.contains(code),
            Test::In(codes) => values.iter().any(|value| codes.contains(value)),
            Test::Not { not } => !values.iter().any(|value| not.contains(value)),
            Test::AtLeast { at_least } => values.iter().any(|value| rank(value) >= rank(at_least)),
            Test::AtMost { at_most } => values.iter().any(|value| rank(value) <= rank(at_most)),
            Test::Missing { missing } => values.is_empty() == *missing,
            Test::Because { because } => self.reason(row) == Some(*because),
        }
    }
}
