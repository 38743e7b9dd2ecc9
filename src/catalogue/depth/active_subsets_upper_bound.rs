//! # Two layers have at most the sum of the largest `I(S)` over sets of active units
//!
//! Regions of the first layer differ in the set `S` of units that are on, and inside one the second
//! layer cuts along rows of the product of both weight matrices over `S`. So the number of regions
//! is at most the sum of the `R_1` largest `I(S)`, where `R_1` is the maximum of the first layer
//! and `I(S)` the number of independent sets of those rows for generic shared weights.
#![doc = include_str!("../../../proofs/depth/active_subsets_upper_bound.md")]

use crate::claim::prelude::*;
use crate::exact::{Natural, Rational};
use crate::generators::stacked::{Filters, Stacked, line_shapes, stacked_with};
use proptest::prelude::*;
use proptest::sample::select;

/// The claim.
pub static CLAIM: Claim<Stacked> = Claim {
    card: Card {
        id: "depth/active_subsets_upper_bound",
        title: "Two layers have at most the sum of the largest I(S) over sets of active units",
        statement: "L = 2  ⟹  regions ≤ the sum of the R_1 largest I(S), S a set of units of \
                    layer 1, I(S) = #{independent sets of rows of M_2[.., S] M_1[S, ..]}",
        source: Source::new("Xiong2020", "a sharper form of Theorem 5 for two layers"),
        wording: Wording::Derived,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/depth/active_subsets_upper_bound.md",
    },
    cases: || networks().cases(),
    hypotheses: &[],
    conclusion: |case| Finding::at_most("regions", case.regions(), bound(case)),
    twins: &[
        Twin::concluding(
            "one region fewer",
            |case: &Stacked| {
                Finding::at_most("regions", case.regions(), bound(case) - Rational::ONE)
            },
            "four small shapes meet the bound",
        )
        .drawing(|| met().cases()),
        Twin::concluding(
            "the maxima of both layers added",
            |case: &Stacked| {
                let stack = case.stacking().stack();
                let alone = stack.stages().iter().map(|stage| {
                    stage.window.maximum(stage.units, LIMIT).expect("a small shape").0
                });
                Finding::at_most("regions", case.regions(), alone.sum::<Natural>())
            },
            "the second layer cuts in every region of the first",
        )
        .drawing(|| Just(network([1, 1, 2], [1, 1], &[-1, 1], [1, 2], &TWO)).cases()),
    ],
};

const LIMIT: usize = 1 << 16;

fn bound(case: &Stacked) -> Rational {
    let bound = case.stacking().stack().subset_upper(LIMIT);
    bound.expect("two layers, a few units").into()
}

/// Two layers on a line, at most six units in the first; some of those that meet the bound.
fn networks() -> BoxedStrategy<Stacked> {
    let any = line_shapes(2..=2, 2).prop_flat_map(|shape| stacked_with(shape, 4));
    prop_oneof![7 => any, 1 => met()].boxed()
}

/// Two filters of two taps, each followed by its bias.
const TWO: [i64; 6] = [-3, -1, 1, 1, 3, -1];

/// A network with one filter in the first layer, from its coefficients, each filter followed by
/// its bias.
fn network(
    input: [usize; 3],
    first: [usize; 2],
    one: &[i64],
    second: [usize; 2],
    two: &[i64],
) -> Stacked {
    let filters = |size: [usize; 2], entries: &[i64]| {
        let taps = size[0] * size[1];
        let chunks = entries.chunks(taps + 1);
        let numbers = |x: &[i64]| x.iter().copied().map(Rational::from).collect();
        Filters {
            size,
            stride: 1,
            weights: chunks.clone().map(|f| numbers(&f[..taps])).collect(),
            biases: chunks.map(|f| Rational::from(f[taps])).collect(),
        }
    };
    Stacked { input, layers: vec![filters(first, one), filters(second, two)] }
}

/// One network of each of four shapes that meet the bound: 7, 11, 11 and 31 regions.
fn met() -> BoxedStrategy<Stacked> {
    select(vec![
        network([1, 1, 2], [1, 1], &[4, -4], [1, 2], &[-4, -3, 4]),
        network([1, 1, 2], [1, 1], &[-1, 1], [1, 2], &TWO),
        network([1, 1, 3], [1, 2], &[1, -4, 1], [1, 2], &[3, 1, -1, -1, -3, 2]),
        network([1, 2, 2], [1, 1], &[-3, -1], [2, 2], &[-2, -2, -4, -1, 4]),
    ])
    .boxed()
}
