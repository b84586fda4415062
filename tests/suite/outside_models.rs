//! Regressions, durations and networks against values that other software gave for the same data, where
//! there is more than one way to go wrong: several maxima, few cases, more than numbers hold.

use bitim::analyse::statistics::cochran_armitage::{Group, exact};
use bitim::analyse::statistics::firth::{Row, logistic};
use bitim::analyse::statistics::network::Network;
use bitim::analyse::statistics::not_computable::NotComputable;
use bitim::analyse::statistics::survival::{Observed, kaplan_meier, log_rank};
use bitim::analyse::statistics::{log_rank, rank_correlation};
use bitim::model::estimate::Level;

fn numbers(column: &str) -> Vec<f64> {
    let numbers = column.split_whitespace();
    numbers.map(|number| number.parse().unwrap()).collect()
}

/// The columns of each row.
fn rows(table: &str) -> Vec<Vec<&str>> {
    let rows = table.trim().lines();
    rows.map(|row| row.split('|').map(str::trim).collect())
        .collect()
}

#[test]
fn firth_limits_are_the_outermost() {
    // A variable, the outcome, then the constant and the slope with their limits. SciPy 1.17.1: the
    // penalised log-likelihood by the sum over all pairs of rows (Cauchy and Binet); at each held value the
    // highest of its maxima over the other coefficient, sought on a grid of 2400 and refined by
    // minimize_scalar; the last value, going outwards, that is above chi2.ppf(0.95, 1), refined by brentq.
    // In the first four one maximum is followed to another limit, the years look collinear, or the search
    // does not end; in the others the profile falls and rises again.
    let table = "
        -2 -1 0.5 1 3 | 0 0 0 1 1 | -0.686458 -7.250099 1.239009 | 0.800193 -0.191382 9.274363
        3 3 2 0 3 | 1 1 1 0 1 | -1.029082 -8.630235 1.911364 | 1.163454 -0.216621 4.283390
        1990 1991 1992 1993 1994 1995 | 0 0 1 0 1 1 | -1349.1133 -4686.4977 413.2733 | 0.677096 -0.207414 2.352069
        1 0 3 2 | 0 1 0 0 | 0.611112 -2.279592 5.030828 | -1.086677 -6.825146 0.603384
        1.4 1.0 0.6 -3.2 | 1 0 0 0 | -0.645952 -14.373780 1.055361 | 0.230102 -0.641407 11.851029
        -2 -3 10 5 | 1 0 1 1 | 0.408883 -1.565932 7.588738 | 0.154881 -0.178568 3.017214
        3 -1 9 10 | 1 1 1 0 | 1.802211 -0.943258 35.925741 | -0.189420 -3.778780 0.206585
        4 3 -3 4 | 0 1 1 0 | 0.484293 -1.440384 22.608756 | -0.296919 -6.434553 0.237657
        -0.4 -1 3.2 -0.4 | 1 0 1 1 | 0.564840 -1.208839 8.908157 | 0.265116 -0.699954 11.275305
        0.6 -3.8 0.4 1.6 1.0 | 1 1 1 0 1 | 0.879820 -0.695624 13.879566 | -0.187500 -10.303041 0.591453";
    for row in rows(table) {
        let cases: Vec<Row> = numbers(row[0])
            .into_iter()
            .zip(numbers(row[1]))
            .map(|(x, y)| Row {
                values: vec![x],
                outcome: y > 0.5,
                count: 1,
            })
            .collect();
        let model = logistic(&cases, Level::P95).unwrap();
        for (one, expected) in model.coefficients.iter().zip(&row[2..]) {
            let got = [one.estimate, one.interval.0, one.interval.1];
            for (got, expected) in got.into_iter().zip(numbers(expected)) {
                let tolerance = 2e-6 * (1.0 + expected.abs());
                assert!((got - expected).abs() < tolerance, "{row:?}: {got}");
            }
        }
    }
}

#[test]
fn firth_refuses_what_would_take_minutes() {
    let rows: Vec<Row> = (0..60_000_u32)
        .map(|at| Row {
            values: vec![f64::from(at)],
            outcome: at % 3 == 0,
            count: 1,
        })
        .collect();
    assert_eq!(logistic(&rows, Level::P95), Err(NotComputable::TooLarge));
    let alike: Vec<Row> = rows
        .into_iter()
        .map(|row| Row {
            values: vec![(row.values[0] / 20_000.0).floor()],
            ..row
        })
        .collect();
    assert_eq!(logistic(&alike, Level::P95).unwrap().n, 60_000);
}

/// Cases that all ended, by groups.
fn ended(times: &str, groups: &str) -> Vec<Vec<Observed>> {
    let mut made = vec![Vec::new(); 5];
    for (time, group) in numbers(times).into_iter().zip(groups.split(' ')) {
        let case = Observed {
            time,
            is_event: true,
        };
        made[group.parse::<usize>().unwrap()].push(case);
    }
    made
}

