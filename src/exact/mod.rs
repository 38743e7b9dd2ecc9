//! Layer 0: exact numbers. Knows no network, no file and no verdict by a float.

pub mod binomial;
pub mod cube;
pub mod definite;
pub mod enclosure;
pub mod float;
pub mod frequency;
mod gcd;
mod integer;
pub mod linear;
pub mod lp;
pub mod polynomial;
mod quad;
mod rational;
mod ratios;
pub mod separation;
pub mod taylor;
pub mod vectors;

pub(crate) use integer::{Entries as IntegerEntries, Integer, IntegerRow, in_words_or_big};
/// A big nonnegative integer: what counting needs, and no more.
pub use num_bigint::BigUint as Natural;
pub use rational::{ParseRationalError, Rational};
pub(crate) use ratios::distinct_ratios;
