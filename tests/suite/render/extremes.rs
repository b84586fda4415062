//! Tables as no designer would choose them: one case, three hundred, ten periods, nothing known,
//! names longer than the page, the codes of another data set.

use bitim::analyse::table::{Cell, Table};
use bitim::model::date::{Day, Interval};
use bitim::model::label::Label;
use bitim::model::missing::Reason;

use super::samples::{self, CaseLine, Codes, ProfileLine, RoleLine};

pub(super) fn tables() -> Vec<(&'static str, Table)> {
    vec![
        ("one", one_case()),
        ("three hundred", three_hundred_cases()),
        ("long", long_names()),
        ("nothing known", nothing_known(long_names())),
        ("empty", empty(long_names())),
        ("a month", a_month()),
        ("three centuries", three_centuries()),
        ("one", roles(1, &samples::roles())),
        ("ten", roles(10, &samples::roles())),
        ("other codes", roles(4, &many_codes(14))),
        ("long", roles(10, &long_codes())),
        ("nothing known", nothing_known(roles(3, &samples::roles()))),
        ("one", profile(1, &samples::roles())),
        ("ten", profile(10, &samples::roles())),
        ("other codes", profile(4, &many_codes(14))),
        ("long", profile(10, &long_codes())),
        (
            "nothing known",
            nothing_known(profile(3, &samples::roles())),
        ),
    ]
}

fn one_case() -> Table {
    samples::timeline(&[(
        "only",
        Label::plain("The only case"),
        "mediation",
        "2010-04",
        "..",
        "venue",
        "",
        &[],
    )])
}

fn three_hundred_cases() -> Table {
    let made: Vec<(String, String, String)> = (0..300)
        .map(|place: i32| {
            let from = format!(
                "{}-{:02}-{:02}",
                1992 + place / 9,
                place % 12 + 1,
                place % 28 + 1
            );
            let until = format!("{}-{:02}", 1992 + place / 9 + place % 3, 12);
            (format!("case-{place}"), from, until)
        })
        .collect();
    let events: Vec<[String; 3]> = made
        .iter()
        .map(|(_, from, until)| {
            [
                format!("{from} round +"),
                format!("{from} visit -"),
                format!("{until} offer ?"),
            ]
        })
        .collect();
    let borrowed: Vec<Vec<&str>> = events
        .iter()
        .map(|three| three.iter().map(String::as_str).collect())
        .collect();
    let cases: Vec<CaseLine<'_>> = made
        .iter()
        .zip(&borrowed)
        .enumerate()
        .map(|(place, ((id, from, until), events))| {
            let title =
                format!("Case {place} with a name that is longer than its column of the figure");
            let role = ["observer", "venue", "broker", ""][place % 4];
            let outcome = ["not_held", "process", "settlement"][place % 3];
            let line: CaseLine<'_> = (
                id,
                Label::plain(title),
                "mediation",
                from,
                until,
                role,
                outcome,
                events,
            );
            line
        })
        .collect();
    samples::timeline(&cases)
}

fn long_names() -> Table {
    let long = Label::plain(
        "Межгосударственные военно-политические переговоры по урегулированию приднестровско-молдавского конфликта при председательстве в ОБСЕ",
    );
    let events = [
        "2001-01-02/2003-05 round +",
        "2003-05 other ?",
        "2004 incident -",
    ];
    samples::timeline(&[
        (
            "long",
            long.clone(),
            "mediation",
            "199X",
            "2005/2012",
            "shuttle",
            "ceasefire",
            &events,
        ),
        (
            "open",
            long.clone(),
            "offer",
            "2000/2010",
            "..",
            "venue",
            "settlement",
            &[],
        ),
        (
            "word",
            Label::plain("Donaudampfschifffahrtsgesellschaftskapitän"),
            "",
            "2026",
            "2026",
            "",
            "partial",
            &[],
        ),
    ])
}

