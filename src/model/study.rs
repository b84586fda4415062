//! What this study asks of the data, as `study.toml` says it: all parameters of the numbers.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::date::{Day, Interval, days};
use super::label::Label;
use super::rule::Test;

/// The name under which a model takes the period of a case's start.
pub const PERIOD: &str = "period";

/// The name under which models and conditions take the deepest provided role of a case.
pub const DEPTH: &str = "depth";

/// The parameters of a study. Each is printed with the numbers that it shapes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Study {
    /// The mediator studied; without one, every case counts.
    pub mediator: Option<Spanned<String>>,
    /// The country that is "home", as places name it: of the mediator studied, or of each by name.
    pub home: Option<Spanned<Home>>,
    /// The last day that the record knows of: spans still open are censored there. Without one it
    /// is the end of the coverage.
    pub cutoff: Option<Spanned<String>>,
    /// The confidence level of intervals.
    pub level: Option<Spanned<f64>>,
    /// Shares of fewer units than this are marked; 5 unless given.
    pub floor: Option<u64>,
    /// A model is not computed with fewer successes, or failures if those are fewer, for each of its
    /// terms; 5 unless given.
    pub events_per_variable: Option<u64>,
    /// Which rows count.
    #[serde(default)]
    pub base: Base,
    /// From where on an outcome is a success.
    pub success: Option<Success>,
    /// The models of success; one for the period, one for the deepest role and one for each variable of `success.by` unless given.
    #[serde(rename = "model", default)]
    pub models: Vec<Model>,
    /// What else is tried, to see whether the numbers depend on it.
    #[serde(default)]
    pub sensitivity: Sensitivity,
    /// The schemes of periods; the first is the default.
    #[serde(rename = "scheme", default)]
    pub schemes: Vec<Scheme>,
    /// The view whose cases several people coded: its date is that of their codings.
    pub coded: Option<Spanned<String>>,
    /// The views; the first is the default.
    #[serde(rename = "view", default)]
    pub views: Vec<View>,
}

/// Where mediators are at home.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "a country, or mediator = country for each")]
pub enum Home {
    /// The country of the mediator that the study is about.
    One(String),
    /// Mediator → its country.
    Each(BTreeMap<String, String>),
}

/// Which rows count. An empty list means all.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Base {
    /// The kinds that are mediations; other kinds are counted apart as offers.
    #[serde(default)]
    pub kind: Vec<Spanned<String>>,
    /// The bases on which a role counts.
    #[serde(default)]
    pub basis: Vec<Spanned<String>>,
    /// The uptakes with which a role counts as provided.
    #[serde(default)]
    pub uptake: Vec<Spanned<String>>,
    /// Types of events that are meetings, which somebody hosts; the share hosted at home is of
    /// these.
    #[serde(default)]
    pub meeting: Vec<Spanned<String>>,
    /// Types of events that only bound a case and are no acts of the mediator.
    #[serde(default)]
    pub context: Vec<Spanned<String>>,
    /// The standings of parties that mediate beside the mediator; unlike the others, an empty list
    /// means none.
    #[serde(default)]
    pub co_mediator: Vec<Spanned<String>>,
}

/// From where on an outcome is a success.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Success {
    /// The lowest outcome that counts.
    pub threshold: Spanned<String>,
    /// A second threshold, printed beside the first.
    pub second_threshold: Option<Spanned<String>>,
    /// From where on talks were held; the second outcome of the scale unless given.
    pub talks: Option<Spanned<String>>,
    /// Coded variables of the table of cases by which success is told apart besides period and role.
    #[serde(default)]
    pub by: Vec<Spanned<String>>,
}

/// A logistic regression of success on a few variables of cases.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// The name in tables for other programs.
    pub name: Spanned<String>,
    /// The name a reader sees.
    pub label: Label,
    /// What success is explained by: `period`, `depth` for the deepest role, or coded variables of the
    /// table of cases. What has an order counts in steps, what has none by category.
    pub predictors: Vec<Spanned<String>>,
}

/// What is tried besides what every data set allows, to see whether a number depends on it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sensitivity {
    /// The variable of the cases that holds a second defensible code of the outcome.
    pub alternative: Option<Spanned<String>>,
    /// The bases of roles that do not count and hold a second reading of what a case did: each case is
    /// asked once more with them.
    #[serde(default)]
    pub basis: Vec<Spanned<String>>,
    /// Cases that somebody might leave out.
    #[serde(default)]
    pub without: Vec<Without>,
}

/// Cases that somebody might leave out: those whose variables pass every test. Besides the
/// variables of the table of cases, `depth` is the deepest provided role.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Without {
    /// What a reader sees: `without cases of …`.
    pub label: Label,
    /// Variable → test.
    pub cases: BTreeMap<Spanned<String>, Test>,
}

/// A way of cutting the record into periods.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// The name on the command line.
    pub name: Spanned<String>,
    /// The name a reader sees.
    pub label: Label,
    /// The periods, in order and without overlap.
    #[serde(rename = "period")]
    pub periods: Vec<PeriodSpec>,
}

