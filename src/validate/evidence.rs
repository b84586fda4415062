//! What every coded value rests on: the values that there are, and the rows that are evidence of them.

use std::collections::{BTreeMap, BTreeSet};

use super::concepts::{Texts, texts};
use super::decode;
use super::typed::{Draft, Field, Typed};
use super::value::Value;
use crate::model::codebook::Variable;
use crate::model::concept::Concept;
use crate::model::finding::Place;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::missing::Reason;
use crate::model::unit::Unit;

/// A coded value, or a missing one, with what it rests on.
#[derive(Clone, Debug)]
pub(crate) struct Evidence {
    /// Of what row it is a value: of a case, or of a role, a party or an event.
    pub(crate) unit: Unit,
    pub(crate) case: String,
    /// The variable of the case; `role`, or `role:claimed` where the study does not count that basis;
    /// `uptake:venue` for the uptake of the role `venue`; `party`; `event`.
    pub(crate) variable: String,
    pub(crate) label: Label,
    /// The value as [`Typed::said`] writes it.
    pub(crate) value: Option<String>,
    /// What the value means, if it is a code.
    pub(crate) meaning: Option<Label>,
    pub(crate) missing: Option<Reason>,
    pub(crate) confidence: Option<String>,
    pub(crate) sources: BTreeSet<String>,
    pub(crate) locator: Option<String>,
    /// Where the value itself stands.
    pub(super) place: Place,
}

/// A row of a table of evidence.
pub(super) struct Row<'a> {
    pub(super) table: &'a Typed,
    pub(super) position: usize,
    pub(super) case: &'a str,
    /// The variable as the row names it.
    pub(super) name: &'a str,
    /// The variable by its own name; `None` if the data have no such variable.
    pub(super) variable: Option<String>,
    /// The value as the row writes it; empty if it is missing.
    pub(super) written: &'a str,
    /// The value as the variable would read it.
    pub(super) value: Option<String>,
    pub(super) missing: Option<Reason>,
}

/// The fields of a table of evidence that say what it is evidence of.
pub(super) fn fields(table: &Typed) -> Option<[&Field; 3]> {
    Some([
        table.concept(Concept::Case)?,
        table.concept(Concept::Variable)?,
        table.concept(Concept::Value)?,
    ])
}

/// The rows of every table of evidence that name a case and a variable.
pub(super) fn rows(draft: &Draft) -> Vec<Row<'_>> {
    let cases = draft.unit(Unit::Case);
    let mut rows = Vec::new();
    let tables = draft.tables.iter();
    for table in tables.filter(|table| table.unit == Unit::Evidence) {
        let Some([case, variable, value]) = fields(table) else {
            continue;
        };
        let (of, names) = (table.texts(&case.key), table.texts(&variable.key));
        let (values, reasons) = (table.texts(&value.key), table.reasons(&value.key));
        for row in 0..table.frame.height() {
            let (Some(case), Some(name)) = (of[row], names[row]) else {
                continue;
            };
            let field = cases.and_then(|cases| Some((cases, named(cases, name)?)));
            let (value, missing) = match (values[row], field) {
                (Some(text), Some((cases, field))) => read(draft, cases, field, text),
                (text, _) => (text.map(str::to_owned), reasons[row]),
            };
            let is_role = name == Concept::Role.name() || role_of(name).is_some();
            rows.push(Row {
                table,
                position: row,
                case,
                name,
                variable: field
                    .map(|(_, field)| field.key.clone())
                    .or_else(|| is_role.then(|| name.to_owned())),
                written: values[row].unwrap_or_default(),
                value,
                missing,
            });
        }
    }
    rows
}

/// The variable of that name or column.
fn named<'a>(cases: &'a Typed, name: &str) -> Option<&'a Field> {
    let of_column = || cases.fields.iter().find(|field| field.column == name);
    cases.field(name).or_else(of_column)
}

/// The role of `uptake:role`.
fn role_of(name: &str) -> Option<&str> {
    name.strip_prefix(Concept::Uptake.name())?.strip_prefix(':')
}

/// What a text says as a value of a variable of the cases.
fn read(
    draft: &Draft,
    cases: &Typed,
    field: &Field,
    text: &str,
) -> (Option<String>, Option<Reason>) {
    let spec = draft.records.codebook.value.table(&cases.name);
    let variables = spec
        .into_iter()
        .flat_map(|spec| spec.variables.iter().map(toml::Spanned::get_ref));
    let declared = { variables }.find(|variable: &&Variable| variable.key() == field.key);
    // What is derived has codes and no notation of its own.
    let Some(variable) = declared else {
        return (Some(text.to_owned()), None);
    };
    match decode::reading(&draft.records, variable, text) {
        Value::Missing(reason) => (None, Some(reason)),
        Value::Wrong => (Some(text.to_owned()), None),
        value => (value.said(), None),
    }
}

/// Is the variable one whose values are coded, and not a key or words?
pub(crate) fn is_coded(field: &Field) -> bool {
    !matches!(field.measure, Measure::Text | Measure::Identifier)
}

