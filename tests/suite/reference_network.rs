//! Networks against values from established software: every record of `tests/reference/network.json`.

use std::collections::BTreeMap;

use bitim::analyse::statistics::network::Network;
use bitim::analyse::statistics::not_computable::NotComputable;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};

use crate::reference_series::compare;

/// The network of a record, whose ties are given as often as they weigh, and the names of its nodes.
fn network(input: &Value) -> (Network, Vec<&str>) {
    assert_eq!(input["directed"], false);
    let names: Vec<&str> = input["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap())
        .collect();
    let position = |name: &Value| names.iter().position(|known| name == known).unwrap();
    let ties = input["edges"].as_array().unwrap().iter().flat_map(|edge| {
        let times = edge[2].as_u64().unwrap();
        (0..times).map(|_| (position(&edge[0]), position(&edge[1])))
    });
    (Network::new(names.len(), ties).unwrap(), names)
}

#[test]
fn every_record_is_met() {
    let text = include_str!("../reference/network.json");
    let records: Vec<Value> = serde_json::from_str(text).unwrap();
    assert_eq!(records.len(), 6);
    for record in &records {
        let (network, names) = network(&record["input"]);
        let mut got = json!({
            "degree": by_name(&names, network.degree()),
            "weighted_degree": by_name(&names, network.weighted_degree()),
            "betweenness": by_name(&names, network.betweenness()),
        });
        // Without a pair of others there is no share; the record has the 0 of networkx.
        let unreported: &[&str] = match network.betweenness_share() {
            Ok(share) => {
                got["betweenness_normalised"] = json!(by_name(&names, share));
                &[]
            }
            Err(reason) => {
                assert_eq!(reason, NotComputable::TooFew);
                &["betweenness_normalised"]
            }
        };
        compare(record, &got, unreported);
    }
}

fn by_name<T>(names: &[&str], values: Vec<T>) -> BTreeMap<String, T> {
    let names = names.iter().map(|name| (*name).to_owned());
    names.zip(values).collect()
}

#[test]
fn nothing_and_impossible_ties_have_answers() {
    let nothing = Network::new(0, []).unwrap();
    assert!(nothing.degree().is_empty() && nothing.betweenness().is_empty());
    assert!(nothing.components().is_empty());
    assert_eq!(nothing.density(), (0, 0));
    assert_eq!(nothing.betweenness_share(), Err(NotComputable::TooFew));
    for impossible in [(0, 0), (0, 2), (7, 1)] {
        let made = Network::new(2, [(0, 1), impossible]);
        assert!(matches!(made, Err(NotComputable::Invalid(_))));
    }
}

#[test]
fn parts_come_by_size_and_then_by_their_first_node() {
    let network = Network::new(6, [(5, 2), (0, 4)]).unwrap();
    let parts = network.components();
    assert_eq!(parts, [vec![0, 4], vec![2, 5], vec![1], vec![3]]);
    assert_eq!(network.density(), (2, 15));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, rng_seed: RngSeed::Fixed(20_261_123), ..ProptestConfig::default() })]

    /// Every pair that a path joins is joined by its shortest paths, whose inner nodes number one less
    /// than their length: summed over nodes, betweenness is the sum of these numbers over pairs.
    #[test]
    fn betweenness_adds_up_to_the_inner_nodes_of_shortest_paths(
        ties in prop::collection::vec((0_usize..8, 0_usize..8), 0..20)
    ) {
        let ties: Vec<(usize, usize)> = ties.into_iter().filter(|(a, b)| a != b).collect();
        let total: f64 = Network::new(8, ties.clone()).unwrap().betweenness().iter().sum();
        // Floyd and Warshall, by loops over a matrix.
        let mut steps = [[None; 8]; 8];
        for (one, other) in ties {
            steps[one][other] = Some(1_u32);
            steps[other][one] = Some(1);
        }
        for by in 0..8 {
            for from in 0..8 {
                for to in 0..8 {
                    let around = steps[from][by].zip(steps[by][to]).map(|(one, two)| one + two);
                    steps[from][to] = match (steps[from][to], around) {
                        (Some(straight), Some(around)) => Some(straight.min(around)),
                        (straight, around) => straight.or(around),
                    };
                }
            }
        }
        let pairs = (0..8).flat_map(|from| (0..from).map(move |to| (from, to)));
        let inner: u32 = pairs.filter_map(|(from, to)| steps[from][to]).map(|steps| steps - 1).sum();
        prop_assert!((total - f64::from(inner)).abs() < 1e-9);
    }
}
