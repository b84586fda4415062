//! What happened when: every case with its span and its events, as marks.

use std::collections::BTreeMap;

use polars::prelude::DataFrame;

use crate::analyse::selection::Selection;
use crate::analyse::{Answer, Cell, Column, TableSpec, engagements, names};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::date::Day;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use crate::validate::typed::{integers, texts, truths};

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "timeline",
    title: Label::new(
        "What happened when: cases and their events",
        "Не қашан болды: жағдайлар мен олардың оқиғалары",
        "Что и когда произошло: случаи и их события",
    ),
    needs: &[Concept::Case, Concept::Start],
    needs_threshold: false,
    compute,
};

fn compute(selection: &Selection) -> Result<Answer> {
    let mut events = marks_of_events(selection)?;
    let cases = &selection.cases;
    let identifiers = texts(cases, "case")?;
    let titles = names::titles(selection)?;
    let mut order: Vec<usize> = (0..cases.height()).collect();
    let starts = integers(cases, "start_earliest")?;
    order.sort_by_key(|row| (starts[*row].is_none(), starts[*row], identifiers.get(*row)));
    let spans = Marks::new(cases, selection)?;
    let depth = integers(cases, "depth")?;
    let roles = roles(selection);
    let parts = engagements::all(selection)?;
    let is_open = truths(cases, "is_open")?;
    let mut rows = Vec::new();
    for row in order {
        let Some(case) = identifiers.get(row) else {
            continue;
        };
        let deepest = depth[row].and_then(|depth| roles.get(usize::try_from(depth).ok()?));
        let played = deepest.or_else(|| {
            let mut played = parts[row].roles.iter();
            let code = match (played.next(), played.next()) {
                (Some(_), Some(_)) => SEVERAL,
                (only, _) => only?,
            };
            roles.iter().find(|(known, _)| known == code)
        });
        let role = played.map_or(Cell::Missing(parts[row].no_role()), |(code, label)| {
            Cell::Code(code.clone(), label.clone())
        });
        let head = |mark: &str| {
            vec![
                Cell::Text(Label::plain(case)),
                Cell::Text(titles[row].clone()),
                mark_cell(mark),
            ]
        };
        let mut span = head("span");
        span.extend(spans.days(row));
        span.push(Cell::Flag(is_open.get(row) == Some(true)));
        span.push(spans.kind(row));
        span.push(role);
        span.push(spans.outcome(row));
        span.extend([Cell::Missing(Reason::Na), Cell::Missing(Reason::Na)]);
        rows.push(span);
        for mark in events.remove(case).unwrap_or_default() {
            let mut event = head("event");
            event.extend(mark);
            rows.push(event);
        }
    }
    Ok(Answer {
        denominator: Label::new("no shares", "үлестер жоқ", "долей нет"),
        method: Label::new(
            "Dates are intervals of possible days. The role of a case is the deepest one provided by an act; its outcome is what the talks produced at their best point. Spans not over yet end on the day of the view.",
            "Күндер — ықтимал күндер аралығы. Жағдайдың рөлі — әрекетпен атқарылған ең терең рөл; нәтижесі — келіссөздердің ең жақсы сәтіндегі жемісі. Аяқталмаған аралықтар көрініс күнінде тоқтайды.",
            "Даты — интервалы возможных дней. Роль случая — самая глубокая, исполненная действием; исход — то, чего переговоры достигли в лучшей точке. Незавершённые отрезки оканчиваются днём вида.",
        ),
        notes: Vec::new(),
        reading: reading(&rows),
        columns: columns(selection, roles),
        rows,
        ..Answer::of(
            Unit::Case,
            cases.height(),
            starts.iter().filter(|start| start.is_none()).count(),
        )
    })
}

