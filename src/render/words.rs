//! Cells and captions in words, the same on the terminal, in Markdown and on the page.

use crate::analyse::{Cell, Table};
use crate::model::estimate::Share;
use crate::model::label::Label;
use crate::model::measure::{decimal, percent};
use crate::model::missing::Reason;

/// A cell as a reader sees it; a missing value is its reason.
#[must_use]
pub fn cell(cell: &Cell) -> Label {
    match cell {
        Cell::Text(label) | Cell::Code(_, label) | Cell::Worded(_, label) => label.clone(),
        Cell::Count(count) => Label::plain(count.to_string()),
        Cell::Number(number) => decimal(*number, 1),
        Cell::Probability(p) if *p < 0.0005 => Label::each(|language| {
            let least = decimal(0.001, 3);
            format!("<{}", least.get(language))
        }),
        Cell::Probability(p) => decimal(*p, 3),
        Cell::Share(share) => self::share(share),
        Cell::Day(day) => Label::plain(day.to_string()),
        Cell::Flag(true) => Label::new("yes", "иә", "да"),
        Cell::Flag(false) => Label::new("no", "жоқ", "нет"),
        Cell::Missing(reason) => reason.label(),
    }
}

/// What a page finds a value by that is missing for whatever reason.
pub(super) const MISSING: &str = "missing";

/// What a page finds a value by that is missing for this reason.
#[must_use]
pub fn missing(reason: Reason) -> String {
    format!("{MISSING}-{}", reason.name())
}

/// The cells of a table as a reader sees them, each number with the decimals that its column needs.
#[must_use]
pub fn rows(table: &Table) -> Vec<Vec<Label>> {
    let decimals: Vec<usize> = (0..table.columns.len())
        .map(|column| self::decimals(table.rows.iter().filter_map(|row| row.get(column))))
        .collect();
    let cells = |row: &Vec<Cell>| {
        let cells = row.iter().zip(&decimals);
        cells
            .map(|(cell, decimals)| match cell {
                Cell::Number(number) => decimal(*number, *decimals),
                cell => self::cell(cell),
            })
            .collect()
    };
    table.rows.iter().map(cells).collect()
}

/// Stands after the counts of a share of few.
pub(super) const FEW: &str = "†";

/// `3/7`, or `2/3†` where the counts are to be read and not the percentage.
#[must_use]
pub fn counts(share: &Share) -> String {
    let mark = if share.is_small() { FEW } else { "" };
    format!("{}/{}{mark}", share.successes, share.trials)
}

/// What the mark of few means, if any share of the table has it: the mark and the words.
#[must_use]
pub fn few(table: &Table) -> Option<(Label, Label)> {
    let mut shares = table.rows.iter().flatten().filter_map(Cell::share);
    let share = shares.find(|share| share.is_small())?;
    let meaning = Label::new(
        "a share of fewer than {floor}: read the counts, not the percentage",
        "{floor} санынан аз бірліктің үлесі: пайызын емес, санын оқыңыз",
        "доля менее чем от {floor}: читайте количества, а не процент",
    );
    let floor = Label::plain(share.floor.to_string());
    Some((Label::plain(FEW), meaning.fill(&[("floor", &floor)])))
}

/// `3/7 · 43% [16–75%]`; of nothing `0/0 –`, without a percentage.
#[must_use]
pub fn share(share: &Share) -> Label {
    let (counts, value, interval) = share_parts(share);
    let value = value.unwrap_or_else(|| Label::plain("–"));
    let separator = if share.trials > 0 { " · " } else { " " };
    Label::each(|language| {
        let interval = interval.as_ref().map_or("", |label| label.get(language));
        let text = format!("{counts}{separator}{} {interval}", value.get(language));
        text.trim_end().to_owned()
    })
}

/// The parts of a share: `3/7`, `43%` and `[16–75%]`. The second is not there if the denominator
/// is 0, the third if the share is no estimate.
#[must_use]
pub fn share_parts(share: &Share) -> (String, Option<Label>, Option<Label>) {
    let interval = share.estimate.map(|estimate| {
        let low = decimal(estimate.low * 100.0, 0);
        Label::new("[{low}–{high}]", "[{low}–{high}]", "[{low}–{high}]")
            .fill(&[("low", &low), ("high", &percent(estimate.high))])
    });
    (counts(share), share.value().map(percent), interval)
}

/// How many decimals the numbers of a column need: one rule for the whole column, so that its
/// digits stand under each other.
///
/// Whole numbers need none; otherwise three digits of the largest, and at most two decimals.
#[must_use]
pub fn decimals<'a>(cells: impl IntoIterator<Item = &'a Cell>) -> usize {
    let (mut largest, mut whole) = (0.0_f64, true);
    for cell in cells {
        if let Cell::Number(number) = cell {
            largest = largest.max(number.abs());
            whole &= (number - number.round()).abs() < 0.005;
        }
    }
    match largest {
        _ if whole => 0,
        _ if largest >= 100.0 => 0,
        _ if largest >= 10.0 => 1,
        _ => 2,
    }
}

/// What stands under a table: its facts, then its plain-language reading, a line each.
#[must_use]
pub fn caption(table: &Table) -> Vec<(Label, Label)> {
    let mut lines = facts(table);
    let reading = Label::new("Reading", "Оқылуы", "Как читать");
    lines.extend(
        table
            .reading
            .iter()
            .map(|text| (reading.clone(), text.clone())),
    );
    lines
}

/// The unit, n, missing, denominator, view, method, mark of few and notes of a table, a line each.
#[must_use]
pub fn facts(table: &Table) -> Vec<(Label, Label)> {
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
    lines.extend(few(table));
    let note = Label::new("Note", "Ескертпе", "Примечание");
    lines.extend(table.notes.iter().map(|text| (note.clone(), text.clone())));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::statistics::proportion;
    use crate::model::estimate::Level;
    use crate::model::label::Language;

    #[test]
    fn a_share_keeps_its_denominator_whatever_is_known() {
        let known = proportion::share(3, 7, Level::P95);
        assert_eq!(share(&known).get(Language::En), "3/7 · 43% [16–75%]");
        assert_eq!(
            share(&known).get(Language::Kk),
            "3/7 · 43\u{a0}% [16–75\u{a0}%]"
        );
        let nothing = proportion::share(0, 0, Level::P95);
        assert_eq!(share(&nothing).get(Language::En), "0/0 –");
        let counted = Share::counted(3, 7);
        assert_eq!(share(&counted).get(Language::En), "3/7 · 43%");
        let floor = 5;
        let few = Share {
            floor,
            ..Share::counted(2, 4)
        };
        assert_eq!(share(&few).get(Language::En), "2/4† · 50%");
        let nothing = Share { floor, ..nothing };
        assert_eq!(share(&nothing).get(Language::En), "0/0 –");
    }

    #[test]
    fn a_column_has_one_number_of_decimals() {
        let of = |numbers: &[f64]| {
            let cells: Vec<Cell> = numbers.iter().copied().map(Cell::Number).collect();
            decimals(&cells)
        };
        assert_eq!(of(&[]), 0);
        assert_eq!(of(&[3.0, 5.0]), 0);
        assert_eq!(of(&[0.364, 2.0]), 2);
        assert_eq!(of(&[8.33, 10.0]), 1);
        assert_eq!(of(&[0.5, 120.25]), 0);
    }
}
