//! Keeps the marks of a crowded lane apart: first by levels, then by a small step aside.
//!
//! Twenty rounds in two years lie on one another on an axis of decades. A level for each would
//! keep their dates exact and make the lane as high as ten others; so marks above a few levels
//! step aside, by a distance that is bounded and that the caption names.

use crate::model::label::{Label, Language};

/// How far marks may be moved and stacked.
#[derive(Clone, Copy)]
pub(super) struct Rules {
    /// The least distance between marks of one level.
    pub pitch: f64,
    /// A step aside that is preferred to a further level.
    pub nudge: f64,
    /// The longest step aside.
    pub most: f64,
    /// How many levels are used before marks take longer steps aside than a nudge.
    pub levels: usize,
    /// How many levels there may be; past them marks cover each other.
    pub utmost: usize,
    /// The positions that marks may be moved to.
    pub within: (f64, f64),
}

/// Where a mark is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    /// How far up: 0 is the lowest.
    pub level: usize,
    /// The position, at most [`Rules::most`] from the true one.
    pub x: f64,
}

/// Places marks in the order given: on as few levels as a nudge allows; if those are too many, on
/// [`Rules::levels`] with steps as short as possible; and if these would be too long, on more.
pub(super) fn place(positions: &[f64], rules: &Rules) -> Vec<Place> {
    const STEPS: u32 = 16;
    let mut order: Vec<usize> = (0..positions.len()).collect();
    order.sort_by(|one, other| positions[*one].total_cmp(&positions[*other]));
    let sorted: Vec<f64> = order.iter().map(|&mark| positions[mark]).collect();
    let few = (1..=rules.levels).map(|levels| (levels, rules.nudge));
    let longer = (1..=STEPS).map(|step| {
        let part = f64::from(step) / f64::from(STEPS);
        (
            rules.levels,
            rules.nudge + (rules.most - rules.nudge) * part,
        )
    });
    let more = (rules.levels + 1..=rules.utmost).map(|levels| (levels, rules.most));
    let found = few
        .chain(longer)
        .chain(more)
        .find_map(|(levels, step)| stack(&sorted, levels, step, rules, false));
    let stacked = found
        .or_else(|| stack(&sorted, rules.utmost, rules.most, rules, true))
        .unwrap_or_default();
    let aside = centre(&sorted, &stacked, rules);
    let mut places = vec![Place { level: 0, x: 0.0 }; positions.len()];
    for ((mark, level), x) in order.into_iter().zip(stacked).zip(aside) {
        places[mark] = Place { level, x };
    }
    places
}

/// A level for each of the ascending positions; `None` if some mark would have to step further
/// than `step`, unless it is forced.
///
/// Each mark takes the level on which it can stand farthest left, the lowest of several. As all
/// may step equally far, no other choice needs fewer levels.
fn stack(
    sorted: &[f64],
    levels: usize,
    step: f64,
    rules: &Rules,
    is_forced: bool,
) -> Option<Vec<usize>> {
    /// Positions are rounded to hundredths when drawn.
    const SLACK: f64 = 0.001;
    let mut last = vec![f64::NEG_INFINITY; levels.max(1)];
    let mut chosen = Vec::with_capacity(sorted.len());
    for &position in sorted {
        let left = (position - step).max(rules.within.0);
        let right = (position + step).min(rules.within.1);
        let free = last.iter().map(|end| left.max(end + rules.pitch));
        let (level, x) = free
            .enumerate()
            .min_by(|one, other| one.1.total_cmp(&other.1))?;
        if x > right + SLACK && !is_forced {
            return None;
        }
        last[level] = x.min(right);
        chosen.push(level);
    }
    Some(chosen)
}

/// The position of each mark on its level so that the longest step aside is as short as it can be.
///
/// Less the room that the marks before it take, a mark may not stand left of its neighbour; half
/// way between the greatest before and the least after is the answer with the shortest steps.
fn centre(sorted: &[f64], levels: &[usize], rules: &Rules) -> Vec<f64> {
    let (left, right) = rules.within;
    let mut placed = sorted.to_vec();
    for level in 0..levels.iter().max().map_or(0, |most| most + 1) {
        let marks: Vec<usize> = (0..levels.len())
            .filter(|&mark| levels[mark] == level)
            .collect();
        let mut rooms = Vec::with_capacity(marks.len());
        let (mut room, mut greatest) = (0.0, f64::NEG_INFINITY);
        for &mark in &marks {
            greatest = greatest.max(sorted[mark] - room);
            rooms.push((mark, room, greatest));
            room += rules.pitch;
        }
        let full = right - (room - rules.pitch);
        let mut least = f64::INFINITY;
        for (mark, room, greatest) in rooms.into_iter().rev() {
            let position = sorted[mark];
            least = least.min(position - room);
            let x = f64::midpoint(greatest, least).min(full).max(left) + room;
            placed[mark] = x
                .clamp(position - rules.most, position + rules.most)
                .clamp(left.min(position), right.max(position));
        }
    }
    placed
}