/// What a row of evidence gives.
struct Support {
    sources: BTreeMap<usize, BTreeSet<String>>,
    locators: Texts,
    confidences: Texts,
    /// The codes of the confidence, from the lowest.
    scale: Vec<String>,
}

impl Support {
    fn of(table: &Typed) -> Self {
        let mut sources: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        if let Some(field) = table.concept(Concept::Source) {
            for (row, source) in table.values(field) {
                let of_row = sources.entry(row as usize).or_default();
                of_row.insert(source.to_owned());
            }
        }
        let scale = table.concept(Concept::Confidence);
        let codes = scale.map_or(&[][..], |field| &field.codes);
        Self {
            sources,
            locators: texts(Some(table), Concept::Locator),
            confidences: texts(Some(table), Concept::Confidence),
            scale: codes.iter().map(|code| code.code.clone()).collect(),
        }
    }

    /// Adds a row to what is known of a value: sources and locators add up, and of several
    /// confidences the lowest holds.
    fn add(&self, row: usize, value: &mut Evidence) {
        let sources = self.sources.get(&row).into_iter().flatten().cloned();
        value.sources.extend(sources);
        if let Some(locator) = &self.locators[row] {
            value.locator = Some(match value.locator.take() {
                Some(known) if known != *locator => format!("{known}; {locator}"),
                _ => locator.clone(),
            });
        }
        let rank = |code: &String| self.scale.iter().position(|known| known == code);
        let confidences = [value.confidence.take(), self.confidences[row].clone()];
        value.confidence = confidences.into_iter().flatten().min_by_key(rank);
    }
}

/// Every coded value of a variable for which there is any evidence, and every role, party and event
/// whose table names sources, with what it rests on. A value without evidence has no sources.
pub(super) fn evidence(draft: &Draft) -> Vec<Evidence> {
    let rows = rows(draft);
    let mut values = values(draft, &rows);
    let supports: BTreeMap<&str, Support> = rows
        .iter()
        .map(|row| (row.table.name.as_str(), row.table))
        .collect::<BTreeMap<_, _>>()
        .into_iter()
        .map(|(name, table)| (name, Support::of(table)))
        .collect();
    let mut about: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in &rows {
        about.entry(row.case).or_default().push(row);
    }
    for value in &mut values {
        for row in about.get(value.case.as_str()).into_iter().flatten() {
            if value.is_of(row) && value.agrees(row) {
                supports[row.table.name.as_str()].add(row.position, value);
            }
        }
    }
    values
}

/// Every value that `rows` may be evidence of, and every row that names sources of its own, each with
/// these; the rows of evidence are not yet added.
pub(super) fn values(draft: &Draft, rows: &[Row]) -> Vec<Evidence> {
    let mut values = Vec::new();
    if let Some(cases) = draft.unit(Unit::Case) {
        of_cases(cases, rows, &mut values);
    }
    let names_roles = rows.iter().any(|row| {
        row.variable.as_deref() == Some(Concept::Role.name()) || role_of(row.name).is_some()
    });
    for table in &draft.tables {
        let has_own = table.concept(Concept::Source).is_some();
        let concept = match table.unit {
            Unit::Role if has_own || names_roles => Concept::Role,
            Unit::Party if has_own => Concept::Party,
            Unit::Event if has_own => Concept::Event,
            _ => continue,
        };
        of_rows(draft, table, concept, &mut values);
        if table.unit == Unit::Role {
            of_uptakes(table, rows, &mut values);
        }
    }
    values
}

/// The values of the variables that any row of evidence names, case by case.
fn of_cases(cases: &Typed, rows: &[Row], values: &mut Vec<Evidence>) {
    let named: BTreeSet<&str> = rows
        .iter()
        .filter_map(|row| row.variable.as_deref())
        .collect();
    let fields = { cases.fields.iter() }.filter(|field| named.contains(field.key.as_str()));
    let columns: Vec<_> = fields
        .map(|field| (field, cases.said(field), cases.reasons(&field.key)))
        .collect();
    let backed: BTreeSet<(&str, Option<&str>)> = rows
        .iter()
        .map(|row| (row.case, row.variable.as_deref()))
        .collect();
    for (row, case) in texts(Some(cases), Concept::Case).into_iter().enumerate() {
        let Some(case) = case else { continue };
        for (field, said, reasons) in &columns {
            if !is_coded(field) && !backed.contains(&(&case, Some(&field.key))) {
                continue;
            }
            let blank = Evidence {
                missing: reasons[row],
                ..Evidence::of(cases, row, &case, field)
            };
            if said[row].is_empty() {
                values.push(blank);
                continue;
            }
            let each = said[row].iter().map(|value| blank.with(field, value));
            values.extend(each);
        }
    }
}

