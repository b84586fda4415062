//! The tables of durations, associations and models, tested against R 4.2.2 run on the same files; and
//! what they do with open cases, lost dates and models of one's own.

use std::collections::BTreeMap;

use crate::analyse::{printed_of_frozen, rows};
use crate::harness::Project;

type Row = BTreeMap<String, String>;

fn number(row: &Row, column: &str) -> Option<f64> {
    row[column].parse().ok()
}

/// Checks numbers of a row; `None` where there is none.
fn holds(row: &Row, expected: &[(&str, Option<f64>)], tolerance: f64) {
    for (column, expected) in expected {
        let ours = number(row, column);
        let is_near = match (ours, expected) {
            (Some(ours), Some(expected)) => (ours - expected).abs() <= tolerance,
            (ours, expected) => ours.is_none() && expected.is_none(),
        };
        assert!(is_near, "{column}: {ours:?}, R has {expected:?}\n{row:?}");
    }
}

#[test]
fn lengths_are_those_of_survfit() {
    // survfit(Surv(days, rep(1, n)) ~ 1, conf.type = "log-log"), the median by quantile(), for days
    // from the latest start to the earliest end and from the earliest start to the latest end, both
    // days included. Rows whose curve passes through a half exactly are left out: there R gives the
    // middle of two days, and the table the first of them.
    let expected = [
        ("all", "all", 19, [101.0, 103.0], [Some(2.0), Some(214.0)]),
        ("period", "1991-1999", 3, [155.0, 173.0], [Some(73.0), None]),
        ("period", "2010-2014", 7, [173.0, 173.0], [Some(1.0), None]),
        ("period", "2020-", 3, [1.0, 1.0], [Some(1.0), None]),
        ("depth", "facilitation", 3, [2.0, 3.0], [Some(1.0), None]),
        ("capacity", "own", 9, [2.0, 31.0], [Some(1.0), Some(214.0)]),
        ("capacity", "joint", 5, [73.0, 103.0], [Some(2.0), None]),
        (
            "conflict_type",
            "interstate",
            3,
            [2.0, 2.0],
            [Some(1.0), None],
        ),
    ];
    let table = printed_of_frozen("durations");
    for (by, group, n, median, limits) in expected {
        let is_it = |row: &&Row| row["by"] == by && row["group"] == group;
        let row = table.iter().find(is_it).unwrap();
        let columns = [
            ("n", Some(f64::from(n))),
            ("median_shortest", Some(median[0])),
            ("median_longest", Some(median[1])),
            ("low", limits[0]),
            ("high", limits[1]),
        ];
        holds(row, &columns, 1e-9);
    }
    // The Chisq of survdiff after each of 40000 exchanges of the cases between the groups (numpy, from its
    // definition; R, 4000 times, has 0.039, 0.976, 0.534 and 0.034 for the shortest), by the shortest and
    // the longest lengths; then p.adjust(pmax(shortest, longest), "holm").
    for (by, shortest, longest, holm) in [
        ("period", 0.0371, 0.0060, 0.144),
        ("depth", 0.9765, 0.9770, 1.0),
        ("capacity", 0.5466, 0.5830, 1.0),
        ("conflict_type", 0.0361, 0.0128, 0.144),
    ] {
        let row = table.iter().find(|row| row["by"] == by).unwrap();
        let columns = [("p_shortest", Some(shortest)), ("p_longest", Some(longest))];
        holds(row, &columns, 0.012);
        holds(row, &[("p_holm", Some(holm))], 0.02);
    }
}

#[test]
fn the_curve_is_that_of_survfit() {
    let expected = [
        (1.0, 0.789_473_68, Some((0.531_912_666, 0.915_286_1))),
        (2.0, 0.684_210_53, Some((0.427_940_639, 0.843_941_8))),
        (101.0, 0.473_684_21, Some((0.244_376_741, 0.672_840_6))),
        (173.0, 0.263_157_89, Some((0.095_792_433, 0.467_747_5))),
        (365.0, 0.052_631_58, Some((0.003_594_552, 0.214_301_8))),
        (2851.0, 0.0, None),
    ];
    let table = printed_of_frozen("survival");
    let shortest: Vec<&Row> = table
        .iter()
        .filter(|row| row["lengths"] == "shortest")
        .collect();
    assert_eq!(shortest.len(), 1 + 13);
    for (days, share, limits) in expected {
        let row = shortest
            .iter()
            .find(|row| number(row, "days") == Some(days))
            .unwrap();
        let columns = [
            ("lasting", Some(share)),
            ("low", limits.map(|(low, _)| low)),
            ("high", limits.map(|(_, high)| high)),
        ];
        holds(row, &columns, 1e-6);
    }
}

