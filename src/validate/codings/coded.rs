//! The cases as somebody coded them: a data set made of codings instead of the record's own codes.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::Column;

use super::check::alone;
use super::{Answers, Codings, Given};
use crate::error::{Error, Result};
use crate::load::texts::TextColumn;
use crate::load::{Document, LINE, Records, TableRecords, Tally, whereabouts};
use crate::model::codebook::{Codebook, MissingCode, TableSpec, Variable};
use crate::model::concept::Concept;
use crate::model::date::days;
use crate::model::finding::Findings;
use crate::model::label::Label;
use crate::model::missing::Reason;
use crate::model::study::{Study, View};
use crate::model::unit::Unit;
use crate::validate::typed::Draft;
use crate::validate::{Dataset, assemble, decode};

/// Whose codes the cases have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coder {
    /// One coder's.
    One(String),
    /// What more than half of the coders gave.
    Majority,
    /// What all gave, and what was decided where they differ.
    Agreed,
}

impl Coder {
    /// The coder of that name; `majority` and `agreed` are all of them together.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "majority" => Self::Majority,
            "agreed" => Self::Agreed,
            coder => Self::One(coder.to_owned()),
        }
    }

    /// What a view of these codes is called.
    pub(crate) fn label(&self) -> Label {
        let text = Label::new(
            "the coded cases, as coded by {coder}",
            "кодталған жағдайлар, {coder} кодтауы бойынша",
            "кодированные случаи, как их закодировал(а) {coder}",
        );
        match self {
            Self::One(coder) => text.fill(&[("coder", &Label::plain(coder))]),
            Self::Majority => Label::new(
                "the coded cases, by the majority of coders",
                "кодталған жағдайлар, кодтаушылардың көпшілігі бойынша",
                "кодированные случаи, по большинству кодировщиков",
            ),
            Self::Agreed => Label::new(
                "the coded cases, as agreed by the coders",
                "кодталған жағдайлар, кодтаушылардың келісімі бойынша",
                "кодированные случаи, по согласованным кодам",
            ),
        }
    }
}

/// A cell of the made tables: variable → text.
type Cells = BTreeMap<String, String>;

impl Dataset {
    /// The cases as somebody coded them, as a data set of its own: every table that does without
    /// events can be asked of it.
    ///
    /// The codes are decoded anew like those of files. Conditions of the codebook are not held: they
    /// guard the record, and a coder's slip is what a comparison of coders is to show.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownName`] if nobody of that name coded anything, [`Error::Undecided`] if what is
    /// agreed is asked for and a difference is still open, [`Error::Compute`] if a frame cannot be
    /// built.
    pub fn coded_by(&self, coder: &Coder) -> Result<Self> {
        let codings = self.codings();
        let answers = answers(codings, coder)?;
        let study = study(self, coder);
        let mut codebook = Codebook {
            derived: Vec::new(),
            conditions: Vec::new(),
            tables: Vec::new(),
            ..self.codebook().clone()
        };
        let keys = codings.keys();
        let mut tables = Vec::new();
        for unit in [Unit::Case, Unit::Role] {
            let Some(spec) = self.codebook().tables().find(|table| table.unit == unit) else {
                continue;
            };
            let spec = reduced(spec, &keys);
            let rows = match unit {
                Unit::Case => rows_of_cases(codings, &answers, &spec),
                _ => rows_of_roles(codings, &answers, &spec, &study),
            };
            tables.push(records(&spec, &rows)?);
            codebook.tables.push(toml::Spanned::new(0..0, spec));
        }
        let records = Records {
            codebook: Document {
                value: codebook,
                ..Document::default()
            },
            study: Document {
                value: study,
                ..Document::default()
            },
            claims: Document::default(),
            tables,
            inputs: self.inputs().to_vec(),
            findings: Findings::default(),
        };
        let mut draft = Draft {
            records,
            tables: Vec::new(),
            codings: codings.clone(),
        };
        let mut findings = Findings::default();
        for spec in draft.records.codebook.value.clone().tables() {
            if let Some(rows) = draft.records.table(&spec.name) {
                let table = decode::table(&draft.records, spec, rows, &mut findings)?;
                draft.tables.push(table);
            }
        }
        // Checked against the record, not against these few variables: what a coder did not code leaves a
        // claim without a number.
        Ok(Self {
            claims: self.claims().clone(),
            ..assemble::accepted(draft)
        })
    }
}

fn answers(codings: &Codings, coder: &Coder) -> Result<BTreeMap<(String, String), Answers>> {
    match coder {
        Coder::One(name) if codings.coders().contains(name.as_str()) => Ok(codings.by(name)),
        Coder::One(name) => Err(Error::UnknownName {
            kind: "coder",
            name: name.clone(),
            known: codings
                .coders()
                .into_iter()
                .chain(["majority", "agreed"])
                .map(str::to_owned)
                .collect(),
        }),
        Coder::Majority => Ok(codings.majority()),
        Coder::Agreed => match codings.open().len() {
            0 => Ok(codings
                .agreed()
                .into_iter()
                .map(|(key, answer)| (key, answer.answers))
                .collect()),
            open => Err(Error::Undecided { open }),
        },
    }
}

