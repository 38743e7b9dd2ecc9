//! Layer 3: the networks that proofs build, with what certifies them.

pub mod counts;
pub mod expansive;
pub mod factor;
pub mod perceptron;
pub mod regions;
pub mod ridge;
mod roots;
pub mod separation;
pub mod shallow;
