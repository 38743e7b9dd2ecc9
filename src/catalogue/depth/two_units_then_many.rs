//! # After two units on a line, `n` more make at most `2 n + 3` regions
//!
//! Two units bend a line into a curve of three pieces that any straight line meets twice at most.
//! This is why three units a layer are needed for the product of `n_l + 1`.
#![doc = include_str!("../../../proofs/depth/two_units_then_many.md")]

use crate::claim::prelude::*;
use crate::generators::stacked::{Dense, dense_with, valley_then, zigzag_then};
use proptest::prelude::*;

/// The claim.
pub static CLAIM: Claim<Dense> = Claim {
    card: Card {
        id: "depth/two_units_then_many",
        title: "After two units on a line, n more make at most 2 n + 3 regions",
        statement: "n_0 = 1, widths (2, n)  ⟹  regions ≤ 2 n + 3",
        source: Source::new("Serra2018", "why the maximum for one input asks for three units"),
        wording: Wording::Derived,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/depth/two_units_then_many.md",
    },
    cases: || networks().cases(),
    hypotheses: &[Hypothesis::new("two units first", |case: &Dense| {
        case.inputs == 1 && case.layers.len() == 2 && case.layers[0].biases.len() == 2
    })],
    conclusion: |case| Finding::at_most("regions", case.regions(), 2 * last(case) + 3),
    twins: &[
        Twin::without(
            "two units first",
            || (1usize..=5).prop_map(zigzag_then).cases(),
            "three units fold a line into a zigzag with four pieces",
        ),
        Twin::concluding(
            "one region fewer",
            |case: &Dense| Finding::at_most("regions", case.regions(), 2 * last(case) + 2),
            "a valley between two rays attains the bound",
        )
        .drawing(|| valleys().cases()),
        Twin::concluding(
            "a cut of every piece",
            |case: &Dense| {
                Finding::at_least("regions of a valley", case.regions(), 3 * (last(case) + 1))
            },
            "a line meets two of the three pieces",
        )
        .drawing(|| valleys().cases()),
    ],
};

fn last(case: &Dense) -> usize {
    case.layers.last().map_or(0, |layer| layer.biases.len())
}

fn networks() -> BoxedStrategy<Dense> {
    let any = (1usize..=5).prop_flat_map(|n| dense_with(1, vec![2, n], 5));
    prop_oneof![7 => any, 1 => valleys()].boxed()
}

fn valleys() -> BoxedStrategy<Dense> {
    (1usize..=5).prop_map(valley_then).boxed()
}
