//! Layer 3: what the weights of a shallow network cost as a function, and which function is the
//! least: sparse regularization in exact arithmetic.
//!
//! Decaying weights is the same as penalizing a seminorm of the function, the total mass of its
//! second derivative (in the Radon domain if there are several inputs). It vanishes on affine
//! functions and is finite on continuous piecewise linear ones. The functions of least seminorm
//! through data, or near data, are networks again; this room finds them and what proves them least.
//! It knows numbers, arrangements and networks; no files, no claims, no other builders.

pub mod ridge;
mod size;
pub mod univariate;
pub mod weights;
