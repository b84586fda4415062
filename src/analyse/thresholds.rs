//! From where on an outcome is a success, as the study says it.

use super::selection::Selection;
use crate::model::concept::Concept;
use crate::model::label::Label;

/// One of the cuts of a study.
pub(super) struct Threshold {
    /// The name of the column with the share of cases that reach it: `success`, or the outcome's own, as
    /// `reached_process`.
    pub(super) column: String,
    /// The rank of the lowest outcome that does.
    pub(super) rank: usize,
    /// `ceasefire or more`.
    pub(super) label: Label,
}

/// The cut of success, and the wider one beside it; none that the study or the scale of outcomes does
/// not have.
pub(super) fn of(selection: &Selection) -> Vec<Threshold> {
    let scale = selection.codes(Concept::Outcome);
    let Some(success) = &selection.study().success else {
        return Vec::new();
    };
    let named = [
        (Some("success"), Some(&success.cut)),
        (None, success.beside.as_ref()),
    ];
    let text = Label::new("{cut} or more", "{cut} немесе жоғары", "{cut} и выше");
    named
        .into_iter()
        .filter_map(|(column, code)| {
            let code = code?.get_ref();
            let rank = scale.iter().position(|(known, _)| known == code)?;
            let (_, label) = scale.get(rank)?;
            let label = text.fill(&[("cut", label)]);
            Some(Threshold {
                column: column.map_or_else(|| format!("reached_{code}"), str::to_owned),
                rank,
                label,
            })
        })
        .collect()
}
