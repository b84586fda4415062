//! Statistics for small samples, from the papers: plain functions over counts.

pub mod adjust;
pub mod change_point;
pub mod cochran_armitage;
pub mod diversity;
pub mod firth;
mod firth_likelihood;
mod float;
pub mod jonckheere;
mod kendall_s;
mod linear;
pub mod not_computable;
pub mod permutation;
pub mod proportion;
pub mod random;
pub mod rank_correlation;
pub mod survival;
pub mod tails;
pub mod trend;
