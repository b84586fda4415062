//! Groups with their shares: the rows of such a table, and the columns of a figure of them, which are
//! names, an axis of shares, and the counts beside it; in a narrow figure names and counts stand
//! above the shares.

use super::above::{self, Above};
use super::forest;
use super::read::Reader;
use super::rows;
use crate::error::Result;
use crate::model::estimate::Share;
use crate::model::measure::percent;
use crate::render::canvas::{Anchor, Canvas, Paint, Type, text};
use crate::render::figure::MARGIN;
use crate::render::theme::{self, FAINT, real};
use crate::render::words;

/// The distance between the shares of a row.
pub(in crate::render) const LANE: f64 = 6.0;
/// What a row is higher than what stands in it.
const PADDING: f64 = 4.6;
/// The same where its name stands above it, which parts rows already.
const NARROW: f64 = 3.0;
/// The distance between columns, and of the axis from what stands beside it.
const GUTTER: f64 = 12.0;
/// How far the names of groups stand in from their heading, and headings of columns from their sign.
pub(in crate::render) const INDENT: f64 = 8.0;
/// The type of names.
pub(in crate::render) const NAME: Type = Type::of(theme::BODY).tight();
/// The type of numbers, set to the right.
pub(in crate::render) const NUMBER: Type = Type::of(theme::BODY).anchor(Anchor::End);
/// An axis shorter than this is given the whole width.
const SHORTEST: f64 = 100.0;
/// The distance of shares from the line above them.
const DROP: f64 = 2.8;
/// What a heading of groups may take of a narrow figure.
const ROOM: f64 = 160.0;
/// The widest heading that is not broken within a word.
const WIDEST: f64 = 66.0;
const HEAD: Type = Type::of(theme::SMALL).bold().tight();

/// A group: its shares, and what is not known of it.
pub(in crate::render) struct Row<'a> {
    /// The place of the row in the table.
    pub place: usize,
    /// What the group is a group by.
    pub by: String,
    /// The name of the group.
    pub group: String,
    /// Its share for each cut.
    pub shares: Vec<Option<&'a Share>>,
    /// How many of its outcomes are unknown.
    pub unknown: u64,
    /// The share for the first cut if every unknown outcome were a failure, and if it were a success.
    pub bounds: Option<(f64, f64)>,
}

impl<'a> Row<'a> {
    /// Reads a row of the table.
    pub(in crate::render) fn read(reader: &Reader<'a>, row: usize, cuts: &[&str]) -> Result<Self> {
        let bound = |name: &str| Ok(reader.share(row, name)?.and_then(Share::value));
        Ok(Self {
            place: row,
            by: reader.words(row, "by")?,
            group: reader.words(row, "group")?,
            shares: cuts
                .iter()
                .map(|cut| reader.share(row, cut))
                .collect::<Result<_>>()?,
            unknown: reader.count(row, "unknown")?.unwrap_or(0),
            bounds: bound("if_failed")?.zip(bound("if_succeeded")?),
        })
    }

    /// Are these all cases, which are a group by nothing?
    pub(in crate::render) fn is_all(&self) -> bool {
        self.by == self.group
    }

    /// How far its name stands in: it belongs to the heading above it.
    pub(in crate::render) fn indent(&self) -> f64 {
        if self.is_all() { 0.0 } else { INDENT }
    }

    /// Has it no case at all?
    pub(in crate::render) fn is_empty(&self) -> bool {
        self.unknown == 0 && self.shares.iter().flatten().all(|share| share.trials == 0)
    }
}

/// A column of counts.
pub(in crate::render) struct Column {
    /// The heading.
    pub words: String,
    /// Which share it belongs to; `None` for the count of unknown outcomes.
    pub cut: Option<usize>,
    /// The right side of the counts and of the percentages.
    pub ends: (f64, f64),
    left: f64,
}

/// Where everything is across the figure.
pub(in crate::render) struct Layout {
    /// The width of names.
    labels: f64,
    /// The left and the right side of the axis.
    pub plot: (f64, f64),
    /// The columns of counts, left to right.
    pub columns: Vec<Column>,
    /// The lines of names and counts, where they stand above the shares.
    above: Option<Above>,
    /// How high the shares of a row are.
    lanes: f64,
}

