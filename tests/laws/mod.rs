//! The core obeys its algebra.

mod polynomial;
mod support;
