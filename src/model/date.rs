//! Imprecise dates: a date is the interval of days on which it may lie.
//!
//! The notation is a subset of EDTF (ISO 8601-2): `1992`, `2013-02`, `2013-02-26`, `199X`, `1991~`,
//! `1991?`, `2015-05/2015-10` and, for something not over yet, `..`. An own parser, because the
//! crates for EDTF accept the thirtieth of February and reject `..`.

use jiff::civil::Date;

/// A day, counted from 1 January 1970, as frames hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// The day of a year, month and day of month; `None` if the calendar has no such day.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self::from)
    }

    /// The day with that count from 1 January 1970.
    #[must_use]
    pub const fn from_epoch(days: i32) -> Self {
        Self(days)
    }

    /// The count of days from 1 January 1970.
    #[must_use]
    pub const fn epoch(self) -> i32 {
        self.0
    }

    /// The calendar year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.date().year()
    }

    /// The first day of a year.
    #[must_use]
    pub fn first_of(year: i16) -> Self {
        Self::from(Date::new(year, 1, 1).unwrap_or(Date::MIN))
    }

    /// The last day of a year.
    #[must_use]
    pub fn last_of(year: i16) -> Self {
        Self::from(Date::new(year, 12, 31).unwrap_or(Date::MAX))
    }

    /// The year with the part of it that has passed, for the axis of a chart.
    #[must_use]
    pub fn fraction(self) -> f64 {
        let year = self.year();
        let first = Self::first_of(year);
        let length = Self::last_of(year).0 - first.0 + 1;
        f64::from(year) + f64::from(self.0 - first.0) / f64::from(length)
    }

    /// The next day.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    fn date(self) -> Date {
        jiff::Span::new()
            .try_days(self.0)
            .and_then(|days| Date::constant(1970, 1, 1).checked_add(days))
            .unwrap_or(if self.0 < 0 { Date::MIN } else { Date::MAX })
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        let span = date - Date::constant(1970, 1, 1);
        Self(span.get_days())
    }
}

impl std::fmt::Display for Day {
    /// `2013-02-26`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.date())
    }
}

/// The interval of days on which a date may lie, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    /// The first possible day.
    pub earliest: Day,
    /// The last possible day.
    pub latest: Day,
}

impl std::fmt::Display for Interval {
    /// `2013-02-26`, or, where there are several days, `2013-02-01/2013-02-28`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.earliest == self.latest {
            write!(f, "{}", self.earliest)
        } else {
            write!(f, "{}/{}", self.earliest, self.latest)
        }
    }
}

/// A date as a coder writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edtf {
    /// A date or an interval of possible dates.
    Known(Interval),
    /// `..`: not over yet at the cut-off.
    Open,
}

/// Why a text is not a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// The notation is none of those accepted.
    #[error("not a date: write 2013, 2013-02, 2013-02-26, 199X, 1991~, 2015-05/2015-10 or ..")]
    Notation,
    /// The calendar has no such day or month.
    #[error("the calendar has no such date")]
    Calendar,
    /// The interval ends before it begins.
    #[error("the interval ends before it begins")]
    Reversed,
    /// A spreadsheet has rewritten the date.
    #[error(
        "a spreadsheet has rewritten this date; format the column as text and write it again, as in 2013-02"
    )]
    Mangled,
}

/// The date that `text` denotes.
///
/// `~` (approximate) and `?` (uncertain) are accepted and do not widen the interval: how far
/// "about" reaches is for the coder to say, as an interval. ISO 8601 has a year 0, in records it stands
/// for a year that nobody knew, so it is no date.
///
/// # Errors
///
/// [`DateError`] says whether the notation, the calendar, the order or a spreadsheet is at fault.
///
/// ```
/// use bitim::model::date::{parse, DateError, Edtf};
/// let Edtf::Known(nineties) = parse("199X")? else { unreachable!() };
/// assert_eq!(nineties.earliest.to_string(), "1990-01-01");
/// assert_eq!(nineties.latest.to_string(), "1999-12-31");
/// assert_eq!(parse("2013-02-30"), Err(DateError::Calendar));
/// assert_eq!(parse("Feb-13"), Err(DateError::Mangled));
/// # Ok::<(), DateError>(())
/// ```
pub fn parse(text: &str) -> Result<Edtf, DateError> {
    if text == ".." {
        return Ok(Edtf::Open);
    }
    if is_mangled(text) {
        return Err(DateError::Mangled);
    }
    let (first, last) = text.split_once('/').unwrap_or((text, text));
    let (from, until) = (point(first)?, point(last)?);
    if until.latest < from.earliest || until.earliest < from.earliest {
        return Err(DateError::Reversed);
    }
    Ok(Edtf::Known(Interval {
        earliest: from.earliest,
        latest: until.latest,
    }))
}

