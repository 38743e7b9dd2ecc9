//! The core obeys its algebra.

mod enclosure;
mod factor;
mod lp;
mod network;
mod polynomial;
mod support;
