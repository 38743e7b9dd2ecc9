//! The checker as a program of its own.
#[path = "../checker.rs"]
mod checker;
fn main() {}
