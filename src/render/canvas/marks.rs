//! Marks that plotters has not, or draws wrongly: shapes told apart at two millimetres, intervals,
//! arrows, and the scale of an ordered code.

use super::{Canvas, Paint, Rect};
use crate::render::theme::{self, Colour};

/// A shape that is told from the others without colour, even when small.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// ●
    Circle,
    /// ■
    Square,
    /// ▲
    Triangle,
    /// ◆
    Diamond,
    /// ▼
    Wedge,
    /// A plus sign with thick arms.
    Plus,
    /// A standing bar.
    Bar,
    /// A star with four points.
    Star,
}

impl Shape {
    /// Every shape, the most distinct first.
    pub const ALL: [Self; 8] = [
        Self::Circle,
        Self::Square,
        Self::Triangle,
        Self::Diamond,
        Self::Wedge,
        Self::Plus,
        Self::Bar,
        Self::Star,
    ];

    /// The shape of the code at `position`; codes past the last shape share it.
    #[must_use]
    pub fn at(position: usize) -> Self {
        Self::ALL[position.min(Self::ALL.len() - 1)]
    }

    /// Draws it about a centre; `size` is the diameter of the circle, and the other shapes have
    /// about its area.
    pub fn draw(self, canvas: &mut Canvas, x: f64, y: f64, size: f64, paint: &Paint) {
        let unit = size / 2.0;
        let corners = |way: &[(f64, f64)]| -> Vec<(f64, f64)> {
            way.iter()
                .map(|(across, down)| (x + across * unit, y + down * unit))
                .collect()
        };
        let way = match self {
            Self::Circle => return canvas.circle(x, y, unit, paint),
            Self::Square => corners(&[(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)]),
            Self::Triangle => corners(&[(0.0, -1.08), (1.1, 0.88), (-1.1, 0.88)]),
            Self::Diamond => corners(&[(0.0, -1.18), (1.1, 0.0), (0.0, 1.18), (-1.1, 0.0)]),
            Self::Wedge => corners(&[(0.0, 1.08), (1.1, -0.88), (-1.1, -0.88)]),
            Self::Plus => {
                let (arm, reach) = (0.38, 1.1);
                corners(&[
                    (-arm, -reach),
                    (arm, -reach),
                    (arm, -arm),
                    (reach, -arm),
                    (reach, arm),
                    (arm, arm),
                    (arm, reach),
                    (-arm, reach),
                    (-arm, arm),
                    (-reach, arm),
                    (-reach, -arm),
                    (-arm, -arm),
                ])
            }
            Self::Bar => corners(&[(-0.42, -1.1), (0.42, -1.1), (0.42, 1.1), (-0.42, 1.1)]),
            Self::Star => corners(&[
                (0.0, -1.25),
                (0.38, -0.38),
                (1.25, 0.0),
                (0.38, 0.38),
                (0.0, 1.25),
                (-0.38, 0.38),
                (-1.25, 0.0),
                (-0.38, -0.38),
            ]),
        };
        canvas.path(&way, true, paint);
    }
}

/// Draws a standing interval with short ends.
pub fn interval(canvas: &mut Canvas, x: f64, low: f64, high: f64, cap: f64, paint: &Paint) {
    canvas.line((x, low), (x, high), paint);
    for end in [low, high] {
        canvas.line((x - cap, end), (x + cap, end), paint);
    }
}

/// Draws a lying interval with short ends.
pub fn lying_interval(canvas: &mut Canvas, y: f64, low: f64, high: f64, cap: f64, paint: &Paint) {
    canvas.line((low, y), (high, y), paint);
    for end in [low, high] {
        canvas.line((end, y - cap), (end, y + cap), paint);
    }
}

/// Draws a small arrowhead pointing right with its tip at `x`, or left if `size` is negative.
pub fn arrowhead(canvas: &mut Canvas, x: f64, y: f64, size: f64, paint: &Paint) {
    let way = [
        (x, y),
        (x - size, y - size * 0.62),
        (x - size, y + size * 0.62),
    ];
    canvas.path(&way, true, paint);
}

/// Hatches a rectangle: nothing is known there. Nothing if it is narrower than half a point.
pub fn hatch(canvas: &mut Canvas, rect: Rect) {
    const STEP: f64 = 3.0;
    if rect.width < 0.5 {
        return;
    }
    canvas.rect(rect, &Paint::fill(theme::FAINT));
    let mut foot = rect.x - rect.height + STEP / 2.0;
    while foot < rect.right() {
        let (from, until) = (
            (rect.x - foot).max(0.0),
            (rect.right() - foot).min(rect.height),
        );
        let at = |along: f64| (foot + along, rect.bottom() - along);
        canvas.line(at(from), at(until), &Paint::line(theme::GRID, 0.5));
        foot += STEP;
    }
}

/// The width of [`scale`] for that many codes, in points.
#[must_use]
pub fn scale_width(count: usize) -> f64 {
    (theme::real(count) * 2.3).min(30.0)
}

/// Draws the place of a code among ordered codes: as many steps as there are codes, filled up to
/// and including `position`. It repeats in form what colour says.
pub fn scale(
    canvas: &mut Canvas,
    x: f64,
    bottom: f64,
    position: usize,
    count: usize,
    fill: Colour,
) {
    let wide = scale_width(count) / theme::real(count.max(1));
    for step in 0..count {
        let place = theme::real(step);
        let height = 2.2 + 3.6 * place / theme::real(count.max(2) - 1);
        let rect = Rect::new(x + wide * place, bottom - height, wide * 0.74, height);
        let paint = if step <= position {
            Paint::fill(fill).outlined(theme::INK, theme::HAIRLINE)
        } else {
            Paint::fill(theme::FAINT).outlined(theme::GRID, theme::HAIRLINE)
        };
        canvas.rect(rect, &paint);
    }
}
