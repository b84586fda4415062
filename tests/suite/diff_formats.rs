//! The formats of a comparison, and what holds of any two releases.

use bitim::analyse::Question;
use bitim::analyse::diff::{Diff, diff};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::diff::{CASE, CODE, LABEL, PARTY, RELEASE, TITLE, cases, copy, releases};
use crate::harness::golden;

#[test]
fn text_says_what_it_leaves_out_and_json_leaves_nothing_out() {
    let project = releases(&[]);
    let mut parties = project.read("data/parties.csv");
    for number in 0..25 {
        parties.extend(format!("fjord,P{number},participant\n").bytes());
    }
    project.write("new/parties.csv", &parties);
    project
        .run(&["diff", "data", "new"])
        .exits(1)
        .says("… and 5 more; --format md or json shows all");
    for format in ["md", "json"] {
        project
            .run(&["diff", "data", "new", "--format", format])
            .exits(1)
            .says("P24");
    }
}

#[test]
fn what_cannot_be_compared_is_named() {
    let project = releases(&[
        ("cases.csv", "partial", "parcial"),
        ("study.toml", "name = \"all\"", "name = \"whole\""),
    ]);
    project
        .run(&["diff", "data", "new"])
        .exits(2)
        .complains("the data set new has 1 error; `bitim check` lists them");
    copy(
        &project,
        &[("study.toml", "name = \"all\"", "name = \"whole\"")],
    );
    project
        .run(&["diff", "data", "new", "--view", "whole"])
        .exits(2)
        .complains("the old release cannot be asked this")
        .complains("known are all");
    project
        .run(&["diff", "data", "nowhere"])
        .exits(2)
        .complains("nowhere/codebook.toml");
}

#[test]
fn a_diff_is_golden_in_every_format() {
    let project = releases(&[CODE, CASE, RELEASE, LABEL, TITLE, PARTY]);
    let made = ["text", "md", "json"].map(|format| {
        let run = project
            .run(&["diff", "data", "new", "--format", format])
            .exits(1);
        (
            format!("diff.{format}"),
            run.keeps_quiet().stdout.into_bytes(),
        )
    });
    golden("diff", &made);
}

fn few() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_261_125),
        ..ProptestConfig::with_cases(16)
    }
}

/// What came for one is what went for the other, and what was old is new.
fn mirrored(mut diff: Diff) -> Diff {
    std::mem::swap(&mut diff.old, &mut diff.new);
    std::mem::swap(&mut diff.tables_added, &mut diff.tables_removed);
    for rows in &mut diff.rows {
        std::mem::swap(&mut rows.added, &mut rows.removed);
        for changed in &mut rows.changed {
            std::mem::swap(&mut changed.old, &mut changed.new);
        }
    }
    for setting in &mut diff.settings {
        std::mem::swap(&mut setting.old, &mut setting.new);
    }
    for table in &mut diff.numbers {
        std::mem::swap(&mut table.added, &mut table.removed);
        std::mem::swap(&mut table.columns_added, &mut table.columns_removed);
        for moved in table.moved.iter_mut().chain(&mut table.renamed) {
            std::mem::swap(&mut moved.old, &mut moved.new);
        }
    }
    for headline in &mut diff.headlines {
        std::mem::swap(&mut headline.old, &mut headline.new);
    }
    diff
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn a_diff_with_itself_is_empty_and_two_ways_mirror_each_other(
        one in prop::sample::subsequence(vec![CODE, CASE, RELEASE, PARTY], 0..=4),
        other in prop::sample::subsequence(vec![CODE, CASE, RELEASE, PARTY], 0..=4),
    ) {
        let (one, other) = (releases(&one), releases(&other));
        let (a, b) = (cases(&one, "new"), cases(&other, "new"));
        let compare = |old, new| diff(old, new, &Question::default()).unwrap();
        prop_assert!(compare(&a, &a).is_empty());
        prop_assert_eq!(mirrored(compare(&a, &b)), compare(&b, &a));
    }
}
