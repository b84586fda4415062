//! The coded values of a selection, and how well their sources carry them.

use std::collections::{BTreeMap, BTreeSet};

use super::names;
use super::selection::Selection;
use super::sources::sources;
use super::table::{Answer, Cell, Column, Table};
use crate::error::{Error, Result};
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use crate::validate::Dataset;
use crate::validate::evidence::Evidence;
use crate::validate::typed::texts;

/// A value of the selection, and what is weak in its sources.
#[expect(
    clippy::struct_excessive_bools,
    reason = "four properties that hold independently of each other"
)]
pub(super) struct Rested<'a> {
    pub(super) value: &'a Evidence,
    /// What the case is called.
    title: Label,
    /// Does it rest on exactly one source?
    pub(super) is_single: bool,
    /// Does it rest on the source of the claims and on no other?
    pub(super) is_claimed: bool,
    /// Do all its sources have the lowest quality?
    pub(super) is_weak: bool,
    /// Does its confidence stand lowest on the scale?
    pub(super) is_low: bool,
}

impl Rested<'_> {
    /// Is there a value, which then needs a source?
    pub(super) const fn is_coded(&self) -> bool {
        self.value.value.is_some()
    }
}

/// Does the codebook declare anything that evidence could be read from?
///
/// # Errors
///
/// [`Error::MissingConcept`] if it does not.
pub(super) fn required(name: &'static str, data: &Dataset) -> Result<()> {
    let is_declared = data.tables.iter().any(|table| match table.unit {
        Unit::Evidence => [Concept::Case, Concept::Variable, Concept::Value]
            .into_iter()
            .all(|concept| table.concept(concept).is_some()),
        Unit::Role | Unit::Party | Unit::Event => table.concept(Concept::Source).is_some(),
        _ => false,
    });
    if is_declared {
        return Ok(());
    }
    Err(Error::MissingConcept {
        kind: "table",
        name,
        needs: "evidence (a table of that unit, or sources of roles, parties or events)".to_owned(),
    })
}

/// The values of the cases of the selection, and of its roles, parties and events, case by case.
pub(super) fn all<'a>(selection: &'a Selection) -> Result<Vec<Rested<'a>>> {
    let cases = texts(&selection.cases, "case")?;
    let titles: BTreeMap<&str, Label> = { cases.iter().zip(names::titles(selection)?) }
        .filter_map(|(case, title)| Some((case?, title)))
        .collect();
    let events: BTreeSet<&str> = texts(&selection.events, "event")?
        .iter()
        .flatten()
        .collect();
    let article = claimant(selection);
    let list = sources(selection)?;
    let weak: BTreeSet<&str> = { list.iter() }
        .filter(|source| source.is_weak)
        .map(|source| source.id.as_str())
        .collect();
    let scale = selection.data.codes(Concept::Confidence);
    let lowest = scale.first().filter(|_| scale.len() > 1);
    let values = selection.data.evidence.iter();
    let rested = values.filter_map(|value| {
        let title = titles.get(value.case.as_str())?.clone();
        let is_there = { value.value.as_deref() }.is_none_or(|event| events.contains(event));
        if value.unit == Unit::Event && !is_there {
            return None;
        }
        let sources = &value.sources;
        let is_single = sources.len() == 1;
        Some(Rested {
            value,
            title,
            is_single,
            is_claimed: is_single && article.is_some_and(|article| sources.contains(article)),
            is_weak: !sources.is_empty() && sources.iter().all(|id| weak.contains(id.as_str())),
            is_low: lowest.is_some_and(|lowest| value.confidence.as_ref() == Some(&lowest.code)),
        })
    });
    Ok(rested.collect())
}

/// The source that makes the claims of the data set.
pub(super) fn claimant<'a>(selection: &'a Selection) -> Option<&'a str> {
    let source = selection.data.claims().source.as_ref();
    source.map(|source| source.get_ref().as_str())
}

/// The coded values of a selection that rest on little: on no source, on one, on the article whose
/// claims the data are tested against alone, or on sources of the lowest quality alone.
///
/// A missing value rests on nothing and is not among them. The order is that of the files.
///
/// # Errors
///
/// [`Error::MissingConcept`] if the codebook declares no evidence, [`Error::Compute`] if a frame
/// cannot be read.
pub fn weak(selection: &Selection) -> Result<Table> {
    required("weak", selection.data)?;
    let mut values = all(selection)?;
    let (coded, missing) = counts(&values);
    values.retain(|rested| rested.is_coded() && !reasons(rested).is_empty());
    let why = Column::new(
        "why",
        Label::new("Why it is here", "Неге осында", "Почему здесь"),
        Measure::Text,
    );
    let mut columns = columns(selection);
    columns.insert(0, why);
    let rows = { values.iter() }
        .map(|rested| {
            let why = Label::join(&reasons(rested), "; ");
            std::iter::once(Cell::Text(why))
                .chain(row(selection, rested))
                .collect()
        })
        .collect();
    let title = Label::new(
        "Coded values that rest on little",
        "Тірегі аз кодталған мәндер",
        "Кодированные значения со слабой опорой",
    );
    let answer = Answer {
        denominator: Label::new(
            "a list; no shares",
            "тізім; үлестер жоқ",
            "список; долей нет",
        ),
        method: Label::new(
            "Coded values without a source, with one source, with no source but the article whose claims the data are tested against, or with sources of the lowest quality only.",
            "Дереккөзі жоқ, бір ғана дереккөзі бар, мәлімдемелері деректермен салыстырылатын мақаладан басқа дереккөзі жоқ немесе барлық дереккөзі ең төмен сапалы кодталған мәндер.",
            "Кодированные значения без источника, с одним источником, без источника кроме статьи, утверждения которой сверяются с данными, или с источниками только низшего качества.",
        ),
        notes: notes(),
        reading: Vec::new(),
        sources: Some(cited(&values)),
        columns,
        rows,
        ..Answer::of(Unit::Evidence, coded, missing)
    };
    answer.table("weak", &title, selection)
}

