//! The tables, one file each. A new table is a new file and a line in [`super::TABLES`].

pub(super) mod activity;
pub(super) mod agreed;
pub(super) mod association;
pub(super) mod cases;
pub(super) mod coverage;
pub(super) mod durations;
pub(super) mod evidence;
pub(super) mod funnel;
pub(super) mod models;
pub(super) mod outcomes;
pub(super) mod pairs;
pub(super) mod parties;
pub(super) mod partners;
pub(super) mod profile;
pub(super) mod regions;
pub(super) mod reliability;
pub(super) mod roles;
pub(super) mod sensitivity;
pub(super) mod sources;
pub(super) mod specifications;
pub(super) mod success;
pub(super) mod survival;
pub(super) mod timeline;
pub(super) mod trends;
pub(super) mod venues;
