//! Rational points of the unit sphere.

use super::prelude::*;

/// A point of `|x|_2 = 1` in `d` dimensions: the stereographic image of a small rational one, and
/// one of the two ends of the last axis at its pole. Panics if `d` is zero.
pub fn point(d: usize) -> impl Strategy<Value = Vec<Rational>> + Clone {
    (vec(numbers::fraction(6, 2), d - 1), any::<bool>()).prop_map(|(flat, upper)| {
        // x = 2 t / (|t|^2 + 1), and the last entry (|t|^2 - 1) / (|t|^2 + 1).
        let square = dot(&flat, &flat);
        let whole = &square + Rational::ONE;
        let mut x: Vec<_> = flat.iter().map(|t| Rational::integer(2) * t / &whole).collect();
        let last = (square - Rational::ONE) / whole;
        x.push(if upper { -last } else { last });
        x
    })
}
