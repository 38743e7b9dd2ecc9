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
//! rule by which networks are trained. At a kink it need not be a derivative of the network:
//! `relu(x) - relu(-x)` is `x`, and the rule gives it slope 0 at 0.

mod activation;
mod affine;
mod circuit;
mod form;
mod integer;
mod layer;
mod linear;
mod network;
mod parameters;
mod pattern;
mod range;
pub mod regions;
mod shape;
mod window;

pub use crate::geometry::Form;
pub use activation::{Activation, ActivationError};
pub use affine::{Affine, Map, Weight};
pub use circuit::{Circuit, Value};
pub use form::AffineMap;
pub use layer::Layer;
pub use linear::Linear;
pub use network::{Choice, Network};
pub use parameters::Parameters;
pub use pattern::Pattern;
pub use range::{BoxError, InputBox};
pub use shape::{MAX_NESTING, MAX_TERMS, MAX_UNITS, Shape, ShapeError};
pub use window::{Axis, Window};
