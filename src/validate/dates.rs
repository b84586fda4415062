//! Dates as files write them: EDTF, the formats of spreadsheets, and parts in columns.

use crate::model::codebook::{DateFormat, Variable};
use crate::model::date::{DateError, Day, Edtf, Interval, days, parse};

/// The date that a cell denotes, in the format that the variable declares.
pub(super) fn read(text: &str, variable: &Variable) -> Result<Edtf, DateError> {
    let format = variable.format.unwrap_or(DateFormat::Edtf);
    if format == DateFormat::Edtf || text == ".." {
        return parse(text);
    }
    if format == DateFormat::Compact {
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        return match text.len() {
            8 if is_number => assemble(&text[..4], Some(&text[4..6]), Some(&text[6..])),
            6 if is_number => assemble(&text[..4], Some(&text[4..]), None),
            4 if is_number => assemble(text, None, None),
            _ => Err(DateError::Notation),
        };
    }
    let parts: Vec<&str> = text.split(['/', '.', '-']).map(str::trim).collect();
    let [first, second, year] = parts[..] else {
        return Err(DateError::Notation);
    };
    let (month, day) = if format == DateFormat::DayMonthYear {
        (second, first)
    } else {
        (first, second)
    };
    let year = full_year(year, variable.pivot)?;
    let known = |part: &'_ str| !part.is_empty() && part.bytes().any(|byte| byte != b'0');
    assemble(
        &year,
        known(month).then_some(month),
        known(day).then_some(day),
    )
}

/// The year in four digits. Two digits are read only if the codebook says in which century window
/// they lie; a guess would be wrong without anybody noticing.
fn full_year(year: &str, pivot: Option<i16>) -> Result<String, DateError> {
    match (year.len(), pivot) {
        _ if !year.bytes().all(|byte| byte.is_ascii_digit()) => Err(DateError::Notation),
        (4, _) => Ok(year.to_owned()),
        (2, Some(pivot)) => {
            let short: i16 = year.parse().map_err(|_| DateError::Notation)?;
            let candidate = pivot - pivot.rem_euclid(100) + short;
            let full = if candidate < pivot {
                candidate + 100
            } else {
                candidate
            };
            Ok(full.to_string())
        }
        _ => Err(DateError::Notation),
    }
}

/// The date of a year, a month and a day, as far as they are known.
pub(super) fn assemble(
    year: &str,
    month: Option<&str>,
    day: Option<&str>,
) -> Result<Edtf, DateError> {
    let number = |text: &str| text.trim().parse::<i8>().map_err(|_| DateError::Notation);
    let year: i16 = year.trim().parse().map_err(|_| DateError::Notation)?;
    let interval = match (month, day) {
        (None, _) => days(&format!("{year:04}")),
        (Some(month), None) => days(&format!("{year:04}-{:02}", number(month)?)),
        (Some(_), Some(_)) if year == 0 => None,
        (Some(month), Some(day)) => {
            Day::new(year, number(month)?, number(day)?).map(|day| Interval {
                earliest: day,
                latest: day,
            })
        }
    };
    interval.map(Edtf::Known).ok_or(DateError::Calendar)
}
