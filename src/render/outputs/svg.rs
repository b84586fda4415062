//! A figure as SVG: the drawing as it is.

use crate::render::figure::Figure;

/// The bytes of the SVG file of a figure.
///
/// Text stays text: it can be searched, copied and translated, and looks as drawn wherever Noto
/// Sans is at hand.
#[must_use]
pub fn svg(figure: &Figure) -> Vec<u8> {
    figure.svg.clone().into_bytes()
}
