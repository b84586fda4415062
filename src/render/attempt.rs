//! A figure of a report in the making: it may need a letter that the font lacks, or more dots than a
//! picture can have, and then it alone is left out.

use super::charts::ChartSpec;
use super::figure::{self, Figure};
use super::page::Picture;
use super::{DPI, outputs};
use crate::analyse::Table;
use crate::error::{Error, Result};
use crate::model::label::{Label, Language};

/// A file by its name, or why there is none.
pub(super) type Made = (String, Result<Vec<u8>, String>);

/// A chart that was to be drawn.
pub(super) struct Attempt<'a> {
    pub(super) chart: &'static ChartSpec,
    pub(super) table: &'a Table,
    /// The figure, or why there is none.
    pub(super) drawn: Result<Figure, Undone>,
}

/// Why a figure is left out.
pub(super) struct Undone {
    /// For the person at the terminal.
    pub(super) reason: String,
    /// For those who read the page.
    said: Label,
}

impl<'a> Attempt<'a> {
    /// Draws the table of a chart.
    ///
    /// One name in another script is no reason to withhold the other figures and the tables.
    ///
    /// # Errors
    ///
    /// [`Error::Draw`] if anything but a missing glyph stands in the way.
    pub(super) fn new(
        chart: &'static ChartSpec,
        table: &'a Table,
        language: Language,
    ) -> Result<Self> {
        let drawn = match figure::figure(chart, table, language) {
            Err(Error::Glyph { undrawn, .. }) => Err(Undone {
                reason: undrawn.to_string(),
                said: undrawn.reason(),
            }),
            drawn => Ok(drawn?),
        };
        Ok(Self {
            chart,
            table,
            drawn,
        })
    }

    /// The name of a file of it.
    pub(super) fn file(&self, format: &str) -> String {
        format!("figures/{}.{format}", self.chart.name)
    }

    /// What the page has of it, with its files in these formats.
    pub(super) fn picture<'p>(&'p self, formats: &'p [&'p str], language: Language) -> Picture<'p> {
        let drawn = self.drawn.as_ref();
        Picture {
            name: self.chart.name,
            title: self.table.title.get(language),
            description: drawn.map_or("", |figure| &figure.description),
            // Method, denominator and notes stand with the table, right below.
            caption: drawn.map_or("", |figure| &figure.key),
            svg: drawn
                .map(|figure| figure.svg.as_str())
                .map_err(|undone| &undone.said),
            formats,
            table: self.chart.of,
        }
    }
}

/// The file of a figure in a format; none if it would have more dots than a picture can have.
///
/// # Errors
///
/// Those of the format else.
pub(super) fn file(name: String, figure: &Figure, format: &str) -> Result<Made> {
    match outputs::figure(format, figure, DPI) {
        Err(error @ Error::Dots { .. }) => Ok((name, Err(error.to_string()))),
        bytes => Ok((name, Ok(bytes?))),
    }
}
