//! The vocabulary: what the stages speak of. It knows no file, no frame and no picture.

pub mod claims;
pub mod codebook;
pub mod concept;
pub mod date;
pub mod derive;
pub mod estimate;
pub mod finding;
pub mod glyph;
pub mod label;
pub mod measure;
pub mod missing;
pub mod rule;
pub mod spelling;
pub mod study;
pub mod unit;
pub mod visible;
