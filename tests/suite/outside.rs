//! Intervals by rank, exact enumerations and seeded draws against values that other software gave for
//! the same data. In the tables, a row is a data set, and a bar parts its columns.

use bitim::analyse::statistics::change_point::{ChangePoint, Period, poisson};
use bitim::analyse::statistics::permutation::{
    Exchange, Observation, Permutation, mean_difference, permutation_test,
};
use bitim::model::estimate::Level;

fn level(share: f64) -> Level {
    Level::new(share).unwrap()
}

fn within(got: f64, expected: f64, tolerance: f64) {
    let is_same = got.total_cmp(&expected).is_eq();
    assert!(
        is_same || (got - expected).abs() <= tolerance,
        "{got} is not {expected}"
    );
}

fn near(got: f64, expected: f64) {
    within(got, expected, 1e-9 * (1.0 + expected.abs()));
}

/// The columns of each row, which are `N`.
fn rows<const N: usize>(table: &str) -> Vec<[&str; N]> {
    table
        .trim()
        .lines()
        .map(|row| {
            let columns: Vec<&str> = row.split('|').map(str::trim).collect();
            columns.try_into().unwrap()
        })
        .collect()
}

fn numbers(column: &str) -> Vec<f64> {
    let numbers = column.split_whitespace();
    numbers.map(|number| number.parse().unwrap()).collect()
}

fn number(column: &str) -> f64 {
    column.parse().unwrap()
}

fn counts(column: &str) -> Vec<u64> {
    let numbers = column.split_whitespace();
    numbers.map(|number| number.parse().unwrap()).collect()
}

/// Great inventions and discoveries in each year from 1860 to 1959: `discoveries` in R's datasets.
const DISCOVERIES: &str = "5 3 0 2 0 3 2 3 6 1 2 1 2 1 3 3 3 5 2 4 4 0 2 3 7 12 3 10 9 2 3 7 7 \
    2 3 3 6 2 4 3 5 2 2 4 0 4 2 5 2 3 3 6 5 8 3 6 6 0 5 2 2 2 6 3 4 4 2 2 4 7 5 3 3 0 2 2 2 1 3 4 \
    2 2 1 1 1 2 1 4 4 3 2 1 4 1 1 1 0 0 2 0";

/// The change of events in periods of these lengths.
fn change(events: &[u64], lengths: &[f64], share: f64) -> ChangePoint {
    assert_eq!(events.len(), lengths.len());
    let periods: Vec<Period> = events
        .iter()
        .zip(lengths)
        .map(|(events, exposure)| Period {
            events: *events,
            exposure: *exposure,
        })
        .collect();
    poisson(&periods, level(share)).unwrap()
}

fn is_set(change: &ChangePoint, expected: &str) {
    let got = change.plausible.as_ref().unwrap();
    let got: Vec<String> = got.iter().map(ToString::to_string).collect();
    assert_eq!(got.join(" "), expected);
}

/// Events, lengths, the first period after the change, rates, statistic, p, and the sets at levels of 80
/// and 95 percent.
///
/// R 4.2.2. Rates and statistic: glm(y ~ after + offset(log(e)), poisson) at the likeliest split, its
/// deviance less that of glm(y ~ 1 + offset(log(e)), poisson). p: the sum of dmultinom(v, prob = e /
/// sum(e)) over all v of expand.grid with the same total whose likeliest split is at least as likely. A
/// split is in the set if the same sum, over both sides of it with their own totals, is above 1 - level.
const CHANGES: &str = "
    0 0 3 3 | 1 1 1 1 | 2 | 0 3 | 8.31776616672 | 0.037109375 | 2 | 1 2
    3 0 3 | 1 1 1 | 1 | 3 1.5 | 0.706698213938 | 0.876543209877 | 1 2 | 1 2
    2 0 0 2 | 1 1 1 1 | 1 | 2 0.666666666667 | 1.15072828981 | 0.8125 | 1 2 3 | 1 2 3
    2 2 2 2 | 1 1 1 1 | 1 | 2 2 | 0 | 1 | 1 2 3 | 1 2 3
    1 4 | 1 0.5 | 1 | 1 8 | 4.59580429018 | 0.0452674897119 | 1 | 1
    0 1 0 | 1 1 1 | 1 | 0 0.5 | 0.810930216216 | 1 | 1 2 | 1 2
    1 0 2 4 3 | 0.5 1 1 1 0.25 | 3 | 1.2 5.6 | 5.5960766489 | 0.0574467057537 | 3 | 2 3 4
    4 2 1 0 1 | 1 1 1 1 1 | 2 | 3 0.666666666667 | 4.04142896365 | 0.12493056 | 1 2 3 | 1 2 3 4";

