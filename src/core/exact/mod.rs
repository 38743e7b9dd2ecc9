//! Layer 0: exact numbers. Knows no network, no file and no verdict by a float.

pub mod float;
mod gcd;
mod integer;
pub mod linear;
mod rational;
pub mod vectors;

pub use gcd::{cofactors, gcd_big};
pub use integer::{Entries as IntegerEntries, Integer, IntegerRow};
/// A big integer.
pub use num_bigint::BigInt as Big;
/// A big nonnegative integer: what counting needs, and no more.
pub use num_bigint::BigUint as Natural;
pub use rational::{ParseRationalError, Rational};
