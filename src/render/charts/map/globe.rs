//! A part of the earth on paper: an equal-area projection fitted to places, and the land below them.
//!
//! Cylindrical and equal-area (Lambert 1772), true to scale at the middle latitude: any part of the
//! earth is a rectangle in it, which fits a page and needs no clipping of curves. Only the outlines of
//! the land are drawn. Borders of states would take a side in some of the disputes that the map is
//! about.

use crate::render::canvas::Rect;
use crate::render::theme::real;

/// The outlines of the land; its source is stated in the file.
const LAND: &str = include_str!("../../assets/land.txt");
/// Units of the file in a degree.
const UNIT: f64 = 20.0;
/// A gap of more than this share of all longitudes may have a few places beyond it.
const GAP: f64 = 0.35;
/// And so has only a gap of more than this many degrees.
const WIDE: f64 = 30.0;
/// The few are at most this share of all places.
const FEW: f64 = 0.2;
/// No map is narrower or lower than this many degrees.
const LEAST: f64 = 14.0;
/// Nearer to the poles nothing is to be seen.
const POLE: f64 = 84.0;

/// A place by its latitude and longitude in degrees.
pub(super) type Degrees = (f64, f64);

/// The side on which a place lies beyond the edge of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beyond {
    /// West of it.
    West,
    /// East of it.
    East,
}

/// A part of the earth on paper.
#[derive(Debug)]
pub(super) struct Globe {
    /// The room that it takes.
    pub rect: Rect,
    /// The latitude at which it is true to scale, in degrees.
    pub latitude: f64,
    west: f64,
    east: f64,
    south: f64,
    north: f64,
}

impl Globe {
    /// The map of these places from `left` and `top`, `width` wide and between the two `heights` high.
    ///
    /// A few places that a wide gap of longitudes parts from all others are left to be named at the
    /// edge, since the others would be a heap if the map had to reach them.
    pub(super) fn fit(
        places: &[Degrees],
        (left, top, width): (f64, f64, f64),
        heights: (f64, f64),
    ) -> Self {
        let mut longitudes = unrolled(places);
        for _ in 0..2 {
            longitudes = without_few(longitudes);
        }
        let (first, last) = ends(longitudes.iter().copied());
        let kept = places.iter().filter(|(_, longitude)| {
            let along = (longitude - first).rem_euclid(360.0);
            along <= last - first + 1e-9 || along > 360.0 - 1e-9
        });
        let (south, north) = ends(kept.map(|(latitude, _)| latitude.clamp(-POLE, POLE)));
        let wide = |low: f64, high: f64| {
            let more = ((LEAST - (high - low)) / 2.0).max(0.0) + (high - low) * 0.04 + 1.5;
            (low - more, high + more)
        };
        let (mut west, mut east) = wide(first, last);
        let (south, north) = wide(south, north);
        let (south, north) = (south.max(-POLE - 4.0), north.min(POLE + 4.0));
        // On both sides of the equator the middle says little: what is far from it would be flat.
        let middle = f64::midpoint(south, north);
        let far = 0.6 * south.abs().max(north.abs());
        let latitude = middle.abs().max(far).round().min(70.0).copysign(middle);
        let stretch = latitude.to_radians().cos();
        let (mut low, mut high) = (height(south, stretch), height(north, stretch));
        let across = |degrees: f64| degrees.to_radians() * stretch;
        if east - west > 360.0 {
            (west, east) = (
                f64::midpoint(west, east) - 180.0,
                f64::midpoint(west, east) + 180.0,
            );
        }
        let mut scale = width / across(east - west);
        if scale * (high - low) > heights.1 {
            scale = heights.1 / (high - low);
            let degrees = (width / scale / stretch).to_degrees().min(360.0);
            let middle = f64::midpoint(west, east);
            (west, east) = (middle - degrees / 2.0, middle + degrees / 2.0);
        } else if scale * (high - low) < heights.0 {
            let more = (heights.0 / scale - (high - low)) / 2.0;
            let pole = height(90.0, stretch);
            (low, high) = ((low - more).max(-pole), (high + more).min(pole));
        }
        let wide = scale * across(east - west);
        let parallel = |high: f64| (high * stretch).clamp(-1.0, 1.0).asin().to_degrees();
        Self {
            rect: Rect::new(left + (width - wide) / 2.0, top, wide, scale * (high - low)),
            latitude,
            west,
            east,
            south: parallel(low),
            north: parallel(high),
        }
    }

