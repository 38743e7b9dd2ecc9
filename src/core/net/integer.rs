//! Affine layers in integers over one common denominator: the same sums, faster.
//!
//! A fraction costs a gcd a term; here a term is one product of integers, of machine words where
//! they suffice, and each output is reduced once.

use super::affine::{Affine, Weight};
use super::shape::Shape;
use crate::exact::{IntegerRow, Rational};

/// The layer at `x`; `None` if it has no weights.
pub(super) fn apply(layer: &Affine, input: Shape, x: &[Rational]) -> Option<Vec<Rational>> {
    if !layer.is_parametric() {
        return None;
    }
    // A bias is a weight of the number one.
    let weights = IntegerRow::new(layer.weight.iter().chain(&layer.bias));
    let signal = IntegerRow::new(x.iter().chain([&Rational::ONE]));
    let outputs = layer.output_units(input);
    Some(weights.sums(&signal, outputs, |add| {
        layer.for_each_term(input, |o, i, weight| {
            let Weight::Parameter(p) = weight else { unreachable!("the layer is parametric") };
            add(o, p, i);
        });
        for o in 0..outputs {
            if let Some(b) = layer.bias_index(o, outputs) {
                add(o, layer.weight.len() + b, x.len());
            }
        }
    }))
}
