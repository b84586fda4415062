//! x
use super::{ChartSpec, Drawn};
use crate::analyse::table::Table;
use crate::error::Result;
use crate::model::label::{Label, Language};
use crate::render::canvas::Canvas;
/// x
pub static SPEC: ChartSpec = ChartSpec { name: "profile", of: "profile", title: Label::new("profile", "profile", "profile"), draw };
fn draw(_table: &Table, _language: Language, _canvas: &mut Canvas) -> Result<Drawn> {
    Ok(Drawn { description: String::new(), key: String::new() })
}
