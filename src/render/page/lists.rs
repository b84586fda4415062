//! What stands around the results: headlines, methods, findings, sources and files.

use minijinja::{Value, context};

use super::sections::Section;
use super::{Page, labels, text};
use crate::analyse;
use crate::analyse::Source;
use crate::load::Input;
use crate::model::date::{Day, Interval};
use crate::model::finding::{Finding, Findings, Severity};
use crate::model::label::{Label, Language};

/// The days of the record; an end at the edge of the calendar was not stated.
pub(super) fn coverage(window: Interval) -> Label {
    let earliest = Label::plain(window.earliest.to_string());
    let latest = Label::plain(window.latest.to_string());
    let starts = window.earliest > Day::first_of(i16::MIN);
    let ends = window.latest < Day::last_of(i16::MAX);
    match (starts, ends) {
        (true, true) => Label::new("{from} to {until}", "{from} – {until}", "{from} – {until}"),
        (true, false) => Label::new("from {from}", "{from} бастап", "с {from}"),
        (false, true) => Label::new("until {until}", "{until} дейін", "по {until}"),
        (false, false) => Label::new("not stated", "көрсетілмеген", "не указан"),
    }
    .fill(&[("from", &earliest), ("until", &latest)])
}

/// The sentences, each with the table that its numbers stand in.
pub(super) fn headlines(page: &Page, order: &[Section]) -> Vec<Value> {
    page.headlines
        .iter()
        .map(|headline| {
            let section = order.iter().find(|section| section.name == headline.table);
            let number = section.and_then(|section| section.number);
            context! {
                sentence => text(&headline.sentence, page.language),
                anchor => number.and(section).map(Section::anchor),
                table => number.map(|number| text(&labels::table(number), page.language)),
            }
        })
        .collect()
}

/// The method of every table.
pub(super) fn methods(order: &[Section], language: Language) -> Vec<Value> {
    let numbered = order
        .iter()
        .filter_map(|section| Some((section, section.table?, section.number?)));
    numbered
        .filter(|(_, table, _)| !table.method.is_empty())
        .map(|(section, table, number)| {
            context! {
                anchor => section.anchor(),
                table => text(&labels::table(number), language),
                title => text(&table.title, language),
                method => text(&table.method, language),
            }
        })
        .collect()
}

/// What the checks found: how many of each severity, and every one.
pub(super) fn findings(findings: &Findings, language: Language) -> Value {
    let [errors, warnings, notes] = [Severity::Error, Severity::Warning, Severity::Note]
        .map(|severity| findings.count(severity));
    let entries = findings.in_order();
    context! {
        summary => text(&labels::found(errors, warnings, notes), language),
        is_long => entries.len() > 12,
        entries => entries.into_iter().map(|found| finding(found, language)).collect::<Vec<_>>(),
    }
}

fn finding(finding: &Finding, language: Language) -> Value {
    context! {
        code => finding.rule.code,
        name => finding.rule.name,
        severity => text(&finding.severity.label(), language),
        severity_name => finding.severity.name(),
        place => place(finding),
        column => &finding.place.column,
        value => &finding.value,
        problem => &finding.problem,
        suggestion => &finding.suggestion,
        count => finding.count,
    }
}

/// `cases.csv:12, 14, …`: the file with the first lines.
fn place(finding: &Finding) -> String {
    let file = &finding.place.file;
    let lines: Vec<String> = finding.lines.iter().map(ToString::to_string).collect();
    if lines.is_empty() {
        return file.clone();
    }
    let more = if finding.count > lines.len() as u64 {
        ", …"
    } else {
        ""
    };
    format!("{file}:{}{more}", lines.join(", "))
}

/// The tables that were not computed, with what they lack.
pub(super) fn skipped(skipped: &[(&'static str, String)], language: Language) -> Vec<Value> {
    skipped
        .iter()
        .map(|(name, lacks)| {
            let title = analyse::find(name)
                .ok()
                .map(|spec| text(&spec.title, language));
            context! { name => *name, title => title, lacks => lacks }
        })
        .collect()
}

/// The list of sources.
pub(super) fn sources(sources: &[Source], language: Language) -> Vec<Value> {
    let known = |field: &Option<String>| {
        let field = field.as_deref().map(str::trim);
        field.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    sources
        .iter()
        .map(|source| {
            let quality = source.quality.as_ref().filter(|label| !label.is_empty());
            let url = known(&source.url);
            context! {
                id => &source.id,
                author => known(&source.author),
                year => known(&source.year),
                title => known(&source.title),
                publisher => known(&source.publisher),
                site => source.site(),
                link => url.as_deref().filter(|_| source.site().is_some()),
                url => url.as_deref(),
                quality => quality.map(|label| text(label, language)),
                is_weak => source.is_weak,
            }
        })
        .collect()
}

/// The files that were read.
pub(super) fn inputs(inputs: &[Input]) -> Vec<Value> {
    inputs
        .iter()
        .map(|input| context! { file => &input.file, bytes => grouped(input.bytes), sha256 => &input.sha256 })
        .collect()
}

/// A number with a thin space that does not break between groups of three digits.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_grouped_by_three() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(1234), "1\u{202f}234");
        assert_eq!(grouped(123_456), "123\u{202f}456");
    }

    #[test]
    fn coverage_that_was_not_stated_prints_no_edge_of_the_calendar() {
        let stated = Day::new(1991, 9, 1).unwrap();
        let edge = Day::last_of(i16::MAX);
        let open = Interval {
            earliest: stated,
            latest: edge,
        };
        assert_eq!(coverage(open).get(Language::En), "from 1991-09-01");
        let unstated = Interval {
            earliest: Day::first_of(i16::MIN),
            latest: edge,
        };
        assert_eq!(coverage(unstated).get(Language::En), "not stated");
    }
}
