//! Layer 2: networks as checked chains of layers, evaluated without rounding.
//!
//! Everything about shapes, indices and signs is said here, once.
//!
//! **Signals** are flat slices in row-major, channel-first order: entry `[c, i]` of a line
//! `[channels, length]` is `x[c * length + i]`, entry `[c, i, j]` of a plane
//! `[channels, height, width]` is `x[(c * height + i) * width + j]`. The network holds the
//! [`Shape`].
//!
//! **Weights** are flat and row-major too: dense `[outputs, inputs]`; convolution
//! `[channels, input channels / groups, taps..]`. Input channels and output channels are cut into
//! `groups` runs of equal length, and run `g` reads run `g` only.
//!
//! **Convolution** is cross-correlation, and the filter does not run backwards:
//! `y[i] = b + sum_t w[t] x[i * stride + t * dilation - padding]`, where samples outside the signal
//! are zero. The **expansive** convolution of a signal of width `D` with the filter `w_0 .. w_s` is
//! the other sign: `y[i] = b_i + sum_k w[i - k] x[k]` for `i` from 0 to `D + s - 1`, the product of
//! polynomials, with the Toeplitz matrix `T[i][k] = w[i - k]`. It equals the first form with the
//! filter reversed and padding `s`.
//!
//! **Biases** are added (papers on expansive convolutions subtract theirs). A bias vector is empty,
//! or has one entry in all, one a channel, or one a unit.
//!
//! **Downsampling** by `scale` keeps the units `scale, 2 scale, ..`, counted from one, so index
//! `(k + 1) * scale - 1` becomes index `k`; it keeps the first `keep` of them.
//!
//! **At a kink the left piece counts**: the gate of a ReLU at 0 is closed and its slope there is 0,
//! that of the absolute value is -1. A max-pool that is tied takes the first maximum. Patterns,
//! affine maps on a pattern and backpropagation all follow this one rule, unit by unit. It is the
//! rule by which networks are trained, and at a kink it need not be a derivative of the network:
//! `relu(x) - relu(-x)` has slope 0 by it at 0, and is `x`. The gradient on a cell beside the point
//! is that on [`Network::pattern_beside`].

mod activation;
mod affine;
mod beside;
pub mod certificate;
mod channel;
mod circuit;
mod equality;
mod float;
mod form;
mod gradient;
mod integer;
mod layer;
mod network;
mod parameters;
mod pattern;
mod range;
pub mod regions;
mod shape;
mod slice;
mod value;
mod window;

pub use crate::geometry::arrangement::Form;
pub use activation::{Activation, ActivationError};
pub use affine::{Affine, Map, Weight};
pub use beside::Kink;
pub use channel::{Channel, Pairing};
pub use circuit::{Circuit, Value};
pub use equality::{Equality, equal_on_box};
pub use form::AffineMap;
pub use gradient::Gradient;
pub use layer::Layer;
pub use network::Network;
pub use parameters::Parameters;
pub use pattern::Pattern;
pub use range::{BoxError, InputBox, LinearRange, UnitRange};
pub use shape::{MAX_NESTING, MAX_TERMS, MAX_UNITS, Shape, ShapeError};
pub use slice::SliceError;
pub use window::{Axis, Window};
