//! Bytes become text: the encoding that a file has, and what of it is no text.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, Encoding, UTF_8};

use super::lines::Lines;
use super::{Reading, rules};
use crate::model::finding::{Findings, Place};

/// The bytes of the file as UTF-8 without a byte-order mark; `None` if there is nothing to read.
///
/// The mark decides, then the codebook, and without either it is UTF-8; only then is a file with
/// zero bytes no text, since UTF-16 is full of them. Nothing is replaced in silence: what an
/// encoding does not know is a finding with its line. Bytes of a UTF-8 file are judged cell by cell, where the
/// column is known.
pub(super) fn text_of<'a>(reading: &Reading<'a>, findings: &mut Findings) -> Option<Cow<'a, [u8]>> {
    let place = || Place::file(reading.file);
    if reading.bytes.trim_ascii().is_empty() {
        findings.add(&rules::EMPTY, place(), "the file is empty");
        return None;
    }
    let declared = reading.table.encoding.as_deref();
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    let mark = Encoding::for_bom(reading.bytes);
    if let Some((encoding, _)) = mark {
        let problem = format!("a byte-order mark of {} was left out", encoding.name());
        findings.add(&rules::BYTE_ORDER_MARK, place(), problem);
    }
    let (encoding, length) = mark.unwrap_or((declared.unwrap_or(UTF_8), 0));
    let bytes = &reading.bytes[length..];
    let is_utf8 = std::str::from_utf8(bytes).is_ok_and(|text| !text.is_ascii());
    if let Some(declared) = declared
        && (declared != encoding || declared != UTF_8 && is_utf8)
    {
        let found = if declared == encoding {
            UTF_8
        } else {
            encoding
        };
        let problem = format!(
            "the codebook says {}, the bytes look like {}; read as {}",
            declared.name(),
            found.name(),
            encoding.name()
        );
        findings.add(&rules::OTHER_ENCODING, place(), problem);
    }
    let text = if encoding == UTF_8 {
        Cow::Borrowed(bytes)
    } else {
        Cow::Owned(decoded(encoding, bytes, reading.file, findings).into_bytes())
    };
    if text.contains(&0) {
        let zero = text.iter().position(|byte| *byte == 0).unwrap_or_default();
        let place = Place::line(reading.file, Lines::new(&text).line_at(zero));
        let problem = "the file holds zero bytes, so it is no text";
        findings.add(&rules::BINARY, place, problem);
        return None;
    }
    if is_utf8 && encoding == UTF_8 {
        replaced(&text, reading.file, findings);
    }
    Some(text)
}

/// The text in another encoding; what that does not know is reported.
fn decoded(
    encoding: &'static Encoding,
    bytes: &[u8],
    file: &str,
    findings: &mut Findings,
) -> String {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let mut unknown = Vec::new();
    let mut read = 0;
    loop {
        let rest = &bytes[read..];
        let room = decoder.max_utf8_buffer_length_without_replacement(rest.len());
        text.reserve(room.unwrap_or(rest.len()));
        let (result, length) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        read += length;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                unknown.push(text.len());
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
    let mut lines = Lines::new(text.as_bytes());
    for offset in unknown {
        let place = Place::line(file, lines.line_at(offset));
        let problem = format!("the bytes are not {}", encoding.name());
        findings.add(&rules::BYTES, place, problem);
    }
    text
}

/// Reports letters that another program has replaced before.
fn replaced(text: &[u8], file: &str, findings: &mut Findings) {
    let mut lines = Lines::new(text);
    let text = std::str::from_utf8(text).unwrap_or_default();
    for (offset, _) in text.match_indices(char::REPLACEMENT_CHARACTER) {
        let place = Place::line(file, lines.line_at(offset));
        let problem = "a letter was lost before: the file holds U+FFFD, which replaces it";
        findings.add(&rules::REPLACED, place, problem);
    }
}
