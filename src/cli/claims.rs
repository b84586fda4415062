//! `bitim claims`: what the data say of each claim, claim by claim.

use std::fmt::Write as _;
use std::process::ExitCode;

use bitim::analyse::{self, Table};
use bitim::error::{Error, Result};
use bitim::model::label::{Label, Language};
use bitim::model::visible;
use clap::Args;

use super::{Asked, print};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The claims to print, by their number [default: all]
    #[arg(value_name = "NO")]
    claims: Vec<String>,
    #[command(flatten)]
    asked: Asked,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let cases = self.asked.cases()?;
        let selection = cases.select(&self.asked.question())?;
        let claims = analyse::table("claims", &selection)?;
        let tests = analyse::table("claim_tests", &selection)?;
        let language = self.asked.language();
        let known: Vec<&str> = words(&claims, "id", language).collect();
        for asked in &self.claims {
            if !known.contains(&asked.as_str()) {
                return Err(Error::UnknownName {
                    kind: "claim",
                    name: asked.clone(),
                    known: known.into_iter().map(str::to_owned).collect(),
                });
            }
        }
        let mut text = String::new();
        for (row, id) in known.into_iter().enumerate() {
            if self.claims.is_empty() || self.claims.iter().any(|asked| asked == id) {
                claim(&mut text, &claims, row, &tests, language);
            }
        }
        for sentence in &claims.reading {
            let _ = writeln!(text, "{}", visible::line(sentence.get(language)));
        }
        print(&text)
    }
}

/// A claim, its verdicts, its numbers, and what they cannot show.
fn claim(text: &mut String, claims: &Table, row: usize, tests: &Table, language: Language) {
    let say = |column: &str| said(claims, row, column, language);
    let heading = |table: &Table, column: &str| {
        let found = table.columns.iter().find(|held| held.name == column);
        found
            .map(|column| visible::line(column.label.get(language)))
            .unwrap_or_default()
    };
    let id = say("id").unwrap_or_default();
    let (paragraph, sentence) = (say("paragraph"), say("claim"));
    let _ = writeln!(
        text,
        "{id}  {} {}: {}",
        heading(claims, "paragraph"),
        paragraph.unwrap_or_default(),
        sentence.unwrap_or_default()
    );
    for view in ["then", "now"] {
        let Some(verdict) = say(view) else { continue };
        let _ = writeln!(text, "    {}: {verdict}", heading(claims, view));
        let runs = format!("{view}_runs");
        if let Some(same) = say(&runs) {
            let _ = writeln!(text, "      {}: {same}", heading(claims, &runs));
        }
    }
    let of_claim = |test: &usize| said(tests, *test, "id", language).as_ref() == Some(&id);
    let mut last = None;
    for test in (0..tests.rows.len()).filter(of_claim) {
        let say = |column: &str| said(tests, test, column, language).unwrap_or_default();
        let what = Some(say("what"));
        if last != what {
            last = what;
            let _ = writeln!(
                text,
                "      {} [{} {}; {} {}]",
                say("what"),
                heading(tests, "supported"),
                say("supported"),
                heading(tests, "contradicted"),
                say("contradicted"),
            );
        }
        let _ = writeln!(text, "        {}: {}", say("view"), say("in_words"));
    }
    let _ = writeln!(
        text,
        "    {}: {}\n",
        heading(claims, "cannot_show"),
        say("cannot_show").unwrap_or_default()
    );
}

fn words<'a>(table: &'a Table, column: &str, language: Language) -> impl Iterator<Item = &'a str> {
    let cells = table.column(column).into_iter().flatten();
    cells.filter_map(move |cell| cell.words().map(|label: &Label| label.get(language)))
}

/// A cell on one line, so that a claim cannot add a verdict of its own.
fn said(table: &Table, row: usize, column: &str, language: Language) -> Option<String> {
    let cell = table.cell(row, column)?;
    cell.words().map(|label| visible::line(label.get(language)))
}
