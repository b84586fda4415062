//! One thing that is wrong with a data set: a value, collected and never raised.

use std::collections::BTreeMap;

use super::label::Label;
pub(crate) use super::spelling::Candidates;
pub use super::spelling::{fold, meant, shorten};

/// The severity of a finding.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The data cannot be used as they are.
    Error,
    /// The data can be used; somebody should look.
    Warning,
    /// Something was put right or left out on the way in.
    Note,
}

impl Severity {
    /// The word in messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    /// The word on the page.
    #[must_use]
    pub const fn label(self) -> Label {
        match self {
            Self::Error => Label::new("error", "қате", "ошибка"),
            Self::Warning => Label::new("warning", "ескерту", "предупреждение"),
            Self::Note => Label::new("note", "ескертпе", "примечание"),
        }
    }
}

/// A kind of finding. The code is never reused for another kind.
#[derive(Debug)]
pub struct Rule {
    /// The code, as in `V201`.
    pub code: &'static str,
    /// The name, as in `unknown-code`.
    pub name: &'static str,
    /// Its severity.
    pub severity: Severity,
    /// What `bitim explain` says: what it means, an example, and how to mend it.
    pub explain: &'static str,
}

/// Where something is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, relative to the data set.
    pub file: String,
    /// The line, counted from 1 as an editor does; `None` if the whole file is meant.
    pub line: Option<u64>,
    /// The column of a table, by its name in the file.
    pub column: Option<String>,
}

impl Place {
    /// A whole file.
    #[must_use]
    pub fn file(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            ..Self::default()
        }
    }

    /// A line of a file.
    #[must_use]
    pub fn line(file: &str, line: u64) -> Self {
        Self {
            line: Some(line),
            ..Self::file(file)
        }
    }

    /// A cell of a file.
    #[must_use]
    pub fn cell(file: &str, line: u64, column: &str) -> Self {
        Self {
            column: Some(column.to_owned()),
            ..Self::line(file, line)
        }
    }

    /// The same, borrowed.
    pub(crate) fn spot(&self) -> Spot<'_> {
        Spot {
            file: &self.file,
            line: self.line,
            column: self.column.as_deref(),
        }
    }
}

impl Spot<'_> {
    /// The same, kept.
    pub(crate) fn place(self) -> Place {
        Place {
            file: self.file.to_owned(),
            line: self.line,
            column: self.column.map(str::to_owned),
        }
    }
}

/// One thing that is wrong, with every place where it is wrong in the same way.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The kind.
    pub rule: &'static Rule,
    /// Its severity: that of the rule, unless the codebook says otherwise.
    pub severity: Severity,
    /// The first place.
    pub place: Place,
    /// The value at fault, shortened.
    pub value: Option<String>,
    /// What is wrong with it and what is allowed.
    pub problem: String,
    /// What was probably meant.
    pub suggestion: Option<String>,
    /// The lines of the first places, in order.
    pub lines: Vec<u64>,
    /// How many places there are in all.
    pub count: u64,
}

/// How many lines a finding names before it only counts.
const LINES_NAMED: usize = 5;
/// How many different values of one column a rule lists before it only counts.
const VALUES_LISTED: usize = 50;

/// Where something is wrong, for what is looked at row by row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot<'a> {
    pub(crate) file: &'a str,
    pub(crate) line: Option<u64>,
    pub(crate) column: Option<&'a str>,
}

/// A finding that was made: a row that says the same is added to it without being looked up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Made(usize);

/// Every finding of a data set. Equal ones are one finding with a count, so that a column that is
/// wrong a million times is one line, and memory does not grow with the mistakes.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    files: Vec<String>,
    /// Each with the rank of its file.
    made: Vec<(usize, Finding)>,
    about: BTreeMap<(usize, &'static str), Vec<Column>>,
}

/// What a rule found in one column of a file, by value and problem.
#[derive(Clone, Debug, Default)]
struct Column {
    name: Option<String>,
    plain: BTreeMap<String, Made>,
    listed: BTreeMap<String, BTreeMap<String, Made>>,
    further: Option<Made>,
}

impl Findings {
    /// Notes that findings about `file` come after those about the files named before.
    pub fn file(&mut self, file: &str) -> usize {
        if let Some(rank) = self.files.iter().position(|known| known == file) {
            return rank;
        }
        self.files.push(file.to_owned());
        self.files.len() - 1
    }