/// The case with most events, several if they tie.
fn reading(rows: &[Vec<Cell>]) -> Vec<Label> {
    let mut events: BTreeMap<(&Label, &Label), usize> = BTreeMap::new();
    for row in rows {
        if let [Cell::Text(case), Cell::Text(title), Cell::Code(mark, _), ..] = row.as_slice() {
            *events.entry((case, title)).or_default() += usize::from(mark == "event");
        }
    }
    let Some(most) = events.values().copied().max().filter(|most| *most > 0) else {
        return Vec::new();
    };
    let first: Vec<&Label> = { events.iter() }
        .filter(|(_, n)| **n == most)
        .map(|((_, title), _)| *title)
        .collect();
    let text = if first.len() == 1 {
        Label::new(
            "The record has {n} cases with {events} events, those that only give context included; one case, {names}, has {most} of them.",
            "Деректерде {n} жағдай және {events} оқиға бар, тек контекст беретіндерімен қоса; соның {most} оқиғасы бір жағдайда: {names}.",
            "В данных случаев {n}, событий {events}, включая контекст; больше всего событий, {most}, в одном случае: {names}.",
        )
    } else {
        Label::new(
            "The record has {n} cases with {events} events, those that only give context included; the most in one case are {most}, in {names}.",
            "Деректерде {n} жағдай және {events} оқиға бар, тек контекст беретіндерімен қоса; бір жағдайдағы ең көп оқиға – {most}: {names}.",
            "В данных случаев {n}, событий {events}, включая контекст; больше всего событий в одном случае — {most}: {names}.",
        )
    };
    let number = |n: usize| Label::plain(n.to_string());
    vec![text.fill(&[
        ("n", &number(events.len())),
        ("events", &number(events.values().sum())),
        ("most", &number(most)),
        ("names", &names::tied(first)),
    ])]
}

/// The code of a case that has several roles where none is the deepest.
const SEVERAL: &str = "several";

/// The roles from shallow to deep, or in the order of the codebook and with one for several at once.
fn roles(selection: &Selection) -> Vec<(String, Label)> {
    let mut roles = selection.codes(Concept::Role);
    if selection.depths().is_empty() && !roles.is_empty() {
        let several = Label::new("several roles", "бірнеше рөл", "несколько ролей");
        roles.push((SEVERAL.to_owned(), several));
    }
    roles
}

fn mark_codes() -> Vec<(String, Label)> {
    vec![
        ("span".to_owned(), Label::new("case", "жағдай", "случай")),
        ("event".to_owned(), Label::new("event", "оқиға", "событие")),
    ]
}

fn mark_cell(mark: &str) -> Cell {
    let label = mark_codes()
        .into_iter()
        .find(|(code, _)| code == mark)
        .map(|(_, label)| label)
        .unwrap_or_default();
    Cell::Code(mark.to_owned(), label)
}

fn columns(selection: &Selection, roles: Vec<(String, Label)>) -> Vec<Column> {
    let day = |name, label| Column::new(name, label, Measure::Date);
    vec![
        Column::new(
            "case",
            Label::new("Case", "Жағдай", "Случай"),
            Measure::Identifier,
        ),
        Column::new(
            "title",
            Label::new("Title", "Атауы", "Название"),
            Measure::Text,
        ),
        Column::coded(
            "mark",
            Label::new("Mark", "Белгі", "Отметка"),
            Measure::Nominal,
            mark_codes(),
        ),
        day(
            "from_earliest",
            Label::new("Earliest start", "Ең ерте басталуы", "Самое раннее начало"),
        ),
        day(
            "from_latest",
            Label::new("Latest start", "Ең кеш басталуы", "Самое позднее начало"),
        ),
        day(
            "until_earliest",
            Label::new("Earliest end", "Ең ерте аяқталуы", "Самый ранний конец"),
        ),
        day(
            "until_latest",
            Label::new("Latest end", "Ең кеш аяқталуы", "Самый поздний конец"),
        ),
        Column::new(
            "open",
            Label::new("Still open", "Әлі ашық", "Ещё открыт"),
            Measure::Flag,
        ),
        Column::coded(
            "kind",
            Label::new("Kind", "Түрі", "Вид"),
            Measure::Nominal,
            selection.codes(Concept::Kind),
        ),
        Column::coded(
            "role",
            Label::new("Deepest role", "Ең терең рөл", "Самая глубокая роль"),
            Measure::Ordinal,
            roles,
        ),
        Column::coded(
            "outcome",
            Label::new("Outcome", "Нәтиже", "Исход"),
            Measure::Ordinal,
            selection.codes(Concept::Outcome),
        ),
        Column::coded(
            "type",
            Label::new("Type of event", "Оқиға түрі", "Тип события"),
            Measure::Nominal,
            selection.codes(Concept::Type),
        ),
        Column::new(
            "hosted",
            Label::new("Hosted at home", "Елде өткені", "Проведено дома"),
            Measure::Flag,
        ),
    ]
}