#[test]
fn exchanged_log_rank_p_agrees() {
    // The durations of the record, version 1.1.0, by period and by type of conflict, each by the shortest
    // and the longest lengths; then the Chisq of R's survdiff(Surv(time, status) ~ group), survival 3.5-3,
    // and the share of 40 000 exchanges (numpy, the same statistic from its definition) that reach it.
    // One score for each case, logrank_test of coin 1.4.2, has 0.29, 0.24, 0.07 and 0.05: the case of 2851
    // days rules it.
    let table = "
        73 155 173 2 12 365 365 305 101 40 1 173 133 261 1 2851 1 1 2 | 0 0 0 1 1 2 2 2 2 2 2 2 3 3 3 3 4 4 4 | 13.4916 | 0.0371
        103 214 173 3 12 365 365 305 101 40 31 173 133 261 1 2851 1 1 2 | 0 0 0 1 1 2 2 2 2 2 2 2 3 3 3 3 4 4 4 | 20.2488 | 0.0060
        40 1 261 1 173 12 101 133 73 155 365 365 305 173 1 2851 2 1 2 | 0 0 0 0 1 1 1 1 2 2 2 2 2 2 2 2 3 3 3 | 11.2287 | 0.0361
        40 31 261 1 173 12 101 133 103 214 365 365 305 173 1 2851 3 1 2 | 0 0 0 0 1 1 1 1 2 2 2 2 2 2 2 2 3 3 3 | 15.0369 | 0.0128";
    for row in rows(table) {
        let groups = ended(row[0], row[1]);
        let test = log_rank(&groups).unwrap().test.unwrap();
        assert_eq!(format!("{:.4}", test.statistic), row[2]);
        let p = log_rank::by_permutation(&groups, 20_000, 2).unwrap();
        let expected = numbers(row[3])[0];
        // Four standard errors of both shares.
        assert!(
            (p - expected).abs() < 4.0 * (expected / 13_333.0).sqrt(),
            "{p} is not {expected}"
        );
    }
}

#[test]
fn exact_trends_of_a_million_million_keep_their_digits() {
    // Python 3.11: the sum over all tables of the products of math.comb, in fractions.
    let million_million = 1_000_000_000_000;
    let group = |successes, times: u64, score| Group {
        successes,
        total: times * million_million,
        score,
    };
    let rising = [group(3, 1, 1.0), group(1, 2, 2.0), group(5, 1, 3.0)];
    let uneven = [group(0, 1, 0.0), group(2, 1, 1.0), group(7, 3, 4.0)];
    let expected = [
        [0.480_682_373_046, 0.240_341_186_523, 0.881_057_739_258],
        [0.207_304_192, 0.110_854_656, 0.929_456_128],
    ];
    for (groups, expected) in [rising, uneven].iter().zip(expected) {
        let p = exact(groups).unwrap();
        for (got, expected) in [p.two_sided, p.increasing, p.decreasing]
            .iter()
            .zip(expected)
        {
            assert!((got - expected).abs() < 1e-8, "{got} is not {expected}");
        }
    }
}

/// So many rings of four, each tied to the next at one node.
fn diamonds(count: usize) -> Network {
    let ties = (0..count).flat_map(|at| {
        let [first, left, right, last] = [0, 1, 2, 3].map(|step| 3 * at + step);
        [(first, left), (first, right), (left, last), (right, last)]
    });
    Network::new(3 * count + 1, ties).unwrap()
}

#[test]
fn betweenness_counts_more_paths_than_numbers_hold() {
    // networkx 3: betweenness_centrality(G, normalized=False) of nodes 1, 3 and the joint in the middle.
    for (count, expected) in [(3, [3.5, 19.0, 19.0]), (30, [44.0, 262.0, 2026.0])] {
        let between = diamonds(count).betweenness();
        for (node, expected) in [1, 3, 3 * (count / 2)].into_iter().zip(expected) {
            assert!((between[node] - expected).abs() < 1e-9 * expected);
        }
    }
    // 2 to the power of 1100 paths from end to end. A side of the first ring is half way from its near end
    // to all nodes from the far end on; the joint parts 3 nodes from 3297 and both sides of two rings.
    let between = diamonds(1100).betweenness();
    assert!((between[1] - 3298.0 / 2.0).abs() < 1e-6);
    assert!((between[3] - (3.0 * 3297.0 + 1.0)).abs() < 1e-6);
}

/// Numbers that look drawn, without a tie.
fn scattered(count: u32) -> Vec<f64> {
    let numbers = (0..count).map(|at| u64::from(at) * 7919 % 100_003);
    numbers.map(|number| number as f64).collect()
}

#[test]
fn a_hundred_thousand_cases_are_put_in_order() {
    let values = scattered(100_000);
    // R 4.2.2: survfit(Surv(v, v %% 3 > 0) ~ 1, conf.type = "log-log") and survdiff(... ~ i %/% 30000).
    let cases: Vec<Observed> = values
        .iter()
        .map(|time| Observed {
            time: *time,
            is_event: time % 3.0 > 0.5,
        })
        .collect();
    let curve = kaplan_meier(&cases, Level::P95).unwrap();
    assert_eq!(curve.median, Some(64645.0));
    assert_eq!(curve.median_interval, (Some(64280.0), Some(65006.0)));
    let groups: Vec<Vec<Observed>> = cases.chunks(30_000).map(<[Observed]>::to_vec).collect();
    let test = log_rank(&groups).unwrap().test.unwrap();
    assert!((test.statistic - 0.010_592_079).abs() < 1e-8);
    assert_eq!(
        log_rank::by_permutation(&groups, 9999, 1),
        Err(NotComputable::TooLarge)
    );
    let each: Vec<Vec<Observed>> = cases[..2000].iter().map(|case| vec![*case]).collect();
    assert_eq!(log_rank(&each), Err(NotComputable::TooLarge));
}

#[test]
fn twenty_thousand_pairs_are_correlated() {
    let pairs: Vec<(f64, f64)> = (0_u32..)
        .zip(scattered(20_000))
        .map(|(at, value)| (f64::from(at), value % 977.0))
        .collect();
    // SciPy 1.17.1: kendalltau.
    let tau = rank_correlation::kendall_tau_b(&pairs).unwrap().tau_b;
    assert!((tau.unwrap() + 1.557_838_248_0e-5).abs() < 1e-13);
}
