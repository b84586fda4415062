//! Groups with their shares: the rows of such a table, and the columns of a figure of them, which are
//! names, an axis of shares, and the counts beside it.

use super::forest;
use super::read::Reader;
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
/// The distance between columns, and of the axis from what stands beside it.
const GUTTER: f64 = 12.0;
/// How far the names of groups stand in from their heading, and headings of columns from their sign.
pub(in crate::render) const INDENT: f64 = 8.0;
/// The type of names.
pub(in crate::render) const NAME: Type = Type::of(theme::BODY).tight();
/// The type of numbers, set to the right.
pub(in crate::render) const NUMBER: Type = Type::of(theme::BODY).anchor(Anchor::End);
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

    /// Has it no case at all?
    pub(in crate::render) fn is_empty(&self) -> bool {
        self.unknown == 0 && self.shares.iter().flatten().all(|share| share.trials == 0)
    }

    /// The lines of its name.
    pub(in crate::render) fn name(&self, layout: &Layout) -> Vec<String> {
        NAME.wrap(&self.group, layout.labels - INDENT)
    }

    /// How high it is.
    pub(in crate::render) fn height(&self, layout: &Layout, cuts: usize) -> f64 {
        let lines = real(self.name(layout).len()) * NAME.leading();
        let lanes = real(cuts.max(1)) * LANE + PADDING;
        lanes.max(lines + 3.0)
    }
}

/// A column of counts beside the axis.
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
        let mut columns = Vec::new();
        let mut right = canvas.width() - MARGIN;
        // From the right side inwards, so that the axis gets what is left.
        if rows.iter().any(|row| row.unknown > 0) {
            let words = reader.heading("unknown");
            let wide = text::longest_word(&words, HEAD.size, HEAD.weight).clamp(20.0, WIDEST);
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
            columns.push(Column {
                words,
                cut: Some(place),
                ends: (right - values - 5.0, right),
                left: right - wide,
            });
            right -= wide + GUTTER;
        }
        columns.reverse();
        let most = |width: &dyn Fn(&str) -> f64| {
            let widths = rows.iter().map(|row| width(&row.group));
            widths.fold(40.0, f64::max)
        };
        let word = most(&|name| text::longest_word(name, NAME.size, NAME.weight));
        let labels = most(&|name| NAME.width(name)).min(word.clamp(110.0, 140.0));
        let labels = labels + INDENT + 1.0;
        let style = Type::of(theme::SMALL);
        let half = style.width(&reader.say(&percent(1.0))) / 2.0;
        Ok(Self {
            labels,
            plot: (MARGIN + labels + GUTTER, right - half.max(4.0)),
            columns,
        })
    }

    /// Writes the headings of the columns; returns the upper edge of the axis.
    pub(in crate::render) fn head(&self, canvas: &mut Canvas) -> Result<f64> {
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
            if let Some(cut) = column.cut {
                let (shape, paint) = forest::point(cut);
                let y = first - HEAD.size * text::CAP_HEIGHT / 2.0;
                shape.draw(canvas, column.left + 2.6, y, forest::POINT, &paint);
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
    let room = canvas.width() / 3.0;
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
