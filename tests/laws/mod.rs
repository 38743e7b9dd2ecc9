//! The core obeys its algebra.

mod enclosure;
mod lp;
mod polynomial;
mod support;
