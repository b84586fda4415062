//! Agreement of coders beyond the reference records: sets of codes, influence, intervals, and the
//! reasons why there is no value.

use std::collections::BTreeSet;

use bitim::analyse::statistics::agreement::{
    Distance, Interval, Jaccard, Masi, Nominal, Number, Ordinal, Ratings, Ratio, Weights,
    bootstrap, cohen, fleiss, gwet, influence, krippendorff, percent,
};
use bitim::analyse::statistics::not_computable::NotComputable;
use bitim::model::estimate::Level;

type Set = BTreeSet<u8>;

/// Eight units by three raters, each rating a set of codes written as digits, `-` for a missing one.
const SETS: [[&str; 3]; 8] = [
    ["0", "0", "01"],
    ["01", "01", "01"],
    ["2", "23", "3"],
    ["12", "23", "-"],
    ["4", "-", "4"],
    ["-", "-", "5"],
    ["024", "02", "04"],
    ["1", "3", "1"],
];

/// Krippendorff's example of 12 units by 4 observers, `-` for a missing value.
const CANONICAL: [&str; 12] = [
    "11-1", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "-555", "--11", "-3--",
];

fn set(codes: &str) -> Option<Set> {
    (codes != "-").then(|| codes.bytes().map(|code| code - b'0').collect())
}

fn sets<const RATERS: usize>(units: &[[&str; RATERS]]) -> Ratings<Set> {
    let units: Vec<_> = units.iter().map(|unit| unit.map(set).to_vec()).collect();
    Ratings::as_found(&units).unwrap()
}

/// One rating for each character of a unit.
fn digits(units: &[&str]) -> Ratings<u32> {
    let unit = |unit: &&str| unit.chars().map(|rating| rating.to_digit(10)).collect();
    let units: Vec<Vec<Option<u32>>> = units.iter().map(unit).collect();
    Ratings::new(&[1, 2, 3, 4, 5], &units).unwrap()
}

fn numbers(units: &[[f64; 2]]) -> Ratings<Number> {
    let units: Vec<_> = units.iter().map(|unit| unit.map(Some).to_vec()).collect();
    Ratings::numbers(&units).unwrap()
}

fn near(got: f64, expected: f64) {
    assert!((got - expected).abs() < 1e-9, "{got} is not {expected}");
}

fn all_near(got: &[Result<f64, NotComputable>], expected: &[f64]) {
    assert_eq!(got.len(), expected.len());
    for (got, expected) in got.iter().zip(expected) {
        near(got.unwrap(), *expected);
    }
}

/// Alpha of all sets, then without each unit and each rater.
fn check(distance: &dyn Distance<Set>, alpha: f64, units: [f64; 8], raters: [f64; 3]) {
    let ratings = sets(&SETS);
    near(krippendorff(&ratings, distance).unwrap(), alpha);
    let without = influence(&ratings, |ratings| krippendorff(ratings, distance)).unwrap();
    all_near(&without.units, &units);
    all_near(&without.raters, &raters);
}

/// NLTK 3.10.4: `AnnotationTask(data, distance).alpha()` with `masi_distance` and `jaccard_distance`, and again
/// without each item and each coder. Its MASI is Passonneau's of 2006, weights 1, 2/3, 1/3 and 0.
#[test]
fn alpha_of_sets_is_that_of_nltk() {
    check(
        &Masi,
        0.412_780_656_303_972,
        [
            0.410_973_641_742_872_2,
            0.325_396_825_396_825_13,
            0.459_154_929_577_464_73,
            0.461_069_074_932_877_4,
            0.324_559_225_229_699_16,
            0.412_780_656_303_972,
            0.441_666_666_666_666_65,
            0.440_267_335_004_176_7,
        ],
        [
            0.211_480_362_537_764_14,
            0.556_227_937_468_482,
            0.383_074_611_877_916_73,
        ],
    );
    check(
        &Jaccard,
        0.482_176_360_225_140_77,
        [
            0.474_605_954_465_849_5,
            0.413_265_306_122_449_05,
            0.522_471_910_112_359_6,
            0.519_367_588_932_806_3,
            0.392_237_819_983_484_6,
            0.482_176_360_225_140_77,
            0.497_354_497_354_497_3,
            0.529_085_872_576_177_3,
        ],
        [0.28, 0.606_504_065_040_650_4, 0.445_378_151_260_504_2],
    );
}

