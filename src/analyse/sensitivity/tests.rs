//! Every run by exchange is the run that selects its cases anew and reads the table of the profile.

use super::*;
use crate::analyse::statistics::random::SplitMix64;
use crate::analyse::tables::profile;
use crate::analyse::{Assumptions, Cell, Question, Table, claims, thresholds};
use crate::load::{self, Store};
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::validate::typed::texts;
use crate::validate::{self, Dataset};

fn data() -> Vec<Dataset> {
    let fixture = |name: &str| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/");
        Store::Folder(format!("{folder}{name}").into())
    };
    [Store::Bundled, fixture("record"), fixture("harbour")]
        .map(|store| {
            let records = load::dataset(&store).unwrap();
            validate::check(records).unwrap().accept().unwrap()
        })
        .into()
}

/// The values as the table of the profile has them.
fn by_table(selection: &Selection) -> Values {
    let table = profile::SPEC.computed(selection).unwrap();
    let is_period = |row: &usize| table.cell(*row, "period").and_then(Cell::code).is_some();
    let rows: Vec<usize> = (0..table.rows.len()).filter(is_period).collect();
    let first = rows.first().copied();
    let last = rows.last().copied().filter(|last| Some(*last) != first);
    let cell = |row: Option<usize>, column: &str| table.cell(row?, column);
    let count = |row, column| Some(quantities::real(cell(row, column)?.count()?));
    let rate = |row| match cell(row, "years")? {
        Cell::Number(years) if *years > 0.0 => Some(count(row, "cases")? / years),
        _ => None,
    };
    let roles = selection.depths();
    let rank = |row, column: &str| {
        let code = cell(row, column)?.code()?;
        roles.iter().position(|(known, _)| known == code)
    };
    let depth = |row| {
        let (low, high) = (rank(row, "depth_low")?, rank(row, "depth_high")?);
        Some(f64::midpoint(
            quantities::real(low as u64),
            quantities::real(high as u64),
        ))
    };
    let hosted = |row| cell(row, "hosted")?.share()?.value();
    let ratio = rate(last)
        .zip(rate(first))
        .filter(|(_, first)| *first > 0.0);
    let values = [
        ("mediations", total(&table)),
        ("frequency", ratio.map(|(last, first)| last / first)),
        ("depth_first", depth(first)),
        ("depth_last", depth(last)),
        ("hosted_first", hosted(first)),
        ("hosted_last", hosted(last)),
    ];
    let thresholds = thresholds::of(selection).into_iter();
    let thresholds =
        thresholds.map(|threshold| (threshold.column.clone(), pooled(&table, &threshold.column)));
    let values = values.map(|(name, value)| (name.to_owned(), value));
    let values = values.into_iter().chain(thresholds);
    values
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
}

fn total(table: &Table) -> Option<f64> {
    let counts = table.column("cases")?.filter_map(Cell::count);
    Some(quantities::real(counts.sum()))
}

/// The share over all periods.
fn pooled(table: &Table, column: &str) -> Option<f64> {
    let shares = table.column(column)?.filter_map(Cell::share);
    let (part, whole) = shares.fold((0, 0), |(part, whole), share| {
        (part + share.successes, whole + share.trials)
    });
    (whole > 0).then(|| quantities::real(part) / quantities::real(whole))
}

/// Assumptions about some of the cases, drawn by a seed, besides those that are there.
fn drawn(data: &Dataset, random: &mut SplitMix64, assumptions: &mut Assumptions) {
    let cases = texts(data.engagements().unwrap(), "case").unwrap();
    let cases: Vec<&str> = cases.iter().flatten().collect();
    let mut any = |n: usize| usize::try_from(random.below(n as u64)).unwrap();
    let outcomes = data.codes(Concept::Outcome);
    let bases = data.codes(Concept::Basis);
    for _ in 0..any(8) {
        let case = cases[any(cases.len())].to_owned();
        match any(5) {
            0 => drop(assumptions.without.insert(case)),
            1 => {
                let code = outcomes[any(outcomes.len())].code.clone();
                assumptions.outcomes.insert(case, code);
            }
            2 => drop(assumptions.unknown.insert((Concept::Outcome, case))),
            3 => drop(assumptions.unknown.insert((Concept::Start, case))),
            _ if bases.is_empty() => (),
            _ => {
                let basis = bases[any(bases.len())].code.clone();
                assumptions.bases.insert((case, basis));
            }
        }
    }
}

