//! What holds of agreement whatever the ratings are, and a second way to the numbers.

use std::collections::BTreeSet;

use bitim::analyse::statistics::agreement::{
    Interval, Jaccard, Masi, Nominal, Number, Ordinal, Ratings, Ratio, Weights, bootstrap, cohen,
    fleiss, gwet, influence, krippendorff, percent,
};
use bitim::analyse::statistics::not_computable::NotComputable;
use bitim::model::estimate::Level;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

type Units<V> = Vec<Vec<Option<V>>>;

const WEIGHTS: [Weights; 4] = [
    Weights::Unweighted,
    Weights::Linear,
    Weights::Quadratic,
    Weights::Ordinal,
];

/// Few units and raters, down to none, with ratings missing.
fn units<V: std::fmt::Debug + Clone>(
    value: impl Strategy<Value = V> + Clone + 'static,
) -> impl Strategy<Value = Units<V>> {
    (0..7_usize, 0..5_usize).prop_flat_map(move |(units, raters)| {
        let rating = prop::option::weighted(0.8, value.clone());
        prop::collection::vec(prop::collection::vec(rating, raters), units)
    })
}

fn category() -> impl Strategy<Value = usize> + Clone {
    0..4_usize
}

/// Sets as bits.
fn set() -> impl Strategy<Value = BTreeSet<u8>> + Clone {
    (0..16_u8).prop_map(|bits| (0..4).filter(|bit| bits >> bit & 1 == 1).collect())
}

/// Numbers with ties and some extremes.
fn number() -> impl Strategy<Value = f64> + Clone {
    const EXTREMES: [f64; 6] = [f64::MAX, f64::MIN, f64::MIN_POSITIVE, 5e-324, -0.0, 1e154];
    prop_oneof![8 => (-3_i8..4).prop_map(f64::from), 1 => prop::sample::select(&EXTREMES[..])]
}

fn ranked(units: &Units<usize>) -> Ratings<usize> {
    Ratings::new(&[0, 1, 2, 3], units).unwrap()
}

/// The units from the last to the first, and the raters likewise.
fn turned<V: Clone>(units: &Units<V>) -> Units<V> {
    let backwards = |unit: &Vec<Option<V>>| unit.iter().rev().cloned().collect();
    units.iter().rev().map(backwards).collect()
}

/// Every coefficient of categories, and the agreement observed.
fn coefficients(ratings: &Ratings<usize>) -> Vec<Result<f64, NotComputable>> {
    let mut all = vec![
        krippendorff(ratings, &Nominal),
        krippendorff(ratings, &Ordinal),
        fleiss(ratings).map(|kappa| kappa.kappa),
        percent(ratings, Level::P95).map(|all| all.pairwise),
    ];
    for weights in WEIGHTS {
        all.push(cohen(ratings, weights).map(|kappa| kappa.kappa));
        all.push(gwet(ratings, weights).map(|ac2| ac2.coefficient));
    }
    all
}

fn same(one: &[Result<f64, NotComputable>], other: &[Result<f64, NotComputable>]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|pair| match pair {
            (Ok(one), Ok(other)) => (one - other).abs() <= 1e-9 * one.abs().max(1.0),
            (one, other) => one == other,
        })
}

