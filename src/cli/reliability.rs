//! `bitim reliability`: how far coders agree. It is the table of that name, under the name that people
//! look for.

use std::process::ExitCode;

use bitim::analyse::{self, Question};
use bitim::error::Result;
use bitim::model::label::Language;
use bitim::render::outputs;
use clap::Args;

use super::{Data, print_in};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    data: Data,
    /// text, csv, md or json
    #[arg(long, default_value = "text")]
    format: String,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let cases = self.data.cases()?;
        let selection = cases.select(&Question::default())?;
        let table = analyse::table("reliability", &selection)?;
        print_in(
            &self.format,
            &outputs::table(&self.format, &table, Language::En)?,
        )
    }
}