#[test]
fn change_points_agree_with_all_outcomes() {
    for [
        events,
        lengths,
        first_after,
        rates,
        statistic,
        p,
        lower,
        higher,
    ] in rows(CHANGES)
    {
        for (share, set) in [(0.8, lower), (0.95, higher)] {
            let got = change(&counts(events), &numbers(lengths), share);
            assert_eq!(got.first_after.to_string(), first_after, "{events}");
            near(got.rates.0, numbers(rates)[0]);
            near(got.rates.1, numbers(rates)[1]);
            near(got.statistic, number(statistic));
            near(got.p.unwrap(), number(p));
            is_set(&got, set);
        }
    }
}

#[test]
fn changes_in_long_series_agree() {
    // R 4.2.2: rates and deviances of glm as above. p and sets: each year's events by dbinom(x, events
    // left, 1 / years left), what reaches the statistic taken out year by year. With set.seed(1),
    // rmultinom(2e5, 310, rep(1, 100)) reaches it in a share of 2.5e-5.
    let got = change(&counts(DISCOVERIES), &[1.0; 100], 0.95);
    assert_eq!(1860 + got.first_after, 1933);
    near(got.rates.0, 3.602_739_726_03);
    near(got.rates.1, 1.740_740_740_74);
    near(got.statistic, 24.807_254_913_3);
    within(got.p.unwrap(), 3.259_146_932_8e-5, 1e-13);
    is_set(&got, "70 71 72 73 74 75 76 77 80 81 93");
    let got = change(&counts(DISCOVERIES), &[1.0; 100], 0.8);
    is_set(&got, "71 72 73");
    // The same, with a share of 0.230685 by rmultinom.
    let few = [0, 1, 0, 2, 1, 1, 0, 3, 2, 2, 1, 4, 2, 3, 1, 0, 2, 1, 0, 0];
    let got = change(&few, &[1.0; 20], 0.8);
    assert_eq!(got.first_after, 18);
    near(got.p.unwrap(), 0.230_795_706_934);
    is_set(&got, "1 3 4 5 6 7 8 13 14 15 16 17 18 19");
}

/// Observations from values, labels and the cases they belong to.
fn observed(values: &str, labels: &str, cases: &str) -> Vec<Observation> {
    let (values, labels, cases) = (numbers(values), counts(labels), counts(cases));
    assert_eq!((values.len(), labels.len()), (cases.len(), cases.len()));
    let rows = values.into_iter().zip(labels).zip(cases);
    rows.map(|((value, label), case)| Observation {
        value,
        label: label == 1,
        case,
    })
    .collect()
}

fn exchange(column: &str) -> Exchange {
    match column {
        "whole" => Exchange::WholeCases,
        "within" => Exchange::WithinCases,
        other => panic!("{other}"),
    }
}

/// The two-sided p, then those for a larger and for a smaller difference, in parts of `all`.
fn has_p(test: &Permutation, expected: &str, all: f64, tolerance: f64) {
    let expected = numbers(expected);
    within(test.p.two_sided, expected[0] / all, tolerance);
    within(test.p.increasing, expected[1] / all, tolerance);
    within(test.p.decreasing, expected[2] / all, tolerance);
}

