//! A figure as PDF: true size, text that can be searched, nothing rasterised, the same bytes.

use std::collections::BTreeSet;
use std::io::Read as _;

use bitim::model::label::Language;
use bitim::render::figure::Figure;
use bitim::render::outputs::pdf;

use super::{drawn, hexadecimal, kazakhstan};

/// Every stream of the file that can be inflated.
fn streams(bytes: &[u8]) -> Vec<Vec<u8>> {
    let found = |needle: &[u8], from: usize| {
        let at = bytes[from..]
            .windows(needle.len())
            .position(|window| window == needle);
        at.map(|at| from + at)
    };
    let mut streams = Vec::new();
    let mut from = 0;
    while let Some(start) = found(b"stream\n", from) {
        let end = found(b"\nendstream", start).unwrap();
        let mut inflated = Vec::new();
        let body = &bytes[start + b"stream\n".len()..end];
        if flate2::read::ZlibDecoder::new(body)
            .read_to_end(&mut inflated)
            .is_ok()
        {
            streams.push(inflated);
        }
        from = end + b"\nendstream".len();
    }
    streams
}

/// The letters to which the fonts of the file say that their glyphs can be turned back.
fn letters(bytes: &[u8]) -> BTreeSet<char> {
    let mut letters = BTreeSet::new();
    for stream in streams(bytes) {
        let text = String::from_utf8_lossy(&stream).into_owned();
        if !text.contains("begincmap") {
            continue;
        }
        // Lines of `<glyph> <UTF-16>` between `beginbfchar` and `endbfchar`.
        for line in text.lines() {
            let Some((_, rest)) = line.split_once("> <") else {
                continue;
            };
            let digits: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
            let units: Vec<u16> = (0..digits.len() / 4)
                .map(|place| u16::from_str_radix(&digits[place * 4..place * 4 + 4], 16).unwrap())
                .collect();
            letters.extend(String::from_utf16_lossy(&units).chars());
        }
    }
    letters
}

fn written(figure: &Figure) -> (Vec<u8>, String) {
    let bytes = pdf::pdf(figure).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    (bytes, text)
}

/// Four digits of UTF-16 for each letter, as PDF writes texts that Latin letters cannot hold.
fn is_text_in(text: &str, bytes: &[u8]) -> bool {
    let mut wide: Vec<u8> = Vec::new();
    for unit in text.encode_utf16() {
        wide.extend(unit.to_be_bytes());
    }
    let has = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    has(&wide) || has(hexadecimal(&wide).to_uppercase().as_bytes()) || has(text.as_bytes())
}

#[test]
fn a_pdf_has_one_page_of_the_size_of_the_figure() {
    let figure = drawn(&kazakhstan::roles(), Language::En);
    let (_, text) = written(&figure);
    assert_eq!(text.matches("/MediaBox").count(), 1);
    let (_, rest) = text.split_once("/MediaBox[").unwrap();
    let sides: Vec<f64> = rest
        .split_once(']')
        .unwrap()
        .0
        .split_whitespace()
        .map(|side| side.parse().unwrap())
        .collect();
    for (side, length) in [(sides[2], figure.width), (sides[3], figure.height)] {
        assert!(
            (side / 72.0 * 25.4 - length).abs() < 0.01,
            "{side} pt is not {length} mm"
        );
    }
}

#[test]
fn a_pdf_embeds_its_fonts_and_every_letter_can_be_read_back() {
    for language in Language::ALL {
        let figure = drawn(&kazakhstan::timeline(), language);
        let (bytes, text) = written(&figure);
        assert_eq!(text.matches("/FontFile2").count(), 2, "regular and bold");
        let letters = letters(&bytes);
        let title = figure.title.chars().chain(figure.source_line.chars());
        for letter in title {
            assert!(
                letters.contains(&letter),
                "{}: {letter:?} cannot be searched for",
                language.tag()
            );
        }
    }
}

#[test]
fn a_pdf_holds_no_picture_of_dots_and_no_date() {
    for table in [kazakhstan::timeline(), kazakhstan::profile()] {
        let (bytes, text) = written(&drawn(&table, Language::En));
        let streams: String = streams(&bytes)
            .iter()
            .map(|stream| String::from_utf8_lossy(stream).into_owned())
            .collect();
        for absent in [
            "/Subtype/Image",
            "/Subtype /Image",
            "CreationDate",
            "ModDate",
            "xmp:CreateDate",
        ] {
            assert!(!text.contains(absent), "{} has {absent}", table.name);
            assert!(!streams.contains(absent), "{} has {absent}", table.name);
        }
    }
}

#[test]
fn a_pdf_says_what_it_shows_and_in_which_language() {
    let figure = drawn(&kazakhstan::roles(), Language::Kk);
    let (bytes, text) = written(&figure);
    assert!(text.contains("/S/Figure"), "the page is tagged as a figure");
    assert!(text.contains("/Lang(kk)") && text.contains("/Alt"));
    assert!(is_text_in(&figure.title, &bytes));
    assert!(is_text_in(&figure.description, &bytes));
}

#[test]
fn the_same_figure_gives_the_same_pdf() {
    let figure = drawn(&kazakhstan::roles(), Language::Ru);
    assert_eq!(pdf::pdf(&figure).unwrap(), pdf::pdf(&figure).unwrap());
}
