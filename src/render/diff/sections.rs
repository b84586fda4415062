//! The differences as lines under headings, the same on the terminal and in Markdown.

use crate::analyse::diff::{Diff, Moved, Numbers, Rows, Setting, Value};
use crate::analyse::{Cell, Column};
use crate::model::label::{Label, Language};
use crate::model::measure::decimal;
use crate::model::missing::Reason;
use crate::render::words;

/// A heading and what stands under it.
pub(super) struct Section {
    pub(super) heading: String,
    pub(super) lines: Vec<String>,
}

/// Every difference, the consequences first: headlines, published tables, data, settings, labels.
pub(super) fn sections(diff: &Diff, language: Language) -> Vec<Section> {
    let words = |label: &Label| label.get(language).to_owned();
    let mut sections = vec![Section {
        heading: words(&Label::new("Headlines", "Басты сөйлемдер", "Главное")),
        lines: headlines(diff, language),
    }];
    sections.push(Section {
        heading: words(&Label::new(
            "Published tables",
            "Жарияланған кестелер",
            "Опубликованные таблицы",
        )),
        lines: whole_tables(diff, language),
    });
    sections.extend(diff.numbers.iter().map(|table| Section {
        heading: format!("{}: {}", table.table, table.title.get(language)),
        lines: published(table, language),
    }));
    sections.extend(diff.rows.iter().map(|rows| {
        let of_data = Label::new("data, {table}", "деректер, {table}", "данные, {table}");
        Section {
            heading: words(&of_data.fill(&[("table", &Label::plain(&rows.table))])),
            lines: data(rows, language),
        }
    }));
    for (is_label, heading) in [
        (false, Label::new("Settings", "Параметрлер", "Параметры")),
        (true, Label::new("Labels", "Атаулар", "Названия")),
    ] {
        let settings = diff.settings.iter();
        sections.push(Section {
            heading: words(&heading),
            lines: settings
                .filter(|setting| setting.is_label == is_label)
                .map(|setting| self::setting(setting, language))
                .collect(),
        });
    }
    sections.retain(|section| !section.lines.is_empty());
    sections
}

fn headlines(diff: &Diff, language: Language) -> Vec<String> {
    let none = Label::new("(none)", "(жоқ)", "(нет)");
    let sentence = |label: &Option<Label>| label.as_ref().unwrap_or(&none).get(language).to_owned();
    let headlines = diff.headlines.iter();
    headlines
        .map(|headline| {
            let (old, new) = (sentence(&headline.old), sentence(&headline.new));
            format!("{}: {}", headline.name, arrow(&old, &new))
        })
        .collect()
}

fn whole_tables(diff: &Diff, language: Language) -> Vec<String> {
    let added = diff.tables_added.iter().map(|name| added(name, language));
    let removed = diff
        .tables_removed
        .iter()
        .map(|name| removed(name, language));
    added.chain(removed).collect()
}

fn published(table: &Numbers, language: Language) -> Vec<String> {
    let row = |cells: &[Cell]| {
        let cells = cells
            .iter()
            .map(|cell| words::cell(cell).get(language).to_owned());
        cells.collect::<Vec<String>>().join(", ")
    };
    let column = |column: &Column| {
        let text = Label::new("column {name}", "баған {name}", "столбец {name}");
        text.fill(&[("name", &column.label)])
            .get(language)
            .to_owned()
    };
    let changed = |moved: &Moved| {
        let (old, new) = readings(&moved.old, &moved.new, language);
        let place = [row(&moved.row), moved.label.get(language).to_owned()];
        let place: Vec<String> = place.into_iter().filter(|part| !part.is_empty()).collect();
        format!("{}: {}", place.join(", "), arrow(&old, &new))
    };
    let renamed = |moved: &Moved| {
        let text = Label::new(
            "{line} (the same, reworded)",
            "{line} (сол, басқа сөзбен)",
            "{line} (то же, другими словами)",
        );
        text.fill(&[("line", &Label::plain(changed(moved)))])
            .get(language)
            .to_owned()
    };
    let mut lines: Vec<String> = table.moved.iter().map(changed).collect();
    lines.extend(table.added.iter().map(|cells| added(&row(cells), language)));
    lines.extend(
        table
            .removed
            .iter()
            .map(|cells| removed(&row(cells), language)),
    );
    lines.extend(
        table
            .columns_added
            .iter()
            .map(|one| added(&column(one), language)),
    );
    lines.extend(
        table
            .columns_removed
            .iter()
            .map(|one| removed(&column(one), language)),
    );
    lines.extend(table.renamed.iter().map(renamed));
    lines
}

