//! `bitim sources`: what the coded values rest on, and the bibliography.

use std::process::ExitCode;

use bitim::analyse;
use bitim::error::Result;
use bitim::render::outputs::{self, Kind};
use clap::Args;

use super::{Asked, print_in};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    asked: Asked,
    /// List the coded values that rest on no or one source, on the article alone or on weak sources
    #[arg(long)]
    weak: bool,
    /// text, csv, md or json; bibtex writes the sources themselves
    #[arg(long, default_value = "text")]
    format: String,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let cases = self.asked.cases()?;
        let selection = cases.select(&self.asked.question())?;
        let table = if self.weak {
            Some(analyse::weak(&selection)?)
        } else {
            None
        };
        if outputs::names(Kind::Bibliography).contains(&self.format.as_str()) {
            let mut sources = analyse::sources(&selection)?;
            let is_asked = |id: &String| {
                table
                    .as_ref()
                    .is_none_or(|table| table.sources.contains(id))
            };
            sources.retain(|source| is_asked(&source.id));
            return print_in(
                &self.format,
                &outputs::bibliography(&self.format, &sources)?,
            );
        }
        let table = match table {
            Some(table) => table,
            None => analyse::table("sources", &selection)?,
        };
        print_in(
            &self.format,
            &outputs::table(&self.format, &table, self.asked.language())?,
        )
    }
}