/// NLTK divides 0 by 0 for two empty sets; Python fractions, from the definition, give 13/22 and 5/8.
#[test]
fn empty_sets_are_equal_and_share_nothing_with_others() {
    let ratings = sets(&[["", ""], ["0", "0"], ["01", "0"], ["1", ""], ["2", "2"]]);
    near(krippendorff(&ratings, &Masi).unwrap(), 13.0 / 22.0);
    near(krippendorff(&ratings, &Jaccard).unwrap(), 5.0 / 8.0);
}

/// Python krippendorff 0.9.0 on the matrix without each unit and each observer.
#[test]
fn influence_is_what_leaving_out_gives() {
    let ratings = digits(&CANONICAL);
    let without = influence(&ratings, |ratings| krippendorff(ratings, &Ordinal)).unwrap();
    let units = [
        0.788_370_939_7,
        0.840_236_47,
        0.803_008_522_6,
        0.803_008_522_6,
        0.819_134_793_4,
        0.943_735_281_5,
        0.761_167_835,
        0.810_755_917_8,
        0.819_134_793_4,
        0.763_114_215,
        0.798_376_216,
        0.815_387_503_8,
    ];
    all_near(&without.units, &units);
    let raters = [
        0.868_808_901_1,
        0.751_238_952,
        0.820_922_388_8,
        0.804_860_524_1,
    ];
    all_near(&without.raters, &raters);
    let two = digits(&["11", "22", "12"]);
    let without = influence(&two, |ratings| krippendorff(ratings, &Nominal)).unwrap();
    assert_eq!(without.raters, [Err(NotComputable::OneRater); 2]);
    let alone = influence(&digits(&["11"]), |ratings| krippendorff(ratings, &Nominal));
    assert_eq!(alone, Err(NotComputable::OneUnit));
}

/// Python, 100 000 samples of the units by `random.choices`, alpha by loops over pairs (MASI from NLTK 3.10.4).
#[test]
fn intervals_are_those_of_another_generator() {
    let alpha = |ratings: &Ratings<u32>| krippendorff(ratings, &Nominal);
    let resampled = bootstrap(&digits(&CANONICAL), alpha, Level::P95, 4000, 1).unwrap();
    let estimate = resampled.estimate;
    assert!((estimate.low - 0.4137).abs() < 0.02, "{estimate}");
    assert_eq!(
        (estimate.high.to_bits(), estimate.n),
        (1.0_f64.to_bits(), 11)
    );
    let again = bootstrap(&digits(&CANONICAL), alpha, Level::P95, 4000, 1).unwrap();
    assert_eq!(resampled, again);

    let masi = |ratings: &Ratings<Set>| krippendorff(ratings, &Masi);
    let estimate = bootstrap(&sets(&SETS), masi, Level::P95, 4000, 2)
        .unwrap()
        .estimate;
    assert!((estimate.low - 0.0834).abs() < 0.02, "{estimate}");
    assert!((estimate.high - 0.6405).abs() < 0.02, "{estimate}");
}

#[test]
fn resamples_without_a_value_are_counted() {
    let alpha = |ratings: &Ratings<u32>| krippendorff(ratings, &Nominal);
    let run =
        |units: &[&str], resamples| bootstrap(&digits(units), alpha, Level::P95, resamples, 1);
    // Six draws from the three units of 1 alone, or from the two of 2: 1/64 + 1/729 of 4000, or 68.
    let resampled = run(&["11", "11", "11", "22", "22", "12"], 4000).unwrap();
    assert!((48..=88).contains(&resampled.undefined), "{resampled:?}");
    assert_eq!(resampled.resamples, 4000);
    // Of two units in agreement, half of the resamples hold one twice.
    assert_eq!(
        run(&["11", "22"], 1000),
        Err(NotComputable::UndefinedResamples)
    );
    assert_eq!(run(&["11", "12"], 99), Err(NotComputable::TooFew));
    assert_eq!(run(&["11"], 1000), Err(NotComputable::OneUnit));
    assert_eq!(
        run(&["11", "22"].repeat(20), 1000),
        Err(NotComputable::NoVariation)
    );
    assert_eq!(run(&["11", "12"], u32::MAX), Err(NotComputable::TooLarge));
    let pairwise = |ratings: &Ratings<u32>| Ok(percent(ratings, Level::P95)?.pairwise);
    let one = bootstrap(&digits(&["12", "1-"]), pairwise, Level::P95, 1000, 1);
    assert_eq!(one, Err(NotComputable::OneUnit));
}

