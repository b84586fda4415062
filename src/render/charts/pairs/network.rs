//! Reads the table of pairs into a network, actors with the ties between those that share cases, and
//! puts it into words.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::error::Result;
use crate::model::label::Label;
use crate::render::pieces::read::Reader;

/// An actor of the network.
#[derive(Clone)]
pub(super) struct Actor {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many cases it is in.
    pub cases: u64,
    /// The place of its standing in the codebook's list; `None` if missing or not coded.
    pub standing: Option<usize>,
}

/// Two actors, by their places in the network, and how many cases they share.
#[derive(Clone, Copy)]
pub(super) struct Tie {
    /// The two.
    pub ends: (usize, usize),
    /// The cases that they share.
    pub cases: u64,
}

/// Actors and their ties.
#[derive(Clone, Default)]
pub(super) struct Network {
    /// The actors, by identifier.
    pub actors: Vec<Actor>,
    /// The ties, as the table has them: the strongest first.
    pub ties: Vec<Tie>,
}

/// Reads the table of pairs.
pub(super) fn read(reader: &Reader<'_>) -> Result<Network> {
    // An empty table is drawn as a sentence; one of another shape is an error.
    reader.column("one")?;
    let has_standings = reader.has("one_standing") || reader.has("other_standing");
    let mut known: BTreeMap<String, Actor> = BTreeMap::new();
    let mut ties = Vec::new();
    for row in 0..reader.table.rows.len() {
        let mut ends = Vec::new();
        for end in ["one", "other"] {
            let id = reader.cell(row, end)?.code().unwrap_or_default().to_owned();
            let standing = format!("{end}_standing");
            let actor = Actor {
                name: reader.words(row, end)?,
                cases: reader.count(row, &format!("{end}_cases"))?.unwrap_or(0),
                standing: if has_standings {
                    reader.place(row, &standing)?
                } else {
                    None
                },
                id: id.clone(),
            };
            known.insert(id.clone(), actor);
            ends.push(id);
        }
        ties.push((ends, reader.count(row, "cases")?.unwrap_or(0)));
    }
    let places: BTreeMap<&String, usize> = known.keys().zip(0..).collect();
    let ties = ties
        .iter()
        .map(|(ends, cases)| Tie {
            ends: (places[&ends[0]], places[&ends[1]]),
            cases: *cases,
        })
        .collect();
    Ok(Network {
        ties,
        actors: known.into_values().collect(),
    })
}

impl Network {
    /// With whom each actor is tied.
    pub(super) fn neighbours(&self) -> Vec<BTreeSet<usize>> {
        let mut neighbours = vec![BTreeSet::new(); self.actors.len()];
        for Tie {
            ends: (one, other), ..
        } in &self.ties
        {
            neighbours[*one].insert(*other);
            neighbours[*other].insert(*one);
        }
        neighbours
    }

    /// The parts that no tie joins, the largest first.
    pub(super) fn parts(&self) -> Vec<Vec<usize>> {
        let neighbours = self.neighbours();
        let mut is_seen = vec![false; self.actors.len()];
        let mut parts = Vec::new();
        for start in 0..self.actors.len() {
            let (mut part, mut next) = (Vec::new(), vec![start]);
            while let Some(actor) = next.pop() {
                if !std::mem::replace(&mut is_seen[actor], true) {
                    part.push(actor);
                    next.extend(&neighbours[actor]);
                }
            }
            part.sort_unstable();
            parts.push(part);
        }
        parts.retain(|part| !part.is_empty());
        parts.sort_by_key(|part| Reverse(part.len()));
        parts
    }

    /// The `most` actors with the most others, and all the rest.
    ///
    /// One whose others are all among the rest goes with them: alone it would seem to be tied to
    /// nobody. Equal ones are kept by the number of their cases, then by identifier.
    pub(super) fn fold(&self, most: usize) -> (Self, Vec<Actor>) {
        let neighbours = self.neighbours();
        let mut order: Vec<usize> = (0..self.actors.len()).collect();
        order.sort_by_key(|&actor| {
            (
                Reverse(neighbours[actor].len()),
                Reverse(self.actors[actor].cases),
            )
        });
        let mut kept: BTreeSet<usize> = order.iter().take(most).copied().collect();
        let inside = kept.clone();
        kept.retain(|&actor| !neighbours[actor].is_disjoint(&inside));
        let folded = order.iter().filter(|actor| !kept.contains(actor));
        let folded = folded.map(|&actor| self.actors[actor].clone()).collect();
        (self.part(&kept.into_iter().collect::<Vec<_>>()), folded)
    }

