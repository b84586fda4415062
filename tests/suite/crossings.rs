//! The tables that cross cases with roles, parties and places, recomputed by a second path.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyse::{PERIODS, bundled, period, printed, rank};
use crate::harness::Project;

type Row = BTreeMap<String, String>;

fn mediations() -> Vec<Row> {
    let cases = bundled("cases.csv").into_iter();
    cases.filter(|case| case["kind"] == "mediation").collect()
}

/// The roles provided by an act, case by case.
fn provided() -> BTreeMap<String, BTreeSet<String>> {
    let mut roles: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for role in bundled("roles.csv") {
        if role["basis"] == "act" && role["uptake"] == "provided" {
            roles
                .entry(role["case_id"].clone())
                .or_default()
                .insert(role["role"].clone());
        }
    }
    roles
}

#[test]
fn success_is_what_a_count_by_hand_gives_however_it_is_cut() {
    let roles = provided();
    let mut checked = 0;
    for row in printed(&["success"]) {
        let keep = |case: &&Row| match row["by"].as_str() {
            "all" => true,
            "period" => period(&case["start"]) == Some(row["group"].as_str()),
            // The last group is of those of which no role is known.
            "role" => match roles.get(&case["case_id"]) {
                Some(roles) => roles.contains(&row["group"]),
                None => row["group"].is_empty(),
            },
            by @ ("capacity" | "conflict_type") => case[by] == row["group"],
            other => panic!("an unknown cut {other}"),
        };
        let all = mediations();
        let cases: Vec<&Row> = all.iter().filter(keep).collect();
        let known: Vec<usize> = cases
            .iter()
            .filter_map(|case| rank(&case["outcome"]))
            .collect();
        let reached = |cut: usize| known.iter().filter(|rank| **rank >= cut).count();
        assert_eq!(row["success_of"], known.len().to_string(), "{row:?}");
        assert_eq!(row["success_n"], reached(3).to_string(), "{row:?}");
        assert_eq!(row["reached_process_n"], reached(2).to_string(), "{row:?}");
        assert_eq!(
            row["unknown"],
            (cases.len() - known.len()).to_string(),
            "{row:?}"
        );
        let is_small = (1..5).contains(&known.len());
        assert_eq!(row["success_is_small"] == "1", is_small, "{row:?}");
        let bounds = [reached(3), reached(3) + cases.len() - known.len()];
        for (column, successes) in ["if_failed", "if_succeeded"].into_iter().zip(bounds) {
            assert_eq!(row[&format!("{column}_n")], successes.to_string());
            assert_eq!(row[&format!("{column}_of")], cases.len().to_string());
        }
        checked += 1;
    }
    assert_eq!(checked, 1 + 5 + 7 + 4 + 4);
}

#[test]
fn the_funnel_is_nested_and_counts_by_hand_agree() {
    let funnel = printed(&["funnel"]);
    let number = |row: &Row, column: &str| row[column].parse::<usize>().unwrap();
    for pair in funnel.windows(2) {
        let parts = ["cases", "ended", "unknown"].map(|column| number(&pair[1], column));
        assert_eq!(parts.iter().sum::<usize>(), number(&pair[0], "cases"));
    }
    let (all, roles) = (bundled("cases.csv"), provided());
    assert_eq!(number(&funnel[0], "cases"), all.len());
    let with_role: Vec<&Row> = all
        .iter()
        .filter(|case| case["kind"] == "mediation" && roles.contains_key(&case["case_id"]))
        .collect();
    assert_eq!(number(&funnel[1], "cases"), with_role.len());
    let basis_unknown =
        |case: &&Row| case["kind"] == "mediation" && !roles.contains_key(&case["case_id"]);
    let without = all.iter().filter(basis_unknown).count();
    let offers = all
        .iter()
        .filter(|case| case["kind"] != "mediation")
        .count();
    assert_eq!(number(&funnel[1], "ended"), offers);
    assert_eq!(number(&funnel[1], "unknown"), without);
    let held = |cut: usize| {
        let ranks = with_role.iter().filter_map(|case| rank(&case["outcome"]));
        ranks.filter(|rank| *rank >= cut).count()
    };
    assert_eq!(number(&funnel[2], "cases"), held(1));
    assert_eq!(number(&funnel[3], "cases"), held(3));
    assert_eq!(number(&funnel[2], "ended"), held(0) - held(1));
    assert_eq!(number(&funnel[3], "ended"), held(1) - held(3));
}

