//! The list: every case with when, what, who and with what result.

use std::collections::BTreeMap;

use polars::prelude::col;

use crate::analyse::count::Counts;
use crate::analyse::engagements::{self, Engagement};
use crate::analyse::selection::Selection;
use crate::analyse::{Answer, Cell, Column, TableSpec, names};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::date::{Day, Interval};
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use crate::validate::typed::{integers, texts, truths};

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "cases",
    title: Label::new(
        "The cases: when, what, who and with what result",
        "Жағдайлар: қашан, не, кім және қандай нәтижемен",
        "Случаи: когда, что, кто и с каким исходом",
    ),
    needs: &[Concept::Case, Concept::Start],
    needs_threshold: false,
    compute,
};

const METHOD: Label = Label::new(
    "Every case of the view, by its start. Two days with a stroke between them bound an imprecise date. Parties: those with the first standing of the codebook. Roles: those provided by an act. Events: acts, without those that only give context.",
    "Көріністегі әр жағдай, басталуы бойынша. Араларында сызық бар екі күн — дәл емес күннің шектері. Тараптар: кодтар кітабындағы бірінші мәртебедегілер. Рөлдер: әрекетпен атқарылғандары. Оқиғалар: контекстсіз әрекеттер.",
    "Все случаи вида по началу. Два дня через косую черту — границы неточной даты. Стороны: те, у кого первый статус кодовой книги. Роли: исполненные действием. События: действия, без контекста.",
);

fn compute(selection: &Selection) -> Result<Answer> {
    let frame = &selection.cases;
    let all = engagements::all(selection)?;
    let titles = names::titles(selection)?;
    let kinds = texts(frame, "kind")?;
    let (kind_codes, outcomes) = (
        selection.codes(Concept::Kind),
        selection.codes(Concept::Outcome),
    );
    let roles = selection.codes(Concept::Role);
    let starts = dates(selection, "start")?;
    let ends = dates(selection, "end")?;
    let is_open = truths(frame, "is_open")?;
    let acts = Counts::of(selection.acts(), ["case"], &[col("is_act")])?;
    let disputants = disputants(selection)?;
    let mut rows: Vec<(Option<i32>, Vec<Cell>)> = Vec::new();
    let order = integers(frame, "start_earliest")?;
    for (row, case) in all.iter().enumerate() {
        let named = |codes: &[(String, Label)], code: &str| {
            let known = codes.iter().find(|(known, _)| known == code);
            known.map_or_else(|| Label::plain(code), |(_, label)| label.clone())
        };
        let played: Vec<Label> = roles
            .iter()
            .filter(|(code, _)| case.roles.contains(code))
            .map(|(_, label)| label.clone())
            .collect();
        let kind = kinds
            .get(row)
            .map(|code| Cell::Code(code.to_owned(), named(&kind_codes, code)));
        let outcome = case.outcome.and_then(|rank| outcomes.get(rank));
        rows.push((
            order[row],
            vec![
                Cell::Code(case.case.clone(), titles[row].clone()),
                kind.unwrap_or(Cell::Missing(Reason::Na)),
                starts[row].clone(),
                if is_open.get(row) == Some(true) {
                    Cell::Missing(Reason::Open)
                } else {
                    ends[row].clone()
                },
                match disputants.get(&case.case) {
                    Some(parties) => Cell::Text(Label::join(parties, "; ")),
                    None => Cell::Missing(Reason::Unknown),
                },
                match played.as_slice() {
                    [] => Cell::Missing(case.no_role()),
                    played => Cell::Text(Label::join(played, "; ")),
                },
                match outcome {
                    Some((code, label)) => Cell::Code(code.clone(), label.clone()),
                    None => Cell::Missing(case.no_outcome()),
                },
                Cell::Count(acts.at([Some(&case.case)])[0]),
            ],
        ));
    }
    rows.sort_by_key(|(start, _)| (start.is_none(), *start));
    let data = selection.data;
    let answer = Answer {
        denominator: Label::new(
            "a list; no shares",
            "тізім; үлестер жоқ",
            "список; долей нет",
        ),
        method: METHOD,
        notes: Vec::new(),
        reading: reading(&all, &rows),
        columns: columns(kind_codes, outcomes),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        ..Answer::of(Unit::Case, all.len(), 0)
    };
    Ok(answer.without(&[
        ("kind", !data.has(Concept::Kind)),
        ("parties", !data.has(Concept::Party)),
        ("roles", !data.has(Concept::Role)),
        ("outcome", data.codes(Concept::Outcome).is_empty()),
        ("events", data.n_events() == 0),
    ]))
}