/// Why a value counts as resting on little; nothing if it does not.
fn reasons(rested: &Rested) -> Vec<Label> {
    let labels = [
        (
            rested.value.sources.is_empty(),
            Label::new("no source", "дереккөзі жоқ", "нет источника"),
        ),
        (
            rested.is_claimed,
            Label::new("the article alone", "тек мақала", "только статья"),
        ),
        (
            rested.is_single && !rested.is_claimed,
            Label::new("one source", "бір дереккөз", "один источник"),
        ),
        (
            rested.is_weak,
            Label::new(
                "weak sources only",
                "тек әлсіз дереккөздер",
                "только слабые источники",
            ),
        ),
    ];
    let holding = labels.into_iter().filter(|(holds, _)| *holds);
    holding.map(|(_, label)| label).collect()
}

/// How many values are coded, and how many are missing.
pub(super) fn counts(values: &[Rested]) -> (usize, usize) {
    let coded = values.iter().filter(|rested| rested.is_coded()).count();
    (coded, values.len() - coded)
}

/// The sources of some values.
pub(super) fn cited(values: &[Rested]) -> BTreeSet<String> {
    let sources = values.iter().flat_map(|rested| &rested.value.sources);
    sources.cloned().collect()
}

/// What holds of every table of evidence.
pub(super) fn notes() -> Vec<Label> {
    vec![Label::new(
        "The values are those coded at the cut-off, whatever the date of the view; events that had not begun by that date are left out. A row of roles, parties or events that names sources counts as one value and as its own evidence.",
        "Мәндер — көріністің күніне қарамастан, тоқтату күніне кодталған мәндер; ол күнге дейін басталмаған оқиғалар алынбаған. Дереккөз атайтын рөл, тарап не оқиға жолы бір мән әрі өз дәлелі болып саналады.",
        "Значения — кодированные на дату отсечения, какова бы ни была дата вида; события, не начавшиеся к этой дате, опущены. Строка ролей, сторон или событий с источниками считается одним значением и собственным свидетельством.",
    )]
}

/// The columns of a list of values.
pub(super) fn columns(selection: &Selection) -> Vec<Column> {
    let column = |name: &str, label: Label| Column::new(name, label, Measure::Text);
    vec![
        column("case", Label::new("Case", "Жағдай", "Случай")),
        column("variable", Label::new("Variable", "Айнымалы", "Переменная")),
        column("value", Label::new("Value", "Мәні", "Значение")),
        Column::coded(
            "confidence",
            Label::new("Confidence", "Сенімділік", "Уверенность"),
            Measure::Ordinal,
            selection.codes(Concept::Confidence),
        ),
        column("sources", Label::new("Sources", "Дереккөздер", "Источники")),
        column(
            "locator",
            Label::new("Where in them", "Олардағы орны", "Место в них"),
        ),
    ]
}

/// The cells of a value.
pub(super) fn row(selection: &Selection, rested: &Rested) -> Vec<Cell> {
    let value = rested.value;
    // A missing value needs no source, and a row that is its own evidence is asked for no more than it has.
    let silence = if rested.is_coded() && value.unit == Unit::Case {
        Reason::Blank
    } else {
        Reason::Na
    };
    let said = |text: Option<&String>, label: Option<Label>| match (text, label) {
        (Some(code), Some(label)) => Cell::Code(code.clone(), label),
        (Some(text), None) => Cell::Text(Label::plain(text)),
        (None, _) => Cell::Missing(silence),
    };
    let scale = selection.data.codes(Concept::Confidence);
    let known = scale
        .iter()
        .find(|code| Some(&code.code) == value.confidence.as_ref());
    let sources: Vec<&str> = value.sources.iter().map(String::as_str).collect();
    let sources = (!sources.is_empty()).then(|| sources.join("; "));
    vec![
        Cell::Code(value.case.clone(), rested.title.clone()),
        Cell::Code(value.variable.clone(), value.label.clone()),
        match value.value {
            None => Cell::Missing(value.missing.unwrap_or(Reason::Unknown)),
            Some(_) => said(value.value.as_ref(), value.meaning.clone()),
        },
        said(
            value.confidence.as_ref(),
            known.map(|code| code.label.clone()),
        ),
        said(sources.as_ref(), None),
        said(value.locator.as_ref(), None),
    ]
}
