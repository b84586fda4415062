//! Reads the table of the timeline into lanes, one a case.

use std::collections::BTreeMap;

use super::read::Reader;
use crate::analyse::table::Cell;
use crate::error::Result;
use crate::model::date::{Day, Interval};
use crate::model::label::Label;
use crate::model::missing::Reason;

/// More cases than this get thin lanes whose names are cut, not wrapped.
pub(in crate::render) const MANY: usize = 60;

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
    /// Its deepest role.
    pub role: Coded,
    /// Its outcome.
    pub outcome: Coded,
    /// Its events, in the order of the table.
    pub events: Vec<Event>,
}

/// A code of an ordered list, or why there is none.
pub(in crate::render) struct Coded {
    /// The place in the list; `None` if missing.
    pub place: Option<usize>,
    /// In words, or why there is none; empty if the data set does not code it.
    pub words: String,
    /// Does the question not arise? Then columns have a dash for the words.
    pub is_void: bool,
}

impl Coded {
    fn read(reader: &Reader<'_>, row: usize, name: &str) -> Result<Self> {
        Ok(if reader.has(name) {
            Self {
                place: reader.place(row, name)?,
                words: reader.words(row, name)?,
                is_void: matches!(reader.cell(row, name)?, Cell::Missing(Reason::Na)),
            }
        } else {
            Self {
                place: None,
                words: String::new(),
                is_void: false,
            }
        })
    }

    /// What stands in a column.
    pub(in crate::render) fn in_column(&self) -> &str {
        if self.is_void { "–" } else { &self.words }
    }
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
pub(in crate::render) fn point(days: Interval) -> String {
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
                role: Coded::read(reader, row, "role")?,
                outcome: Coded::read(reader, row, "outcome")?,
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

/// The days from the beginning to the end of the axis: the window of the table, and whatever lies
/// outside it, which is shown rather than dropped.
pub(in crate::render) fn window(reader: &Reader<'_>, lanes: &[Lane]) -> (Day, Day) {
    let window = reader.table.window;
    let spans = lanes.iter().flat_map(|lane| {
        lane.span
            .iter()
            .chain(lane.events.iter().map(|event| &event.span))
    });
    spans.fold((window.earliest, window.latest), |(first, last), span| {
        let (from, until) = span.reach(window.latest);
        (first.min(from), last.max(until))
    })
}

/// What stands where a case has no dates.
pub(in crate::render) const UNDATED: Label =
    Label::new("dates unknown", "күні белгісіз", "даты неизвестны");

/// The lanes in sentences; many of them as the number of cases by role and outcome.
pub(in crate::render) fn describe(reader: &Reader<'_>, lanes: &[Lane]) -> String {
    let sentences: Vec<String> = if lanes.len() > MANY {
        let tally = |name: &str, words: fn(&Lane) -> &String| {
            let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
            for lane in lanes {
                *counts.entry(words(lane)).or_default() += 1;
            }
            let list: Vec<String> = counts
                .iter()
                .map(|(value, count)| format!("{value} {count}"))
                .collect();
            format!("{}: {}.", reader.heading(name), list.join(", "))
        };
        vec![
            tally("role", |lane| &lane.role.words),
            tally("outcome", |lane| &lane.outcome.words),
        ]
    } else {
        lanes
            .iter()
            .map(|lane| summary(reader, lane) + ".")
            .collect()
    };
    sentences.join(" ")
}

/// The name of a case, its dates, its deepest role and its outcome, as far as they are coded.
pub(in crate::render) fn summary(reader: &Reader<'_>, lane: &Lane) -> String {
    let dates = lane
        .span
        .map_or_else(|| reader.say(&UNDATED), |span| span.words());
    let mut facts = vec![dates, lane.role.words.clone(), lane.outcome.words.clone()];
    facts.retain(|fact| !fact.is_empty());
    format!("{}: {}", lane.title, facts.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

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