#[test]
fn associations_are_those_of_fisher_test() {
    // fisher.test(table(x, y)), p.adjust(p, "holm"), the root of chisq.test(correct = FALSE) over n
    // and the smaller side less one, and concordant less discordant pairs over their sum.
    let expected = [
        (
            "depth",
            "outcome",
            0.247_693_5,
            1.0,
            0.650_854_1,
            Some(0.095_238_1),
        ),
        (
            "depth",
            "success",
            0.057_853_91,
            0.347_123_5,
            0.742_555_6,
            Some(0.269_230_8),
        ),
        ("capacity", "outcome", 0.347_260_6, 1.0, 0.666_666_7, None),
        ("capacity", "success", 0.638_009, 1.0, 0.387_298_3, None),
        (
            "conflict_type",
            "outcome",
            0.634_013,
            1.0,
            0.503_952_6,
            None,
        ),
        (
            "conflict_type",
            "success",
            0.507_918_6,
            1.0,
            0.440_283_1,
            None,
        ),
    ];
    let table = printed_of_frozen("association");
    assert_eq!(table.len(), expected.len());
    for (row, (variable, with, p, holm, v, gamma)) in table.iter().zip(expected) {
        assert_eq!(
            (row["variable"].as_str(), row["with"].as_str()),
            (variable, with)
        );
        let columns = [
            ("n", Some(17.0)),
            ("p", Some(p)),
            ("p_holm", Some(holm)),
            ("cramers_v", Some(v)),
            ("gamma", gamma),
        ];
        holds(row, &columns, 1e-6);
    }
}

#[test]
fn models_are_the_penalised_likelihood_maximised_by_optim() {
    // R: optim() on the log-likelihood plus half the log-determinant of the information; limits where
    // its profile falls by half of qchisq(0.95, 1), by uniroot(); p by pchisq() of twice the fall at 0.
    let table = printed_of_frozen("models");
    let row = |model: &str| table.iter().find(|row| row["model"] == model).unwrap();
    let term = |odds, low, high, p| {
        [
            ("odds_ratio", Some(odds)),
            ("low", Some(low)),
            ("high", Some(high)),
            ("p", Some(p)),
        ]
    };
    holds(
        row("period"),
        &term(0.678_951, 0.281_622, 1.441_958, 0.316_235),
        2e-4,
    );
    holds(
        row("depth"),
        &term(1.297_308, 0.618_028, 2.949_419, 0.491_914),
        2e-4,
    );
    for refused in ["capacity", "conflict_type"] {
        holds(
            row(refused),
            &[("n", Some(17.0)), ("odds_ratio", None), ("p", None)],
            0.0,
        );
        let why = "not computed: terms 3, cases of the rarer result 5, fewer than 5 for each term";
        assert_eq!(row(refused)["in_words"], why);
    }

    let project = Project::frozen();
    let study = String::from_utf8(project.read("data/study.toml")).unwrap();
    let study = study.replace("floor = 5\n", "floor = 5\nevents_per_variable = 1\n");
    let models = "\n[[model]]\nname = \"type\"\nlabel = \"type\"\npredictors = [\"conflict_type\"]\n\
                  \n[[model]]\nname = \"both\"\nlabel = \"both\"\npredictors = [\"depth\", \"period\"]\n";
    project.write("data/study.toml", (study + models).as_bytes());
    let run = project
        .run(&["table", "models", "--data", "data", "--format", "csv"])
        .exits(0);
    let table = rows(run.stdout.as_bytes());
    let expected = [
        (
            "diplomatic against internationalised",
            term(0.942_857, 0.064_783, 10.7644, 0.962_075),
        ),
        (
            "intrastate against internationalised",
            term(3.666_667, 0.313_459, 60.314_63, 0.300_776),
        ),
        (
            "interstate against internationalised",
            term(0.314_286, 0.002_033, 5.655_654, 0.460_574),
        ),
        (
            "deepest role, a step up",
            term(1.136_152, 0.536_12, 2.506_908, 0.729_116),
        ),
        (
            "period, a step up",
            term(0.709_193, 0.302_413, 1.581_131, 0.384_341),
        ),
    ];
    assert_eq!(table.len(), expected.len());
    for (row, (name, numbers)) in table.iter().zip(expected) {
        assert_eq!(row["term"], name);
        holds(row, &numbers, 2e-3);
    }
}

