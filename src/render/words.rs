//! Cells and captions in words, the same on the terminal, in Markdown and on the page.

use crate::analyse::{Cell, Table};
use crate::model::estimate::Share;
use crate::model::label::{Label, Language};
use crate::model::measure::{decimal, percent};

/// A cell as a reader sees it; a missing value is its reason.
#[must_use]
pub fn cell(cell: &Cell) -> Label {
    match cell {
        Cell::Text(label) | Cell::Code(_, label) => label.clone(),
        Cell::Count(count) => Label::plain(count.to_string()),
        Cell::Number(number) => decimal(*number, 1),
        Cell::Share(share) => self::share(share),
        Cell::Day(day) => Label::plain(day.to_string()),
        Cell::Flag(true) => Label::new("yes", "иә", "да"),
        Cell::Flag(false) => Label::new("no", "жоқ", "нет"),
        Cell::Missing(reason) => reason.label(),
    }
}

/// `3/7 · 43% [16–75%]`; of nothing `0/0`, without a percentage.
#[must_use]
pub fn share(share: &Share) -> Label {
    let counts = format!("{}/{}", share.successes, share.trials);
    match share.estimate {
        Some(estimate) => {
            let (low, high) = (estimate.low * 100.0, estimate.high * 100.0);
            let value = percent(estimate.value);
            Label::each(|language| {
                let sign = if language == Language::En {
                    "%"
                } else {
                    "\u{a0}%"
                };
                format!(
                    "{counts} · {} [{low:.0}–{high:.0}{sign}]",
                    value.get(language)
                )
            })
        }
        #[expect(clippy::cast_precision_loss, reason = "counts are small")]
        None if share.trials > 0 => {
            let value = percent(share.successes as f64 / share.trials as f64);
            Label::each(|language| format!("{counts} · {}", value.get(language)))
        }
        None => Label::plain(counts),
    }
}

/// What stands under a table: its unit, n, missing, denominator, view and method, a line each.
#[must_use]
pub fn caption(table: &Table) -> Vec<(Label, Label)> {
    let number = |n: usize| Label::plain(n.to_string());
    let mut lines = vec![
        (Label::new("Unit", "Бірлік", "Единица"), table.unit.label()),
        (Label::plain("n"), number(table.n)),
        (
            Label::new(
                "Left out, value missing",
                "Мәні жоқ, алынбады",
                "Опущено, нет значения",
            ),
            number(table.missing),
        ),
        (
            Label::new("Denominator", "Бөлгіш", "Знаменатель"),
            table.denominator.clone(),
        ),
        (Label::new("View", "Көрініс", "Вид"), table.view.clone()),
        (Label::new("Method", "Әдіс", "Метод"), table.method.clone()),
    ];
    let note = Label::new("Note", "Ескертпе", "Примечание");
    lines.extend(table.notes.iter().map(|text| (note.clone(), text.clone())));
    let reading = Label::new("Reading", "Оқылуы", "Как читать");
    lines.extend(
        table
            .reading
            .iter()
            .map(|text| (reading.clone(), text.clone())),
    );
    lines
}