#[test]
fn what_cannot_be_computed_has_its_reason() {
    use NotComputable::{NoData, NoPair, OneCategory, OneRater, OneUnit};
    let cases: [(&[&str], NotComputable); 7] = [
        (&[], NoData),
        (&["--", "--"], NoData),
        (&["1", "2"], OneRater),
        (&["1-", "-2", "--"], NoPair),
        (&["12", "1-"], OneUnit),
        (&["11", "--"], OneUnit),
        (&["33", "33", "1-"], OneCategory),
    ];
    for (units, reason) in cases {
        let ratings = digits(units);
        assert_eq!(krippendorff(&ratings, &Nominal), Err(reason), "{units:?}");
        assert_eq!(krippendorff(&ratings, &Ordinal), Err(reason), "{units:?}");
        let kappa = cohen(&ratings, Weights::Linear);
        assert_eq!(kappa.map(|kappa| kappa.kappa), Err(reason), "{units:?}");
        let ac2 = gwet(&ratings, Weights::Linear).map(|ac2| ac2.coefficient);
        let all = percent(&ratings, Level::P95).map(|all| all.units);
        match reason {
            OneCategory => assert!(ac2.unwrap() > 0.9 && all == Ok(2)),
            OneUnit => assert_eq!((ac2, all), (Err(reason), Ok(1))),
            _ => assert_eq!((ac2, all), (Err(reason), Err(reason))),
        }
        assert!(reason.to_string().starts_with("not computable: "));
    }
    let one = digits(&["33", "33"]);
    assert_eq!(fleiss(&one).map(|kappa| kappa.units), Err(OneCategory));
    let alone = Ratings::new(&[1], &[vec![Some(1); 2], vec![Some(1); 2]]).unwrap();
    let ac1 = gwet(&alone, Weights::Unweighted);
    assert_eq!(ac1.map(|ac1| ac1.units), Err(OneCategory));
}

#[test]
fn the_order_of_categories_is_that_of_the_scheme() {
    let names = ["one", "two", "three", "four", "five"];
    let code = |rating: char| rating.to_digit(10).map(|place| names[place as usize - 1]);
    let units = CANONICAL.map(|unit| unit.chars().map(code).collect());
    let ratings = Ratings::new(&names, &units).unwrap();
    // Python krippendorff 0.9.0; in the order of the alphabet it has 0.7730.
    near(
        krippendorff(&ratings, &Ordinal).unwrap(),
        0.815_387_503_754_881_3,
    );
    let alphabetic = krippendorff(&Ratings::as_found(&units).unwrap(), &Ordinal).unwrap();
    near(alphabetic, 0.772_952_338_039_451_2);
}

#[test]
fn what_is_no_input_is_refused() {
    fn invalid<T>(found: Result<T, NotComputable>) {
        assert!(matches!(found.err(), Some(NotComputable::Invalid(_))));
    }
    invalid(Ratings::new(&[1, 1], &[]));
    invalid(Ratings::new(&[1], &[vec![Some(2)]]));
    invalid(Ratings::new(&[1], &[vec![Some(1)], vec![]]));
    invalid(Ratings::numbers(&[vec![Some(f64::NAN)]]));
    invalid(cohen(&digits(&["111", "222"]), Weights::Unweighted));
    invalid(fleiss(&digits(&["111", "22-"])));
    invalid(krippendorff(&numbers(&[[-1.0, 1.0], [2.0, 2.0]]), &Ratio));
    invalid(krippendorff(
        &numbers(&[[f64::MAX, f64::MIN], [0.0, 0.0]]),
        &Interval,
    ));
    let by = |distance: f64| {
        let distance = move |_: &Number, _: &Number| distance;
        krippendorff(&numbers(&[[1.0, 2.0], [3.0, 3.0]]), &distance)
    };
    invalid(by(-1.0));
    assert_eq!(by(0.0), Err(NotComputable::NoVariation));
    for distance in [f64::MAX, 7.0, 5e-324] {
        near(by(distance).unwrap(), by(1.0).unwrap());
    }
    let many: Vec<_> = (0..40_000_u32).map(|at| [f64::from(at), 1.0]).collect();
    let alpha = krippendorff(&numbers(&many), &Interval);
    assert_eq!(alpha, Err(NotComputable::TooLarge));
}
