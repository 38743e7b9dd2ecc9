//! A network on a line has at most 2^(k-1) (w_1 + 1) w_2 .. w_k pieces.

use crate::catalogue::prelude::*;
use crate::counting::dense;
use crate::generators::layer_chains::{Dense, Units, dense_layers, switches, zigzag_then};

pub(super) static CLAIM: Claim<Dense> = Claim {
    card: theorem!("depth/line_pieces", AGAINST_THE_STATEMENT)
        .formally("line_pieces", 0xe5f5_7b3a_c806_14b9)
        .remembered_from("Arora2018", "the count of pieces on a line")
        .as_printed("from memory; the proof is ours"),
    statement: "n_0 = 1, widths w_1, .., w_k, read by a sum  ⟹  R4 ≤ \
                2^(k-1) (w_1 + 1) w_2 .. w_k",
    cases: || {
        dense_layers(1..=1, 1..=3, 1..=4, 4)
            .with("few different weights", 8, dense_layers(1..=1, 1..=4, 1..=5, 1))
            .with("zigzags", 16, (1usize..=40).prop_map(zigzag_then))
            .with("one layer", 4, dense_layers(1..=1, 1..=1, 5..=40, 999))
            .with("deep", 32, dense_layers(1..=1, 4..=6, 3..=6, 9))
            .with("wide", 64, dense_layers(1..=1, 2..=4, 10..=16, 9))
            .with("100 units", 256, dense_layers(1..=1, 4..=6, 16..=20, 99))
    },
    hypotheses: &[given("one input", |case: &Dense| case.inputs == 1)
        .needed("in the plane three units cut seven pieces", || Cases::listed((2..=12).map(fan)))],
    conclusion: |case| at_most("pieces", pieces(case), bound(case)),
    twins: &[
        twin("p pieces with p - 2 units a layer", |case: &Dense| {
            below("pieces", pieces(case), bound(case))
        })
        .because("each unit adds one kink, and one unit makes two pieces")
        .drawing(|| Cases::listed((1..=40).map(switches))),
        twin("without the powers of two", |case: &Dense| {
            let widths = case.widths();
            let product = widths[1..].iter().product::<usize>() * (widths[0] + 1);
            at_most("pieces", pieces(case), product)
        })
        .because("a piece keeps its old kinks and gains one for each unit")
        .drawing(|| Cases::listed((3..=20).map(zigzag_then))),
    ],
    well_formed: Dense::check,
};

fn pieces(case: &Dense) -> u64 {
    case.summed().count_regions(Notion::R4, &Domain::Whole)
}

fn bound(case: &Dense) -> Natural {
    dense::arora_upper(&case.widths())
}

/// Lines in general position in the plane: `x_1 + k x_2 > k^2`.
fn fan(n: usize) -> Dense {
    let row = |k: usize| vec![Rational::ONE, Rational::from(k)];
    let weights = (0..n).map(row).collect();
    let biases = (0..n).map(|k| -Rational::from(k * k)).collect();
    Dense { inputs: 2, layers: vec![Units { weights, biases }] }
}
