//! Every headline number, recomputed by a second path: plain loops over the CSV files, without the
//! codebook, the frames or any code of the program.

use std::collections::{BTreeMap, BTreeSet};

use crate::harness::Project;

/// The rows of a CSV file as maps from column to text.
pub(crate) fn rows(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let head = reader.headers().unwrap().clone();
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            head.iter()
                .map(str::to_owned)
                .zip(record.iter().map(str::to_owned))
                .collect()
        })
        .collect()
}

/// A file of the bundled data.
pub(crate) fn bundled(file: &str) -> Vec<BTreeMap<String, String>> {
    let files = bitim::load::start(false);
    let (_, bytes) = files.iter().find(|(name, _)| name == file).unwrap();
    rows(bytes)
}

/// A table of the frozen record as the program prints it.
pub(crate) fn printed_of_frozen(table: &str) -> Vec<BTreeMap<String, String>> {
    let arguments = ["table", table, "--format", "csv", "--data", "data"];
    let run = Project::frozen().run(&arguments).exits(0).keeps_quiet();
    rows(run.stdout.as_bytes())
}

/// A table as the program prints it.
pub(crate) fn printed(arguments: &[&str]) -> Vec<BTreeMap<String, String>> {
    let mut all = vec!["table"];
    all.extend(arguments);
    all.extend(["--format", "csv"]);
    rows(
        Project::empty()
            .run(&all)
            .exits(0)
            .keeps_quiet()
            .stdout
            .as_bytes(),
    )
}

pub(crate) const PERIODS: [(&str, i32, i32); 5] = [
    ("1991-1999", 1991, 1999),
    ("2000-2009", 2000, 2009),
    ("2010-2014", 2010, 2014),
    ("2015-2019", 2015, 2019),
    ("2020-", 2020, 2026),
];

/// The period of a date; of an interval, that of both its ends if they share one.
pub(crate) fn period(date: &str) -> Option<&'static str> {
    let of = |date: &str| {
        let year: i32 = date[..4].parse().unwrap();
        PERIODS
            .iter()
            .find(|(_, first, last)| (*first..=*last).contains(&year))
            .unwrap()
            .0
    };
    let (first, last) = date.split_once('/').unwrap_or((date, date));
    (of(first) == of(last)).then(|| of(first))
}

const SCALE: [&str; 6] = [
    "not_held",
    "no_agreement",
    "process",
    "ceasefire",
    "partial",
    "settlement",
];

pub(crate) fn rank(outcome: &str) -> Option<usize> {
    SCALE.iter().position(|code| *code == outcome)
}

#[test]
fn the_profile_is_what_a_count_by_hand_gives() {
    let (cases, events) = (bundled("cases.csv"), bundled("events.csv"));
    for row in printed(&["profile"]) {
        let of =
            |record: &&BTreeMap<String, String>| period(&record["start"]) == Some(&row["period"]);
        let mediations: Vec<_> = cases
            .iter()
            .filter(of)
            .filter(|case| case["kind"] == "mediation")
            .collect();
        let number = |column: &str| row[column].parse::<usize>().unwrap();
        assert_eq!(number("cases"), mediations.len(), "{row:?}");
        assert_eq!(
            number("offers"),
            cases
                .iter()
                .filter(of)
                .filter(|case| case["kind"] == "offer")
                .count()
        );
        let acts: Vec<_> = events
            .iter()
            .filter(of)
            .filter(|event| event["type"] != "context")
            .collect();
        assert_eq!(number("events"), acts.len(), "{row:?}");
        let known: Vec<usize> = mediations
            .iter()
            .filter_map(|case| rank(&case["outcome"]))
            .collect();
        assert_eq!(number("success_of"), known.len());
        assert_eq!(
            number("success_n"),
            known.iter().filter(|rank| **rank >= 3).count()
        );
        assert_eq!(
            number("reached_process_n"),
            known.iter().filter(|rank| **rank >= 2).count()
        );
        let hosted = |yes: &[&str]| {
            acts.iter()
                .filter(|event| ["round", "summit", "agreement"].contains(&event["type"].as_str()))
                .filter(|event| yes.contains(&event["hosted"].as_str()))
                .count()
        };
        assert_eq!(number("hosted_of"), hosted(&["0", "1"]));
        assert_eq!(number("hosted_n"), hosted(&["1"]));
    }
}