/// The parameters of the study that can be asked of codings: one view, whose date is that of the
/// view that the coders worked on.
fn study(cases: &Dataset, coder: &Coder) -> Study {
    let study = cases.study();
    let keys = cases.codings().keys();
    let named = study.coded.as_ref();
    let view = named.and_then(|name| {
        let views = study.views.iter();
        views
            .into_iter()
            .find(|view| view.name.get_ref() == name.get_ref())
    });
    let cutoff = view
        .and_then(|view| view.as_of.clone())
        .filter(|date| days(date.get_ref()).is_some())
        .or(study.cutoff.clone());
    let mut study = Study {
        mediator: None,
        cutoff,
        views: vec![View {
            name: toml::Spanned::new(0..0, "coded".to_owned()),
            label: coder.label(),
            as_of: None,
            cases: None,
        }],
        ..study.clone()
    };
    if let Some(success) = &mut study.success {
        success
            .by
            .retain(|key| keys.contains(key.get_ref().as_str()));
    }
    let is_coded = |concept: Concept| {
        let tables = cases.codebook().tables();
        let mut variables = tables
            .flat_map(|table| &table.variables)
            .map(toml::Spanned::get_ref);
        variables.any(|variable| variable.concept == Some(concept) && keys.contains(variable.key()))
    };
    // Where nobody coded what decides whether a row counts, every row does.
    for (concept, listed) in [
        (Concept::Kind, &mut study.base.kind),
        (Concept::Uptake, &mut study.base.uptake),
    ] {
        if !is_coded(concept) {
            listed.clear();
        }
    }
    study
}

/// A table with the variables that were coded and the one that names the case.
fn reduced(spec: &TableSpec, keys: &BTreeSet<&str>) -> TableSpec {
    let kept = spec.variables.iter().filter(|variable| {
        let variable = variable.get_ref();
        matches!(variable.concept, Some(Concept::Case | Concept::Basis))
            || keys.contains(variable.key())
    });
    let silent = Reason::ALL.map(|reason| MissingCode {
        code: code(reason),
        reason,
    });
    let variables = kept
        .map(|variable| {
            let separator = variable.get_ref().separator;
            // Numbers of codings are written in one way.
            let mut alone = Variable {
                separator,
                decimal: None,
                thousands: None,
                ..alone(variable.get_ref())
            };
            alone.missing.extend(silent.iter().cloned());
            toml::Spanned::new(0..0, alone)
        })
        .collect();
    TableSpec {
        variables,
        indicators: Vec::new(),
        key: Vec::new(),
        keep: None,
        ..spec.clone()
    }
}

/// A missing code that no file can contain by accident.
fn code(reason: Reason) -> String {
    format!("#{}", reason.name())
}

fn cell(answers: &Answers, separator: Option<char>) -> String {
    let texts: Vec<String> = answers
        .iter()
        .map(|given| match given {
            Given::Value(text) => text.clone(),
            Given::Missing(reason) => code(*reason),
        })
        .collect();
    texts.join(&separator.map_or_else(String::new, String::from))
}

fn key_of(spec: &TableSpec, concept: Concept) -> Option<String> {
    let mut variables = spec.variables.iter().map(toml::Spanned::get_ref);
    let variable = variables.find(|variable| variable.concept == Some(concept))?;
    Some(variable.key().to_owned())
}

fn rows_of_cases(
    codings: &Codings,
    answers: &BTreeMap<(String, String), Answers>,
    spec: &TableSpec,
) -> Vec<Cells> {
    let Some(case_key) = key_of(spec, Concept::Case) else {
        return Vec::new();
    };
    let variables = || spec.variables.iter().map(toml::Spanned::get_ref);
    codings
        .cases()
        .into_iter()
        .filter(|case| answers.keys().any(|(of, _)| of == case))
        .map(|case| {
            let given = |variable: &Variable| {
                let key = (case.to_owned(), variable.key().to_owned());
                let text = cell(answers.get(&key)?, variable.separator);
                Some((variable.key().to_owned(), text))
            };
            let own = (case_key.clone(), case.to_owned());
            variables().filter_map(given).chain([own]).collect()
        })
        .collect()
}

fn rows_of_roles(
    codings: &Codings,
    answers: &BTreeMap<(String, String), Answers>,
    spec: &TableSpec,
    study: &Study,
) -> Vec<Cells> {
    let (Some(case_key), Some(role_key)) =
        (key_of(spec, Concept::Case), key_of(spec, Concept::Role))
    else {
        return Vec::new();
    };
    let basis = key_of(spec, Concept::Basis).zip(study.base.basis.first());
    let mut rows = Vec::new();
    for case in codings.cases() {
        let Some(roles) = answers.get(&(case.to_owned(), role_key.clone())) else {
            continue;
        };
        for role in roles {
            let text = match role {
                Given::Value(role) => role.clone(),
                Given::Missing(reason) => code(*reason),
            };
            let mut row = Cells::from([(case_key.clone(), case.to_owned())]);
            if let Some((key, basis)) = &basis {
                row.insert(key.clone(), basis.get_ref().clone());
            }
            for variable in spec.variables.iter().map(toml::Spanned::get_ref) {
                let about = format!("{}:{text}", variable.key());
                if let Some(given) = answers.get(&(case.to_owned(), about)) {
                    row.insert(variable.key().to_owned(), cell(given, None));
                }
            }
            row.insert(role_key.clone(), text);
            rows.push(row);
        }
    }
    rows
}

/// Rows as those of a table that was read.
fn records(spec: &TableSpec, rows: &[Cells]) -> Result<TableRecords> {
    let lines: Vec<u64> = (1..).take(rows.len()).collect();
    let columns = spec.variables.iter().map(|variable| {
        let key = variable.get_ref().key();
        let cells = rows.iter().map(|row| row.get(key).map(String::as_str));
        TextColumn::of(key, cells)
    });
    Ok(TableRecords {
        name: spec.name.clone(),
        files: spec.file.as_slice().to_vec(),
        frame: whereabouts(Column::new(LINE.into(), lines), vec![0; rows.len()])?,
        columns: columns.collect(),
        tally: Tally::default(),
    })
}
