//! Counts by year: a column per year, rows on one axis of time.

use crate::error::Result;
use crate::model::date::Day;
use crate::model::label::Label;
use crate::render::canvas::axis::{self, Panel};
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type, marks};
use crate::render::pieces::key::{self, Key, Sign};
use crate::render::pieces::periods::{GAP, Periods};
use crate::render::pieces::read::Reader;
use crate::render::pieces::record;
use crate::render::theme::{self, GRID, INK, MUTED, precise, real};

/// The height of a row in points.
const HEIGHT: f64 = 40.0;
/// The room between two counts, so that they do not read as one.
const CLEAR: f64 = 1.5;
/// How far a count stands above its bar.
const ABOVE: f64 = 2.2;

/// A column of counts, and how its bars look.
pub(super) struct Counted {
    /// The column of the table.
    pub column: &'static str,
    /// Its bars.
    pub paint: Paint,
}

/// Where the years are.
pub(super) struct Years<'a> {
    columns: Periods,
    /// The row of each year.
    rows: &'a [usize],
    first: Day,
    /// The first day and the name of each period.
    periods: Vec<(Day, String)>,
}

impl<'a> Years<'a> {
    /// Columns for `count` years, right of labels `labels` points wide; below them where a year would
    /// have no room for a count of one digit.
    pub(super) fn columns(canvas: &Canvas, labels: f64, count: usize) -> Periods {
        let beside = Periods::beside(canvas, labels, count);
        if beside.width() >= Type::of(theme::SMALL).width("0") + CLEAR {
            return beside;
        }
        Periods::below(canvas, count)
    }

    /// The columns of the rows of years, with lines where the periods of the other rows begin.
    pub(super) fn new(
        reader: &Reader<'_>,
        columns: Periods,
        rows: &'a [usize],
        periods: &[usize],
    ) -> Result<Self> {
        let mut begun = Vec::new();
        for &row in periods {
            if let Some(day) = reader.day(row, "from")? {
                begun.push((day, reader.words(row, "span")?));
            }
        }
        let first = match rows.first() {
            Some(&row) => reader.day(row, "from")?,
            None => None,
        };
        Ok(Self {
            columns,
            rows,
            first: first.unwrap_or(reader.table.window.earliest),
            periods: begun,
        })
    }

    /// Where a day lies, kept within the columns.
    fn x(&self, day: Day) -> f64 {
        let years = (day.fraction() - self.first.fraction()).clamp(0.0, real(self.rows.len()));
        self.columns.x(0) + self.columns.width() * years
    }

    /// Names the periods above their years, in two lines if need be, where there is room for all, since
    /// a few would be taken for all; returns the upper edge of the first row.
    pub(super) fn head(&self, canvas: &mut Canvas, top: f64) -> Result<f64> {
        let style = Type::of(theme::SMALL).colour(MUTED);
        let ends = self.periods.iter().skip(1).map(|(day, _)| self.x(*day));
        let ends = ends.chain([self.columns.x(self.rows.len())]);
        let mut names = Vec::new();
        for ((day, name), end) in self.periods.iter().zip(ends) {
            let room = end - self.x(*day) - 6.0;
            let lines = style.wrap(name, room);
            if lines.len() > 2 || lines.iter().any(|line| style.width(line) > room) {
                return Ok(top + GAP);
            }
            names.push((self.x(*day) + 2.5, lines));
        }
        let most = names.iter().map(|(_, lines)| lines.len()).max();
        let last = top + style.size + style.leading() * real(most.unwrap_or(1).saturating_sub(1));
        for (x, lines) in &names {
            let first = last - style.leading() * real(lines.len() - 1);
            canvas.lines(*x, first, lines, &style)?;
        }
        // The heading of a row stands above its panel then and needs less room.
        let gap = if self.columns.is_stacked() {
            GAP / 2.0
        } else {
            GAP
        };
        Ok(last + 3.0 + gap)
    }

