//! Counts by year: a column per year, rows on one axis of time.

use super::periods::{GAP, Periods};
use super::read::Reader;
use super::record;
use crate::error::Result;
use crate::model::date::Day;
use crate::model::label::Label;
use crate::render::canvas::axis::{self, Panel};
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type, marks};
use crate::render::theme::{self, GRID, INK, MUTED, precise, real};

/// The height of a row in points.
const HEIGHT: f64 = 40.0;
/// The room between two counts, so that they do not read as one.
const CLEAR: f64 = 1.8;

/// A column of counts, and how its bars look.
pub(in crate::render) struct Counted {
    /// The column of the table.
    pub column: &'static str,
    /// Its bars.
    pub paint: Paint,
}

/// Where the years are.
pub(in crate::render) struct Years<'a> {
    columns: Periods,
    /// The row of each year.
    rows: &'a [usize],
    first: Day,
    /// The first day and the name of each period.
    periods: Vec<(Day, String)>,
}

impl<'a> Years<'a> {
    /// A column for each of the rows of years, right of labels `labels` points wide, with lines where
    /// the periods of the other rows begin.
    pub(in crate::render) fn new(
        reader: &Reader<'_>,
        canvas: &Canvas,
        labels: f64,
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
            columns: Periods::beside(canvas, labels, rows.len()),
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

    /// Names the periods above their years if there is room for all, since a few would be taken for
    /// all; returns the upper edge of the first row.
    pub(in crate::render) fn head(&self, canvas: &mut Canvas, top: f64) -> Result<f64> {
        let style = Type::of(theme::SMALL).colour(MUTED);
        let ends = self.periods.iter().skip(1).map(|(day, _)| self.x(*day));
        let ends: Vec<f64> = ends.chain([self.columns.x(self.rows.len())]).collect();
        let mut names = self.periods.iter().zip(&ends);
        if !names.all(|((day, name), end)| style.width(name) + 6.0 <= end - self.x(*day)) {
            return Ok(top + GAP);
        }
        let baseline = top + style.size;
        for (day, name) in &self.periods {
            canvas.text(self.x(*day) + 2.5, baseline, name, &style)?;
        }
        Ok(baseline + 3.0 + GAP)
    }

    /// Draws the counts of every year, one upon the other, with their total above; returns where the
    /// next row begins.
    pub(in crate::render) fn row(
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
        let panel = self.columns.row(top, HEIGHT, precise(most));
        self.ground(reader, canvas, panel.rect());
        let written: Vec<(f64, String)> = ticks
            .iter()
            .map(|tick| (precise(*tick), tick.to_string()))
            .collect();
        self.columns.ticks(canvas, &panel, &written)?;
        self.columns.label(canvas, top, heading)?;
        let mut below = top + self.columns.label_height(heading);
        if series.len() > 1 {
            let signs: Vec<(Paint, String)> = series
                .iter()
                .map(|one| (one.paint, reader.heading(one.column)))
                .collect();
            below = self.columns.signs(canvas, below, &signs)?;
        }
        let small = Type::of(theme::SMALL);
        let widest = totals.iter().map(|total| small.width(&total.to_string()));
        let fits = widest.fold(0.0, f64::max) + CLEAR <= self.columns.width();
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

    fn stack(
        &self,
        canvas: &mut Canvas,
        panel: &Panel,
        place: usize,
        (series, counts): (&[Counted], &[u64]),
        is_labelled: bool,
    ) -> Result<()> {
        let thick = (self.columns.width() * 0.74).min(15.0);
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
            panel.y(precise(base)) - 2.2,
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
    pub(in crate::render) fn foot(
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
                canvas.text(x, baseline, &year, &style)?;
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
pub(in crate::render) fn listed(
    reader: &Reader<'_>,
    rows: &[usize],
    column: &str,
) -> Result<String> {
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
