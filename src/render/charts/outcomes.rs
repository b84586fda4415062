//! What came out: outcomes as columns, roles and periods as rows, the number of cases in each cell.

use super::{ChartSpec, Drawn};
use crate::error::Result;
use crate::model::label::Label;
use crate::render::canvas::{Anchor, Canvas, Paint, Rect, Type, marks, text};
use crate::render::figure::MARGIN;
use crate::render::pieces::groups::{self, INDENT, NAME};
use crate::render::pieces::nothing;
use crate::render::pieces::read::Reader;
use crate::render::theme::{self, ACCENT, GRID, MUTED, PAPER, real};
use crate::render::words;

/// What came out, by role and by period.
pub static SPEC: ChartSpec = ChartSpec {
    name: "outcomes",
    of: "outcomes",
    title: Label::new(
        "Outcomes by role and by period",
        "Рөл және кезең бойынша нәтижелер",
        "Исходы по ролям и периодам",
    ),
    draw,
};

/// The height of a cell.
const CELL: f64 = 16.0;
/// The widest cell: with few outcomes a row is still taken in at a glance.
const WIDEST: f64 = 66.0;
/// The distance between cells.
const GAP: f64 = 1.6;
/// What sets the unknown and the sums apart from the outcomes.
const APART: f64 = 8.0;

const PREFIX: &str = "outcome_";
const HEAD: Type = Type::of(theme::SMALL).bold().tight();
/// Lines side by side need more air than lines below each other.
const UPRIGHT: Type = Type {
    spacing: 1.3,
    ..HEAD.turned(-90.0)
};
const NUMBER: Type = Type::of(theme::BODY).anchor(Anchor::Middle);

/// What a column of the figure holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// The cases with the outcome of that rank.
    Outcome(usize),
    /// The cases whose outcome is not known.
    Unknown,
    /// All cases of the row.
    Sum,
}

/// A column of the figure.
struct Column<'a> {
    /// Its name in the table.
    name: &'a str,
    holds: Holds,
    words: String,
    x: f64,
    width: f64,
}

/// Where the columns are.
struct Grid<'a> {
    labels: f64,
    columns: Vec<Column<'a>>,
    outcomes: usize,
}

fn draw(reader: &Reader<'_>, canvas: &mut Canvas) -> Result<Drawn> {
    let count = |row: usize, name: &str| Ok(reader.count(row, name)?.unwrap_or(0));
    let mut most = 0;
    let mut cases = 0;
    for row in 0..reader.table.rows.len() {
        cases += count(row, "cases")?;
        // The sums of all are no part of the crossing, and would make it pale.
        if reader.key(row, "by")? != "all" {
            for column in &reader.table.columns {
                if column.name.starts_with(PREFIX) {
                    most = most.max(count(row, &column.name)?);
                }
            }
        }
    }
    if cases == 0 {
        return nothing::draw(canvas, reader);
    }
    let grid = Grid::new(canvas, reader)?;
    let mut top = grid.head(canvas)? + 3.0;
    let mut before = String::new();
    for row in 0..reader.table.rows.len() {
        let by = reader.words(row, "by")?;
        let is_all = reader.key(row, "by")? == "all";
        if by != before && !is_all {
            top += NAME.leading() + if row > 0 { 7.0 } else { 3.0 };
            groups::heading(canvas, top, row > 0, &by)?;
        }
        top = grid.row(canvas, reader, (row, is_all), top, most)?;
        before = by;
    }
    canvas.reach(top);
    Ok(Drawn {
        description: describe(reader, &grid)?,
        key: reader.say(&Label::new(
            "A cell is the number of cases, the darker the more; an outcome further right is further reached. In the dashed column the outcome is unknown; the last column adds up the row.",
            "Ұяшықта жағдайлар саны, неғұрлым қара болса, соғұрлым көп; оң жақтағы нәтиже тереңірек. Үзік сызықты бағанда нәтиже белгісіз; соңғы баған жолды қосады.",
            "В клетке число случаев: чем темнее, тем больше; исход правее – достигнуто больше. В пунктирном столбце исход неизвестен; последний столбец – сумма строки.",
        )),
    })
}

