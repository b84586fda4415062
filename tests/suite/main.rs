//! The one integration-test binary.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_precision_loss,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test stops where something is not as it should be, and names its own files"
)]

mod analyse;
mod architecture;
mod caveats;
mod cli;
mod crossings;
mod harness;
mod intervals;
mod load;
mod page;
mod reference;
mod reference_network;
mod reference_series;
mod render;
mod statistics_limits;
mod statistics_series;
mod traps;
mod validate;
mod write;
