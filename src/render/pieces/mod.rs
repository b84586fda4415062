//! What several charts are put together from.

pub(super) mod columns;
pub(super) mod curve;
pub(super) mod depth;
pub(super) mod dodge;
pub(super) mod key;
pub(super) mod lanes;
pub(super) mod periods;
pub(super) mod read;
pub(super) mod rows;
pub(super) mod shares;
pub(super) mod spans;
