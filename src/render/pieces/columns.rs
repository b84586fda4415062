//! The columns of the timeline: names, the axis of time, the deepest role, the outcome.

use super::lanes::{Coded, Lane, MANY};
use super::read::Reader;
use crate::error::Result;
use crate::render::canvas::{Canvas, Type, marks, text};
use crate::render::figure::MARGIN;
use crate::render::theme::{self, MUTED};

/// The distance between columns; an arrow past the cut-off has to fit into it.
pub(in crate::render) const GUTTER: f64 = 8.0;
/// The width of names that are wrapped.
const NAMES: f64 = 126.0;
/// What the axis of time gives up so that every name stands on one line: 12 mm.
const TRADE: f64 = 34.0;
/// An axis of time that would be narrower than this gets the width of the figure: 42 mm.
const LEAST: f64 = 120.0;
/// The type in lanes.
pub(in crate::render) const LANE: Type = Type::of(7.5).tight();

/// The type of headings.
const HEADING: Type = Type::of(theme::SMALL).bold().colour(MUTED);

/// Where the columns of the figure are, in points.
pub(in crate::render) struct Layout {
    /// The names of cases.
    pub titles: Column,
    /// The axis of time.
    pub plot: Column,
    /// The deepest role.
    pub role: Scaled,
    /// The outcome.
    pub outcome: Scaled,
    /// Are there so many lanes that names are cut and not wrapped?
    pub is_thin: bool,
    /// Is the figure so narrow that the axis of time has the whole width, and words stand above it?
    pub is_stacked: bool,
}

/// A column of the figure.
#[derive(Clone, Copy)]
pub(in crate::render) struct Column {
    /// The left side.
    pub x: f64,
    /// How wide.
    pub width: f64,
}

/// A column that says the place of an ordered code in steps and then in words.
pub(in crate::render) struct Scaled {
    /// Steps and words.
    pub whole: Column,
    /// The words alone.
    pub words: Column,
    /// How many codes the scale has.
    pub count: usize,
}

impl Scaled {
    fn new(x: f64, words: f64, count: usize) -> Self {
        let steps = marks::scale_width(count) + 3.0;
        Self {
            whole: Column {
                x,
                width: steps + words,
            },
            words: Column {
                x: x + steps,
                width: words,
            },
            count,
        }
    }

    fn at(self, right: f64) -> Self {
        Self::new(right - self.whole.width, self.words.width, self.count)
    }
}

impl Layout {
    /// Columns as wide as their words need, and the plot on what is left.
    pub(in crate::render) fn new(reader: &Reader<'_>, canvas: &Canvas, lanes: &[Lane]) -> Self {
        let style = LANE;
        // Names can be cut in thin lanes, words of scales cannot: they are what is compared.
        let is_thin = lanes.len() > MANY;
        // Wide enough for the longest line up to `most`, and for the longest word up to `utmost`.
        let widest = |words: &dyn Fn(&Lane) -> &str, most: f64, utmost: f64| {
            let line = lanes
                .iter()
                .map(|lane| style.width(words(lane)))
                .fold(30.0, f64::max);
            let word = |lane| text::longest_word(words(lane), style.size, style.weight);
            let word = lanes.iter().map(word).fold(0.0, f64::max);
            let limit = line.min(most).max(word.min(utmost)) + 1.0;
            if is_thin {
                return limit;
            }
            // What wrapping leaves over is of more use to the axis of time.
            let wrapped = lanes
                .iter()
                .flat_map(|lane| style.wrap(words(lane), limit))
                .map(|line| style.width(&line))
                .fold(30.0, f64::max);
            wrapped + 1.0
        };
        let scaled = |name: &str, words: &dyn Fn(&Lane) -> &str, most: f64, utmost: f64| {
            let wide = if reader.has(name) {
                widest(words, most, utmost)
            } else {
                0.0
            };
            Scaled::new(0.0, wide, reader.codes(name).len())
        };
        let right = canvas.width() - MARGIN;
        let longest = lanes.iter().map(|lane| style.width(&lane.title));
        let longest = longest.fold(30.0, f64::max);
        let titles = Column {
            x: MARGIN,
            width: if longest <= NAMES + TRADE && !is_thin {
                longest + 1.0
            } else {
                widest(&|lane| &lane.title, NAMES, 140.0)
            },
        };
        let thin = |most: f64| if is_thin { 90.0 } else { most };
        let outcome = scaled(
            "outcome",
            &|lane| lane.outcome.in_column(),
            thin(58.0),
            76.0,
        )
        .at(right);
        let role = scaled("role", &|lane| lane.role.in_column(), thin(58.0), 72.0)
            .at(outcome.whole.x - GUTTER);
        let x = titles.x + titles.width + GUTTER;
        let width = role.whole.x - GUTTER - x;
        let beside = Self {
            titles,
            plot: Column { x, width },
            role,
            outcome,
            is_thin,
            is_stacked: false,
        };
        if width < LEAST {
            beside.stacked(reader, right)
        } else {
            beside
        }
    }

    /// The same with the axis of time as wide as the figure and a line of words above each lane, in
    /// which scales stand without words: the key says what their steps mean.
    fn stacked(self, reader: &Reader<'_>, right: f64) -> Self {
        let heading = HEADING;
        let bare = |name: &str, count: usize, right: f64| {
            let words = reader.heading(name);
            let word = text::longest_word(&words, heading.size, heading.weight);
            let width = if count > 0 {
                marks::scale_width(count).max(word + 1.0)
            } else {
                0.0
            };
            let x = right - width;
            let whole = Column { x, width };
            Scaled {
                whole,
                words: whole,
                count,
            }
        };
        let outcome = bare("outcome", self.outcome.count, right);
        let role = bare("role", self.role.count, outcome.whole.x - GUTTER);
        let column = |width: f64| Column { x: MARGIN, width };
        Self {
            titles: column(role.whole.x - GUTTER - MARGIN),
            plot: column(right - GUTTER - MARGIN),
            role,
            outcome,
            is_stacked: true,
            ..self
        }
    }

    /// What stands in the column of an ordered code: its words, or only a sign of what is missing
    /// where the scale stands alone.
    pub(in crate::render) fn cell<'a>(&self, coded: &'a Coded) -> &'a str {
        match coded.place {
            _ if !self.is_stacked => coded.in_column(),
            Some(_) => "",
            None if coded.is_void => coded.in_column(),
            None if coded.words.is_empty() => "",
            None => "?",
        }
    }

    /// Writes the headings of the columns; returns the upper edge of the first lane.
    pub(in crate::render) fn head(&self, reader: &Reader<'_>, canvas: &mut Canvas) -> Result<f64> {
        let style = HEADING;
        let columns = [
            ("title", self.titles),
            ("role", self.role.whole),
            ("outcome", self.outcome.whole),
        ];
        let mut headings = Vec::new();
        for (name, column) in columns {
            headings.push((
                style.wrap(&reader.heading(name), column.width.max(1.0)),
                column.x,
            ));
        }
        let most = headings
            .iter()
            .map(|(lines, _)| lines.len())
            .max()
            .unwrap_or(1);
        let last = canvas.height() + 8.0 + style.leading() * theme::real(most);
        for (lines, x) in &headings {
            let first = last - style.leading() * theme::real(lines.len() - 1);
            canvas.lines(*x, first, lines, &style)?;
        }
        // Above a stacked plot the labels of its axis have a line of their own.
        let axis = if self.is_stacked {
            style.leading()
        } else {
            0.0
        };
        Ok(last + axis + 4.0)
    }
}
