//! How the slow computations grow: `cargo bench --profile dev`, whose profile is the one that a
//! newcomer runs.
#![expect(
    clippy::unwrap_used,
    reason = "a benchmark stops where something is not as it should be"
)]

#[path = "../tests/suite/crowd.rs"]
mod crowd;

use bitim::analyse::statistics::cochran_armitage::{self, Group};
use bitim::analyse::statistics::freeman_halton;
use bitim::analyse::{self, Question};
use bitim::load::{self, Store};
use bitim::validate::{self, Dataset};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// Five by six counts of `n` cases, drawn as if rows and columns had nothing to do with each other, by the
/// generator of Park and Miller.
fn table(n: u64) -> Vec<Vec<u64>> {
    let mut counts = vec![vec![0; 6]; 5];
    let mut state = 1_u64;
    for _ in 0..n {
        state = state * 48271 % 2_147_483_647;
        let cell = usize::try_from(state % 30).unwrap();
        counts[cell / 6][cell % 6] += 1;
    }
    counts
}

#[divan::bench(args = [20, 40, 60, 80], sample_count = 3, sample_size = 1)]
fn freeman_halton_5_by_6(bencher: Bencher, n: u64) {
    let counts = table(n);
    bencher.bench(|| freeman_halton::test(black_box(&counts)).unwrap());
}

#[divan::bench(args = [50, 100, 200, 400], sample_count = 10)]
fn cochran_armitage_exact(bencher: Bencher, n: u64) {
    // Five periods of equal size, in which the share of successes rises from a tenth to a half.
    let groups = [1_u32, 2, 3, 4, 5].map(|period| Group {
        score: f64::from(period),
        successes: n / 50 * u64::from(period),
        total: n / 5,
    });
    bencher.bench(|| cochran_armitage::exact(black_box(&groups)).unwrap());
}

/// The bundled record with every case so many times.
fn crowd(copies: usize) -> Dataset {
    let folder = tempfile::tempdir().unwrap();
    for (file, bytes) in crowd::files(copies) {
        std::fs::write(folder.path().join(file), bytes).unwrap();
    }
    let records = load::dataset(&Store::Folder(folder.path().to_owned())).unwrap();
    validate::check(records).unwrap().accept().unwrap()
}

/// About 300, 1,000 and 3,000 cases.
#[divan::bench(args = [11, 36, 108], sample_count = 3, sample_size = 1)]
fn sensitivity_of_28_cases_times(bencher: Bencher, copies: usize) {
    let cases = crowd(copies);
    // A selection keeps its runs.
    bencher
        .with_inputs(|| cases.select(&Question::default()).unwrap())
        .bench_refs(|selection| analyse::sensitivity(black_box(selection), &|_, _| ()).unwrap());
}
