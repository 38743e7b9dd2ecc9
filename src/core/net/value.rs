//! What can flow through a network: exact numbers, floats that propose, and affine forms.

use super::affine::Affine;
use super::integer;
use super::shape::Shape;
use crate::exact::Rational;

/// A vector space over the rationals with a distinguished embedding of the constants.
///
/// Layers are written once, against this; evaluation, the float twin and the symbolic pull-back
/// are its three instances.
pub(super) trait Value: Clone {
    /// The constant `c`, in the space that `self` lives in.
    fn constant(&self, c: &Rational) -> Self;
    /// `self += weight * x`.
    fn add_scaled(&mut self, weight: &Rational, x: &Self);

    /// `self -= x`.
    fn subtract(&mut self, x: &Self) {
        self.add_scaled(&-Rational::ONE, x);
    }
    /// The layer at `x`; an instance may know a faster way to the same result.
    fn affine(layer: &Affine, input: Shape, x: &[Self]) -> Vec<Self> {
        layer.apply(input, x)
    }
}

impl Value for Rational {
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
