//! Who shares cases with whom: every two parties of one case, in how many cases and in what standing.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::analyse::parties::{self, Parties};
use crate::analyse::selection::Selection;
use crate::analyse::{Answer, Cell, Column, TableSpec, caveats, names};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::missing::Reason;
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "pairs",
    title: Label::new(
        "Who with whom: pairs of actors by the cases they share",
        "Кім кіммен: акторлар жұптары ортақ жағдайлары бойынша",
        "Кто с кем: пары акторов по общим случаям",
    ),
    needs: &[Concept::Case, Concept::Party],
    needs_threshold: false,
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

/// The cases of one actor: all of them, and how many in each standing.
#[derive(Default)]
struct Presence<'a> {
    cases: u64,
    standings: BTreeMap<&'a str, u64>,
}

impl Presence<'_> {
    /// The standing in most of its cases; of equally frequent ones the first of the codebook.
    fn usual<'a>(&self, standings: &'a [(String, Label)]) -> Option<&'a (String, Label)> {
        let held = |code: &str| self.standings.get(code).copied().unwrap_or(0);
        let most = self.standings.values().copied().max()?;
        standings.iter().find(|(code, _)| held(code) == most)
    }
}

/// Actor → its cases.
fn presences<'a>(cases: &BTreeMap<&str, Parties<'a>>) -> BTreeMap<&'a str, Presence<'a>> {
    let mut actors: BTreeMap<&str, Presence> = BTreeMap::new();
    for (party, held) in cases.values().flatten() {
        let presence = actors.entry(party).or_default();
        presence.cases += 1;
        for standing in held {
            *presence.standings.entry(standing).or_default() += 1;
        }
    }
    actors
}

