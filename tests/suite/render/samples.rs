//! Made-up tables of the shapes that analysis hands to the charts, ordinary and extreme.

use std::collections::BTreeSet;

use bitim::analyse::table::{Cell, Column, Table};
use bitim::model::date::{Day, Edtf, Interval, parse};
use bitim::model::estimate::{Estimate, Level, Share};
use bitim::model::label::Label;
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

/// One case: id, title, kind, from, until, role, outcome, and events as `date type place`, where
/// the place is `+` at home, `-` elsewhere, `?` unknown.
pub(super) type CaseLine<'a> = (
    &'a str,
    Label,
    &'a str,
    &'a str,
    &'a str,
    &'a str,
    &'a str,
    &'a [&'a str],
);

pub(super) fn timeline(cases: &[CaseLine<'_>]) -> Table {
    let mut rows = Vec::new();
    for (id, title, kind, from, until, role, outcome, events) in cases {
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
                Cell::Text(Label::plain(*id)),
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
        for event in *events {
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
    table("timeline", title, cases.len(), timeline_columns(), rows)
}

/// The Wilson interval, so that samples look as the real tables do.
pub(super) fn share(successes: u64, trials: u64) -> Share {
    let estimate = (trials > 0).then(|| {
        let (n, z) = (trials as f64, 1.959_964);
        let value = successes as f64 / n;
        let centre = (value + z * z / (2.0 * n)) / (1.0 + z * z / n);
        let half =
            z * (value * (1.0 - value) / n + z * z / (4.0 * n * n)).sqrt() / (1.0 + z * z / n);
        Estimate {
            value,
            low: (centre - half).max(0.0),
            high: (centre + half).min(1.0),
            level: Level::P95,
            n: trials,
        }
    });
    Share {
        successes,
        trials,
        estimate,
    }
}

/// One period of the table of roles: cases, unknown, and the number of cases with each role.
pub(super) type RoleLine<'a> = (u64, u64, &'a [u64]);

pub(super) fn roles_table(names: &Codes, scale: &Codes, lines: &[RoleLine<'_>]) -> Table {
    let mut rows = Vec::new();
    for ((period, label), (cases, unknown, counts)) in names.iter().zip(lines) {
        for ((role, words), count) in scale.iter().zip(*counts) {
            rows.push(vec![
                Cell::Code(period.clone(), label.clone()),
                Cell::Code(role.clone(), words.clone()),
                Cell::Count(*cases),
                Cell::Count(*unknown),
                Cell::Share(share(*count, *cases)),
            ]);
        }
    }
    let title = Label::new(
        "How did the mix of roles change over time?",
        "Рөлдердің арақатынасы уақыт өте қалай өзгерді?",
        "Как менялось сочетание ролей со временем?",
    );
    let columns = vec![
        Column::coded(
            "period",
            Label::plain("Period"),
            Measure::Ordinal,
            names.clone(),
        ),
        Column::coded(
            "role",
            Label::plain("Role"),
            Measure::Ordinal,
            scale.clone(),
        ),
        Column::new("cases", Label::plain("Cases"), Measure::Count),
        Column::new("unknown", Label::plain("Unknown"), Measure::Count),
        Column::new("share", Label::plain("Share"), Measure::Share),
    ];
    let n = lines
        .iter()
        .map(|line| usize::try_from(line.0).unwrap())
        .sum();
    table("roles", title, n, columns, rows)
}

/// One period of the profile: years, cases, offers, events, the codes between which the median
/// lies (empty: missing), cases by role, and the successes of trials thrice.
pub(super) struct ProfileLine<'a> {
    pub(super) years: f64,
    pub(super) begun: (u64, Option<u64>),
    pub(super) events: u64,
    pub(super) median: (&'a str, &'a str),
    pub(super) by_role: &'a [u64],
    pub(super) success: (u64, u64),
    pub(super) process: Option<(u64, u64)>,
    pub(super) hosted: (u64, u64),
}

pub(super) fn profile_table(names: &Codes, scale: &Codes, lines: &[ProfileLine<'_>]) -> Table {
    let has_offers = lines.iter().any(|line| line.begun.1.is_some());
    let has_process = lines.iter().any(|line| line.process.is_some());
    let count = |name: &str, label| Column::new(name, label, Measure::Count);
    let depth =
        |name: &str| Column::coded(name, Label::plain(name), Measure::Ordinal, scale.clone());
    let mut columns = vec![
        Column::coded(
            "period",
            Label::plain("Period"),
            Measure::Ordinal,
            names.clone(),
        ),
        Column::new("years", Label::plain("Years"), Measure::Number),
        count(
            "cases",
            Label::new(
                "Mediations begun",
                "Басталған делдалдықтар",
                "Начатые посредничества",
            ),
        ),
    ];
    if has_offers {
        columns.push(count(
            "offers",
            Label::new("offers only", "тек ұсыныстар", "только предложения"),
        ));
    }
    columns.push(count("events", Label::new("Events", "Оқиғалар", "События")));
    columns.extend([depth("depth_low"), depth("depth_high")]);
    columns.extend(
        scale
            .iter()
            .map(|(code, label)| count(&format!("role_{code}"), label.clone())),
    );
    let shares = |name: &str, label| Column::new(name, label, Measure::Share);
    columns.push(shares(
        "success",
        Label::new(
            "Ceasefire or better",
            "Атысты тоқтату немесе жоғары",
            "Прекращение огня или больше",
        ),
    ));
    if has_process {
        columns.push(shares(
            "process",
            Label::new(
                "Process agreed or better",
                "Рәсім келісілген немесе жоғары",
                "Согласована процедура или больше",
            ),
        ));
    }
    columns.push(shares(
        "hosted",
        Label::new(
            "Events held in Kazakhstan",
            "Қазақстанда өткен оқиғалар",
            "События, прошедшие в Казахстане",
        ),
    ));
    let mut rows = Vec::new();
    for ((period, label), line) in names.iter().zip(lines) {
        let mut row = vec![
            Cell::Code(period.clone(), label.clone()),
            Cell::Number(line.years),
            Cell::Count(line.begun.0),
        ];
        if has_offers {
            row.push(
                line.begun
                    .1
                    .map_or(Cell::Missing(Reason::Unknown), Cell::Count),
            );
        }
        row.push(Cell::Count(line.events));
        row.extend([code(scale, line.median.0), code(scale, line.median.1)]);
        row.extend(line.by_role.iter().map(|count| Cell::Count(*count)));
        row.push(Cell::Share(share(line.success.0, line.success.1)));
        if has_process {
            row.push(
                line.process
                    .map_or(Cell::Missing(Reason::Unknown), |(some, all)| {
                        Cell::Share(share(some, all))
                    }),
            );
        }
        row.push(Cell::Share(share(line.hosted.0, line.hosted.1)));
        rows.push(row);
    }
    let title = Label::new(
        "How did the profile change from period to period?",
        "Бейін кезеңнен кезеңге қалай өзгерді?",
        "Как менялся профиль от периода к периоду?",
    );
    let n = lines
        .iter()
        .map(|line| usize::try_from(line.begun.0).unwrap())
        .sum();
    table("profile", title, n, columns, rows)
}
