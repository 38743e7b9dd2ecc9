//! After two units on a line, n more make at most 2 n + 3 regions.

use crate::catalogue::prelude::*;
use crate::generators::layer_chains::{Dense, dense_with, valley_then, zigzag_then};

pub(super) static CLAIM: Claim<Dense> = Claim {
    card: theorem!("depth/two_units_then_many", AGAINST_THE_STATEMENT)
        .derived_from("Serra2018", "why the maximum for one input asks for three units"),
    statement: "n_0 = 1, widths (2, n)  ⟹  regions ≤ 2 n + 3",
    cases: || {
        networks(1..=5, 5)
            .with("few different weights", 8, networks(1..=5, 1))
            .with("valleys", 16, (1usize..=100).prop_map(valley_then))
            .with("40 units", 32, networks(6..=40, 99))
            .with("120 units", 256, networks(80..=120, 999))
    },
    hypotheses: &[given("two units first", |case: &Dense| {
        case.inputs == 1 && case.layers.len() == 2 && case.layers[0].biases.len() == 2
    })
    .needed("three units fold a line into a zigzag with four pieces", || {
        Cases::listed((1..=20).map(zigzag_then))
    })],
    conclusion: |case| at_most("regions", case.regions(), 2 * last(case) + 3),
    twins: &[
        twin("one region fewer", |case: &Dense| {
            at_most("regions", case.regions(), 2 * last(case) + 2)
        })
        .because("a valley between two rays attains the bound")
        .drawing(|| Cases::listed((1..=20).map(valley_then))),
        twin("a cut of every piece", |case: &Dense| {
            at_least("regions of a valley", case.regions(), 3 * (last(case) + 1))
        })
        .because("a line meets two of the three pieces")
        .drawing(|| Cases::listed((1..=20).map(valley_then))),
    ],
    well_formed: Dense::check,
};

fn last(case: &Dense) -> usize {
    case.layers.last().expect("a network has a layer").biases.len()
}

fn networks(last: Span, most: i64) -> impl Strategy<Value = Dense> {
    last.prop_flat_map(move |n| dense_with(1, vec![2, n], most))
}