#[test]
fn every_mediation_stands_once_in_each_part_of_the_outcomes() {
    let rows = printed(&["outcomes"]);
    for part in ["all", "role", "period"] {
        let mut by_outcome: BTreeMap<&str, u64> = BTreeMap::new();
        for row in rows.iter().filter(|row| row["by"] == part) {
            let mut sum = 0;
            for (column, value) in row {
                if column.starts_with("outcome_") || column == "unknown" {
                    let value: u64 = value.parse().unwrap();
                    *by_outcome.entry(column).or_default() += value;
                    sum += value;
                }
            }
            assert_eq!(sum.to_string(), row["cases"], "{row:?}");
        }
        for case in mediations() {
            let column = match rank(&case["outcome"]) {
                Some(_) => format!("outcome_{}", case["outcome"]),
                None => "unknown".to_owned(),
            };
            *by_outcome.get_mut(column.as_str()).unwrap() -= 1;
        }
        assert!(
            by_outcome.values().all(|left| *left == 0),
            "{part}: {by_outcome:?}"
        );
    }
}

#[test]
fn parties_count_each_case_once_and_each_standing_apart() {
    let parties = bundled("parties.csv");
    for row in printed(&["parties"]) {
        let of = |standing: Option<&str>| -> BTreeSet<&str> {
            parties
                .iter()
                .filter(|party| party["actor"] == row["party"])
                .filter(|party| standing.is_none_or(|standing| party["standing"] == standing))
                .map(|party| party["case_id"].as_str())
                .collect()
        };
        assert_eq!(row["cases"], of(None).len().to_string(), "{row:?}");
        for standing in [
            "disputant",
            "guarantor",
            "observer",
            "co_mediator",
            "participant",
        ] {
            assert_eq!(
                row[&format!("standing_{standing}")],
                of(Some(standing)).len().to_string(),
                "{row:?}"
            );
        }
    }
}

#[test]
fn venues_count_each_act_at_each_of_its_places() {
    let events = bundled("events.csv");
    let mut seen = 0;
    let countries: BTreeMap<String, String> = bundled("places.csv")
        .into_iter()
        .map(|place| (place["place_id"].clone(), place["country"].clone()))
        .collect();
    let rows = printed(&["venues"]);
    for (code, ..) in PERIODS {
        let hosted = |codes: &[&str]| {
            let inside = events
                .iter()
                .filter(|event| event["type"] != "context")
                .filter(|event| period(&event["start"]) == Some(code))
                .filter(|event| codes.contains(&event["hosted"].as_str()));
            inside.count().to_string()
        };
        assert_eq!(rows[0]["scope"], "home");
        assert_eq!(rows[0][&format!("events_{code}_n")], hosted(&["1"]));
        assert_eq!(rows[0][&format!("events_{code}_of")], hosted(&["0", "1"]));
    }
    for row in rows.iter().filter(|row| row["scope"] == "place") {
        let there: Vec<&Row> = events
            .iter()
            .filter(|event| event["type"] != "context")
            .filter(|event| {
                event["places"]
                    .split("; ")
                    .any(|place| place == row["place"])
            })
            .collect();
        assert_eq!(row["events"], there.len().to_string(), "{row:?}");
        for (code, ..) in PERIODS {
            let of = there
                .iter()
                .filter(|event| period(&event["start"]) == Some(code))
                .count();
            let column = format!("events_{code}");
            assert_eq!(row[&format!("{column}_n")], of.to_string(), "{row:?}");
            let placed = events
                .iter()
                .filter(|event| event["type"] != "context")
                .filter(|event| !["unknown", "na"].contains(&event["places"].as_str()))
                .filter(|event| period(&event["start"]) == Some(code));
            let placed = placed.count().to_string();
            assert_eq!(row[&format!("{column}_of")], placed, "{row:?}");
        }
        let country = countries[&row["place"]].as_str();
        let is_home = match country {
            "KAZ" => "1",
            "unknown" => "",
            _ => "0",
        };
        assert_eq!(row["home"], is_home, "{row:?}");
        seen += 1;
    }
    assert!(seen > 20);
}

#[test]
fn a_record_of_nothing_gives_empty_tables_and_no_share() {
    let project = Project::empty();
    project.run(&["init", "mine", "--empty"]).exits(0);
    for table in bitim::analyse::TABLES.iter().filter(|table| {
        ![
            "venues",
            "map",
            "regions",
            "agreed",
            "reliability",
            "sources",
            "evidence",
            "claims",
            "claim_tests",
        ]
        .contains(&table.name)
    }) {
        let run = project
            .run(&["table", table.name, "--data", "mine", "--format", "csv"])
            .exits(0);
        assert!(
            !run.stdout.contains("NaN") && !run.stdout.contains("inf"),
            "{run}"
        );
    }
    project
        .run(&["table", "success", "--data", "mine"])
        .exits(0)
        .says("0/0");
}

/// All ways to deal out `left` successes over groups of these sizes.
fn deals(left: u64, sizes: &[u64]) -> Vec<Vec<u64>> {
    let Some((first, rest)) = sizes.split_first() else {
        return if left == 0 {
            vec![Vec::new()]
        } else {
            Vec::new()
        };
    };
    let mut all = Vec::new();
    for count in 0..=left.min(*first) {
        for mut tail in deals(left - count, rest) {
            tail.insert(0, count);
            all.push(tail);
        }
    }
    all
}

