//! Who took part: every actor with the cases it is in, by standing.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyse::selection::Selection;
use crate::analyse::{Cell, Column, Table, TableSpec, names};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::unit::Unit;
use crate::validate::typed::texts;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "parties",
    title: Label::new(
        "Who took part: actors by the cases they are in",
        "Кім қатысты: акторлар қатысқан жағдайлары бойынша",
        "Кто участвовал: акторы по случаям",
    ),
    needs: &[Concept::Case, Concept::Party],
    needs_cut: false,
    compute,
};

/// The cases of one actor: all of them, and by standing.
#[derive(Default)]
struct Presence<'a> {
    cases: BTreeSet<&'a str>,
    standings: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

fn compute(spec: &TableSpec, selection: &Selection) -> Result<Table> {
    let members: BTreeSet<&str> = texts(&selection.cases, "case")?.iter().flatten().collect();
    let parties = &selection.data.parties;
    let standings = selection.codes(Concept::Standing);
    let mut actors: BTreeMap<&str, Presence> = BTreeMap::new();
    let mut with_party: BTreeSet<&str> = BTreeSet::new();
    for ((case, party), standing) in texts(parties, "case")?
        .iter()
        .zip(texts(parties, "party")?.iter())
        .zip(texts(parties, "standing")?.iter())
    {
        let (Some(case), Some(party)) = (case, party) else {
            continue;
        };
        if !members.contains(case) {
            continue;
        }
        with_party.insert(case);
        let presence = actors.entry(party).or_default();
        presence.cases.insert(case);
        if let Some(standing) = standing {
            presence.standings.entry(standing).or_default().insert(case);
        }
    }
    let names = names::of(selection.data, Unit::Actor);
    let mut order: Vec<(&str, &Presence)> = actors.iter().map(|(id, of)| (*id, of)).collect();
    order.sort_by_key(|(id, presence)| (std::cmp::Reverse(presence.cases.len()), *id));
    let rows: Vec<Vec<Cell>> = order
        .iter()
        .map(|(id, presence)| {
            let name = names.get(*id).cloned().unwrap_or_else(|| Label::plain(*id));
            let count =
                |cases: Option<&BTreeSet<&str>>| Cell::Count(cases.map_or(0, BTreeSet::len) as u64);
            let mut row = vec![
                Cell::Code((*id).to_owned(), name),
                count(Some(&presence.cases)),
            ];
            let by_standing = standings.iter();
            row.extend(by_standing.map(|(code, _)| count(presence.standings.get(code.as_str()))));
            row
        })
        .collect();
    let mut columns = vec![
        Column::new(
            "party",
            Label::new("Party", "Тарап", "Сторона"),
            Measure::Text,
        ),
        Column::new(
            "cases",
            Label::new("Cases", "Жағдайлар", "Случаи"),
            Measure::Count,
        ),
    ];
    columns.extend(
        standings
            .into_iter()
            .map(|(code, label)| Column::new(code, label, Measure::Count)),
    );
    Ok(Table {
        name: spec.name,
        title: spec.title.clone(),
        unit: Unit::Party,
        view: selection.view.clone(),
        window: selection.window,
        n: rows.len(),
        missing: members.len() - with_party.len(),
        denominator: Label::new(
            "counts of cases; no shares",
            "жағдайлар саны; үлестер жоқ",
            "количество случаев; долей нет",
        ),
        method: Label::new(
            "For each actor the number of cases, mediations and offers alike, in which it is a party, in all and by standing. An actor may have two standings in one case; in the total that case counts once. \"Left out\" counts cases without a party.",
            "Әр актор үшін ол тарап болған жағдайлар (медиациялар мен ұсыныстар) саны: барлығы және мәртебесі бойынша. Бір жағдайда екі мәртебе болуы мүмкін; жалпы санда ол жағдай бір рет саналады. «Алынбады» — тарабы жоқ жағдайлар.",
            "Для каждого актора — число случаев (посредничеств и предложений), где он сторона: всего и по статусам. В одном случае возможны два статуса; в сумме случай считается один раз. «Опущено» — случаи без сторон.",
        ),
        notes: Vec::new(),
        reading: reading(&order, &names, members.len()),
        sources: selection.sources()?,
        columns,
        rows,
    })
}

/// The actor in most cases, in words; several if they tie.
fn reading(order: &[(&str, &Presence)], names: &BTreeMap<String, Label>, n: usize) -> Vec<Label> {
    let Some(most) = order.first().map(|(_, presence)| presence.cases.len()) else {
        return Vec::new();
    };
    let first: Vec<Label> = order
        .iter()
        .take_while(|(_, presence)| presence.cases.len() == most)
        .map(|(id, _)| names.get(*id).cloned().unwrap_or_else(|| Label::plain(*id)))
        .collect();
    let text = Label::new(
        "In most cases: {name}, in {most} of {n}.",
        "Ең көп жағдайда: {name}, {n} жағдайдан {most} жағдай.",
        "Чаще всего: {name}, в {most} из {n} случаев.",
    );
    vec![text.fill(&[
        ("name", &Label::join(&first, ", ")),
        ("most", &Label::plain(most.to_string())),
        ("n", &Label::plain(n.to_string())),
    ])]
}
