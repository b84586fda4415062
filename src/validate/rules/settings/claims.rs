//! Do the claims agree with themselves, with the study and with the data?

use std::collections::BTreeSet;
use std::ops::Range;

use super::codebook::tested;
use super::{CLAIMS, Report};
use crate::load::rules::ROWS_LOST;
use crate::model::claims::{Claim, ClaimTest, Claims, Form, Kinds};
use crate::model::codebook::Code;
use crate::model::concept::Concept;
use crate::model::date::days;
use crate::model::finding::Findings;
use crate::model::measure::Measure;
use crate::model::rule::Test;
use crate::model::unit::Unit;
use crate::validate::typed::{Draft, Typed};

/// Reads the claims against typed tables and not against the codebook, since a case may be made by
/// grouping and a mistyped identifier would make a number wrong without a trace.
pub(super) fn check(draft: &Draft, findings: &mut Findings) {
    let document = &draft.records.claims;
    let claims = &document.value;
    let lost: BTreeSet<&str> = draft
        .tables
        .iter()
        .filter(|table| table.files.iter().any(|file| findings.has(file, ROWS_LOST)))
        .map(|table| table.name.as_str())
        .collect();
    let mut report = Report {
        rule: &CLAIMS,
        document,
        findings,
    };
    head(claims, draft, &mut report);
    let mut seen = BTreeSet::new();
    for claim in &claims.claims {
        let (span, claim) = (claim.span(), claim.get_ref());
        if !seen.insert(&claim.id) {
            report.add(&span, &claim.id, "two claims have this id");
        }
        if claim.forecast && claims.date.is_none() {
            let problem = "a forecast needs the date of the source: `date` at the head of the file";
            report.add(&span, &claim.id, problem);
        }
        for test in &claim.tests {
            let (span, test) = (test.span(), test.get_ref());
            bounds(&span, test, &mut report);
            spans(&span, claim, test, claims, &mut report);
            let table = draft.tables.iter().find(|table| table.unit == test.unit);
            let Some(table) = table.filter(|_| matches!(test.unit, Unit::Case | Unit::Event))
            else {
                let problem = "a claim counts cases or events of this data set";
                report.add(&span, test.unit.name(), problem);
                continue;
            };
            if !lost.contains(table.name.as_str()) {
                variables(&span, test, table, draft, &mut report);
            }
        }
    }
}

/// Source, date and view.
fn head(claims: &Claims, draft: &Draft, report: &mut Report<Claims>) {
    if let Some(source) = &claims.source {
        let sources = draft
            .unit(Unit::Source)
            .and_then(|table| Some((table, table.fields.first()?)));
        let known = sources.map_or_else(Vec::new, |(table, key)| table.values(key));
        if !known.iter().any(|(_, known)| known == source.get_ref()) {
            let problem = "the table of sources has no such row";
            report.add(&source.span(), source.get_ref(), problem);
        }
    }
    if let Some(date) = &claims.date
        && days(date.get_ref()).is_none()
    {
        let problem = "a date is expected, as in 2017-04-11";
        report.add(&date.span(), date.get_ref(), problem);
    }
    if let Some(view) = &claims.view {
        let views = draft.records.study.value.views.iter();
        let known = views.map(|view| view.name.get_ref().as_str());
        report.expect(&view.span(), "view in study.toml", view.get_ref(), known);
    }
}

/// Can the number be on each side, and never on both?
fn bounds(span: &Range<usize>, test: &ClaimTest, report: &mut Report<Claims>) {
    let is_date = matches!(test.measure, Form::First { .. });
    let range = match test.measure {
        Form::Share { .. } => 0.0..=1.0,
        Form::Difference { .. } | Form::RankTrend { .. } => -1.0..=1.0,
        Form::Count { .. } | Form::Distinct { .. } | Form::RateRatio { .. } => 0.0..=f64::MAX,
        Form::First { .. } => f64::MIN..=f64::MAX,
    };
    let mut fit = true;
    for (side, bound) in [
        ("supported", &test.supported),
        ("contradicted", &test.contradicted),
    ] {
        let problem = match bound.limit() {
            _ if bound.is_date() != is_date => {
                "only `first` is compared with a date, and only with one: before or from"
            }
            None => "the threshold is to be a date, as in 2000",
            Some(limit) if !range.contains(&limit) => {
                "the measure cannot reach this threshold: a share lies between 0 and 1, a difference or a correlation between -1 and 1"
            }
            Some(_) => continue,
        };
        fit = false;
        report.add(span, side, problem);
    }
    if fit && test.supported.overlaps(&test.contradicted) {
        let problem = "a number could be on both sides: `supported` and `contradicted` point away from each other and do not meet";
        report.add(span, "supported", problem);
    }
}

