//! On a line, layers of two units and a last one of n have at most 2^(L-1) n + 2^L - 1 regions.

use crate::catalogue::prelude::*;
use crate::generators::layer_chains::{Dense, Units, dense_with, valley_then, zigzag_then};

pub(super) static CLAIM: Claim<Dense> = Claim {
    card: conjecture!("depth/narrow_layers_on_a_line")
        .derived_from("Crease", "asked here; L = 2 is proved"),
    statement: "n_0 = 1, n_l = 2 for l < L, n_L = n  ⟹  regions ≤ 2^(L-1) n + 2^L - 1",
    cases: || {
        networks(1..=3, 1..=3, 3)
            .with("few different weights", 8, networks(1..=4, 1..=4, 1))
            .with("best", 16, best())
            .with("many units last", 32, networks(1..=3, 4..=20, 9))
            .with("deep", 64, networks(4..=6, 1..=6, 9))
            .with("40 units last", 256, networks(3..=8, 20..=40, 30))
    },
    hypotheses: &[given("two units before the last layer", |case: &Dense| {
        let widths = case.widths();
        let (_, narrow) = widths.split_last().expect("a network has a layer");
        case.inputs == 1 && narrow.iter().all(|&n| n == 2)
    })
    .needed("three units fold a line into four pieces", || {
        Cases::listed((1..=20).map(zigzag_then))
    })],
    conclusion: |case| at_most("regions", case.regions(), bound(case)),
    twins: &[twin("one region fewer", |case: &Dense| {
        at_most("regions", case.regions(), bound(case) - 1)
    })
    .because("networks of two, three and four layers attain the bound")
    .drawing(|| best().cases())],
    well_formed: Dense::check,
};

fn bound(case: &Dense) -> usize {
    let widths = case.widths();
    let (last, narrow) = widths.split_last().expect("a network has a layer");
    (last << narrow.len()) + (2 << narrow.len()) - 1
}

/// Layers of two units, as many as given, and a last one.
fn networks(narrow: Span, last: Span, most: i64) -> impl Strategy<Value = Dense> {
    (narrow, last).prop_flat_map(move |(narrow, last)| {
        let mut widths = vec![2; narrow];
        widths.push(last);
        dense_with(1, widths, most)
    })
}

/// Networks that attain the bound: two layers, by proof, and three and four, found by a search.
fn best() -> impl Strategy<Value = Dense> {
    let three: &[i64] = &[1, -2, 1, -3, -1, -2, 2, 2, 2, -3, -3, -3, 2, 1, 2, -3];
    let four: &[i64] =
        &[-2, 6, -3, -1, 3, 3, -5, -6, -2, 3, 2, 2, 3, 4, -2, -6, 6, -6, 4, -3, -2, -3];
    let found = select(vec![from_entries(three), from_entries(four)]);
    prop_oneof![(1usize..=20).prop_map(valley_then), found]
}

/// Layers of two units on a line: weights unit by unit, then the biases of the layer.
fn from_entries(entries: &[i64]) -> Dense {
    let mut numbers = entries.iter().copied().map(Rational::from);
    let mut take = |n: usize| numbers.by_ref().take(n).collect::<Vec<_>>();
    let (mut inputs, mut layers) = (1, Vec::new());
    for _ in 0..(entries.len() + 2) / 6 {
        let weights = vec![take(inputs), take(inputs)];
        layers.push(Units { weights, biases: take(2) });
        inputs = 2;
    }
    Dense { inputs: 1, layers }
}
