//! Statistics for small samples, from the papers: plain functions over counts.

pub mod proportion;