/// The rows of a table of roles, parties or events, as values of `concept`.
fn of_rows(draft: &Draft, table: &Typed, concept: Concept, values: &mut Vec<Evidence>) {
    let own = Support::of(table);
    let field = table.concept(concept);
    let said = match (concept, field) {
        (Concept::Event, _) | (_, None) => identifiers(table, concept),
        (_, Some(field)) => table.said(field),
    };
    let reasons = field.map(|field| table.reasons(&field.key));
    let declared = table.concept(Concept::Basis);
    let bases = texts(Some(table), Concept::Basis);
    let counted = &draft.records.study.value.base.basis;
    // An event that several rows tell of is one, and rests on what any of them names.
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    for (row, case) in texts(Some(table), Concept::Case).into_iter().enumerate() {
        let Some(case) = case else { continue };
        if let (Concept::Event, Some(event)) = (concept, said[row].first()) {
            if let Some(earlier) = told.get(event) {
                own.add(row, &mut values[*earlier]);
                continue;
            }
            told.insert(event.clone(), values.len());
        }
        let blank = || Evidence {
            unit: table.unit,
            case: case.clone(),
            variable: concept.name().to_owned(),
            label: field.map_or_else(|| table.unit.label(), |field| field.label.clone()),
            value: None,
            meaning: None,
            missing: reasons.as_ref().and_then(|reasons| reasons[row]),
            confidence: None,
            sources: BTreeSet::new(),
            locator: None,
            place: table.place(row, field.map(|field| field.column.as_str())),
        };
        let each = said[row].iter().map(|said| Evidence {
            meaning: field.and_then(|field| meaning(field, said)),
            value: Some(said.clone()),
            ..blank()
        });
        let mut found: Vec<Evidence> = each.collect();
        if found.is_empty() {
            found.push(blank());
        }
        let other = { bases[row].as_ref() }
            .filter(|code| !counted.iter().any(|counts| counts.get_ref() == *code));
        for value in &mut found {
            own.add(row, value);
            if let (false, Some(code)) = (counted.is_empty(), other) {
                let words = declared.and_then(|field| meaning(field, code));
                let words = words.unwrap_or_else(|| Label::plain(code));
                value.variable = format!("{}:{code}", value.variable);
                value.label = Label::join([&value.label, &words], ": ");
            }
        }
        values.append(&mut found);
    }
}

/// The identifier of each event; of rows whose table does not declare the concept nothing.
fn identifiers(table: &Typed, concept: Concept) -> Vec<Vec<String>> {
    let events = texts(Some(table), Concept::Event).into_iter().enumerate();
    events
        .map(|(row, event)| match (concept, event) {
            (Concept::Event, Some(event)) => vec![event],
            (Concept::Event, None) => vec![format!("row {}", row + 1)],
            _ => Vec::new(),
        })
        .collect()
}

/// The uptakes of those roles whose uptake any row of evidence names.
fn of_uptakes(table: &Typed, rows: &[Row], values: &mut Vec<Evidence>) {
    let Some(field) = table.concept(Concept::Uptake) else {
        return;
    };
    let named: BTreeSet<&str> = rows.iter().filter_map(|row| role_of(row.name)).collect();
    let (cases, roles) = (
        texts(Some(table), Concept::Case),
        texts(Some(table), Concept::Role),
    );
    let (said, reasons) = (table.texts(&field.key), table.reasons(&field.key));
    for row in 0..table.frame.height() {
        let (Some(case), Some(role)) = (&cases[row], &roles[row]) else {
            continue;
        };
        if named.contains(role.as_str()) {
            let blank = Evidence {
                unit: Unit::Role,
                variable: format!("{}:{role}", Concept::Uptake.name()),
                label: Label::join([&field.label, &Label::plain(role)], ": "),
                missing: reasons[row],
                ..Evidence::of(table, row, case, field)
            };
            values.push(said[row].map_or_else(|| blank.clone(), |value| blank.with(field, value)));
        }
    }
}

fn meaning(field: &Field, code: &str) -> Option<Label> {
    let mut codes = field.codes.iter();
    let known = codes.find(|known| known.code == code);
    known.map(|known| known.label.clone())
}

impl Evidence {
    /// A variable of a row, without a value and without evidence.
    fn of(table: &Typed, row: usize, case: &str, field: &Field) -> Self {
        Self {
            unit: table.unit,
            case: case.to_owned(),
            variable: field.key.clone(),
            label: field.label.clone(),
            value: None,
            meaning: None,
            missing: None,
            confidence: None,
            sources: BTreeSet::new(),
            locator: None,
            place: table.place(row, Some(&field.column)),
        }
    }

    fn with(&self, field: &Field, value: &str) -> Self {
        Self {
            value: Some(value.to_owned()),
            meaning: meaning(field, value),
            missing: None,
            ..self.clone()
        }
    }

    /// Is a row of evidence about this value, or would it be if it named the same one?
    pub(super) fn is_of(&self, row: &Row) -> bool {
        let variable = row.variable.as_deref();
        let basis = { self.variable.strip_prefix(Concept::Role.name()) }
            .filter(|_| self.unit == Unit::Role && variable == Some(Concept::Role.name()));
        self.case == row.case
            && (variable == Some(&self.variable) || basis.is_some_and(|rest| rest.starts_with(':')))
    }

    /// Does it say what the row says?
    pub(super) fn agrees(&self, row: &Row) -> bool {
        self.value == row.value && (self.value.is_some() || self.missing == row.missing)
    }
}
