//! The program `bitim`: parse, run, print the error with its causes, exit.

mod cli;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    cli::Cli::parse().run().unwrap_or_else(|error| {
        let mut message = format!("error: {error}");
        let mut cause = std::error::Error::source(&error);
        while let Some(inner) = cause {
            message = format!("{message}\n  because: {inner}");
            cause = inner.source();
        }
        // Where standard error is gone too, the exit code still tells.
        let _ = writeln!(std::io::stderr(), "{message}");
        ExitCode::from(2)
    })
}
