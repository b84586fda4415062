//! bitim turns a third party's mediation record into tables, figures and a page.

pub mod analyse;
pub mod error;
pub mod load;
pub mod model;
pub mod pipeline;
pub mod render;
pub mod validate;
pub mod write;
