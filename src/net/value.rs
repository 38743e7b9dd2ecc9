//! What can flow through a network: exact numbers, floats that propose, and affine forms.

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
}

impl Value for Rational {
    fn constant(&self, c: &Rational) -> Self {
        c.clone()
    }

    fn add_scaled(&mut self, weight: &Rational, x: &Self) {
        *self += weight * x;
    }
}
