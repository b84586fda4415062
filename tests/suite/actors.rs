//! The tables of actors, places and regions, recomputed by a second path; and what they do with data
//! of another shape.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyse::{PERIODS, bundled, period, printed, printed_of_frozen, rank};
use crate::harness::Project;

type Row = BTreeMap<String, String>;

/// Case → its parties with their standings, from the file.
fn parties() -> BTreeMap<String, BTreeSet<(String, String)>> {
    let mut cases: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
    for row in bundled("parties.csv") {
        cases
            .entry(row["case_id"].clone())
            .or_default()
            .insert((row["actor"].clone(), row["standing"].clone()));
    }
    cases
}

/// Every two actors that share a case.
fn tied() -> BTreeSet<(String, String)> {
    let mut tied = BTreeSet::new();
    for parties in parties().values() {
        let names: BTreeSet<&String> = parties.iter().map(|(actor, _)| actor).collect();
        for one in &names {
            let others = names.iter().filter(|other| one < *other);
            tied.extend(others.map(|other| ((*one).clone(), (*other).clone())));
        }
    }
    tied
}

fn number(row: &Row, column: &str) -> usize {
    row[column].parse().unwrap()
}

fn mediations() -> Vec<Row> {
    let cases = bundled("cases.csv").into_iter();
    cases.filter(|case| case["kind"] == "mediation").collect()
}

/// The sentences that a table reads in English.
fn reading(table: &str) -> String {
    Project::empty().run(&["table", table]).exits(0).stdout
}

#[test]
fn the_network_of_parties_is_that_of_networkx() {
    // Python, networkx 3.6.1: a graph with an edge between every two actors of each case;
    // G.degree and nx.betweenness_centrality(G, normalized=False). All others have 0.
    let expected = [
        ("RUS", 39, 346.203_968),
        ("USA", 29, 152.020_635),
        ("IRN", 25, 96.098_413),
        ("UN", 24, 59.916_667),
        ("OSCE", 22, 58.166_667),
        ("UZB", 12, 41.0),
        ("TJK", 12, 41.0),
        ("EU", 18, 24.103_968),
        ("PAK", 12, 8.8),
        ("TUR", 12, 7.916_667),
        ("FRA", 11, 6.611_111),
        ("AZE", 8, 6.326_190),
        ("CHN", 9, 5.733_333),
        ("UKR", 9, 2.965_079),
        ("DEU", 9, 2.161_111),
        ("ARM", 6, 1.976_190),
    ];
    let rows = printed_of_frozen("parties");
    assert_eq!(rows.len(), 47);
    let mut ties = 0;
    for row in &rows {
        ties += number(row, "degree");
        let between: f64 = row["betweenness"].parse().unwrap();
        let known = expected.iter().find(|(id, ..)| row["party"] == *id);
        let of_networkx = known.map_or(0.0, |(.., between)| *between);
        assert!((between - of_networkx).abs() < 1e-6, "{row:?}");
        if let Some((_, degree, _)) = known {
            assert_eq!(number(row, "degree"), *degree, "{row:?}");
        }
    }
    // nx.number_of_edges, and the sizes of nx.connected_components.
    assert_eq!(ties, 2 * 221);
    let run = Project::frozen().run(&["table", "parties", "--data", "data"]);
    let text = run.exits(0).stdout;
    assert!(text.contains("Of 1081 pairs of actors 221 share a case"));
    assert!(text.contains("joins: 2, the largest with 45 of 47 actors"));
}

#[test]
fn others_of_an_actor_are_those_of_its_cases() {
    let cases = parties();
    for row in printed(&["parties"]) {
        let mut others: BTreeSet<&str> = BTreeSet::new();
        for parties in cases.values() {
            let names: BTreeSet<&str> = parties.iter().map(|(actor, _)| actor.as_str()).collect();
            if names.contains(row["party"].as_str()) {
                others.extend(names);
            }
        }
        assert_eq!(number(&row, "degree"), others.len() - 1, "{row:?}");
    }
    let actors = |parties: &BTreeSet<(String, String)>| {
        let names: BTreeSet<&String> = parties.iter().map(|(actor, _)| actor).collect();
        names.len()
    };
    let largest = cases.values().map(actors).max().unwrap();
    let (inside, all) = (largest * (largest - 1) / 2, tied().len());
    let note = format!("The largest has {largest} parties and so {inside} of the {all} tied pairs");
    assert!(reading("parties").contains(&note), "{note}");
}

