//! `bitim completions` and `bitim man`, for those who package the program.

use std::process::ExitCode;

use bitim::error::{Error, Result};
use clap::Args;
use clap_complete::Shell;

use super::print;

#[derive(Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self, command: &mut clap::Command) -> Result<ExitCode> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, command, "bitim", &mut script);
        print(&String::from_utf8_lossy(&script))
    }
}

pub(super) fn page(command: clap::Command) -> Result<ExitCode> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut page)
        .map_err(Error::Print)?;
    print(&String::from_utf8_lossy(&page))
}
