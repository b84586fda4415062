//! What was held at home, case by case.

use std::collections::BTreeMap;

use polars::prelude::{IntoLazy as _, col};

use super::by_case::{ByCase, SEED};
use super::count::Counts;
use super::selection::Selection;
use super::statistics::clustered::{self, Cluster};
use super::statistics::not_computable::NotComputable;
use crate::error::Result;

/// How many exchanges a test draws if there are more.
pub(super) const EXCHANGES: u32 = 9999;

/// Of the events of a kind, `is_act` or `is_meeting`, of which it is known, those at home.
pub(super) fn of(selection: &Selection, kind: &str) -> Result<ByCase> {
    let mut whole = ByCase::default();
    for ([case], counts) in counted(selection, kind, ["case"])?.iter() {
        whole.insert(case.as_deref().unwrap_or_default(), cluster(counts));
    }
    Ok(whole)
}

/// The same in each period; under `None` the events of no period.
pub(super) fn by_period(
    selection: &Selection,
    kind: &str,
) -> Result<BTreeMap<Option<String>, ByCase>> {
    let mut periods: BTreeMap<Option<String>, ByCase> = BTreeMap::new();
    for ([period, case], counts) in counted(selection, kind, ["period", "case"])?.iter() {
        let inside = periods.entry(period.clone()).or_default();
        inside.insert(case.as_deref().unwrap_or_default(), cluster(counts));
    }
    Ok(periods)
}

/// How many of the events were at home, of how many of which it is known.
fn counted<const N: usize>(selection: &Selection, kind: &str, by: [&str; N]) -> Result<Counts<N>> {
    let known = col(kind).and(col("hosted").is_not_null());
    let at_home = known.clone().and(col("hosted"));
    Counts::of(selection.events.clone().lazy(), by, &[at_home, known])
}

fn cluster(counts: &[u64]) -> Cluster {
    Cluster {
        successes: counts[0],
        trials: counts[1],
    }
}

/// Whether the share at home changed over the periods, and in how many cases there was something to host.
pub(super) struct Change {
    pub(super) cases: usize,
    pub(super) p: std::result::Result<f64, NotComputable>,
}

/// Tests the change over all periods by exchanging whole cases, each at the mean position of its events.
pub(super) fn change(
    selection: &Selection,
    by_period: &BTreeMap<Option<String>, ByCase>,
) -> Change {
    let mut cases: BTreeMap<&str, (f64, Cluster)> = BTreeMap::new();
    for (position, period) in (1_u32..).zip(&selection.periods) {
        let inside = by_period.get(&Some(period.code.clone()));
        for (case, cluster) in inside.into_iter().flat_map(ByCase::iter) {
            let (sum, all) = cases.entry(case).or_default();
            *sum += f64::from(position) * real(cluster.trials);
            all.successes += cluster.successes;
            all.trials += cluster.trials;
        }
    }
    let cases: Vec<(f64, Cluster)> = cases
        .into_values()
        .map(|(sum, all)| (sum / real(all.trials), all))
        .collect();
    Change {
        cases: cases.len(),
        p: clustered::trend(&cases, EXCHANGES, SEED).map(|test| test.p.two_sided),
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of events are small")]
const fn real(count: u64) -> f64 {
    count as f64
}