/// The cells of every event after its title, by case, in order of time.
fn marks_of_events(selection: &Selection) -> Result<BTreeMap<String, Vec<Vec<Cell>>>> {
    let events = &selection.events;
    let marks = Marks::new(events, selection)?;
    let types = selection.codes(Concept::Type);
    let (cases, kinds) = (texts(events, "case")?, texts(events, "type")?);
    let names = texts(events, "event")?;
    let hosted = truths(events, "hosted")?;
    let starts = integers(events, "start_earliest")?;
    let mut order: Vec<usize> = (0..events.height()).collect();
    order.sort_by_key(|row| (starts[*row].is_none(), starts[*row], names.get(*row)));
    let mut of: BTreeMap<String, Vec<Vec<Cell>>> = BTreeMap::new();
    for row in order {
        let Some(case) = cases.get(row) else { continue };
        let mut cells = marks.days(row);
        cells.push(Cell::Flag(false));
        cells.push(Cell::Missing(Reason::Na));
        cells.push(Cell::Missing(Reason::Na));
        cells.push(marks.outcome(row));
        cells.push(coded(&types, kinds.get(row)));
        cells.push(
            hosted
                .get(row)
                .map_or(Cell::Missing(Reason::Unknown), Cell::Flag),
        );
        of.entry(case.to_owned()).or_default().push(cells);
    }
    Ok(of)
}

fn coded(codes: &[(String, Label)], code: Option<&str>) -> Cell {
    let Some(code) = code else {
        return Cell::Missing(Reason::Unknown);
    };
    let label = codes.iter().find(|(known, _)| known == code);
    let label = label.map_or_else(|| Label::plain(code), |(_, label)| label.clone());
    Cell::Code(code.to_owned(), label)
}

/// What cases and events have in common as marks on a time line.
struct Marks {
    days: [Vec<Option<i32>>; 4],
    outcomes: Vec<Option<String>>,
    missing: Vec<Option<String>>,
    kinds: Vec<Option<String>>,
    outcome_codes: Vec<(String, Label)>,
    kind_codes: Vec<(String, Label)>,
}

impl Marks {
    fn new(frame: &DataFrame, selection: &Selection) -> Result<Self> {
        let read = |name| -> Result<Vec<Option<String>>> {
            let column = texts(frame, name)?;
            Ok(column.iter().map(|text| text.map(str::to_owned)).collect())
        };
        let kinds = if frame.column("kind").is_ok() {
            read("kind")?
        } else {
            Vec::new()
        };
        Ok(Self {
            days: [
                integers(frame, "start_earliest")?,
                integers(frame, "start_latest")?,
                integers(frame, "end_earliest")?,
                integers(frame, "end_latest")?,
            ],
            outcomes: read("outcome")?,
            missing: read("outcome_missing")?,
            kinds,
            outcome_codes: selection.codes(Concept::Outcome),
            kind_codes: selection.codes(Concept::Kind),
        })
    }

    fn days(&self, row: usize) -> Vec<Cell> {
        self.days
            .iter()
            .map(|days| match days.get(row).copied().flatten() {
                Some(day) => Cell::Day(Day::from_epoch(day)),
                None => Cell::Missing(Reason::Unknown),
            })
            .collect()
    }

    fn outcome(&self, row: usize) -> Cell {
        let reason = self.missing.get(row).and_then(Option::as_deref);
        match coded(
            &self.outcome_codes,
            self.outcomes.get(row).and_then(Option::as_deref),
        ) {
            Cell::Missing(unknown) => Cell::Missing(reason.and_then(Reason::of).unwrap_or(unknown)),
            cell => cell,
        }
    }

    fn kind(&self, row: usize) -> Cell {
        if self.kind_codes.is_empty() {
            return Cell::Missing(Reason::Na);
        }
        coded(
            &self.kind_codes,
            self.kinds.get(row).and_then(Option::as_deref),
        )
    }
}
