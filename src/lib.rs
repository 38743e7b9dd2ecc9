//! Crease runs the theory of convolutional ReLU networks as a test suite.

pub mod catalogue;
pub mod checker;
pub mod claim;
#[cfg(feature = "cli")]
pub mod cli;
pub mod construct;
pub mod exact;
pub mod generators;
pub mod net;
pub mod report;
