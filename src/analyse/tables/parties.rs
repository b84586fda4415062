//! Who took part: every actor with the cases it is in, by standing, and its place among the others.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::analyse::parties::{self, Parties};
use crate::analyse::selection::Selection;
use crate::analyse::statistics::network::Network;
use crate::analyse::{Answer, Cell, Column, TableSpec, caveats, names};
use crate::error::{Error, Result};
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::{Measure, decimal};
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "parties",
    title: Label::new(
        "Who took part: actors by the cases they are in",
        "Кім қатысты: акторлар қатысқан жағдайлары бойынша",
        "Кто участвовал: акторы по случаям",
    ),
    needs: &[Concept::Case, Concept::Party],
    needs_threshold: false,
    compute,
};

const METHOD: Label = Label::new(
    "For each actor the number of cases, mediations and offers alike, in which it is a party, in all and by standing. An actor may have two standings in one case; in the total that case counts once. \"Left out\" counts cases without a party. Two actors are tied if both are parties to one case, in whatever standing; the mediator is among them only where the data list it as a party. Others: with how many an actor is tied. Betweenness: between how many pairs of other actors it lies, on the shortest ways from one to the other along ties; equally short ways share the pair (Freeman 1977; Brandes 2001).",
    "Әр актор үшін ол тарап болған жағдайлар (медиациялар мен ұсыныстар) саны: барлығы және мәртебесі бойынша. Бір жағдайда екі мәртебе болуы мүмкін; жалпы санда ол жағдай бір рет саналады. «Алынбады» — тарабы жоқ жағдайлар. Екі актор мәртебесіне қарамастан бір жағдайдың тараптары болса, байланысты деп саналады; медиатор олардың арасында деректе тарап ретінде аталған жерде ғана бар. Басқалар: актор қанша актормен байланысты. Аралықтық: актор басқа акторлардың қанша жұбының арасында, байланыстар бойымен бірінен екіншісіне барар ең қысқа жолда тұр; тең қысқа жолдар жұпты бөліседі (Freeman 1977; Brandes 2001).",
    "Для каждого актора — число случаев (посредничеств и предложений), где он сторона: всего и по статусам. В одном случае возможны два статуса; в сумме случай считается один раз. «Опущено» — случаи без сторон. Два актора связаны, если оба — стороны одного случая, в каком бы то ни было статусе; посредник среди них только там, где данные называют его стороной. Другие: со сколькими актор связан. Промежуточность: между сколькими парами других акторов он стоит на кратчайших путях по связям; равно короткие пути делят пару (Freeman 1977; Brandes 2001).",
);

/// The cases of one actor: all of them, and by standing.
#[derive(Default)]
struct Presence<'a> {
    cases: BTreeSet<&'a str>,
    standings: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

/// An actor with its place in the network.
struct Actor<'a> {
    id: &'a str,
    presence: &'a Presence<'a>,
    degree: usize,
    betweenness: f64,
}

