//! Numbers over observations that come in clusters: meetings of one process, events of one case.
//!
//! What resembles its neighbours says less than its number: 24 meetings of one case are nearer to one
//! observation than to 24. So clusters are drawn, each with all that is in it.

use super::float::{finite, float};
use super::not_computable::NotComputable;
use super::permutation::{Exchange, Permutation, permutation_test};
use super::resampling::{Resampled, percentiles};
use crate::model::estimate::Level;

/// With fewer clusters there is no interval: each resample repeats the same few, so that it would be
/// too narrow by an unknown amount.
pub const FEWEST: usize = 10;

/// A resample of more clusters than this in all would take too long.
const WORK: u64 = 100_000_000;

/// How many observations of a cluster have a property, of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cluster {
    /// Those that have it.
    pub successes: u64,
    /// All of which it is known.
    pub trials: u64,
}

/// Any statistic with a percentile interval by resampling whole clusters.
///
/// An interval for independent observations is too narrow by the square root of the design effect, which
/// is 1 + (m - 1)ρ for clusters of m that correlate by ρ. The interval says what other clusters would have
/// shown. With 10 to 40 it is still somewhat too narrow.
///
/// `statistic` is a function of the clusters that were drawn, some of them more than once. `level` is
/// two-sided; the same `seed` gives the same interval on every machine. A limit that would pass the
/// value itself stops there.
///
/// # Errors
///
/// As the statistic; [`NotComputable::FewClusters`] below [`FEWEST`] clusters;
/// [`NotComputable::NoVariation`] if all resamples give the same value;
/// [`NotComputable::UndefinedResamples`] if more than one resample in twenty has no value;
/// [`NotComputable::TooFew`] for fewer than 100 resamples, [`NotComputable::TooLarge`] if more than
/// a hundred million clusters would be drawn.
///
/// # Examples
///
/// ```
/// use bitim::{analyse::statistics::clustered::{Cluster, bootstrap, share}, model::estimate::Level};
/// let clusters: Vec<Cluster> = [(24, 24), (1, 3), (0, 2), (1, 1), (2, 2), (0, 1), (3, 4), (0, 1), (1, 2), (1, 1), (0, 3), (2, 3)]
///     .map(|(successes, trials)| Cluster { successes, trials }).to_vec();
/// let home = bootstrap(&clusters, share, Level::P95, 2000, 1).unwrap().estimate;
/// assert_eq!(format!("{:.4}", home.value), "0.7447");
/// // R, 200 000 samples by sample(12, replace = TRUE): 0.310 and 0.918; prop.test has 0.605 and 0.847.
/// assert!((home.low - 0.310).abs() < 0.02 && (home.high - 0.918).abs() < 0.01);
/// ```
///
/// # References
///
/// Davison, A. C. & Hinkley, D. V. (1997). *Bootstrap methods and their application*, section 3.8.
/// Cambridge University Press. Cameron, A. C., Gelbach, J. B. & Miller, D. L. (2008). Bootstrap-based
/// improvements for inference with clustered errors. *Review of Economics and Statistics* 90(3), 414–427.
pub fn bootstrap<T>(
    clusters: &[T],
    statistic: impl Fn(&[&T]) -> Result<f64, NotComputable>,
    level: Level,
    resamples: u32,
    seed: u64,
) -> Result<Resampled, NotComputable> {
    let value = statistic(&clusters.iter().collect::<Vec<_>>())?;
    if clusters.len() < FEWEST {
        return Err(NotComputable::FewClusters);
    }
    if u64::from(resamples).saturating_mul(clusters.len() as u64) > WORK {
        return Err(NotComputable::TooLarge);
    }
    let of_drawn = |drawn: &[usize]| {
        let drawn: Vec<&T> = drawn.iter().map(|unit| &clusters[*unit]).collect();
        statistic(&drawn)
    };
    percentiles(value, clusters.len(), of_drawn, level, resamples, seed)
}

/// The share of all observations in these clusters that have the property.
///
/// # Errors
///
/// [`NotComputable::NoData`] if there is no observation.
pub fn share(clusters: &[&Cluster]) -> Result<f64, NotComputable> {
    let sum = |of: fn(&Cluster) -> u64| clusters.iter().map(|cluster| of(cluster)).sum::<u64>();
    let trials = sum(|cluster| cluster.trials);
    if trials == 0 {
        return Err(NotComputable::NoData);
    }
    Ok(float(sum(|cluster| cluster.successes)) / float(trials))
}

/// Tests whether the share rises or falls with a score of the clusters, by exchanging their scores.
///
/// A test of trend over the observations would take each for independent of the others. Here all that
/// is in a cluster keeps together, whatever its size, and p counts arrangements of whole clusters: with
/// few of them it cannot be small, however many observations they hold.
///
/// `clusters` are scores, such as the mean position of the periods of its observations, each with its
/// counts. The statistic is the sum over observations of the score, less its expectation; `resamples` and
/// `seed` as in [`permutation_test`], which enumerates all arrangements if there are no more than
/// `resamples`.
///
/// # Errors
///
/// As [`permutation_test`]; [`NotComputable::NoVariation`] if all observations are equal.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::clustered::{Cluster, trend};
/// let scored = [(1.0, 0, 3), (1.0, 0, 1), (1.0, 0, 1), (5.0, 8, 8), (5.0, 2, 2), (5.0, 0, 1)]
///     .map(|(score, successes, trials)| (score, Cluster { successes, trials }));
/// let test = trend(&scored, 9999, 1).unwrap();
/// // R: of the combn(6, 3) arrangements 6 are as far from 0, and 3 as large: one long case weighs most
/// assert_eq!((test.arrangements, test.p.two_sided, test.p.increasing), (20, 0.3, 0.15));
/// ```
///
/// # References
///
/// As [`permutation_test`].
pub fn trend(
    clusters: &[(f64, Cluster)],
    resamples: u32,
    seed: u64,
) -> Result<Permutation, NotComputable> {
    let all = share(
        &clusters
            .iter()
            .map(|(_, cluster)| cluster)
            .collect::<Vec<_>>(),
    )?;
    if all <= 0.0 || all >= 1.0 {
        return Err(NotComputable::NoVariation);
    }
    let mut scores: Vec<f64> = clusters.iter().map(|(score, _)| *score).collect();
    finite(&scores)?;
    scores.sort_by(f64::total_cmp);
    scores.dedup();
    let place = |score: f64| scores.partition_point(|known| *known < score);
    let labels: Vec<usize> = clusters.iter().map(|(score, _)| place(*score)).collect();
    let excess = |cluster: &Cluster| float(cluster.successes) - all * float(cluster.trials);
    let excess: Vec<f64> = clusters
        .iter()
        .map(|(_, cluster)| excess(cluster))
        .collect();
    let numbers: Vec<u64> = (0..clusters.len() as u64).collect();
    permutation_test(
        &labels,
        &numbers,
        Exchange::WholeCases,
        resamples,
        seed,
        |labels| {
            labels
                .iter()
                .zip(&excess)
                .map(|(label, excess)| scores[*label] * excess)
                .sum()
        },
    )
}
