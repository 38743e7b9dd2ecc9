//! Layer 3: gradient descent in exact arithmetic.
//!
//! A network with one hidden ReLU layer and frozen outputs, shared filters included, is trained on
//! fixed-point numbers as long as they hold every number exactly, and on fractions from then on
//! ([`Descent`]); a network of any depth always on fractions ([`deep`]). Nothing is rounded, so two
//! machines agree to the last bit and a statement about a trajectory can be decided. The same loop
//! in floating point ([`float`]) is there to be compared with. For thousands of deep networks,
//! doubles propose weights ([`DeepFloatDescent`]), and what is said of the rounded ones is exact
//! ([`FullyConnected`]).
//!
//! Everything random is a function of a seed ([`random`]), which belongs to every result.

pub mod coverage;
pub mod deep;
mod deep_float;
mod descent;
mod fixed_point;
mod fixed_point_descent;
pub mod float;
mod fully_connected;
pub mod linear_layers;
mod loss;
pub mod random;
mod run_sums;
mod samples;
pub mod second_moment;
mod two_layer;
pub mod width_constants;

pub use deep_float::DeepFloatDescent;
pub use descent::{Descent, Directions};
pub use fully_connected::FullyConnected;
pub use loss::{ExactLoss, Logistic, Loss};
pub use run_sums::Record;
pub use samples::Samples;
pub use two_layer::{TwoLayer, inner, squared_distance};

pub use crate::analysis::rademacher::mean;