fn compute(selection: &Selection) -> Result<Answer> {
    let cases = parties::by_case(selection)?;
    let standings = selection.codes(Concept::Standing);
    let mut actors: BTreeMap<&str, Presence> = BTreeMap::new();
    for (case, parties) in &cases {
        for (party, held) in parties {
            let presence = actors.entry(party).or_default();
            presence.cases.insert(case);
            for standing in held {
                presence.standings.entry(standing).or_default().insert(case);
            }
        }
    }
    let network = network(&actors, &cases)?;
    let measures = network.degree().into_iter().zip(network.betweenness());
    let mut order: Vec<Actor> = actors
        .iter()
        .zip(measures)
        .map(|((id, presence), (degree, betweenness))| Actor {
            id,
            presence,
            degree,
            betweenness,
        })
        .collect();
    order.sort_by_key(|actor| (Reverse(actor.presence.cases.len()), actor.id));
    let names = names::of(selection.data, Unit::Actor);
    let count = |cases: Option<&BTreeSet<&str>>| Cell::Count(cases.map_or(0, BTreeSet::len) as u64);
    let rows: Vec<Vec<Cell>> = order
        .iter()
        .map(|actor| {
            let presence = actor.presence;
            let mut row = vec![
                Cell::Code(actor.id.to_owned(), names::name(&names, actor.id)),
                count(Some(&presence.cases)),
            ];
            let by_standing = standings.iter();
            row.extend(by_standing.map(|(code, _)| count(presence.standings.get(code.as_str()))));
            row.push(Cell::Count(actor.degree as u64));
            row.push(Cell::Number(actor.betweenness));
            row
        })
        .collect();
    let members = selection.cases.height();
    let mut reading = Vec::new();
    reading.extend(busiest(&order, &names, members));
    reading.extend(by_standing(&order, &names, &standings));
    reading.extend(in_the_middle(&order, &names, &network));
    let mut notes = caveats::parties(selection);
    notes.extend(clique(&cases, &network));
    let n = rows.len();
    Ok(Answer {
        denominator: Label::new(
            "counts of cases; no shares",
            "жағдайлар саны; үлестер жоқ",
            "количество случаев; долей нет",
        ),
        method: METHOD,
        notes,
        reading,
        columns: columns(standings),
        rows,
        ..Answer::of(Unit::Party, n, members - cases.len())
    })
}

fn columns(standings: Vec<(String, Label)>) -> Vec<Column> {
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
            .map(|(code, label)| Column::new(format!("standing_{code}"), label, Measure::Count)),
    );
    columns.extend([
        Column::new(
            "degree",
            Label::new(
                "Others in the same cases",
                "Сол жағдайлардағы басқалар",
                "Другие в тех же случаях",
            ),
            Measure::Count,
        ),
        Column::new(
            "betweenness",
            Label::new(
                "Betweenness, pairs",
                "Аралықтық, жұптар",
                "Промежуточность, пары",
            ),
            Measure::Number,
        ),
    ]);
    columns
}

/// The actors, in the order of their identifiers, tied once for every case that they share.
fn network(actors: &BTreeMap<&str, Presence>, cases: &BTreeMap<&str, Parties>) -> Result<Network> {
    let places: BTreeMap<&str, usize> = actors.keys().copied().zip(0..).collect();
    let ties = cases.values().flat_map(|parties| {
        let inside: Vec<usize> = parties
            .keys()
            .filter_map(|party| places.get(party).copied())
            .collect();
        parties::pairs(&inside).collect::<Vec<_>>()
    });
    Network::new(actors.len(), ties).map_err(Error::compute("the network of parties"))
}

/// That a case ties all of its parties, whether they met or not, and how much of the network is due
/// to the largest one.
fn clique(cases: &BTreeMap<&str, Parties>, network: &Network) -> Option<Label> {
    let largest = cases.values().map(BTreeMap::len).max()?;
    let (ties, _) = network.density();
    let text = Label::new(
        "A tie means the same case, not that the two met: a case with many parties ties all of them with each other. The largest has {parties} parties and so {inside} of the {ties} tied pairs; who is in it has many others. An actor that is in one case only has a betweenness of 0.",
        "Байланыс екеуінің кездескенін емес, бір жағдайда болғанын білдіреді: тарабы көп жағдай олардың бәрін бір-бірімен байланыстырады. Ең үлкенінде {parties} тарап, яғни байланысқан {ties} жұптың {inside} жұбы бар; оған кіргеннің «басқалары» көп. Тек бір жағдайда болған актордың аралықтығы 0.",
        "Связь означает общий случай, а не встречу: случай со многими сторонами связывает их всех между собой. В самом большом {parties} сторон, то есть {inside} из {ties} связанных пар; у его участника много «других». У актора, который есть только в одном случае, промежуточность 0.",
    );
    let number = |n: usize| Label::plain(n.to_string());
    (largest > 2).then(|| {
        text.fill(&[
            ("parties", &number(largest)),
            ("inside", &number(largest * (largest - 1) / 2)),
            ("ties", &Label::plain(ties.to_string())),
        ])
    })
}

