//! The network of actors: who shares cases with whom, and how many.
//!
//! Not a circle: there every tie crosses the middle, and neighbours on the rim mean nothing. Here
//! actors with the same others lie together. Names lie level and in boxes that keep apart, so that
//! all of them can be read.

mod apart;
mod network;
mod stress;

use std::collections::BTreeSet;

use super::{ChartSpec, Drawn};
use crate::error::Result;
use crate::model::label::Label;
use crate::render::canvas::marks::Shape;
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type, text};
use crate::render::figure::MARGIN;
use crate::render::pieces::key::{self, Key, Sign};
use crate::render::pieces::read::Reader;
use crate::render::theme::{self, ACCENT, ACCENT_PALE, GRID, INK, MUTED, PAPER};
use network::{Actor, Network, Tie};

/// The network of actors.
pub static SPEC: ChartSpec = ChartSpec {
    name: "pairs",
    of: "pairs",
    title: Label::new(
        "Network of actors that share cases",
        "Ортақ жағдайлары бар акторлар желісі",
        "Сеть акторов с общими случаями",
    ),
    draw,
};

/// More actors than these are a thicket; the least connected of them are listed below it.
const MOST: usize = 60;
/// The diameter of the actor with the most cases.
const LARGEST: f64 = 17.0;
/// The width of the tie with the most cases.
const WIDEST: f64 = 5.0;
/// The widest line of a name.
const NAME: f64 = 74.0;
/// Between boxes.
const GAP: f64 = 2.5;
/// How much room there is for each point of a box: less is a thicket, more a desert.
const AIR: f64 = 2.7;

const NAMES: Type = Type::of(theme::SMALL).tight();

/// An actor as it is drawn: its name below its mark.
struct Node<'a> {
    actor: &'a Actor,
    name: Vec<String>,
    diameter: f64,
    size: (f64, f64),
}

/// A part that no tie joins to another, with the middles of its boxes.
struct Part<'a> {
    ties: &'a [Tie],
    nodes: Vec<Node<'a>>,
    middles: Vec<(f64, f64)>,
    size: (f64, f64),
}

/// What the marks of the whole drawing are measured by.
struct Scale {
    cases: u64,
    shared: u64,
    standings: usize,
}

impl Scale {
    /// The diameter of an actor in that many cases: its area is as their number.
    fn diameter(&self, cases: u64) -> f64 {
        let share = theme::precise(cases) / theme::precise(self.cases.max(1));
        (LARGEST * share.sqrt()).max(3.6)
    }

    /// The line of a tie of that many cases: its width is as their number.
    fn line(&self, cases: u64) -> Paint {
        let share = theme::precise(cases) / theme::precise(self.shared.max(1));
        let unit = (WIDEST / theme::precise(self.shared.max(1))).min(1.0);
        let width = (unit * theme::precise(cases)).max(theme::HAIRLINE);
        let colour = match cases {
            _ if cases < 2 || share < 0.2 => GRID,
            _ if share < 0.5 => ACCENT_PALE,
            _ => ACCENT,
        };
        Paint::line(colour, width)
    }

    /// The shape and colour of a standing; an actor without one is an empty circle.
    fn mark(&self, standing: Option<usize>) -> (Shape, Paint) {
        let edge = |paint: Paint| paint.outlined(INK, 0.6);
        match standing {
            None if self.standings == 0 => (Shape::Circle, edge(Paint::fill(ACCENT))),
            None => (Shape::Circle, edge(Paint::fill(PAPER))),
            Some(place) => {
                let fill = theme::ordered(self.standings - 1 - place, self.standings);
                (Shape::at(place), edge(Paint::fill(fill)))
            }
        }
    }
}

fn draw(reader: &Reader<'_>, canvas: &mut Canvas) -> Result<Drawn> {
    let whole = network::read(reader)?;
    if whole.actors.is_empty() {
        return nobody(reader, canvas);
    }
    let (kept, folded) = whole.fold(MOST);
    let scale = Scale {
        cases: whole
            .actors
            .iter()
            .map(|actor| actor.cases)
            .max()
            .unwrap_or(0),
        shared: whole.ties.iter().map(|tie| tie.cases).max().unwrap_or(0),
        standings: reader.codes("one_standing").len(),
    };
    let networks: Vec<Network> = kept.parts().iter().map(|part| kept.part(part)).collect();
    let width = canvas.width() - 2.0 * MARGIN;
    let parts: Vec<Part<'_>> = networks
        .iter()
        .map(|network| place(network, &scale, width))
        .collect();
    let mut bottom = canvas.height() + 2.0;
    let apart_from = parts
        .first()
        .filter(|first| first.nodes.len() > 2)
        .map_or(0, |_| 1);
    for part in &parts[..apart_from] {
        let left = MARGIN + (width - part.size.0) / 2.0;
        draw_part(reader, canvas, part, &scale, (left, bottom))?;
        bottom += part.size.1;
    }
    if apart_from < parts.len() {
        if apart_from > 0 {
            bottom = heading(reader, canvas, bottom + 6.0)?;
        }
        let others = &parts[apart_from..];
        let sizes: Vec<(f64, f64)> = others.iter().map(|part| part.size).collect();
        let (middles, height) = apart::rows(&sizes, width, 10.0);
        for (part, (x, y)) in others.iter().zip(middles) {
            let corner = (
                MARGIN + x - part.size.0 / 2.0,
                bottom + y - part.size.1 / 2.0,
            );
            draw_part(reader, canvas, part, &scale, corner)?;
        }
        bottom += height;
    }
    let keys = keys(reader, &whole, &scale);
    let right = canvas.width() - MARGIN;
    bottom = key::draw(canvas, MARGIN, right, bottom + 8.0, &keys)?;
    canvas.reach(bottom);
    if !folded.is_empty() {
        let small = Type::of(theme::SMALL).colour(MUTED);
        let lines = small.wrap(&network::not_drawn(reader, &folded), width);
        let after = canvas.lines(MARGIN, bottom + small.size + 4.0, &lines, &small)?;
        canvas.reach(after - small.leading() + small.size * text::DESCENT);
    }
    Ok(Drawn {
        description: network::describe(reader, &whole),
        key: reading(reader),
    })
}