/// How many cases there are, how many of each sort, and how many are still open.
fn reading(all: &[Engagement], rows: &[(Option<i32>, Vec<Cell>)]) -> Vec<Label> {
    if all.is_empty() {
        return Vec::new();
    }
    let is_open =
        |row: &&(Option<i32>, Vec<Cell>)| row.1.get(3) == Some(&Cell::Missing(Reason::Open));
    let base = all.iter().filter(|case| case.is_base);
    let text = Label::new(
        "Of {n} cases {base} count as mediations; still open on the day of the view: {open}; mediations without a known outcome: {unknown}.",
        "{n} жағдайдың {base} медиация болып саналады; көріністің күні әлі ашық: {open}; нәтижесі белгісіз медиациялар: {unknown}.",
        "Из {n} случаев посредничествами считаются {base}; на день вида ещё открыты: {open}; посредничеств без известного исхода: {unknown}.",
    );
    let number = |n: usize| Label::plain(n.to_string());
    vec![text.fill(&[
        ("n", &number(all.len())),
        ("base", &number(base.clone().count())),
        ("open", &number(rows.iter().filter(is_open).count())),
        (
            "unknown",
            &number(base.filter(|case| case.outcome.is_none()).count()),
        ),
    ])]
}

fn columns(kinds: Vec<(String, Label)>, outcomes: Vec<(String, Label)>) -> Vec<Column> {
    vec![
        Column::new(
            "case",
            Label::new("Case", "Жағдай", "Случай"),
            Measure::Text,
        ),
        Column::coded(
            "kind",
            Label::new("Kind", "Түрі", "Вид"),
            Measure::Nominal,
            kinds,
        ),
        Column::new(
            "start",
            Label::new("Start", "Басталуы", "Начало"),
            Measure::Text,
        ),
        Column::new("end", Label::new("End", "Аяқталуы", "Конец"), Measure::Text),
        Column::new(
            "parties",
            Label::new("Between", "Кімдердің арасында", "Между кем"),
            Measure::Text,
        ),
        Column::new(
            "roles",
            Label::new("Roles", "Рөлдер", "Роли"),
            Measure::Text,
        ),
        Column::coded(
            "outcome",
            Label::new("Outcome", "Нәтиже", "Исход"),
            Measure::Ordinal,
            outcomes,
        ),
        Column::new(
            "events",
            Label::new("Events", "Оқиғалар", "События"),
            Measure::Count,
        ),
    ]
}

/// A date of every case: one day, or the two that bound it.
pub(in crate::analyse) fn dates(selection: &Selection, of: &str) -> Result<Vec<Cell>> {
    let earliest = integers(&selection.cases, &format!("{of}_earliest"))?;
    let latest = integers(&selection.cases, &format!("{of}_latest"))?;
    Ok(earliest
        .into_iter()
        .zip(latest)
        .map(|(earliest, latest)| match (earliest, latest) {
            (Some(earliest), Some(latest)) => {
                let interval = Interval {
                    earliest: Day::from_epoch(earliest),
                    latest: Day::from_epoch(latest),
                };
                Cell::Text(Label::plain(interval.to_string()))
            }
            _ => Cell::Missing(Reason::Unknown),
        })
        .collect())
}

/// Case → the names of its parties; of those with a standing, only those with the first one of the
/// codebook.
pub(in crate::analyse) fn disputants(
    selection: &Selection,
) -> Result<BTreeMap<String, Vec<Label>>> {
    let parties = selection.data.parties()?;
    let names = names::of(selection.data, Unit::Actor);
    let first = selection.codes(Concept::Standing).into_iter().next();
    let mut found: BTreeMap<String, Vec<Label>> = BTreeMap::new();
    for ((case, party), standing) in texts(parties, "case")?
        .iter()
        .zip(texts(parties, "party")?.iter())
        .zip(texts(parties, "standing")?.iter())
    {
        let (Some(case), Some(party)) = (case, party) else {
            continue;
        };
        let counts = match (&first, standing) {
            (Some((first, _)), Some(standing)) => first == standing,
            _ => true,
        };
        if counts {
            let name = names
                .get(party)
                .cloned()
                .unwrap_or_else(|| Label::plain(party));
            let named = found.entry(case.to_owned()).or_default();
            if !named.contains(&name) {
                named.push(name);
            }
        }
    }
    Ok(found)
}
