//! Stacked convolutions have at most the published number of regions.

use crate::catalogue::prelude::*;
use crate::generators::layer_chains::{
    Extent, Stacked, grid, line_shapes, plane_shapes, stacked_with,
};

pub(super) static CLAIM: Claim<Stacked> = Claim {
    card: theorem!("depth/multilayer_upper_bound", AGAINST_THE_STATEMENT)
        .quoted_from("Xiong2020", "Theorem 5, the upper bound"),
    statement: "regions ≤ R_N of the first layer · Π_{l≥2} Σ_{i≤n_0} C(units of layer l, i)",
    cases: || {
        prop_oneof![4 => lines(4), 1 => grids()]
            .with("few different weights", 8, lines(1))
            .with("met", 16, generic(1..=4, 1..=16))
            .with("planes", 32, planes(4, 2..=6, 2..=16))
            .with("large", 128, planes(5, 4..=6, 16..=22))
            .with("6 inputs, 40 units", 1024, planes(6, 5..=6, 28..=40))
            .with("met by 6 inputs, 40 units", 4096, generic(6..=6, 36..=40))
    },
    hypotheses: &[],
    conclusion: |case| at_most("regions", case.regions(), bound(case, 0)),
    twins: &[
        twin("later layers in one dimension fewer", |case: &Stacked| {
            at_most("regions", case.regions(), bound(case, 1))
        })
        .because("where the first layer is the identity the second cuts in all dimensions")
        .drawing(|| grids().cases()),
        twin("the first layer alone", |case: &Stacked| {
            at_most("regions", case.regions(), first(case))
        })
        .because("later layers cut the regions of the first")
        .drawing(|| grids().cases()),
        twin("one region fewer", |case: &Stacked| {
            let bound = case.stacking().stack().xiong_upper(1 << 20);
            let bound = bound.ok_or(Undecided("the published count is out of reach"));
            below("regions", case.regions(), bound)
        })
        .because("a single layer of generic filters on a line meets the bound")
        .drawing(|| generic(1..=4, 1..=16).cases()),
    ],
    well_formed: Stacked::check,
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

/// One to three layers on a line, with integers of size at most `most`.
fn lines(most: i64) -> impl Strategy<Value = Stacked> {
    line_shapes(Extent { layers: 1..=3, filters: 2, inputs: 1..=5, units: 1..=12 })
        .prop_flat_map(move |shape| stacked_with(shape, most))
}

/// Two or three layers on a plane.
fn planes(filters: usize, inputs: Span, units: Span) -> impl Strategy<Value = Stacked> {
    plane_shapes(Extent { layers: 2..=3, filters, inputs, units })
        .prop_flat_map(|shape| stacked_with(shape, 9))
}

/// One layer on a line, with integers so large that they are hardly ever dependent.
fn generic(inputs: Span, units: Span) -> impl Strategy<Value = Stacked> {
    line_shapes(Extent { layers: 1..=1, filters: 8, inputs, units })
        .prop_flat_map(|shape| stacked_with(shape, 99_999))
}

fn grids() -> impl Strategy<Value = Stacked> {
    (5usize..=12).prop_map(grid)
}
