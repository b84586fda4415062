//! Rules about what is counted once: values, cases, events and engagements.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::concept::Concept;
use crate::model::derive::Derive;
use crate::model::finding::{Findings, Place, Rule, Severity};
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use crate::validate::alike::{Alike, Report};
use crate::validate::cells::{Cells, Said};
use crate::validate::concepts::texts;
use crate::validate::typed::{Draft, Field, Typed};

/// Several values where there can be one.
pub(crate) static SEVERAL: Rule = Rule {
    code: "V304",
    name: "several-values",
    severity: Severity::Error,
    explain: "The row says yes in several columns of a block that together are one variable, such as the outcome, of\n\
              which a case or an event has one.\n\
              Fix: leave yes in one of the columns, or declare a concept that may have several values.",
};

/// A role of nobody in particular.
pub(crate) static UNATTRIBUTED: Rule = Rule {
    code: "V305",
    name: "whose-role",
    severity: Severity::Error,
    explain: "The row gives a role in a case that has several mediators, and does not say whose it was. Given to each of\n\
              them it would be counted once for everybody who was there.\n\
              Fix: add a column with `concept = \"mediator\"` to the table of roles, and name the mediator.",
};

/// An event without a case.
pub(crate) static CASELESS: Rule = Rule {
    code: "V306",
    name: "no-case",
    severity: Severity::Note,
    explain: "The event belongs to no case, as its missing code says. Tables are about events of cases, so it is counted\n\
              in `coverage` only.",
};

/// Rows of one event that differ.
pub(crate) static DIFFERENT: Rule = Rule {
    code: "V307",
    name: "one-event-told-twice",
    severity: Severity::Error,
    explain: "Several rows name the same event, as where there is a row for each of its mediators, and they differ in what\n\
              an event has one of. It is counted once, so one of the two would be lost.\n\
              Fix: let the rows agree, or give the events identifiers of their own.",
};

/// A concept that nothing uses.
pub(crate) static UNUSED: Rule = Rule {
    code: "V308",
    name: "unused-concept",
    severity: Severity::Warning,
    explain: "The variable has a concept that no table uses in rows of this unit, so that its values are checked and counted\n\
              in `coverage` and nothing else is made of them: a place is that of an event, a standing that of a party.\n\
              Fix: move the variable to the table whose rows it is about, or leave the concept out.",
};

/// A row about a case that is not there.
pub(crate) static ELSEWHERE: Rule = Rule {
    code: "V309",
    name: "no-such-case",
    severity: Severity::Warning,
    explain: "The row is about a case that the data set does not have: no row of the table of cases, or of the events from\n\
              which cases are made, has this identifier. No table counts the row.\n\
              Fix: correct the identifier, or add the case. A filter (`keep`) may have left it out.",
};

/// One name, two places.
pub(crate) static NAMESAKES: Rule = Rule {
    code: "V310",
    name: "one-name-two-places",
    severity: Severity::Warning,
    explain: "Events name a place of this name in several countries. They are counted as one place, in the country of the\n\
              first.\n\
              Fix: tell the places apart, as in `Hyderabad (IND)`; `columns = [\"place\", \"country\"]` joins two columns to one name.",
};

/// A case is said to be two things.
pub(crate) static DISAGREEING: Rule = Rule {
    code: "V311",
    name: "rows-of-a-case-disagree",
    severity: Severity::Warning,
    explain: "The codebook keeps this variable for the cases that are made of events, and the events of one case have\n\
              different values of it. The case then has none: it is unknown.\n\
              Fix: let the rows agree, or take the variable out of `keep`.",
};

/// The rows of a case agree on what is kept of them.
pub(crate) fn agreed(draft: &Draft, findings: &mut Findings) {
    for derived in &draft.records.codebook.value.derived {
        let Derive::Group { from, keep, .. } = derived.get_ref() else {
            continue;
        };
        let Some(table) = draft.table(from) else {
            continue;
        };
        let Some(case) = table.concept(Concept::Case) else {
            continue;
        };
        for field in keep.iter().filter_map(|key| table.field(key)) {
            let problem =
                |case: &str, before: &str| format!("a row before it says {before} of {case}");
            constant(
                draft,
                table,
                [case, field],
                findings,
                |report, [case, value], before| {
                    report.value(&DISAGREEING, value, || problem(case, before));
                },
            );
        }
    }
}

