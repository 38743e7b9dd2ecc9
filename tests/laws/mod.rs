//! The core obeys its algebra.

mod binomial;
mod cube;
mod enclosure;
mod factor;
mod integer_root;
mod kernel;
mod linear;
mod lp;
mod network;
mod polynomial;
mod radial;
mod rational;
mod ridge;
mod separation;
mod spline;
pub(crate) mod support;
mod universal;
