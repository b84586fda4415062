//! Who shares cases with whom: every two parties of one case, in how many cases and in what standing.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::analyse::selection::Selection;
use crate::analyse::{Cell, Column, Table, TableSpec, caveats, names, parties};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "pairs",
    title: Label::new(
        "Who with whom: pairs of actors by the cases they share",
        "Кім кіммен: акторлар жұптары ортақ жағдайлары бойынша",
        "Кто с кем: пары акторов по общим случаям",
    ),
    needs: &[Concept::Case, Concept::Party],
    needs_cut: false,
    compute,
};

/// The cases that two actors share: all, those in which both have a standing, and those in which they
/// have none in common.
#[derive(Default)]
struct Shared<'a> {
    cases: u64,
    both: BTreeMap<&'a str, u64>,
    mixed: u64,
}

type Pair<'a> = (&'a str, &'a str);

fn compute(spec: &TableSpec, selection: &Selection) -> Result<Table> {
    let cases = parties::by_case(selection)?;
    let mut pairs: BTreeMap<Pair, Shared> = BTreeMap::new();
    for parties in cases.values() {
        let actors: Vec<(&str, _)> = parties.iter().map(|(id, held)| (*id, held)).collect();
        for ((one, held), (other, also)) in parties::pairs(&actors) {
            let shared = pairs.entry((one, other)).or_default();
            shared.cases += 1;
            shared.mixed += u64::from(held.is_disjoint(also));
            for standing in held.intersection(also) {
                *shared.both.entry(standing).or_default() += 1;
            }
        }
    }
    let mut order: Vec<(Pair, &Shared)> = pairs.iter().map(|(pair, of)| (*pair, of)).collect();
    order.sort_by_key(|(pair, shared)| (Reverse(shared.cases), *pair));
    let names = names::of(selection.data, Unit::Actor);
    let standings = selection.codes(Concept::Standing);
    let rows = order
        .iter()
        .map(|((one, other), shared)| {
            let named = |id: &str| Cell::Code(id.to_owned(), names::name(&names, id));
            let mut row = vec![named(one), named(other), Cell::Count(shared.cases)];
            let both = |(code, _): &(String, _)| shared.both.get(code.as_str()).copied();
            row.extend(
                standings
                    .iter()
                    .map(|code| Cell::Count(both(code).unwrap_or(0))),
            );
            if !standings.is_empty() {
                row.push(Cell::Count(shared.mixed));
            }
            row
        })
        .collect();
    let joint = cases.values().filter(|parties| parties.len() > 1).count();
    let most =
        top(&order, |shared| shared.cases).map(|(most, of)| most_often(most, &of, joint, &names));
    let alike = alike(&order, &standings, &names);
    Ok(Table {
        name: spec.name,
        title: spec.title.clone(),
        unit: Unit::Case,
        view: selection.view.clone(),
        window: selection.window,
        n: joint,
        missing: selection.cases.height() - joint,
        denominator: Label::new(
            "counts of cases; no shares",
            "жағдайлар саны; үлестер жоқ",
            "количество случаев; долей нет",
        ),
        method: Label::new(
            "For every two parties of the same case the number of cases, mediations and offers alike, that they share: in all, with both in a standing, and in different standings. To share a case is not to have met. The mediator is among them only where the data list it as a party. \"Left out\" counts cases with fewer than two known parties.",
            "Бір жағдайдың әр екі тарабы үшін ортақ жағдайлар (медиациялар мен ұсыныстар) саны: барлығы, екеуі де бір мәртебеде болғандары және әртүрлі мәртебеде болғандары. Ортақ жағдай кездесуді білдірмейді. Медиатор олардың арасында деректе тарап ретінде аталған жерде ғана бар. «Алынбады» — белгілі тараптары екіден аз жағдайлар.",
            "Для каждых двух сторон одного случая — число общих случаев (посредничеств и предложений): всего, с одним статусом у обеих и с разными статусами. Общий случай не означает встречи. Посредник среди них только там, где данные называют его стороной. «Опущено» — случаи, где известных сторон меньше двух.",
        ),
        notes: vec![caveats::UNDATED],
        reading: most.into_iter().chain(alike).collect(),
        sources: selection.sources()?,
        columns: columns(&standings),
        rows,
    })
}

