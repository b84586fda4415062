//! What holds of shares, rates and tests of counts whatever the counts are.

#![expect(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "helpers of tests, with small counts"
)]

use bitim::analyse::statistics::association::{cramers_v, gamma};
use bitim::analyse::statistics::difference::newcombe;
use bitim::analyse::statistics::exact_test::{ExactTest, Side};
use bitim::analyse::statistics::rate::{self, Events};
use bitim::analyse::statistics::{fisher, freeman_halton, proportion};
use bitim::model::estimate::{Estimate, Level};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn is_ordered(estimate: &Estimate) -> bool {
    estimate.low <= estimate.value && estimate.value <= estimate.high
}

fn are_probabilities(test: &ExactTest) -> bool {
    [test.two_sided, test.central, test.less, test.greater]
        .iter()
        .all(|p| (0.0..=1.0).contains(p))
}

fn is_near(one: f64, other: f64) -> bool {
    one.to_bits() == other.to_bits() || (one - other).abs() <= 1e-9 * one.abs().max(1e-3)
}

fn level() -> impl Strategy<Value = Level> {
    prop_oneof![Just(0.95), Just(0.9998), Just(1e-9), 0.01..0.999]
        .prop_map(|level| Level::new(level).unwrap())
}

/// Few cases, many, and more than there can be.
fn any_count() -> impl Strategy<Value = u64> {
    prop_oneof![0..12_u64, 0..5000_u64, any::<u64>(), Just(u64::MAX)]
}

fn small_table() -> impl Strategy<Value = Vec<Vec<u64>>> {
    (1..4_usize, 1..5_usize).prop_flat_map(|(rows, columns)| vec![vec![0..5_u64; columns]; rows])
}

fn transposed(table: &[Vec<u64>]) -> Vec<Vec<u64>> {
    let column = |j: usize| table.iter().map(|row| row[j]).collect();
    (0..table[0].len()).map(column).collect()
}