#[test]
fn the_roles_are_what_a_count_by_hand_gives() {
    let (cases, roles) = (bundled("cases.csv"), bundled("roles.csv"));
    let acted: Vec<(&str, &str, &str)> = roles
        .iter()
        .filter(|role| {
            role["basis"] == "act" && !["unknown", "na"].contains(&role["role"].as_str())
        })
        .map(|role| {
            (
                role["case_id"].as_str(),
                role["role"].as_str(),
                role["uptake"].as_str(),
            )
        })
        .collect();
    let mut checked = 0;
    for row in printed(&["roles"]) {
        let mediations: BTreeSet<&str> = cases
            .iter()
            .filter(|case| {
                case["kind"] == "mediation" && period(&case["start"]) == Some(&row["period"])
            })
            .map(|case| case["case_id"].as_str())
            .collect();
        let known: BTreeSet<&str> = acted
            .iter()
            .map(|(case, ..)| *case)
            .filter(|case| mediations.contains(case))
            .collect();
        let with: BTreeSet<&str> = acted
            .iter()
            .filter(|(case, role, uptake)| {
                known.contains(case) && *role == row["role"] && *uptake == "provided"
            })
            .map(|(case, ..)| *case)
            .collect();
        assert_eq!(row["share_of"], known.len().to_string(), "{row:?}");
        assert_eq!(row["share_n"], with.len().to_string(), "{row:?}");
        assert_eq!(row["unknown"], (mediations.len() - known.len()).to_string());
        checked += 1;
    }
    assert_eq!(checked, 30);
}

#[test]
fn the_median_depth_is_the_middle_of_the_deepest_roles() {
    let order = [
        "observer",
        "venue",
        "facilitation",
        "shuttle",
        "broker",
        "leverage",
    ];
    let (cases, roles) = (bundled("cases.csv"), bundled("roles.csv"));
    for row in printed(&["profile"]) {
        let mut deepest: Vec<usize> = cases
            .iter()
            .filter(|case| {
                case["kind"] == "mediation" && period(&case["start"]) == Some(&row["period"])
            })
            .filter_map(|case| {
                roles
                    .iter()
                    .filter(|role| role["case_id"] == case["case_id"])
                    .filter(|role| role["basis"] == "act" && role["uptake"] == "provided")
                    .filter_map(|role| order.iter().position(|code| *code == role["role"]))
                    .max()
            })
            .collect();
        deepest.sort_unstable();
        let n = deepest.len();
        assert_eq!(row["depth_n"], n.to_string());
        assert_eq!(row["depth_low"], order[deepest[(n - 1) / 2]]);
        assert_eq!(row["depth_high"], order[deepest[n / 2]]);
    }
}

#[test]
fn years_of_record_add_up_to_the_coverage() {
    let profile: f64 = printed(&["profile"])
        .iter()
        .map(|row| row["years"].parse::<f64>().unwrap())
        .sum();
    let years: f64 = printed(&["activity"])
        .iter()
        .filter(|row| row["scale"] == "year" && row["span"] != "unknown")
        .map(|row| row["years"].parse::<f64>().unwrap())
        .sum();
    // 1991-09-01 to 2026-03-11, both included, are 12,611 days.
    let expected = 12_611.0 / 365.25;
    assert!((profile - expected).abs() < 1e-4, "{profile}");
    assert!((years - expected).abs() < 1e-4, "{years}");
}

#[test]
fn every_event_and_case_is_counted_once_in_the_activity() {
    for scale in ["period", "year"] {
        let total = |column: &str| -> u64 {
            printed(&["activity"])
                .iter()
                .filter(|row| row["scale"] == scale)
                .map(|row| row[column].parse::<u64>().unwrap())
                .sum()
        };
        let cases = bundled("cases.csv");
        let count = |kind: &str| cases.iter().filter(|case| case["kind"] == kind).count() as u64;
        assert_eq!(total("cases"), count("mediation"), "{scale}");
        assert_eq!(total("offers"), count("offer"), "{scale}");
        let acts = bundled("events.csv")
            .iter()
            .filter(|event| event["type"] != "context")
            .count();
        assert_eq!(total("events"), acts as u64, "{scale}");
    }
}