    /// The network of these actors alone, in this order.
    pub(super) fn part(&self, actors: &[usize]) -> Self {
        let places: BTreeMap<usize, usize> = actors.iter().copied().zip(0..).collect();
        let inside = self.ties.iter().filter_map(|tie| {
            let ends = (*places.get(&tie.ends.0)?, *places.get(&tie.ends.1)?);
            Some(Tie { ends, ..*tie })
        });
        Self {
            ties: inside.collect(),
            actors: actors
                .iter()
                .map(|&actor| self.actors[actor].clone())
                .collect(),
        }
    }
}

/// Who was left out for want of room.
pub(super) fn not_drawn(reader: &Reader<'_>, folded: &[Actor]) -> String {
    let names: Vec<&str> = folded.iter().map(|actor| actor.name.as_str()).collect();
    let text = Label::new(
        "Not drawn for want of room, the least connected first to go: {n} – {names}.",
        "Орын жетпегендіктен сызылмағандар, алдымен байланысы ең аздары: {n} – {names}.",
        "Не показаны из-за нехватки места, прежде всего наименее связанные: {n} – {names}.",
    );
    reader.say(&text.fill(&[
        ("n", &Label::plain(folded.len().to_string())),
        ("names", &Label::plain(names.join(", "))),
    ]))
}

/// How many there are, who is in most cases, which pairs share most, and who stands apart.
pub(super) fn describe(reader: &Reader<'_>, network: &Network) -> String {
    const NAMED: usize = 5;
    let number = |count: usize| Label::plain(count.to_string());
    let mut actors: Vec<&Actor> = network.actors.iter().collect();
    actors.sort_by_key(|actor| Reverse(actor.cases));
    let busiest: Vec<String> = actors
        .iter()
        .take(NAMED)
        .map(|actor| format!("{} {}", actor.name, actor.cases))
        .collect();
    let strongest: Vec<String> = network
        .ties
        .iter()
        .take(NAMED)
        .map(|tie| {
            let name = |place: usize| &network.actors[place].name;
            format!("{} – {} {}", name(tie.ends.0), name(tie.ends.1), tie.cases)
        })
        .collect();
    let parts: Vec<String> = network
        .parts()
        .iter()
        .skip(1)
        .take(NAMED)
        .map(|part| {
            let names: Vec<&str> = part
                .iter()
                .map(|&actor| network.actors[actor].name.as_str())
                .collect();
            names.join(", ")
        })
        .collect();
    let mut text = reader.say(
        &Label::new(
            "Actors: {actors}, pairs that share a case: {ties}, parts that no case joins: {parts}. In most cases: {busiest}. Most cases in common: {strongest}.",
            "Акторлар: {actors}, ортақ жағдайы бар жұптар: {ties}, ешбір жағдай байланыстырмайтын бөліктер: {parts}. Ең көп жағдайда: {busiest}. Ортақ жағдайы ең көп: {strongest}.",
            "Акторов: {actors}, пар с общим случаем: {ties}, частей, не соединённых ни одним случаем: {parts}. Больше всего случаев: {busiest}. Больше всего общих случаев: {strongest}.",
        )
        .fill(&[
            ("actors", &number(network.actors.len())),
            ("ties", &number(network.ties.len())),
            ("parts", &number(network.parts().len())),
            ("busiest", &Label::plain(busiest.join(", "))),
            ("strongest", &Label::plain(strongest.join(", "))),
        ]),
    );
    if !parts.is_empty() {
        let apart = Label::new(
            "Apart from the rest: {parts}.",
            "Қалғандардан бөлек: {parts}.",
            "Отдельно от остальных: {parts}.",
        );
        text.push(' ');
        text += &reader.say(&apart.fill(&[("parts", &Label::plain(parts.join("; ")))]));
    }
    text
}
