//! Layer 3: the networks that proofs build, with what certifies them.

pub mod counts;
pub mod downsampled;
pub mod escape;
pub mod expansive;
pub mod factor;
mod fit;
pub mod interpolant;
pub mod maximum;
pub mod nodes;
pub mod perceptron;
pub mod piecewise;
pub mod prefix;
pub mod radial;
pub mod realize;
pub mod regions;
pub mod ridge;
pub mod ridge_function;
mod roots;
pub mod separation;
pub mod shallow;
pub mod universal;
