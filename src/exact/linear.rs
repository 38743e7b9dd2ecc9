//! Vectors and matrices; elimination without fractions.