fn compute(selection: &Selection) -> Result<Answer> {
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
    let actors = presences(&cases);
    let rows = order
        .iter()
        .map(|((one, other), shared)| {
            let (one, other) = (*one, *other);
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
            for presence in [one, other].map(|id| actors.get(id)) {
                row.push(Cell::Count(presence.map_or(0, |presence| presence.cases)));
                if !standings.is_empty() {
                    let usual = presence.and_then(|presence| presence.usual(&standings));
                    row.push(
                        usual.map_or(Cell::Missing(Reason::Unknown), |(code, label)| {
                            Cell::Code(code.clone(), label.clone())
                        }),
                    );
                }
            }
            row
        })
        .collect();
    let joint = cases.values().filter(|parties| parties.len() > 1).count();
    let most =
        top(&order, |shared| shared.cases).map(|(most, of)| most_often(most, &of, joint, &names));
    let alike = alike(&order, &standings, &names);
    Ok(Answer {
        denominator: Label::new(
            "counts of cases; no shares",
            "жағдайлар саны; үлестер жоқ",
            "количество случаев; долей нет",
        ),
        method: Label::new(
            "For every two parties of the same case the number of cases, mediations and offers alike, that they share: in all, with both in a standing, and in different standings; and for each of the two its own cases and the standing that it has in most of them (of equally frequent ones the first of the codebook). To share a case is not to have met. The mediator is among them only where the data list it as a party. \"Left out\" counts cases with fewer than two known parties.",
            "Бір жағдайдың әр екі тарабы үшін ортақ жағдайлар (медиациялар мен ұсыныстар) саны: барлығы, екеуі де бір мәртебеде болғандары және әртүрлі мәртебеде болғандары; екеуінің әрқайсысы үшін өз жағдайларының саны және олардың көбіндегі мәртебесі (жиілігі тең болса, кодтау кітабында бірінші тұрғаны). Ортақ жағдай кездесуді білдірмейді. Медиатор олардың арасында деректе тарап ретінде аталған жерде ғана бар. «Алынбады» — белгілі тараптары екіден аз жағдайлар.",
            "Для каждых двух сторон одного случая — число общих случаев (посредничеств и предложений): всего, с одним статусом у обеих и с разными статусами; для каждой из двух — число её случаев и статус в большинстве из них (из равно частых — первый в кодовой книге). Общий случай не означает встречи. Посредник среди них только там, где данные называют его стороной. «Опущено» — случаи, где известных сторон меньше двух.",
        ),
        notes: notes(selection, &actors, &pairs, &names),
        reading: most.into_iter().chain(alike).collect(),
        columns: columns(&standings),
        rows,
        ..Answer::of(Unit::Case, joint, selection.cases.height() - joint)
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
    let of = [
        (
            "one",
            Label::new(
                "Cases of the one",
                "Біріншісінің жағдайлары",
                "Случаи первого",
            ),
            Label::new(
                "The one in most cases",
                "Біріншісі, көп жағдайда",
                "Первый, чаще всего",
            ),
        ),
        (
            "other",
            Label::new(
                "Cases of the other",
                "Екіншісінің жағдайлары",
                "Случаи второго",
            ),
            Label::new(
                "The other in most cases",
                "Екіншісі, көп жағдайда",
                "Второй, чаще всего",
            ),
        ),
    ];
    for (end, cases, standing) in of {
        columns.push(count(format!("{end}_cases"), cases));
        if !standings.is_empty() {
            let name = format!("{end}_standing");
            columns.push(Column::coded(
                name,
                standing,
                Measure::Nominal,
                standings.to_vec(),
            ));
        }
    }
    columns
}

/// Who is in no pair, and that the mediator is in some.
fn notes(
    selection: &Selection,
    actors: &BTreeMap<&str, Presence>,
    pairs: &BTreeMap<Pair, Shared>,
    names: &BTreeMap<String, Label>,
) -> Vec<Label> {
    let joined: BTreeSet<&str> = pairs
        .keys()
        .flat_map(|(one, other)| [*one, *other])
        .collect();
    let alone: Vec<&str> = actors
        .keys()
        .filter(|id| !joined.contains(*id))
        .copied()
        .collect();
    let text = Label::new(
        "In no pair, being the only party of each of their cases: {names}.",
        "Ешбір жұпта жоқ, өз жағдайларының жалғыз тарабы болғандар: {names}.",
        "Ни в одной паре, как единственная сторона своих случаев: {names}.",
    );
    let mut notes = caveats::parties(selection);
    if !alone.is_empty() {
        notes.push(text.fill(&[("names", &names::list(names, alone))]));
    }
    let asked = selection.question.mediator.as_deref();
    let studied = selection.study().mediator.as_ref();
    let mediator = asked.or(studied.map(|id| id.get_ref().as_str()));
    let inside = mediator.and_then(|id| Some((id, actors.get(id)?)));
    notes.extend(inside.map(|(id, presence)| {
        let text = Label::new(
            "{name}, the mediator, is itself named as a party of cases: {n}. As the mediator it is in no pair.",
            "Медиатордың өзі, {name}, тарап ретінде аталған жағдайлар: {n}. Медиатор ретінде ол ешбір жұпта жоқ.",
            "Сам посредник, {name}, назван стороной в случаях: {n}. Как посредник он ни в одну пару не входит.",
        );
        let n = Label::plain(presence.cases.to_string());
        text.fill(&[("name", &names::name(names, id)), ("n", &n)])
    }));
    notes
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

/// The pairs by name, or how many they are.
fn listed(pairs: &[Pair], names: &BTreeMap<String, Label>) -> Label {
    let named = pairs.iter().map(|(one, other)| {
        let ends = [*one, *other].map(|id| names::name(names, id));
        Label::join(&ends, " – ")
    });
    names::tied(&named.collect::<Vec<_>>())
}

/// Which pairs share most cases.
fn most_often(most: u64, pairs: &[Pair], n: usize, names: &BTreeMap<String, Label>) -> Label {
    Label::new(
        "The most cases are shared by {pairs} ({most}, of {n} cases with two parties or more).",
        "Ортақ жағдайы ең көп жұп – {pairs} (екі немесе одан көп тарабы бар {n} жағдайдан {most}).",
        "Больше всего общих случаев: {pairs} ({most} из {n} случаев с двумя сторонами и более).",
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