/// The spans of a rate ratio are dates; that of a forecast begins after the source.
fn spans(
    at: &Range<usize>,
    claim: &Claim,
    test: &ClaimTest,
    claims: &Claims,
    report: &mut Report<Claims>,
) {
    let Form::RateRatio { span, against, .. } = &test.measure else {
        return;
    };
    for text in [span, against] {
        if days(text).is_none() {
            report.add(
                at,
                text,
                "a span of days is expected, as in 2013/2017-04-11",
            );
        }
    }
    let (begins, day) = (days(span).map(|span| span.earliest), claims.day());
    if claim.forecast && begins.zip(day).is_some_and(|(begins, day)| begins <= day) {
        let problem = "a forecast is tested against what began after the date of the source";
        report.add(at, span, problem);
    }
}

/// What a claim may ask about a variable.
struct Known<'a> {
    measure: Measure,
    codes: &'a [Code],
}

/// The variable of that name: of the table, or one that analysis derives for the unit.
fn known<'a>(key: &str, table: &'a Typed, draft: &'a Draft) -> Option<Known<'a>> {
    let of = |measure, codes| Some(Known { measure, codes });
    match (table.unit, key) {
        (Unit::Case, "depth" | "role") => {
            let mut fields = draft
                .tables
                .iter()
                .filter_map(|table| table.concept(Concept::Role));
            of(
                Measure::Ordinal,
                &fields.find(|field| !field.codes.is_empty())?.codes,
            )
        }
        (Unit::Case | Unit::Event, "is_base") | (Unit::Event, "is_meeting" | "hosted") => {
            of(Measure::Flag, &[])
        }
        _ => {
            let field = table.field(key)?;
            of(field.measure, &field.codes)
        }
    }
}

fn variables(
    span: &Range<usize>,
    test: &ClaimTest,
    table: &Typed,
    draft: &Draft,
    report: &mut Report<Claims>,
) {
    let derived: &[&str] = match table.unit {
        Unit::Case => &["depth", "role", "is_base"],
        _ => &["is_base", "is_meeting", "hosted"],
    };
    let names: Vec<&str> = table
        .fields
        .iter()
        .map(|field| field.key.as_str())
        .chain(derived.iter().copied())
        .collect();
    if let Some(variable) = test.measure.variable() {
        match known(variable, table, draft) {
            None => report.expect(span, "variable", variable, names.iter().copied()),
            Some(known)
                if matches!(test.measure, Form::RankTrend { .. })
                    && (known.measure != Measure::Ordinal || variable == "role") =>
            {
                let problem = "a trend needs one value in an order for each unit";
                report.add(span, variable, problem);
            }
            Some(_) => {}
        }
    }
    for (variable, asked) in test.measure.tests() {
        let Some(known) = known(variable, table, draft) else {
            report.expect(span, "variable", variable, names.iter().copied());
            continue;
        };
        if let Some(problem) = misfit(asked, &known) {
            report.add(span, variable, problem);
            continue;
        }
        if variable == "role" && test.kinds == Kinds::All {
            let problem = "roles are known of cases that count as mediations; ask for `depth`, or leave `kinds` out";
            report.add(span, variable, problem);
        }
        let codes = known.codes.iter().map(|code| code.code.as_str());
        let values: BTreeSet<&str> = match known.measure {
            _ if !known.codes.is_empty() => codes.collect(),
            Measure::Flag => BTreeSet::from(["0", "1"]),
            Measure::Identifier | Measure::Text | Measure::Nominal | Measure::Ordinal => {
                let field = table.field(variable);
                let values = field.map_or_else(Vec::new, |field| table.values(field));
                values.into_iter().map(|(_, value)| value).collect()
            }
            Measure::Count
            | Measure::Number
            | Measure::Share
            | Measure::Proportion
            | Measure::Date => continue,
        };
        for value in tested(asked) {
            let kind = if known.codes.is_empty() {
                "value in the data"
            } else {
                "code"
            };
            report.expect(span, kind, value, values.iter().copied());
        }
    }
}

/// Why the test can never tell something about the variable, if it cannot.
fn misfit(test: &Test, known: &Known) -> Option<&'static str> {
    match test {
        Test::AtLeast { .. } | Test::AtMost { .. } if known.codes.is_empty() => {
            Some("the variable has no codes in an order to compare by")
        }
        Test::Before { before: date }
        | Test::From { from: date }
        | Test::Within { within: date } => {
            if known.measure != Measure::Date {
                Some("the test compares dates, and the variable is none")
            } else if days(date).is_none() {
                Some("the test compares with a date, as in 1991-12-16")
            } else {
                None
            }
        }
        Test::AtLeastBest { .. } => Some("`at_least_best` is for the rules of a codebook"),
        _ => None,
    }
}
