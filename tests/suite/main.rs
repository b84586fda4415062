//! The one integration-test binary.

mod analyse;
mod architecture;
mod cli;
mod harness;
mod load;
mod page;
#[cfg(test)]
mod reference_series;
mod render;
mod validate;
mod write;
