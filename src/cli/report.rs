//! `bitim report`: every table and figure, and a page that holds them all.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use bitim::error::Result;
use bitim::model::visible;
use bitim::pipeline;
use clap::Args;

use super::{Asked, print};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    asked: Asked,
    /// The folder in which the folder of the report is made
    #[arg(short, long, value_name = "DIR", default_value = "reports")]
    output: PathBuf,
    /// Write the figures as PDF too
    #[arg(long)]
    pdf: bool,
    /// Replace files that bitim did not write, or that were changed since
    #[arg(long)]
    force: bool,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let mut progress = Progress {
            is_shown: io::stderr().is_terminal(),
        };
        let report = pipeline::Report {
            store: self.asked.data.store(),
            coder: self.asked.coder.clone(),
            question: self.asked.question(),
            language: self.asked.language(),
            pdf: self.pdf,
            folder: self.output.clone(),
            force: self.force,
        };
        let written = report.run(&mut |step| progress.step(step))?;
        progress.step("");
        if written.was_interrupted {
            let folder = written.folder.display();
            // Where standard error is gone, the report is no less whole.
            let _ = writeln!(
                io::stderr(),
                "an earlier run was interrupted while it wrote {folder}; what it left there is replaced"
            );
        }
        let skipped: Vec<String> = written
            .manifest
            .skipped
            .iter()
            .map(|skipped| {
                let reason = visible::line(&skipped.reason);
                format!("not made: {} ({reason})\n", skipped.name)
            })
            .collect();
        let page = written.folder.join("report.html");
        print(&format!(
            "{}{} files in {}; open {}\n",
            skipped.concat(),
            written.files,
            written.folder.display(),
            page.display()
        ))
    }
}

/// One line on the terminal that is written over; nothing at all in a pipe.
struct Progress {
    is_shown: bool,
}

impl Progress {
    fn step(&mut self, step: &str) {
        if self.is_shown {
            let _ = write!(io::stderr(), "\r\x1b[K{step}");
        }
    }
}
