//! What several charts are put together from.

pub(super) mod apart;
pub(super) mod beside;
pub(super) mod columns;
pub(super) mod depth;
pub(super) mod dodge;
pub(super) mod globe;
pub(super) mod key;
pub(super) mod lanes;
pub(super) mod network;
pub(super) mod periods;
pub(super) mod read;
pub(super) mod shares;
pub(super) mod spans;
pub(super) mod spots;
pub(super) mod stress;
