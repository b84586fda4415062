//! What figures say in words of the bundled data, tested against counts of its files.

use std::collections::BTreeMap;

use bitim::analyse::{self, Question};
use bitim::load::Store;
use bitim::model::label::Language;
use bitim::render::figure::{Figure, figure};
use bitim::render::find;

use super::real::cases;
use crate::analyse::{PERIODS, bundled, period};

fn retold(name: &str, language: Language) -> Figure {
    let cases = cases(&Store::Bundled);
    let selection = cases.select(&Question::default()).unwrap();
    let table = analyse::table(name, &selection).unwrap();
    figure(find(name).unwrap(), &table, language).unwrap()
}

#[test]
fn the_activity_tells_every_count_of_a_year_and_a_period() {
    let text = retold("activity", Language::En).description;
    let mut years: BTreeMap<String, usize> = BTreeMap::new();
    let mut periods: BTreeMap<&str, usize> = BTreeMap::new();
    for event in bundled("events.csv") {
        if event["type"] != "context" {
            *years.entry(event["start"][..4].to_owned()).or_default() += 1;
            *periods.entry(period(&event["start"]).unwrap()).or_default() += 1;
        }
    }
    let years: Vec<String> = years
        .iter()
        .map(|(year, n)| format!("{year} {n}"))
        .collect();
    let by_year = format!("none in the years not named: {}.", years.join(", "));
    assert!(text.contains(&by_year), "{by_year}\n{text}");
    for (code, _, _) in PERIODS {
        let of = |kind: &str| {
            let cases = bundled("cases.csv").into_iter();
            let begun = cases.filter(|case| case["kind"] == kind);
            begun
                .filter(|case| period(&case["start"]) == Some(code))
                .count()
        };
        let counts = format!(
            "Mediations begun {}, Offers begun {}, Events {};",
            of("mediation"),
            of("offer"),
            periods[code]
        );
        assert!(text.contains(&counts), "{counts}\n{text}");
    }
    // 3 in 8.334018 years; R: poisson.test(3, 8.334018).
    assert!(text.contains("Mediations begun a year 0.36 (interval 0.07 to 1.05)"));
    let russian = retold("activity", Language::Ru).description;
    assert!(russian.contains("Начато посредничеств за год 0,36 (интервал 0,07 – 1,05)"));
}

#[test]
fn the_venues_tell_how_often_each_place_was_used_and_what_was_at_home() {
    let text = retold("venues", Language::En).description;
    let acts: Vec<BTreeMap<String, String>> = bundled("events.csv")
        .into_iter()
        .filter(|event| event["type"] != "context" && period(&event["start"]) == Some("2015-2019"))
        .collect();
    let count = |column: &str, keep: &dyn Fn(&str) -> bool| {
        acts.iter().filter(|act| keep(act[column].as_str())).count()
    };
    let home = count("hosted", &|hosted| hosted == "1");
    let known = count("hosted", &|hosted| hosted == "1" || hosted == "0");
    // They are acts of fewer than ten cases.
    let share = format!("2015–2019 {home} of {known}, 69% (no interval)");
    assert!(text.contains(&share), "{share}\n{text}");
    let placed = count("places", &|places| !["unknown", "na"].contains(&places));
    let sochi = count("places", &|places| {
        places.split("; ").any(|place| place == "sochi")
    });
    let place = format!("Sochi: Events 4; 2015–2019 {sochi} of {placed};");
    assert!(text.contains(&place), "{place}\n{text}");
}

#[test]
fn the_trends_tell_both_ends_of_every_indicator() {
    let text = retold("trends", Language::En).description;
    let counts = |code: &str, least: usize| {
        let scale = [
            "not_held",
            "no_agreement",
            "process",
            "ceasefire",
            "partial",
            "settlement",
        ];
        let known: Vec<usize> = bundled("cases.csv")
            .iter()
            .filter(|case| case["kind"] == "mediation" && period(&case["start"]) == Some(code))
            .filter_map(|case| scale.iter().position(|rank| *rank == case["outcome"]))
            .collect();
        let reached = known.iter().filter(|rank| **rank >= least).count();
        format!("{reached}/{}", known.len())
    };
    for (name, least) in [("ceasefire", 3), ("process", 2)] {
        let told = format!(
            "reached {name} or more: First period: 1991–1999 – {}† ·",
            counts("1991-1999", least)
        );
        assert!(text.contains(&told), "{told}\n{text}");
        let told = format!("Last period: 2020– – {}† ·", counts("2020-", least));
        assert!(text.contains(&told), "{told}\n{text}");
    }
    assert!(text.contains("not settle whether it changed."), "{text}");
}

