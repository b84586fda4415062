//! Reads the table of the timeline into lanes, one a case, and parts the marks of crowded lanes.

use std::collections::BTreeMap;

use super::read::Reader;
use crate::error::Result;
use crate::model::date::{Day, Interval};

/// A case on the timeline.
pub(in crate::render) struct Lane {
    /// The identifier of the case.
    pub case: String,
    /// The name of the case.
    pub title: String,
    /// When it lasted; `None` if the table gives it no beginning.
    pub span: Option<Span>,
    /// The place of its kind in the codebook's list; `None` if missing.
    pub kind: Option<usize>,
    /// The place of its deepest role; `None` if missing.
    pub role: Option<usize>,
    /// Its deepest role in words, or why there is none; empty if roles are not coded.
    pub role_words: String,
    /// The place of its outcome; `None` if missing.
    pub outcome: Option<usize>,
    /// Its outcome in words, or why there is none; empty if outcomes are not coded.
    pub outcome_words: String,
    /// Its events, in the order of the table.
    pub events: Vec<Event>,
}

/// The extent of a case or an event in time.
#[derive(Clone, Copy)]
pub(in crate::render) struct Span {
    /// The days on which it may have begun.
    pub from: Interval,
    /// The days on which it may have ended; `None` while it is open.
    pub until: Option<Interval>,
}

/// An event on the timeline.
pub(in crate::render) struct Event {
    /// When it was.
    pub span: Span,
    /// The place of its type in the codebook's list; `None` if missing.
    pub kind: Option<usize>,
    /// Its type in words, or why there is none.
    pub words: String,
    /// Was it at the mediator's home? `None` if that is not known.
    pub hosted: Option<bool>,
}

impl Span {
    /// The first and the last day it may have touched; an open span reaches to `end`.
    pub(in crate::render) fn reach(&self, end: Day) -> (Day, Day) {
        let last = self.until.map_or(end, |until| until.latest);
        (self.from.earliest, last.max(self.from.latest))
    }

    /// The dates in words: `1993 – 1997-06-27`, and no end while it is open.
    pub(in crate::render) fn words(&self) -> String {
        let first = point(self.from);
        match self.until {
            None => format!("{first} – …"),
            Some(until) if until == self.from => first,
            Some(until) => format!("{first} – {}", point(until)),
        }
    }
}

/// One day, a whole month or year as such, or the first and last of several days.
fn point(days: Interval) -> String {
    let (first, last) = (days.earliest.to_string(), days.latest.to_string());
    let year = days.earliest.year();
    if first == last {
        first
    } else if days.earliest == Day::first_of(year) && days.latest == Day::last_of(year) {
        year.to_string()
    } else {
        let begins = first.strip_suffix("-01");
        let is_month = days.latest.next().to_string().ends_with("-01");
        match begins.filter(|month| is_month && last.starts_with(month)) {
            Some(month) => month.to_owned(),
            None => format!("{first}/{last}"),
        }
    }
}

/// Reads the lanes in the order in which the table first names each case.
pub(in crate::render) fn read(reader: &Reader<'_>) -> Result<Vec<Lane>> {
    let mut lanes: Vec<Lane> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for row in 0..reader.table.rows.len() {
        // A data set need not code kinds, roles, outcomes, types or places.
        let code = |name: &str| {
            if reader.has(name) {
                reader.place(row, name)
            } else {
                Ok(None)
            }
        };
        let words = |name: &str| {
            if reader.has(name) {
                reader.words(row, name)
            } else {
                Ok(String::new())
            }
        };
        let case = reader.words(row, "case")?;
        let place = if let Some(place) = places.get(&case) {
            *place
        } else {
            places.insert(case.clone(), lanes.len());
            lanes.push(Lane {
                title: reader.words(row, "title")?,
                case,
                span: None,
                kind: code("kind")?,
                role: code("role")?,
                role_words: words("role")?,
                outcome: code("outcome")?,
                outcome_words: words("outcome")?,
                events: Vec::new(),
            });
            lanes.len() - 1
        };
        let Some(span) = span(reader, row)? else {
            continue;
        };
        match reader.cell(row, "mark")?.code() {
            Some("span") => lanes[place].span = Some(span),
            Some("event") => lanes[place].events.push(Event {
                span,
                kind: code("type")?,
                words: words("type")?,
                hosted: if reader.has("hosted") {
                    reader.flag(row, "hosted")?
                } else {
                    None
                },
            }),
            _ => return Err(reader.error(format!("row {row} is neither a span nor an event"))),
        }
    }
    Ok(lanes)
}

fn span(reader: &Reader<'_>, row: usize) -> Result<Option<Span>> {
    let interval = |earliest: &str, latest: &str| -> Result<Option<Interval>> {
        let (first, last) = (reader.day(row, earliest)?, reader.day(row, latest)?);
        Ok(first
            .or(last)
            .zip(last.or(first))
            .map(|(earliest, latest)| Interval { earliest, latest }))
    };
    let Some(from) = interval("from_earliest", "from_latest")? else {
        return Ok(None);
    };
    let is_open = reader.flag(row, "open")?.unwrap_or(false);
    let until = interval("until_earliest", "until_latest")?;
    Ok(Some(Span {
        from,
        until: if is_open { None } else { until.or(Some(from)) },
    }))
}

/// The level of each mark so that marks on one level keep `pitch` apart: 0 is the lowest, and
/// there are as few as needed, at most `most`.
///
/// Twenty rounds in two years lie on one another on an axis of decades; a level each keeps them
/// countable. When all levels are taken, the mark goes where the last one is farthest away.
pub(in crate::render) fn levels(positions: &[f64], pitch: f64, most: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..positions.len()).collect();
    order.sort_by(|one, other| positions[*one].total_cmp(&positions[*other]));
    let mut ends: Vec<f64> = Vec::new();
    let mut chosen = vec![0; positions.len()];
    for mark in order {
        let position = positions[mark];
        let free = ends.iter().position(|&end| position - end >= pitch);
        let level = free.unwrap_or_else(|| {
            if ends.len() < most.max(1) {
                ends.push(f64::NEG_INFINITY);
                return ends.len() - 1;
            }
            let oldest = ends
                .iter()
                .enumerate()
                .min_by(|one, other| one.1.total_cmp(other.1));
            oldest.map_or(0, |(level, _)| level)
        });
        ends[level] = position;
        chosen[mark] = level;
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crowded_marks_get_levels_and_lonely_ones_stay_down() {
        assert_eq!(levels(&[0.0, 10.0, 20.0], 4.0, 7), [0, 0, 0]);
        assert_eq!(levels(&[0.0, 1.0, 2.0, 4.0], 4.0, 7), [0, 1, 2, 0]);
        assert_eq!(levels(&[0.0, 1.0, 2.0], 4.0, 2), [0, 1, 0]);
        assert_eq!(levels(&[9.0, 1.0, 0.0], 4.0, 7), [0, 1, 0]);
    }

    #[test]
    fn whole_months_and_years_are_named_as_such() {
        let words = |text: &str| match crate::model::date::parse(text) {
            Ok(crate::model::date::Edtf::Known(days)) => point(days),
            _ => String::new(),
        };
        for text in ["1993", "1992-02", "1995-05-22", "1999-12"] {
            assert_eq!(words(text), text);
        }
        assert_eq!(words("2015-05/2015-10"), "2015-05-01/2015-10-31");
        assert_eq!(words("199X"), "1990-01-01/1999-12-31");
    }
}
