//! One input: continuous piecewise linear functions, and all that is least through or near data.
//!
//! The cost of a function is `TV2`, the total variation of its derivative: of a continuous
//! piecewise linear one, the sum of `|jump of the slope|` over its knots. For data `x_1 < .. < x_n`
//! let `s_i` be the chord slopes and `a_i` their jumps at the inner points. Everything here follows
//! from the signs of the `a_i`: the least cost of an interpolant is `T = sum |a_i|`, and on each
//! *run*, a longest block of neighbours of one sign, every minimiser is convex or concave,
//! elsewhere it is the chords.

pub mod certificate;
mod curve;
mod data;
mod decayed;
mod decayed_fit;
mod decayed_proposal;
mod interpolation;
mod penalised;
mod powers;
mod signs;
mod skip;
mod sparsest;
mod total;
mod vector;

pub use curve::{along_line, network_of, tv2};
pub use data::{Data, DataError};
pub use decayed::{Tangent, decayed_cost, is_under_hyperbola};
pub use decayed_fit::{DecayedFit, decayed_fit};
pub use interpolation::{Interpolation, Knots, Run, Sign};
pub use penalised::{Fit, Penalised, lambda_max};
pub use powers::root_of_jump;
pub use signs::{quadratic_error, sign_changes};
pub use skip::{Unskipped, representation_cost};
pub use sparsest::{Packing, fewest_by_search};
pub use total::total;
pub use vector::{VectorInterpolation, VectorKnots};