fn data(rows: &Rows, language: Language) -> Vec<String> {
    let row = |values: &[Value]| {
        let values = values.iter().map(|value| said(value, language));
        values.collect::<Vec<String>>().join(", ")
    };
    let came = rows
        .added
        .iter()
        .map(|values| added(&row(values), language));
    let went = rows
        .removed
        .iter()
        .map(|values| removed(&row(values), language));
    let changed = rows.changed.iter().map(|changed| {
        let change = arrow(&said(&changed.old, language), &said(&changed.new, language));
        format!("{}, {}: {change}", row(&changed.row), changed.variable)
    });
    came.chain(went).chain(changed).collect()
}

fn setting(setting: &Setting, language: Language) -> String {
    let place = format!("{}, {}", setting.file, setting.path);
    match (&setting.old, &setting.new) {
        (Some(old), Some(new)) => format!("{place}: {}", arrow(old, new)),
        (None, Some(new)) => added(&format!("{place}: {new}"), language),
        (Some(old), None) => removed(&format!("{place}: {old}"), language),
        (None, None) => place,
    }
}

/// Two texts that are long or hold an arrow themselves are set in quotation marks.
fn arrow(old: &str, new: &str) -> String {
    let is_plain = |text: &str| text.chars().count() <= 40 && !text.contains('→');
    if is_plain(old) && is_plain(new) {
        format!("{old} → {new}")
    } else {
        format!("\"{old}\" → \"{new}\"")
    }
}

fn added(what: &str, language: Language) -> String {
    let text = Label::new("added: {what}", "қосылды: {what}", "добавлено: {what}");
    text.fill(&[("what", &Label::plain(what))])
        .get(language)
        .to_owned()
}

fn removed(what: &str, language: Language) -> String {
    let text = Label::new("removed: {what}", "алынды: {what}", "удалено: {what}");
    text.fill(&[("what", &Label::plain(what))])
        .get(language)
        .to_owned()
}

/// A value of the data as the files have it; a missing one is its reason, as codes are not translated.
fn said(value: &Value, language: Language) -> String {
    let reason = |reason: &Reason| {
        let text = Label::new(
            "no value ({why})",
            "мәні жоқ ({why})",
            "нет значения ({why})",
        );
        text.fill(&[("why", &reason.label())])
            .get(language)
            .to_owned()
    };
    match value {
        Value::Known(text) if text.is_empty() => {
            Label::new("none of them", "ешқайсысы", "ни одного")
                .get(language)
                .to_owned()
        }
        Value::Known(text) => text.clone(),
        Value::Missing(why) => reason(why),
    }
}

/// Two cells as a reader sees them; where they differ in what is rounded away, or in another language
/// only, as exactly as it takes to tell them apart.
fn readings(old: &Cell, new: &Cell, language: Language) -> (String, String) {
    let read = |cell: &Cell, language| words::cell(cell).get(language).to_owned();
    let as_published = (read(old, language), read(new, language));
    let finer = (2..=9).map(|decimals| {
        let read = |cell: &Cell| finer(cell, decimals).get(language).to_owned();
        (read(old), read(new))
    });
    let elsewhere = Language::ALL.map(|other| {
        let read = |cell: &Cell| format!("{} ({})", read(cell, other), other.tag());
        (read(old), read(new))
    });
    let told_apart = |pair: &(String, String)| pair.0 != pair.1;
    std::iter::once(as_published.clone())
        .chain(finer)
        .chain(elsewhere)
        .find(told_apart)
        .unwrap_or(as_published)
}

/// A cell with that many decimals; a code as the files have it.
fn finer(cell: &Cell, decimals: usize) -> Label {
    match cell {
        Cell::Number(number) | Cell::Probability(number) => decimal(*number, decimals),
        Cell::Code(code, label) => {
            Label::each(|language| format!("{} ({code})", label.get(language)))
        }
        Cell::Share(share) => share.estimate.map_or_else(
            || words::share(share),
            |estimate| {
                let counts = format!("{}/{}", share.successes, share.trials);
                Label::plain(format!("{counts} · {estimate:.decimals$}"))
            },
        ),
        other => words::cell(other),
    }
}
