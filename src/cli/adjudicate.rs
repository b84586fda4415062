//! `bitim adjudicate`: where coders differ, ready to be decided.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bitim::error::{Error, Result};
use bitim::model::concept::Concept;
use bitim::model::unit::Unit;
use bitim::model::visible;
use bitim::validate::Dataset;
use bitim::validate::codings::{Coding, Codings, Given, Item};
use bitim::write::{self, Destination};
use clap::{Args, ValueEnum};
use serde_json::json;

use super::{Data, print, print_in};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    data: Data,
    /// List what is decided too
    #[arg(long)]
    all: bool,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write a file of decisions to be filled in: a row for each open difference
    #[arg(long, value_name = "FILE")]
    worksheet: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "worksheet")]
    force: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Arguments {
    /// Prints the differences; the exit code is 1 if any is open.
    pub(super) fn run(&self) -> Result<ExitCode> {
        let cases = self.data.cases()?;
        let codings = cases.codings();
        if codings.codings.is_empty() {
            return Err(Error::MissingConcept {
                kind: "command",
                name: "adjudicate",
                needs: "a table with unit = \"coding\" that has rows".to_owned(),
            });
        }
        let open = codings.open();
        let is_open = |item: &Item| open.contains(&(item.case.clone(), item.variable.clone()));
        let listed: Vec<Item> = codings
            .items()
            .into_iter()
            .filter(|item| is_open(item) || self.all && item.decided.is_some())
            .collect();
        match self.format {
            Format::Text => print(&text(codings, &listed, open.len()))?,
            Format::Json => print_in("json", &json(codings, &listed, open.len()))?,
        };
        if let Some(path) = &self.worksheet {
            let open: Vec<&Item> = listed.iter().filter(|item| is_open(item)).collect();
            let to = Destination {
                folder: path.parent().unwrap_or(path),
                inputs: &self.data.store().on_disk(cases.inputs()),
                force: self.force,
            };
            let file = path.file_name().map_or(path.as_path(), Path::new);
            write::fresh(&[(file, worksheet(&cases, &open)?)], &to)?;
        }
        Ok(ExitCode::from(u8::from(!open.is_empty())))
    }
}

fn text(codings: &Codings, items: &[Item], open: usize) -> String {
    let mut text = String::new();
    for item in items {
        let _ = writeln!(
            text,
            "{}",
            visible::line(&format!("{}  {}", item.case, item.variable))
        );
        let codes = codings.variable(&item.variable);
        let codes: Vec<&str> = codes
            .iter()
            .flat_map(|coded| &coded.codes)
            .map(|code| code.code.as_str())
            .collect();
        if !codes.is_empty() {
            let _ = writeln!(text, "  codes: {}", visible::line(&codes.join(", ")));
        }
        let theirs: Vec<[String; 4]> = rows(codings, item);
        let width = |column: usize| {
            let lengths = theirs.iter().map(|row| row[column].chars().count());
            lengths.max().unwrap_or_default()
        };
        let widths = [width(0), width(1), width(2)];
        for [coder, value, confidence, remark] in &theirs {
            let mut line = String::new();
            for (cell, width) in [coder, value, confidence].into_iter().zip(widths) {
                if width > 0 {
                    let _ = write!(line, "  {cell:<width$}");
                }
            }
            let line = visible::line(format!("{line}  {remark}").trim_end());
            let _ = writeln!(text, "{line}");
        }
        text.push('\n');
    }
    let cases = match codings.cases().len() {
        1 => "1 case".to_owned(),
        n => format!("{n} cases"),
    };
    let coders: Vec<&str> = codings.coders().into_iter().collect();
    let _ = writeln!(
        text,
        "{} coders ({}), {cases}: {open} {} to be decided, {} decided",
        coders.len(),
        visible::line(&coders.join(", ")),
        if open == 1 {
            "difference"
        } else {
            "differences"
        },
        codings
            .items()
            .iter()
            .filter(|item| item.decided.is_some())
            .count(),
    );
    if open > 0 {
        text.push_str(
            "Write a row for each into the table of decisions: case, variable, value, and why. `--worksheet FILE` makes one.\n",
        );
    }
    text
}

/// Who gave what: coder, value, confidence, and the place with the remark.
fn rows(codings: &Codings, item: &Item) -> Vec<[String; 4]> {
    let about = |coding: &&Coding| coding.case == item.case && coding.about() == item.variable;
    let mut rows: Vec<[String; 4]> = Vec::new();
    for coder in codings.coders() {
        let of_case = codings
            .codings
            .iter()
            .filter(|coding| coding.coder.as_deref() == Some(coder) && coding.case == item.case);
        let mut theirs = of_case.clone().filter(about).peekable();
        if theirs.peek().is_none() && of_case.count() > 0 {
            rows.push([coder, "not coded", "", ""].map(str::to_owned));
        }
        rows.extend(theirs.map(|coding| row(coder, coding)));
    }
    let decided = codings.decisions.iter().filter(about);
    rows.extend(decided.map(|coding| row("decided", coding)));
    rows
}

fn row(who: &str, coding: &Coding) -> [String; 4] {
    let parts = [&coding.locator, &coding.note];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    [
        who.to_owned(),
        coding.given.text().to_owned(),
        coding.confidence.clone().unwrap_or_default(),
        parts.join("  "),
    ]
}

fn json(codings: &Codings, items: &[Item], open: usize) -> String {
    let differences: Vec<serde_json::Value> = items
        .iter()
        .map(|item| {
            let given: Vec<serde_json::Value> = codings
                .codings
                .iter()
                .chain(&codings.decisions)
                .filter(|coding| coding.case == item.case && coding.about() == item.variable)
                .map(|coding| {
                    json!({
                        "coder": coding.coder,
                        "value": coding.given.text(),
                        "is_missing": matches!(coding.given, Given::Missing(_)),
                        "confidence": coding.confidence,
                        "locator": coding.locator,
                        "note": coding.note,
                    })
                })
                .collect();
            json!({
                "case": item.case,
                "variable": item.variable,
                "is_open": item.decided.is_none(),
                "given": given,
            })
        })
        .collect();
    let document = json!({
        "schema": "bitim/adjudication/1",
        "coders": codings.coders(),
        "cases": codings.cases(),
        "open": open,
        "differences": differences,
    });
    format!("{document:#}\n")
}

/// A file of decisions with the columns that the codebook declares, or the usual ones.
fn worksheet(cases: &Dataset, open: &[&Item]) -> Result<Vec<u8>> {
    let concepts = [
        Concept::Case,
        Concept::Variable,
        Concept::Value,
        Concept::Note,
    ];
    let spec = cases
        .codebook()
        .tables()
        .find(|table| table.unit == Unit::Decision);
    let column = |concept: Concept| {
        let variables = spec.iter().flat_map(|table| &table.variables);
        let mut variables = variables.map(toml::Spanned::get_ref);
        let declared = variables.find(|variable| variable.concept == Some(concept));
        let named = declared.and_then(|variable| variable.column.clone());
        named.unwrap_or_else(|| concept.name().to_owned())
    };
    let mut rows = vec![concepts.map(column)];
    for item in open {
        rows.push([
            item.case.clone(),
            item.variable.clone(),
            String::new(),
            String::new(),
        ]);
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(broken)?;
    }
    writer
        .into_inner()
        .map_err(|error| broken(error.into_error()))
}

fn broken<E: std::error::Error + Send + Sync + 'static>(error: E) -> Error {
    Error::Compute {
        doing: "a worksheet",
        source: Box::new(error),
    }
}