/// The p value by listing every table with the same margins.
fn by_listing(table: &[Vec<u64>]) -> f64 {
    fn ln_weight(cells: &[u64]) -> f64 {
        let factors = cells.iter().flat_map(|cell| 1..=*cell);
        -factors.map(|factor| (factor as f64).ln()).sum::<f64>()
    }
    fn list(rows: &[u64], columns: &mut Vec<u64>, cells: &mut Vec<u64>, all: &mut Vec<f64>) {
        let width = columns.len();
        let (i, j) = (cells.len() / width, cells.len() % width);
        if i == rows.len() {
            all.push(ln_weight(cells));
            return;
        }
        let left = rows[i] - cells[i * width..].iter().sum::<u64>();
        let last_row = i + 1 == rows.len();
        for cell in 0..=left.min(columns[j]) {
            if (j + 1 == width && cell != left) || (last_row && cell != columns[j]) {
                continue;
            }
            cells.push(cell);
            columns[j] -= cell;
            list(rows, columns, cells, all);
            columns[j] += cell;
            cells.pop();
        }
    }
    let rows: Vec<u64> = table.iter().map(|row| row.iter().sum()).collect();
    let mut columns = transposed(table)
        .iter()
        .map(|row| row.iter().sum())
        .collect();
    let mut all = Vec::new();
    list(&rows, &mut columns, &mut Vec::new(), &mut all);
    let limit = ln_weight(&table.concat()) + 1e-7;
    let sum: f64 = all.iter().map(|weight| weight.exp()).sum();
    let tied = all.iter().filter(|weight| **weight <= limit);
    tied.map(|weight| weight.exp()).sum::<f64>() / sum
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, rng_seed: RngSeed::Fixed(20_261_123), ..ProptestConfig::default() })]

    #[test]
    fn intervals_of_shares_hold_the_share(x in any_count(), n in any_count(), level in level()) {
        let estimate = proportion::wilson(x, n, level);
        prop_assert_eq!(estimate.is_some(), n > 0 && x <= n);
        if let Some(estimate) = estimate {
            prop_assert!(is_ordered(&estimate), "{estimate:?}");
            prop_assert!(estimate.low >= 0.0 && estimate.high <= 1.0);
            let other = proportion::wilson(n - x, n, level).unwrap();
            prop_assert!((other.low - (1.0 - estimate.high)).abs() < 1e-9);
        }
    }

    #[test]
    fn bounds_hold_whatever_the_unknown_are(x in 0..9_u64, more in 0..9_u64, unknown in 0..9_u64) {
        let bounds = proportion::bounds(x, x + more, unknown, Level::P95);
        let both = bounds.all_failed.estimate.zip(bounds.all_succeeded.estimate);
        prop_assert_eq!(both.is_some(), x + more + unknown > 0);
        for succeeded in 0..=unknown {
            if let Some((low, high)) = both {
                let share = proportion::wilson(x + succeeded, x + more + unknown, Level::P95).unwrap();
                prop_assert!(low.value <= share.value && share.value <= high.value);
            }
        }
    }

    #[test]
    fn differences_change_sign_with_the_groups(
        (x, n, y, m) in (any_count(), any_count(), any_count(), any_count()), level in level()
    ) {
        if let Ok(there) = newcombe((x, n), (y, m), level) {
            let back = newcombe((y, m), (x, n), level).unwrap();
            prop_assert!(is_ordered(&there), "{there:?}");
            prop_assert!(there.low >= -1.0 && there.high <= 1.0);
            prop_assert!(is_near(there.low, -back.high) && is_near(there.high, -back.low));
        }
    }

    #[test]
    fn fisher_mirrors_swapped_rows(a in 0..30_u64, b in 0..30_u64, c in 0..30_u64, d in 0..30_u64, level in level()) {
        prop_assume!(a + b + c + d > 0);
        let (test, swapped) = (fisher::test([[a, b], [c, d]]).unwrap(), fisher::test([[c, d], [a, b]]).unwrap());
        prop_assert!(are_probabilities(&test));
        prop_assert!(is_near(test.two_sided, swapped.two_sided) && is_near(test.less, swapped.greater));
        if let Ok(p) = freeman_halton::test(&[[a, b], [c, d]]) {
            prop_assert!(is_near(p, test.two_sided), "{p} {}", test.two_sided);
        }
        for (side, other) in [(Side::Both, Side::Both), (Side::Upper, Side::Lower)] {
            if let Ok(ratio) = fisher::odds_ratio([[a, b], [c, d]], level, side) {
                let inverse = fisher::odds_ratio([[c, d], [a, b]], level, other).unwrap();
                prop_assert!(is_ordered(&ratio), "{ratio:?}");
                prop_assert!(is_near(ratio.low, 1.0 / inverse.high) && is_near(ratio.high, 1.0 / inverse.low));
            }
        }
        // The interval and the central p say the same.
        if let Ok(ratio) = fisher::odds_ratio([[a, b], [c, d]], Level::P95, Side::Both)
            && (test.central - 0.05).abs() > 1e-9
        {
            prop_assert_eq!(ratio.low < 1.0 && 1.0 < ratio.high, test.central > 0.05);
        }
    }

    #[test]
    fn extremes_neither_panic_nor_hang(a in any_count(), b in any_count(), c in any_count(), d in any_count()) {
        if let Ok(test) = fisher::test([[a, b], [c, d]]) {
            prop_assert!(are_probabilities(&test));
        }
        if a.min(d).saturating_add(b.min(c)) < 2000
            && let Ok(ratio) = fisher::odds_ratio([[a, b], [c, d]], Level::P95, Side::Both)
        {
            prop_assert!(is_ordered(&ratio), "{ratio:?}");
        }
        if let Ok(v) = cramers_v(&[[a, b], [c, d]]) {
            prop_assert!((0.0..=1.0).contains(&v));
        }
        if let Ok(gamma) = gamma(&[[a, b], [c, d]], Level::P95) {
            prop_assert!(is_ordered(&gamma.estimate) && gamma.standard_error >= 0.0);
        }
    }

    #[test]
    fn tables_agree_with_listing_them(table in small_table()) {
        let p = freeman_halton::test(&table);
        prop_assert_eq!(cramers_v(&table).is_ok(), p.is_ok());
        if let Ok(p) = p {
            prop_assert!(is_near(p, by_listing(&table)), "{p}");
            let turned = transposed(&table);
            prop_assert!(is_near(p, freeman_halton::test(&turned).unwrap()));
            let (one, other) = (gamma(&table, Level::P95).unwrap(), gamma(&turned, Level::P95).unwrap());
            prop_assert!(is_near(one.estimate.value, other.estimate.value));
            prop_assert!(is_near(one.standard_error, other.standard_error));
            prop_assert!(is_near(cramers_v(&table).unwrap(), cramers_v(&turned).unwrap()));
            let reversed: Vec<Vec<u64>> = table.into_iter().rev().collect();
            let back = gamma(&reversed, Level::P95).unwrap();
            prop_assert_eq!((one.concordant, one.discordant), (back.discordant, back.concordant));
        }
    }

    #[test]
    fn rates_hold_and_their_ratio_turns_over(
        x in 0..40_u64, y in 0..40_u64, level in level(),
        s in prop_oneof![0.1..99.0, Just(1e-300), Just(1e300)], t in prop_oneof![0.1..99.0, Just(1e-300), Just(1e300)],
    ) {
        let (first, second) = (Events { count: x, exposure: s }, Events { count: y, exposure: t });
        prop_assert!(is_ordered(&rate::garwood(first, level).unwrap()));
        let (test, back) = (rate::compare(first, second).unwrap(), rate::compare(second, first).unwrap());
        prop_assert!(are_probabilities(&test));
        prop_assert!(is_near(test.two_sided, back.two_sided) && is_near(test.less, back.greater));
        if let Ok(ratio) = rate::ratio(first, second, level, Side::Both) {
            prop_assert!(is_ordered(&ratio), "{ratio:?}");
            let inverse = rate::ratio(second, first, level, Side::Both).unwrap();
            prop_assert!(is_near(1.0 / ratio.low, inverse.high) || s.max(t) > 99.0, "{ratio:?} {inverse:?}");
        }
    }
}