/// A period as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeriodSpec {
    /// Its first day, in EDTF.
    pub start: Spanned<String>,
    /// Its last day; absent for a period that is still running.
    pub end: Option<Spanned<String>>,
    /// The name a reader sees; by default the years.
    pub label: Option<Label>,
}

/// Which cases, as of which date.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// The name on the command line.
    pub name: Spanned<String>,
    /// The name a reader sees.
    pub label: Label,
    /// The date as of which it looks; by default the cut-off.
    pub as_of: Option<Spanned<String>>,
    /// The table that lists its cases; by default all cases.
    pub cases: Option<Spanned<String>>,
}

/// A period: a name and the days it spans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The code, as in `1991-1999` or `2020-`.
    pub code: String,
    /// The name a reader sees.
    pub label: Label,
    /// Its days; a running period ends at the cut-off.
    pub span: Interval,
}

impl Period {
    /// Does the whole interval lie inside the period?
    #[must_use]
    pub fn holds(&self, interval: Interval) -> bool {
        self.span.earliest <= interval.earliest && interval.latest <= self.span.latest
    }

    /// How many years of `window` the period spans: its exposure. A part year is part of a year.
    ///
    /// A year is 365.25 days, so that periods of equal length have equal exposure to within a day.
    #[must_use]
    pub fn exposure(&self, window: Interval) -> f64 {
        let first = self.span.earliest.max(window.earliest).epoch();
        let last = self.span.latest.min(window.latest).epoch();
        f64::from((last - first + 1).max(0)) / 365.25
    }
}

impl Study {
    /// The mediator studied, if it is one.
    #[must_use]
    pub fn studied(&self) -> Option<&str> {
        self.mediator
            .as_ref()
            .map(|studied| studied.get_ref().as_str())
    }

    /// The country that is home to a mediator, or, if none is named, to whoever mediates; `None` if the
    /// study does not say.
    ///
    /// A single country is that of the mediator studied, and of nobody else by name.
    ///
    /// ```
    /// use bitim::model::study::Study;
    /// let study: Study = toml::from_str("mediator = 'NOR'\nhome = 'Norway'")?;
    /// assert_eq!([study.home(Some("NOR")), study.home(Some("QAT"))], [Some("Norway"), None]);
    /// let study: Study = toml::from_str("home = { NOR = 'Norway', QAT = 'Qatar' }")?;
    /// assert_eq!([study.home(Some("QAT")), study.home(None)], [Some("Qatar"), None]);
    /// # Ok::<(), toml::de::Error>(())
    /// ```
    #[must_use]
    pub fn home(&self, mediator: Option<&str>) -> Option<&str> {
        match self.home.as_ref()?.get_ref() {
            Home::One(country) => {
                let is_theirs = mediator.is_none() || mediator == self.studied();
                Some(country.as_str()).filter(|_| is_theirs)
            }
            Home::Each(countries) => countries.get(mediator?).map(String::as_str),
        }
    }

    /// Shares of fewer units than this are marked.
    #[must_use]
    pub fn floor(&self) -> u64 {
        self.floor.unwrap_or(5)
    }

    /// The last day that the record knows of, in a data set that covers `window`.
    #[must_use]
    pub fn cutoff(&self, window: Interval) -> Day {
        self.cutoff
            .as_ref()
            .and_then(|text| days(text.get_ref()))
            .map_or(window.latest, |interval| interval.latest)
    }

    /// The periods of a scheme; a running one ends at the cut-off.
    #[must_use]
    pub fn periods(scheme: &Scheme, cutoff: Day) -> Vec<Period> {
        let years = |span: Interval, open: bool| {
            let (first, last) = (span.earliest.year(), span.latest.year());
            match (open, first == last) {
                (true, _) => format!("{first}-"),
                (false, true) => first.to_string(),
                (false, false) => format!("{first}-{last}"),
            }
        };
        let mut periods: Vec<Period> = scheme
            .periods
            .iter()
            .filter_map(|written| {
                let start = days(written.start.get_ref())?;
                let end = written.end.as_ref().and_then(|end| days(end.get_ref()));
                let span = Interval {
                    earliest: start.earliest,
                    latest: end.map_or(cutoff, |end| end.latest),
                };
                let code = years(span, written.end.is_none());
                let label = written
                    .label
                    .clone()
                    .unwrap_or_else(|| Label::plain(code.replace('-', "–")));
                Some(Period { code, label, span })
            })
            .collect();
        // Periods within one year need their days to be told apart.
        let codes: Vec<String> = periods.iter().map(|period| period.code.clone()).collect();
        for period in &mut periods {
            if codes.iter().filter(|code| **code == period.code).count() > 1 {
                period.code = format!("{}/{}", period.span.earliest, period.span.latest);
                period.label = Label::plain(period.code.replace('/', "–"));
            }
        }
        periods
    }
}
