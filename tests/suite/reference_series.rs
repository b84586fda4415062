//! Trends, survival, regression and adjusted p values against values from established
//! software: every record of `tests/reference/series.json`, at its tolerance, over every key.

use std::collections::BTreeSet;

use bitim::analyse::statistics::not_computable::NotComputable;
use bitim::analyse::statistics::{
    adjust, cochran_armitage, firth, jonckheere, rank_correlation, survival,
};
use bitim::model::estimate::Level;
use serde_json::{Value, json};

/// The records of a statistic, which are `count` so that none is skipped.
fn records(statistic: &str, count: usize) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("../reference/series.json")).unwrap();
    let found: Vec<Value> = all
        .as_array()
        .unwrap()
        .iter()
        .filter(|record| record["statistic"] == statistic)
        .cloned()
        .collect();
    assert_eq!(found.len(), count, "{statistic}");
    found
}

/// A number of ours; `null` stands for "not computable", which a value that is none must not pass for.
pub(crate) fn given(value: impl Into<Option<f64>>) -> Value {
    value.into().map_or(Value::Null, |value: f64| {
        assert!(value.is_finite());
        json!(value)
    })
}

/// A number of ours that may not be computable.
fn result(value: Result<f64, NotComputable>) -> Value {
    given(value.ok())
}

/// Compares what we report with what a record expects: every expected key is reported, unless it is
/// among the `unreported` ones.
pub(crate) fn compare(record: &Value, got: &Value, unreported: &[&str]) {
    let id = record["id"].as_str().unwrap();
    let got = got.as_object().unwrap();
    let expected = record["expected"].as_object().unwrap();
    for key in got.keys() {
        assert!(!unreported.contains(&key.as_str()), "{id}: {key} is both");
    }
    for (key, expected) in expected {
        if unreported.contains(&key.as_str()) {
            continue;
        }
        let got = got
            .get(key)
            .unwrap_or_else(|| panic!("{id}: {key} is not reported"));
        agree(&format!("{id}: {key}"), record, got, expected);
    }
}