/// Runs that take several cases otherwise in several ways at once, of what is itself asked under
/// assumptions, are those of their selections.
fn mixed<N: Numbers>(data: &Dataset, numbers: &N, slow: impl Fn(&Selection) -> N::Answer)
where
    N::Answer: PartialEq + std::fmt::Debug,
{
    let mut random = SplitMix64::new(1);
    for view in &data.study().views {
        let mut question = Question {
            view: Some(view.name.get_ref().clone()),
            ..Question::default()
        };
        drawn(data, &mut random, &mut question.assumptions);
        let selection = data.select(&question).unwrap();
        let variation = |_| {
            let label = Label::default();
            let assume = |assumed: &mut Assumptions| drawn(data, &mut random, assumed);
            variations::assuming(&selection, Group::Confidence, label, assume)
        };
        let variations: Vec<Variation> = (0..20).map(variation).collect();
        let all: Vec<&Variation> = variations.iter().collect();
        let fast = under_exchanges(&selection, &all, numbers).unwrap();
        assert_eq!(fast.len(), all.len());
        for (fast, variation) in fast.into_iter().zip(all) {
            let asked = data.select(&variation.question).unwrap();
            assert_eq!(fast, slow(&asked), "{:?}", variation.question.assumptions);
        }
    }
}

#[test]
fn every_run_has_the_numbers_of_the_table_of_its_own_selection() {
    for data in data() {
        for view in data.study().views.clone() {
            let question = Question {
                view: Some(view.name.get_ref().clone()),
                ..Question::default()
            };
            let selection = data.select(&question).unwrap();
            let (base, runs) = runs(&selection, &|_, _| ()).unwrap();
            let asked = by_table(&selection);
            let of_base = base
                .iter()
                .filter_map(|one| Some((one.name.clone(), one.value?)));
            assert_eq!(of_base.collect::<Values>(), asked);
            let of_one = runs.iter().filter(|run| run.variation.group == Group::Case);
            assert!(of_one.count() > 0 && runs.iter().any(|run| run.values != asked));
            for run in runs {
                let variation = &run.variation;
                if variation.group != Group::Unit && variation.coder.is_none() {
                    let asked = data.select(&variation.question).unwrap();
                    assert_eq!(run.values, by_table(&asked), "{:?}", variation.label);
                }
            }
        }
    }
}

#[test]
fn runs_of_any_mixture_of_cases_have_the_numbers_of_the_table() {
    for data in data() {
        mixed(&data, &Headlined, by_table);
    }
}

#[test]
fn claims_in_runs_of_any_mixture_of_cases_lie_where_their_selections_have_them() {
    for data in data() {
        let directions = claims::Directions(data.claims());
        mixed(&data, &directions, |asked| directions.whole(asked).unwrap());
    }
}

#[test]
fn claims_by_sums_lie_where_claims_with_intervals_do() {
    for data in data() {
        for view in &data.study().views {
            let question = Question {
                view: Some(view.name.get_ref().clone()),
                ..Question::default()
            };
            let asked = data.select(&question).unwrap();
            let judged = claims::judge(data.claims(), &asked).unwrap();
            let directions = judged.iter().map(claims::direction_of);
            let directions: Vec<Option<claims::Side>> = directions.collect();
            assert!(directions.iter().any(Option::is_some));
            let sums = claims::Directions(data.claims()).whole(&asked).unwrap();
            assert_eq!(sums, directions);
        }
    }
}
