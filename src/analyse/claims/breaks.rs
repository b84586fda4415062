//! What a number would be had another year been taken as the break: one that the wording of a claim
//! leaves open is chosen after the fact.

use super::measure::{Asked, measure};
use super::measured::Kind;
use super::units::Units;
use crate::analyse::statistics::change_point::{self, Period};
use crate::analyse::statistics::not_computable::NotComputable;
use crate::model::claims::Form;
use crate::model::date::{Day, days};
use crate::model::label::Label;
use crate::model::measure::chance;
use crate::model::rule::Test;

/// How far the year of the break is moved.
const SHIFTS: [i16; 4] = [-2, -1, 1, 2];

/// The number at the neighbouring years and, of cases counted by year, at which the rate most likely
/// changed; nothing for a number that no year parts.
pub(super) fn beside(
    form: &Form,
    kind: Kind,
    units: &Units,
    members: &[Option<bool>],
    asked: &Asked,
) -> Option<Label> {
    year(form)?;
    let asked = Asked {
        with_intervals: false,
        ..*asked
    };
    let at = SHIFTS.into_iter().filter_map(|by| {
        let (year, moved) = moved(form, by)?;
        let measured = measure(&moved, units, members, &asked).ok()?;
        let value = kind.number(measured.value);
        let text = Label::plain("{year}: {value}");
        Some(text.fill(&[("year", &Label::plain(year.to_string())), ("value", &value)]))
    });
    let mut parts: Vec<Label> = at.collect();
    parts.extend(likeliest(form, units, members, &asked));
    (!parts.is_empty()).then(|| Label::join(&parts, "; "))
}

/// The year of the break, if both sides of a number meet at one.
fn year(form: &Form) -> Option<i16> {
    moved(form, 0).map(|(year, _)| year)
}

/// The form with its break so many years later, if both sides keep some years.
fn moved(form: &Form, by: i16) -> Option<(i16, Form)> {
    let mut moved = form.clone();
    match &mut moved {
        Form::RateRatio { span, against, .. } => {
            let (year, until) = span.split_once('/')?;
            let (from, before) = against.split_once('/')?;
            let year: i16 = year.parse().ok()?;
            if before.parse() != Ok(year - 1) {
                return None;
            }
            let later = year + by;
            let is_open = from.parse::<i16>().ok()? < later && later <= days(until)?.latest.year();
            (*span, *against) = (format!("{later}/{until}"), format!("{from}/{}", later - 1));
            is_open.then_some((later, moved))
        }
        Form::Difference { between, and, .. } => {
            let mut years = Vec::new();
            for test in between.values_mut().chain(and.values_mut()) {
                if let Test::From { from: date } | Test::Before { before: date } = test {
                    let year: i16 = date.parse().ok()?;
                    years.push(year);
                    *date = (year + by).to_string();
                }
            }
            (years.len() == 2 && years[0] == years[1]).then(|| (years[0] + by, moved))
        }
        _ => None,
    }
}

/// Where the rate of cases most likely changed over the years of both spans, and how rare a change so
/// clear is wherever it may be sought. Events of one case are not independent, so of them it is not asked.
fn likeliest(form: &Form, units: &Units, members: &[Option<bool>], asked: &Asked) -> Option<Label> {
    let Form::RateRatio { of, span, against } = form else {
        return None;
    };
    if units.are_dependent() {
        return None;
    }
    let met = units.meet(of).ok()?;
    let (first, last) = (days(against)?.earliest, days(span)?.latest);
    let (first, last) = (
        first.max(asked.window.earliest),
        last.min(asked.window.latest),
    );
    let years = first.year()..=last.year();
    let periods: Vec<Period> = years
        .map(|year| {
            let (from, until) = (Day::first_of(year).max(first), Day::last_of(year).min(last));
            let begun = (0..units.len()).filter(|row| {
                let start = units.starts[*row];
                met[*row] == Some(true)
                    && members[*row] == Some(true)
                    && start.is_some_and(|start| from <= start.earliest && start.latest <= until)
            });
            Period {
                events: begun.count() as u64,
                exposure: f64::from(until.epoch() - from.epoch() + 1),
            }
        })
        .collect();
    let change = change_point::poisson(&periods, asked.level).ok()?;
    let year = first.year() + i16::try_from(change.first_after).ok()?;
    let text = Label::new(
        "likeliest break {year} ({p} for one rate, the break being sought)",
        "ең ықтимал бетбұрыс {year} (жиілік бір болса, бетбұрыс ізделгенде {p})",
        "вероятнее всего перелом {year} ({p} для одной частоты, если перелом искать)",
    );
    Some(text.fill(&[
        ("year", &Label::plain(year.to_string())),
        ("p", &change.p.map_or_else(NotComputable::label, chance)),
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(span: &str, against: &str) -> Form {
        Form::RateRatio {
            of: std::collections::BTreeMap::new(),
            span: span.to_owned(),
            against: against.to_owned(),
        }
    }

    #[test]
    fn only_spans_that_meet_at_a_year_have_a_break() {
        let spans = |by| match moved(&ratio("2013/2017-04-11", "1992/2012"), by) {
            Some((year, Form::RateRatio { span, against, .. })) => Some((year, span, against)),
            _ => None,
        };
        let later = (2015, "2015/2017-04-11".to_owned(), "1992/2014".to_owned());
        assert_eq!(spans(2), Some(later));
        assert_eq!(spans(5), None, "nothing is left after it");
        assert_eq!(spans(-21), None, "nothing is left before it");
        assert!(year(&ratio("2017-04-12/2018-12-31", "2013/2016")).is_none());
        assert!(year(&ratio("2013/2017", "1992/2010")).is_none());
    }
}
