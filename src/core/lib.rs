//! What a ReLU network needs to be evaluated without rounding, and its linear regions to be
//! counted: three rooms, each of which knows only those above it.
//!
//! | Room | Holds |
//! |---|---|
//! | [`exact`] | rational numbers, integer vectors, linear algebra |
//! | [`geometry`] | cells of hyperplane arrangements, and the walk over them |
//! | [`net`] | networks: layers, evaluation, patterns, regions and their number |
//!
//! It reads no file, draws nothing at random and knows no theorem; `crease` does.

pub mod exact;
pub mod geometry;
pub mod net;