    /// Draws the counts of every year, one upon the other, with their total above; returns where the
    /// next row begins.
    pub(super) fn row(
        &self,
        reader: &Reader<'_>,
        canvas: &mut Canvas,
        top: f64,
        heading: &str,
        series: &[Counted],
    ) -> Result<f64> {
        let mut counts: Vec<Vec<u64>> = Vec::new();
        for &row in self.rows {
            let of = |one: &Counted| Ok(reader.count(row, one.column)?.unwrap_or(0));
            counts.push(series.iter().map(of).collect::<Result<_>>()?);
        }
        let totals: Vec<u64> = counts.iter().map(|of| of.iter().sum()).collect();
        let highest = totals.iter().copied().max().unwrap_or(0);
        let ticks = axis::counts(highest, 3);
        let most = ticks.iter().copied().max().unwrap_or(1).max(1);
        let is_stacked = self.columns.is_stacked();
        let (panel, mut below) = if is_stacked {
            let below = self.name(reader, canvas, top, heading, series)?;
            let room = Type::of(theme::SMALL).size + ABOVE;
            let panel = self.columns.panels(below + room, HEIGHT, precise(most));
            (panel, below)
        } else {
            (self.columns.row(top, HEIGHT, precise(most)), top)
        };
        self.ground(reader, canvas, panel.rect());
        let written: Vec<(f64, String)> = ticks
            .iter()
            .map(|tick| (precise(*tick), tick.to_string()))
            .collect();
        self.columns.ticks(canvas, &panel, &written)?;
        if !is_stacked {
            below = self.name(reader, canvas, top, heading, series)?;
        }
        let fits = self.has_room(&panel, &totals);
        let peak = totals.iter().position(|total| *total == highest);
        for (place, &row) in self.rows.iter().enumerate() {
            let is_labelled = fits || peak == Some(place);
            let year = reader.words(row, "span")?;
            let said = series.iter().zip(&counts[place]);
            let said = said.map(|(one, count)| format!("{} {count}", reader.heading(one.column)));
            let tooltip = format!("{year}: {}", said.collect::<Vec<_>>().join(", "));
            canvas.group("count", &tooltip, &[("year", &year)], |canvas| {
                self.stack(canvas, &panel, place, (series, &counts[place]), is_labelled)
            })?;
        }
        let bottom = panel.rect().bottom().max(below);
        canvas.reach(bottom + 4.0);
        Ok(bottom + GAP)
    }

    /// Writes the heading of a row at `top` and below it which bars are which; returns the lower edge.
    fn name(
        &self,
        reader: &Reader<'_>,
        canvas: &mut Canvas,
        top: f64,
        heading: &str,
        series: &[Counted],
    ) -> Result<f64> {
        self.columns.label(canvas, top, heading)?;
        let named = series
            .iter()
            .map(|one| (one.paint, reader.heading(one.column)));
        let below = top + self.columns.label_height(heading);
        if series.len() < 2 {
            return Ok(below);
        }
        if !self.columns.is_stacked() {
            return self
                .columns
                .signs(canvas, below, &named.collect::<Vec<_>>());
        }
        let (left, right) = self.columns.labels();
        let entries = named.map(|(paint, words)| (Sign::Bar(paint), words));
        let key = Key {
            heading: String::new(),
            entries: entries.collect(),
        };
        key::draw(canvas, left, right, below, &[key])
    }

    /// Does every count keep clear of the counts and bars beside it?
    fn has_room(&self, panel: &Panel, totals: &[u64]) -> bool {
        let (small, step) = (Type::of(theme::SMALL), self.columns.width());
        totals.windows(2).all(|pair| {
            let (low, high) = (pair[0].min(pair[1]), pair[0].max(pair[1]));
            let half = |count: u64| small.width(&count.to_string()) / 2.0;
            let is_level = panel.y(precise(low)) - panel.y(precise(high)) < small.size;
            let counts = half(low) + half(high) + CLEAR <= step;
            let bar = half(low) + self.thick() / 2.0 <= step;
            (counts || !is_level) && (bar || low == high)
        })
    }

    /// How wide a bar is.
    fn thick(&self) -> f64 {
        (self.columns.width() * 0.74).min(15.0)
    }

