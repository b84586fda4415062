//! Numbers as files write them: with a point or a comma, and with signs between thousands where the
//! codebook says so.

use crate::model::codebook::Variable;
use crate::model::measure::Measure;

/// 2^53: from here on a number of 64 bits has no room for every whole number.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// The number that a cell denotes; otherwise what is wrong with it.
///
/// A comma or, in whole numbers, a point before exactly three digits may be a sign of thousands or of
/// decimals, and the two differ a thousandfold: unless the codebook declares the sign, that is nobody's guess. Other
/// commas are decimal.
pub(super) fn read(text: &str, variable: &Variable) -> Result<f64, &'static str> {
    let is_count = variable.measure == Measure::Count;
    let expected = if is_count {
        "a whole number is expected"
    } else {
        "a number is expected"
    };
    let is_declared = variable.thousands.is_some() || variable.decimal.is_some();
    if !is_declared && is_ambiguous(text, is_count) {
        return Err(
            "is the sign before three digits one of thousands or of decimals? declare it, as in thousands = \",\" or decimal = \",\"",
        );
    }
    let plain = match variable.thousands {
        Some(sign) => ungrouped(text, sign)
            .ok_or("the sign of thousands does not stand before three digits each")?,
        None => text.to_owned(),
    };
    let plain = match (variable.decimal, variable.thousands) {
        (Some(sign), _) if sign != '.' && plain.contains('.') => return Err(expected),
        (Some(sign), _) => plain.replacen(sign, ".", 1),
        (None, Some(',')) => plain,
        (None, _) => plain.replacen(',', ".", 1),
    };
    let number: f64 = plain.parse().map_err(|_| expected)?;
    let is_whole = number.fract() == 0.0;
    if !number.is_finite() || is_count && (number < 0.0 || !is_whole) {
        return Err(expected);
    }
    if is_whole && number.abs() >= LARGEST_WHOLE {
        return Err(
            "the number has more digits than can be kept; if it names something, it is an identifier",
        );
    }
    Ok(number)
}

/// May the number be meant in two ways?
fn is_ambiguous(text: &str, is_count: bool) -> bool {
    let Some(at) = text.rfind([',', '.']) else {
        return false;
    };
    let digits = &text[at + 1..];
    let is_group = digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_group && (is_count || text[at..].starts_with(','))
}

/// The number without its signs of thousands; nothing where one does not stand between groups of three digits.
fn ungrouped(text: &str, sign: char) -> Option<String> {
    // A blank is often one that does not break.
    let is_sign =
        |letter: char| letter == sign || sign == ' ' && matches!(letter, '\u{a0}' | '\u{202f}');
    let unsigned = text.trim_start_matches(['+', '-']);
    let whole = unsigned
        .find(|letter: char| !letter.is_ascii_digit() && !is_sign(letter))
        .map_or(unsigned, |end| &unsigned[..end]);
    let mut groups = whole.split(is_sign);
    let first = groups.next().unwrap_or_default();
    let is_grouped =
        groups.clone().all(|group| group.len() == 3) && first.len() <= 3 && !first.is_empty();
    if !is_grouped && groups.next().is_some() {
        return None;
    }
    Some(text.chars().filter(|letter| !is_sign(*letter)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(settings: &str) -> Variable {
        toml::from_str(&format!("column = \"n\"\nlabel = \"n\"\n{settings}")).unwrap()
    }

    #[test]
    fn a_number_is_read_only_where_it_can_be_meant_in_one_way() {
        const COUNT: &str = "measure = \"count\"";
        const NUMBER: &str = "measure = \"number\"";
        for (settings, text, expected) in [
            (COUNT, "12", Some(12.0)),
            (COUNT, "12.0", Some(12.0)),
            (COUNT, "1,000", None),
            (COUNT, "1.000", None),
            (COUNT, "1,5", None),
            (COUNT, "-1", None),
            (COUNT, "9007199254740993", None),
            (COUNT, "9007199254740991", Some(9_007_199_254_740_991.0)),
            (COUNT, "1e3", Some(1000.0)),
            (NUMBER, "0,5", Some(0.5)),
            (NUMBER, "0.125", Some(0.125)),
            (NUMBER, "0,125", None),
            (NUMBER, "1,000", None),
            (NUMBER, "1,000,000", None),
            (NUMBER, "-74.01", Some(-74.01)),
            (NUMBER, "nan", None),
            (NUMBER, "1e999", None),
            (
                "measure = \"count\"\nthousands = \",\"",
                "1,000",
                Some(1000.0),
            ),
            (
                "measure = \"count\"\nthousands = \",\"",
                "1,000,000",
                Some(1_000_000.0),
            ),
            (
                "measure = \"count\"\nthousands = \",\"",
                "1000",
                Some(1000.0),
            ),
            ("measure = \"count\"\nthousands = \",\"", "10,00", None),
            ("measure = \"count\"\nthousands = \",\"", "1000,000", None),
            ("measure = \"count\"\nthousands = \",\"", ",000", None),
            (
                "measure = \"number\"\nthousands = \",\"",
                "-1,234.5",
                Some(-1234.5),
            ),
            (
                "measure = \"number\"\nthousands = \" \"",
                "1\u{202f}234,5",
                Some(1234.5),
            ),
            (
                "measure = \"number\"\nthousands = \".\"\ndecimal = \",\"",
                "1.234,5",
                Some(1234.5),
            ),
            (
                "measure = \"number\"\ndecimal = \",\"",
                "0,125",
                Some(0.125),
            ),
            ("measure = \"number\"\ndecimal = \",\"", "0.125", None),
            ("measure = \"number\"\ndecimal = \".\"", "0,125", None),
        ] {
            let found = read(text, &variable(settings)).ok();
            assert_eq!(found, expected, "{text} with {settings}");
        }
    }
}
