//! A figure as SVG: the drawing as it is.

use super::{Encode, Output};
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
