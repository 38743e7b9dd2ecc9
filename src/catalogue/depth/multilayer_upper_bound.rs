//! # Stacked convolutions have at most the published number of regions
//!
//! The published count of the first layer, times the cells of as many hyperplanes in general
//! position as each later layer has units. The first factor over-counts in two dimensions, which is
//! safe here.
#![doc = include_str!("../../../proofs/depth/multilayer_upper_bound.md")]

use crate::claim::prelude::*;
use crate::exact::Natural;
use crate::generators::stacked::{Stacked, Stacking, grid, line_shapes, stacked_with};
use crate::geometry::counting::choose_up_to;
use proptest::prelude::*;

/// The claim.
pub static CLAIM: Claim<Stacked> = Claim {
    card: Card {
        id: "depth/multilayer_upper_bound",
        title: "Stacked convolutions have at most the published number of regions",
        statement: "regions ≤ R_N of the first layer · Π_{l≥2} Σ_{i≤n_0} C(units of layer l, i)",
        source: Source::new("Xiong2020", "Theorem 5, the upper bound"),
        wording: Wording::Quoted,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/depth/multilayer_upper_bound.md",
    },
    cases: || networks().cases(),
    hypotheses: &[],
    conclusion: |case| Finding::at_most("regions", case.regions(), bound(case, 0)),
    twins: &[
        Twin::concluding(
            "later layers in one dimension fewer",
            |case: &Stacked| Finding::at_most("regions", case.regions(), bound(case, 1)),
            "where the first layer is the identity the second cuts in all dimensions",
        )
        .drawing(|| grids().cases()),
        Twin::concluding(
            "the first layer alone",
            |case: &Stacked| Finding::at_most("regions", case.regions(), first(case)),
            "later layers cut the regions of the first",
        )
        .drawing(|| grids().cases()),
    ],
};

/// The bound, with the sums of later layers ending `fewer` terms before the number of inputs.
fn bound(case: &Stacked, fewer: usize) -> Natural {
    let stack = case.stacking().stack();
    let later = stack.stages()[1..].iter();
    let factor = later.map(|stage| choose_up_to(stage.width(), stack.inputs() - fewer));
    first(case) * factor.product::<Natural>()
}

fn first(case: &Stacked) -> Natural {
    let stage = case.stacking().stack().stages()[0];
    stage.window.published_count(stage.units)
}

/// One to three layers on a line, and a plane.
fn networks() -> BoxedStrategy<Stacked> {
    let plane = Stacking { input: [1, 2, 2], layers: vec![[1, 1, 1, 1], [2, 2, 1, 2]] };
    let line = line_shapes(1..=3, 2).prop_flat_map(|shape| stacked_with(shape, 4));
    prop_oneof![4 => line, 1 => stacked_with(plane, 4), 1 => grids()].boxed()
}

fn grids() -> BoxedStrategy<Stacked> {
    (5usize..=7).prop_map(grid).boxed()
}
