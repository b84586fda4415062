//! Statistics for small samples, from the papers: plain functions over counts.

pub mod adjust;
pub mod association;
mod beta;
mod bisection;
pub mod change_point;
pub mod cochran_armitage;
mod contingency;
pub mod difference;
pub mod diversity;
pub mod exact_test;
pub mod firth;
mod firth_likelihood;
pub mod fisher;
mod float;
pub mod freeman_halton;
pub mod jonckheere;
mod kendall_s;
mod linear;
pub mod not_computable;
pub mod permutation;
pub mod proportion;
pub mod random;
pub mod rank_correlation;
pub mod rate;
pub mod survival;
pub mod tails;
pub mod trend;
