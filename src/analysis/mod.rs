//! Real functions and chance, on top of exact numbers: what theorems about approximation and
//! width compute with, and networks do not need.

pub mod affine_arithmetic;
pub mod binomial;
pub mod boolean_function;
pub mod definite;
pub mod enclosure;
mod fixed_interval;
pub mod frequency;
pub mod polynomial;
