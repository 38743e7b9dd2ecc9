//! Layer 0: exact numbers. Knows no network, no file and no verdict by a float.

pub mod cube;
pub mod enclosure;
pub mod float;
mod gcd;
mod integer;
pub mod linear;
pub mod lp;
pub mod polynomial;
mod rational;
pub mod separation;

pub(crate) use integer::{Entries as IntegerEntries, IntegerRow};
pub use rational::{ParseRationalError, Rational};
