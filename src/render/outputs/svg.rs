//! A figure as SVG: the drawing as it is, or with its text as outlines.

use resvg::usvg::WriteOptions;

use super::{Encode, Output, png};
use crate::error::Result;
use crate::render::canvas;
use crate::render::figure::Figure;

pub(crate) static OUTPUT: Output = Output {
    name: "svg",
    encode: Encode::Figure(|figure, _| Ok(svg(figure))),
};

/// The bytes of the SVG file of a figure.
///
/// Text stays text: it can be searched, copied and translated, and looks as drawn wherever Noto
/// Sans is at hand.
#[must_use]
pub fn svg(figure: &Figure) -> Vec<u8> {
    figure.svg.clone().into_bytes()
}

/// The figure with its text as outlines, for viewers that have not the font and for word
/// processors; the title and the description are kept for those who cannot see it.
///
/// # Errors
///
/// [`crate::error::Error::Draw`] if the SVG cannot be read.
pub fn outlined(figure: &Figure) -> Result<Vec<u8>> {
    let options = WriteOptions {
        coordinates_precision: 2,
        transforms_precision: 4,
        ..WriteOptions::default()
    };
    let drawn = png::tree(figure)?.to_string(&options);
    let words = format!(
        " role=\"img\">\n    <title>{}</title>\n    <desc>{}</desc>",
        canvas::escape(&figure.title),
        canvas::escape(&figure.description)
    );
    Ok(drawn.replacen('>', &words, 1).into_bytes())
}
