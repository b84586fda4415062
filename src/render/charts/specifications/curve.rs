//! A number under every way of asking: its values in ascending order, and what was changed in each.

use crate::analyse::sensitivity::NEAR;
use crate::analyse::table::Column;
use crate::error::Result;
use crate::model::label::Label;
use crate::model::measure::{Measure, decimal, percent};
use crate::render::canvas::axis;
use crate::render::pieces::read::Reader;
use crate::render::theme;

/// The code of the row that holds the values as asked.
pub(super) const BASE: &str = "base";

/// Where a run leaves a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// Below what it is as asked.
    Lower,
    /// Where it is as asked.
    Same,
    /// Above what it is as asked.
    Higher,
    /// Nowhere: the run has nothing to form it from.
    Without,
}

/// A run on the curve of one number.
pub(super) struct Run {
    /// Its row in the table.
    pub row: usize,
    /// The place of what was changed, in the list of its column.
    pub group: usize,
    /// The value; `None` if it has none.
    pub value: Option<f64>,
    /// The value beside the one as asked.
    pub side: Side,
}

/// A number with its runs in ascending order, those without a value last.
pub(super) struct Curve<'a> {
    /// Its column.
    pub column: &'a Column,
    /// The value as asked.
    pub base: Option<f64>,
    /// The runs; equal values in the order of the groups.
    pub runs: Vec<Run>,
}

impl<'a> Curve<'a> {
    /// The curve of every column that holds a number, in the order of the table.
    pub(super) fn all(reader: &Reader<'a>) -> Result<Vec<Self>> {
        reader.column("changed")?;
        reader.column("how")?;
        let columns = reader.table.columns.iter();
        let numbers = columns
            .filter(|column| column.measure.is_numeric() || column.measure == Measure::Ordinal);
        numbers.map(|column| Self::read(reader, column)).collect()
    }

    fn read(reader: &Reader<'a>, column: &'a Column) -> Result<Self> {
        let mut base = None;
        let mut runs = Vec::new();
        for row in 0..reader.table.rows.len() {
            let value = reader.number(row, &column.name)?;
            if reader.cell(row, "changed")?.code() == Some(BASE) {
                base = value;
            } else if let Some(group) = reader.place(row, "changed")? {
                let side = Side::Without;
                runs.push(Run {
                    row,
                    group,
                    value,
                    side,
                });
            }
        }
        for run in &mut runs {
            run.side = match (run.value, base) {
                (Some(value), Some(base)) if value < base - NEAR => Side::Lower,
                (Some(value), Some(base)) if value > base + NEAR => Side::Higher,
                (Some(_), _) => Side::Same,
                (None, _) => Side::Without,
            };
        }
        runs.sort_by(|one, other| {
            let beside = |run: &Run| match run.side {
                Side::Same => base.or(run.value),
                _ => run.value,
            };
            let values = beside(one).unwrap_or(f64::INFINITY);
            let values = values.total_cmp(&beside(other).unwrap_or(f64::INFINITY));
            (one.side.cmp(&other.side))
                .then(values)
                .then((one.group, one.row).cmp(&(other.group, other.row)))
        });
        Ok(Self { column, base, runs })
    }

    /// How many runs lie on that side.
    pub(super) fn count(&self, side: Side) -> usize {
        self.runs.iter().filter(|run| run.side == side).count()
    }

    /// The farthest run of a side, and how many others lie as far.
    pub(super) fn farthest(&self, side: Side) -> Option<(&Run, usize)> {
        let mut runs = self.runs.iter().filter(|run| run.side == side);
        let first = match side {
            Side::Higher => {
                let last = runs.next_back()?.value?;
                let mut runs = self.runs.iter().filter(|run| run.side == side);
                runs.find(|run| run.value.is_some_and(|value| (value - last).abs() < NEAR))?
            }
            _ => runs.next()?,
        };
        let value = first.value?;
        let as_far = |run: &&Run| run.value.is_some_and(|other| (other - value).abs() < NEAR);
        Some((first, self.runs.iter().filter(as_far).count() - 1))
    }