#[test]
fn pairs_are_counted_in_every_case_and_standing_that_they_share() {
    let cases = parties();
    let rows = printed(&["pairs"]);
    assert_eq!(rows.len(), tied().len());
    assert!(rows.is_sorted_by_key(|row| std::cmp::Reverse(number(row, "cases"))));
    for row in &rows {
        let (mut all, mut mixed) = (0, 0);
        let mut both: BTreeMap<&str, usize> = BTreeMap::new();
        for parties in cases.values() {
            let held = |actor: &str| -> BTreeSet<&str> {
                let of = parties.iter().filter(|(known, _)| known == actor);
                of.map(|(_, standing)| standing.as_str()).collect()
            };
            let (one, other) = (held(&row["one"]), held(&row["other"]));
            if one.is_empty() || other.is_empty() {
                continue;
            }
            all += 1;
            mixed += usize::from(one.intersection(&other).next().is_none());
            for standing in one.intersection(&other) {
                *both.entry(standing).or_default() += 1;
            }
        }
        assert_eq!(number(row, "cases"), all, "{row:?}");
        assert_eq!(number(row, "mixed"), mixed, "{row:?}");
        for (end, actor) in [("one", &row["one"]), ("other", &row["other"])] {
            let mut held: BTreeMap<&str, usize> = BTreeMap::new();
            let mut inside = BTreeSet::new();
            for (case, parties) in &cases {
                for (_, standing) in parties.iter().filter(|(known, _)| known == actor) {
                    *held.entry(standing).or_default() += 1;
                    inside.insert(case);
                }
            }
            assert_eq!(number(row, &format!("{end}_cases")), inside.len());
            let usual = row[&format!("{end}_standing")].as_str();
            assert_eq!(held.get(usual), held.values().max(), "{row:?}");
        }
        for (column, value) in row {
            if let Some(standing) = column.strip_prefix("both_") {
                let expected = both.get(standing).copied().unwrap_or(0);
                assert_eq!(*value, expected.to_string(), "{row:?}");
            }
        }
    }
}

#[test]
fn partners_are_the_co_mediators_of_the_mediations() {
    let (cases, mediations) = (parties(), mediations());
    let with = |actor: &str| -> Vec<&Row> {
        let member = (actor.to_owned(), "co_mediator".to_owned());
        let inside = mediations
            .iter()
            .filter(|case| cases[&case["case_id"]].contains(&member));
        inside.collect()
    };
    let rows = printed(&["partners"]);
    let mut joint: BTreeSet<&str> = BTreeSet::new();
    for row in &rows {
        let theirs = with(&row["partner"]);
        joint.extend(theirs.iter().map(|case| case["case_id"].as_str()));
        assert_eq!(number(row, "share_n"), theirs.len(), "{row:?}");
        assert_eq!(number(row, "share_of"), mediations.len(), "{row:?}");
        for (code, ..) in PERIODS {
            let begun = theirs
                .iter()
                .filter(|case| period(&case["start"]) == Some(code));
            assert_eq!(number(row, &format!("cases_{code}")), begun.count());
        }
    }
    let all: BTreeSet<String> = bundled("parties.csv")
        .into_iter()
        .filter(|row| row["standing"] == "co_mediator")
        .map(|row| row["actor"].clone())
        .collect();
    assert_eq!(rows.len(), all.len());
    let sentence = format!("{} of {} (", joint.len(), mediations.len());
    assert!(reading("partners").contains(&sentence), "{sentence}");
}

#[test]
fn regions_count_cases_events_and_results_by_hand() {
    let (cases, events) = (bundled("cases.csv"), bundled("events.csv"));
    let region_of: BTreeMap<&str, &str> = cases
        .iter()
        .map(|case| (case["case_id"].as_str(), case["region"].as_str()))
        .collect();
    let rows = printed(&["regions"]);
    assert_eq!(rows.len(), 6 * 7);
    for row in &rows {
        let inside = |start: &str| row["period"] == "all" || period(start) == Some(&row["period"]);
        let there: Vec<&Row> = cases
            .iter()
            .filter(|case| case["region"] == row["region"] && inside(&case["start"]))
            .collect();
        let of_kind = |kind: &str| there.iter().filter(|case| case["kind"] == kind).count();
        assert_eq!(number(row, "cases"), of_kind("mediation"), "{row:?}");
        assert_eq!(number(row, "offers"), of_kind("offer"), "{row:?}");
        let acts = events
            .iter()
            .filter(|event| event["type"] != "context" && inside(&event["start"]))
            .filter(|event| region_of[event["case_id"].as_str()] == row["region"]);
        assert_eq!(number(row, "events"), acts.count(), "{row:?}");
        let known: Vec<usize> = there
            .iter()
            .filter(|case| case["kind"] == "mediation")
            .filter_map(|case| rank(&case["outcome"]))
            .collect();
        let reached = |cut: usize| known.iter().filter(|rank| **rank >= cut).count();
        for (column, cut) in [("success", 3), ("reached_process", 2)] {
            assert_eq!(number(row, &format!("{column}_of")), known.len(), "{row:?}");
            assert_eq!(number(row, &format!("{column}_n")), reached(cut), "{row:?}");
        }
        let unknown = of_kind("mediation") - known.len();
        assert_eq!(number(row, "unknown"), unknown, "{row:?}");
    }
}