fn ways(n: u64, k: u64) -> f64 {
    (0..k).map(|i| (n - i) as f64 / (i + 1) as f64).product()
}

/// The numbers at the two ends of each indicator.
fn ends_are_those_of_the_profile(trends: &[Row], profile: &[Row]) {
    let number = |row: &Row, column: &str| row[column].parse::<f64>().unwrap();
    for (end, period) in [
        ("first", &profile[0]),
        ("last", &profile[profile.len() - 1]),
    ] {
        let is = |row: usize, part: &str, expected: f64| {
            let printed = number(
                &trends[row],
                &if part == "value" {
                    end.to_owned()
                } else {
                    format!("{end}_{part}")
                },
            );
            assert!((printed - expected).abs() < 1e-5, "{end} {row} {part}");
        };
        is(
            0,
            "value",
            number(period, "cases") / number(period, "years"),
        );
        is(0, "n", number(period, "cases"));
        let roles = [
            "observer",
            "venue",
            "facilitation",
            "shuttle",
            "broker",
            "leverage",
        ];
        let ranks = ["depth_low", "depth_high"].map(|column| {
            let rank = roles.iter().position(|role| *role == period[column]);
            rank.unwrap() as f64
        });
        is(1, "value", f64::midpoint(ranks[0], ranks[1]));
        is(1, "n", number(period, "depth_n"));
        for (row, share) in [(2, "success"), (3, "reached_process")] {
            let (k, n) = (
                number(period, &format!("{share}_n")),
                number(period, &format!("{share}_of")),
            );
            is(row, "value", k / n);
            is(row, "n", n);
        }
    }
    // R: poisson.test(3, 8.334018), prop.test(2, 3, correct = FALSE)
    assert_eq!(
        (
            trends[0]["first_low"].as_str(),
            trends[0]["first_high"].as_str()
        ),
        ("0.074235", "1.051986")
    );
    assert_eq!(
        (
            trends[2]["first_low"].as_str(),
            trends[2]["first_high"].as_str()
        ),
        ("0.20766", "0.938508")
    );
}

#[test]
fn the_trends_of_shares_and_rates_are_what_enumeration_gives() {
    let profile = printed(&["profile"]);
    let trends = printed(&["trends"]);
    let numbers = |column: &str| -> Vec<u64> {
        profile
            .iter()
            .map(|row| row[column].parse().unwrap())
            .collect()
    };
    for (row, column) in [(2, "success_n"), (3, "reached_process_n")] {
        let (successes, sizes) = (numbers(column), numbers("success_of"));
        let weighted = |counts: &[u64]| {
            (1_u64..)
                .zip(counts)
                .map(|(score, n)| score * n)
                .sum::<u64>() as f64
        };
        let total: u64 = successes.iter().sum();
        let expected = total as f64 * weighted(&sizes) / sizes.iter().sum::<u64>() as f64;
        let distance = |counts: &[u64]| (weighted(counts) - expected).abs();
        let (mut all, mut far) = (0.0, 0.0);
        for deal in deals(total, &sizes) {
            let weight: f64 = sizes.iter().zip(&deal).map(|(n, k)| ways(*n, *k)).product();
            all += weight;
            if distance(&deal) >= distance(&successes) - 1e-9 {
                far += weight;
            }
        }
        let p: f64 = trends[row]["p"].parse().unwrap();
        assert!((p - far / all).abs() < 1e-6, "{p} and {}", far / all);
    }
    ends_are_those_of_the_profile(&trends, &profile);
    let (begun, years) = (numbers("cases"), profile.iter().map(|row| &row["years"]));
    let years: Vec<f64> = years.map(|years| years.parse().unwrap()).collect();
    let (n, length) = (begun.iter().sum::<u64>(), years.iter().sum::<f64>());
    let uneven = |deal: &[u64]| -> f64 {
        let each = deal.iter().zip(&years).filter(|(k, _)| **k > 0);
        each.map(|(k, years)| *k as f64 * (*k as f64 * length / (n as f64 * years)).ln())
            .sum()
    };
    let chance = |deal: &[u64]| {
        let each = deal.iter().zip(&years);
        let start = (n, 1.0);
        let (_, p) = each.fold(start, |(left, p), (k, years)| {
            (
                left - k,
                p * ways(left, *k) * (years / length).powf(*k as f64),
            )
        });
        p
    };
    let p: f64 = deals(n, &vec![n; years.len()])
        .iter()
        .filter(|deal| uneven(deal) >= uneven(&begun) - 1e-9)
        .map(|deal| chance(deal))
        .sum();
    let printed: f64 = trends[0]["p"].parse().unwrap();
    // The years in the table are rounded to six decimals.
    assert!((printed - p).abs() < 1e-5, "{printed} and {p}");
}
