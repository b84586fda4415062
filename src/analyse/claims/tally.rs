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
    /// Counts a unit of a group that does or does not; unknown if either is, and nothing outside it.
    pub(super) fn count(&mut self, group: Option<bool>, that: Option<bool>) {
        if group == Some(false) {
            return;
        }
        match group.and(that) {
            Some(true) => self.yes += 1,
            Some(false) => self.no += 1,
            None => self.unknown += 1,
        }
    }

    pub(super) const fn add(&mut self, other: Self) {
        self.yes += other.yes;
        self.no += other.no;
        self.unknown += other.unknown;
    }

    pub(super) const fn remove(&mut self, other: Self) {
        self.yes -= other.yes;
        self.no -= other.no;
        self.unknown -= other.unknown;
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
