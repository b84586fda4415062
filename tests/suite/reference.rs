//! Shares, rates and tables of counts against the values of other software.
//!
//! `tests/reference/README.md` says where the records come from and which conventions they follow.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::BTreeMap;

use bitim::analyse::statistics::association::gamma;
use bitim::analyse::statistics::difference::newcombe;
use bitim::analyse::statistics::exact_test::{ExactTest, Side};
use bitim::analyse::statistics::not_computable::NotComputable;
use bitim::analyse::statistics::rate::{self, Events};
use bitim::analyse::statistics::{fisher, freeman_halton, proportion};
use bitim::model::estimate::{Estimate, Level};
use serde_json::{Value, json};

/// What is expected of each statistic: how many records there are, and which keys we do not report.
const STATISTICS: [(&str, usize, &[&str]); 7] = [
    ("proportion_ci", 20, &[]),
    ("proportion_difference_newcombe", 10, &[]),
    // Ties are those of R; the cross product is no estimate of ours.
    (
        "fisher_2x2",
        18,
        &["p_two_sided_exact_ties", "sample_odds_ratio"],
    ),
    (
        "fisher_freeman_halton",
        10,
        &["p_exact_ties", "tables_with_these_margins"],
    ),
    ("goodman_kruskal_gamma", 5, &[]),
    ("poisson_rate_ci", 12, &[]),
    ("poisson_rate_ratio", 9, &[]),
];

/// Keys that one record has and we do not report: pairs beside a gamma that does not exist, and the
/// interval of a ratio that does not.
const UNREPORTED: [(&str, &str); 3] = [
    ("goodman_kruskal_gamma/one_row", "concordant"),
    ("goodman_kruskal_gamma/one_row", "discordant"),
    ("poisson_rate_ratio/0-1_vs_0-1_l95", "ci"),
];

/// Our answer by key; what is not computable is `null`.
type Answer = BTreeMap<&'static str, Value>;

/// A number as the records write it.
fn number(value: f64) -> Value {
    assert!(!value.is_nan());
    if value.is_infinite() {
        return json!(if value > 0.0 { "inf" } else { "-inf" });
    }
    json!(value)
}

fn interval(estimate: Option<&Estimate>) -> Value {
    estimate.map_or(Value::Null, |estimate| {
        json!([number(estimate.low), number(estimate.high)])
    })
}

fn value(estimate: Option<&Estimate>) -> Value {
    estimate.map_or(Value::Null, |estimate| number(estimate.value))
}

fn p_values(answer: &mut Answer, test: &ExactTest) {
    answer.insert("p_two_sided", json!(test.two_sided));
    answer.insert("p_two_sided_central", json!(test.central));
    answer.insert("p_less", json!(test.less));
    answer.insert("p_greater", json!(test.greater));
}

fn count(input: &Value, key: &str) -> u64 {
    input[key].as_u64().unwrap()
}

fn level(input: &Value) -> Level {
    Level::new(input["level"].as_f64().unwrap()).unwrap()
}

fn table(input: &Value) -> Vec<Vec<u64>> {
    serde_json::from_value(input["table"].clone()).unwrap()
}

fn shares(input: &Value) -> Answer {
    let (x, n) = (count(input, "successes"), count(input, "n"));
    let level = level(input);
    let wilson = proportion::wilson(x, n, level);
    Answer::from([
        ("estimate", value(wilson.as_ref())),
        ("wilson", interval(wilson.as_ref())),
    ])
}

fn differences(input: &Value) -> Answer {
    let group = |x, n| (count(input, x), count(input, n));
    let estimate = newcombe(group("x1", "n1"), group("x2", "n2"), level(input)).ok();
    Answer::from([
        ("difference", value(estimate.as_ref())),
        ("ci", interval(estimate.as_ref())),
    ])
}

fn two_by_two(input: &Value) -> Answer {
    let cells = table(input);
    let table = [[cells[0][0], cells[0][1]], [cells[1][0], cells[1][1]]];
    let ratio = |side| fisher::odds_ratio(table, level(input), side).ok();
    let both = ratio(Side::Both);
    let mut answer = Answer::from([
        ("odds_ratio_conditional_mle", value(both.as_ref())),
        ("ci", interval(both.as_ref())),
        ("ci_less", interval(ratio(Side::Upper).as_ref())),
        ("ci_greater", interval(ratio(Side::Lower).as_ref())),
    ]);
    p_values(&mut answer, &fisher::test(table).unwrap());
    answer
}

fn tables(input: &Value) -> Answer {
    let p = freeman_halton::test(&table(input));
    Answer::from([("p", p.map_or(Value::Null, number))])
}

fn gammas(input: &Value) -> Answer {
    let found = gamma(&table(input), Level::P95).ok();
    let of = |read: fn(&_) -> Value| found.as_ref().map_or(Value::Null, read);
    Answer::from([
        ("gamma", value(found.map(|gamma| gamma.estimate).as_ref())),
        ("ase", of(|gamma| number(gamma.standard_error))),
        ("concordant", of(|gamma| json!(gamma.concordant))),
        ("discordant", of(|gamma| json!(gamma.discordant))),
    ])
}

