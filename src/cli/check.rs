//! `bitim check`: every finding at once.

use std::fmt::Write as _;
use std::process::ExitCode;

use bitim::error::Result;
use bitim::load::{self, Tally};
use bitim::model::finding::{Finding, Severity};
use bitim::model::visible;
use bitim::validate::{self, Checked};
use clap::{Args, ValueEnum};
use serde_json::json;

use super::{Data, print, print_in};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    data: Data,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Arguments {
    /// Prints the findings; the exit code is 1 if any is an error.
    pub(super) fn run(&self) -> Result<ExitCode> {
        let checked = validate::check(load::dataset(&self.data.store())?)?;
        match self.format {
            Format::Text => print(&text(&checked))?,
            Format::Json => print_in("json", &json(&checked))?,
        };
        let errors = checked.findings().count(Severity::Error);
        Ok(if errors == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(1)
        })
    }
}

fn text(checked: &Checked) -> String {
    let mut text = String::new();
    for finding in checked.findings().in_order() {
        let _ = writeln!(text, "{}", visible::line(&line(finding)));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let counted = |severity: Severity| {
        let n = checked.findings().count(severity);
        format!("{n} {}{}", severity.name(), if n == 1 { "" } else { "s" })
    };
    let _ = writeln!(
        text,
        "{}: {}, {}, {}",
        visible::line(checked.name()),
        counted(Severity::Error),
        counted(Severity::Warning),
        counted(Severity::Note)
    );
    let _ = writeln!(text, "{}", lines(checked.tally()));
    if let Some(first) = checked.findings().in_order().first() {
        let _ = writeln!(
            text,
            "`bitim explain {}` says what a finding means and how to mend it.",
            first.rule.code
        );
    }
    text
}

/// `43 lines: 36 rows, 7 headers`, and whatever else there are.
fn lines(tally: Tally) -> String {
    let counted =
        |n: u64, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
    let rest = [
        (tally.headers, "header", "headers"),
        (
            tally.filtered,
            "row left out by the codebook",
            "rows left out by the codebook",
        ),
        (
            tally.refused,
            "line that cannot be read",
            "lines that cannot be read",
        ),
        (
            tally.continued,
            "that continues a row",
            "that continue a row",
        ),
        (tally.blank, "blank", "blank"),
    ];
    let rest = rest.iter().filter(|(n, ..)| *n > 0);
    let parts: Vec<String> = [(tally.rows, "row", "rows")]
        .iter()
        .chain(rest)
        .map(|(n, one, more)| counted(*n, one, more))
        .collect();
    format!(
        "{}: {}",
        counted(tally.lines, "line", "lines"),
        parts.join(", ")
    )
}

/// `error V201 unknown-code  roles.csv:12  role = "venu"  codes are …; did you mean "venue"?`
fn line(finding: &Finding) -> String {
    let rule = finding.rule;
    let mut line = format!(
        "{} {} {}  {}",
        finding.severity.name(),
        rule.code,
        rule.name,
        finding.place.file
    );
    for (position, number) in finding.lines.iter().enumerate() {
        let _ = write!(line, "{}{number}", if position == 0 { ":" } else { "," });
    }
    if finding.count > finding.lines.len().max(1) as u64 {
        let _ = write!(line, ",… ({} places)", finding.count);
    }
    match (&finding.place.column, &finding.value) {
        (Some(column), Some(value)) => {
            let _ = write!(line, "  {column} = \"{value}\"");
        }
        (None, Some(value)) => {
            let _ = write!(line, "  \"{value}\"");
        }
        (Some(column), None) => {
            let _ = write!(line, "  {column}");
        }
        (None, None) => {}
    }
    let _ = write!(line, "  {}", finding.problem);
    if let Some(suggestion) = &finding.suggestion {
        let _ = write!(line, "; did you mean \"{suggestion}\"?");
    }
    line
}

fn json(checked: &Checked) -> String {
    let findings: Vec<serde_json::Value> = checked
        .findings()
        .in_order()
        .into_iter()
        .map(|finding| {
            json!({
                "rule": finding.rule.code,
                "name": finding.rule.name,
                "severity": finding.severity,
                "file": finding.place.file,
                "lines": finding.lines,
                "count": finding.count,
                "column": finding.place.column,
                "value": finding.value,
                "problem": finding.problem,
                "suggestion": finding.suggestion,
            })
        })
        .collect();
    let document = json!({
        "schema": "bitim/findings/1",
        "dataset": checked.name(),
        "errors": checked.findings().count(Severity::Error),
        "warnings": checked.findings().count(Severity::Warning),
        "notes": checked.findings().count(Severity::Note),
        "lines": checked.tally(),
        "findings": findings,
    });
    format!("{document:#}\n")
}
