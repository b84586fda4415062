//! The program `bitim`: parse, run, print the error with its causes, exit.

mod cli;

use std::io::Write as _;
use std::process::ExitCode;

use bitim::model::visible;
use clap::Parser as _;

fn main() -> ExitCode {
    match cli::Cli::try_parse() {
        Ok(asked) => asked
            .run()
            .unwrap_or_else(|error| complain(&because(&error))),
        Err(error) => misunderstood(&error),
    }
}

/// What clap says of arguments that it does not understand, or that ask for help. It repeats them, so it
/// hears them once more as a terminal may show them.
fn misunderstood(error: &clap::Error) -> ExitCode {
    let shown = std::env::args_os().map(|argument| visible::line(&argument.to_string_lossy()));
    match cli::Cli::try_parse_from(shown) {
        Err(error) => error.exit(),
        Ok(_) => complain(&error.to_string()),
    }
}

/// An error with its causes, a line each.
fn because(error: &bitim::error::Error) -> String {
    let mut message = format!("error: {}", visible::line(&error.to_string()));
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let reason = visible::line(&inner.to_string());
        message = format!("{message}\n  because: {reason}");
        cause = inner.source();
    }
    message
}

/// Says on standard error why nothing was done. Names may come from anywhere: what would steer the
/// terminal is shown as an escape.
fn complain(message: &str) -> ExitCode {
    // Where standard error is gone too, the exit code still tells.
    let _ = writeln!(std::io::stderr(), "{}", visible::text(message));
    ExitCode::from(2)
}