fn events(input: &Value, count_key: &str, exposure: &str) -> Events {
    Events {
        count: count(input, count_key),
        exposure: input[exposure].as_f64().unwrap(),
    }
}

fn rates(input: &Value) -> Answer {
    let estimate = rate::garwood(events(input, "events", "exposure"), level(input)).ok();
    Answer::from([
        ("rate", value(estimate.as_ref())),
        ("ci", interval(estimate.as_ref())),
    ])
}

fn rate_ratios(input: &Value) -> Answer {
    let first = events(input, "events1", "exposure1");
    let second = events(input, "events2", "exposure2");
    let ratio = rate::ratio(first, second, level(input), Side::Both).ok();
    let mut answer = Answer::from([
        ("rate_ratio", value(ratio.as_ref())),
        ("ci", interval(ratio.as_ref())),
    ]);
    p_values(&mut answer, &rate::compare(first, second).unwrap());
    answer
}

/// Whether two values agree within the tolerance of a record.
fn agree(got: &Value, expected: &Value, tolerance: &Value) -> bool {
    match (got, expected) {
        (Value::Array(got), Value::Array(expected)) => {
            let mut pairs = got.iter().zip(expected);
            got.len() == expected.len() && pairs.all(|(a, b)| agree(a, b, tolerance))
        }
        (Value::Number(got), Value::Number(expected)) if !got.is_u64() => {
            let (got, expected) = (got.as_f64().unwrap(), expected.as_f64().unwrap());
            let absolute = tolerance["abs"].as_f64().unwrap();
            let relative = tolerance["rel"].as_f64().unwrap();
            (got - expected).abs() <= absolute + relative * expected.abs()
        }
        (got, expected) => got == expected,
    }
}

#[test]
fn every_record_is_met() {
    let text = include_str!("../reference/shares.json");
    let records: Vec<Value> = serde_json::from_str(text).unwrap();
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unmet = Vec::new();
    for record in &records {
        let statistic = record["statistic"].as_str().unwrap();
        let id = record["id"].as_str().unwrap();
        let input = &record["input"];
        let answer = match statistic {
            "proportion_ci" => shares(input),
            "proportion_difference_newcombe" => differences(input),
            "fisher_2x2" => two_by_two(input),
            "fisher_freeman_halton" => tables(input),
            "goodman_kruskal_gamma" => gammas(input),
            "poisson_rate_ci" => rates(input),
            "poisson_rate_ratio" => rate_ratios(input),
            other => panic!("no function for {other}"),
        };
        let known = STATISTICS.iter().find(|(name, ..)| *name == statistic);
        let (name, _, unreported) = known.unwrap();
        for (key, expected) in record["expected"].as_object().unwrap() {
            let key = key.as_str();
            if unreported.contains(&key) || UNREPORTED.contains(&(id, key)) {
                continue;
            }
            let got = &answer[key];
            if !agree(got, expected, &record["tolerance"]) {
                unmet.push(format!("{id} {key}: {got}, expected {expected}"));
            }
        }
        *met.entry(name).or_default() += 1;
    }
    assert!(unmet.is_empty(), "{}", unmet.join("\n"));
    let all: BTreeMap<&str, usize> = STATISTICS.iter().map(|(name, n, _)| (*name, *n)).collect();
    assert_eq!(met, all);
}

#[test]
fn what_has_no_value_says_why() {
    use NotComputable::{Invalid, NoData, NoEvent, OneCategory, TooLarge};
    let level = Level::P95;
    let of = |count, exposure| Events { count, exposure };
    assert_eq!(newcombe((3, 7), (0, 0), level), Err(NoData));
    assert!(matches!(newcombe((3, 2), (0, 1), level), Err(Invalid(_))));
    assert_eq!(fisher::test([[0, 0], [0, 0]]), Err(NoData));
    assert_eq!(fisher::test([[u64::MAX; 2]; 2]), Err(TooLarge));
    let side = Side::Both;
    let empty_row = [[0, 0], [3, 4]];
    assert_eq!(fisher::odds_ratio(empty_row, level, side), Err(OneCategory));
    assert_eq!(freeman_halton::test(&[[0, 0, 0]; 2]), Err(NoData));
    assert_eq!(freeman_halton::test(&[[0, 2], [0, 3]]), Err(OneCategory));
    let ragged = freeman_halton::test(&[vec![1, 2], vec![3]]);
    assert!(matches!(ragged, Err(Invalid(_))));
    assert_eq!(freeman_halton::test(&[[9000, 1], [1, 9000]]), Err(TooLarge));
    assert!(matches!(
        rate::garwood(of(1, f64::NAN), level),
        Err(Invalid(_))
    ));
    assert_eq!(rate::garwood(of(1, 0.0), level), Err(NoData));
    let none = of(0, 1.0);
    assert_eq!(rate::ratio(none, none, level, side), Err(NoEvent));
}