#[test]
fn the_rates_of_the_activity_are_counts_by_years_of_record() {
    for row in printed(&["activity"]) {
        let number = |column: &str| row[column].parse::<f64>().ok();
        let years = number("years").unwrap();
        for (rate, count) in [("cases_a_year", "cases"), ("events_a_year", "events")] {
            let by_hand = (row["scale"] == "period").then(|| number(count).unwrap() / years);
            let differ = number(rate).zip(by_hand).map(|(rate, hand)| rate - hand);
            assert_eq!(number(rate).is_some(), by_hand.is_some(), "{row:?}");
            assert!(differ.unwrap_or(0.0).abs() < 1e-5, "{row:?}");
        }
    }
    // R: poisson.test(3, 8.334018), poisson.test(7, 4.999316)
    let rows = printed(&["activity"]);
    for (row, low, high) in [(0, "0.074235", "1.051986"), (2, "0.56295", "2.88493")] {
        assert_eq!(rows[row]["cases_low"], low);
        assert_eq!(rows[row]["cases_high"], high);
    }
}

#[test]
fn the_view_of_the_article_knows_nothing_after_its_day() {
    let listed: BTreeSet<String> = bundled("article_cases.csv")
        .iter()
        .map(|row| row["case_id"].clone())
        .collect();
    let timeline = printed(&["timeline", "--view", "article"]);
    let shown: BTreeSet<String> = timeline.iter().map(|row| row["case"].clone()).collect();
    assert_eq!(shown, listed);
    for row in &timeline {
        for day in ["from_earliest", "until_earliest"] {
            assert!(row[day].as_str() <= "2017-04-11", "{row:?}");
        }
    }
    // The memorandum on de-escalation is of May 2017: on 11 April the Astana process had no
    // ceasefire yet.
    let astana = timeline
        .iter()
        .find(|row| row["case"] == "syria-astana-process-2017-2024" && row["mark"] == "span")
        .unwrap();
    assert_eq!(
        (astana["open"].as_str(), astana["until_latest"].as_str()),
        ("1", "2017-04-11")
    );
    assert_eq!(astana["outcome"], "process");
    for row in &timeline {
        for day in ["from_latest", "until_latest"] {
            assert!(
                row["mark"] == "event" || row[day].as_str() <= "2017-04-11",
                "{row:?}"
            );
        }
    }
}

#[test]
fn each_headline_says_numbers_that_stand_in_its_table() {
    let cases = bitim::validate::check(bitim::load::dataset(&bitim::load::Store::Bundled).unwrap())
        .unwrap()
        .accept()
        .unwrap();
    let selection = cases.select(&bitim::analyse::Question::default()).unwrap();
    let tables = bitim::analyse::tables(&selection).unwrap();
    let headlines = bitim::analyse::headlines(&selection, &tables);
    let names: Vec<&str> = headlines.iter().map(|headline| headline.name).collect();
    assert_eq!(names, ["record", "frequency", "depth", "hosted", "success"]);
    let profile = printed(&["profile"]);
    let (first, last) = (&profile[0], &profile[profile.len() - 1]);
    let sum = |column: &str| {
        profile
            .iter()
            .map(|row| row[column].parse::<u64>().unwrap())
            .sum::<u64>()
    };
    let english = |name: &str| {
        let headline = headlines
            .iter()
            .find(|headline| headline.name == name)
            .unwrap();
        headline
            .sentence
            .get(bitim::model::label::Language::En)
            .to_owned()
    };
    let says = |name: &str, text: String| {
        assert!(
            english(name).contains(&text),
            "no {text:?} in {}",
            english(name)
        );
    };
    says(
        "record",
        format!(
            "mediations, {}; offers that led to no meeting, {}",
            sum("cases"),
            sum("offers")
        ),
    );
    says("record", format!("events, {}", sum("events")));
    says("frequency", format!("period: {} in the", first["cases"]));
    says("frequency", format!(", {} in the", last["cases"]));
    says("depth", format!("role: {} in", first["depth_low"]));
    says("depth", format!("and {} in", last["depth_low"]));
    says(
        "hosted",
        format!("{} of {} (", first["hosted_n"], first["hosted_of"]),
    );
    says(
        "hosted",
        format!("{} of {} (", last["hosted_n"], last["hosted_of"]),
    );
    says(
        "success",
        format!("{} of {} (", sum("success_n"), sum("success_of")),
    );
}
