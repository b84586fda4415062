//! What is taken otherwise than the data and the study say, to see whether a number depends on it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::concept::Concept;
use crate::model::study::Study;

/// Deviations from the data and the study. The default is none.
///
/// They are part of the question and not a changed copy of the data, so that every table answers
/// under them by the same code, and the data that were checked stay what they are.
#[derive(Clone, Debug, Default)]
pub struct Assumptions {
    /// The parameters of the study, if they are not its own: another threshold, other kinds that count.
    pub study: Option<Study>,
    /// Cases that are left out.
    pub without: BTreeSet<String>,
    /// Case → the outcome that it is taken to have had.
    pub outcomes: BTreeMap<String, String>,
    /// The case and the basis of roles that count besides those that the study counts.
    pub bases: BTreeSet<(String, String)>,
    /// The variable and the case of codes that are taken not to be known: [`Concept::Outcome`] or
    /// [`Concept::Start`].
    pub unknown: BTreeSet<(Concept, String)>,
}