/// Tells of each row whose second variable says otherwise than that of the first row with the same value of
/// the first one, of rows that have one value of each.
fn constant(
    draft: &Draft,
    table: &Typed,
    [key, field]: [&Field; 2],
    findings: &mut Findings,
    tell: impl Fn(&mut Report, [&str; 2], &str),
) {
    let [of, held] = [key, field].map(|field| Said::of(table, field));
    let alike = Alike::of_field(draft, table, key).and(&Alike::of_field(draft, table, field));
    let pair = |row: usize| match [of.values(row), held.values(row)] {
        [of, held] if of.len() == 1 && held.len() == 1 => of.into_iter().zip(held).next(),
        _ => None,
    };
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    for (of, value) in alike.first().iter().filter_map(|row| pair(*row)) {
        first.entry(of).or_insert(value);
    }
    let column = if key.concept == Some(Concept::Case) {
        &field.column
    } else {
        &key.column
    };
    alike.report(table, column, findings, |row, report| {
        if let Some((of, value)) = pair(row)
            && let Some(before) = first.get(&of).filter(|before| **before != value)
        {
            tell(report, [&of, &value], before);
        }
    });
}

/// Of what a row has one, there is one.
pub(crate) fn single(draft: &Draft, findings: &mut Findings) {
    for table in &draft.tables {
        for field in table.fields.iter().filter(|field| field.is_list) {
            if field.concept.is_none_or(Concept::may_be_several) {
                continue;
            }
            let mut of_row: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
            for (row, value) in table.values(field) {
                of_row.entry(row).or_default().push(value);
            }
            for (row, values) in of_row.into_iter().filter(|(_, values)| values.len() > 1) {
                let place = table.place(row as usize, Some(&field.column));
                let problem = "it can have only one value a row";
                findings.value(&SEVERAL, place, &values.join("; "), problem, None);
            }
        }
    }
}

/// A row of roles in a case of several mediators says whose.
pub(crate) fn attributed(draft: &Draft, findings: &mut Findings) {
    let mut tables = draft
        .tables
        .iter()
        .filter(|table| table.unit == Unit::Role)
        .peekable();
    if tables.peek().is_none() {
        return;
    }
    let mediators = mediators(draft);
    for table in tables {
        let cases = texts(Some(table), Concept::Case);
        let who = texts(Some(table), Concept::Mediator);
        for (row, case) in cases.iter().enumerate() {
            let several = case
                .as_ref()
                .and_then(|case| mediators.get(case))
                .filter(|known| known.len() > 1);
            let (Some(case), Some(several), None) = (case, several, &who[row]) else {
                continue;
            };
            let names: Vec<&str> = several.iter().map(String::as_str).collect();
            let problem = format!(
                "the case has {} mediators: {}",
                names.len(),
                names.join(", ")
            );
            let field = table
                .concept(Concept::Mediator)
                .or(table.concept(Concept::Case));
            let place = table.place(row, field.map(|field| field.column.as_str()));
            findings.value(&UNATTRIBUTED, place, case, problem, None);
        }
    }
}

/// Case → its mediators.
fn mediators(draft: &Draft) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for table in draft.mediating() {
        let cases = texts(Some(table), Concept::Case);
        let named = table.concept(Concept::Mediator);
        for (row, mediator) in named.into_iter().flat_map(|field| table.values(field)) {
            if let Some(case) = &cases[row as usize] {
                let known = found.entry(case.clone()).or_default();
                known.insert(mediator.to_owned());
            }
        }
    }
    found
}

/// Events that belong to no case are told.
pub(crate) fn caseless(draft: &Draft, findings: &mut Findings) {
    let events = draft.unit(Unit::Event);
    let Some((table, field)) =
        events.and_then(|table| Some((table, table.concept(Concept::Case)?)))
    else {
        return;
    };
    for (row, reason) in table.reasons(&field.key).into_iter().enumerate() {
        if reason == Some(Reason::Na) {
            let place = table.place(row, Some(&field.column));
            findings.value(
                &CASELESS,
                place,
                Reason::Na.name(),
                "it belongs to no case",
                None,
            );
        }
    }
}