#[test]
fn the_share_held_at_home_is_that_of_the_profile() {
    let profile = printed(&["profile"]);
    let sum = |column: &str| profile.iter().map(|row| number(row, column)).sum::<usize>();
    let meetings = format!(
        "Of the meetings among them, {} of {} (",
        sum("hosted_n"),
        sum("hosted_of")
    );
    let acts: Vec<Row> = bundled("events.csv")
        .into_iter()
        .filter(|event| event["type"] != "context")
        .collect();
    let hosted = |codes: &[&str]| {
        let known = acts
            .iter()
            .filter(|event| codes.contains(&event["hosted"].as_str()));
        known.count()
    };
    let all = format!("{} of {} (", hosted(&["1"]), hosted(&["0", "1"]));
    let text = reading("venues");
    assert!(text.contains(&meetings), "{meetings}\n{text}");
    assert!(text.contains(&all), "{all}\n{text}");
}

#[test]
fn the_hubs_of_each_period_are_its_busiest_places() {
    let mut venues = printed(&["venues"]);
    venues.retain(|row| row["scope"] == "place");
    let names: BTreeMap<String, String> = bundled("places.csv")
        .into_iter()
        .map(|place| (place["place_id"].clone(), place["name_en"].clone()))
        .collect();
    let text = reading("venues");
    for (code, ..) in PERIODS {
        let column = format!("events_{code}_n");
        let most = venues.iter().map(|row| number(row, &column)).max().unwrap();
        let first = venues.iter().filter(|row| number(row, &column) == most);
        let first: Vec<&str> = first.map(|row| names[&row["place"]].as_str()).collect();
        let located = bundled("events.csv")
            .iter()
            .filter(|event| event["type"] != "context" && period(&event["start"]) == Some(code))
            .filter(|event| !["unknown", "na"].contains(&event["places"].as_str()))
            .count();
        let period = code.replace('-', "–");
        let hubs = format!("{period}: {} ({most} of {located})", first.join(", "));
        assert!(text.contains(&hubs), "{hubs}\n{text}");
    }
}

#[test]
fn every_table_of_the_bundled_data_has_a_reading_without_gaps() {
    let store = bitim::load::Store::Bundled;
    let checked = bitim::validate::check(bitim::load::dataset(&store).unwrap()).unwrap();
    let cases = checked.accept().unwrap();
    for view in ["today", "article"] {
        let question = bitim::analyse::Question {
            view: Some(view.to_owned()),
            ..bitim::analyse::Question::default()
        };
        let selection = cases.select(&question).unwrap();
        for table in bitim::analyse::tables(&selection).unwrap().computed {
            assert!(!table.reading.is_empty(), "{} {view}", table.name);
            for language in bitim::model::label::Language::ALL {
                for label in table.reading.iter().chain(&table.notes) {
                    let text = label.get(language);
                    assert!(!text.is_empty() && !text.contains(['{', '}']), "{text}");
                }
            }
        }
    }
}

#[test]
fn the_places_of_the_map_are_those_of_the_files() {
    let places: BTreeMap<String, Row> = bundled("places.csv")
        .into_iter()
        .map(|place| (place["place_id"].clone(), place))
        .collect();
    let acts: Vec<Row> = bundled("events.csv")
        .into_iter()
        .filter(|event| event["type"] != "context")
        .collect();
    let rows = printed(&["map"]);
    let at = |event: &Row, place: &str| event["places"].split("; ").any(|known| known == place);
    let mut located = BTreeSet::new();
    for row in &rows {
        let place = &places[&row["place"]];
        let there: Vec<&Row> = acts.iter().filter(|act| at(act, &row["place"])).collect();
        let cases: BTreeSet<&str> = there.iter().map(|act| act["case_id"].as_str()).collect();
        assert_eq!(number(row, "events"), there.len(), "{row:?}");
        assert_eq!(number(row, "cases"), cases.len(), "{row:?}");
        for degrees in ["latitude", "longitude"] {
            let of_file: Option<f64> = place[degrees].parse().ok();
            assert_eq!(row[degrees].parse().ok(), of_file, "{row:?}");
        }
        let home = match place["country"].as_str() {
            "KAZ" => "1",
            "unknown" => "",
            _ => "0",
        };
        assert_eq!(row["home"], home, "{row:?}");
        if place["latitude"] != "unknown" {
            located.extend(there.iter().map(|act| act["event_id"].as_str()));
        }
    }
    let at_home: BTreeSet<&str> = acts
        .iter()
        .filter(|act| {
            places
                .iter()
                .any(|(id, place)| place["country"] == "KAZ" && at(act, id))
        })
        .map(|act| act["event_id"].as_str())
        .collect();
    let sentence = format!("{} of these {} events.", at_home.len(), located.len());
    assert!(reading("map").contains(&sentence), "{sentence}");
}
