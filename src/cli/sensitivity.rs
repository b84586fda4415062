//! `bitim sensitivity`: how far each headline moves when the record is asked otherwise.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use bitim::analyse;
use bitim::error::Result;
use bitim::render::outputs;
use clap::Args;

use super::{Asked, print_in};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    asked: Asked,
    /// Print every way of asking that was tried, and not only the ranges
    #[arg(long)]
    all: bool,
    /// text, csv, md or json
    #[arg(long, default_value = "text")]
    format: String,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let cases = self.asked.cases()?;
        let selection = cases.select(&self.asked.question())?;
        let is_shown = io::stderr().is_terminal();
        let bar = |ended: usize, all: usize| {
            if is_shown {
                let _ = write!(io::stderr(), "\r\x1b[K{ended} of {all} runs");
            }
        };
        let [ranges, runs] = analyse::sensitivity(&selection, &bar)?;
        if is_shown {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
        let table = if self.all { &runs } else { &ranges };
        print_in(
            &self.format,
            &outputs::table(&self.format, table, self.asked.language())?,
        )
    }
}
