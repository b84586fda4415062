//! The summary of evidence: how many coded values have a source, and how good those are.

use crate::analyse::evidence::{self, Rested};
use crate::analyse::selection::Selection;
use crate::analyse::{Answer, Cell, Column, TableSpec};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::estimate::Share;
use crate::model::label::Label;
use crate::model::measure::{Measure, percent};
use crate::model::unit::Unit;
use crate::validate::evidence::is_coded;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "sources",
    title: Label::new(
        "How many coded values have sources, and how good these are",
        "Қанша кодталған мәннің дереккөзі бар және олар қаншалықты сенімді",
        "У скольких кодированных значений есть источники и каковы они",
    ),
    needs: &[],
    needs_threshold: false,
    compute,
};

/// A property of coded values that is counted.
struct Property {
    column: &'static str,
    label: Label,
    holds: fn(&Rested) -> bool,
    /// Of which coded values it is known whether it holds.
    is_known: fn(&Rested) -> bool,
    /// How many have it, in words.
    reading: Label,
}

fn compute(selection: &Selection) -> Result<Answer> {
    evidence::required(SPEC.name, selection.data)?;
    let values = evidence::all(selection)?;
    let (coded, missing) = evidence::counts(&values);
    let properties = properties(selection);
    let mut variables: Vec<(&str, &Label)> = Vec::new();
    for rested in &values {
        let name = (rested.value.variable.as_str(), &rested.value.label);
        if !variables.iter().any(|known| known.0 == name.0) {
            variables.push(name);
        }
    }
    let all = Label::new("all together", "барлығы", "все вместе");
    let mut rows: Vec<Vec<Cell>> = { variables.iter() }
        .map(|(name, label)| {
            let own: Vec<&Rested> = { values.iter() }
                .filter(|rested| rested.value.variable == *name)
                .collect();
            row(
                Cell::Code((*name).to_owned(), (*label).clone()),
                &own,
                &properties,
            )
        })
        .collect();
    let every: Vec<&Rested> = values.iter().collect();
    rows.push(row(Cell::Code("all".to_owned(), all), &every, &properties));
    Ok(Answer {
        denominator: Label::new(
            "coded values of the variable; of confidence, those that have one",
            "айнымалының кодталған мәндері; сенімділік үшін — ол берілгендері",
            "кодированные значения переменной; для уверенности — те, у которых она есть",
        ),
        method: Label::new(
            "Counts of coded values; missing ones are counted apart, since they need no source. Weak: every source of the value has the lowest quality of the table of sources; a source of unknown quality is not weak. Low: the lowest confidence. Sources are counted by name: two that go back to one report are two. There is no interval: nothing is sampled.",
            "Кодталған мәндер саны; жоқ мәндер бөлек саналады, өйткені оларға дереккөз қажет емес. Әлсіз: мәннің барлық дереккөзі дереккөздер кестесіндегі ең төмен сапалы; сапасы белгісіз дереккөз әлсіз саналмайды. Төмен: ең төмен сенімділік. Дереккөздер аты бойынша саналады: бір хабардан шыққан екеуі — екеу. Интервал жоқ: іріктеме жасалмаған.",
            "Количество кодированных значений; отсутствующие считаются отдельно, источник им не нужен. Слабые: все источники значения низшего качества по таблице источников; источник неизвестного качества слабым не считается. Низкая: низшая уверенность. Источники считаются по названиям: два, восходящие к одному сообщению, — это два. Интервала нет: это не выборка.",
        ),
        notes: evidence::notes()
            .into_iter()
            .chain(forced(selection))
            .chain(bare(selection))
            .collect(),
        reading: reading(&every, &properties),
        sources: Some(evidence::cited(&values)),
        columns: columns(&properties),
        rows,
        ..Answer::of(Unit::Evidence, coded, missing)
    })
}

/// What is counted, as far as the data can tell.
fn properties(selection: &Selection) -> Vec<Property> {
    let has_quality = selection.data.tables.iter().any(|table| {
        let quality = table.field("quality");
        table.unit == Unit::Source
            && quality
                .is_some_and(|field| field.measure == Measure::Ordinal && field.codes.len() > 1)
    });
    let always = |_: &Rested| true;
    let mut properties = vec![
        Property {
            column: "sourced",
            label: Label::new("With a source", "Дереккөзі бар", "С источником"),
            holds: |rested| !rested.value.sources.is_empty(),
            is_known: always,
            reading: Label::new(
                "{n} of {of} coded values ({share}) have a source.",
                "{of} кодталған мәннің {n} мәнінде ({share}) дереккөз бар.",
                "Источник есть у {n} из {of} кодированных значений ({share}).",
            ),
        },
        Property {
            column: "single",
            label: Label::new("On one source", "Бір дереккөзде", "На одном источнике"),
            holds: |rested| rested.is_single,
            is_known: always,
            reading: Label::new(
                "{n} of {of} ({share}) rest on exactly one source.",
                "{of} мәннің {n} мәні ({share}) дәл бір дереккөзге сүйенеді.",
                "На единственном источнике держатся {n} из {of} ({share}).",
            ),
        },
    ];
    if evidence::claimant(selection).is_some() {
        properties.push(Property {
            column: "article",
            label: Label::new("On the article alone", "Тек мақалада", "Только на статье"),
            holds: |rested| rested.is_claimed,
            is_known: always,
            reading: Label::new(
                "{n} of {of} ({share}) rest on nothing but the article whose claims the data are tested against.",
                "{of} мәннің {n} мәні ({share}) мәлімдемелері деректермен салыстырылатын мақалаға ғана сүйенеді.",
                "{n} из {of} ({share}) держатся только на статье, утверждения которой сверяются с данными.",
            ),
        });
    }
    if has_quality {
        properties.push(Property {
            column: "weak",
            label: Label::new(
                "On weak sources only",
                "Тек әлсіз дереккөздерде",
                "Только на слабых источниках",
            ),
            holds: |rested| rested.is_weak,
            is_known: always,
            reading: Label::new(
                "{n} of {of} ({share}) rest on weak sources only.",
                "{of} мәннің {n} мәні ({share}) тек әлсіз дереккөздерге сүйенеді.",
                "Только на слабых источниках держатся {n} из {of} ({share}).",
            ),
        });
    }
    if selection.data.codes(Concept::Confidence).len() > 1 {
        properties.push(Property {
            column: "low",
            label: Label::new(
                "Of low confidence",
                "Сенімділігі төмен",
                "С низкой уверенностью",
            ),
            holds: |rested| rested.is_low,
            is_known: |rested| rested.value.confidence.is_some(),
            reading: Label::new(
                "Of the {of} that have a confidence, it is low for {n} ({share}).",
                "Сенімділігі берілген {of} мәннің {n} мәнінде ({share}) ол төмен.",
                "Из {of} значений с указанной уверенностью она низкая у {n} ({share}).",
            ),
        });
    }
    properties
}

