//! A figure as PNG, made from the SVG, so that there is one layout and not two.

use super::{Encode, Output};
use std::sync::{Arc, LazyLock};

use png::{BitDepth, ColorType, Compression, Encoder, Filter, PixelDimensions, Unit};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{self, fontdb};

use crate::error::{Error, Result};
use crate::render::figure::Figure;

/// Pixels in an inch for which usvg reads lengths in millimetres.
const PARSED: f32 = 96.0;
const METRES_IN_INCH: f64 = 0.0254;
/// The longest side that common programs open, in dots.
const LONGEST: u32 = 65_535;

/// The bundled font and no other: system fonts would make the picture depend on the computer.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(notosans::REGULAR_TTF.to_vec());
    fonts.load_font_data(notosans::BOLD_TTF.to_vec());
    fonts.set_sans_serif_family("Noto Sans");
    Arc::new(fonts)
});

/// The figure as usvg understands it: every text shaped, every length in pixels at 96 an inch.
///
/// # Errors
///
/// [`Error::Draw`] if the SVG cannot be read.
pub fn tree(figure: &Figure) -> Result<usvg::Tree> {
    let options = usvg::Options {
        dpi: PARSED,
        font_family: "Noto Sans".to_owned(),
        fontdb: FONTS.clone(),
        ..usvg::Options::default()
    };
    usvg::Tree::from_str(&figure.svg, &options).map_err(|error| unfit(figure, &error))
}

pub(crate) static OUTPUT: Output = Output {
    name: "png",
    encode: Encode::Figure(png),
};

/// The bytes of a PNG of the figure at `dpi` pixels an inch, on white.
///
/// The file says its resolution, so that a word processor places it at its true size, and carries
/// the description. The same figure gives the same bytes.
///
/// # Errors
///
/// [`Error::Draw`] if the SVG cannot be read, [`Error::Dots`] if the picture has more than 65,535 dots on a side:
/// programs open none of those, and it would take gigabytes to make.
pub fn png(figure: &Figure, dpi: u32) -> Result<Vec<u8>> {
    let tree = tree(figure)?;
    let scale = f64::from(dpi) / f64::from(PARSED);
    let side = |length: f32| pixels(f64::from(length) * scale);
    let (width, height) = (side(tree.size().width()), side(tree.size().height()));
    let pixmap = (width.max(height) <= LONGEST).then(|| Pixmap::new(width, height));
    let mut pixmap = pixmap.flatten().ok_or_else(|| Error::Dots {
        figure: figure.name.to_owned(),
        width,
        height,
    })?;
    pixmap.fill(Color::WHITE);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a scale of a few units loses nothing that a pixel shows"
    )]
    let scale = scale as f32;
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixmap.as_mut(),
    );
    let colours = opaque(pixmap.data());
    encode(figure, dpi, (width, height), &colours).map_err(|error| unfit(figure, &error))
}

/// Red, green and blue of every pixel: the ground is opaque, so premultiplied colours are the colours and
/// alpha can go.
///
/// Four pixels at a time, since a build that is not optimised spends more on each turn of a loop than on
/// what is in it.
fn opaque(pixels: &[u8]) -> Vec<u8> {
    let mut colours = vec![0; pixels.len() / 4 * 3];
    let (fours, rest) = pixels.as_chunks::<16>();
    let (threes, left) = colours.as_chunks_mut::<12>();
    for (colour, four) in threes.iter_mut().zip(fours) {
        *colour = [
            four[0], four[1], four[2], four[4], four[5], four[6], four[8], four[9], four[10],
            four[12], four[13], four[14],
        ];
    }
    let (threes, _) = left.as_chunks_mut::<3>();
    for (colour, [red, green, blue, _]) in threes.iter_mut().zip(rest.as_chunks().0) {
        *colour = [*red, *green, *blue];
    }
    colours
}

fn encode(
    figure: &Figure,
    dpi: u32,
    size: (u32, u32),
    colours: &[u8],
) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, size.0, size.1);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    // Flat areas and lines: what a filter finds in photographs is not there, and repeats are lost.
    encoder.set_filter(Filter::NoFilter);
    let per_metre = pixels(f64::from(dpi) / METRES_IN_INCH);
    encoder.set_pixel_dims(Some(PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: Unit::Meter,
    }));
    encoder.add_itxt_chunk("Title".to_owned(), figure.title.clone())?;
    encoder.add_itxt_chunk("Description".to_owned(), figure.description.clone())?;
    encoder.add_itxt_chunk("Source".to_owned(), figure.source_line.clone())?;
    let mut writer = encoder.write_header()?;
    writer.write_image_data(colours)?;
    writer.finish()?;
    Ok(bytes)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lengths are positive, and the cast saturates at a size that no pixmap has"
)]
fn pixels(length: f64) -> u32 {
    length.round() as u32
}

pub(super) fn unfit(figure: &Figure, problem: &dyn std::fmt::Display) -> Error {
    Error::Draw {
        figure: figure.name.to_owned(),
        problem: problem.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::opaque;

    #[test]
    fn colours_stay_in_their_order_when_alpha_goes() {
        // Four pixels together, and one that is left.
        let pixels: Vec<u8> = (0..20).collect();
        let colours = [0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 16, 17, 18];
        assert_eq!(opaque(&pixels), colours);
        assert_eq!(opaque(&pixels[..8]), colours[..6]);
    }
}