#[test]
fn a_predictor_that_is_not_there_is_found() {
    let project = Project::three_cases();
    let mut study = String::from_utf8(project.read("data/study.toml")).unwrap();
    study.push_str(
        "\n[[model]]\nname = \"m\"\nlabel = \"m\"\npredictors = [\"dept\", \"outcome\"]\n",
    );
    project.write("data/study.toml", study.as_bytes());
    project
        .run(&["check", "--data", "data"])
        .exits(1)
        .says("\"dept\"")
        .says("did you mean \"depth\"?")
        .says("\"outcome\"");
}

#[test]
fn open_cases_are_censored_and_lost_ends_are_left_out_with_the_reason() {
    let project = Project::three_cases();
    let mut cases = String::from_utf8(project.read("data/cases.csv")).unwrap();
    cases.push_str("lake,NOR,Talks by the lake,mediation,2001-05-01,unknown,process,book\n");
    project.write("data/cases.csv", cases.as_bytes());
    let table = |name: &str, more: &[&str]| {
        let arguments = [&["table", name, "--data", "data"], more].concat();
        project.run(&arguments).exits(0)
    };
    let of_all = rows(table("durations", &["--format", "csv"]).stdout.as_bytes());
    // The fjord lasted from January 1993 to 13 September: 226 to 256 days. The north is open on 30
    // June 2026, the lake has no end: of two, one ended, and half are left from then on.
    let expected = [
        ("n", Some(2.0)),
        ("ended", Some(1.0)),
        ("open", Some(1.0)),
        ("unknown", Some(1.0)),
        ("median_shortest", Some(226.0)),
        ("median_longest", Some(256.0)),
        ("high", None),
    ];
    holds(&of_all[0], &expected, 0.0);
    table("durations", &[]).says("Left out for want of an end: 1.");
    let curve = rows(table("survival", &["--format", "csv"]).stdout.as_bytes());
    let steps: Vec<(&str, &str)> = curve
        .iter()
        .map(|row| (row["days"].as_str(), row["lasting"].as_str()))
        .collect();
    assert_eq!(
        steps,
        [
            ("0", "1"),
            ("226", "0.5"),
            ("5235", "0.5"),
            ("0", "1"),
            ("256", "0.5"),
            ("5235", "0.5"),
        ]
    );
}

#[test]
fn reliability_is_that_of_the_definitions() {
    // Python 3.11, from codings.csv: Gwet's AC1 of whether there is a value, or that it is unknown or does
    // not apply, the three that a coder could choose from; and Krippendorff's alpha of values without order.
    let table = printed_of_frozen("reliability");
    let of = |variable: &str, compared: &str| {
        let is_it = |row: &&Row| row["variable"] == variable && row["compared"] == compared;
        table.iter().find(is_it).unwrap()
    };
    for (variable, ac) in [
        ("outcome", 0.800_416),
        ("outcome_conflict", 0.667_436),
        ("role", 0.571_429),
        ("self_label", 1.0),
    ] {
        let columns = [("ac", Some(ac)), ("alpha_nominal", None)];
        holds(of(variable, "missing"), &columns, 1e-6);
    }
    for (variable, alpha) in [
        ("outcome", 0.828_571),
        ("outcome_conflict", 0.705_882),
        ("outcome_alternative", 0.236_364),
    ] {
        let columns = [("alpha_nominal", Some(alpha))];
        holds(of(variable, "value"), &columns, 1e-6);
    }
    holds(of("capacity", "value"), &[("alpha_nominal", None)], 0.0);
}
