//! What several charts are put together from.

pub(super) mod above;
pub(super) mod columns;
pub(super) mod folded;
pub(super) mod forest;
pub(super) mod groups;
pub(super) mod key;
pub(super) mod lanes;
pub(super) mod nothing;
pub(super) mod periods;
pub(super) mod rates;
pub(super) mod read;
pub(super) mod record;
pub(super) mod rows;
pub(super) mod shares;
