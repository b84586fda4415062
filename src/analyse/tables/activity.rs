//! How busy: cases begun and under way, and events, per period and per year.

use polars::prelude::{DataFrame, Expr, IntoLazy as _, coalesce, col};

use crate::analyse::count::{self, Counts, size};
use crate::analyse::selection::Selection;
use crate::analyse::snapshot::{date, within};
use crate::analyse::statistics::rate::{self, Events};
use crate::analyse::{Answer, Cell, Column, TableSpec, names};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::date::{Day, Interval};
use crate::model::label::Label;
use crate::model::measure::{Measure, percent, years as years_of};
use crate::model::missing::Reason;
use crate::model::study::{PERIOD, Period};
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "activity",
    title: Label::new(
        "How busy: cases and events per period and year",
        "Белсенділік: кезең және жыл бойынша жағдайлар мен оқиғалар",
        "Активность: случаи и события по периодам и годам",
    ),
    needs: &[Concept::Case, Concept::Start],
    needs_threshold: false,
    compute,
};

const METHOD: Label = Label::new(
    "A case or event belongs to the period or year that holds its whole start; a start that may lie in two of them is counted under \"unknown\". A case is under way from its earliest possible start to its latest possible end; one whose end is unknown only until its latest possible start. Events are acts inside mediations or offers; events that only give context are not counted. Exposure is the part of the span that the record covers, in years of 365.25 days. Rates are counts divided by it, for periods alone: those of single years are noise. Mediations begun a year: with exact {level} intervals (Garwood 1936).",
    "Жағдай немесе оқиға басталу уақыты толық жататын кезеңге не жылға жатқызылады; басталуы екеуіне қатар жатуы мүмкін болса, «белгісіз» деп саналады. Жағдай ең ерте ықтимал басталуынан ең кеш ықтимал аяқталуына дейін жүріп жатыр деп есептеледі; аяқталуы белгісіз болса, тек ең кеш ықтимал басталуына дейін. Оқиғалар — медиация немесе ұсыныс ішіндегі әрекеттер; тек контекст беретін оқиғалар саналмайды. Экспозиция — аралықтың дерек қамтыған бөлігі, 365,25 күндік жылмен. Жиілік – санды соған бөлгендегі мән, тек кезеңдер бойынша: жеке жылдардың жиілігі кездейсоқ. Жылына басталған медиациялар: дәл {level} аралықтарымен (Garwood 1936).",
    "Случай или событие относится к периоду или году, в который целиком попадает его начало; начало, возможное в двух из них, учтено как «неизвестно». Случай продолжается от самого раннего возможного начала до самого позднего возможного конца; если конец неизвестен — только до самого позднего возможного начала. События — действия внутри посредничеств или предложений; события-контекст не считаются. Экспозиция — охваченная записью часть отрезка, в годах по 365,25 дня. Частоты – количества, делённые на неё, только по периодам: частоты отдельных лет – шум. Начатые за год посредничества: с точными {level} интервалами (Garwood 1936).",
);

fn compute(selection: &Selection) -> Result<Answer> {
    let mut rows = Vec::new();
    for (scale, spans) in scales().iter().zip([&selection.periods, &years(selection)]) {
        rows.extend(spanned(scale, spans, selection)?);
    }
    let undated = col("start_earliest").is_null();
    let n = count::rows(selection.base(), undated.clone().not())?;
    let undated = count::rows(selection.base(), undated)?;
    let data = selection.data;
    let answer = Answer {
        denominator: Label::new(
            "counts; no shares",
            "сандар; үлестер жоқ",
            "количества; долей нет",
        ),
        method: METHOD.fill(&[("level", &percent(selection.level.get()))]),
        notes: notes(),
        reading: reading(&rows, selection.has_offers()),
        columns: columns(selection),
        rows,
        ..Answer::of(Unit::Case, size(n), size(undated))
    };
    Ok(answer.without(&[
        ("events", data.n_events() == 0),
        ("events_a_year", data.n_events() == 0),
    ]))
}

/// Every year of the window as a span.
fn years(selection: &Selection) -> Vec<Period> {
    (selection.window.earliest.year()..=selection.window.latest.year())
        .map(|year| Period {
            code: year.to_string(),
            label: Label::plain(year.to_string()),
            span: Interval {
                earliest: Day::first_of(year),
                latest: Day::last_of(year),
            },
        })
        .collect()
}

