//! Tables as no designer would choose them: one case, three hundred, ten periods, nothing known,
//! names longer than the page, the codes of another data set.

use bitim::analyse::table::{Cell, Table};
use bitim::model::date::{Day, Interval};
use bitim::model::label::Label;
use bitim::model::missing::Reason;

use super::numbers::{ProfileLine, RoleLine, profile_table, roles_table, share};
use super::samples::{self, Codes};
use super::{maps, networks};

pub(super) fn tables() -> Vec<(&'static str, Table)> {
    let mut tables = networks::tables();
    tables.extend(maps::tables());
    tables.extend([
        ("one", one_case()),
        ("three hundred", three_hundred_cases()),
        ("long", long_names()),
        ("nothing known", nothing_known(long_names())),
        ("empty", empty(long_names())),
        (
            "bare",
            bare(a_month(), &["kind", "role", "outcome", "type", "hosted"]),
        ),
        (
            "bare",
            bare(
                profile(3, &samples::roles()),
                &["depth_low", "depth_high", "success"],
            ),
        ),
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
    ]);
    tables
}

fn one_case() -> Table {
    samples::timeline("only | The only case\n mediation | 2010-04 | .. | venue |")
}

fn three_hundred_cases() -> Table {
    let paragraph = |place: usize| {
        let year = 1992 + place / 9;
        let from = format!("{year}-{:02}-{:02}", place % 12 + 1, place % 28 + 1);
        let until = format!("{}-12", year + place % 3);
        let role = ["observer", "venue", "broker", ""][place % 4];
        let outcome = ["not_held", "process", "settlement"][place % 3];
        format!(
            "case-{place} | Case {place} with a name that is longer than its column of the figure
             mediation | {from} | {until} | {role} | {outcome}
             {from} round +; {from} visit -; {until} offer ?"
        )
    };
    samples::timeline(&(0..300).map(paragraph).collect::<Vec<_>>().join("\n\n"))
}

fn long_names() -> Table {
    let long = "Межгосударственные военно-политические переговоры по урегулированию \
                приднестровско-молдавского конфликта при председательстве в ОБСЕ";
    samples::timeline(&format!(
        "long | {long}
         mediation | 199X | 2005/2012 | shuttle | ceasefire
         2001-01-02/2003-05 round +; 2003-05 other ?; 2004 incident -

open | {long}
         offer | 2000/2010 | .. | venue | settlement

word | Donaudampfschifffahrtsgesellschaftskapitän
         | 2026 | 2026 | | partial"
    ))
}

fn a_month() -> Table {
    let mut table = samples::timeline(
        "first | A week in May
         mediation | 2024-05-02 | 2024-05-09 | broker | ceasefire
         2024-05-03 round +; 2024-05-03 round +

second | A day in May
         offer | 2024-05-20 | 2024-05-20 | | not_held
         2024-05-20 call ?",
    );
    table.window = Interval {
        earliest: Day::new(2024, 5, 1).unwrap(),
        latest: Day::new(2024, 5, 31).unwrap(),
    };
    table
}

fn three_centuries() -> Table {
    let mut table = samples::timeline(
        "first | An old congress
         mediation | 1712-01-29 | 1713-04 | broker | settlement
         1712-01-29 round -

second | A late one
         mediation | 1998 | .. | venue | process
         1998-04-10 agreement -",
    );
    table.window.earliest = Day::new(1700, 1, 1).unwrap();
    table
}

/// The same table with every value gone that can be.
fn nothing_known(mut table: Table) -> Table {
    for row in &mut table.rows {
        for (cell, column) in row.iter_mut().zip(&table.columns) {
            match cell {
                Cell::Share(held) => *held = share(0, 0),
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

/// The same table as of a data set that does not code these things at all.
fn bare(mut table: Table, without: &[&str]) -> Table {
    while let Some(place) = table
        .columns
        .iter()
        .position(|column| without.contains(&column.name.as_str()))
    {
        table.columns.remove(place);
        for row in &mut table.rows {
            row.remove(place);
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

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap()
}

fn roles(periods: usize, scale: &Codes) -> Table {
    let lines: Vec<RoleLine> = (0..periods)
        .map(|period| {
            let counts = |role: usize| {
                if period == 2 {
                    0
                } else {
                    wide((role * 7 + period) % 12)
                }
            };
            let (cases, unknown) = if period == 2 {
                (0, 0)
            } else {
                (12, wide(period))
            };
            (cases, unknown, (0..scale.len()).map(counts).collect())
        })
        .collect();
    roles_table(&decades(periods), scale, &lines)
}

fn profile(periods: usize, scale: &Codes) -> Table {
    let (first, last) = (scale[0].0.as_str(), scale[scale.len() - 1].0.as_str());
    let is_full = periods == 10;
    let lines: Vec<ProfileLine<'_>> = (0..periods)
        .map(|place| ProfileLine {
            years: 9.96,
            begun: (wide(place * 41), is_full.then_some(120)),
            events: wide(place * 1234),
            median: if place == 1 { ("", "") } else { (first, last) },
            by_role: (0..scale.len()).map(|role| wide(role * 37 % 120)).collect(),
            success: (wide(place), 10),
            process: is_full.then_some((10, 10)),
            hosted: (100, 1234),
        })
        .collect();
    profile_table(&decades(periods), scale, &lines)
}
