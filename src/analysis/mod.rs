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

use crate::exact::Rational;

/// The multiple of `2^-places` nearest to `x`, of two the greater one.
pub fn on_grid(x: &Rational, places: u32) -> Rational {
    let unit = Rational::integer(2).pow(places as i32);
    (x * &unit + Rational::new(1, 2)).floor() / unit
}
