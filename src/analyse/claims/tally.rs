//! How many units do, and of how many it is not known.

use crate::model::label::Label;

/// How many do, do not, and are not known to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) yes: u64,
    pub(super) no: u64,
    pub(super) unknown: u64,
}

impl Tally {
    pub(super) fn of(truths: &[Option<bool>]) -> Self {
        let count = |truth| truths.iter().filter(|known| **known == truth).count() as u64;
        Self {
            yes: count(Some(true)),
            no: count(Some(false)),
            unknown: count(None),
        }
    }

    /// Of the units in a group those that do and do not; unknown if either is.
    pub(super) fn within(group: &[Option<bool>], that: &[Option<bool>]) -> Self {
        let inside = group
            .iter()
            .zip(that)
            .filter(|(group, _)| **group != Some(false));
        let truths: Vec<Option<bool>> = inside
            .map(|(group, that)| group.and_then(|_| *that))
            .collect();
        Self::of(&truths)
    }

    pub(super) const fn known(self) -> u64 {
        self.yes + self.no
    }

    /// `4 of 6`.
    pub(super) fn words(self) -> Label {
        Label::new(
            "{yes} of {known}",
            "{known} ішінен {yes}",
            "{yes} из {known}",
        )
        .fill(&[
            ("yes", &Label::plain(self.yes.to_string())),
            ("known", &Label::plain(self.known().to_string())),
        ])
    }

    /// The share if all that is not known were a no, and if it were a yes.
    pub(super) fn bounds(self) -> (f64, f64) {
        let all = real(self.known() + self.unknown);
        (real(self.yes) / all, real(self.yes + self.unknown) / all)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
pub(super) const fn real(count: u64) -> f64 {
    count as f64
}