fn a_month() -> Table {
    let mut table = samples::timeline(&[
        (
            "first",
            Label::plain("A week in May"),
            "mediation",
            "2024-05-02",
            "2024-05-09",
            "broker",
            "ceasefire",
            &["2024-05-03 round +", "2024-05-03 round +"],
        ),
        (
            "second",
            Label::plain("A day in May"),
            "offer",
            "2024-05-20",
            "2024-05-20",
            "",
            "not_held",
            &["2024-05-20 call ?"],
        ),
    ]);
    table.window = Interval {
        earliest: Day::new(2024, 5, 1).unwrap(),
        latest: Day::new(2024, 5, 31).unwrap(),
    };
    table
}

fn three_centuries() -> Table {
    let mut table = samples::timeline(&[
        (
            "first",
            Label::plain("An old congress"),
            "mediation",
            "1712-01-29",
            "1713-04",
            "broker",
            "settlement",
            &["1712-01-29 round -"],
        ),
        (
            "second",
            Label::plain("A late one"),
            "mediation",
            "1998",
            "..",
            "venue",
            "process",
            &["1998-04-10 agreement -"],
        ),
    ]);
    table.window.earliest = Day::new(1700, 1, 1).unwrap();
    table
}

/// The same table with every value gone that can be.
fn nothing_known(mut table: Table) -> Table {
    for row in &mut table.rows {
        for (cell, column) in row.iter_mut().zip(&table.columns) {
            match cell {
                Cell::Share(share) => *share = samples::share(0, 0),
                Cell::Count(count) if column.name != "unknown" => *count = 0,
                _ if ["case", "title", "mark", "period", "unknown"]
                    .contains(&column.name.as_str()) => {}
                _ if table.name == "roles" => {}
                _ => *cell = Cell::Missing(Reason::Unknown),
            }
        }
    }
    table
}

fn empty(mut table: Table) -> Table {
    table.rows.clear();
    table
}

fn decades(count: usize) -> Codes {
    (0..count)
        .map(|place| {
            (
                format!("d{place}"),
                Label::plain(format!("{}–{}", 1900 + place * 10, 1909 + place * 10)),
            )
        })
        .collect()
}

fn many_codes(count: usize) -> Codes {
    (0..count)
        .map(|place| {
            (
                format!("{}", 100 + place),
                Label::plain(format!("CAMEO {}", 100 + place)),
            )
        })
        .collect()
}

fn long_codes() -> Codes {
    [
        "предоставление площадки",
        "челночная дипломатия",
        "содействие установлению контактов между сторонами",
        "посредничество",
        "принуждение",
    ]
    .iter()
    .enumerate()
    .map(|(place, words)| (format!("{place}"), Label::plain(*words)))
    .collect()
}

fn roles(periods: usize, scale: &Codes) -> Table {
    let counts: Vec<Vec<u64>> = (0..periods as u64)
        .map(|period| {
            (0..scale.len() as u64)
                .map(|role| (role * 7 + period) % 12)
                .collect()
        })
        .collect();
    let lines: Vec<RoleLine<'_>> = counts
        .iter()
        .enumerate()
        .map(|(place, counts)| {
            if place == 2 {
                (0, 0, &[0; 14][..scale.len()])
            } else {
                (12, place as u64, counts.as_slice())
            }
        })
        .collect();
    samples::roles_table(&decades(periods), scale, &lines)
}

fn profile(periods: usize, scale: &Codes) -> Table {
    let counts: Vec<u64> = (0..scale.len() as u64)
        .map(|role| (role * 37) % 120)
        .collect();
    let (first, last) = (scale[0].0.as_str(), scale[scale.len() - 1].0.as_str());
    let lines: Vec<ProfileLine<'_>> = (0..periods)
        .map(|place| ProfileLine {
            years: 9.96,
            begun: (place as u64 * 41, (periods == 10).then_some(120)),
            events: 1234 * place as u64,
            median: if place == 1 { ("", "") } else { (first, last) },
            by_role: &counts,
            success: (place as u64, 10),
            process: (periods == 10).then_some((10, 10)),
            hosted: (100, 1234),
        })
        .collect();
    samples::profile_table(&decades(periods), scale, &lines)
}
