//! How busy: cases begun and under way, and events, per period and per year.

use polars::prelude::{col, lit};

use crate::analyse::selection::Selection;
use crate::analyse::statistics::rate::{self, Events};
use crate::analyse::{Answer, Cell, Column, TableSpec, count, names};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::date::{Day, Interval};
use crate::model::label::Label;
use crate::model::measure::{Measure, decimal, percent};
use crate::model::missing::Reason;
use crate::model::study::Period;
use crate::model::unit::Unit;
use crate::validate::typed::{integers, truths};

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "activity",
    title: Label::new(
        "How busy: cases and events per period and year",
        "Белсенділік: кезең және жыл бойынша жағдайлар мен оқиғалар",
        "Активность: случаи и события по периодам и годам",
    ),
    needs: &[Concept::Case, Concept::Start],
    needs_cut: false,
    compute,
};

const METHOD: Label = Label::new(
    "A case or event belongs to the period or year that holds its whole start; a start that may lie in two of them is counted under \"unknown\". A case is under way from its earliest possible start to its latest possible end; one whose end is unknown only until its latest possible start. Events are acts inside mediations or offers; events that only give context are not counted. Exposure is the part of the span that the record covers, in years of 365.25 days. Rates are counts divided by it, for periods alone: those of single years are noise. Mediations begun a year: with exact {level} intervals (Garwood 1936).",
    "Жағдай немесе оқиға басталу уақыты толық жататын кезеңге не жылға жатқызылады; басталуы екеуіне қатар жатуы мүмкін болса, «белгісіз» деп саналады. Жағдай ең ерте ықтимал басталуынан ең кеш ықтимал аяқталуына дейін жүріп жатыр деп есептеледі; аяқталуы белгісіз болса, тек ең кеш ықтимал басталуына дейін. Оқиғалар — медиация немесе ұсыныс ішіндегі әрекеттер; тек контекст беретін оқиғалар саналмайды. Экспозиция — аралықтың дерек қамтыған бөлігі, 365,25 күндік жылмен. Жиілік – санды соған бөлгендегі мән, тек кезеңдер бойынша: жеке жылдардың жиілігі кездейсоқ. Жылына басталған медиациялар: дәл {level} аралықтарымен (Garwood 1936).",
    "Случай или событие относится к периоду или году, в который целиком попадает его начало; начало, возможное в двух из них, учтено как «неизвестно». Случай продолжается от самого раннего возможного начала до самого позднего возможного конца; если конец неизвестен — только до самого позднего возможного начала. События — действия внутри посредничеств или предложений; события-контекст не считаются. Экспозиция — охваченная записью часть отрезка, в годах по 365,25 дня. Частоты – количества, делённые на неё, только по периодам: частоты отдельных лет – шум. Начатые за год посредничества: с точными {level} интервалами (Garwood 1936).",
);

