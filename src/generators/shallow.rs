//! Networks with one hidden layer of ReLU units that try to compute the parity of bits.

use super::prelude::*;
use crate::analysis::boolean_function;
use crate::construct::shallow::Shallow;

/// Units of any small weights, with the outer layer fitted to parity.
pub fn fitted_to_parity(bits: usize, units: usize) -> BoxedStrategy<Shallow> {
    let bias = numbers::fraction(4 * i64::from(bits as u8), 2);
    vec((numbers::integers(bits, 2), bias), units)
        .prop_map(move |hidden| Shallow::fitted(bits, hidden, &parity(bits)))
        .boxed()
}

/// Units that read the sum of the bits only, the kink of unit `k` within a third of `k + 1`,
/// turned either way, with the outer layer fitted to parity.
pub fn along_the_diagonal(bits: usize, units: usize) -> BoxedStrategy<Shallow> {
    vec((numbers::fraction(1, 3), any::<bool>()), units)
        .prop_map(move |drawn| {
            let unit = |(k, (shift, backwards)): (usize, (Rational, bool))| {
                let sign = Rational::from(if backwards { -1 } else { 1 });
                let kink = Rational::from(k + 1) + shift;
                (vec![sign.clone(); bits], -(sign * kink))
            };
            let hidden = drawn.into_iter().enumerate().map(unit).collect();
            Shallow::fitted(bits, hidden, &parity(bits))
        })
        .boxed()
}

fn parity(bits: usize) -> Vec<Rational> {
    (0..1usize << bits).map(|x| Rational::from(boolean_function::size(x) % 2)).collect()
}