impl Column<'_> {
    /// The width of its heading.
    const fn room(&self) -> f64 {
        self.width - 3.0
    }

    /// How many upright lines it has room for.
    fn upright(&self) -> usize {
        if self.width >= 2.0 * UPRIGHT.leading() + GAP {
            2
        } else {
            1
        }
    }
}

impl<'a> Grid<'a> {
    fn new(canvas: &Canvas, reader: &Reader<'a>) -> Result<Self> {
        let mut columns = Vec::new();
        for column in &reader.table.columns {
            let holds = if column.name.starts_with(PREFIX) {
                Holds::Outcome(columns.len())
            } else if column.name == "unknown" {
                Holds::Unknown
            } else if column.name == "cases" {
                Holds::Sum
            } else {
                continue;
            };
            columns.push(Column {
                name: column.name.as_str(),
                holds,
                words: reader.say(&column.label),
                x: 0.0,
                width: 0.0,
            });
        }
        let mut names: Vec<String> = Vec::new();
        for row in 0..reader.table.rows.len() {
            names.push(reader.words(row, "group")?);
        }
        let widest = |width: &dyn Fn(&str) -> f64| {
            let widths = names.iter().map(|name| width(name));
            widths.fold(40.0, f64::max)
        };
        let word = widest(&|name| text::longest_word(name, NAME.size, NAME.weight));
        let labels = widest(&|name| NAME.width(name)).min(word.clamp(96.0, 130.0));
        let labels = labels + INDENT + 6.0;
        let room = canvas.width() - 2.0 * MARGIN - labels - 2.0 * APART;
        // Sums need no room to be compared by their shade.
        let sum = columns.iter().filter(|column| column.holds == Holds::Sum);
        let sum = sum
            .map(|column| HEAD.width(&column.words))
            .fold(24.0, f64::max)
            + 4.0;
        let cells = real(columns.len().max(2) - 1);
        let sum = sum.min(room / (cells + 1.0));
        let width = ((room - sum) / cells).min(WIDEST);
        let mut x = MARGIN + labels;
        for column in &mut columns {
            if column.holds == Holds::Unknown {
                x += APART;
            } else if column.holds == Holds::Sum {
                x += APART - GAP;
            }
            column.x = x;
            column.width = if column.holds == Holds::Sum {
                sum
            } else {
                width
            };
            x += column.width;
        }
        Ok(Self {
            labels,
            outcomes: columns
                .iter()
                .filter(|column| matches!(column.holds, Holds::Outcome(_)))
                .count(),
            columns,
        })
    }

    /// Writes the names of the columns, upright where one has a word wider than its column; returns
    /// their lower edge.
    fn head(&self, canvas: &mut Canvas) -> Result<f64> {
        const TALLEST: f64 = 84.0;
        let top = canvas.height() + 4.0;
        let fits = self.columns.iter().all(|column| {
            text::longest_word(&column.words, HEAD.size, HEAD.weight) <= column.room()
        });
        let wrapped: Vec<Vec<String>> = self
            .columns
            .iter()
            .map(|column| {
                let (limit, most) = if fits {
                    (column.room(), 6)
                } else {
                    (TALLEST, column.upright())
                };
                text::wrap_at_most(&column.words, HEAD.size, HEAD.weight, limit, most)
            })
            .collect();
        let high = if fits {
            let most = wrapped.iter().map(Vec::len).max().unwrap_or(1);
            HEAD.size + HEAD.leading() * (real(most) - 1.0)
        } else {
            let lines = wrapped.iter().flatten().map(String::as_str);
            text::widest(lines, HEAD.size, HEAD.weight)
        };
        let bottom = top + high;
        for (column, lines) in self.columns.iter().zip(&wrapped) {
            let centre = column.x + (column.width - GAP) / 2.0;
            let style = if fits { HEAD } else { UPRIGHT };
            let block = style.leading() * (real(lines.len()) - 1.0);
            if fits {
                canvas.lines(centre, bottom - block, lines, &style.anchor(Anchor::Middle))?;
            } else {
                let cap = HEAD.size * text::CAP_HEIGHT;
                for (place, line) in lines.iter().enumerate() {
                    let x = centre - block / 2.0 + style.leading() * real(place) + cap / 2.0;
                    canvas.text(x, bottom, line, &style)?;
                }
            }
            if let Holds::Outcome(place) = column.holds {
                let wide = marks::scale_width(self.outcomes);
                if wide <= column.room() {
                    let x = centre - wide / 2.0;
                    marks::scale(canvas, x, bottom + 9.5, place, self.outcomes, ACCENT);
                }
            }
        }
        Ok(bottom + 11.0)
    }

