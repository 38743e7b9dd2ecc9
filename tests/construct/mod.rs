//! Constructions, on numbers that were computed apart.

mod prefix;
mod sizes;
