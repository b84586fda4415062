//! Made-up tables of the shapes that analysis hands to the charts, ordinary and extreme.

use std::collections::BTreeSet;

use bitim::analyse::table::{Cell, Column, Table};
use bitim::model::date::{Day, Edtf, Interval, parse};
use bitim::model::label::{Label, Language};
use bitim::model::measure::Measure;
use bitim::model::missing::Reason;
use bitim::model::unit::Unit;

pub(super) type Codes = Vec<(String, Label)>;

fn codes(list: &[(&str, &'static str, &'static str, &'static str)]) -> Codes {
    list.iter()
        .map(|(code, en, kk, ru)| ((*code).to_owned(), Label::new(en, kk, ru)))
        .collect()
}

pub(super) fn roles() -> Codes {
    codes(&[
        ("observer", "observer", "бақылаушы", "наблюдатель"),
        ("venue", "venue", "алаң беру", "предоставление площадки"),
        ("facilitation", "facilitation", "жәрдемдесу", "содействие"),
        (
            "shuttle",
            "shuttle",
            "шаттл-дипломатия",
            "челночная дипломатия",
        ),
        ("broker", "broker", "делдал", "посредник"),
        ("leverage", "leverage", "ықпал ету", "давление"),
    ])
}

pub(super) fn outcomes() -> Codes {
    codes(&[
        ("not_held", "not held", "өткізілмеді", "не состоялось"),
        (
            "no_agreement",
            "no agreement",
            "келісім жоқ",
            "без соглашения",
        ),
        (
            "process",
            "process agreed",
            "рәсім келісілді",
            "согласована процедура",
        ),
        (
            "ceasefire",
            "ceasefire",
            "атысты тоқтату",
            "прекращение огня",
        ),
        (
            "partial",
            "partial agreement",
            "ішінара келісім",
            "частичное соглашение",
        ),
        ("settlement", "settlement", "реттеу", "урегулирование"),
    ])
}

pub(super) fn types() -> Codes {
    codes(&[
        (
            "round",
            "round of talks",
            "келіссөз раунды",
            "раунд переговоров",
        ),
        ("meeting", "meeting", "кездесу", "встреча"),
        ("visit", "visit", "сапар", "визит"),
        ("offer", "offer", "ұсыныс", "предложение"),
        ("agreement", "agreement", "келісім", "соглашение"),
        (
            "call",
            "telephone call",
            "телефон арқылы сөйлесу",
            "телефонный разговор",
        ),
        ("statement", "statement", "мәлімдеме", "заявление"),
        ("incident", "incident", "оқыс оқиға", "инцидент"),
        ("other", "other", "басқа", "другое"),
    ])
}

pub(super) fn kinds() -> Codes {
    codes(&[
        ("mediation", "mediation", "делдалдық", "посредничество"),
        ("offer", "offer only", "тек ұсыныс", "только предложение"),
    ])
}

pub(super) fn periods() -> Codes {
    ["1991–1999", "2000–2009", "2010–2014", "2015–2019", "2020–"]
        .iter()
        .enumerate()
        .map(|(place, label)| (format!("p{place}"), Label::plain(*label)))
        .collect()
}

/// The cell of a code, or a missing one.
pub(super) fn code(list: &Codes, wanted: &str) -> Cell {
    list.iter()
        .find(|(known, _)| known == wanted)
        .map_or(Cell::Missing(Reason::Unknown), |(known, label)| {
            Cell::Code(known.clone(), label.clone())
        })
}

fn interval(text: &str) -> Option<Interval> {
    match parse(text).unwrap() {
        Edtf::Known(interval) => Some(interval),
        Edtf::Open => None,
    }
}

pub(super) fn table(
    name: &'static str,
    title: Label,
    n: usize,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
) -> Table {
    Table {
        name,
        title,
        unit: Unit::Case,
        view: Label::new("Whole record", "Толық жазба", "Полная запись"),
        window: Interval {
            earliest: Day::new(1991, 9, 1).unwrap(),
            latest: Day::new(2026, 3, 31).unwrap(),
        },
        n,
        missing: 1,
        denominator: Label::new(
            "cases with a known value",
            "мәні белгілі жағдайлар",
            "случаев с известным значением",
        ),
        method: Label::new(
            "Shares with Wilson score intervals (Wilson 1927).",
            "Үлестер Уилсон аралығымен (Wilson 1927).",
            "Доли с интервалами Уилсона (Wilson 1927).",
        ),
        notes: vec![Label::new(
            "A case may have several roles, so shares do not add up to 100%.",
            "Жағдайда бірнеше рөл болуы мүмкін, сондықтан үлестердің қосындысы 100 % емес.",
            "У случая может быть несколько ролей, поэтому доли не складываются в 100 %.",
        )],
        reading: Vec::new(),
        sources: BTreeSet::from(["aben2017".to_owned(), "made-up".to_owned()]),
        columns,
        rows,
    }
}

pub(super) fn timeline_columns() -> Vec<Column> {
    let coded = |name: &str, label, list| Column::coded(name, label, Measure::Ordinal, list);
    let date = |name: &str| Column::new(name, Label::plain(name), Measure::Date);
    vec![
        Column::new(
            "case",
            Label::new("Case", "Жағдай", "Случай"),
            Measure::Identifier,
        ),
        Column::new(
            "title",
            Label::new("Case", "Жағдай", "Случай"),
            Measure::Text,
        ),
        Column::coded(
            "mark",
            Label::plain("mark"),
            Measure::Nominal,
            codes(&[
                ("span", "span", "span", "span"),
                ("event", "event", "event", "event"),
            ]),
        ),
        date("from_earliest"),
        date("from_latest"),
        date("until_earliest"),
        date("until_latest"),
        Column::new("open", Label::plain("open"), Measure::Flag),
        coded("kind", Label::new("Kind", "Түрі", "Вид"), kinds()),
        coded(
            "role",
            Label::new("Deepest role", "Ең терең рөл", "Самая глубокая роль"),
            roles(),
        ),
        coded(
            "outcome",
            Label::new("Outcome", "Нәтиже", "Исход"),
            outcomes(),
        ),
        coded("type", Label::new("Event", "Оқиға", "Событие"), types()),
        Column::new(
            "hosted",
            Label::new(
                "Held in Kazakhstan",
                "Қазақстанда өтті",
                "Прошло в Казахстане",
            ),
            Measure::Flag,
        ),
    ]
}

/// A table of the timeline from a paragraph per case: identifier and name, in one language or
/// three; kind, beginning, end, role and outcome; then events as date, type and place, which is
/// `+` at home, `-` elsewhere and `?` unknown. An empty fact is unknown.
pub(super) fn timeline(text: &str) -> Table {
    let mut rows = Vec::new();
    let paragraphs: Vec<&str> = text.trim().split("\n\n").collect();
    for paragraph in &paragraphs {
        let lines: Vec<&str> = paragraph.lines().map(str::trim).collect();
        let (case, names) = lines[0].split_once(" | ").unwrap();
        let names: Vec<&str> = names.split(" | ").collect();
        let title = Label::each(|language| {
            let place = Language::ALL
                .iter()
                .position(|known| *known == language)
                .unwrap();
            names[place.min(names.len() - 1)].to_owned()
        });
        let facts: Vec<&str> = lines[1].split('|').map(str::trim).collect();
        let [kind, from, until, role, outcome] = facts[..] else {
            unreachable!("five facts: {paragraph}")
        };
        let day = |day: Option<Day>| day.map_or(Cell::Missing(Reason::Na), Cell::Day);
        let dates = |from: &str, until: &str| {
            let (from, open) = (interval(from), until == "..");
            let until = interval(until);
            [
                day(from.map(|days| days.earliest)),
                day(from.map(|days| days.latest)),
                day(until.map(|days| days.earliest)),
                day(until.map(|days| days.latest)),
                Cell::Flag(open),
            ]
        };
        let ends = |mark: &str, dates: [Cell; 5], event: Cell, hosted: Cell| {
            let mark = Cell::Code(mark.to_owned(), Label::plain(mark));
            let mut row = vec![
                Cell::Text(Label::plain(case)),
                Cell::Text(title.clone()),
                mark,
            ];
            row.extend(dates);
            row.extend([
                code(&kinds(), kind),
                code(&roles(), role),
                code(&outcomes(), outcome),
                event,
                hosted,
            ]);
            row
        };
        let na = Cell::Missing(Reason::Na);
        rows.push(ends("span", dates(from, until), na.clone(), na));
        let events = lines[2..]
            .iter()
            .flat_map(|line| line.split(';'))
            .map(str::trim);
        for event in events.filter(|event| !event.is_empty()) {
            let parts: Vec<&str> = event.split(' ').collect();
            let hosted = match parts[2] {
                "+" => Cell::Flag(true),
                "-" => Cell::Flag(false),
                _ => Cell::Missing(Reason::Unknown),
            };
            rows.push(ends(
                "event",
                dates(parts[0], parts[0]),
                code(&types(), parts[1]),
                hosted,
            ));
        }
    }
    let title = Label::new(
        "When did Kazakhstan mediate, how deeply, and with what result?",
        "Қазақстан қашан, қаншалықты терең және қандай нәтижемен делдалдық етті?",
        "Когда, насколько глубоко и с каким результатом посредничал Казахстан?",
    );
    table(
        "timeline",
        title,
        paragraphs.len(),
        timeline_columns(),
        rows,
    )
}
