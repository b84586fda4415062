//! `bitim chart`: one figure, as files.

use std::path::PathBuf;
use std::process::ExitCode;

use bitim::error::Result;
use bitim::render::{self, outputs};
use bitim::{analyse, write};
use clap::{Args, ValueEnum};

use super::{Asked, print};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The chart; `bitim list` names them
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    asked: Asked,
    /// The formats, separated by commas: svg, png, pdf
    #[arg(long, value_delimiter = ',', default_value = "svg,png")]
    format: Vec<String>,
    /// The resolution of PNG
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u32).range(36..=2400))]
    dpi: u32,
    /// In SVG: text that can be searched, or outlines that look alike everywhere
    #[arg(long, value_enum, default_value_t = Text::Text)]
    text: Text,
    /// The folder for the files
    #[arg(short, long, value_name = "DIR", default_value = ".")]
    output: PathBuf,
    /// Replace files that are there
    #[arg(long)]
    force: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Text {
    Text,
    Paths,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let spec = render::find(&self.name)?;
        let cases = self.asked.cases()?;
        let selection = cases.select(&self.asked.question())?;
        let table = analyse::table(spec.of, &selection)?;
        let figure = render::figure::figure(spec, &table, self.asked.language())?;
        let mut files = Vec::new();
        for format in &self.format {
            let bytes = if format == "svg" && self.text == Text::Paths {
                outputs::svg::outlined(&figure)?
            } else {
                outputs::figure(format, &figure, self.dpi)?
            };
            files.push((format!("{}.{format}", spec.name), bytes));
        }
        write::fresh(&files, &self.output, self.force)?;
        let written: Vec<String> = files
            .iter()
            .map(|(file, _)| format!("{}\n", self.output.join(file).display()))
            .collect();
        print(&written.concat())
    }
}
