//! The vocabulary: what the stages speak of. It knows no file, no frame and no picture.

pub mod date;
pub mod estimate;
pub mod label;
pub mod measure;
pub mod missing;
pub mod unit;
