//! The values that layers act on: exact numbers, doubles, affine forms, sums of ridges.

use super::affine::Affine;
use super::integer;
use super::shape::Shape;
use crate::exact::Rational;

/// An element of a rational vector space that contains the constants.
///
/// Every layer is written once, for this trait. [`Network::run`](super::Network::run) evaluates a
/// network on any instance.
pub trait Linear: Clone {
    /// The constant `c`, in the space that `self` lives in.
    fn constant(&self, c: &Rational) -> Self;
    /// `self += weight * x`.
    fn add_scaled(&mut self, weight: &Rational, x: &Self);

    /// `self -= x`.
    fn subtract(&mut self, x: &Self) {
        self.add_scaled(&-Rational::ONE, x);
    }
    /// The layer at `x`. An instance may compute the same result in a faster way.
    fn affine(layer: &Affine, input: Shape, x: &[Self]) -> Vec<Self> {
        layer.apply(input, x)
    }
}

impl Linear for Rational {
    fn constant(&self, c: &Rational) -> Self {
        c.clone()
    }

    fn add_scaled(&mut self, weight: &Rational, x: &Self) {
        *self += weight * x;
    }

    fn affine(layer: &Affine, input: Shape, x: &[Self]) -> Vec<Self> {
        integer::apply(layer, input, x).unwrap_or_else(|| layer.apply(input, x))
    }
}
