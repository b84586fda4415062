//! The one integration-test binary.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_precision_loss,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test stops where something is not as it should be, and names its own files"
)]

mod actors;
mod agreement;
mod agreement_properties;
mod analyse;
mod architecture;
mod caveats;
mod claims;
mod cli;
mod codings;
mod crossings;
mod crowd;
mod diff;
mod diff_formats;
mod explained;
mod exports;
#[cfg(unix)]
mod faults;
mod harness;
mod hostile;
#[cfg(unix)]
mod inputs;
mod intervals;
mod lettering;
mod load;
mod mutations;
mod outside;
mod outside_models;
mod page;
mod reference;
mod reference_agreement;
mod reference_network;
mod reference_series;
mod refused;
mod render;
mod sensitivity;
mod sources;
mod statistics_limits;
mod statistics_series;
mod ties;
mod titles;
mod traps;
#[cfg(unix)]
mod trespass;
mod unchanged;
mod units;
mod validate;
mod write;