/// A record in which no case has two parties, as a sentence.
fn nobody(reader: &Reader<'_>, canvas: &mut Canvas) -> Result<Drawn> {
    let words = reader.say(&Label::new(
        "No case of the record has two known parties.",
        "Жазбада белгілі екі тарабы бар жағдай жоқ.",
        "В записи нет случая с двумя известными сторонами.",
    ));
    let style = Type::of(theme::BODY);
    let baseline = canvas.height() + style.size + 6.0;
    canvas.text(MARGIN, baseline, &words, &style)?;
    canvas.reach(baseline + 6.0);
    Ok(Drawn {
        description: words,
        key: String::new(),
    })
}

/// Where the actors of a part stand.
fn place<'a>(network: &'a Network, scale: &Scale, width: f64) -> Part<'a> {
    let nodes: Vec<Node<'_>> = network
        .actors
        .iter()
        .map(|actor| {
            let name = text::wrap_at_most(&actor.name, NAMES.size, NAMES.weight, NAME, 4);
            let widest = text::widest(name.iter().map(String::as_str), NAMES.size, NAMES.weight);
            let diameter = scale.diameter(actor.cases);
            let high = diameter * 1.2 + NAMES.leading() * theme::real(name.len()) + 1.5;
            Node {
                actor,
                name,
                diameter,
                size: (widest.max(diameter * 1.2) + 2.0, high),
            }
        })
        .collect();
    let sizes: Vec<(f64, f64)> = nodes.iter().map(|node| node.size).collect();
    let area: f64 = sizes
        .iter()
        .map(|(wide, high)| (wide + GAP) * (high + GAP))
        .sum();
    let widest = sizes.iter().map(|size| size.0).fold(0.0, f64::max);
    let wanted = (area * AIR * 1.6).sqrt().max(2.3 * widest).min(width);
    let tallest = sizes.iter().map(|size| size.1).fold(0.0, f64::max);
    let height = if nodes.len() > 2 {
        area * AIR / wanted
    } else {
        tallest
    };
    let places = stress::place(&network.neighbours());
    let (middles, height) = apart::spread(&places, &sizes, (wanted, height.max(tallest)), GAP);
    Part {
        ties: &network.ties,
        nodes,
        middles,
        size: (wanted, height),
    }
}

fn draw_part(
    reader: &Reader<'_>,
    canvas: &mut Canvas,
    part: &Part<'_>,
    scale: &Scale,
    corner: (f64, f64),
) -> Result<()> {
    let centre = |place: usize| {
        let (node, (x, y)) = (&part.nodes[place], part.middles[place]);
        let mark = y - node.size.1 / 2.0 + node.diameter * 0.6;
        (corner.0 + x, corner.1 + mark)
    };
    // The strongest are drawn last, so that no thin line lies on them.
    for tie in part.ties.iter().rev() {
        let (one, other) = (part.nodes[tie.ends.0].actor, part.nodes[tie.ends.1].actor);
        let ends = [("one", one.id.as_str()), ("other", other.id.as_str())];
        let tooltip = format!(
            "{} – {}: {}",
            one.name,
            other.name,
            shared(reader, tie.cases)
        );
        canvas.group("tie", &tooltip, &ends, |canvas| {
            canvas.line(
                centre(tie.ends.0),
                centre(tie.ends.1),
                &scale.line(tie.cases),
            );
            Ok(())
        })?;
    }
    for (place, node) in part.nodes.iter().enumerate() {
        let (x, y) = centre(place);
        let standing = node
            .actor
            .standing
            .and_then(|standing| reader.codes("one_standing").get(standing));
        let mut data = vec![("party", node.actor.id.as_str())];
        data.extend(standing.map(|(code, _)| ("standing", code.as_str())));
        let mut facts = vec![in_cases(reader, node.actor.cases)];
        facts.extend(standing.map(|(_, label)| reader.say(label)));
        let tooltip = format!("{}: {}", node.actor.name, facts.join("; "));
        canvas.group("party", &tooltip, &data, |canvas| {
            let first = y + node.diameter * 0.6 + NAMES.size * 0.86;
            for (line, words) in node.name.iter().enumerate() {
                let baseline = first + NAMES.leading() * theme::real(line);
                let wide = NAMES.width(words);
                // Paper below a name keeps ties from striking it out.
                let ground = Rect::new(
                    x - wide / 2.0 - 0.6,
                    baseline - NAMES.size * 0.78,
                    wide + 1.2,
                    NAMES.size * 1.02,
                );
                canvas.rect(ground, &Paint::fill(PAPER));
                canvas.text(x, baseline, words, &NAMES.anchor(Anchor::Middle))?;
            }
            let (shape, paint) = scale.mark(node.actor.standing);
            shape.draw(canvas, x, y, node.diameter, &paint);
            Ok(())
        })?;
    }
    canvas.reach(corner.1 + part.size.1);
    Ok(())
}