    /// Where a place is on paper, or beyond which edge and how high it would be.
    pub(super) fn at(&self, (latitude, longitude): Degrees) -> Result<(f64, f64), (Beyond, f64)> {
        let along = (longitude - self.west).rem_euclid(360.0);
        let (x, y) = self.project((latitude, self.west + along));
        if along <= self.east - self.west {
            return Ok((x, y));
        }
        let is_nearer_east = along - (self.east - self.west) < 360.0 - along;
        Err((
            if is_nearer_east {
                Beyond::East
            } else {
                Beyond::West
            },
            y,
        ))
    }

    fn project(&self, (latitude, longitude): Degrees) -> (f64, f64) {
        let stretch = self.latitude.to_radians().cos();
        let across = (longitude - self.west) / (self.east - self.west);
        let (low, high) = (height(self.south, stretch), height(self.north, stretch));
        let up = (height(latitude, stretch) - low) / (high - low);
        let up = up.clamp(0.0, 1.0);
        (
            self.rect.x + across * self.rect.width,
            self.rect.bottom() - up * self.rect.height,
        )
    }

    /// The outlines on this part of the earth, each with whether it is land; waters lie on the land
    /// before them.
    pub(super) fn land(&self) -> Vec<(bool, Vec<(f64, f64)>)> {
        let mut outlines = Vec::new();
        for line in LAND.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split(' ');
            let is_land = words.next() == Some("land");
            let ring: Vec<Degrees> = words
                .filter_map(|word| {
                    let (longitude, latitude) = word.split_once(',')?;
                    let degrees = |text: &str| text.parse::<f64>().ok().map(|number| number / UNIT);
                    Some((degrees(latitude)?, degrees(longitude)?))
                })
                .collect();
            // The map may begin anywhere, the rings of the file lie about Greenwich.
            for turn in [-360.0, 0.0, 360.0, 720.0] {
                let turned = ring
                    .iter()
                    .map(|(latitude, longitude)| (*latitude, longitude + turn));
                let inside = self.clip(turned.collect());
                if inside.len() > 2 {
                    outlines.push((
                        is_land,
                        inside.into_iter().map(|at| self.project(at)).collect(),
                    ));
                }
            }
        }
        outlines
    }

    /// The part of a ring on this part of the earth (Sutherland and Hodgman 1974).
    fn clip(&self, ring: Vec<Degrees>) -> Vec<Degrees> {
        // How far inside each edge a place is.
        let edges: [&dyn Fn(Degrees) -> f64; 4] = [
            &|at| at.1 - self.west,
            &|at| self.east - at.1,
            &|at| at.0 - self.south,
            &|at| self.north - at.0,
        ];
        edges.iter().fold(ring, |ring, inside| {
            let mut kept = Vec::new();
            for (place, &at) in ring.iter().enumerate() {
                let before = ring[(place + ring.len() - 1) % ring.len()];
                let (was, is) = (inside(before), inside(at));
                if (was < 0.0) != (is < 0.0) {
                    let share = was / (was - is);
                    kept.push((
                        before.0 + (at.0 - before.0) * share,
                        before.1 + (at.1 - before.1) * share,
                    ));
                }
                if is >= 0.0 {
                    kept.push(at);
                }
            }
            kept
        })
    }
}

/// The height of a latitude above the equator, in radii of the earth.
fn height(latitude: f64, stretch: f64) -> f64 {
    latitude.to_radians().sin() / stretch
}

/// The lowest and the highest; 0 and 0 of none.
fn ends(numbers: impl Iterator<Item = f64>) -> (f64, f64) {
    numbers
        .map(|number| (number, number))
        .reduce(|(low, high), (number, _)| (low.min(number), high.max(number)))
        .unwrap_or_default()
}

