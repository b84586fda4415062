//! bitim

pub mod analyse;
pub mod error;
pub mod load;
pub mod model;
pub mod render;
pub mod validate;