/// Says that what follows is joined by no case to what is above; returns where it begins.
fn heading(reader: &Reader<'_>, canvas: &mut Canvas, top: f64) -> Result<f64> {
    let style = Type::of(theme::SMALL).colour(MUTED);
    let words = reader.say(&Label::new(
        "Joined to those above by no case:",
        "Жоғарыдағылармен ешбір жағдай байланыстырмайтындар:",
        "Не связаны с ними ни одним случаем:",
    ));
    let right = canvas.width() - MARGIN;
    canvas.line((MARGIN, top), (right, top), &Paint::line(GRID, 0.5));
    let baseline = top + style.size + 3.0;
    canvas.text(MARGIN, baseline, &words, &style)?;
    Ok(baseline + 5.0)
}

fn shared(reader: &Reader<'_>, cases: u64) -> String {
    let text = Label::new(
        "cases in common: {n}",
        "ортақ жағдайлар: {n}",
        "общих случаев: {n}",
    );
    reader.say(&text.fill(&[("n", &Label::plain(cases.to_string()))]))
}

fn in_cases(reader: &Reader<'_>, cases: u64) -> String {
    let text = Label::new("cases: {n}", "жағдайлар: {n}", "случаев: {n}");
    reader.say(&text.fill(&[("n", &Label::plain(cases.to_string()))]))
}

/// Numbers from 1 to the largest that a key shows: the ends and two between.
fn steps(most: u64) -> BTreeSet<u64> {
    [1, most.div_ceil(3), most.div_ceil(2), most]
        .into_iter()
        .filter(|step| *step > 0)
        .collect()
}

fn keys(reader: &Reader<'_>, whole: &Network, scale: &Scale) -> Vec<Key> {
    let (plain, _) = scale.mark(None);
    let size = |cases: u64| Sign::Mark(plain, scale.diameter(cases), Paint::line(INK, 0.6));
    let say = |label: Label| reader.say(&label);
    let mut keys = vec![
        Key {
            heading: say(Label::new("Cases", "Жағдайлар", "Случаи")),
            entries: steps(scale.cases)
                .into_iter()
                .map(|cases| (size(cases), cases.to_string()))
                .collect(),
        },
        Key {
            heading: say(Label::new("In common", "Ортақ", "Общие")),
            entries: steps(scale.shared)
                .into_iter()
                .map(|cases| (Sign::Line(scale.line(cases)), cases.to_string()))
                .collect(),
        },
    ];
    let held: BTreeSet<Option<usize>> = whole.actors.iter().map(|actor| actor.standing).collect();
    if scale.standings > 0 {
        let codes = reader.codes("one_standing");
        let entries = held.into_iter().map(|standing| {
            let (shape, paint) = scale.mark(standing);
            let words = standing.and_then(|place| codes.get(place)).map_or_else(
                || {
                    say(Label::new(
                        "standing unknown",
                        "мәртебесі белгісіз",
                        "статус неизвестен",
                    ))
                },
                |(_, label)| reader.say(label),
            );
            (Sign::Mark(shape, 6.5, paint), words)
        });
        keys.push(Key {
            heading: say(Label::new("Mostly as", "Көбіне", "Чаще как")),
            entries: entries.collect(),
        });
    }
    keys
}

fn reading(reader: &Reader<'_>) -> String {
    reader.say(&Label::new(
        "A mark is an actor, its area as the number of its cases, its shape the standing that it has in most of them; a line joins two that share cases, its width as their number. Actors with the same others lie near each other; directions mean nothing.",
        "Белгі – актор: ауданы жағдайларының санына сай, пішіні – олардың көбіндегі мәртебесі; сызық ортақ жағдайы бар екеуін қосады, ені – сол жағдайлар саны. Басқалары бірдей акторлар бір-біріне жақын; бағыттың мағынасы жоқ.",
        "Знак – актор: площадь соответствует числу его случаев, форма – статус в большинстве из них; линия соединяет двух с общими случаями, ширина – их число. Акторы с одними и теми же другими лежат рядом; направления ничего не значат.",
    ))
}