/// Where the parts of a row are.
pub(in crate::render) struct Place {
    /// The lines of the name.
    pub name: Vec<String>,
    /// The baseline of its first line.
    pub first: f64,
    /// The baseline of the counts.
    pub numbers: f64,
    /// The middle of its shares.
    pub centre: f64,
    /// From where to where rules run behind it.
    pub band: (f64, f64),
    /// The upper edge.
    pub top: f64,
    /// The lower edge.
    pub bottom: f64,
}

impl Layout {
    /// Gives names and counts what they need, and the axis what is left.
    pub(in crate::render) fn new(
        canvas: &Canvas,
        reader: &Reader<'_>,
        cuts: &[&str],
        rows: &[Row<'_>],
    ) -> Result<Self> {
        let widest = |words: &mut dyn Iterator<Item = String>| {
            words.map(|words| NUMBER.width(&words)).fold(0.0, f64::max)
        };
        let edge = canvas.width() - MARGIN;
        let mut columns = Vec::new();
        let mut lines = Vec::new();
        let mut right = edge;
        // From the right side inwards, so that the axis gets what is left.
        if rows.iter().any(|row| row.unknown > 0) {
            let words = reader.heading("unknown");
            let wide = text::longest_word(&words, HEAD.size, HEAD.weight).clamp(20.0, WIDEST);
            lines.push(above::Column {
                words: words.clone(),
                width: widest(&mut rows.iter().map(|row| row.unknown.to_string())),
                sign: 0.0,
            });
            columns.push(Column {
                words,
                cut: None,
                ends: (right, right),
                left: right - wide,
            });
            right -= wide + GUTTER;
        }
        for (place, cut) in cuts.iter().enumerate().rev() {
            let words = reader.say(&reader.column(cut)?.label);
            let held = || rows.iter().filter_map(|row| row.shares[place]);
            let counts = widest(&mut held().map(words::counts));
            let values = widest(&mut held().map(|share| percentage(reader, share)));
            let numbers = counts + 5.0 + values;
            let longest = text::longest_word(&words, HEAD.size, HEAD.weight) + INDENT;
            let wide = numbers.max(longest.clamp(52.0, WIDEST));
            lines.push(above::Column {
                words: words.clone(),
                width: numbers,
                sign: INDENT,
            });
            columns.push(Column {
                words,
                cut: Some(place),
                ends: (right - values - 5.0, right),
                left: right - wide,
            });
            right -= wide + GUTTER;
        }
        columns.reverse();
        lines.reverse();
        let most = |width: &dyn Fn(&str) -> f64| {
            let widths = rows.iter().map(|row| width(&row.group));
            widths.fold(40.0, f64::max)
        };
        let word = most(&|name| text::longest_word(name, NAME.size, NAME.weight));
        let labels = most(&|name| NAME.width(name)).min(word.clamp(110.0, 140.0));
        let labels = labels + INDENT + 1.0;
        let style = Type::of(theme::SMALL);
        let half = (style.width(&reader.say(&percent(1.0))) / 2.0).max(4.0);
        let mut layout = Self {
            labels,
            plot: (MARGIN + labels + GUTTER, right - half),
            columns,
            above: None,
            lanes: real(cuts.len().max(1)) * LANE,
        };
        if layout.plot.1 - layout.plot.0 < SHORTEST {
            let above = Above::new(canvas, lines);
            for (place, column) in layout.columns.iter_mut().enumerate() {
                let move_by = above.right(place) - column.ends.1;
                column.ends = (column.ends.0 + move_by, column.ends.1 + move_by);
            }
            layout.plot = (MARGIN + INDENT, edge - half);
            layout.above = Some(above);
        }
        Ok(layout)
    }

    /// Do names and counts stand above the shares?
    pub(in crate::render) const fn is_above(&self) -> bool {
        self.above.is_some()
    }

    /// Where the parts of a row are that begins at `top`.
    pub(in crate::render) fn place(&self, row: &Row<'_>, top: f64) -> Place {
        if let Some(above) = &self.above {
            let left = MARGIN + row.indent();
            let name = above.lines(&row.group, &NAME, left);
            let first = top + NAME.size * text::CAP_HEIGHT + NARROW / 2.0;
            let numbers = first + NAME.leading() * (real(name.len()) - 1.0);
            let band = (numbers + DROP, numbers + DROP + self.lanes);
            return Place {
                name,
                first,
                numbers,
                centre: f64::midpoint(band.0, band.1),
                band,
                top,
                bottom: band.1 + NARROW / 2.0,
            };
        }
        let name = NAME.wrap(&row.group, self.labels - INDENT);
        let lines = real(name.len()) * NAME.leading();
        let height = (self.lanes + PADDING).max(lines + 3.0);
        let centre = top + height / 2.0;
        let first = |lines: usize| rows::first(centre, lines, &NAME);
        Place {
            first: first(name.len()),
            name,
            numbers: first(1),
            centre,
            band: (top, top + height),
            top,
            bottom: top + height,
        }
    }

    /// Writes the headings of the columns; returns the upper edge of the axis.
    pub(in crate::render) fn head(&self, canvas: &mut Canvas) -> Result<f64> {
        let sign = |canvas: &mut Canvas, column: &Column, (x, y): (f64, f64)| {
            if let Some(cut) = column.cut {
                let (shape, paint) = forest::point(cut);
                shape.draw(canvas, x + 2.6, y, forest::POINT, &paint);
            }
        };
        if let Some(above) = &self.above {
            let last = above.head(canvas, |canvas, place, at| {
                sign(canvas, &self.columns[place], at);
            })?;
            // The words of the ticks have a line of their own.
            return Ok(last + 6.0 + theme::SMALL);
        }
        let wrapped: Vec<Vec<String>> = self
            .columns
            .iter()
            .map(|column| {
                let indent = if column.cut.is_some() { INDENT } else { 0.0 };
                HEAD.wrap(&column.words, column.ends.1 - column.left - indent + 0.5)
            })
            .collect();
        let most = wrapped.iter().map(Vec::len).max().unwrap_or(1);
        let top = canvas.height() + 4.0;
        let last = top + HEAD.size + HEAD.leading() * (real(most) - 1.0);
        for (column, lines) in self.columns.iter().zip(&wrapped) {
            let first = last - HEAD.leading() * (real(lines.len()) - 1.0);
            if column.cut.is_some() {
                let y = first - HEAD.size * text::CAP_HEIGHT / 2.0;
                sign(canvas, column, (column.left, y));
                canvas.lines(column.left + INDENT, first, lines, &HEAD)?;
            } else {
                let style = HEAD.anchor(Anchor::End);
                canvas.lines(column.ends.1, first, lines, &style)?;
            }
        }
        Ok(last + 4.0)
    }
}

/// Writes what the groups below `top` are groups by, with a rule above it if groups stand there.
pub(in crate::render) fn heading(
    canvas: &mut Canvas,
    top: f64,
    is_ruled: bool,
    words: &str,
) -> Result<()> {
    let baseline = top - 3.0 - NAME.size * text::DESCENT;
    if is_ruled {
        let y = top - NAME.leading() - 5.0;
        let right = canvas.width() - MARGIN;
        canvas.line((MARGIN, y), (right, y), &Paint::line(FAINT, 0.6));
    }
    let mut letters = words.chars();
    let words = letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    });
    let room = (canvas.width() / 3.0).max(ROOM);
    let style = NAME.bold();
    let words = text::shorten(&words, style.size, style.weight, room);
    canvas.text(MARGIN, baseline, &words, &style)
}

/// The percentage of a share, empty where the counts are to be read; a dash for a share of nothing.
pub(in crate::render) fn percentage(reader: &Reader<'_>, share: &Share) -> String {
    match share.value() {
        None => "–".to_owned(),
        Some(_) if share.is_small() => String::new(),
        Some(value) => reader.say(&percent(value)),
    }
}
