//! Exact gradient descent, beside fractions, beside `net`, beside floats.

mod deep;
mod descent;
mod float;
mod loss;
mod network;

use crease::exact::Rational;
use crease::train::random::Stream;
use crease::train::{Samples, TwoLayer};

/// A dyadic number with a few places.
fn dyadic(random: &mut Stream, places: u32) -> Rational {
    let most = 2i64 << places;
    Rational::new(random.below(2 * most as u64 + 1) as i64 - most, 1 << places)
}

/// Samples `[n, patches, d]` with coordinates between -1 and 1, in quarters, and labels.
fn samples(random: &mut Stream, n: usize, patches: usize, d: usize) -> Samples {
    let mut entry = || Rational::new(random.below(9) as i64 - 4, 4);
    let mut patch = || (0..d).map(|_| entry()).collect();
    let patches = (0..n).map(|_| (0..patches).map(|_| patch()).collect()).collect();
    Samples { patches, positive: (0..n).map(|_| random.coin()).collect() }
}

/// A network of `q^2` units with outputs `±1` and scale `1 / q`.
fn network(random: &mut Stream, q: usize, d: usize) -> TwoLayer {
    TwoLayer {
        weights: (0..q * q).map(|_| (0..d).map(|_| dyadic(random, 3)).collect()).collect(),
        outputs: (0..q * q).map(|_| Rational::from(if random.coin() { 1 } else { -1 })).collect(),
        scale: Rational::from(q).recip(),
        bias: Vec::new(),
    }
}
