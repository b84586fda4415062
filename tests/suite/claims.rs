//! Claims tested against made-up records of which the truth is known, both ways; and the numbers of the
//! bundled claims against R.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::analyse::{printed_of_frozen, rows};
use crate::harness::Project;

type Row = BTreeMap<String, String>;

/// A record with a clear story: from 1991 to 2010 ten mediations without agreement, abroad; from 2011
/// to 2014 forty that reach a ceasefire, at home; and one case more, written by the test.
fn record(one_more: &str) -> Project {
    let project = Project::three_cases();
    let mut cases = String::from("case_id,mediator,title,kind,start,end,outcome,source\n");
    let mut events = String::from("event_id,case_id,type,start,end,place,country,outcome\n");
    let mut roles = String::from("case_id,role,uptake\n");
    let mut parties = String::from("case_id,party,standing\n");
    for at in 0..50 {
        let (year, outcome, country, role) = if at < 10 {
            (1991 + 2 * at, "no_agreement", "CUB", "shuttle")
        } else {
            (2011 + at % 4, "ceasefire", "NOR", "venue")
        };
        let _ = writeln!(
            cases,
            "c{at},NOR,Talks {at},mediation,{year}-05,{year}-06,{outcome},book"
        );
        let _ = writeln!(
            events,
            "e{at},c{at},round,{year}-05-02,{year}-05-03,{country}-town,{country},{outcome}"
        );
        let _ = writeln!(roles, "c{at},{role},provided");
        let _ = writeln!(parties, "c{at},A,disputant");
    }
    cases.push_str(one_more);
    project.write("data/cases.csv", cases.as_bytes());
    project.write("data/events.csv", events.as_bytes());
    project.write("data/roles.csv", roles.as_bytes());
    project.write("data/parties.csv", parties.as_bytes());
    project
}

/// A claim with one test, in TOML.
fn claim(id: &str, head: &str, measure: &str, supported: &str, contradicted: &str) -> String {
    format!(
        "[[claim]]\nid = \"{id}\"\nparagraph = \"1\"\ntext = \"{id}\"\ncannot_show = \"Why.\"\n{head}\n\
         [[claim.test]]\nwhat = \"{id}\"\n{measure}\nsupported = {{ {supported} }}\ncontradicted = {{ {contradicted} }}\n"
    )
}

/// Claim → its row of the table.
fn verdicts(project: &Project, claims: &str) -> BTreeMap<String, Row> {
    project.write("data/claims.toml", claims.as_bytes());
    project.run(&["check", "--data", "data"]).exits(0);
    let run = project
        .run(&["table", "claims", "--data", "data", "--format", "csv"])
        .exits(0);
    let rows = rows(run.stdout.as_bytes());
    rows.into_iter()
        .map(|row| (row["id"].clone(), row))
        .collect()
}

/// A measure of every form, with thresholds that this record meets and those of the opposite.
const FORMS: [(&str, &str, &str, &str); 8] = [
    (
        "count",
        "measure = { form = \"count\", of = { outcome = { at_least = \"ceasefire\" } } }",
        "at_least = 30",
        "at_most = 20",
    ),
    (
        "share",
        "measure = { form = \"share\", that = { outcome = { at_least = \"ceasefire\" } } }",
        "at_least = 0.6",
        "below = 0.4",
    ),
    (
        "distinct",
        "measure = { form = \"distinct\", variable = \"outcome\" }",
        "at_most = 2",
        "at_least = 3",
    ),
    (
        "rate",
        "measure = { form = \"rate_ratio\", span = \"2011/2014\", against = \"1991/2010\" }",
        "above = 2",
        "at_most = 1",
    ),
    (
        "trend",
        "measure = { form = \"rank_trend\", variable = \"outcome\" }",
        "at_least = 0.2",
        "at_most = -0.2",
    ),
    (
        "difference",
        "measure = { form = \"difference\", that = { outcome = \"ceasefire\" }, between = { role = \"venue\" }, and = { role = \"shuttle\" } }",
        "at_least = 0.3",
        "at_most = 0",
    ),
    (
        "first",
        "measure = { form = \"first\" }",
        "before = \"2000\"",
        "from = \"2000\"",
    ),
    (
        "home",
        "unit = \"event\"\nmeasure = { form = \"share\", of = { is_meeting = \"1\" }, that = { hosted = \"1\" } }",
        "at_least = 0.5",
        "below = 0.3",
    ),
];

