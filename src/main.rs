//! The program `bitim`.

fn main() {}