/// A step aside that is so many years on the axis, rounded up, in words: `7 months`.
pub(super) fn in_words(years: f64) -> Label {
    /// Shorter steps are said in days, and steps longer than three years in years.
    const MONTH: f64 = 1.0 / 12.0;
    let (length, one, many) = if years <= MONTH {
        let one = Label::new("{n} day", "{n} күнге", "{n} дня");
        let many = Label::new("{n} days", "{n} күнге", "{n} дней");
        (years * 365.25, one, many)
    } else if years <= 3.0 {
        let one = Label::new("{n} month", "{n} айға", "{n} месяца");
        let many = Label::new("{n} months", "{n} айға", "{n} месяцев");
        (years / MONTH, one, many)
    } else {
        let one = Label::new("{n} year", "{n} жылға", "{n} года");
        let many = Label::new("{n} years", "{n} жылға", "{n} лет");
        (years, one, many)
    };
    let number = format!("{:.0}", length.ceil());
    // Russian has the singular after twenty-one, English does not.
    let ends_in_one = number.ends_with('1') && !number.ends_with("11");
    let label = Label::each(|language| {
        let is_one = number == "1" || ends_in_one && language == Language::Ru;
        let label = if is_one { &one } else { &many };
        label.get(language).to_owned()
    });
    label.fill(&[("n", &Label::plain(number.clone()))])
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: Rules = Rules {
        pitch: 4.0,
        nudge: 1.0,
        most: 6.0,
        levels: 2,
        utmost: 4,
        within: (0.0, 100.0),
    };

    fn levels(positions: &[f64]) -> Vec<usize> {
        let places = place(positions, &RULES);
        places.into_iter().map(|place| place.level).collect()
    }

    #[test]
    fn lonely_marks_stay_down_and_where_they_are() {
        let positions = [20.0, 10.0, 14.0, 0.0];
        let places = place(&positions, &RULES);
        for (place, x) in places.into_iter().zip(positions) {
            assert_eq!(place, Place { level: 0, x });
        }
    }

    #[test]
    fn a_nudge_is_preferred_to_a_level_and_a_level_to_a_long_step() {
        assert_eq!(levels(&[50.0, 53.0]), [0, 0]);
        assert_eq!(levels(&[50.0, 51.0]), [0, 1]);
        assert_eq!(levels(&[50.0; 4]), [0, 1, 0, 1]);
        // Two levels have room for eight marks of one day, twenty need all four, and no more.
        assert_eq!(levels(&[50.0; 8]).into_iter().max(), Some(1));
        assert_eq!(levels(&[50.0; 9]).into_iter().max(), Some(2));
        assert_eq!(levels(&[50.0; 20]).into_iter().max(), Some(3));
    }

    #[test]
    fn marks_keep_apart_stay_within_and_never_step_too_far() {
        let day = |mark: u32| f64::from(mark * mark * 7 % 100);
        for count in 0..40 {
            let positions: Vec<f64> = (0..count).map(day).collect();
            let places = place(&positions, &RULES);
            for (one, (place, position)) in places.iter().zip(&positions).enumerate() {
                assert!((place.x - position).abs() <= RULES.most);
                assert!((0.0..=100.0).contains(&place.x));
                for other in &places[one + 1..] {
                    let apart = (place.x - other.x).abs();
                    assert!(place.level != other.level || apart > RULES.pitch - 0.01);
                }
            }
        }
    }

    #[test]
    fn a_step_is_said_in_a_unit_that_fits_it() {
        let said = |years: f64, language: Language| in_words(years).get(language).to_owned();
        assert_eq!(said(0.5 / 365.25, Language::En), "1 day");
        assert_eq!(said(0.55, Language::En), "7 months");
        assert_eq!(said(0.55, Language::Ru), "7 месяцев");
        assert_eq!(said(1.7, Language::Ru), "21 месяца");
        assert_eq!(said(10.2, Language::Ru), "11 лет");
        assert_eq!(said(20.2, Language::Kk), "21 жылға");
    }

    #[test]
    fn marks_at_the_edge_step_inwards() {
        for edge in [0.0, 100.0] {
            let places = place(&[edge; 6], &RULES);
            assert!(places.iter().all(|place| (0.0..=100.0).contains(&place.x)));
            assert!(places.iter().any(|place| (place.x - edge).abs() > 3.9));
        }
    }
}
