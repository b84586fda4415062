//! What several charts are put together from.

pub(super) mod above;
pub(super) mod apart;
pub(super) mod beside;
pub(super) mod columns;
pub(super) mod curve;
pub(super) mod depth;
pub(super) mod dodge;
pub(super) mod folded;
pub(super) mod forest;
pub(super) mod globe;
pub(super) mod groups;
pub(super) mod key;
pub(super) mod lanes;
pub(super) mod network;
pub(super) mod nothing;
pub(super) mod periods;
pub(super) mod rates;
pub(super) mod ratios;
pub(super) mod read;
pub(super) mod record;
pub(super) mod rows;
pub(super) mod shares;
pub(super) mod spans;
pub(super) mod spots;
pub(super) mod stress;
pub(super) mod years;
