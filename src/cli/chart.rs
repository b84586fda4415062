//! `bitim chart`: one figure, as files.

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::process::ExitCode;

use bitim::analyse;
use bitim::error::{Error, Result};
use bitim::render::figure::figure_in;
use bitim::render::ground::Ground;
use bitim::render::look::{Look, Preset};
use bitim::render::{self, outputs};
use bitim::write::{self, Destination};
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use super::{Asked, print};

/// From a stamp to a poster, in millimetres.
const LENGTHS: RangeInclusive<f64> = 60.0..=1200.0;

#[derive(Args)]
pub(crate) struct Arguments {
    /// The chart; `bitim list` names them
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    asked: Asked,
    /// The formats, separated by commas: svg, png, pdf; json for caption, method and sources
    #[arg(long, value_delimiter = ',', default_value = "svg,png")]
    format: Vec<String>,
    /// The resolution of PNG
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u32).range(36..=2400))]
    dpi: u32,
    /// Target: `web` stands alone, `journal` leaves title and sources to the caption, `slide` is a page
    /// of 16 to 9
    #[arg(long, value_name = "PRESET", default_value = "web", value_parser = PossibleValuesParser::new(Preset::ALL.map(Preset::name)))]
    preset: String,
    /// The width in millimetres; journals ask for 85 or 174 [default: 174, of slides 338.67]
    #[arg(long, value_name = "MM", value_parser = millimetres)]
    width: Option<f64>,
    /// The height in millimetres, of slides only [default: nine sixteenths of the width]
    #[arg(long, value_name = "MM", value_parser = millimetres)]
    height: Option<f64>,
    /// Ink on paper, or light on a dark ground
    #[arg(long, value_name = "THEME", default_value = "light", value_parser = PossibleValuesParser::new(Ground::ALL.map(Ground::name)))]
    theme: String,
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

/// A length that paper has.
fn millimetres(text: &str) -> std::result::Result<f64, String> {
    let length: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if LENGTHS.contains(&length) {
        Ok(length)
    } else {
        let (least, most) = (LENGTHS.start(), LENGTHS.end());
        Err(format!("must be from {least} to {most}"))
    }
}

impl Arguments {
    fn look(&self) -> Result<Look> {
        let mut look = Look::new(Preset::of(&self.preset).unwrap_or_default());
        if let Some(width) = self.width {
            look = look.wide(width);
        }
        if let Some(height) = self.height {
            if look.preset != Preset::Slide {
                return Err(Error::Draw {
                    figure: self.name.clone(),
                    problem: "only a slide has a height of its own; leave --height out, or ask for --preset slide".to_owned(),
                });
            }
            look = look.high(height);
        }
        Ok(look.on(Ground::of(&self.theme).unwrap_or_default()))
    }

    pub(super) fn run(&self) -> Result<ExitCode> {
        let spec = render::find(&self.name)?;
        let cases = self.asked.cases()?;
        let selection = cases.select(&self.asked.question())?;
        let table = analyse::table(spec.of, &selection)?;
        let figure = figure_in(self.look()?, spec, &table, self.asked.language())?;
        let mut files = Vec::new();
        for format in &self.format {
            let bytes = match format.as_str() {
                "svg" if self.text == Text::Paths => outputs::svg::outlined(&figure)?,
                "json" => {
                    let inputs = selection.data().inputs();
                    render::facts::facts(&figure, &table, inputs, None)?.into_bytes()
                }
                format => outputs::figure(format, &figure, self.dpi)?,
            };
            files.push((format!("{}.{format}", spec.name), bytes));
        }
        let to = Destination {
            folder: &self.output,
            inputs: &self.asked.data.store().on_disk(cases.inputs()),
            force: self.force,
        };
        write::fresh(&files, &to)?;
        let written: Vec<String> = files
            .iter()
            .map(|(file, _)| format!("{}\n", self.output.join(file).display()))
            .collect();
        print(&written.concat())
    }
}