fn compute(selection: &Selection) -> Result<Answer> {
    let has_offers = selection.data.has(Concept::Kind) && !selection.study().base.kind.is_empty();
    let years: Vec<Period> = (selection.window.earliest.year()..=selection.window.latest.year())
        .map(|year| Period {
            code: year.to_string(),
            label: Label::plain(year.to_string()),
            span: Interval {
                earliest: Day::first_of(year),
                latest: Day::last_of(year),
            },
        })
        .collect();
    let scales = [("period", selection.periods.as_slice()), ("year", &years)];
    let mut rows = Vec::new();
    for (scale, spans) in scales {
        rows.extend(spanned(scale, spans, selection, has_offers)?);
    }
    let mut columns = vec![
        Column::coded(
            "scale",
            Label::new("Scale", "Масштаб", "Масштаб"),
            Measure::Nominal,
            scale_codes(),
        ),
        Column::new(
            "span",
            Label::new("Span", "Аралық", "Отрезок"),
            Measure::Text,
        ),
        Column::new(
            "from",
            Label::new("First day", "Алғашқы күні", "Первый день"),
            Measure::Date,
        ),
        Column::new(
            "until",
            Label::new("Last day", "Соңғы күні", "Последний день"),
            Measure::Date,
        ),
        Column::new(
            "years",
            Label::new("Years of record", "Дерек қамтыған жылдар", "Лет записи"),
            Measure::Number,
        ),
        Column::new(
            "cases",
            Label::new(
                "Mediations begun",
                "Басталған медиациялар",
                "Начато посредничеств",
            ),
            Measure::Count,
        ),
    ];
    if has_offers {
        columns.push(Column::new(
            "offers",
            Label::new("Offers begun", "Басталған ұсыныстар", "Начато предложений"),
            Measure::Count,
        ));
    }
    columns.push(Column::new(
        "active",
        Label::new(
            "Mediations under way",
            "Жүріп жатқан медиациялар",
            "Идущих посредничеств",
        ),
        Measure::Count,
    ));
    columns.push(Column::new(
        "events",
        Label::new("Events", "Оқиғалар", "События"),
        Measure::Count,
    ));
    columns.extend(rates());
    let n = count::rows(&selection.cases, col("is_base"))?;
    let undated = count::rows(
        &selection.cases,
        col("is_base").and(col("start_earliest").is_null()),
    )?;
    let data = selection.data;
    let answer = Answer {
        denominator: Label::new(
            "counts; no shares",
            "сандар; үлестер жоқ",
            "количества; долей нет",
        ),
        method: METHOD.fill(&[("level", &percent(selection.level.get()))]),
        notes: vec![
            Label::new(
                "The first and the last span are covered in part: compare counts per year of record.",
                "Бірінші және соңғы аралық ішінара қамтылған: сандарды дерек жылына шаққанда салыстырыңыз.",
                "Первый и последний отрезки охвачены частично: сравнивайте количества на год записи.",
            ),
            Label::new(
                "Rates of events have no interval: events of one case are not independent of each other.",
                "Оқиғалар жиілігінің аралығы жоқ: бір жағдайдың оқиғалары бір-біріне тәуелді.",
                "У частоты событий нет интервала: события одного случая зависят друг от друга.",
            ),
        ],
        reading: reading(&rows, has_offers),
        columns,
        rows,
        ..Answer::of(
            Unit::Case,
            usize::try_from(n - undated).unwrap_or(usize::MAX),
            usize::try_from(undated).unwrap_or(usize::MAX),
        )
    };
    Ok(answer.without(&[
        ("events", data.n_events() == 0),
        ("events_a_year", data.n_events() == 0),
    ]))
}

/// The columns of the rates.
fn rates() -> [Column; 4] {
    let number = |name, label| Column::new(name, label, Measure::Number);
    [
        number(
            "cases_a_year",
            Label::new(
                "Mediations begun a year",
                "Жылына басталған медиациялар",
                "Начато посредничеств за год",
            ),
        ),
        number("cases_low", Label::new("from", "бастап", "от")),
        number("cases_high", Label::new("to", "дейін", "до")),
        number(
            "events_a_year",
            Label::new("Events a year", "Жылына оқиғалар", "Событий за год"),
        ),
    ]
}

/// The rates of a period; those of a year, or over no exposure, do not apply.
fn rated(period: Option<&Period>, cases: u64, events: u64, selection: &Selection) -> [Cell; 4] {
    let rate = |count| {
        let exposure = period?.exposure(selection.window);
        rate::garwood(Events { count, exposure }, selection.level).ok()
    };
    let cell = |value: Option<f64>| value.map_or(Cell::Missing(Reason::Na), Cell::Number);
    let begun = rate(cases);
    [
        cell(begun.map(|rate| rate.value)),
        cell(begun.map(|rate| rate.low)),
        cell(begun.map(|rate| rate.high)),
        cell(rate(events).map(|rate| rate.value)),
    ]
}

fn scale_codes() -> Vec<(String, Label)> {
    vec![
        ("period".to_owned(), Label::new("period", "кезең", "период")),
        ("year".to_owned(), Label::new("year", "жыл", "год")),
    ]
}