/// The actor in most cases, in words; several if they tie.
fn busiest(order: &[Actor], names: &BTreeMap<String, Label>, n: usize) -> Option<Label> {
    let most = order.first()?.presence.cases.len();
    let first = order
        .iter()
        .filter(|actor| actor.presence.cases.len() == most);
    let first: Vec<&Actor> = first.collect();
    let text = Label::new(
        "The party in the most cases is {name} ({most}, of {n} cases).",
        "Ең көп жағдайға қатысқан тарап – {name} ({n} жағдайдан {most}).",
        "В наибольшем числе случаев участвует {name} ({most} из {n}).",
    );
    Some(text.fill(&[
        (
            "name",
            &names::tied_ids(names, first.iter().map(|actor| actor.id)),
        ),
        ("most", &names::each(most, first.len())),
        ("n", &Label::plain(n.to_string())),
    ]))
}

/// Who is most often in each standing, co-mediators for one.
fn by_standing(
    order: &[Actor],
    names: &BTreeMap<String, Label>,
    standings: &[(String, Label)],
) -> Option<Label> {
    let held = |actor: &Actor, code: &str| {
        let cases = actor.presence.standings.get(code);
        cases.map_or(0, BTreeSet::len)
    };
    let parts: Vec<Label> = standings
        .iter()
        .filter_map(|(code, label)| {
            let most = order.iter().map(|actor| held(actor, code)).max()?;
            let first = order.iter().filter(|actor| held(actor, code) == most);
            let names = names::tied_ids(names, first.map(|actor| actor.id));
            (most > 0).then(|| {
                Label::plain("{standing}: {names} ({most})").fill(&[
                    ("standing", label),
                    ("names", &names),
                    ("most", &Label::plain(most.to_string())),
                ])
            })
        })
        .collect();
    let text = Label::new(
        "Most often in each standing, in cases – {parts}.",
        "Әр мәртебеде ең жиі, жағдай саны – {parts}.",
        "Чаще всего в каждом статусе, число случаев – {parts}.",
    );
    (!parts.is_empty()).then(|| text.fill(&[("parts", &Label::join(&parts, "; "))]))
}

/// The shape of the network, and who is in its middle.
fn in_the_middle(
    order: &[Actor],
    names: &BTreeMap<String, Label>,
    network: &Network,
) -> Option<Label> {
    let (ties, pairs) = network.density();
    let parts = network.components();
    let most = order
        .iter()
        .map(|actor| actor.betweenness)
        .max_by(f64::total_cmp)?;
    let first = order.iter().filter(|actor| most - actor.betweenness < 1e-9);
    let text = Label::new(
        "Of {pairs} pairs of actors {ties} share a case; parts that no case joins: {parts}, the largest with {largest} of {n} actors. Between most pairs of others: {name} ({most}).",
        "Акторлардың {pairs} жұбынан {ties} жұпта ортақ жағдай бар; ешбір жағдай байланыстырмайтын бөліктер: {parts}, ең үлкенінде {n} актордан {largest} актор. Басқалардың ең көп жұбының арасында: {name} ({most}).",
        "Из {pairs} пар акторов общий случай есть у {ties}; частей, не соединённых ни одним случаем: {parts}, в самой большой {largest} акторов из {n}. Между наибольшим числом пар других: {name} ({most}).",
    );
    let number = |n: usize| Label::plain(n.to_string());
    (most > 0.0).then(|| {
        text.fill(&[
            ("pairs", &Label::plain(pairs.to_string())),
            ("ties", &Label::plain(ties.to_string())),
            ("parts", &number(parts.len())),
            ("largest", &number(parts.first().map_or(0, Vec::len))),
            ("n", &number(order.len())),
            ("name", &names::tied_ids(names, first.map(|actor| actor.id))),
            ("most", &decimal(most, 1)),
        ])
    })
}
