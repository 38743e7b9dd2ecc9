//! Real analysis and probability in exact arithmetic.
//!
//! Theorems about approximation and width use these functions. Evaluating a network needs none.

pub mod affine_arithmetic;
pub mod binomial;
pub mod boolean_function;
pub mod definite;
pub mod enclosure;
mod fixed_interval;
pub mod frequency;
pub mod inertia;
pub mod polynomial;
pub mod rademacher;
pub mod scattering;
pub mod separation;
