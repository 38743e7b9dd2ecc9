//! Layer 3: the networks that proofs build, with what certifies them.

pub mod factor;
mod roots;
