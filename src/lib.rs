//! bitim

pub mod analyse {
    pub mod table;
}
pub mod error;
pub mod model;
pub mod render;
