//! # A network on a line has at most `2^(k-1) (w_1 + 1) w_2 .. w_k` pieces
//!
//! Pieces are the largest intervals on which the output is affine. For one hidden layer this is the
//! familiar count: `w` units make at most `w + 1` pieces.
#![doc = include_str!("../../../proofs/depth/line_pieces.md")]

use crate::claim::prelude::*;
use crate::exact::{Natural, Rational};
use crate::generators::stacked::{Dense, Units, dense_with, switches, zigzag_then};
use crate::geometry::counting::dense;
use crate::net::regions::{Domain, Notion};
use proptest::collection::vec;
use proptest::prelude::*;

/// The claim.
pub static CLAIM: Claim<Dense> = Claim {
    card: Card {
        id: "depth/line_pieces",
        title: "A network on a line has at most 2^(k-1) (w_1 + 1) w_2 .. w_k pieces",
        statement: "n_0 = 1, widths w_1, .., w_k, read by a sum  ⟹  R4 ≤ \
                    2^(k-1) (w_1 + 1) w_2 .. w_k",
        source: Source::new("Arora2018", "the count of pieces on a line"),
        wording: Wording::Remembered,
        as_printed: Some("from memory; the proof is ours"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/depth/line_pieces.md",
    },
    cases: networks,
    hypotheses: &[Hypothesis::new("one input", |case: &Dense| case.inputs == 1)],
    conclusion: |case| Finding::at_most("pieces", pieces(case), bound(case)),
    twins: &[
        Twin::without(
            "one input",
            || (2usize..=3).prop_map(fan).cases(),
            "in the plane three units cut seven pieces",
        ),
        Twin::concluding(
            "p pieces with p - 2 units a layer",
            |case: &Dense| {
                Finding::at_most(
                    "pieces",
                    pieces(case),
                    Rational::from(bound(case)) - Rational::ONE,
                )
            },
            "each unit adds one kink, and one unit makes two pieces",
        )
        .drawing(|| (1usize..=4).prop_map(switches).cases()),
        Twin::concluding(
            "without the powers of two",
            |case: &Dense| {
                let widths = case.widths();
                let product = widths[1..].iter().product::<usize>() * (widths[0] + 1);
                Finding::at_most("pieces", pieces(case), product)
            },
            "a piece keeps its old kinks and gains one for each unit",
        )
        .drawing(|| (1usize..=4).prop_map(zigzag_then).cases()),
    ],
};

fn pieces(case: &Dense) -> u64 {
    case.summed().count_regions(Notion::R4, &Domain::Whole)
}

fn bound(case: &Dense) -> Natural {
    dense::arora_upper(&case.widths())
}

fn networks() -> Cases<Dense> {
    vec(1usize..=4, 1..=3).prop_flat_map(|widths| dense_with(1, widths, 4)).cases()
}

/// Lines in general position in the plane: `x_1 + k x_2 > k^2`.
fn fan(n: usize) -> Dense {
    let row = |k: usize| vec![Rational::ONE, Rational::from(k)];
    let weights = (0..n).map(row).collect();
    let biases = (0..n).map(|k| -Rational::from(k * k)).collect();
    Dense { inputs: 2, layers: vec![Units { weights, biases }] }
}