#[test]
fn exact_permutation_p_agrees() {
    // What is exchanged, values, labels, cases, the number of arrangements, and those of them that are as
    // far, as large and as small. R 4.2.2, base: all arrangements by combn, the difference of the means
    // of all observations. coin 1.4.2 has the same for one observation a case, oneway_test(value ~ label,
    // distribution = "exact"), and within cases, oneway_test(value ~ label | case, ...); it has nothing
    // for whole cases of several observations. SciPy 1.17.1 has the two-sided one of the first row,
    // permutation_test((x, y), difference of means, n_resamples=inf).
    let table = "
        whole | 1 2 2 3 3 3 5 6 | 0 0 0 1 0 1 1 1 | 1 2 3 4 5 6 7 8 | 70 | 6 3 70
        whole | 2 2 2 2 2 9 | 0 0 0 1 1 1 | 1 2 3 4 5 6 | 20 | 20 10 20
        whole | 1 2 | 0 1 | 1 2 | 2 | 2 1 2
        whole | 1 2 2 3 5 3 4 4 6 7 2 | 0 0 0 0 1 1 1 0 1 1 0 | 1 1 2 2 3 3 4 5 6 6 7 | 35 | 4 3 34
        within | 3 5 2 2 4 7 1 4 6 5 | 0 1 0 1 0 1 0 1 0 1 | 1 1 2 2 3 3 4 4 5 5 | 32 | 8 4 30
        within | 5 6 7 9 1 2 1 3 4 4 | 1 1 1 0 0 0 0 1 0 1 | 1 1 1 1 2 2 2 2 3 3 | 32 | 26 26 12
        within | 8 9 9 12 2 3 3 0 | 1 1 1 0 0 0 0 1 | 1 1 1 1 2 2 2 2 | 16 | 1 16 1
        within | 2 2 5 5 | 0 1 0 1 | 1 1 2 2 | 4 | 4 4 4
        within | 0.1 0.1 0.1 0.7 0.7 0.7 | 0 1 1 0 0 1 | 1 1 1 2 2 2 | 9 | 9 9 9";
    for [exchanged, values, labels, cases, arrangements, p] in rows(table) {
        let made = observed(values, labels, cases);
        let test = mean_difference(&made, exchange(exchanged), 1000, 1).unwrap();
        assert!(test.is_exact);
        assert_eq!(test.arrangements.to_string(), arrangements);
        has_p(&test, p, number(arrangements), 1e-12);
    }
}

#[test]
fn drawn_permutation_p_approaches_the_exact_one() {
    // As above, but p over all arrangements (184756, 12870 and 24576; by combn, the first and the last
    // also by coin 1.4.2, the first by SciPy 1.17.1); then how many of 999 draws with the seed 1, and the
    // data, are as far, as large and as small. The latter by Python 3.11: SplitMix64, and Fisher and
    // Yates' exchange from the last place down, in fractions.
    let table = "
        whole | 2 5 3 3 8 1 4 6 2 5 7 6 9 4 8 5 7 3 9 6 | \
            0 0 0 0 0 0 0 0 0 0 1 1 1 1 1 1 1 1 1 1 | \
            1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 | \
            0.0217043018901 0.010852150945 0.993992076035 | 19 8 997
        whole | 2 6 7 3 5 5 5 5 1 8 4 4 5 5 5 4 3 4 8 7 3 3 4 2 5 | \
            0 1 1 0 1 1 1 0 0 1 0 1 1 0 0 0 1 0 1 1 0 1 0 0 1 | \
            1 2 2 3 4 4 4 5 5 6 7 8 8 9 9 9 10 11 12 12 13 14 15 15 16 | \
            0.0138306138306 0.00691530691531 0.994638694639 | 15 6 996
        within | 2 6 2 5 6 4 4 5 4 6 6 5 4 6 5 7 5 4 7 7 7 8 8 7 8 7 9 8 | \
            0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 0 1 1 0 1 0 0 1 1 1 0 | \
            1 1 2 2 3 3 4 4 5 5 6 6 7 7 8 8 9 9 9 9 10 10 10 10 11 11 11 11 | \
            0.0260416666667 0.0130208333333 0.994710286458 | 32 16 995";
    for [exchanged, values, labels, cases, p, drawn] in rows(table) {
        let made = observed(values, labels, cases);
        let test = mean_difference(&made, exchange(exchanged), 999, 1).unwrap();
        assert!(!test.is_exact);
        has_p(&test, drawn, 1000.0, 1e-12);
        let test = mean_difference(&made, exchange(exchanged), 10_000, 2).unwrap();
        // Five standard errors of a share of 0.026.
        has_p(&test, p, 1.0, 0.008);
    }
}

#[test]
fn another_statistic_may_be_permuted() {
    // R 4.2.2: wilcox.test(c(1, 3, 4, 7), c(2, 6, 8, 9, 10), exact = TRUE) has p = 0.1905 two-sided,
    // 0.9444 greater and 0.0952 less: 24, 119 and 12 of 126.
    let values = [1, 3, 4, 7, 2, 6, 8, 9, 10];
    let labels = [true, true, true, true, false, false, false, false, false];
    let pairs_won = |labels: &[bool]| {
        let of = |wanted: bool| (0..9).filter(move |at| labels[*at] == wanted);
        let against = |one: usize| of(false).filter(move |other| values[one] > values[*other]);
        of(true).map(|one| against(one).count() as f64).sum::<f64>() - 10.0
    };
    let cases = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    let whole = Exchange::WholeCases;
    let test = permutation_test(&labels, &cases, whole, 1000, 1, pairs_won).unwrap();
    assert!(test.is_exact);
    has_p(&test, "24 119 12", 126.0, 1e-12);
}
