//! What a figure shows and how it was made, for programs and for whoever writes its caption.

use serde_json::{Value, json};

use crate::analyse::Table;
use crate::error::{Error, Result};
use crate::load::Input;
use crate::render::figure::Figure;

/// The version of the shape of the document; it changes when a reader would break.
const SCHEMA: &str = "bitim/figure/1";

/// The words of a figure, its size, how its table was made, and from which files, as JSON that ends
/// with a line break.
///
/// Texts are in the language of the figure. `data` names the file with the numbers, if there is
/// one; it is `null` else.
///
/// # Errors
///
/// [`Error::Compute`] if the document cannot be written, which no figure makes happen.
pub fn facts(
    figure: &Figure,
    table: &Table,
    inputs: &[Input],
    data: Option<&str>,
) -> Result<String> {
    let words = |label: &crate::model::label::Label| label.get(figure.language).to_owned();
    let inputs: Vec<Value> = inputs
        .iter()
        .map(|input| json!({ "file": input.file, "bytes": input.bytes, "sha256": input.sha256 }))
        .collect();
    let document = json!({
        "schema": SCHEMA,
        "name": figure.name,
        "language": figure.language.tag(),
        "title": figure.title,
        "finding": figure.finding,
        "description": figure.description,
        "caption": figure.caption,
        "key": figure.key,
        "method": words(&table.method),
        "table": table.name,
        "data": data,
        "unit": table.unit,
        "n": table.n,
        "missing": table.missing,
        "denominator": words(&table.denominator),
        "view": words(&table.view),
        "from": table.window.earliest.to_string(),
        "as_of": table.window.latest.to_string(),
        "sources": table.sources,
        "inputs": inputs,
        "version": env!("CARGO_PKG_VERSION"),
        "width_mm": hundredths(figure.width),
        "height_mm": hundredths(figure.height),
    });
    let mut text =
        serde_json::to_string_pretty(&document).map_err(Error::compute("a figure as JSON"))?;
    text.push('\n');
    Ok(text)
}

/// A length as exact as the drawing says it.
fn hundredths(length: f64) -> f64 {
    (length * 100.0).round() / 100.0
}
