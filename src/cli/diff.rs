//! `bitim diff`: what a new release of a data set says otherwise.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bitim::analyse::diff::diff;
use bitim::error::{Error, Result};
use bitim::render::diff as render;
use bitim::validate::Dataset;
use clap::{Args, ValueEnum};

use super::{Data, Terms, print_in};

#[derive(Args)]
#[command(
    after_help = "Exit code: 0 if the two say the same, 1 if anything differs, 2 if the comparison failed.\nA folder that is called bundled is ./bundled."
)]
pub(crate) struct Arguments {
    /// The old release: a folder, or the word bundled for the data inside the program
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The new release, likewise
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Read files outside these folders too, where their codebooks or links in them lead there
    #[arg(long)]
    allow_outside: bool,
    #[command(flatten)]
    terms: Terms,
    /// For people, as an entry of a changelog, or for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Md,
    Json,
}

impl Arguments {
    /// Prints the differences; the exit code is 1 if there is any.
    pub(super) fn run(&self) -> Result<ExitCode> {
        let (old, new) = (self.release(&self.old)?, self.release(&self.new)?);
        let diff = diff(&old, &new, &self.terms.question())?;
        let language = self.terms.language();
        match self.format {
            Format::Text => print_in("text", &render::text(&diff, language)),
            Format::Md => print_in("md", &render::markdown(&diff, language)),
            Format::Json => print_in("json", &render::json(&diff, language)?),
        }?;
        Ok(if diff.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(1)
        })
    }

    /// A data set that passes validation. Two releases bear one name, so an error names the folder.
    fn release(&self, place: &Path) -> Result<Dataset> {
        let data = Data {
            data: (place.as_os_str() != "bundled").then(|| place.to_owned()),
            allow_outside: self.allow_outside,
        };
        data.cases().map_err(|error| match error {
            Error::Rejected { errors, .. } => Error::Rejected {
                dataset: place.display().to_string(),
                errors,
            },
            other => other,
        })
    }
}