#[test]
fn what_is_true_is_supported_and_its_opposite_contradicted() {
    let mut claims = String::new();
    for (id, measure, holds, fails) in FORMS {
        claims.push_str(&claim(&format!("{id} so"), "", measure, holds, fails));
        claims.push_str(&claim(&format!("{id} not so"), "", measure, fails, holds));
    }
    let verdicts = verdicts(&record(""), &claims);
    for (id, ..) in FORMS {
        assert_eq!(verdicts[&format!("{id} so")]["now"], "supported", "{id}");
        assert_eq!(
            verdicts[&format!("{id} not so")]["now"],
            "contradicted",
            "{id}"
        );
    }
}

#[test]
fn a_verdict_of_few_cases_or_of_unknown_ones_is_not_settled() {
    // The three cases that the fixture comes with: of two mediations one ended in a partial agreement.
    let project = Project::three_cases();
    let share = |outcome: &str| {
        format!(
            "measure = {{ form = \"share\", that = {{ outcome = {{ at_least = \"{outcome}\" }} }} }}"
        )
    };
    let claims = [
        claim(
            "all of two",
            "",
            &share("process"),
            "at_least = 0.9",
            "below = 0.3",
        ),
        claim(
            "none of two",
            "",
            &share("settlement"),
            "at_least = 0.7",
            "below = 0.1",
        ),
        claim(
            "half of two",
            "",
            &share("partial"),
            "at_least = 0.9",
            "below = 0.1",
        ),
        claim(
            "nothing",
            "",
            "measure = { form = \"share\", of = { depth = \"leverage\" }, that = { outcome = \"process\" } }",
            "at_least = 0.5",
            "below = 0.1",
        ),
    ];
    let open = claim(
        "open",
        "",
        &share("process"),
        "at_least = 0.9",
        "below = 0.5",
    );
    let verdicts = verdicts(&project, &(claims.concat() + &open));
    // Wilson's limits of two of two are 34% and 100%, of none of two 0% and 66%.
    assert_eq!(verdicts["open"]["now"], "open");
    assert_eq!(verdicts["all of two"]["now"], "points_supported");
    assert_eq!(verdicts["none of two"]["now"], "points_contradicted");
    assert_eq!(verdicts["half of two"]["now"], "mixed");
    assert_eq!(verdicts["nothing"]["now"], "undecided");
    assert_eq!(verdicts["nothing"]["now_runs"], "");

    // A count that an unknown outcome could turn is not settled either, though chance cannot move it.
    let more = "x,NOR,Talks x,mediation,2012-05,2012-06,unknown,book\n";
    let count = "measure = { form = \"count\", of = { outcome = { at_least = \"ceasefire\" } } }";
    let claims = claim("no more", "", count, "at_most = 40", "at_least = 41");
    assert_eq!(
        self::verdicts(&record(""), &claims)["no more"]["now"],
        "supported"
    );
    assert_eq!(
        self::verdicts(&record(more), &claims)["no more"]["now"],
        "open"
    );
}

#[test]
fn tests_that_disagree_make_a_claim_mixed_and_none_makes_it_not_testable() {
    let one = claim("both", "", FORMS[0].1, FORMS[0].2, FORMS[0].3);
    let other = claim("both", "", FORMS[1].1, FORMS[1].3, FORMS[1].2);
    let second = &other[other.find("[[claim.test]]").unwrap()..];
    let bare = "[[claim]]\nid = \"bare\"\nparagraph = \"1\"\ntext = \"t\"\ncannot_show = \"It.\"\n";
    let verdicts = verdicts(&record(""), &(one + second + bare));
    assert_eq!(verdicts["both"]["now"], "mixed");
    assert_eq!(verdicts["bare"]["now"], "not_testable");
}