/// How many of the coded values have a property, of those of which that is known.
fn share(values: &[&Rested], property: &Property) -> Share {
    let known = values
        .iter()
        .filter(|rested| rested.is_coded() && (property.is_known)(rested));
    let holding = known.clone().filter(|rested| (property.holds)(rested));
    Share::counted(holding.count() as u64, known.count() as u64)
}

fn row(name: Cell, values: &[&Rested], properties: &[Property]) -> Vec<Cell> {
    let coded = values.iter().filter(|rested| rested.is_coded());
    let without = coded
        .clone()
        .filter(|rested| rested.value.sources.is_empty());
    let (coded, without) = (coded.count(), without.count());
    let counts = [coded, values.len() - coded, without].map(|count| Cell::Count(count as u64));
    let shares = properties
        .iter()
        .map(|property| Cell::Share(share(values, property)));
    std::iter::once(name).chain(counts).chain(shares).collect()
}

fn columns(properties: &[Property]) -> Vec<Column> {
    let count = |name: &str, label: Label| Column::new(name, label, Measure::Count);
    let mut columns = vec![
        Column::new(
            "variable",
            Label::new("Variable", "Айнымалы", "Переменная"),
            Measure::Text,
        ),
        count(
            "coded",
            Label::new("Coded values", "Кодталған мәндер", "Кодированные значения"),
        ),
        count(
            "missing",
            Label::new("Missing", "Жоқ мәндер", "Отсутствует"),
        ),
        count(
            "without",
            Label::new("Without a source", "Дереккөзсіз", "Без источника"),
        ),
    ];
    let shares = properties.iter();
    columns.extend(
        shares.map(|property| Column::new(property.column, property.label.clone(), Measure::Share)),
    );
    columns
}

fn reading(values: &[&Rested], properties: &[Property]) -> Vec<Label> {
    let shares = properties
        .iter()
        .map(|property| (property, share(values, property)));
    let spoken = shares.filter(|(_, share)| share.trials > 0);
    spoken
        .map(|(property, share)| {
            let count = |count: u64| Label::plain(count.to_string());
            #[expect(clippy::cast_precision_loss, reason = "counts are small")]
            let part = percent(share.successes as f64 / share.trials as f64);
            property.reading.fill(&[
                ("n", &count(share.successes)),
                ("of", &count(share.trials)),
                ("share", &part),
            ])
        })
        .collect()
}

/// The tables whose rows have room for one source only.
fn forced(selection: &Selection) -> Option<Label> {
    let tables = selection.data.tables.iter().filter(|table| {
        let source = table.concept(Concept::Source);
        let is_read = matches!(
            table.unit,
            Unit::Evidence | Unit::Role | Unit::Party | Unit::Event
        );
        is_read && source.is_some_and(|field| !field.is_list)
    });
    let names: Vec<&str> = tables.map(|table| table.name.as_str()).collect();
    let note = Label::new(
        "A row of {tables} has room for one source only, whatever there is.",
        "{tables} кестесінің жолына, қанша болса да, бір ғана дереккөз сыяды.",
        "В строке таблицы {tables} есть место только для одного источника, сколько бы их ни было.",
    );
    (!names.is_empty()).then(|| note.fill(&[("tables", &Label::plain(names.join(", ")))]))
}

/// The coded variables of the cases for which there is no evidence at all.
fn bare(selection: &Selection) -> Option<Label> {
    let evidence = &selection.data.evidence;
    let has_evidence = |key: &str| evidence.iter().any(|value| value.variable == key);
    let cases = selection
        .data
        .tables
        .iter()
        .find(|table| table.unit == Unit::Case)?;
    let bare: Vec<&Label> = { cases.fields.iter() }
        .filter(|field| is_coded(field) && !has_evidence(&field.key))
        .map(|field| &field.label)
        .collect();
    let note = Label::new(
        "Coded without evidence of their own, and not counted here: {names}.",
        "Жеке дәлелсіз кодталған және мұнда есептелмеген: {names}.",
        "Кодированы без собственных свидетельств и здесь не учтены: {names}.",
    );
    (!bare.is_empty()).then(|| note.fill(&[("names", &Label::join(bare, ", "))]))
}
