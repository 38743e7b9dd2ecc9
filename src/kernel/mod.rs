//! Layer 3: the kernels that wide ReLU networks approach, exactly where they are rational and
//! enclosed elsewhere.
//!
//! The network is `f(x) = m^(-1/2) sum_s a_s relu(<w_s, x>)` with Gaussian `w_s` and signs `a_s`,
//! without biases. When its first layer is trained, what matters is
//! `H(x, x') = E <grad f(x), grad f(x')> = <x, x'> (1 - angle / pi) / 2`: the product of the inputs
//! times the share of the units that both open. That share is rational at the angles which a
//! rational squared cosine and a rational turn can both have, multiples of 30 and 45 degrees.

mod arc;
mod cells;
mod convolution;
mod finite;
mod gram;
mod points;

pub use arc::{half_turns, kappa0, kappa1};
pub use cells::{features, gates, nullity, proved_fit};
pub use convolution::{Image, averaged, pooled_tangent};
pub use finite::Channels;
pub use gram::{empirical, first_layer, least_pivot, sure_pivot, tangent};
pub use points::Points;
