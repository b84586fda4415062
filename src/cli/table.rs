//! `bitim table`: one table, in one format.

use std::process::ExitCode;

use bitim::analyse;
use bitim::error::Result;
use bitim::render::outputs;
use clap::Args;

use super::{Asked, print_in};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The table; `bitim list` names them
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    asked: Asked,
    /// text, csv, md or json
    #[arg(long, default_value = "text")]
    format: String,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<ExitCode> {
        analyse::find(&self.name)?;
        let cases = self.asked.cases()?;
        let selection = cases.select(&self.asked.question())?;
        let table = analyse::table(&self.name, &selection)?;
        print_in(
            &self.format,
            &outputs::table(&self.format, &table, self.asked.language())?,
        )
    }
}