fn columns(standings: &[(String, Label)]) -> Vec<Column> {
    let count = |name: String, label: Label| Column::new(name, label, Measure::Count);
    let mut columns = vec![
        Column::new("one", Label::new("One", "Бірі", "Один"), Measure::Text),
        Column::new(
            "other",
            Label::new("The other", "Екіншісі", "Другой"),
            Measure::Text,
        ),
        count(
            "cases".to_owned(),
            Label::new("Cases", "Жағдайлар", "Случаи"),
        ),
    ];
    let mixed = (!standings.is_empty()).then(|| {
        count(
            "mixed".to_owned(),
            Label::new(
                "In different standings",
                "Әртүрлі мәртебеде",
                "В разных статусах",
            ),
        )
    });
    let both = Label::new(
        "Both: {standing}",
        "Екеуі де: {standing}",
        "Обе: {standing}",
    );
    columns.extend(
        standings
            .iter()
            .map(|(code, label)| count(format!("both_{code}"), both.fill(&[("standing", label)]))),
    );
    columns.extend(mixed);
    columns
}

/// The largest number, and the pairs that have it; nothing if it is 0.
fn top<'a>(
    order: &[(Pair<'a>, &Shared)],
    of: impl Fn(&Shared) -> u64,
) -> Option<(u64, Vec<Pair<'a>>)> {
    let most = order.iter().map(|(_, shared)| of(shared)).max()?;
    let pairs = order.iter().filter(|(_, shared)| of(shared) == most);
    (most > 0).then(|| (most, pairs.map(|(pair, _)| *pair).collect()))
}

/// More pairs than this that tie are counted and not named.
const NAMED: usize = 3;

/// The pairs by name, or how many they are.
fn listed(pairs: &[Pair], names: &BTreeMap<String, Label>) -> Label {
    if pairs.len() > NAMED {
        let text = Label::new("{n} pairs", "{n} жұп", "пар: {n}");
        return text.fill(&[("n", &Label::plain(pairs.len().to_string()))]);
    }
    let named: Vec<Label> = pairs
        .iter()
        .map(|(one, other)| {
            let ends = [*one, *other].map(|id| names::name(names, id));
            Label::join(&ends, " – ")
        })
        .collect();
    Label::join(&named, ", ")
}

/// Which pairs share most cases.
fn most_often(most: u64, pairs: &[Pair], n: usize, names: &BTreeMap<String, Label>) -> Label {
    Label::new(
        "Pairs of actors with the most cases in common, in whatever part: {pairs} ({most}, of {n} cases with two parties or more).",
        "Қай рөлде болса да ортақ жағдайы ең көп жұптар: {pairs} (тарабы екі не одан көп {n} жағдайдан {most}).",
        "Пары с наибольшим числом общих случаев, в любом качестве: {pairs} ({most}, из {n} случаев с двумя сторонами и более).",
    )
    .fill(&[
        ("pairs", &listed(pairs, names)),
        (
            "most",
            &names::each(usize::try_from(most).unwrap_or(usize::MAX), pairs.len()),
        ),
        ("n", &Label::plain(n.to_string())),
    ])
}

/// Which pairs are most often together in each standing; once is not often.
fn alike(
    order: &[(Pair, &Shared)],
    standings: &[(String, Label)],
    names: &BTreeMap<String, Label>,
) -> Option<Label> {
    let parts: Vec<Label> = standings
        .iter()
        .filter_map(|(code, label)| {
            let both = |shared: &Shared| shared.both.get(code.as_str()).copied().unwrap_or(0);
            let (most, pairs) = top(order, both).filter(|(most, _)| *most > 1)?;
            let text = Label::plain("{standing}: {pairs} ({most})");
            Some(text.fill(&[
                ("standing", label),
                ("pairs", &listed(&pairs, names)),
                ("most", &Label::plain(most.to_string())),
            ]))
        })
        .collect();
    let text = Label::new(
        "Most often together in one standing, in cases – {parts}.",
        "Бір мәртебеде ең жиі бірге, жағдай саны – {parts}.",
        "Чаще всего вместе в одном статусе, число случаев – {parts}.",
    );
    (!parts.is_empty()).then(|| text.fill(&[("parts", &Label::join(&parts, "; "))]))
}