    /// Draws a row from `top`; returns its lower edge.
    fn row(
        &self,
        canvas: &mut Canvas,
        reader: &Reader<'_>,
        (row, is_all): (usize, bool),
        top: f64,
        most: u64,
    ) -> Result<f64> {
        let group = reader.words(row, "group")?;
        let style = if is_all { NAME.bold() } else { NAME };
        let indent = if is_all { 0.0 } else { INDENT };
        let lines = style.wrap(&group, self.labels - indent - 6.0);
        let height = CELL.max(real(lines.len()) * style.leading() + 2.0);
        let middle = top + (height - GAP) / 2.0;
        let cap = style.size * text::CAP_HEIGHT;
        let first = middle + cap / 2.0 - style.leading() * (real(lines.len()) - 1.0) / 2.0;
        canvas.lines(MARGIN + indent, first, &lines, &style)?;
        let keys = (reader.key(row, "by")?, reader.key(row, "group")?);
        for column in &self.columns {
            let Some(count) = reader.count(row, column.name)? else {
                continue;
            };
            let rect = Rect::new(column.x, top, column.width - GAP, height - GAP);
            let (paint, colour) = match column.holds {
                _ if count == 0 => (Paint::fill(PAPER), MUTED),
                Holds::Outcome(_) if is_all => (Paint::fill(PAPER).outlined(GRID, 0.6), theme::INK),
                Holds::Outcome(_) => {
                    let ground = theme::shade(count, most);
                    (Paint::fill(ground), theme::over(ground))
                }
                Holds::Unknown => {
                    let dashed = Paint::fill(PAPER).outlined(MUTED, 0.6).dashed("1.5 1.2");
                    (dashed, theme::INK)
                }
                Holds::Sum => (Paint::fill(PAPER), theme::INK),
            };
            let tooltip = format!("{group}; {}: {count}", column.words);
            let mut data = vec![("by", keys.0.as_str()), ("group", &keys.1)];
            data.extend(match column.holds {
                Holds::Outcome(_) => column.name.strip_prefix(PREFIX).map(|of| ("outcome", of)),
                Holds::Unknown => Some(("outcome", words::MISSING)),
                Holds::Sum => None,
            });
            let number = NUMBER.colour(colour);
            let number = if is_all || column.holds == Holds::Sum {
                number.bold()
            } else {
                number
            };
            canvas.group("count", &tooltip, &data, |canvas| {
                canvas.rect(rect, &paint);
                let x = rect.x + rect.width / 2.0;
                canvas.text(x, middle + cap / 2.0, &count.to_string(), &number)
            })?;
        }
        Ok(top + height)
    }
}

/// The rows in sentences: the outcomes that occur, what is unknown, and the sum.
fn describe(reader: &Reader<'_>, grid: &Grid<'_>) -> Result<String> {
    let mut sentences = Vec::new();
    for row in 0..reader.table.rows.len() {
        let (by, group) = (reader.words(row, "by")?, reader.words(row, "group")?);
        let name = if by == group {
            group
        } else {
            format!("{by}, {group}")
        };
        let mut parts = Vec::new();
        for column in &grid.columns {
            let count = reader.count(row, column.name)?.unwrap_or(0);
            if count > 0 || column.holds == Holds::Sum {
                parts.push(format!("{} {count}", column.words));
            }
        }
        sentences.push(format!("{name}: {}.", parts.join("; ")));
    }
    Ok(sentences.join(" "))
}
