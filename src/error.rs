//! Why a run cannot go on. Bad data is not an error but a finding.

use std::io;
use std::path::PathBuf;

use crate::model::glyph::Undrawn;
use crate::model::spelling::meant;

/// A run that cannot go on: where, what, and the way out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A folder is not a data set.
    #[error("{} holds no codebook.toml, so it is not a data set; `bitim init DIR` makes one to start from", path.display())]
    NoCodebook {
        /// The folder.
        path: PathBuf,
    },
    /// The data set has findings that are errors.
    #[error("the data set {dataset} has {errors} {}; `bitim check` lists them", if *errors == 1 { "error" } else { "errors" })]
    Rejected {
        /// The data set.
        dataset: String,
        /// How many findings are errors.
        errors: usize,
    },
    /// One of two releases that are compared cannot be asked what the other can.
    #[error("the {which} release cannot be asked this")]
    Release {
        /// The old or the new one.
        which: &'static str,
        /// What stands in the way.
        source: Box<Self>,
    },
    /// A name that no registry knows.
    #[error("there is no {kind} named \"{name}\"; {}", instead(name, known))]
    UnknownName {
        /// Table, chart, rule, view, period scheme …
        kind: &'static str,
        /// What was asked for.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// A table asked for by name needs something that the codebook does not declare.
    #[error("the {kind} \"{name}\" needs {needs}{}", if needs.contains(".toml") { "" } else { "; declare the concept in codebook.toml" })]
    MissingConcept {
        /// Table or chart.
        kind: &'static str,
        /// Its name.
        name: &'static str,
        /// The concepts that are not declared.
        needs: String,
    },
    /// What coders agreed on is asked for, and they have not agreed on everything.
    #[error("{open} {} not decided; `bitim adjudicate` lists them", if *open == 1 { "difference between coders is" } else { "differences between coders are" })]
    Undecided {
        /// How many differences are open.
        open: usize,
    },
    /// A computation failed.
    #[error("computing {doing} failed; please report this with the data set")]
    Compute {
        /// What was being computed.
        doing: &'static str,
        /// What the library said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A figure cannot be drawn.
    #[error("the figure {figure} cannot be drawn: {problem}")]
    Draw {
        /// The figure.
        figure: String,
        /// What stands in the way, and the way out.
        problem: String,
    },
    /// A figure has a text with a character that the font cannot draw.
    #[error("the figure {figure} cannot be drawn: {undrawn}")]
    Glyph {
        /// The figure.
        figure: String,
        /// The character and the text.
        undrawn: Undrawn,
    },
    /// A picture of dots would have more of them than programs can open.
    #[error(
        "the figure {figure} would be a picture of {width} x {height} dots, and most programs open none with more than 65535 on a side; ask for svg, pdf or fewer --dpi"
    )]
    Dots {
        /// The figure.
        figure: String,
        /// How many dots wide.
        width: u32,
        /// How many dots high.
        height: u32,
    },
    /// The page cannot be written from its template.
    #[error("the page cannot be made from its template; please report this")]
    Page {
        /// What the template engine said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A file could not be written.
    #[error("cannot write {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file is in the way that this program did not write, or that was changed since.
    #[error("{} was not written by bitim, or was changed since; move it away, choose another folder with --output, or give --force", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A file that is to be written is there already, with other content.
    #[error("{} is there already; --force replaces it", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A variable of the environment cannot be meant.
    #[error("{variable} is \"{given}\", and {expected} is expected; correct it, or unset it")]
    Environment {
        /// The variable.
        variable: &'static str,
        /// Its value.
        given: String,
        /// What it may be.
        expected: &'static str,
    },
    /// A link, a folder, a pipe or a device has the name that a file is to get, or a folder on its way.
    #[error("{} is {what}, where a {wanted} is to be; move it away, or write to another place", path.display())]
    InTheWay {
        /// What is in the way.
        path: PathBuf,
        /// What it is.
        what: &'static str,
        /// File or folder.
        wanted: &'static str,
    },
    /// A file that was read is to be written over.
    #[error("{} is a file of the data set that was read, and is never written over; write to another place", path.display())]
    Input {
        /// The file.
        path: PathBuf,
    },
    /// Another run writes into the same folder.
    #[error("another run of bitim is writing into {}; wait until it has ended", path.display())]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// Standard output is gone.
    #[error("cannot write to standard output")]
    Print(#[source] io::Error),
}

/// A result whose error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Wraps the error of a library that did the computing, without publishing its type.
    pub(crate) fn compute<E>(doing: &'static str) -> impl FnOnce(E) -> Self
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        move |source| Self::Compute {
            doing,
            source: Box::new(source),
        }
    }
}

/// The most names that an error lists.
const LISTED: usize = 40;

/// What may have been meant instead of a name, and what there is.
fn instead(name: &str, known: &[String]) -> String {
    if known.is_empty() {
        return "there is none".to_owned();
    }
    let near = meant(name, known.iter().map(String::as_str));
    let near = near.map_or_else(String::new, |near| format!("did you mean \"{near}\"? "));
    let listed = known.get(..LISTED).unwrap_or(known).join(", ");
    match known.len().saturating_sub(LISTED) {
        0 => format!("{near}known are {listed}"),
        more => format!("{near}known are {listed} and {more} more"),
    }
}
