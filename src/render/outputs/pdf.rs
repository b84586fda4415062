//! A figure as PDF: the same drawing, with text that can be searched and words for those who
//! cannot see it.

use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::tagging::{ContentTag, Node, Tag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};
use krilla_svg::{SurfaceExt as _, SvgSettings};

use super::png::{tree, unfit};
use super::{Encode, Output};
use crate::error::Result;
use crate::render::figure::Figure;
use crate::render::theme::POINTS_PER_MM;

pub(crate) static OUTPUT: Output = Output {
    name: "pdf",
    encode: Encode::Figure(|figure, _| pdf(figure)),
};

/// The bytes of a PDF with one page as large as the figure.
///
/// Lines and letters stay what they are: nothing is rasterised, and the fonts are embedded with
/// the glyphs that occur. The page is tagged as a figure whose alternative text is the
/// description. No date is written, so that the same figure gives the same bytes.
///
/// # Errors
///
/// [`crate::error::Error::Draw`] if the SVG cannot be read or krilla refuses to write it.
pub fn pdf(figure: &Figure) -> Result<Vec<u8>> {
    let tree = tree(figure)?;
    let lost = || unfit(figure, &"a page of this size cannot be written as PDF");
    let side = |millimetres: f64| points(millimetres * POINTS_PER_MM);
    let size = Size::from_wh(side(figure.width), side(figure.height)).ok_or_else(lost)?;
    let mut document = Document::new_with(SerializeSettings::default());
    document.set_metadata(
        Metadata::new()
            .title(figure.title.clone())
            .description(figure.description.clone())
            .language(figure.language.tag().to_owned())
            .creator(concat!("bitim ", env!("CARGO_PKG_VERSION")).to_owned()),
    );
    let mut page = document.start_page_with(PageSettings::new(size));
    let mut surface = page.surface();
    let content = surface.start_tagged(ContentTag::Other);
    surface
        .draw_svg(&tree, size, SvgSettings::default())
        .ok_or_else(lost)?;
    surface.end_tagged();
    surface.finish();
    page.finish();
    let language = Some(figure.language.tag().to_owned());
    let words = Tag::Figure(Some(figure.description.clone())).with_lang(language.clone());
    let mut tags = TagTree::new().with_lang(language);
    tags.push(TagGroup::with_children(words, vec![Node::from(content)]));
    document.set_tag_tree(tags);
    document.finish().map_err(|error| unfit(figure, &error))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a page is some thousand points long, which a single float holds to a thousandth"
)]
fn points(length: f64) -> f32 {
    length as f32
}
