//! Moves boxes apart that cover each other, as little as may be.

/// The room that is grown when boxes do not fit, as a factor of its height.
const GROWTH: f64 = 1.12;

/// Middles of boxes of those `sizes` that keep `gap` between them within `width`, and the height that
/// they take; `places` says, in no unit, where they would be.
///
/// The places are stretched over `width` and `height`, then boxes that cover each other are pushed
/// apart along the shorter way; where that does not end, the height grows. Boxes wider than `width`
/// stick out of it.
pub(super) fn spread(
    places: &[(f64, f64)],
    sizes: &[(f64, f64)],
    (width, mut height): (f64, f64),
    gap: f64,
) -> (Vec<(f64, f64)>, f64) {
    for _ in 0..40 {
        let mut middles = stretch(places, sizes, (width, height));
        if push(&mut middles, sizes, (width, height), gap) {
            return (middles, height);
        }
        height *= GROWTH;
    }
    rows(sizes, width, gap)
}

/// A length within which a middle may be, for a box of that side.
fn clamp(at: f64, side: f64, room: f64) -> f64 {
    at.clamp(
        (side / 2.0).min(room / 2.0),
        (room - side / 2.0).max(room / 2.0),
    )
}

/// The places as far apart as the room allows.
fn stretch(places: &[(f64, f64)], sizes: &[(f64, f64)], room: (f64, f64)) -> Vec<(f64, f64)> {
    let scaled = |of: fn(&(f64, f64)) -> f64, room: f64| -> Vec<f64> {
        let (low, high) = places
            .iter()
            .map(of)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| {
                (low.min(at), high.max(at))
            });
        let sides = sizes.iter().map(of);
        places
            .iter()
            .map(of)
            .zip(sides)
            .map(|(at, side)| {
                let share = if high - low > 1e-6 {
                    (at - low) / (high - low)
                } else {
                    0.5
                };
                side / 2.0 + share * (room - side).max(0.0)
            })
            .collect()
    };
    let across = scaled(|place| place.0, room.0);
    across
        .into_iter()
        .zip(scaled(|place| place.1, room.1))
        .collect()
}

/// Pushes boxes apart until none covers another; `false` if that does not end.
fn push(middles: &mut [(f64, f64)], sizes: &[(f64, f64)], room: (f64, f64), gap: f64) -> bool {
    for _ in 0..300 {
        let mut is_apart = true;
        for one in 0..middles.len() {
            for other in one + 1..middles.len() {
                let side = |of: fn(&(f64, f64)) -> f64| {
                    f64::midpoint(of(&sizes[one]), of(&sizes[other])) + gap
                };
                let (from_x, from_y) = (
                    middles[other].0 - middles[one].0,
                    middles[other].1 - middles[one].1,
                );
                let over_x = side(|size| size.0) - from_x.abs();
                let over_y = side(|size| size.1) - from_y.abs();
                if over_x <= 0.0 || over_y <= 0.0 {
                    continue;
                }
                is_apart = false;
                // A hair more than half, so that rounding does not bring them together again.
                let step = |over: f64, from: f64| (over / 2.0 + 0.01).copysign(from);
                let (x, y) = if over_x < over_y {
                    (step(over_x, from_x), 0.0)
                } else {
                    (0.0, step(over_y, from_y))
                };
                for (place, sign) in [(one, -1.0), (other, 1.0)] {
                    let (at, size) = (middles[place], sizes[place]);
                    middles[place] = (
                        clamp(at.0 + sign * x, size.0, room.0),
                        clamp(at.1 + sign * y, size.1, room.1),
                    );
                }
            }
        }
        if is_apart {
            return true;
        }
    }
    false
}

/// The boxes in rows from left to right, which always fit.
pub(super) fn rows(sizes: &[(f64, f64)], width: f64, gap: f64) -> (Vec<(f64, f64)>, f64) {
    let (mut x, mut top, mut tall) = (0.0, 0.0, 0.0_f64);
    let mut middles = Vec::new();
    for (wide, high) in sizes {
        if x > 0.0 && x + wide > width {
            (x, top, tall) = (0.0, top + tall + gap, 0.0);
        }
        middles.push((x + wide / 2.0, top + high / 2.0));
        x += wide + gap;
        tall = tall.max(*high);
    }
    (middles, top + tall)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_keep_apart_and_inside_however_they_lie() {
        for count in 0..40_u32 {
            let at = |box_: u32| (f64::from(box_ * box_ % 7), f64::from(box_ % 3));
            let places: Vec<(f64, f64)> = (0..count).map(at).collect();
            let sizes: Vec<(f64, f64)> = (0..count)
                .map(|box_| (20.0 + f64::from(box_ % 5) * 9.0, 14.0))
                .collect();
            let (middles, height) = spread(&places, &sizes, (200.0, 60.0), 2.0);
            for one in 0..middles.len() {
                let ((x, y), (wide, high)) = (middles[one], sizes[one]);
                assert!(x >= wide / 2.0 - 1e-9 && x <= 200.0 - wide / 2.0 + 1e-9);
                assert!(y >= high / 2.0 - 1e-9 && y <= height - high / 2.0 + 1e-9);
                for other in one + 1..middles.len() {
                    let across = (x - middles[other].0).abs();
                    let down = (y - middles[other].1).abs();
                    let free =
                        across >= f64::midpoint(wide, sizes[other].0) + 1.9 || down >= 14.0 + 1.9;
                    assert!(free, "{count}: {one} covers {other}");
                }
            }
        }
    }
}