    fn stack(
        &self,
        canvas: &mut Canvas,
        panel: &Panel,
        place: usize,
        (series, counts): (&[Counted], &[u64]),
        is_labelled: bool,
    ) -> Result<()> {
        let thick = self.thick();
        let middle = self.columns.x(place) + self.columns.width() / 2.0;
        let mut base = 0;
        for (one, count) in series.iter().zip(counts).filter(|(_, count)| **count > 0) {
            let (low, high) = (panel.y(precise(base)), panel.y(precise(base + count)));
            let rect = Rect::new(middle - thick / 2.0, high, thick, low - high);
            canvas.rect(rect, &one.paint);
            base += count;
        }
        if !is_labelled {
            return Ok(());
        }
        let colour = if base == 0 { MUTED } else { INK };
        let style = Type::of(theme::SMALL).colour(colour).anchor(Anchor::Middle);
        canvas.text(
            middle,
            panel.y(precise(base)) - ABOVE,
            &base.to_string(),
            &style,
        )
    }

    /// What lies behind the bars of a row: where the periods begin, and hatching where there is no
    /// record, so that an empty year is not taken for one that nobody recorded.
    fn ground(&self, reader: &Reader<'_>, canvas: &mut Canvas, rect: Rect) {
        let window = reader.table.window;
        let (begun, cut) = (self.x(window.earliest), self.x(window.latest.next()));
        let (left, right) = (self.columns.x(0), self.columns.x(self.rows.len()));
        for (from, until) in [(left, begun), (cut, right)] {
            marks::hatch(canvas, Rect::new(from, rect.y, until - from, rect.height));
        }
        for (day, _) in self.periods.iter().filter(|(day, _)| *day > self.first) {
            let (x, line) = (self.x(*day), Paint::line(GRID, 0.7).dashed("2 1.5"));
            canvas.line((x, rect.y - GAP + 2.0), (x, rect.bottom()), &line);
        }
    }

    /// Writes years beneath the last row, which ends at `bottom`, as many as keep clear of each other,
    /// and where the record begins and ends; returns the lower edge.
    pub(super) fn foot(
        &self,
        reader: &Reader<'_>,
        canvas: &mut Canvas,
        bottom: f64,
    ) -> Result<f64> {
        let style = Type::of(theme::SMALL).colour(MUTED).anchor(Anchor::Middle);
        let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
        let fits = |step: &&usize| real(**step) * self.columns.width() >= style.width("2000") + 5.0;
        let step = steps.iter().find(fits).copied().unwrap_or(1000);
        let baseline = bottom + style.size + 2.0;
        for (place, &row) in self.rows.iter().enumerate() {
            let year = reader.words(row, "span")?;
            if year.parse::<usize>().is_ok_and(|year| year % step == 0) || self.rows.len() == 1 {
                let x = self.columns.x(place) + self.columns.width() / 2.0;
                let last = canvas.width() - style.width(&year) / 2.0;
                canvas.text(x.min(last), baseline, &year, &style)?;
            }
        }
        let window = reader.table.window;
        let edges = (self.x(window.earliest), self.x(window.latest.next()));
        let line = baseline + style.leading();
        // Hatching shows the edges; a line through the rows would cross the counts of part years.
        record::edges(reader, canvas, edges, (bottom, bottom + 3.0), line)?;
        canvas.reach(line + 2.0);
        Ok(line + 2.0)
    }
}

/// The years in which a column counts anything, in words; nothing if there are none.
pub(super) fn listed(reader: &Reader<'_>, rows: &[usize], column: &str) -> Result<String> {
    let mut parts = Vec::new();
    for &row in rows {
        if let Some(count) = reader.count(row, column)?.filter(|count| *count > 0) {
            parts.push(format!("{} {count}", reader.words(row, "span")?));
        }
    }
    if parts.is_empty() {
        return Ok(String::new());
    }
    let text = Label::new(
        "{what} by year, none in the years not named: {list}.",
        "{what} жылдар бойынша, аталмаған жылдарда жоқ: {list}.",
        "{what} по годам, в неназванных годах нет: {list}.",
    );
    Ok(reader.say(&text.fill(&[
        ("what", &reader.column(column)?.label),
        ("list", &Label::plain(parts.join(", "))),
    ])))
}
