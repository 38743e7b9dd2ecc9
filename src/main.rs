//! The `crease` program.
fn main() {}