fn agree(place: &str, record: &Value, got: &Value, expected: &Value) {
    match (got, expected) {
        (Value::Array(got), Value::Array(expected)) => {
            assert_eq!(got.len(), expected.len(), "{place}");
            for (at, (got, expected)) in got.iter().zip(expected).enumerate() {
                agree(&format!("{place}[{at}]"), record, got, expected);
            }
        }
        (Value::Object(got), Value::Object(expected)) => {
            let keys: BTreeSet<&String> = expected.keys().collect();
            assert_eq!(got.keys().collect::<BTreeSet<_>>(), keys, "{place}");
            for (key, expected) in expected {
                agree(&format!("{place}.{key}"), record, &got[key], expected);
            }
        }
        (Value::Number(got), Value::Number(number)) => {
            let tolerance = |kind: &str| record["tolerance"][kind].as_f64().unwrap();
            let (got, expected) = (got.as_f64().unwrap(), number.as_f64().unwrap());
            let limit = if number.is_f64() {
                tolerance("abs") + tolerance("rel") * expected.abs()
            } else {
                0.0
            };
            assert!(
                (got - expected).abs() <= limit,
                "{place}: {got} is not {expected}"
            );
        }
        _ => assert_eq!(got, expected, "{place}"),
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    let values = value.as_array().unwrap();
    values.iter().map(|value| value.as_f64().unwrap()).collect()
}

#[test]
fn cochran_armitage_agrees() {
    for record in records("cochran_armitage", 10) {
        let input = &record["input"];
        let groups: Vec<cochran_armitage::Group> = (0..numbers(&input["totals"]).len())
            .map(|at| cochran_armitage::Group {
                successes: input["successes"][at].as_u64().unwrap(),
                total: input["totals"][at].as_u64().unwrap(),
                score: input["scores"][at].as_f64().unwrap(),
            })
            .collect();
        let normal = cochran_armitage::asymptotic(&groups).ok();
        let exact = cochran_armitage::exact(&groups).ok();
        let binomial = normal.map(|test| test.binomial);
        // Where the outcome does not vary we give no statistic either.
        let unreported: &[&str] = if normal.is_none() { &["T"] } else { &[] };
        let mut got = json!({
            "z": given(binomial.map(|test| test.z)),
            "chi2": given(binomial.map(|test| test.z * test.z)),
            "p_asymptotic_two_sided": given(binomial.map(|test| test.p.two_sided)),
            "p_asymptotic_increasing": given(binomial.map(|test| test.p.increasing)),
            "p_asymptotic_decreasing": given(binomial.map(|test| test.p.decreasing)),
            "z_permutation_variance": given(normal.map(|test| test.permutation.z)),
            "p_exact_increasing": given(exact.map(|p| p.increasing)),
            "p_exact_decreasing": given(exact.map(|p| p.decreasing)),
            "p_exact_two_sided": given(exact.map(|p| p.two_sided)),
            "p_exact_two_sided_doubled": given(exact.map(|p| p.doubled())),
        });
        if let Some(test) = normal {
            got["T"] = given(test.statistic);
        }
        compare(&record, &got, unreported);
    }
}

#[test]
fn adjusted_p_values_agree() {
    for record in records("p_adjust", 7) {
        let values = record["input"]["p"].as_array().unwrap();
        let p: Vec<Option<f64>> = values.iter().map(Value::as_f64).collect();
        let got = json!({
            "holm": adjust::holm(&p).unwrap(),
        });
        compare(&record, &got, &[]);
    }
}

/// Two variables of the input as pairs.
fn paired(record: &Value, x: &str, y: &str) -> Vec<(f64, f64)> {
    let (x, y) = (numbers(&record["input"][x]), numbers(&record["input"][y]));
    x.into_iter().zip(y).collect()
}

#[test]
fn kendall_tau_b_agrees() {
    for record in records("kendall_tau_b", 8) {
        let kendall = rank_correlation::kendall_tau_b(&paired(&record, "x", "y")).unwrap();
        let got = json!({
            "concordant": kendall.concordant,
            "discordant": kendall.discordant,
            "S": i64::try_from(kendall.concordant).unwrap() - i64::try_from(kendall.discordant).unwrap(),
            "tau_b": result(kendall.tau_b),
            "z": result(kendall.normal.map(|test| test.z)),
            "p_asymptotic": result(kendall.normal.map(|test| test.p)),
            "p_exact": result(kendall.exact.map(|p| p.two_sided)),
            "p_exact_greater": result(kendall.exact.map(|p| p.increasing)),
        });
        compare(&record, &got, &[]);
    }
}

#[test]
fn jonckheere_terpstra_agrees() {
    for record in records("jonckheere_terpstra", 9) {
        let groups: Vec<Vec<f64>> = record["input"]["groups"]
            .as_array()
            .unwrap()
            .iter()
            .map(numbers)
            .collect();
        let got = match jonckheere::jonckheere_terpstra(&groups) {
            Err(_) => json!({ "J": null, "z": null, "p_exact_two_sided": null }),
            Ok(test) => json!({
                "J": given(test.statistic),
                "mean": given(test.expectation),
                "var_tie_corrected": given(test.variance),
                "z": result(test.normal.map(|test| test.z)),
                "p_increasing": result(test.normal.map(|test| test.p.increasing)),
                "p_decreasing": result(test.normal.map(|test| test.p.decreasing)),
                "p_two_sided": result(test.normal.map(|test| test.p.two_sided)),
                "p_exact_increasing": result(test.exact.map(|p| p.increasing)),
                "p_exact_decreasing": result(test.exact.map(|p| p.decreasing)),
                "p_exact_two_sided": result(test.exact.map(|p| p.two_sided)),
                "p_exact_two_sided_doubled": result(test.exact.map(|p| p.doubled())),
            }),
        };
        // The tie-corrected variance is the only one we use.
        compare(&record, &got, &["var_no_tie_correction"]);
    }
}

fn observed(group: &Value) -> Vec<survival::Observed> {
    let times = numbers(&group["times"]).into_iter();
    times
        .zip(numbers(&group["event"]))
        .map(|(time, event)| survival::Observed {
            time,
            is_event: event > 0.5,
        })
        .collect()
}

#[test]
fn kaplan_meier_agrees() {
    for record in records("kaplan_meier", 10) {
        let level = Level::new(record["input"]["level"].as_f64().unwrap()).unwrap();
        let curve = survival::kaplan_meier(&observed(&record["input"]), level).unwrap();
        let steps: Vec<Value> = curve
            .steps
            .iter()
            .map(|step| {
                json!({
                    "time": given(step.time),
                    "n_risk": step.at_risk,
                    "n_event": step.events,
                    "survival": given(step.survival),
                    "se": given(step.standard_error),
                    "ci": [
                        given(step.interval.map(|(low, _)| low)),
                        given(step.interval.map(|(_, high)| high)),
                    ],
                })
            })
            .collect();
        let got = json!({
            "n": curve.n,
            "events": curve.events,
            "steps": steps,
            "median": given(curve.median),
            "median_ci": [given(curve.median_interval.0), given(curve.median_interval.1)],
        });
        // Where the curve is one half over a stretch, R gives its middle, in two ways.
        compare(&record, &got, &["median_r_print", "median_r_quantile"]);
    }
}

#[test]
fn log_rank_agrees() {
    for record in records("log_rank", 7) {
        let groups = record["input"]["groups"].as_array().unwrap();
        let groups: Vec<Vec<survival::Observed>> = groups.iter().map(observed).collect();
        let ranks = survival::log_rank(&groups).ok();
        let test = ranks.as_ref().and_then(|ranks| ranks.test.ok());
        let got = json!({
            "observed": ranks.as_ref().map(|ranks| ranks.observed.clone()),
            "expected": ranks.as_ref().map(|ranks| ranks.expected.clone()),
            "chi2": given(test.map(|test| test.statistic)),
            "df": test.map(|test| test.degrees_of_freedom),
            "p": given(test.map(|test| test.p)),
        });
        compare(&record, &got, &[]);
    }
}

/// The rows of a record, of which the variables are the columns other than outcome and count.
fn design(input: &Value) -> Vec<firth::Row> {
    let columns = input["columns"].as_array().unwrap();
    let rows = input["rows"].as_array().unwrap().iter();
    rows.map(|row| {
        let mut made = firth::Row {
            values: Vec::new(),
            outcome: false,
            count: 1,
        };
        for (column, value) in columns.iter().zip(row.as_array().unwrap()) {
            if *column == input["outcome"] {
                made.outcome = value == 1;
            } else if column == "count" {
                made.count = u32::try_from(value.as_u64().unwrap()).unwrap();
            } else {
                made.values.push(value.as_f64().unwrap());
            }
        }
        made
    })
    .collect()
}

#[test]
fn firth_logistic_agrees() {
    for record in records("firth_logistic", 7) {
        let input = &record["input"];
        let level = Level::new(input["level"].as_f64().unwrap()).unwrap();
        let model = firth::logistic(&design(input), level).unwrap();
        let each = |part: fn(&firth::Coefficient) -> f64| -> Vec<Value> {
            model
                .coefficients
                .iter()
                .map(|one| given(part(one)))
                .collect()
        };
        let got = json!({
            "coef": each(|one| one.estimate),
            "se": each(|one| one.standard_error),
            "ci_lower": each(|one| one.interval.0),
            "ci_upper": each(|one| one.interval.1),
            "chi2": each(|one| one.statistic),
            "p": each(|one| one.p),
            "penalised_loglik": given(model.log_likelihood),
        });
        // Names are the caller's; the penalty is always that of the full design.
        compare(&record, &got, &["names", "p_reduced_design"]);
    }
}
