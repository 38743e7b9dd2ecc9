//! Points in two pairs of opposite cones, labelled as the square of exclusive or.

use crate::exact::Rational;
use crate::train::coverage::xor_square;
use crate::train::random::Stream;
use crate::train::{Samples, TwoLayer};

/// Coordinates are multiples of `1 / PARTS`.
const PARTS: i64 = 1024;
/// The largest sine in these parts: an angle of at most 0.2, since sin 0.2 is above 203/1024.
const SINE: i64 = 203;

/// `n / 4` points around each of `e_1` and `-e_1`, with the label `+1`, and around each of `e_2`
/// and `-e_2`, with the label `-1`: at an angle of at most 0.2 from the axis, with a norm between
/// 1 - 1/512 and 1. Four points are the square itself.
pub fn samples(random: &mut Stream, n: u32) -> Samples {
    if n == 4 {
        return xor_square();
    }
    let (mut points, mut positive) = (Vec::new(), Vec::new());
    for i in 0..n {
        let across = random.below(2 * SINE as u64 + 1) as i64 - SINE;
        // Rounded down, so that the point stays in the unit ball.
        let along = (PARTS * PARTS - across * across).isqrt();
        let along = if i % 2 == 0 { along } else { -along };
        let is_first = i % 4 < 2;
        let [x, y] = if is_first { [along, across] } else { [across, along] };
        points.push(vec![Rational::new(x, PARTS), Rational::new(y, PARTS)]);
        positive.push(is_first);
    }
    Samples::dense(points, positive)
}

/// A network of `units` random units reading `d` coordinates, with `scale = 1 / ceil(sqrt(units))`.
pub(super) fn network(random: &mut Stream, units: u32, d: usize) -> TwoLayer {
    let mut unit = || -> (Rational, Vec<Rational>) {
        let output = Rational::from(if random.coin() { 1 } else { -1 });
        (output, (0..d).map(|_| random.weight()).collect())
    };
    let (outputs, weights) = (0..units).map(|_| unit()).unzip();
    TwoLayer { weights, outputs, scale: Rational::from(root(units)).recip(), bias: Vec::new() }
}

/// The root, rounded up.
pub(super) fn root(units: u32) -> u32 {
    let down = units.isqrt();
    if down * down == units { down } else { down + 1 }
}