    /// Adds a finding without a value.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a place is made for its finding"
    )]
    pub fn add(&mut self, rule: &'static Rule, place: Place, problem: impl Into<String>) {
        let problem = || problem.into();
        self.find(rule, rule.severity, place.spot(), None, problem, || None);
    }

    /// Adds a finding about a value.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a place is made for its finding"
    )]
    pub fn value(
        &mut self,
        rule: &'static Rule,
        place: Place,
        value: &str,
        problem: impl Into<String>,
        suggestion: Option<String>,
    ) {
        let (spot, problem) = (place.spot(), || problem.into());
        self.find(rule, rule.severity, spot, Some(value), problem, || {
            suggestion
        });
    }

    /// Adds a finding whose severity the codebook decides.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a place is made for its finding"
    )]
    pub fn graded(
        &mut self,
        rule: &'static Rule,
        severity: Severity,
        place: Place,
        value: Option<&str>,
        problem: impl Into<String>,
    ) {
        let problem = || problem.into();
        self.find(rule, severity, place.spot(), value, problem, || None);
    }

    /// Adds a finding whose words are made only if it is listed: what is wrong with the value, and, for the first
    /// of its kind, what was probably meant.
    pub(crate) fn find(
        &mut self,
        rule: &'static Rule,
        severity: Severity,
        spot: Spot,
        value: Option<&str>,
        problem: impl FnOnce() -> String,
        suggestion: impl FnOnce() -> Option<String>,
    ) -> Made {
        let rank = self.file(spot.file);
        let value = value.map(shorten);
        let columns = self.about.entry((rank, rule.code)).or_default();
        let at = columns
            .iter()
            .position(|of| of.name.as_deref() == spot.column);
        let at = at.unwrap_or_else(|| {
            columns.push(Column {
                name: spot.column.map(str::to_owned),
                ..Column::default()
            });
            columns.len() - 1
        });
        let column = &mut columns[at];
        let next = Made(self.made.len());
        let is_further = value.as_ref().is_some_and(|text| !column.lists(text));
        if let Some(further) = column.further.filter(|_| is_further) {
            self.again(further, spot.line);
            return further;
        }
        let (value, problem) = if is_further {
            let problem = format!("more than {VALUES_LISTED} different values; mend these first");
            (Some("(further values)".to_owned()), problem)
        } else {
            (value, problem())
        };
        let made = match &value {
            _ if is_further => column.further.insert(next),
            None => column.plain.entry(problem.clone()).or_insert(next),
            Some(text) => {
                let problems = column.listed.entry(text.clone()).or_default();
                problems.entry(problem.clone()).or_insert(next)
            }
        };
        let made = *made;
        if made.0 == next.0 {
            let finding = Finding {
                rule,
                severity,
                place: spot.place(),
                value,
                problem,
                suggestion: if is_further { None } else { suggestion() },
                lines: Vec::new(),
                count: 0,
            };
            self.made.push((rank, finding));
        }
        self.again(made, spot.line);
        made
    }

    /// Adds a row to a finding.
    pub(crate) fn again(&mut self, made: Made, line: Option<u64>) {
        let Some((_, finding)) = self.made.get_mut(made.0) else {
            return;
        };
        finding.count += 1;
        if let Some(line) = line
            && finding.lines.len() < LINES_NAMED
            && finding.lines.last() != Some(&line)
        {
            finding.lines.push(line);
        }
    }

    /// The findings in the order of the files, then of the lines, then of the rules.
    #[must_use]
    pub fn in_order(&self) -> Vec<&Finding> {
        let mut ordered: Vec<&(usize, Finding)> = self.made.iter().collect();
        ordered.sort_by_key(|(rank, of)| {
            let said = (&of.place.column, &of.value, &of.problem);
            (rank, of.place.line, of.rule.code, said)
        });
        ordered.into_iter().map(|(_, finding)| finding).collect()
    }

    /// How many findings of that severity there are, equal ones counted once.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let made = self.made.iter();
        made.filter(|(_, finding)| finding.severity == severity)
            .count()
    }

    /// Is there a finding of any of these rules about the file?
    #[must_use]
    pub fn has(&self, file: &str, rules: &[&'static Rule]) -> bool {
        let rank = self.files.iter().position(|known| known == file);
        let mut rules = rules.iter();
        rank.is_some_and(|rank| rules.any(|rule| self.about.contains_key(&(rank, rule.code))))
    }

    /// Is there nothing to report?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.made.is_empty()
    }
}

impl Column {
    /// Is the value one of those that are listed?
    fn lists(&self, value: &str) -> bool {
        self.listed.len() < VALUES_LISTED || self.listed.contains_key(value)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn words_are_made_for_listed_values_only_and_meanings_once_for_each() {
        let rule = &Rule {
            code: "V000",
            name: "of-a-test",
            severity: Severity::Error,
            explain: "",
        };
        let (problems, meant) = (Cell::new(0), Cell::new(0));
        let mut findings = Findings::default();
        for line in 0..300 {
            let place = Place::cell("a.csv", line, "c");
            let problem = || {
                problems.set(problems.get() + 1);
                "wrong".to_owned()
            };
            let suggestion = || {
                meant.set(meant.get() + 1);
                None
            };
            let value = (line % 100).to_string();
            findings.find(
                rule,
                Severity::Error,
                place.spot(),
                Some(&value),
                problem,
                suggestion,
            );
        }
        assert_eq!(
            (problems.get(), meant.get()),
            (3 * VALUES_LISTED, VALUES_LISTED)
        );
        let made = findings.in_order();
        let further = made.iter().find(|finding| finding.count > 3);
        assert_eq!(
            further.map(|finding| (finding.count, finding.lines[0])),
            Some((150, 50))
        );
        assert_eq!(made.len(), VALUES_LISTED + 1);
    }
}
