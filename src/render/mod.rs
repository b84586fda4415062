//! The fourth stage: what a reader will see.

pub mod outputs;
pub mod words;
