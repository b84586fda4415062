//! `bitim init`: a data set to start from.

use std::path::PathBuf;
use std::process::ExitCode;

use bitim::error::Result;
use bitim::{load, write};
use clap::Args;

use super::print;

#[derive(Args)]
pub(crate) struct Arguments {
    /// The folder to make
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The codebook and the headers of the bundled data, without its rows
    #[arg(long)]
    empty: bool,
    /// Replace files that are there
    #[arg(long)]
    force: bool,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let files = load::start(self.empty);
        write::fresh(&files, &self.folder, self.force)?;
        let folder = self.folder.display();
        print(&format!(
            "{} files in {folder}\nnext: edit them, then `bitim check --data {folder}` and `bitim report --data {folder}`\n",
            files.len()
        ))
    }
}