/// A row per span, and one for starts that may lie in two of them, if there are any.
fn spanned(
    scale: &str,
    spans: &[Period],
    selection: &Selection,
    has_offers: bool,
) -> Result<Vec<Vec<Cell>>> {
    let locate = |frame, filter| -> Result<Vec<u64>> { located(frame, filter, spans) };
    let cases = locate(&selection.cases, col("is_base"))?;
    let offers = locate(&selection.cases, col("is_offer"))?;
    let events = locate(&selection.events, col("is_act"))?;
    let active = active(selection, spans)?;
    let scale_label = scale_codes()
        .into_iter()
        .find(|(code, _)| code == scale)
        .map(|(_, label)| label)
        .unwrap_or_default();
    let day = |day: Option<Day>| day.map_or(Cell::Missing(Reason::Na), Cell::Day);
    let mut rows = Vec::new();
    for position in 0..=spans.len() {
        let span = spans.get(position);
        let nothing = cases[position] + offers[position] + events[position] == 0;
        if span.is_none() && nothing {
            continue;
        }
        let mut row = vec![
            Cell::Code(scale.to_owned(), scale_label.clone()),
            span.map_or(Cell::Missing(Reason::Unknown), |span| {
                Cell::Code(span.code.clone(), span.label.clone())
            }),
            day(span.map(|span| span.span.earliest)),
            day(span.map(|span| span.span.latest)),
            span.map_or(Cell::Missing(Reason::Na), |span| {
                Cell::Number(span.exposure(selection.window))
            }),
            Cell::Count(cases[position]),
        ];
        if has_offers {
            row.push(Cell::Count(offers[position]));
        }
        row.push(match active.get(position) {
            Some(active) => Cell::Count(*active),
            None => Cell::Missing(Reason::Na),
        });
        row.push(Cell::Count(events[position]));
        let period = span.filter(|_| scale == "period");
        row.extend(rated(period, cases[position], events[position], selection));
        rows.push(row);
    }
    Ok(rows)
}

/// How many rows start in each span; the last number is of those that may start in two, or whose start is
/// unknown.
fn located(
    frame: &polars::prelude::DataFrame,
    filter: polars::prelude::Expr,
    spans: &[Period],
) -> Result<Vec<u64>> {
    let mut counts = Vec::new();
    let (earliest, latest) = (col("start_earliest"), col("start_latest"));
    for span in spans {
        let inside = earliest
            .clone()
            .gt_eq(lit(span.span.earliest.epoch()))
            .and(latest.clone().lt_eq(lit(span.span.latest.epoch())));
        counts.push(count::rows(frame, filter.clone().and(inside))?);
    }
    let all = count::rows(frame, filter)?;
    counts.push(all - counts.iter().sum::<u64>());
    Ok(counts)
}

/// How many base cases are under way on any day of each span.
fn active(selection: &Selection, spans: &[Period]) -> Result<Vec<u64>> {
    let base: Vec<bool> = truths(&selection.cases, "is_base")?
        .iter()
        .map(|is_base| is_base == Some(true))
        .collect();
    let starts = integers(&selection.cases, "start_earliest")?;
    let latest_starts = integers(&selection.cases, "start_latest")?;
    let ends = integers(&selection.cases, "end_latest")?;
    Ok(spans
        .iter()
        .map(|span| {
            let span = span.span;
            (0..starts.len())
                .filter(|row| base[*row])
                .filter(|row| {
                    let last = ends[*row].or(latest_starts[*row]);
                    starts[*row].is_some_and(|start| start <= span.latest.epoch())
                        && last.is_some_and(|last| last >= span.earliest.epoch())
                })
                .count() as u64
        })
        .collect())
}

/// The busiest period per year of record, in words.
fn reading(rows: &[Vec<Cell>], has_offers: bool) -> Vec<Label> {
    let events = 7 + usize::from(has_offers);
    let rates = rows.iter().filter_map(|row| {
        let (Cell::Code(scale, _), Cell::Code(_, span), Cell::Number(years)) =
            (&row[0], &row[1], &row[4])
        else {
            return None;
        };
        let count = row.get(events)?.count()?;
        #[expect(clippy::cast_precision_loss, reason = "counts are small")]
        let rate = count as f64 / years;
        (scale == "period" && *years > 0.0).then_some((span, count, *years, rate))
    });
    let rates: Vec<(&Label, u64, f64, f64)> = rates.collect();
    let most = rates.iter().map(|rate| rate.3).max_by(f64::total_cmp);
    let Some(most) = most.filter(|most| *most > 0.0) else {
        return Vec::new();
    };
    let part = Label::new(
        "{span} ({count} in {years} years, {rate} a year)",
        "{span} ({years} жылда {count}, жылына {rate})",
        "{span} ({count}; лет записи: {years}; {rate} в год)",
    );
    let first = rates.iter().filter(|rate| most - rate.3 < 1e-9);
    let first: Vec<Label> = first
        .map(|(span, count, years, rate)| {
            part.fill(&[
                ("span", span),
                ("count", &Label::plain(count.to_string())),
                ("years", &decimal(*years, 1)),
                ("rate", &decimal(*rate, 1)),
            ])
        })
        .collect();
    let text = Label::new(
        "Most events per year of record: {parts}.",
        "Дерек жылына шаққанда оқиғалар ең көп кезең: {parts}.",
        "Больше всего событий на год записи: {parts}.",
    );
    vec![text.fill(&[("parts", &names::tied(&first))])]
}
