//! The core obeys its algebra.

mod enclosure;
mod factor;
mod lp;
mod polynomial;
mod support;
