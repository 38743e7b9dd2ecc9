//! Layer 3: the networks that proofs build, with what certifies them.

pub mod factor;
pub mod perceptron;
mod roots;
pub mod shallow;