    /// The value as asked, and how many runs have it.
    pub(super) fn asked(&self) -> Label {
        let number = |count: usize| Label::plain(count.to_string());
        let Some(base) = self.base else {
            return Label::new(
                "no value as asked",
                "сұралғандай мәні жоқ",
                "как спрошено — нет значения",
            );
        };
        let same = Label::new(
            "as asked {value}; the same in {same} of {all}",
            "сұралғандай {value}; {all} ішінен {same} тең",
            "как спрошено {value}; столько же в {same} из {all}",
        )
        .fill(&[
            ("value", &self.words(base)),
            ("same", &number(self.count(Side::Same))),
            ("all", &number(self.runs.len())),
        ]);
        let without = self.count(Side::Without);
        if without == 0 {
            return same;
        }
        let silent = Label::new("no value in {n}", "{n} мәнсіз", "без значения {n}");
        Label::join([&same, &silent.fill(&[("n", &number(without))])], "; ")
    }

    /// In how many runs a number lies on that side, and the farthest of them.
    pub(super) fn reach(&self, reader: &Reader<'_>, side: Side) -> Result<Label> {
        let is_lower = side == Side::Lower;
        let (Some((run, others)), Some(_)) = (self.farthest(side), self.base) else {
            return Ok(match (self.base, is_lower) {
                (None, _) => Label::default(),
                (_, true) => Label::new(
                    "lower in no run",
                    "ешбір есептеуде төмен емес",
                    "ниже ни в одном прогоне",
                ),
                (_, false) => Label::new(
                    "higher in no run",
                    "ешбір есептеуде жоғары емес",
                    "выше ни в одном прогоне",
                ),
            });
        };
        let text = match (is_lower, others) {
            (true, 0) => Label::new(
                "lower in {n}, lowest {value}: {how}",
                "төмен — {n}, ең төмені {value}: {how}",
                "ниже в {n}, ниже всего {value}: {how}",
            ),
            (true, _) => Label::new(
                "lower in {n}, lowest {value}: {how}, and {others} more",
                "төмен — {n}, ең төмені {value}: {how}, тағы {others}",
                "ниже в {n}, ниже всего {value}: {how} и ещё {others}",
            ),
            (false, 0) => Label::new(
                "higher in {n}, highest {value}: {how}",
                "жоғары — {n}, ең жоғарысы {value}: {how}",
                "выше в {n}, выше всего {value}: {how}",
            ),
            (false, _) => Label::new(
                "higher in {n}, highest {value}: {how}, and {others} more",
                "жоғары — {n}, ең жоғарысы {value}: {how}, тағы {others}",
                "выше в {n}, выше всего {value}: {how} и ещё {others}",
            ),
        };
        let how = Label::plain(reader.words(run.row, "how")?);
        Ok(text.fill(&[
            ("n", &Label::plain(self.count(side).to_string())),
            ("value", &self.words(run.value.unwrap_or_default())),
            ("how", &how),
            ("others", &Label::plain(others.to_string())),
        ]))
    }

    /// A value of it in words.
    pub(super) fn words(&self, value: f64) -> Label {
        match self.column.measure {
            Measure::Count => decimal(value, 0),
            Measure::Proportion | Measure::Share => percent(value),
            Measure::Ordinal => {
                let codes = &self.column.codes;
                let named = |rank: f64| {
                    let place = (0..codes.len()).find(|place| is_rank(*place, rank))?;
                    Some(&codes[place].1)
                };
                match (named(value.floor()), named(value.ceil())) {
                    (Some(low), Some(high)) if low != high => Label::join([low, high], " – "),
                    (Some(low), _) => low.clone(),
                    _ => decimal(value, 1),
                }
            }
            _ => decimal(value, 2),
        }
    }

    /// A tick of its axis in words: that of a ratio is whole.
    pub(super) fn words_of_tick(&self, tick: f64) -> Label {
        match self.column.measure {
            Measure::Number => decimal(tick, 0),
            _ => self.words(tick),
        }
    }

    /// The values at which the axis has a line, from 0 to the top of it.
    pub(super) fn ticks(&self) -> Vec<f64> {
        match self.column.measure {
            Measure::Proportion | Measure::Share => vec![0.0, 0.5, 1.0],
            Measure::Ordinal => {
                let last = self.column.codes.len().max(2);
                (0..last).map(theme::real).collect()
            }
            _ => {
                let values = self.runs.iter().filter_map(|run| run.value);
                let most = values.chain(self.base).fold(0.0, f64::max);
                let whole = (0..=1_000_000).find(|whole| f64::from(*whole) >= most);
                let ticks = axis::counts(u64::from(whole.unwrap_or(1_000_000_u32)), 3);
                ticks.into_iter().map(theme::precise).collect()
            }
        }
    }
}

fn is_rank(place: usize, rank: f64) -> bool {
    (theme::real(place) - rank).abs() < NEAR
}