#[test]
fn a_forecast_counts_only_what_began_after_it() {
    // Forty mediations reached a ceasefire, all in 2011 to 2014: ten of them in 2014.
    let count = |least: u32| {
        let bounds = [format!("at_least = {least}"), format!("below = {least}")];
        claim(
            &least.to_string(),
            "forecast = true",
            "measure = { form = \"count\", of = { outcome = \"ceasefire\" } }",
            &bounds[0],
            &bounds[1],
        )
    };
    let claims = format!("date = \"2013-12-31\"\n{}{}", count(10), count(11));
    let verdicts = verdicts(&record(""), &claims);
    assert_eq!(verdicts["10"]["now"], "supported");
    assert_eq!(verdicts["11"]["now"], "contradicted");
    // To a claim of the day of the cut-off everything is still to come.
    let claims = format!("date = \"2026-06-30\"\n{}", count(10));
    assert_eq!(self::verdicts(&record(""), &claims)["10"]["now"], "not_yet");
}

#[test]
fn a_verdict_that_hangs_on_one_case_says_on_which() {
    let only = "first,NOR,Talks of old,mediation,1990-05,1990-06,settlement,book\n";
    let project = record(only);
    let count = "measure = { form = \"count\", of = { outcome = \"settlement\" } }";
    let claims = claim("one", "", count, "at_least = 1", "below = 1");
    let row = verdicts(&project, &claims).remove("one").unwrap();
    assert_eq!(row["now"], "supported");
    // One run for each of 51 cases, and one with offers counted. The mediator has no other variations.
    assert_eq!(
        row["now_runs"],
        "same direction in 51 of 52; towards contradiction in 1 (without first)"
    );
    assert_eq!((&*row["now_same_n"], &*row["now_same_of"]), ("51", "52"));
    // Without a case that the claim itself names nothing can be said of it.
    let named =
        "measure = { form = \"count\", of = { case = \"first\", outcome = \"settlement\" } }";
    let claims = claim("named", "", named, "at_least = 1", "below = 1");
    assert_eq!(
        verdicts(&project, &claims)["named"]["now_runs"],
        "same direction in 51 of 51"
    );
}

/// The record, with 24 meetings at home of one case and few of others, in so many cases.
fn long_process(cases: usize) -> Project {
    let project = record("");
    let mut events = String::from("event_id,case_id,type,start,end,place,country,outcome\n");
    let clusters = [
        (24, 24),
        (1, 3),
        (0, 2),
        (1, 1),
        (2, 2),
        (0, 1),
        (3, 4),
        (0, 1),
        (1, 2),
        (1, 1),
        (0, 3),
        (2, 3),
    ];
    for (case, (home, all)) in clusters.into_iter().take(cases).enumerate() {
        for at in 0..all {
            let country = if at < home { "NOR" } else { "CUB" };
            let _ = writeln!(
                events,
                "e{case}x{at},c{case},round,{year},{year},{country}-town,{country},ceasefire",
                year = 1991 + 2 * case.min(9)
            );
        }
    }
    project.write("data/events.csv", events.as_bytes());
    project
}

#[test]
fn many_meetings_of_few_cases_make_no_verdict_firm() {
    let measure = FORMS[7].1;
    let claims = claim("home", "", measure, "at_least = 0.5", "below = 0.25");
    let now = |cases| verdicts(&long_process(cases), &claims)["home"]["now"].clone();
    // 31 of 37 would be firm if they were independent: prop.test has 0.689 and 0.923.
    assert_eq!(now(7), "points_supported");
    // With twelve cases the interval is the cases' own: R has 0.310 and 0.918, prop.test 0.605 and 0.847.
    assert_eq!(now(12), "points_supported");
    let numbers = |cases| {
        let project = long_process(cases);
        project.write("data/claims.toml", claims.as_bytes());
        let run = ["table", "claim_tests", "--data", "data", "--format", "csv"];
        rows(project.run(&run).exits(0).stdout.as_bytes()).remove(0)
    };
    let few = numbers(7);
    assert_eq!((&*few["low"], &*few["high"], &*few["firm"]), ("", "", "0"));
    assert_eq!(
        few["in_words"],
        "84%: 31 of 37; by case 24/24, 3/4, 1/3, 2/2, 0/2, 1/1, 0/1; interval not computable: there are fewer than 10 cases"
    );
    let many = numbers(12);
    let limit = |column: &str| many[column].parse::<f64>().unwrap();
    assert!(
        (limit("low") - 0.310).abs() < 0.02 && (limit("high") - 0.918).abs() < 0.01,
        "{many:?}"
    );
}

