//! The formats in which figures leave the program.

pub mod png;
pub mod svg;
