#![doc = include_str!("../../../proofs/depth/active_rank_upper_bound.md")]

use crate::claim::prelude::*;
use crate::generators::stacked::{Dense, dense_layers, general_position, valley_then, zigzag_then};
use crate::geometry::counting::{choose, dense};

pub(super) static CLAIM: Claim<Dense> = Claim {
    card: theorem!("depth/active_rank_upper_bound").quoted_from("Serra2018", "the upper bound"),
    statement: "regions ≤ Σ_{j_1, .., j_L} Π C(n_l, j_l) over \
                j_l ≤ min(n_0, n_1 - j_1, .., n_{l-1} - j_{l-1}, n_l)",
    cases: networks,
    hypotheses: &[],
    conclusion: |case| {
        let bound = dense::serra_upper(case.inputs, &case.widths());
        Finding::at_most("regions", case.regions(), bound)
    },
    twins: &[
        Twin::concluding(
            "one dimension fewer after each layer",
            |case: &Dense| {
                let bound = fewer_dimensions(case.inputs, &case.widths());
                Finding::at_most("regions", case.regions(), bound)
            },
            "with one unit of two on, the second layer still sees a line",
        )
        .drawing(|| Cases::listed((1..=12).map(valley_then))),
        Twin::concluding(
            "one region fewer",
            |case: &Dense| {
                let bound = dense::serra_upper(case.inputs, &case.widths());
                Finding::below("regions", case.regions(), bound)
            },
            "on a line, with three units in all layers but the last, the bound is attained",
        )
        .drawing(|| Cases::drawn(met(1..=4))),
    ],
};

/// The sum by its definition, where every layer takes one dimension more than it should.
fn fewer_dimensions(rank: usize, widths: &[usize]) -> Natural {
    let Some((&width, later)) = widths.split_first() else { return Natural::from(1u32) };
    let term = |j: usize| {
        let left = rank.min((width - j).saturating_sub(1));
        choose(width, j) * fewer_dimensions(left, later)
    };
    (0..=rank.min(width)).map(term).sum()
}

/// Networks that meet the bound: zigzags, and single layers in general position.
fn met(inputs: RangeInclusive<usize>) -> impl Strategy<Value = Dense> {
    let one = general_position(inputs, 1..=12);
    prop_oneof![(1usize..=30).prop_map(zigzag_then), one]
}

fn networks() -> Cases<Dense> {
    Cases::drawn(dense_layers(1..=3, 1..=3, 1..=4, 4))
        .with("few different weights", 8, dense_layers(1..=4, 1..=4, 1..=5, 1))
        .with("met", 16, met(1..=4))
        .with("four inputs", 32, dense_layers(2..=4, 2..=4, 3..=7, 9))
        .with("deep", 64, dense_layers(1..=2, 5..=8, 3..=5, 9))
        .with("6 inputs", 128, dense_layers(5..=6, 2..=3, 4..=6, 9))
        .with("met by 5 inputs", 256, general_position(5..=5, 20..=24))
        .with("6 inputs, 40 units", 1024, dense_layers(6..=6, 5..=8, 5..=6, 3))
        .with("met by 6 inputs, 40 units", 4096, general_position(6..=6, 36..=40))
}