#[test]
fn the_numbers_of_the_bundled_claims_are_those_of_r() {
    // R 4.2.2 on the same files: poisson.test() for ratios of rates; Wilson's limits by prop.test(correct =
    // FALSE), and Newcombe's from them; cor(method = "kendall") with tanh(atanh(tau) ± 1.96 √(0.437/(n−4))).
    let expected = [
        ("1", 0, 15.0, None),
        ("3", 0, 4.297_135, Some((1.326_514, 13.561_07))),
        ("3", 1, 4.018_1, None),
        ("4", 0, 0.542_613_6, None),
        ("4", 1, 29.0 / 32.0, None),
        ("7", 0, 7.0 / 18.0, Some((0.203_052_5, 0.613_809_6))),
        ("8", 0, 4.0 / 6.0, None),
        ("9", 1, 6.0 / 9.0 - 5.0 / 8.0, None),
        ("13", 0, 19.0 / 28.0, None),
        ("13", 1, 9.0 / 15.0, None),
        ("16", 0, 11.0 / 17.0, None),
        ("16", 1, -0.182_011, Some((-0.495_565_9, 0.173_514_3))),
        ("22", 0, 0.083_333_3, Some((-0.318_357_6, 0.443_199_6))),
        ("24", 0, 0.663_638_4, Some((0.067_266_5, 3.485_46))),
    ];
    let table = printed_of_frozen("claim_tests");
    // Meetings of fewer than ten cases on a side have no interval, and carry no firm verdict.
    for row in table.iter().filter(|row| row["what"].contains("meetings")) {
        assert_eq!(
            ["", "", "0"],
            ["low", "high", "firm"].map(|column| &*row[column]),
            "{row:?}"
        );
    }
    for (id, at, value, limits) in expected {
        let is_it = |row: &&Row| row["id"] == id && row["view"] == "now";
        let row = table.iter().filter(is_it).nth(at).unwrap();
        let near = |column: &str, expected: f64| {
            let ours: f64 = row[column].parse().unwrap();
            assert!(
                (ours - expected).abs() < 1e-4 * expected.abs().max(1.0),
                "{column} {row:?}"
            );
        };
        near("value", value);
        if let Some((low, high)) = limits {
            near("low", low);
            near("high", high);
        }
    }
}

#[test]
fn the_command_prints_the_claims_asked_for_and_knows_no_others() {
    let project = Project::frozen();
    let run = project
        .run(&["claims", "24", "25", "--data", "data"])
        .exits(0)
        .keeps_quiet();
    run.says("24  Paragraph 9: The seat on the Security Council")
        .says("the cases of the article, as of 11 April 2017: too early to tell")
        .says("all cases, as of 11 March 2026: open: compatible with both")
        .says("0.66 times (0.07 to 3.49): 2 in 1.7 years, 7 in 4.0 years")
        .says("25  Paragraph 9:")
        .says("all cases, as of 11 March 2026: not testable")
        .says("Of 25 claims 15 can be tested with such data: ");
    let run = project.run(&["claims", "26", "--data", "data"]).exits(2);
    run.complains("there is no claim named \"26\"");
    let project = Project::three_cases();
    let run = project.run(&["claims", "--data", "data"]).exits(2);
    run.complains("[[claim]] in claims.toml");
}

#[test]
fn a_coder_who_did_not_code_a_variable_leaves_its_claims_without_a_number() {
    let run = Project::empty()
        .run(&["claims", "4", "--coder", "A"])
        .exits(0);
    run.says("as coded by A: cannot be computed")
        .says("is not coded in these data");
}
