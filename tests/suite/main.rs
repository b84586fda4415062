//! The one integration-test binary.

mod analyse;
mod architecture;
mod cli;
mod harness;
mod intervals;
mod load;
mod page;
mod reference;
mod render;
mod validate;
mod write;
