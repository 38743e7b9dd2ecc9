//! The cases of the claims.
//!
//! Here belong the case types that two or more claims share, with their checks and the quantities
//! that theorems state about them, and the proptest strategies that draw them. A case type of one
//! claim belongs into the file of that claim, and no file here decides whether a claim holds.
//!
//! Every strategy builds valid values and filters none. It shrinks towards zero, short and few.

use proptest::strategy::BoxedStrategy;

/// Sizes from the least to the most.
pub type Span = std::ops::RangeInclusive<usize>;

/// What nearly every file here uses.
mod prelude {
    pub use super::numbers::{self, sign};
    pub use super::{Span, Strata};
    pub use crate::engines::CountRegions;
    pub use crate::exact::linear::{Matrix, dot};
    pub use crate::exact::{Natural, Rational};
    pub use crate::net::regions::{Domain, Notion};
    pub use crate::net::{Activation, Layer, Network, Shape};
    pub use proptest::collection::vec;
    pub use proptest::prelude::*;
    pub use proptest::sample::select;
    pub use serde::{Deserialize, Serialize};
}

/// What several claims draw from: the name of each stratum, the number of draws that one of them
/// is, and its strategy. The first holds the small cases.
pub type Strata<T> = Vec<(&'static str, u32, BoxedStrategy<T>)>;

pub mod active_units;
pub mod boxes;
pub mod channels;
pub mod contractions;
pub mod covered_points;
pub mod deep_dense;
pub mod dense;
pub mod descent_runs;
pub mod descent_steps;
pub mod designs;
pub mod directions;
pub mod equal_steps;
pub mod expansive;
pub mod filters;
pub mod gate_flips;
pub mod hidden_channels;
pub mod kinked;
pub mod layer_chains;
pub mod line_data;
pub mod line_filters;
pub mod line_outputs;
pub mod linear_layers;
pub mod maxima;
pub mod network_text;
pub mod networks;
pub mod numbers;
pub mod pictures;
pub mod planes;
pub mod point_sets;
pub mod polynomials;
pub mod pooled;
pub mod quadratic_units;
pub mod quantities;
pub mod regression;
pub mod relu_layers;
pub mod rescalings;
pub mod ridges;
pub mod samples;
pub mod scalar_descent;
pub mod shallow;
pub mod shapes;
pub mod shifted_inputs;
pub mod signals;
pub mod single_units;
pub mod sphere;
pub mod stack_sizes;
pub mod stacks;
pub mod tensor_trees;
pub mod two_hidden_layers;
pub mod two_labels;
pub mod wide_layouts;
pub mod width_theorem;
