//! Places the actors of a network so that their distances on paper are as near as may be to their
//! distances along ties: majorisation of stress, from a fixed start and without chance.
//!
//! # References
//!
//! Gansner, Koren and North (2004), Graph Drawing by Stress Majorization, GD 2004.

use std::collections::BTreeSet;
use std::f64::consts::TAU;

use crate::render::theme::real;

/// More rounds than it takes to come to rest.
const ROUNDS: usize = 400;

/// A place for each actor of a connected network, in no unit, about the origin; the long axis lies
/// level. `neighbours` says with whom each is tied.
///
/// Ties of actors that have the same others are short, ties of a hub long (Gansner, Koren and North
/// 2004, section 3), so that a hub does not draw everything to itself. Of three starts on a circle the
/// one that ends with the least stress is taken. None gives none, one actor the origin.
pub(super) fn place(neighbours: &[BTreeSet<usize>]) -> Vec<(f64, f64)> {
    let distances = distances(neighbours);
    let count = neighbours.len();
    let by_degree = {
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|&actor| (neighbours[actor].len(), actor));
        order
    };
    let mut best: Option<(f64, Vec<(f64, f64)>)> = None;
    for order in [(0..count).collect(), by_degree, walk(neighbours)] {
        let places = settle(circle(&order), &distances);
        let stress = stress(&places, &distances);
        if best
            .as_ref()
            .is_none_or(|(least, _)| stress < *least - 1e-9)
        {
            best = Some((stress, places));
        }
    }
    level(&best.map(|(_, places)| places).unwrap_or_default())
}

/// The actors in the order in which a walk from the first comes upon them.
fn walk(neighbours: &[BTreeSet<usize>]) -> Vec<usize> {
    let mut order = Vec::new();
    let mut next: Vec<usize> = (0..neighbours.len()).rev().collect();
    let mut is_seen = vec![false; neighbours.len()];
    while let Some(actor) = next.pop() {
        if !std::mem::replace(&mut is_seen[actor], true) {
            order.push(actor);
            next.extend(neighbours[actor].iter().rev());
        }
    }
    order
}

/// Places on a circle, in that order.
fn circle(order: &[usize]) -> Vec<(f64, f64)> {
    let mut places = vec![(0.0, 0.0); order.len()];
    for (step, &actor) in order.iter().enumerate() {
        let angle = TAU * real(step) / real(order.len());
        places[actor] = (angle.cos(), angle.sin());
    }
    places
}

/// The shortest ways between every two actors (Floyd 1962).
fn distances(neighbours: &[BTreeSet<usize>]) -> Vec<Vec<f64>> {
    let count = neighbours.len();
    let mut distances = vec![vec![f64::INFINITY; count]; count];
    for one in 0..count {
        distances[one][one] = 0.0;
        for &other in &neighbours[one] {
            let own = neighbours[one].symmetric_difference(&neighbours[other]);
            distances[one][other] = real(own.count()).max(1.0).sqrt();
        }
    }
    for through in 0..count {
        for one in 0..count {
            for other in 0..count {
                let way = distances[one][through] + distances[through][other];
                distances[one][other] = distances[one][other].min(way);
            }
        }
    }
    distances
}

/// Every place moved, round by round, to where the others would have it.
fn settle(mut places: Vec<(f64, f64)>, distances: &[Vec<f64>]) -> Vec<(f64, f64)> {
    for _ in 0..ROUNDS {
        for one in 0..places.len() {
            let (x, y) = places[one];
            let (mut sum, mut weights) = ((0.0, 0.0), 0.0);
            for (other, (at_x, at_y)) in places.iter().enumerate() {
                let wanted = distances[one][other];
                if other == one || !wanted.is_finite() {
                    continue;
                }
                let apart = (x - at_x).hypot(y - at_y);
                let scale = if apart > 1e-9 { wanted / apart } else { 0.0 };
                let weight = 1.0 / (wanted * wanted);
                sum.0 += weight * (at_x + scale * (x - at_x));
                sum.1 += weight * (at_y + scale * (y - at_y));
                weights += weight;
            }
            if weights > 0.0 {
                places[one] = (sum.0 / weights, sum.1 / weights);
            }
        }
    }
    places
}

/// How far distances on paper are from those along ties, each relative to its length.
fn stress(places: &[(f64, f64)], distances: &[Vec<f64>]) -> f64 {
    let mut sum = 0.0;
    for (one, (x, y)) in places.iter().enumerate() {
        for (other, (at_x, at_y)) in places.iter().enumerate().skip(one + 1) {
            let wanted = distances[one][other];
            if wanted.is_finite() {
                sum += ((x - at_x).hypot(y - at_y) / wanted - 1.0).powi(2);
            }
        }
    }
    sum
}

/// The same about the origin, turned so that the axis along which they spread most lies level.
fn level(places: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let count = real(places.len().max(1));
    let sum = |of: fn(&(f64, f64)) -> f64| places.iter().map(of).sum::<f64>() / count;
    let (middle_x, middle_y) = (sum(|place| place.0), sum(|place| place.1));
    let about: Vec<(f64, f64)> = places
        .iter()
        .map(|(x, y)| (x - middle_x, y - middle_y))
        .collect();
    let moment = |of: fn(&(f64, f64)) -> f64| about.iter().map(of).sum::<f64>();
    let spread = moment(|(x, y)| x * x - y * y);
    let angle = 0.5 * (2.0 * moment(|(x, y)| x * y)).atan2(spread);
    let (sine, cosine) = angle.sin_cos();
    about
        .iter()
        .map(|(x, y)| (x * cosine + y * sine, y * cosine - x * sine))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ties(count: usize, ties: &[(usize, usize)]) -> Vec<BTreeSet<usize>> {
        let mut neighbours = vec![BTreeSet::new(); count];
        for &(one, other) in ties {
            neighbours[one].insert(other);
            neighbours[other].insert(one);
        }
        neighbours
    }

    #[test]
    fn a_chain_lies_level_and_in_order() {
        let places = place(&ties(4, &[(0, 1), (1, 2), (2, 3)]));
        let across: Vec<f64> = places.iter().map(|place| place.0).collect();
        let is_ordered = across.is_sorted() || across.iter().rev().is_sorted();
        assert!(is_ordered, "{places:?}");
        assert!(places.iter().all(|place| place.1.abs() < 0.2), "{places:?}");
    }

    #[test]
    fn those_with_the_same_others_are_nearer_than_a_hub() {
        // Two triangles that share the hub 0.
        let places = place(&ties(5, &[(0, 1), (0, 2), (1, 2), (0, 3), (0, 4), (3, 4)]));
        let apart = |one: usize, other: usize| {
            (places[one].0 - places[other].0).hypot(places[one].1 - places[other].1)
        };
        assert!(apart(1, 2) < apart(1, 3) && apart(3, 4) < apart(2, 4));
        assert!(apart(0, 1) < apart(1, 3));
    }

    #[test]
    fn none_and_one_have_their_places() {
        assert!(place(&[]).is_empty());
        assert_eq!(place(&ties(1, &[])), [(0.0, 0.0)]);
    }
}
