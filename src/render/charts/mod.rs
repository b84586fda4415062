//! The charts: each draws one table and computes nothing.

pub mod activity;
pub mod calendar;
pub mod claims;
pub mod coverage;
pub mod funnel;
pub mod map;
pub mod models;
pub mod outcomes;
pub mod pairs;
pub mod profile;
pub mod reliability;
pub mod roles;
pub mod specifications;
pub mod success;
pub mod survival;
pub mod timeline;
pub mod trajectories;
pub mod trends;
pub mod venues;

use super::canvas::Canvas;
use super::pieces::read::Reader;
use crate::analyse::Table;
use crate::error::Result;
use crate::model::label::{Label, Language};

/// What a chart is: a name, the table it draws, and how.
#[derive(Debug)]
pub struct ChartSpec {
    /// The one name it has everywhere.
    pub name: &'static str,
    /// The name of the table it draws.
    pub of: &'static str,
    /// What it shows, for lists of charts; a figure is headed by the title of its table.
    pub title: Label,
    /// Draws what it reads below what is already on the canvas.
    pub(super) draw: fn(&Reader<'_>, &mut Canvas) -> Result<Drawn>,
}

impl ChartSpec {
    /// Draws a table in a language below what is already on the canvas.
    pub(super) fn drawn(
        &self,
        table: &Table,
        language: Language,
        canvas: &mut Canvas,
    ) -> Result<Drawn> {
        let reader = Reader {
            figure: self.name,
            table,
            language,
        };
        (self.draw)(&reader, canvas)
    }
}

/// What a chart says of its drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The numbers of the drawing in sentences, for those who cannot see it.
    pub description: String,
    /// How to read the marks, for the caption.
    pub key: String,
}
