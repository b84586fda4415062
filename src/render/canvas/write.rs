//! The letters of SVG: numbers, attributes, escapes.

use crate::model::visible::acts;
use crate::render::ground::Ground;
use crate::render::theme::Colour;

/// A number with at most two decimals, without trailing zeros and never `-0`.
pub(super) fn number(value: f64) -> String {
    let fixed = format!("{value:.2}");
    let short = fixed.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0" } else { short }.to_owned()
}

/// The text with the characters that XML keeps for itself written as entities.
///
/// Control characters and the like, which XML cannot hold at all or which turn the direction of
/// reading, become spaces.
pub(in crate::render) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push('\n'),
            letter if letter.is_control() || acts(letter) => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// Appends ` name="value"`.
pub(super) fn attribute(svg: &mut String, name: &str, value: &str) {
    svg.push(' ');
    svg.push_str(name);
    svg.push_str("=\"");
    svg.push_str(&escape(value));
    svg.push('"');
}

/// Appends the attributes of colour: concrete values for those who read the file alone, classes
/// for the style sheet of a page.
pub(super) fn paint(
    svg: &mut String,
    ground: Ground,
    fill: Option<Colour>,
    line: Option<(Colour, f64)>,
    dash: &str,
    is_round: bool,
) {
    let mut classes = Vec::new();
    match fill {
        Some(colour) => {
            attribute(svg, "fill", &ground.hex(colour));
            classes.push(colour.class.to_owned());
        }
        None => attribute(svg, "fill", "none"),
    }
    if let Some((colour, width)) = line {
        attribute(svg, "stroke", &ground.hex(colour));
        attribute(svg, "stroke-width", &number(width));
        if !colour.class.is_empty() {
            classes.push(format!("{}-line", colour.class));
        }
    }
    if !dash.is_empty() {
        attribute(svg, "stroke-dasharray", dash);
    }
    if is_round {
        attribute(svg, "stroke-linecap", "round");
        attribute(svg, "stroke-linejoin", "round");
    }
    classes.retain(|class| !class.is_empty());
    if !classes.is_empty() {
        attribute(svg, "class", &classes.join(" "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_zero_has_no_sign() {
        let written = [-0.001, 0.0, 1.0, 1.005, 10.0, 12.345, -3.5].map(number);
        assert_eq!(
            written,
            ["0", "0", "1", "1", "10", "12.35", "-3.5"].map(str::to_owned)
        );
    }

    #[test]
    fn xml_survives_any_text() {
        assert_eq!(escape("a<b & \"c\"\u{0}"), "a&lt;b &amp; &quot;c&quot; ");
        assert_eq!(escape("\u{1b}\u{202e}\u{ffff}\t"), "    ");
        assert_eq!(escape("a\u{ffff}b\u{fffd}"), "a b\u{fffd}");
    }
}
