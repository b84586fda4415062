//! Made-up tables of the mix of roles and of the profile.

use bitim::analyse::table::{Cell, Column, Table};
use bitim::model::estimate::{Estimate, Level, Share};
use bitim::model::label::Label;
use bitim::model::measure::Measure;
use bitim::model::missing::Reason;

use super::samples::{Codes, code, table};

/// The Wilson interval, so that samples look as the real tables do.
pub(super) fn share(successes: u64, trials: u64) -> Share {
    let estimate = (trials > 0).then(|| {
        let (n, z) = (real(trials), 1.959_964);
        let value = real(successes) / n;
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
        estimate,
        floor: 5,
        ..Share::counted(successes, trials)
    }
}

fn real(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap())
}

/// One period of the table of roles: cases, unknown, and the number of cases with each role.
pub(super) type RoleLine = (u64, u64, Vec<u64>);

pub(super) fn roles_table(names: &Codes, scale: &Codes, lines: &[RoleLine]) -> Table {
    let mut rows = Vec::new();
    for ((period, label), (cases, unknown, counts)) in names.iter().zip(lines) {
        for ((role, words), count) in scale.iter().zip(counts) {
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
    pub(super) by_role: Vec<u64>,
    pub(super) success: (u64, u64),
    pub(super) process: Option<(u64, u64)>,
    pub(super) hosted: (u64, u64),
}

fn profile_row(
    scale: &Codes,
    (period, label): &(String, Label),
    line: &ProfileLine<'_>,
    has_offers: bool,
    has_process: bool,
) -> Vec<Cell> {
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
    row
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
    let rows = { names.iter().zip(lines) }
        .map(|(period, line)| profile_row(scale, period, line, has_offers, has_process))
        .collect();
    let title = Label::new(
        "How did the profile change from period to period?",
        "Бейін кезеңнен кезеңге қалай өзгерді?",
        "Как менялся профиль от периода к периоду?",
    );
    table("profile", title, lines.len(), columns, rows)
}
