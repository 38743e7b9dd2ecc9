//! Counting without enumerating: how many pieces sliding windows of affine forms can cut.
//!
//! `units` affine forms are laid on every position of a window that slides over a grid, form `k`
//! with the same coefficients at every position. In general position the number of cells is the
//! number of sets of forms with independent normals. The functions here count these sets:
//!
//! * [`Sliding::published_count`]: the sets that Hall's condition lets match their windows, an
//!   upper bound for all coefficients. On a line by an interval program, on a plane by a profile
//!   program;
//! * [`Sliding::maximum`]: the sets that are independent for generic shared coefficients, the
//!   repaired maximum. By deletion and contraction, modulo a prime;
//! * [`Sliding::strip_maximum`]: the same for two forms on a strip, by a program on a line;
//! * [`dense`]: bounds that depend on the numbers of forms alone, for one stage and for several;
//! * [`Stack`]: windows over windows, and the bounds for several stages.

mod binomial;
mod bound;
pub mod dense;
mod line_windows;
mod maximum;
pub mod modular;
mod named_bounds;
mod plane_windows;
mod published;
mod sliding;
mod stack;
mod strip;
mod survey;
mod tableau;
pub mod transversal;

pub use binomial::{choices, choose, choose_up_to};
pub use bound::{BOUNDS, Bound, BoundKind, Provenance};
pub use maximum::{Reach, independent_sets};
pub use sliding::Sliding;
pub use stack::{Plan, Stack, Stage};
pub use strip::spanning_sets;
pub use survey::{growth, survey};
