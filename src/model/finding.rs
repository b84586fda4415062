//! One thing that is wrong with a data set: a value, collected and never raised.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization as _;

use super::label::Label;
use super::visible;

/// How grave a finding is.
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
    /// How grave it is.
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
}

/// One thing that is wrong, with every place where it is wrong in the same way.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The kind.
    pub rule: &'static Rule,
    /// How grave it is: that of the rule, unless the codebook says otherwise.
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

type Key = (usize, &'static str, Option<String>, Option<String>, String);

/// Every finding of a data set. Equal ones are one finding with a count, so that a column that is
/// wrong a million times is one line, and memory does not grow with the mistakes.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    files: Vec<String>,
    groups: BTreeMap<Key, Finding>,
    values: BTreeMap<(usize, &'static str, Option<String>), BTreeSet<String>>,
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
    pub fn add(&mut self, rule: &'static Rule, place: Place, problem: impl Into<String>) {
        self.push(rule, rule.severity, place, None, problem.into(), None);
    }

    /// Adds a finding about a value.
    pub fn value(
        &mut self,
        rule: &'static Rule,
        place: Place,
        value: &str,
        problem: impl Into<String>,
        suggestion: Option<String>,
    ) {
        self.push(
            rule,
            rule.severity,
            place,
            Some(value),
            problem.into(),
            suggestion,
        );
    }

    /// Adds a finding whose severity the codebook decides.
    pub fn graded(
        &mut self,
        rule: &'static Rule,
        severity: Severity,
        place: Place,
        value: Option<&str>,
        problem: impl Into<String>,
    ) {
        self.push(rule, severity, place, value, problem.into(), None);
    }

    fn push(
        &mut self,
        rule: &'static Rule,
        severity: Severity,
        place: Place,
        value: Option<&str>,
        mut problem: String,
        mut suggestion: Option<String>,
    ) {
        let rank = self.file(&place.file);
        let mut value = value.map(shorten);
        if let Some(text) = &value {
            let seen = self
                .values
                .entry((rank, rule.code, place.column.clone()))
                .or_default();
            if seen.len() < VALUES_LISTED {
                seen.insert(text.clone());
            } else if !seen.contains(text) {
                value = Some("(further values)".to_owned());
                problem = format!("more than {VALUES_LISTED} different values; mend these first");
                suggestion = None;
            }
        }
        let key = (
            rank,
            rule.code,
            place.column.clone(),
            value.clone(),
            problem.clone(),
        );
        let line = place.line;
        let finding = self.groups.entry(key).or_insert_with(|| Finding {
            rule,
            severity,
            place,
            value,
            problem,
            suggestion,
            lines: Vec::new(),
            count: 0,
        });
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
        let mut ordered: Vec<(&Key, &Finding)> = self.groups.iter().collect();
        ordered.sort_by_key(|(key, finding)| (key.0, finding.place.line, key.1, *key));
        ordered.into_iter().map(|(_, finding)| finding).collect()
    }

    /// How many findings of that severity there are, equal ones counted once.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.groups
            .values()
            .filter(|finding| finding.severity == severity)
            .count()
    }

    /// Is there a finding of any of these rules about the file?
    #[must_use]
    pub fn has(&self, file: &str, rules: &[&'static Rule]) -> bool {
        let rank = self.files.iter().position(|known| known == file);
        self.groups
            .keys()
            .any(|key| Some(key.0) == rank && rules.iter().any(|rule| rule.code == key.1))
    }

    /// Is there nothing to report?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}

/// A value as a message shows it: on one line, no longer than a line, and what cannot be seen as an
/// escape.
///
/// ```
/// use bitim::model::finding::shorten;
/// assert_eq!(shorten("a\u{1b}b"), "a\\u{1b}b");
/// assert_eq!(shorten(&"long ".repeat(20)).chars().count(), 61);
/// ```
#[must_use]
pub fn shorten(value: &str) -> String {
    const LONGEST: usize = 60;
    let head: String = value.chars().take(LONGEST).collect();
    let mut short = visible::line(&head);
    if value.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}

/// The candidate that `given` was probably meant to be, if any is near enough.
///
/// Near enough is at most one edit in three characters; candidates that differ only by case or
/// blanks always are.
///
/// ```
/// use bitim::model::finding::meant;
/// assert_eq!(meant("venu", ["venue", "broker"]), Some("venue"));
/// assert_eq!(meant("x", ["venue", "broker"]), None);
/// ```
pub fn meant<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(&shorten(given));
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let other = fold(&shorten(candidate));
            let distance = strsim::osa_distance(&folded, &other);
            let longest = folded.chars().count().max(other.chars().count());
            (distance * 3 <= longest).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A value with case, blanks, accents' composition, and the shapes of apostrophes, quotation marks and
/// hyphens folded, under which two spellings of one thing are the same.
///
/// ```
/// use bitim::model::finding::fold;
/// assert_eq!(fold("E\u{301}vian  d’hier"), fold("\u{c9}vian D'Hier"));
/// assert_ne!(fold("Évian"), fold("Evian"));
/// ```
#[must_use]
pub fn fold(value: &str) -> String {
    let plain: String = value
        .nfkc()
        .filter_map(|letter| match letter {
            '‘' | '’' | '‚' | '‛' | 'ʼ' | 'ʹ' | '′' | '`' => Some('\''),
            '“' | '”' | '„' | '«' | '»' => Some('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' => None,
            '\u{feff}' => Some(' '),
            letter => Some(letter),
        })
        .collect();
    let words: Vec<String> = plain.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}
