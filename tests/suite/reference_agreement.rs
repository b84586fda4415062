//! Agreement of coders against values from established software: every record of
//! `tests/reference/agreement.json`, at its tolerance.
//!
//! `tests/reference/README.md` says where the records come from and which conventions they follow.

use std::collections::BTreeMap;

use bitim::analyse::statistics::agreement::{
    Interval, Nominal, Number, Ordinal, Ratings, Ratio, Weights, cohen, fleiss, gwet, krippendorff,
    percent,
};
use bitim::analyse::statistics::not_computable::NotComputable;
use bitim::model::estimate::Level;
use serde_json::{Value, json};

use crate::reference_series::{compare, given};

/// How many records there are of each statistic.
const STATISTICS: [(&str, usize); 5] = [
    ("cohen_kappa", 15),
    ("fleiss_kappa", 5),
    ("gwet_ac", 10),
    ("krippendorff_alpha", 11),
    ("percent_agreement", 6),
];

/// The only key we do not report: the agreement expected by chance where a coefficient has no value,
/// for that it is 1, or unknown, is the reason why.
const UNREPORTED: &str = "pe";

/// A matrix of the input, with `null` where a rating is missing.
fn matrix(input: &Value) -> Vec<Vec<Option<f64>>> {
    serde_json::from_value(input.clone()).unwrap()
}

fn ratings(input: &Value) -> Ratings<Number> {
    Ratings::numbers(&matrix(input)).unwrap()
}

/// Ratings by ranks in a scheme of so many categories.
fn ranked(categories: usize, units: &[Vec<Option<usize>>]) -> Ratings<usize> {
    let scheme: Vec<usize> = (0..categories).collect();
    Ratings::new(&scheme, units).unwrap()
}

fn weights(input: &Value) -> Weights {
    match input["weights"].as_str().unwrap() {
        "unweighted" => Weights::Unweighted,
        "linear" => Weights::Linear,
        "quadratic" => Weights::Quadratic,
        "ordinal" => Weights::Ordinal,
        other => panic!("no weights {other}"),
    }
}

fn pairwise<V>(ratings: &Ratings<V>) -> Value {
    given(percent(ratings, Level::P95).ok().map(|all| all.pairwise))
}

fn percents(input: &Value) -> Value {
    let ratings = ratings(&input["ratings"]);
    let found = percent(&ratings, Level::P95);
    let unanimous = found.ok().and_then(|found| found.unanimous.estimate);
    json!({
        "pairwise": pairwise(&ratings),
        "unanimous": given(unanimous.map(|share| share.value)),
        "n_subjects": found.map_or(0, |found| found.units),
    })
}

fn cohens(input: &Value) -> Value {
    let table: Vec<Vec<usize>> = serde_json::from_value(input["table"].clone()).unwrap();
    let mut units = Vec::new();
    for (i, row) in table.iter().enumerate() {
        for (j, times) in row.iter().enumerate() {
            units.extend(vec![vec![Some(i), Some(j)]; *times]);
        }
    }
    let ratings = ranked(table.len(), &units);
    let Ok(found) = cohen(&ratings, weights(input)) else {
        return json!({"kappa": null, "se": null, "se_null": null, "z_null": null, "po": pairwise(&ratings)});
    };
    json!({
        "kappa": given(found.kappa),
        "po": given(found.observed),
        "pe": given(found.expected),
        "se": given(found.standard_error),
        "se_null": given(found.null_standard_error),
        "z_null": given(found.kappa / found.null_standard_error),
    })
}

fn fleisses(input: &Value) -> Value {
    let counts: Vec<Vec<usize>> = serde_json::from_value(input["counts"].clone()).unwrap();
    let unit = |row: &Vec<usize>| {
        let places = row.iter().enumerate();
        places
            .flat_map(|(at, times)| vec![Some(at); *times])
            .collect()
    };
    let units: Vec<Vec<Option<usize>>> = counts.iter().map(unit).collect();
    let ratings = ranked(counts[0].len(), &units);
    let Ok(found) = fleiss(&ratings) else {
        return json!({"kappa": null, "se_null": null, "z": null, "po": pairwise(&ratings)});
    };
    json!({
        "kappa": given(found.kappa),
        "po": given(found.observed),
        "pe": given(found.expected),
        "se_null": given(found.null_standard_error),
        "z": given(found.kappa / found.null_standard_error),
    })
}

fn gwets(input: &Value) -> Value {
    let categories: Vec<u64> = serde_json::from_value(input["categories"].clone()).unwrap();
    let units: Vec<Vec<Option<u64>>> = serde_json::from_value(input["ratings"].clone()).unwrap();
    let ratings = Ratings::new(&categories, &units).unwrap();
    let Ok(found) = gwet(&ratings, weights(input)) else {
        return json!({"coefficient": null, "se": null, "pa": pairwise(&ratings)});
    };
    json!({
        "coefficient": given(found.coefficient),
        "pa": given(found.observed),
        "pe": given(found.expected),
        "se": given(found.standard_error),
    })
}

fn alphas(input: &Value) -> Value {
    let by_rater = matrix(&input["ratings_by_rater"]);
    let unit = |at: usize| by_rater.iter().map(|ratings| ratings[at]).collect();
    let units: Vec<Vec<Option<f64>>> = (0..by_rater[0].len()).map(unit).collect();
    let ratings = Ratings::numbers(&units).unwrap();
    let alpha: Result<f64, NotComputable> = match input["level"].as_str().unwrap() {
        "nominal" => krippendorff(&ratings, &Nominal),
        "ordinal" => krippendorff(&ratings, &Ordinal),
        "interval" => krippendorff(&ratings, &Interval),
        "ratio" => krippendorff(&ratings, &Ratio),
        other => panic!("no level {other}"),
    };
    json!({"alpha": given(alpha.ok())})
}

#[test]
fn every_record_on_agreement_is_met() {
    let text = include_str!("../reference/agreement.json");
    let records: Vec<Value> = serde_json::from_str(text).unwrap();
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    for record in &records {
        let (statistic, input) = (record["statistic"].as_str().unwrap(), &record["input"]);
        let got = match statistic {
            "percent_agreement" => percents(input),
            "cohen_kappa" => cohens(input),
            "fleiss_kappa" => fleisses(input),
            "gwet_ac" => gwets(input),
            "krippendorff_alpha" => alphas(input),
            other => panic!("no function for {other}"),
        };
        let has_value = ["kappa", "coefficient", "alpha", "pairwise"]
            .iter()
            .any(|key| got[*key].is_number());
        compare(record, &got, if has_value { &[] } else { &[UNREPORTED] });
        *met.entry(statistic).or_default() += 1;
    }
    assert_eq!(met, BTreeMap::from(STATISTICS));
}
