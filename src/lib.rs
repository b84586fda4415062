//! bitim turns a third party's mediation record into tables, figures and a page.
//!
//! Five verbs, one direction, one noun each:
//!
//! | stage | takes | makes |
//! |---|---|---|
//! | [`load`] | the files of a data set | [`load::Records`]: every cell as text, with its line |
//! | [`validate`] | records | [`validate::Dataset`]: checked and typed, or findings |
//! | [`analyse`] | cases through a view | [`analyse::Tables`]: numbers with unit, n and method |
//! | [`render`] | tables | [`render::Bundle`]: CSV, SVG, PNG and a page, as bytes |
//! | [`mod@write`] | a bundle | files, and a manifest of what came from what |
//!
//! [`pipeline`] is the whole way. It has nothing to do with causal mediation analysis in statistics.
//!
//! # Example
//!
//! ```
//! use bitim::{analyse, load, model::label::Language, render::outputs, validate};
//!
//! let records = load::dataset(&load::Store::Bundled)?;
//! let cases = validate::check(records)?.accept()?;
//! let selection = cases.select(&analyse::Question::default())?;
//! let roles = analyse::table("roles", &selection)?;
//! let csv = outputs::table("csv", &roles, Language::En)?;
//! assert!(csv.starts_with("period,role,cases,unknown,share_n,share_of,share_value"));
//! # Ok::<(), bitim::error::Error>(())
//! ```

pub use polars;

pub mod analyse;
pub mod error;
pub mod load;
pub mod model;
pub mod pipeline;
pub mod render;
mod side_by_side;
pub mod validate;
pub mod write;
