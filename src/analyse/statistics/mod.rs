//! Statistics for small samples, from the papers: plain functions over counts.

pub mod association;
mod beta;
mod bisection;
mod contingency;
pub mod difference;
pub mod exact_test;
mod filling;
pub mod fisher;
mod float;
pub mod freeman_halton;
pub mod not_computable;
pub mod proportion;
pub mod rate;
