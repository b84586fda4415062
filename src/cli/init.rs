//! `bitim init`: a data set to start from.

use std::path::PathBuf;
use std::process::ExitCode;

use bitim::error::Result;
use bitim::load;
use bitim::write::{self, Destination};
use clap::Args;

use super::print;

#[derive(Args)]
pub(crate) struct Arguments {
    /// The folder to make
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// A small codebook that explains itself, and tables without rows
    #[arg(long)]
    empty: bool,
    /// Replace files that are there
    #[arg(long)]
    force: bool,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let name = self.folder.file_name().and_then(std::ffi::OsStr::to_str);
        let files = if self.empty {
            load::start_named(name.unwrap_or("mine"))
        } else {
            load::start(false)
        };
        let to = Destination {
            folder: &self.folder,
            inputs: &[],
            force: self.force,
        };
        write::fresh(&files, &to)?;
        let folder = self.folder.display();
        print(&format!(
            "{} files in {folder}\nnext: edit them, then `bitim check --data {folder}` and `bitim report --data {folder}`\n",
            files.len()
        ))
    }
}
