//! From where on an outcome is a success, as the study says it.

use polars::prelude::{Expr, col, lit};

use super::selection::Selection;
use crate::model::concept::Concept;
use crate::model::label::Label;

/// The column of the share of cases that reach the first threshold.
pub(super) const SUCCESS: &str = "success";

/// One of the thresholds of a study.
pub(super) struct Threshold {
    /// The name of the column with the share of cases that reach it: `success`, or the outcome's own, as
    /// `reached_process`.
    pub(super) column: String,
    /// The rank of the lowest outcome that does.
    pub(super) rank: usize,
    /// `ceasefire`.
    pub(super) name: Label,
    /// `ceasefire or more`.
    pub(super) label: Label,
}

impl Threshold {
    /// Whether a case of a selection reaches it; null where the outcome is not known.
    pub(super) fn reached(&self) -> Expr {
        let rank = i32::try_from(self.rank).unwrap_or(i32::MAX);
        col("outcome_rank").gt_eq(lit(rank))
    }
}

/// The threshold of success, and the wider one beside it; none that the study or the scale of outcomes does
/// not have.
pub(super) fn of(selection: &Selection) -> Vec<Threshold> {
    let scale = selection.codes(Concept::Outcome);
    let Some(success) = &selection.study().success else {
        return Vec::new();
    };
    let named = [
        (Some(SUCCESS), Some(&success.threshold)),
        (None, success.second_threshold.as_ref()),
    ];
    let text = Label::new(
        "{threshold} or more",
        "{threshold} немесе жоғары",
        "{threshold} и выше",
    );
    named
        .into_iter()
        .filter_map(|(column, code)| {
            let code = code?.get_ref();
            let rank = scale.iter().position(|(known, _)| known == code)?;
            let (_, name) = scale.get(rank)?;
            Some(Threshold {
                column: column.map_or_else(|| format!("reached_{code}"), str::to_owned),
                rank,
                label: text.fill(&[("threshold", name)]),
                name: name.clone(),
            })
        })
        .collect()
}
