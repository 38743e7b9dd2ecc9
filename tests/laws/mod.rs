//! The core obeys its algebra.

mod enclosure;
mod polynomial;
mod support;
