//! Layer 0: exact numbers. Knows no network, no file and no verdict by a float.

pub mod float;
mod gcd;
mod integer;
pub mod linear;
pub mod lp;
mod rational;
mod ratios;
pub mod vectors;

pub use gcd::gcd_big;
pub use integer::{Entries as IntegerEntries, IntegerRow};
pub(crate) use integer::{Integer, in_words_or_big};
/// A big nonnegative integer: what counting needs, and no more.
pub use num_bigint::BigUint as Natural;
pub use rational::{ParseRationalError, Rational};
pub(crate) use ratios::distinct_ratios;
