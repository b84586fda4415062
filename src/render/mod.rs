//! Turns tables into what a reader sees. It computes no number.

pub mod canvas;
pub mod charts;
pub mod figure;
pub mod outputs;
mod pieces;
pub mod theme;

use charts::ChartSpec;

/// Every chart, in the order in which a report shows them.
pub static CHARTS: &[&ChartSpec] = &[
    &charts::timeline::SPEC,
    &charts::roles::SPEC,
    &charts::profile::SPEC,
];
