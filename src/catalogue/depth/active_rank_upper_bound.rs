//! # Units that are off leave fewer dimensions to later layers
//!
//! A cell of a layer where `k` units are on has an image of at most `k` dimensions, and there are
//! few cells with many units on. Summing over ranks instead of taking the worst gives the bound of
//! Serra, Tjandraatmadja and Ramalingam.
#![doc = include_str!("../../../proofs/depth/active_rank_upper_bound.md")]

use crate::claim::prelude::*;
use crate::exact::{Natural, Rational};
use crate::generators::stacked::{Dense, dense_with, valley_then, zigzag_then};
use crate::geometry::counting::{choose, dense};
use proptest::collection::vec;
use proptest::prelude::*;

/// The claim.
pub static CLAIM: Claim<Dense> = Claim {
    card: Card {
        id: "depth/active_rank_upper_bound",
        title: "Units that are off leave fewer dimensions to later layers",
        statement: "regions ≤ Σ_{j_1, .., j_L} Π C(n_l, j_l) over \
                    j_l ≤ min(n_0, n_1 - j_1, .., n_{l-1} - j_{l-1}, n_l)",
        source: Source::new("Serra2018", "the upper bound"),
        wording: Wording::Quoted,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/depth/active_rank_upper_bound.md",
    },
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
                let bound = summed(case.inputs, &case.widths(), 1);
                Finding::at_most("regions", case.regions(), bound)
            },
            "with one unit of two on, the second layer still sees a line",
        )
        .drawing(|| (1usize..=4).prop_map(valley_then).cases()),
        Twin::concluding(
            "one region fewer",
            |case: &Dense| {
                let bound = summed(case.inputs, &case.widths(), 0);
                Finding::at_most("regions", case.regions(), Rational::from(bound) - Rational::ONE)
            },
            "on a line, with three units in all layers but the last, the bound is attained",
        )
        .drawing(|| (1usize..=4).prop_map(zigzag_then).cases()),
    ],
};

/// The sum by its definition, where every layer takes `lost` dimensions more than it should.
fn summed(rank: usize, widths: &[usize], lost: usize) -> Natural {
    let Some((&width, later)) = widths.split_first() else { return Natural::from(1u32) };
    let term = |j: usize| {
        let left = rank.min((width - j).saturating_sub(lost));
        choose(width, j) * summed(left, later, lost)
    };
    (0..=rank.min(width)).map(term).sum()
}

fn networks() -> Cases<Dense> {
    let any = (1usize..=3, vec(1usize..=4, 1..=3))
        .prop_flat_map(|(inputs, widths)| dense_with(inputs, widths, 4));
    // Where the bound is met.
    let folded = (1usize..=4).prop_map(zigzag_then);
    prop_oneof![7 => any, 1 => folded].cases()
}