fn notes() -> Vec<Label> {
    vec![
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
    ]
}

fn columns(selection: &Selection) -> Vec<Column> {
    let mut columns = vec![
        Column::coded(
            "scale",
            Label::new("Scale", "Масштаб", "Масштаб"),
            Measure::Nominal,
            scales(),
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
    if selection.has_offers() {
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
    columns
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

fn scales() -> Vec<(String, Label)> {
    vec![
        (PERIOD.to_owned(), Label::new("period", "кезең", "период")),
        ("year".to_owned(), Label::new("year", "жыл", "год")),
    ]
}

/// A row per span, and one for starts that may lie in two of them, if there are any.
fn spanned(
    scale: &(String, Label),
    spans: &[Period],
    selection: &Selection,
) -> Result<Vec<Vec<Cell>>> {
    let located = |frame: &DataFrame| {
        frame
            .clone()
            .lazy()
            .with_column(within(spans).alias("span"))
    };
    let cases = [col("is_base"), col("is_offer")];
    let cases = Counts::of(located(&selection.cases), ["span"], &cases)?;
    let events = Counts::of(located(&selection.events), ["span"], &[col("is_act")])?;
    let active: Vec<Expr> = spans.iter().map(under_way).collect();
    let active = Counts::of(selection.base(), [], &active)?.at([]);
    let active = active.into_iter().map(Cell::Count);
    let active = active.chain([Cell::Missing(Reason::Na)]);
    let day = |day: Option<Day>| day.map_or(Cell::Missing(Reason::Na), Cell::Day);
    let mut rows = Vec::new();
    for (span, active) in spans.iter().map(Some).chain([None]).zip(active) {
        let code = span.map(|span| span.code.as_str());
        let (cases, events) = (cases.at([code]), events.at([code])[0]);
        if span.is_none() && cases.iter().sum::<u64>() + events == 0 {
            continue;
        }
        let mut row = vec![
            Cell::Code(scale.0.clone(), scale.1.clone()),
            span.map_or(Cell::Missing(Reason::Unknown), |span| {
                Cell::Code(span.code.clone(), span.label.clone())
            }),
            day(span.map(|span| span.span.earliest)),
            day(span.map(|span| span.span.latest)),
            span.map_or(Cell::Missing(Reason::Na), |span| {
                Cell::Number(span.exposure(selection.window))
            }),
            Cell::Count(cases[0]),
        ];
        if selection.has_offers() {
            row.push(Cell::Count(cases[1]));
        }
        row.extend([active, Cell::Count(events)]);
        let period = span.filter(|_| scale.0 == PERIOD);
        row.extend(rated(period, cases[0], events, selection));
        rows.push(row);
    }
    Ok(rows)
}

/// Whether a case is under way on any day of a span.
fn under_way(span: &Period) -> Expr {
    let last = coalesce(&[col("end_latest"), col("start_latest")]);
    let begins = col("start_earliest").lt_eq(date(span.span.latest));
    begins.and(last.gt_eq(date(span.span.earliest)))
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
        (scale == PERIOD && *years > 0.0).then_some((span, count, *years, rate))
    });
    let rates: Vec<(&Label, u64, f64, f64)> = rates.collect();
    let most = rates.iter().map(|rate| rate.3).max_by(f64::total_cmp);
    let Some(most) = most.filter(|most| *most > 0.0) else {
        return Vec::new();
    };
    let part = Label::new(
        "{span} ({count} in {years} years)",
        "{span} ({years} жылда {count} оқиға)",
        "{span} (событий {count}, лет {years})",
    );
    let first = rates.iter().filter(|rate| most - rate.3 < 1e-9);
    let first: Vec<Label> = first
        .map(|(span, count, years, _)| {
            part.fill(&[
                ("span", span),
                ("count", &Label::plain(count.to_string())),
                ("years", &years_of(*years)),
            ])
        })
        .collect();
    let text = Label::new(
        "Events were most frequent in {parts}.",
        "Оқиғалар ең жиі болған кезең – {parts}.",
        "Чаще всего события происходили в периоде {parts}.",
    );
    vec![text.fill(&[("parts", &names::tied(&first))])]
}
