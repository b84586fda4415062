//! How much of an agreement are two different categories?

use crate::analyse::statistics::float::float;

/// The weight of a pair of categories of an ordered scheme: 1 for the same one, less the further
/// they are apart.
///
/// It depends on the number of categories of the scheme, used or not. Which weights were used must
/// be said: on the same ratings, quadratic ones often give a much larger coefficient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weights {
    /// Different categories are no agreement: for categories without an order.
    Unweighted,
    /// 1 − |i − j| / (k − 1).
    Linear,
    /// 1 − (i − j)² / (k − 1)².
    Quadratic,
    /// Gwet's ordinal weights, 1 − C(|i − j| + 1, 2) / C(k, 2): between linear and quadratic.
    Ordinal,
}

impl Weights {
    /// The weight of the categories at two places of a scheme of `categories`.
    pub(super) fn of(self, one: usize, other: usize, categories: usize) -> f64 {
        if one == other {
            return 1.0;
        }
        let (apart, most) = (float(one.abs_diff(other)), float(categories) - 1.0);
        1.0 - match self {
            Self::Unweighted => 1.0,
            Self::Linear => apart / most,
            Self::Quadratic => (apart / most).powi(2),
            Self::Ordinal => (apart * (apart + 1.0)) / (most * (most + 1.0)),
        }
    }
}
