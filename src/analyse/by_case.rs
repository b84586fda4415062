//! Shares over events: of each case how many of them do, for cases are what is independent.

use std::collections::BTreeMap;

use super::statistics::clustered::{self, Cluster, FEWEST};
use crate::model::estimate::{Level, Share};
use crate::model::label::Label;
use crate::model::measure::percent;

/// How many samples of cases an interval is taken from, and where their draws begin.
pub(super) const RESAMPLES: u32 = 2000;
pub(super) const SEED: u64 = 1;

/// How intervals over events are formed, for the methods of tables.
const METHOD: Label = Label::new(
    "Intervals over events resample whole cases ({resamples} samples, percentiles, seed {seed}; Davison and Hinkley 1997), since events of one case are not independent of each other; with fewer than {fewest} cases there is none.",
    "Оқиғалар бойынша аралықтар тұтас жағдайларды қайта іріктейді ({resamples} іріктеме, перцентильдер, бастапқы сан {seed}; Davison, Hinkley 1997), өйткені бір жағдайдың оқиғалары бір-біріне тәуелді; {fewest} жағдайдан аз болса, аралық жоқ.",
    "Интервалы по событиям получены повторной выборкой целых случаев (выборок: {resamples}; перцентили, начальное число {seed}; Davison, Hinkley 1997), так как события одного случая зависят друг от друга; если случаев меньше {fewest}, интервала нет.",
);

/// The method with its numbers.
pub(super) fn method() -> Label {
    METHOD.fill(&[
        ("resamples", &Label::plain(RESAMPLES.to_string())),
        ("seed", &Label::plain(SEED.to_string())),
        ("fewest", &Label::plain(FEWEST.to_string())),
    ])
}

/// Of each case with a known event how many do, of how many.
#[derive(Clone, Debug, Default)]
pub(super) struct ByCase(BTreeMap<String, Cluster>);

impl ByCase {
    /// Counts events of a case, of which so many do; none of none is not counted.
    pub(super) fn insert(&mut self, case: &str, counted: Cluster) {
        if counted.trials > 0 {
            self.0.insert(case.to_owned(), counted);
        }
    }

    /// Counts one event of a case.
    pub(super) fn add(&mut self, case: &str, does: bool) {
        let cluster = self.0.entry(case.to_owned()).or_default();
        cluster.trials += 1;
        cluster.successes += u64::from(does);
    }

    /// The cases with their counts.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&String, &Cluster)> {
        self.0.iter()
    }

    /// The number of cases.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The share of events, with the interval that whole cases give it.
    pub(super) fn share(&self, level: Level) -> Share {
        let clusters: Vec<Cluster> = self.0.values().copied().collect();
        let sum = |of: fn(&Cluster) -> u64| clusters.iter().map(of).sum();
        let resampled =
            clustered::bootstrap(&clusters, clustered::share, level, RESAMPLES, SEED).ok();
        Share {
            estimate: resampled.map(|resampled| resampled.estimate),
            ..Share::counted(sum(|one| one.successes), sum(|one| one.trials))
        }
    }

    /// The counts of each case, the longest first, as `24/24, 2/3, 0/1`, or as `24, 3, 1` where only what
    /// counts is there; of many cases how many they are.
    pub(super) fn words(&self, are_shares: bool) -> Label {
        if self.len() >= FEWEST {
            let text = Label::new("{n} cases", "{n} жағдай", "случаев: {n}");
            return text.fill(&[("n", &Label::plain(self.len().to_string()))]);
        }
        let mut clusters: Vec<&Cluster> = self.0.values().collect();
        clusters.sort_by_key(|one| std::cmp::Reverse((one.trials, one.successes)));
        let counts = clusters.iter().map(|one| {
            Label::plain(if are_shares {
                format!("{}/{}", one.successes, one.trials)
            } else {
                one.trials.to_string()
            })
        });
        let text = Label::new(
            "by case {counts}",
            "жағдай бойынша {counts}",
            "по случаям {counts}",
        );
        text.fill(&[("counts", &Label::join(&counts.collect::<Vec<_>>(), ", "))])
    }

    /// `10 of 11 (91%; by case 8/8, 2/3)`, with the interval where there is one; `None` without an event.
    pub(super) fn in_words(&self, level: Level) -> Option<Label> {
        let share = self.share(level);
        let interval = share.estimate.map(|estimate| {
            let text = Label::new("{low} to {high}", "{low} – {high}", "от {low} до {high}");
            text.fill(&[
                ("low", &percent(estimate.low)),
                ("high", &percent(estimate.high)),
            ])
        });
        let inside: Vec<Label> = [percent(share.value()?)]
            .into_iter()
            .chain(interval)
            .chain([self.words(true)])
            .collect();
        let text = Label::new(
            "{k} of {n} ({inside})",
            "{n} ішінен {k} ({inside})",
            "{k} из {n} ({inside})",
        );
        Some(text.fill(&[
            ("k", &Label::plain(share.successes.to_string())),
            ("n", &Label::plain(share.trials.to_string())),
            ("inside", &Label::join(&inside, "; ")),
        ]))
    }
}