/// The days that a text in EDTF spans; `None` if it is no date, or open.
#[must_use]
pub fn days(text: &str) -> Option<Interval> {
    match parse(text) {
        Ok(Edtf::Known(interval)) => Some(interval),
        Ok(Edtf::Open) | Err(_) => None,
    }
}

fn point(text: &str) -> Result<Interval, DateError> {
    let bare = text.trim_end_matches(['~', '?', '%']);
    let mut parts = bare.split('-');
    let (year, month, day) = (parts.next().unwrap_or(""), parts.next(), parts.next());
    if parts.next().is_some() || year.len() != 4 {
        return Err(DateError::Notation);
    }
    let known = year.trim_end_matches('X');
    let unknown = 4 - known.len();
    if unknown > 2 || !known.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DateError::Notation);
    }
    let first_digits: i16 = known.parse().map_err(|_| DateError::Notation)?;
    let scale = [1, 10, 100][unknown];
    let low = first_digits * scale;
    let high = low + scale - 1;
    if low == 0 {
        return Err(DateError::Calendar);
    }
    let Some(month) = month else {
        return Ok(Interval {
            earliest: Day::first_of(low),
            latest: Day::last_of(high),
        });
    };
    if unknown > 0 {
        return Err(DateError::Notation);
    }
    let month = two_digits(month)?;
    let first = Date::new(low, month, 1).map_err(|_| DateError::Calendar)?;
    let Some(day) = day else {
        return Ok(Interval {
            earliest: first.into(),
            latest: first.last_of_month().into(),
        });
    };
    let exact = Day::new(low, month, two_digits(day)?).ok_or(DateError::Calendar)?;
    Ok(Interval {
        earliest: exact,
        latest: exact,
    })
}

fn two_digits(text: &str) -> Result<i8, DateError> {
    if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().map_err(|_| DateError::Notation)
    } else {
        Err(DateError::Notation)
    }
}

/// Has a spreadsheet turned the date into its own notation: `Feb-13`, `13-Feb`, `26.02.2013`,
/// `2/26/2013`, or a serial number such as `41331`?
fn is_mangled(text: &str) -> bool {
    const MONTHS: [&str; 24] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "янв",
        "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек",
    ];
    let lower = text.to_lowercase();
    let has_month = lower
        .split(|c: char| !c.is_alphabetic())
        .any(|word| MONTHS.iter().any(|month| word.starts_with(month)));
    let is_serial = text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    let pieces = |separator: char| {
        let parts: Vec<&str> = text.split(separator).collect();
        parts.len() == 3
            && parts
                .iter()
                .all(|part| part.len() <= 4 && part.parse::<u16>().is_ok())
    };
    has_month && lower.contains(|c: char| c.is_ascii_digit())
        || is_serial
        || pieces('.')
        || pieces('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_four_centuries_survives_the_round_trip() {
        for epoch in Day::first_of(1700).epoch()..=Day::last_of(2100).epoch() {
            let day = Day::from_epoch(epoch);
            assert_eq!(
                parse(&day.to_string()),
                Ok(Edtf::Known(Interval {
                    earliest: day,
                    latest: day
                }))
            );
        }
    }

    #[test]
    fn notations_outside_the_subset_are_refused() {
        for text in [
            "",
            "13",
            "2013-2",
            "2013-13-01x",
            "X",
            "20XX-02",
            "1XXX",
            "2013-02-01-01",
            "ноль",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
        for text in ["2013-13", "0000", "0000/9999", "000X", "0000-05"] {
            assert_eq!(parse(text), Err(DateError::Calendar), "{text}");
        }
        assert_eq!(parse("2015/2014"), Err(DateError::Reversed));
        for text in [
            "Feb-13",
            "13-Feb",
            "фев.13",
            "26.02.2013",
            "2/26/2013",
            "41331",
        ] {
            assert_eq!(parse(text), Err(DateError::Mangled), "{text}");
        }
    }
}
