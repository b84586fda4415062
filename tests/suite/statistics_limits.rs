//! Nothing, one row, no variation, too much: a documented value or a reason, never a panic.

use bitim::analyse::statistics::not_computable::NotComputable;
use bitim::analyse::statistics::permutation::{Exchange, Observation, mean_difference};
use bitim::analyse::statistics::{
    change_point, cochran_armitage, firth, freeman_halton, jonckheere, log_rank, rank_correlation,
    survival,
};
use bitim::model::estimate::Level;

#[test]
fn nothing_one_row_and_no_variation_have_reasons() {
    let unit = |value: f64| Observation {
        value,
        label: value > 0.0,
        case: 1,
    };
    let censored = survival::Observed {
        time: 1.0,
        is_event: false,
    };
    assert_eq!(
        rank_correlation::kendall_tau_b(&[]),
        Err(NotComputable::NoData)
    );
    assert_eq!(
        rank_correlation::kendall_tau_b(&[(1.0, 1.0)])
            .unwrap()
            .tau_b,
        Err(NotComputable::TooFew)
    );
    assert_eq!(
        jonckheere::jonckheere_terpstra(&[]),
        Err(NotComputable::NoData)
    );
    assert_eq!(cochran_armitage::exact(&[]), Err(NotComputable::NoData));
    assert_eq!(
        survival::kaplan_meier(&[], Level::P95),
        Err(NotComputable::NoData)
    );
    assert_eq!(
        survival::kaplan_meier(&[censored], Level::P95)
            .unwrap()
            .median,
        None
    );
    assert_eq!(survival::log_rank(&[]), Err(NotComputable::NoData));
    assert_eq!(firth::logistic(&[], Level::P95), Err(NotComputable::NoData));
    assert_eq!(
        mean_difference(&[], Exchange::WholeCases, 99, 1),
        Err(NotComputable::NoData)
    );
    assert_eq!(
        mean_difference(&[unit(2.0)], Exchange::WholeCases, 99, 1),
        Err(NotComputable::NoVariation)
    );
    assert_eq!(
        change_point::poisson(&[], Level::P95),
        Err(NotComputable::NoData)
    );
}

#[test]
fn too_much_to_count_is_a_reason_and_takes_no_time() {
    let group = |score| cochran_armitage::Group {
        successes: u64::MAX / 8,
        total: u64::MAX / 4,
        score,
    };
    let groups = [group(0.0), group(1.0), group(1e300)];
    assert!(cochran_armitage::exact(&groups).is_err());
    assert_eq!(
        cochran_armitage::exact(&groups[..2]),
        Err(NotComputable::TooLarge)
    );
    let period = change_point::Period {
        events: 1 << 40,
        exposure: 1.0,
    };
    let change = change_point::poisson(&[period; 3], Level::P95).unwrap();
    assert_eq!(
        (change.p, change.plausible),
        (Err(NotComputable::TooLarge), Err(NotComputable::TooLarge))
    );
    let many: Vec<f64> = (0..400).map(|at| f64::from(at % 7)).collect();
    let groups: Vec<Vec<f64>> = many.chunks(40).map(<[f64]>::to_vec).collect();
    assert_eq!(
        jonckheere::jonckheere_terpstra(&groups).unwrap().exact,
        Err(NotComputable::TooLarge)
    );
    for beyond in [
        vec![vec![40; 4]; 4],
        vec![vec![2; 10]; 10],
        vec![vec![1000; 3]; 3],
        vec![vec![800; 5]; 2],
        vec![vec![20; 14]; 2],
        vec![vec![10; 20]; 2],
    ] {
        assert_eq!(freeman_halton::test(&beyond), Err(NotComputable::TooLarge));
    }
}

#[test]
fn the_log_rank_test_by_exchange_agrees_with_other_software() {
    let case = |time: u8, end: u8| survival::Observed {
        time: f64::from(time),
        is_event: end == 1,
    };
    let groups = [
        vec![case(2, 1), case(3, 1), case(5, 0)],
        vec![case(7, 1), case(8, 1), case(11, 1)],
        vec![case(1, 1), case(4, 1), case(6, 1), case(9, 0)],
        Vec::new(),
    ];
    let p = log_rank::by_permutation(&groups, 9999, 1).unwrap();
    // R, survival 3.5-3: survdiff(Surv(time, status) ~ group) has Chisq 2; 1882 of all 4200 ways to deal out
    // the cases reach its 1.9775 (numpy, from the definition).
    assert!((p - 1882.0 / 4200.0).abs() < 0.02, "{p}");
    assert!((log_rank::by_permutation(&groups, 9999, 1).unwrap() - p).abs() < 1e-15);
    let test = |groups: &[Vec<survival::Observed>]| log_rank::by_permutation(groups, 99, 1);
    assert_eq!(test(&[]), Err(NotComputable::NoData));
    assert_eq!(test(&groups[..1]), Err(NotComputable::OneCategory));
    let open = vec![case(1, 0), case(2, 0)];
    assert_eq!(test(&[open.clone(), open]), Err(NotComputable::NoEvent));
    let same = vec![case(1, 1)];
    assert_eq!(test(&[same.clone(), same]), Err(NotComputable::NoVariation));
    assert_eq!(
        log_rank::by_permutation(&groups, 98, 1),
        Err(NotComputable::TooFew)
    );
}
