//! Two layers have at most the sum of the largest I(S) over sets of active units.

use crate::catalogue::prelude::*;
use crate::generators::layer_chains::{
    Extent, Filters, Stacked, Stacking, line_shapes, stacked_with, zigzag_then,
};

pub(super) static CLAIM: Claim<Stacked> = Claim {
    card: theorem!("depth/active_subsets_upper_bound", AGAINST_THE_STATEMENT)
        .derived_from("Xiong2020", "a sharper form of Theorem 5 for two layers"),
    statement: "L = 2  ⟹  regions ≤ the sum of the R_1 largest I(S), S a set of units of \
                layer 1, I(S) = #{independent sets of rows of M_2[.., S] M_1[S, ..]}",
    cases: || {
        networks(2, 2..=4, 2..=8, 4)
            .with("few different weights", 8, networks(2, 2..=4, 2..=8, 1))
            .with("met", 16, met())
            .with("dense", 32, dense(1..=3, 2..=4, 2..=6))
            .with("large", 64, networks(3, 3..=5, 9..=16, 9))
            .with("6 inputs", 256, dense(5..=6, 4..=6, 8..=12))
            .with("6 inputs, 40 units", 1024, dense(6..=6, 4..=5, 35..=36))
            .with("all sets of eight units", 2048, dense(3..=4, 8..=8, 16..=20))
    },
    hypotheses: &[],
    conclusion: |case| at_most("regions", case.regions(), bound(case)),
    twins: &[
        twin("one region fewer", |case: &Stacked| below("regions", case.regions(), bound(case)))
            .because("small shapes meet the bound")
            .drawing(|| met().cases()),
        twin("the maxima of both layers added", |case: &Stacked| {
            let stack = case.stacking().stack();
            let alone = stack.stages().iter().map(|stage| {
                let maximum = stage.window.maximum(stage.units, LIMIT);
                Ok(maximum.ok_or(Undecided("the maximum of a layer is out of reach"))?.0)
            });
            let sum = alone.sum::<Result<Natural, Undecided>>();
            at_most("regions", case.regions(), sum)
        })
        .because("the second layer cuts in every region of the first")
        .drawing(|| Cases::listed([network([1, 1, 2], [1, 1], &[-1, 1], [1, 2], &TWO)])),
    ],
    well_formed: Stacked::check,
};

const LIMIT: usize = 1 << 20;

fn bound(case: &Stacked) -> Result<Natural, Undecided> {
    let bound = case.stacking().stack().subset_upper(LIMIT);
    bound.ok_or(Undecided("the sum over the active sets of two layers is out of reach"))
}

/// Two layers on a line, at most eight units in the first.
fn networks(
    filters: usize,
    inputs: Span,
    units: Span,
    most: i64,
) -> impl Strategy<Value = Stacked> {
    line_shapes(Extent { layers: 2..=2, filters, inputs, units })
        .prop_filter("few sets of units", |shape| shape.stack().widths()[0] <= 8)
        .prop_flat_map(move |shape| stacked_with(shape, most))
}

/// Two layers over a single place.
fn dense(inputs: Span, first: Span, last: Span) -> impl Strategy<Value = Stacked> {
    (inputs, first, last)
        .prop_flat_map(|(inputs, n, m)| stacked_with(Stacking::dense(inputs, &[n, m]), 99))
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

/// One network of each of four shapes that meet the bound, 7, 11, 11 and 31 regions, and a line
/// that is folded by three units and more.
fn met() -> impl Strategy<Value = Stacked> {
    let small = select(vec![
        network([1, 1, 2], [1, 1], &[4, -4], [1, 2], &[-4, -3, 4]),
        network([1, 1, 2], [1, 1], &[-1, 1], [1, 2], &TWO),
        network([1, 1, 3], [1, 2], &[1, -4, 1], [1, 2], &[3, 1, -1, -1, -3, 2]),
        network([1, 2, 2], [1, 1], &[-3, -1], [2, 2], &[-2, -2, -4, -1, 4]),
    ]);
    prop_oneof![small, (1usize..=12).prop_map(|n| zigzag_then(n).stacked())]
}