/// Alpha by its definition: the mean distance within units against the mean over all ratings.
fn by_definition<V>(units: &Units<V>, distance: impl Fn(&V, &V) -> f64) -> f64 {
    let paired: Vec<Vec<&V>> = units
        .iter()
        .map(|unit| unit.iter().flatten().collect::<Vec<_>>())
        .filter(|unit| unit.len() > 1)
        .collect();
    let mean = |values: &[&V]| {
        let pairs = values
            .iter()
            .flat_map(|one| values.iter().map(|other| distance(one, other)));
        pairs.sum::<f64>() / ((values.len() - 1) as f64 * values.len() as f64)
    };
    let all = paired.concat();
    let observed = paired
        .iter()
        .map(|unit| mean(unit) * unit.len() as f64)
        .sum::<f64>();
    1.0 - observed / all.len() as f64 / mean(&all)
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_261_123),
        ..ProptestConfig::with_cases(192)
    })]

    #[test]
    fn coefficients_are_at_most_one_and_know_no_order(units in units(category())) {
        let all = coefficients(&ranked(&units));
        prop_assert!(all.iter().flatten().all(|value| value.is_finite() && *value <= 1.0), "{all:?}");
        let turned = coefficients(&ranked(&turned(&units)));
        prop_assert!(same(&all, &turned), "{all:?} {turned:?}");
        for weights in WEIGHTS {
            if let Ok(kappa) = cohen(&ranked(&units), weights) {
                prop_assert!(kappa.standard_error.is_finite() && kappa.null_standard_error.is_finite());
            }
            if let Ok(ac2) = gwet(&ranked(&units), weights) {
                prop_assert!(ac2.standard_error.is_finite() && ac2.expected < 1.0);
            }
        }
    }

    #[test]
    fn alpha_is_one_at_perfect_agreement_and_only_there(
        units in units(category()), seen in prop::collection::vec(category(), 7),
    ) {
        let mut agreed = units.clone();
        for (unit, seen) in agreed.iter_mut().zip(seen) {
            for rating in unit.iter_mut().flatten() {
                *rating = seen;
            }
        }
        for (units, is_agreed) in [(units, false), (agreed, true)] {
            let unanimous = units.iter().all(|unit| {
                unit.iter().flatten().collect::<BTreeSet<_>>().len() < 2
            });
            prop_assert!(unanimous || !is_agreed);
            let ratings = ranked(&units);
            let alphas = [krippendorff(&ratings, &Nominal), krippendorff(&ratings, &Ordinal)];
            for alpha in alphas.into_iter().flatten() {
                prop_assert_eq!(alpha.to_bits() == 1.0_f64.to_bits(), unanimous);
            }
            // With several categories over several comparable units, there is an alpha.
            let paired: Vec<_> = units.iter().filter(|unit| unit.iter().flatten().count() > 1).collect();
            let used: BTreeSet<_> = paired.iter().flat_map(|unit| unit.iter().flatten()).collect();
            let has_alpha = paired.len() > 1 && used.len() > 1;
            prop_assert_eq!(alphas.map(|alpha| alpha.is_ok()), [has_alpha; 2]);
        }
    }

    #[test]
    fn alpha_of_sets_is_its_definition(units in units(set())) {
        let ratings = Ratings::as_found(&units).unwrap();
        let jaccard = |one: &BTreeSet<u8>, other: &BTreeSet<u8>| {
            let all = one.union(other).count().max(1) as f64;
            one.symmetric_difference(other).count() as f64 / all
        };
        let masi = |one: &BTreeSet<u8>, other: &BTreeSet<u8>| match one.intersection(other).count() {
            _ if one == other => 0.0,
            both if both == one.len().min(other.len()) => 1.0 - (1.0 - jaccard(one, other)) * 2.0 / 3.0,
            _ => 1.0 - (1.0 - jaccard(one, other)) / 3.0,
        };
        let defined = |distance: &dyn Fn(&BTreeSet<u8>, &BTreeSet<u8>) -> f64| by_definition(&units, distance);
        if let Ok(alpha) = krippendorff(&ratings, &Jaccard) {
            prop_assert!(same(&[Ok(alpha)], &[Ok(defined(&jaccard))]));
            prop_assert!(same(&[Ok(alpha)], &[krippendorff(&ratings, &jaccard)]));
            prop_assert!(same(&[krippendorff(&ratings, &Masi)], &[Ok(defined(&masi))]));
        }
    }

    #[test]
    fn sets_of_one_are_categories_and_ranks_are_ordinal(units in units(category())) {
        let map = |units: &Units<usize>, of: &dyn Fn(usize) -> f64| -> Units<f64> {
            units.iter().map(|unit| unit.iter().map(|rating| rating.map(of)).collect()).collect()
        };
        let alone: Units<BTreeSet<usize>> = units.iter()
            .map(|unit| unit.iter().map(|rating| rating.map(|rating| BTreeSet::from([rating]))).collect())
            .collect();
        let nominal = krippendorff(&ranked(&units), &Nominal);
        let alone = Ratings::as_found(&alone).unwrap();
        prop_assert!(same(&[nominal, nominal], &[krippendorff(&alone, &Jaccard), krippendorff(&alone, &Masi)]));

        // Ordinal alpha is interval alpha of the mean ranks; and neither scale's unit matters.
        let paired: Vec<usize> = units.iter()
            .filter(|unit| unit.iter().flatten().count() > 1)
            .flat_map(|unit| unit.iter().flatten().copied())
            .collect();
        let rank = |rating: usize| {
            let below = paired.iter().filter(|other| **other < rating).count();
            let same = paired.iter().filter(|other| **other == rating).count();
            below as f64 + f64::midpoint(same as f64, 1.0)
        };
        let interval = |of: &dyn Fn(usize) -> f64| {
            krippendorff(&Ratings::numbers(&map(&units, of)).unwrap(), &Interval)
        };
        prop_assert!(same(&[krippendorff(&ranked(&units), &Ordinal)], &[interval(&rank)]));
        prop_assert!(same(&[interval(&|rating| rating as f64)], &[interval(&|rating| rating as f64 * 7.0 - 3.0)]));
    }

    #[test]
    fn alpha_is_fleiss_kappa_but_for_the_small_sample(units in units(category())) {
        let complete: Units<usize> = units.into_iter().filter(|unit| unit.iter().all(Option::is_some)).collect();
        let ratings = ranked(&complete);
        if let Ok(kappa) = fleiss(&ratings) {
            let n = (complete.len() * ratings.raters()) as f64;
            let alpha = 1.0 - (1.0 - kappa.kappa) * (n - 1.0) / n;
            prop_assert!(same(&[krippendorff(&ratings, &Nominal)], &[Ok(alpha)]));
            let pairwise = percent(&ratings, Level::P95).unwrap().pairwise;
            prop_assert!(same(&[Ok(kappa.observed)], &[Ok(pairwise)]));
        }
    }

    #[test]
    fn numbers_give_alpha_or_a_reason(units in units(number())) {
        let ratings = Ratings::numbers(&units).unwrap();
        let back = Ratings::numbers(&turned(&units)).unwrap();
        let alphas = |ratings: &Ratings<Number>| [
            krippendorff(ratings, &Nominal), krippendorff(ratings, &Ordinal),
            krippendorff(ratings, &Interval), krippendorff(ratings, &Ratio),
        ];
        let all = alphas(&ratings);
        prop_assert!(all.iter().flatten().all(|alpha| alpha.is_finite() && *alpha <= 1.0), "{all:?}");
        prop_assert!(same(&all, &alphas(&back)), "{all:?}");
    }

    #[test]
    fn resampling_and_leaving_out_end(units in units(category()), seed in any::<u64>()) {
        let ratings = ranked(&units);
        let alpha = |ratings: &Ratings<usize>| krippendorff(ratings, &Ordinal);
        if let Ok(resampled) = bootstrap(&ratings, alpha, Level::P95, 100, seed) {
            let estimate = resampled.estimate;
            prop_assert!(estimate.low <= estimate.value && estimate.value <= estimate.high);
            prop_assert!(estimate.high <= 1.0 && estimate.n > 1 && resampled.undefined <= 5);
        }
        let without = influence(&ratings, alpha);
        prop_assert_eq!(without.is_ok(), alpha(&ratings).is_ok());
        if let Ok(without) = without {
            prop_assert_eq!((without.units.len(), without.raters.len()), (ratings.units(), ratings.raters()));
            let mut others = units;
            others.remove(0);
            prop_assert!(same(&without.units[..1], &[alpha(&ranked(&others))]));
        }
    }
}
