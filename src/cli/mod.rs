//! The command line: one thin file per command. Names are positional, the data set is `--data`.

mod adjudicate;
mod chart;
mod check;
mod claims;
mod diff;
mod explain;
mod init;
mod list;
mod manual;
mod reliability;
mod report;
mod sensitivity;
mod sources;
mod table;

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use bitim::analyse::Question;
use bitim::error::{Error, Result};
use bitim::load::{self, Store};
use bitim::model::label::Language;
use bitim::model::visible;
use bitim::validate::codings::Coder;
use bitim::validate::{self, Dataset};
use clap::builder::PossibleValuesParser;
use clap::{Args, CommandFactory as _, Parser, Subcommand};

/// Code, check, analyse and publish a third party's mediation record.
#[derive(Parser)]
#[command(
    bin_name = "bitim",
    version,
    about,
    long_about = None,
    after_help = "Start with:\n  bitim report                 tables, figures and a page of the bundled data, in reports/\n  bitim init mine --empty      a data set of your own to start from\n  bitim check --data mine      what is wrong with it\n  bitim report --data mine     its report\n\nNot to be confused with mediation analysis in statistics (causal mediation)."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write every table and figure and a page that holds them all
    Report(report::Arguments),
    /// List everything that is wrong with a data set
    Check(check::Arguments),
    /// Say what a finding means and how to mend it
    Explain(explain::Arguments),
    /// Print one table
    Table(table::Arguments),
    /// Draw one figure
    Chart(chart::Arguments),
    /// Say how far several coders agree, variable by variable
    Reliability(reliability::Arguments),
    /// List where several coders differ, ready to be decided
    Adjudicate(adjudicate::Arguments),
    /// Say how far each headline depends on one case, code, coder or definition
    Sensitivity(sensitivity::Arguments),
    /// Say what the data make of each claim that the data set is tested against
    Claims(claims::Arguments),
    /// Say how many coded values have sources, and how good these are; or write the sources as BibTeX
    Sources(sources::Arguments),
    /// List the tables, charts, formats, views and periods that there are
    List(list::Arguments),
    /// Say what differs between two releases of a data set, and which published numbers moved
    Diff(diff::Arguments),
    /// Make a data set to start from
    Init(init::Arguments),
    /// Print a completion script for a shell
    Completions(manual::Completions),
    /// Print the manual page
    Man,
}

/// Which data set.
#[derive(Args)]
pub(crate) struct Data {
    /// The folder of the data set [default: the bundled data on Kazakhstan]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Read files outside that folder too, where its codebook or a link in it leads there
    #[arg(long, requires = "data")]
    allow_outside: bool,
}

/// In which terms a data set is asked.
#[derive(Args)]
pub(crate) struct Terms {
    /// The view: which cases, as of which date [default: the first of study.toml]
    #[arg(long, value_name = "NAME")]
    view: Option<String>,
    /// The scheme of periods [default: the first of study.toml]
    #[arg(long, value_name = "NAME")]
    periods: Option<String>,
    /// The mediator, where a data set has several [default: that of study.toml]
    #[arg(long, value_name = "ID")]
    mediator: Option<String>,
    /// The language of titles, labels and sentences
    #[arg(long, value_name = "LANGUAGE", default_value = "en", value_parser = PossibleValuesParser::new(["en", "kk", "ru"]))]
    lang: String,
}

/// Which data set, with whose codes, is asked in which terms.
#[derive(Args)]
pub(crate) struct Asked {
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    terms: Terms,
    /// The codes of one coder, of the `majority`, or those `agreed`, where several people coded the cases
    /// [default: the record's own]
    #[arg(long, value_name = "NAME")]
    coder: Option<String>,
}

impl Data {
    fn store(&self) -> Store {
        let folder = if self.allow_outside {
            Store::Anywhere
        } else {
            Store::Folder
        };
        self.data.clone().map_or(Store::Bundled, folder)
    }

    fn cases(&self) -> Result<Dataset> {
        validate::check(load::dataset(&self.store())?)?.accept()
    }
}

impl Terms {
    fn question(&self) -> Question {
        Question {
            view: self.view.clone(),
            scheme: self.periods.clone(),
            mediator: self.mediator.clone(),
            ..Question::default()
        }
    }

    fn language(&self) -> Language {
        Language::of(&self.lang).unwrap_or_default()
    }
}

impl Asked {
    fn cases(&self) -> Result<Dataset> {
        let cases = self.data.cases()?;
        match &self.coder {
            Some(coder) => cases.coded_by(&Coder::named(coder)),
            None => Ok(cases),
        }
    }

    fn question(&self) -> Question {
        self.terms.question()
    }

    fn language(&self) -> Language {
        self.terms.language()
    }
}

impl Cli {
    /// Does what the command line asks for.
    pub(crate) fn run(&self) -> Result<ExitCode> {
        threads()?;
        match &self.command {
            Command::Report(arguments) => arguments.run(),
            Command::Check(arguments) => arguments.run(),
            Command::Explain(arguments) => arguments.run(),
            Command::Table(arguments) => arguments.run(),
            Command::Chart(arguments) => arguments.run(),
            Command::Reliability(arguments) => arguments.run(),
            Command::Adjudicate(arguments) => arguments.run(),
            Command::Sensitivity(arguments) => arguments.run(),
            Command::Claims(arguments) => arguments.run(),
            Command::Sources(arguments) => arguments.run(),
            Command::List(arguments) => arguments.run(),
            Command::Diff(arguments) => arguments.run(),
            Command::Init(arguments) => arguments.run(),
            Command::Completions(arguments) => arguments.run(&mut Self::command()),
            Command::Man => manual::page(Self::command()),
        }
    }
}

/// polars panics without threads and waits for ever for more than the system gives.
fn threads() -> Result<()> {
    const VARIABLE: &str = "POLARS_MAX_THREADS";
    let Some(given) = std::env::var_os(VARIABLE) else {
        return Ok(());
    };
    let given = given.to_string_lossy().into_owned();
    match given.parse() {
        Ok(1..=1024_u32) => Ok(()),
        _ => Err(Error::Environment {
            variable: VARIABLE,
            given,
            expected: "a number of threads from 1 to 1024",
        }),
    }
}

/// Prints for people: what would steer their terminal is shown as an escape.
fn print(shown: &str) -> Result<ExitCode> {
    write(&visible::text(shown))
}

/// Prints in a format. Programs get what the data hold as it is; a terminal never does, nor does any
/// reader of the format for people.
fn print_in(format: &str, document: &str) -> Result<ExitCode> {
    let is_for_people = format == "text" || io::stdout().is_terminal();
    if is_for_people {
        print(document)
    } else {
        write(document)
    }
}

/// Writes to standard output. A reader that has gone away, as `head` does, is no failure.
fn write(text: &str) -> Result<ExitCode> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error::Print(error)),
        _ => Ok(ExitCode::SUCCESS),
    }
}
