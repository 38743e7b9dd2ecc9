//! Affine layers in integers over one common denominator: a faster way to the same sums.
//!
//! A fraction costs a gcd a term; here a term is one product of machine words, and each output is
//! reduced once.

use super::affine::{Affine, Weight};
use super::shape::Shape;
use crate::exact::{IntegerEntries, IntegerRow, Rational};

/// The layer at `x`; `None` if it has no weights or a number leaves its machine words.
pub(super) fn apply(layer: &Affine, input: Shape, x: &[Rational]) -> Option<Vec<Rational>> {
    if !layer.is_parametric() {
        return None;
    }
    let (weights, x) = (IntegerRow::new(layer.weight.iter()), IntegerRow::new(x.iter()));
    let (IntegerEntries::Words(w), IntegerEntries::Words(v)) = (&weights.entries, &x.entries)
    else {
        return None;
    };
    let mut sums = vec![0i128; layer.output_units(input)];
    let mut fits = true;
    layer.for_each_term(input, |o, i, weight| {
        let Weight::Parameter(p) = weight else { unreachable!("the layer is parametric") };
        let (sum, overflows) = sums[o].overflowing_add(i128::from(w[p]) * i128::from(v[i]));
        sums[o] = sum;
        fits &= !overflows;
    });
    let unit = (&weights.scale * &x.scale).recip();
    let outputs = sums.len();
    let finish = |(o, sum): (usize, i128)| {
        let y = Rational::from(sum) * &unit;
        match layer.bias_index(o, outputs) {
            Some(b) => y + &layer.bias[b],
            None => y,
        }
    };
    fits.then(|| sums.into_iter().enumerate().map(finish).collect())
}
