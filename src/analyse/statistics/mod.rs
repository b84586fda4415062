//! Statistics for small samples, from the papers: plain functions over counts.

pub mod adjust;
pub mod cochran_armitage;
mod float;
pub mod jonckheere;
mod kendall_s;
pub mod not_computable;
pub mod proportion;
pub mod rank_correlation;
pub mod tails;
pub mod trend;
