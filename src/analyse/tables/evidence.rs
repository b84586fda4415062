//! The evidence: every coded value with the sources it rests on.

use std::collections::BTreeSet;

use crate::analyse::selection::Selection;
use crate::analyse::{Answer, TableSpec, evidence};
use crate::error::Result;
use crate::model::label::Label;
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "evidence",
    title: Label::new(
        "What every coded value rests on",
        "Әр кодталған мән неге сүйенеді",
        "На чём держится каждое кодированное значение",
    ),
    needs: &[],
    needs_threshold: false,
    compute,
};

fn compute(selection: &Selection) -> Result<Answer> {
    evidence::required(SPEC.name, selection.data)?;
    let values = evidence::all(selection)?;
    let (coded, missing) = evidence::counts(&values);
    Ok(Answer {
        denominator: Label::new(
            "a list; no shares",
            "тізім; үлестер жоқ",
            "список; долей нет",
        ),
        method: Label::new(
            "Every value of the variables for which evidence is given, case by case, then roles, parties and events. Several rows of evidence about one value are one: their sources add up, and the lowest confidence holds. A missing value has a confidence but needs no source.",
            "Дәлелі келтірілген айнымалылардың әр мәні жағдай бойынша, одан кейін рөлдер, тараптар мен оқиғалар. Бір мән туралы бірнеше дәлел жолы біреу болып саналады: дереккөздері қосылады, сенімділіктің ең төмені алынады. Жоқ мәннің сенімділігі бар, бірақ дереккөз қажет емес.",
            "Каждое значение переменных, для которых даны свидетельства, по случаям, затем роли, стороны и события. Несколько строк об одном значении считаются одной: источники складываются, уверенность берётся низшая. У отсутствующего значения есть уверенность, но источник не нужен.",
        ),
        notes: evidence::notes(),
        reading: vec![reading(coded, &evidence::cited(&values))],
        sources: Some(evidence::cited(&values)),
        columns: evidence::columns(selection),
        rows: { values.iter() }
            .map(|value| evidence::row(selection, value))
            .collect(),
        ..Answer::of(Unit::Evidence, coded, missing)
    })
}

fn reading(coded: usize, sources: &BTreeSet<String>) -> Label {
    let text = Label::new(
        "The {coded} coded values rest, taken together, on {sources} different sources.",
        "{coded} кодталған мән {sources} дереккөзге сүйенеді.",
        "Кодированных значений: {coded}; источников, на которых они держатся: {sources}.",
    );
    text.fill(&[
        ("coded", &Label::plain(coded.to_string())),
        ("sources", &Label::plain(sources.len().to_string())),
    ])
}
