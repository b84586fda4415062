//! A lying scale of ratios, on which twice and half lie as far from 1.

use crate::error::Result;
use crate::model::label::Label;
use crate::model::measure::decimal;
use crate::render::canvas::axis::Panel;
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type, marks, text};
use crate::render::pieces::read::Reader;
use crate::render::theme::{self, GRID, INK, MUTED};

/// Half the room that the words of a mark of the scale need.
pub(super) const HALF: f64 = 8.0;
/// The ratio, and one over it, past which the scale does not go.
const UTMOST: f64 = 100.0;

/// The scale: it holds every limit, is as long on both sides of 1, and has an end.
pub(super) struct Scale {
    panel: Panel,
    /// The ratios that it marks.
    marked: Vec<f64>,
}

impl Scale {
    /// A scale as wide as `rect` for intervals with these limits.
    pub(super) fn new(rect: Rect, limits: impl Iterator<Item = (f64, f64)>) -> Self {
        let limits = limits.flat_map(|(low, high)| [1.0 / low, high]);
        let most = limits.fold(2.0, f64::max).min(UTMOST) * 1.15;
        let panel = Panel::new(rect, -most.ln()..most.ln(), 0.0..1.0);
        // 1, and as many on both sides of it as stand clear of each other.
        let mut marked = vec![1.0];
        let mut last = panel.x(0.0);
        for step in [2.0, 5.0, 10.0, 20.0, 50.0, 100.0] {
            let at = panel.x(f64::ln(step));
            if step < most && at - last >= 24.0 {
                marked.extend([step, 1.0 / step]);
                last = at;
            }
        }
        Self { panel, marked }
    }

    /// Where a ratio lies; one past the scale at its end.
    pub(super) fn x(&self, value: f64) -> f64 {
        let rect = self.panel.rect();
        let x = self.panel.x(value.max(f64::MIN_POSITIVE).ln());
        x.clamp(rect.x, rect.right())
    }

    /// Draws the lines of the scale behind a row; that of no link is strong.
    pub(super) fn grid(&self, canvas: &mut Canvas, (top, bottom): (f64, f64)) {
        for value in &self.marked {
            let x = self.panel.x(value.ln());
            let is_none = value.ln() == 0.0;
            let (colour, width) = if is_none { (INK, 0.8) } else { (GRID, 0.5) };
            canvas.line((x, top), (x, bottom), &Paint::line(colour, width));
        }
    }

    /// Draws an interval, with an arrow where it goes on past the scale.
    pub(super) fn interval(&self, canvas: &mut Canvas, y: f64, (low, high): (f64, f64)) {
        let line = Paint::line(INK, 0.9);
        canvas.line((self.x(low), y), (self.x(high), y), &line);
        for (limit, lean) in [(low, -1.0), (high, 1.0)] {
            let end = self.x(limit);
            if (1.0 / UTMOST..=UTMOST).contains(&limit) {
                canvas.line((end, y - 2.2), (end, y + 2.2), &line);
            } else {
                marks::arrowhead(canvas, end, y, lean * 4.0, &Paint::fill(INK));
            }
        }
    }

    /// Writes the scale below the rows, and which side is which.
    pub(super) fn axis(&self, reader: &Reader<'_>, canvas: &mut Canvas) -> Result<()> {
        let rect = self.panel.rect();
        let style = Type::of(theme::SMALL).anchor(Anchor::Middle).colour(MUTED);
        for value in &self.marked {
            let words = reader.say(&tick(*value));
            let baseline = rect.bottom() + style.size + 3.0;
            canvas.text(self.panel.x(value.ln()), baseline, &words, &style)?;
        }
        let less = Label::new("lower odds", "мүмкіндік аз", "шансы ниже");
        let more = Label::new("higher odds", "мүмкіндік көп", "шансы выше");
        let baseline = rect.bottom() + style.size + style.leading() + 4.0;
        let (less, more) = (reader.say(&less), reader.say(&more));
        let ends = Type::of(theme::SMALL);
        canvas.text(rect.x, baseline, &format!("← {less}"), &ends)?;
        let end = ends.anchor(Anchor::End);
        canvas.text(rect.right(), baseline, &format!("{more} →"), &end)?;
        canvas.reach(baseline + style.size * text::DESCENT + 1.0);
        Ok(())
    }
}

/// A ratio of the scale with as many decimals as it has.
fn tick(value: f64) -> Label {
    let decimals = match value {
        value if value >= 1.0 => 0,
        value if value >= 0.1 => 1,
        _ => 2,
    };
    decimal(value, decimals)
}

/// An estimate or a limit, with two decimals where they say something; a small one is not rounded to 0.
pub(super) fn estimate(value: f64) -> Label {
    match value {
        value if value < 0.0005 => {
            let least = decimal(0.001, 3);
            Label::new("<{least}", "<{least}", "<{least}").fill(&[("least", &least)])
        }
        value if value < 0.1 => decimal(value, 3),
        value if value < 100.0 => decimal(value, 2),
        _ => decimal(value, 0),
    }
}
