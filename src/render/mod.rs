//! Turns tables into what a reader sees. It computes no number.

pub mod page;
pub mod words;