/// The longitudes from west to east, beginning after the widest gap of the circle.
fn unrolled(places: &[Degrees]) -> Vec<f64> {
    let mut around: Vec<f64> = places
        .iter()
        .map(|place| place.1.rem_euclid(360.0))
        .collect();
    around.sort_by(f64::total_cmp);
    let gap = |place: usize| {
        let before = if place == 0 {
            around.last().map(|last| last - 360.0)
        } else {
            around.get(place - 1).copied()
        };
        around[place] - before.unwrap_or(0.0)
    };
    let start = (0..around.len()).max_by(|one, other| gap(*one).total_cmp(&gap(*other)));
    let Some(start) = start else {
        return Vec::new();
    };
    let turned = around[..start].iter().map(|longitude| longitude + 360.0);
    around[start..].iter().copied().chain(turned).collect()
}

/// The same without a few at one end that a wide gap parts from the rest.
fn without_few(longitudes: Vec<f64>) -> Vec<f64> {
    let (first, last) = ends(longitudes.iter().copied());
    let wide = (GAP * (last - first)).max(WIDE);
    let gaps = longitudes.windows(2).enumerate();
    let parted = gaps.filter(|(_, pair)| pair[1] - pair[0] > wide);
    let few = FEW * real(longitudes.len());
    for (place, _) in parted {
        let (west, east) = longitudes.split_at(place + 1);
        for (part, rest) in [(west, east), (east, west)] {
            if real(part.len()) <= few {
                return rest.to_vec();
            }
        }
    }
    longitudes
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: (f64, f64, f64) = (0.0, 0.0, 400.0);

    #[test]
    fn equal_areas_of_the_earth_are_equal_on_paper() {
        // Zones of one degree in both directions have areas as the difference of sines.
        let globe = Globe::fit(&[(10.0, 0.0), (70.0, 60.0)], ROOM, (100.0, 400.0));
        let area = |latitude: f64| {
            let (x, y) = globe.at((latitude, 10.0)).unwrap();
            let (right, top) = globe.at((latitude + 1.0, 11.0)).unwrap();
            (right - x) * (y - top)
        };
        let on_earth =
            |latitude: f64| (latitude + 1.0).to_radians().sin() - latitude.to_radians().sin();
        let ratio = area(20.0) / area(60.0);
        assert!(
            (ratio - on_earth(20.0) / on_earth(60.0)).abs() < 1e-9,
            "{ratio}"
        );
    }

    #[test]
    fn places_on_both_sides_of_the_date_line_are_near() {
        let globe = Globe::fit(&[(-18.0, 178.0), (-14.0, -172.0)], ROOM, (100.0, 300.0));
        let (fiji, samoa) = (
            globe.at((-18.0, 178.0)).unwrap(),
            globe.at((-14.0, -172.0)).unwrap(),
        );
        assert!(fiji.0 < samoa.0 && samoa.0 - fiji.0 < 300.0);
        assert!(!globe.land().is_empty());
    }

    #[test]
    fn a_few_far_places_are_beyond_the_edge() {
        let mut places: Vec<Degrees> = (0..10)
            .map(|place| (45.0, 40.0 + f64::from(place) * 3.0))
            .collect();
        places.push((40.0, -74.0));
        let globe = Globe::fit(&places, ROOM, (100.0, 300.0));
        assert!(matches!(globe.at((40.0, -74.0)), Err((Beyond::West, _))));
        assert!(places[..10].iter().all(|place| globe.at(*place).is_ok()));
    }

    #[test]
    fn land_is_where_it_is() {
        let globe = Globe::fit(&[(36.0, 44.0), (48.0, 56.0)], ROOM, (100.0, 400.0));
        let inside = |at: Degrees| {
            let (x, y) = globe.at(at).unwrap();
            let mut is_land = false;
            for (kind, ring) in globe.land() {
                let crossings = (0..ring.len()).filter(|&place| {
                    let (one, other) = (ring[place], ring[(place + 1) % ring.len()]);
                    (one.1 > y) != (other.1 > y)
                        && x < one.0 + (y - one.1) / (other.1 - one.1) * (other.0 - one.0)
                });
                if crossings.count() % 2 == 1 {
                    is_land = kind;
                }
            }
            is_land
        };
        // Yerevan, Tbilisi; the middle of the Caspian Sea.
        assert!(inside((40.2, 44.5)) && inside((41.7, 44.8)));
        assert!(!inside((41.5, 51.0)));
    }
}
