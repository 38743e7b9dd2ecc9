//! On a line, p pieces in k layers take at least k p^(1/k)/2 units.

use crate::catalogue::prelude::*;
use crate::generators::layer_chains::{Dense, Units, dense_layers, switches, zigzag_then};

pub(super) static CLAIM: Claim<Dense> = Claim {
    card: theorem!("depth/depth_size_gap", AGAINST_ITS_NOTE)
        .derived_from("Arora2018", "the gap between depth and size")
        .as_printed(
            "from memory: the w^k pieces of k layers of width w take k' w^(k/k')/2 - 1 units in \
             k' layers; without the -1, and for any number of pieces, it is derived here",
        ),
    statement: "n_0 = 1, k layers with s units in all, read by a sum, p pieces  ⟹  \
                (2 s)^k ≥ k^k p",
    cases: || {
        dense_layers(1..=1, 1..=3, 1..=4, 4)
            .with("sawtooth layers", 4, vec(2usize..=4, 1..=4).prop_map(|p| sawtooth(&p)))
            .with("one layer", 16, (1usize..=60).prop_map(switches))
            .with("zigzags", 16, (1usize..=40).prop_map(zigzag_then))
            .with("deep", 32, dense_layers(1..=1, 4..=6, 2..=5, 9))
            .with("wide", 64, dense_layers(1..=1, 2..=3, 10..=16, 9))
            .with("12 tents", 256, vec(2usize..=2, 10..=12).prop_map(|p| sawtooth(&p)))
    },
    hypotheses: &[given("one input", |case: &Dense| case.inputs == 1)
        .needed("in the plane four units of one layer cut eleven pieces", || {
            Cases::listed((4..=12).map(fan))
        })],
    conclusion: |case| compare(case, 2),
    twins: &[
        twin("without the half", |case: &Dense| compare(case, 1))
            .because("one unit makes two pieces")
            .drawing(|| Cases::listed((1..=8).map(switches))),
        twin("as many units as pieces, at any depth", |case: &Dense| {
            at_least("units", units(case) + 1, pieces(case))
        })
        .because("a fold of three pieces after another makes nine from six units")
        .drawing(|| Cases::listed((2..=5).map(|k| sawtooth(&vec![3; k])))),
    ],
    well_formed: Dense::check,
};

fn units(case: &Dense) -> usize {
    case.widths().iter().sum()
}

fn pieces(case: &Dense) -> u64 {
    case.summed().count_regions(Notion::R4, &Domain::Whole)
}

/// Claims `(factor s)^k >= k^k p`.
fn compare(case: &Dense, factor: usize) -> Conclusion {
    let k = case.layers.len();
    let power = i32::try_from(k).map_err(|_| Undecided("too many layers"))?;
    let size = Rational::from(factor * units(case)).pow(power);
    at_least("(2 s)^k", size, Rational::from(k).pow(power) * Rational::from(pieces(case)))
}

/// Layers that fold the unit interval so many times, each with as many units, and a last one of
/// their sum: units whose positive parts have the signs +, -, +, .. make it.
fn sawtooth(teeth: &[usize]) -> Dense {
    let mut read = vec![Rational::ONE];
    let mut layers = Vec::new();
    for (l, &p) in teeth.iter().enumerate() {
        let is_last = l + 1 == teeth.len();
        let slope = |j: usize| Rational::from(if j == 0 { p } else { 2 * p });
        let row = |j: usize| read.iter().map(|r| r * &slope(j)).collect();
        let weights = (0..p).map(row).collect();
        let biases = (0..p).map(|j| -Rational::from(2 * j)).collect();
        layers.push(Units { weights, biases });
        let sign = |j: usize| numbers::sign(is_last || j.is_multiple_of(2));
        read = (0..p).map(sign).collect();
    }
    Dense { inputs: 1, layers }
}

/// Lines in general position in the plane: `x_1 + k x_2 > k^2`.
fn fan(n: usize) -> Dense {
    let weights = (0..n).map(|k| vec![Rational::ONE, Rational::from(k)]).collect();
    let biases = (0..n).map(|k| -Rational::from(k * k)).collect();
    Dense { inputs: 2, layers: vec![Units { weights, biases }] }
}
