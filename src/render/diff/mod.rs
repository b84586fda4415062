//! What two releases say differently, for people and for programs.

mod json;
mod markdown;
mod sections;
mod summary;
mod text;

pub use json::json;
pub use markdown::markdown;
pub use text::text;