#[test]
fn the_trajectories_tell_every_dated_outcome_in_order() {
    let text = retold("trajectories", Language::En).description;
    let scale = [
        "not_held",
        "no_agreement",
        "process",
        "ceasefire",
        "partial",
        "settlement",
    ];
    let mut ways: BTreeMap<String, Vec<(String, String, usize)>> = BTreeMap::new();
    for event in bundled("events.csv") {
        if let Some(rank) = scale.iter().position(|rank| *rank == event["outcome"]) {
            let step = (event["end"].clone(), event["event_id"].clone(), rank);
            ways.entry(event["case_id"].clone()).or_default().push(step);
        }
    }
    let titles: BTreeMap<String, String> = bundled("cases.csv")
        .into_iter()
        .map(|case| (case["case_id"].clone(), case["title"].clone()))
        .collect();
    let printed = crate::analyse::printed(&["trajectories"]);
    let mut fell = 0;
    for (case, steps) in &mut ways {
        steps.sort();
        let told: Vec<String> = steps
            .iter()
            .map(|(day, _, rank)| format!("{day} {}", scale[*rank].replace('_', " ")))
            .collect();
        let sentence = format!("{}: {}.", titles[case], told.join(", "));
        assert!(
            text.contains(&sentence) || steps.len() == 1,
            "{sentence}\n{text}"
        );
        let rows: Vec<_> = printed.iter().filter(|row| row["case"] == *case).collect();
        assert_eq!(rows.len(), steps.len(), "{case}");
        for (place, (row, (_, event, rank))) in rows.iter().zip(steps.iter()).enumerate() {
            let before = place.checked_sub(1).map(|before| steps[before].2);
            let change = match before {
                None => "first",
                Some(before) if *rank > before => "up",
                Some(before) if *rank < before => "down",
                Some(_) => "same",
            };
            let held = [&row["event"], &row["outcome"], &row["change"]];
            assert_eq!(held, [event.as_str(), scale[*rank], change]);
        }
        fell += usize::from(steps.windows(2).any(|pair| pair[1].2 < pair[0].2));
    }
    let several = ways.values().filter(|steps| steps.len() > 1).count();
    let once = ways.len() - several;
    assert!(
        text.contains(&format!("One dated outcome only, cases: {once} – ")),
        "{text}"
    );
    assert_eq!(
        printed
            .iter()
            .map(|row| &row["case"])
            .collect::<std::collections::BTreeSet<_>>()
            .len(),
        ways.len()
    );
    let cases = cases(&Store::Bundled);
    let selection = cases.select(&Question::default()).unwrap();
    let table = analyse::table("trajectories", &selection).unwrap();
    let reading = table.reading[0].get(Language::En);
    let said = format!("Of {several} cases with two or more dated outcomes {fell} went back");
    assert!(reading.starts_with(&said), "{reading}");
}

#[test]
fn the_calendar_tells_every_meeting_of_the_case_with_most() {
    let meetings = ["round", "summit", "agreement"];
    let mut of: BTreeMap<String, Vec<BTreeMap<String, String>>> = BTreeMap::new();
    for event in bundled("events.csv") {
        if meetings.contains(&event["type"].as_str()) {
            of.entry(event["case_id"].clone()).or_default().push(event);
        }
    }
    let (case, mut held) = of.into_iter().max_by_key(|(_, held)| held.len()).unwrap();
    held.sort_by_key(|event| event["start"].clone());
    let printed = crate::analyse::printed(&["calendar"]);
    assert_eq!(printed.len(), held.len());
    for (row, event) in printed.iter().zip(&held) {
        assert_eq!(row["case"], case);
        assert_eq!(row["event"], event["event_id"]);
        assert_eq!(row["earliest"], event["start"]);
        assert_eq!(row["hosted"], event["hosted"]);
        assert_eq!(row["outcome"], event["outcome"].replace("unknown", ""));
    }
    let text = retold("calendar", Language::En).description;
    for (place, event) in held.iter().enumerate() {
        let told = format!("{}. {}, ", place + 1, event["start"]);
        assert!(text.contains(&told), "{told}\n{text}");
    }
    let (twelfth, outcome) = (&held[11], held[11]["outcome"].replace('_', " "));
    let told = format!("12. {}, Sochi: {outcome}", twelfth["start"]);
    assert!(text.contains(&told), "{told}\n{text}");
    let home = held.iter().filter(|event| event["hosted"] == "1").count();
    let cases = cases(&Store::Bundled);
    let selection = cases.select(&Question::default()).unwrap();
    let table = analyse::table("calendar", &selection).unwrap();
    let reading = table.reading[0].get(Language::En);
    let said = format!(
        "met {} times from 2017-01-23 to 2024-11-11, {home} of them at home",
        held.len()
    );
    assert!(reading.contains(&said), "{reading}");
}
