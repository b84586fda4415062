//! Rules about evidence: is it evidence of a value that the data hold, and does every value have it?

use std::collections::{BTreeMap, BTreeSet};

use crate::load::rules::ROWS_LOST;
use crate::model::concept::Concept;
use crate::model::finding::{Findings, Place, Rule, Severity, meant};
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use crate::validate::concepts::texts;
use crate::validate::evidence::{Evidence, Row, fields, is_coded, rows, values};
use crate::validate::typed::Draft;

/// Evidence of something that the data do not have.
pub(crate) static NOTHING: Rule = Rule {
    code: "V601",
    name: "evidence-of-nothing",
    severity: Severity::Error,
    explain: "A row of evidence names a variable that the table of cases does not have, or a case that is not there.\n\
              It names a variable by its name or its column; `role` is a role of the case, `uptake:venue` the uptake\n\
              of its role `venue`.\n\
              Fix: correct the name, or remove the row.",
};

/// Evidence of another value than the one coded.
pub(crate) static OTHER: Rule = Rule {
    code: "V602",
    name: "evidence-of-another-value",
    severity: Severity::Error,
    explain: "A row of evidence supports one value and the data hold another, so the coded value has no evidence. Dates\n\
              are compared by the days that they span, numbers and flags by what they say, missing codes by their\n\
              reason.\n\
              Fix: see in the sources which of the two is right, and correct the other.",
};

/// Values without evidence, where others of the variable have it.
pub(crate) static GAPS: Rule = Rule {
    code: "V603",
    name: "evidence-missing",
    severity: Severity::Warning,
    explain: "Some values of a variable have a row of evidence and others have none. A value that is missing needs none;\n\
              a variable without any evidence is not judged.\n\
              Fix: add the rows, with a source or a missing code for it.",
};

/// Every row of evidence is about a value of the data.
pub(super) fn evidence(draft: &Draft, findings: &mut Findings) {
    let is_whole = |unit: Unit| {
        let mut tables = draft.tables.iter().filter(|table| table.unit == unit);
        let lost = tables.any(|table| {
            let mut files = table.files.iter();
            files.any(|file| findings.has(file, ROWS_LOST))
        });
        !lost
    };
    // Where rows could not be read, one mistake is to be one finding.
    if ![Unit::Case, Unit::Role, Unit::Evidence]
        .into_iter()
        .all(is_whole)
    {
        return;
    }
    let rows = rows(draft);
    if rows.is_empty() {
        return;
    }
    let values = values(draft, &rows);
    let mut of_case: BTreeMap<&str, Vec<&Evidence>> = BTreeMap::new();
    for value in &values {
        of_case.entry(&value.case).or_default().push(value);
    }
    let mut backed = BTreeSet::new();
    for row in &rows {
        let known = of_case.get(row.case).map_or(&[][..], Vec::as_slice);
        let about: Vec<&Evidence> = { known.iter().copied() }
            .filter(|value| value.is_of(row))
            .collect();
        backed.extend(about.iter().map(|value| (&value.case, &value.variable)));
        hold(draft, row, &about, findings);
    }
    gaps(draft, &values, &backed, findings);
}

/// Holds a row against the values of the variable and case that it names.
fn hold(draft: &Draft, row: &Row, about: &[&Evidence], findings: &mut Findings) {
    let Some([_, variable, value]) = fields(row.table) else {
        return;
    };
    let place = |column: &str| row.table.place(row.position, Some(column));
    if row.variable.is_none() {
        let cases = draft.unit(Unit::Case);
        let known = cases.into_iter().flat_map(|cases| &cases.fields);
        let known = known
            .flat_map(|field| [field.key.as_str(), field.column.as_str()])
            .chain([Concept::Role.name()]);
        let near = meant(row.name, known).map(str::to_owned);
        let problem = "the table of cases has no such variable";
        findings.value(&NOTHING, place(&variable.column), row.name, problem, near);
        return;
    }
    let written = |value: &Option<String>, missing: Option<Reason>| {
        let reason = || missing.map_or("", Reason::name).to_owned();
        value.clone().unwrap_or_else(reason)
    };
    let own = match row.written {
        "" => row.missing.map_or("", Reason::name),
        written => written,
    };
    let Some(first) = about.first() else {
        // Of a reference to no case there is a finding already.
        if is_dangling(draft, row) {
            return;
        }
        let problem = format!("{} has no {} to be evidence of", row.case, row.name);
        findings.value(&NOTHING, place(&value.column), own, problem, None);
        return;
    };
    // A value that cannot be read has a finding already.
    let is_read = about
        .iter()
        .all(|value| value.value.is_some() || value.missing.is_some());
    if is_read && !about.iter().any(|value| value.agrees(row)) {
        let coded: Vec<String> = { about.iter() }
            .map(|value| format!("\"{}\"", written(&value.value, value.missing)))
            .collect();
        let line = first.place.line.map(|line| format!(":{line}"));
        let problem = format!(
            "{}{} has {} for {} of {}: one of the two is wrong",
            first.place.file,
            line.unwrap_or_default(),
            coded.join(" and "),
            row.name,
            row.case
        );
        findings.value(&OTHER, place(&value.column), own, problem, None);
    }
}

/// Does the row name no case, where the codebook says that it must?
fn is_dangling(draft: &Draft, row: &Row) -> bool {
    let spec = draft.records.codebook.value.table(&row.table.name);
    let mut variables = spec.into_iter().flat_map(|spec| &spec.variables);
    let refers = variables.any(|variable| {
        let variable = variable.get_ref();
        variable.concept == Some(Concept::Case) && variable.refers.is_some()
    });
    let cases = texts(draft.unit(Unit::Case), Concept::Case);
    refers && !cases.iter().flatten().any(|case| case == row.case)
}

/// Variables of the cases of which some values have evidence and others have none.
fn gaps(
    draft: &Draft,
    values: &[Evidence],
    backed: &BTreeSet<(&String, &String)>,
    findings: &mut Findings,
) {
    let (Some(cases), Some(table)) = (draft.unit(Unit::Case), draft.unit(Unit::Evidence)) else {
        return;
    };
    for field in cases.fields.iter().filter(|field| is_coded(field)) {
        let coded: BTreeSet<&String> = { values.iter() }
            .filter(|value| value.unit == Unit::Case && value.variable == field.key)
            .filter(|value| value.value.is_some())
            .map(|value| &value.case)
            .collect();
        let bare: Vec<&str> = { coded.iter() }
            .filter(|case| !backed.contains(&(case, &field.key)))
            .map(|case| case.as_str())
            .collect();
        // With no evidence at all, its rows are about nothing, which has been said.
        if let Some(first) = bare.first().filter(|_| bare.len() < coded.len()) {
            let file = table.files.first().unwrap_or(&table.name);
            let problem = format!(
                "no evidence for {} of {} coded cases, the first of them {first}",
                bare.len(),
                coded.len()
            );
            let place = Place::file(file);
            findings.value(&GAPS, place, &field.column, problem, None);
        }
    }
}