/// Rows that name the same event agree on what an event has one of.
pub(crate) fn agreeing(draft: &Draft, findings: &mut Findings) {
    let Some(table) = draft.unit(Unit::Event) else {
        return;
    };
    let Some(event) = table.concept(Concept::Event) else {
        return;
    };
    let codebook = &draft.records.codebook.value;
    let declared = codebook
        .table(&table.name)
        .map_or(&[][..], |spec| &spec.key);
    let key = table.key(declared);
    if key.len() == 1 && key[0].key == event.key {
        // A second row of one event is a duplicate.
        return;
    }
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let mut again: Vec<(usize, usize)> = Vec::new();
    for (row, name) in table.texts(&event.key).into_iter().enumerate() {
        let Some(name) = name else { continue };
        match first.get(name) {
            Some(earlier) => again.push((*earlier, row)),
            None => {
                first.insert(name, row);
            }
        }
    }
    let is_told = |field: &&Field| {
        let concept = field
            .concept
            .filter(|concept| *concept != Concept::Event && !concept.may_be_several());
        concept.is_some_and(|concept| Unit::Event.uses(concept) && concept != Concept::Title)
    };
    for field in table.fields.iter().filter(is_told) {
        let said = table.said(field);
        for (earlier, row) in &again {
            if said[*earlier] != said[*row] {
                differ(table, field, *earlier, *row, &said, findings);
            }
        }
    }
}

fn differ(
    table: &Typed,
    field: &Field,
    earlier: usize,
    row: usize,
    said: &[Vec<String>],
    findings: &mut Findings,
) {
    let first = table.place(earlier, None);
    let before = match said[earlier].first() {
        Some(value) => value.as_str(),
        None => "nothing",
    };
    let line = first.line.unwrap_or_default();
    let problem = format!("the row of the same event on line {line} says {before}");
    let place = table.place(row, Some(&field.column));
    let value = said[row].first().map_or("", String::as_str);
    findings.value(&DIFFERENT, place, value, problem, None);
}

/// Every concept is one that some table uses in such rows.
pub(crate) fn used(draft: &Draft, findings: &mut Findings) {
    let document = &draft.records.codebook;
    for table in &document.value.tables {
        let table = table.get_ref();
        let variables = table.variables.iter();
        let variables = variables.map(|of| (of.get_ref().concept, of.span(), of.get_ref().key()));
        let blocks = table.indicators.iter();
        let blocks = blocks.map(|of| {
            (
                Some(of.get_ref().concept),
                of.span(),
                of.get_ref().concept.name(),
            )
        });
        for (concept, span, name) in variables.chain(blocks) {
            let Some(concept) = concept.filter(|concept| !table.unit.uses(*concept)) else {
                continue;
            };
            let place = Place::line(document.file, document.line(&span));
            let problem = format!(
                "no table uses `{}` in rows with `unit = \"{}\"`",
                concept.name(),
                table.unit.name()
            );
            findings.value(&UNUSED, place, name, problem, None);
        }
    }
}

/// Rows are about cases that are there.
pub(crate) fn about_cases(draft: &Draft, findings: &mut Findings) {
    let Some(cases) = draft.unit(Unit::Case) else {
        return;
    };
    let known = cases
        .concept(Concept::Case)
        .map(|field| cases.texts(&field.key));
    let known: BTreeSet<&str> = known.into_iter().flatten().flatten().collect();
    let codebook = &draft.records.codebook.value;
    for table in &draft.tables {
        let is_about = matches!(
            table.unit,
            Unit::Engagement | Unit::Event | Unit::Role | Unit::Party
        );
        let spec = codebook.table(&table.name);
        let field = table.concept(Concept::Case);
        let (true, Some(spec), Some(field)) = (is_about, spec, field) else {
            continue;
        };
        // A declared reference has a rule of its own.
        let mut variables = spec.variables.iter().map(toml::Spanned::get_ref);
        if variables.any(|variable| variable.key() == field.key && variable.refers.is_some()) {
            continue;
        }
        let cells = Cells::new(table, field);
        let alike = Alike::of_field(draft, table, field);
        alike.report(table, &field.column, findings, |row, report| {
            for case in cells.of(row).filter(|case| !known.contains(case)) {
                report.value(&ELSEWHERE, case, || "there is no such case".to_owned());
            }
        });
    }
}

/// A place of one name is in one country.
pub(crate) fn namesakes(draft: &Draft, findings: &mut Findings) {
    let Some(table) = draft.unit(Unit::Event) else {
        return;
    };
    let (Some(place), Some(country)) = (
        table.concept(Concept::Place),
        table.concept(Concept::Country),
    ) else {
        return;
    };
    constant(
        draft,
        table,
        [place, country],
        findings,
        |report, [name, land], before| {
            let problem = || format!("it is in {land} here and in {before} before");
            report.value(&NAMESAKES, name, problem);
        },
    );
}
