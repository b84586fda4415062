//! Names beside marks that lie anywhere: near where there is room, at the end of a thin line where
//! there is none.

use std::f64::consts::TAU;

use crate::render::canvas::Rect;
use crate::render::theme::real;

/// A mark that wants a name.
pub(super) struct Wanted {
    /// The middle of the mark.
    pub at: (f64, f64),
    /// Half its width.
    pub radius: f64,
    /// The width and height of the name.
    pub size: (f64, f64),
}

/// Where a name stands.
pub(super) struct Found {
    /// The room of the name.
    pub room: Rect,
    /// The line from the mark to a name that stands off.
    pub lead: Option<Line>,
}

type Point = (f64, f64);
type Line = (Point, Point);

/// Between names, and between a name and a mark.
const GAP: f64 = 1.6;
/// Ways out of a mark; the first is to the right, where names are looked for.
const WAYS: usize = 24;
/// How far a name goes, in steps.
const STEPS: usize = 16;
/// The length of a step.
const STEP: f64 = 6.0;

/// Finds room for each name in turn, the first first; `None` where there is none.
///
/// No name covers a mark, another name, one of the `taken` rooms or a line to a name, and none leaves
/// `within`.
pub(super) fn place(wanted: &[Wanted], taken: &[Rect], within: Rect) -> Vec<Option<Found>> {
    let marks: Vec<Rect> = wanted
        .iter()
        .map(|mark| about(mark.at, (2.0 * mark.radius, 2.0 * mark.radius)))
        .collect();
    let mut rooms: Vec<Rect> = taken.to_vec();
    let mut leads: Vec<Line> = Vec::new();
    let mut found = Vec::new();
    for (own, mark) in wanted.iter().enumerate() {
        let is_free = |place: &Found| {
            let room = place.room;
            let others = marks.iter().enumerate().filter(|(other, _)| *other != own);
            let is_inside = room.x >= within.x
                && room.y >= within.y
                && room.right() <= within.right()
                && room.bottom() <= within.bottom();
            let is_clear = |line: &Line| {
                !rooms.iter().any(|other| meets(line, other))
                    && !others.clone().any(|(_, other)| meets(line, other))
                    && !leads.iter().any(|other| crosses(line, other))
            };
            is_inside
                && !rooms.iter().any(|other| covers(&room, other))
                && !marks.iter().any(|other| covers(&room, other))
                && !leads.iter().any(|line| meets(line, &room))
                && place.lead.as_ref().is_none_or(is_clear)
        };
        let place = candidates(mark).find(is_free);
        rooms.extend(place.as_ref().map(|place| place.room));
        leads.extend(place.as_ref().and_then(|place| place.lead));
        found.push(place);
    }
    found
}

/// The places where a name may stand, the best first.
fn candidates(mark: &Wanted) -> impl Iterator<Item = Found> + '_ {
    (0..STEPS).flat_map(move |step| {
        (0..WAYS).map(move |way| {
            // Right, left, then by turns upwards and downwards from the right.
            let turn = match way {
                0 => 0.0,
                1 => 0.5,
                way => {
                    let share = real(way / 2) / real(WAYS);
                    if way % 2 == 0 { -share } else { share }
                }
            };
            let (down, across) = (TAU * turn).sin_cos();
            let away = mark.radius + GAP + 0.2 + STEP * real(step);
            let (wide, high) = mark.size;
            let middle = (
                mark.at.0 + across * (away + wide / 2.0),
                mark.at.1 + down * (away + high / 2.0),
            );
            let room = about(middle, mark.size);
            let lead = (step > 0).then(|| {
                // Sideways to the middle of the letters, up and down to their edge.
                let aside = mark.at.0 < room.x || mark.at.0 > room.right();
                let inset = if aside { high * 0.3 } else { 0.0 };
                let near = (
                    mark.at.0.clamp(room.x, room.right()),
                    mark.at.1.clamp(room.y + inset, room.bottom() - inset),
                );
                let way = (near.0 - mark.at.0, near.1 - mark.at.1);
                let long = way.0.hypot(way.1).max(1e-6);
                let along = |length: f64| {
                    let share = length / long;
                    (mark.at.0 + way.0 * share, mark.at.1 + way.1 * share)
                };
                (along(mark.radius), along(long - 0.9))
            });
            Found { room, lead }
        })
    })
}

/// The rectangle of that size about a point.
fn about((x, y): Point, (wide, high): (f64, f64)) -> Rect {
    Rect::new(x - wide / 2.0, y - high / 2.0, wide, high)
}

/// Are two rooms nearer than the gap?
fn covers(one: &Rect, other: &Rect) -> bool {
    one.x < other.right() + GAP
        && other.x < one.right() + GAP
        && one.y < other.bottom() + GAP / 2.0
        && other.y < one.bottom() + GAP / 2.0
}

/// Does a line run through a room?
fn meets((from, to): &Line, room: &Rect) -> bool {
    const POINTS: usize = 40;
    (0..=POINTS).any(|point| {
        let share = real(point) / real(POINTS);
        let (x, y) = (
            from.0 + (to.0 - from.0) * share,
            from.1 + (to.1 - from.1) * share,
        );
        x > room.x - 0.8 && x < room.right() + 0.8 && y > room.y - 0.8 && y < room.bottom() + 0.8
    })
}

/// Do two lines cross?
fn crosses(one: &Line, other: &Line) -> bool {
    let side = |line: &Line, point: Point| {
        let ((x, y), (to_x, to_y)) = *line;
        (to_x - x) * (point.1 - y) - (to_y - y) * (point.0 - x)
    };
    side(one, other.0) * side(one, other.1) <= 0.0 && side(other, one.0) * side(other, one.1) <= 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_heap_of_marks_keep_apart() {
        let wanted: Vec<Wanted> = (0..12_u32)
            .map(|mark| Wanted {
                at: (
                    100.0 + f64::from(mark * 7 % 5) * 6.0,
                    100.0 + f64::from(mark * 5 % 7) * 6.0,
                ),
                radius: 2.0,
                size: (30.0, 8.0),
            })
            .collect();
        let within = Rect::new(0.0, 0.0, 200.0, 200.0);
        let found = place(&wanted, &[], within);
        let rooms: Vec<Rect> = found.iter().flatten().map(|found| found.room).collect();
        assert!(rooms.len() >= 10, "{}", rooms.len());
        for (one, room) in rooms.iter().enumerate() {
            assert!(rooms[one + 1..].iter().all(|other| !covers(room, other)));
        }
    }

    #[test]
    fn a_lonely_mark_has_its_name_at_its_right_without_a_line() {
        let wanted = [Wanted {
            at: (50.0, 50.0),
            radius: 2.0,
            size: (30.0, 8.0),
        }];
        let found = place(&wanted, &[], Rect::new(0.0, 0.0, 100.0, 100.0));
        let found = found[0].as_ref().unwrap();
        assert!(found.room.x > 52.0 && found.lead.is_none());
        assert!(place(&wanted, &[], Rect::new(0.0, 0.0, 10.0, 10.0))[0].is_none());
    }
}
