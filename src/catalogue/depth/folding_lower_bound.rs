//! # Folding networks reach the lower bound for stacked convolutions inside the unit cube
//!
//! A layer with `p` times as many filters as the input has channels folds every sample `p` times
//! onto the unit interval, and the last layer cuts every folded copy of the cube as it cuts all of
//! its space. So the maximal number of regions is at least the number of copies times the maximum
//! of the last layer, and one explicit network has exactly so many in the open unit cube.
#![doc = include_str!("../../../proofs/depth/folding_lower_bound.md")]

use crate::claim::prelude::*;
use crate::construct::regions::folding_network;
use crate::exact::{Natural, Rational};
use crate::generators::stacked::{Stacking, line_shapes, unit_cube};
use crate::geometry::counting::dense;
use crate::net::regions::Notion;
use proptest::prelude::*;

/// The claim.
pub static CLAIM: Claim<Stacking> = Claim {
    card: Card {
        id: "depth/folding_lower_bound",
        title: "Folding networks reach the lower bound for stacked convolutions inside the unit \
                cube",
        statement: "strict regions of the folding network in (0, 1)^n = \
                    Π_{l<L} ⌊d_l / d_0⌋^(n_l d_0) · max R of the last layer on d_0 channels",
        source: Source::new("Xiong2020", "Theorem 5, the lower bound"),
        wording: Wording::Quoted,
        as_printed: Some(
            "an inequality for the maximum, with the published count of the last layer, of which \
             the argument gives the repaired one; that the cube attains it is derived here",
        ),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/depth/folding_lower_bound.md",
    },
    cases: shapes,
    hypotheses: &[],
    conclusion: |case| Finding::equal("regions in the cube", cells(case), bound(case)),
    twins: &[
        Twin::concluding(
            "every filter folds every channel",
            |case: &Stacking| {
                let claimed = claimed(case, |filters, _| filters);
                Finding::at_most("claimed for the maximum", claimed, ceiling(case))
            },
            "filters fold one channel each, so d_l / d_0 of them fold a channel",
        )
        .drawing(two_channels),
        Twin::concluding(
            "at least one fold whatever the filters",
            |case: &Stacking| {
                let claimed = claimed(case, |filters, channels| (filters / channels).max(1));
                Finding::at_most("claimed for the maximum", claimed, ceiling(case))
            },
            "a layer with fewer filters than channels loses dimensions",
        )
        .drawing(too_few_filters),
        Twin::concluding(
            "one region more",
            |case: &Stacking| {
                Finding::at_most("claimed for the maximum", bound(case) + Rational::ONE, {
                    ceiling(case)
                })
            },
            "for one layer on a line the bound is the maximum",
        ),
    ],
};

/// Steps of deletion and contraction; a last layer here takes a few thousand.
const LIMIT: usize = 1 << 20;

/// Strict regions of the folding network in the open unit cube; none without a network.
fn cells(case: &Stacking) -> u64 {
    let stack = case.stack();
    folding_network(&stack, LIMIT)
        .map_or(0, |net| net.count_regions(Notion::Strict, &unit_cube(stack.inputs())))
}

fn bound(case: &Stacking) -> Rational {
    let (bound, _) = case.stack().lower(LIMIT).expect("the last layer is small");
    bound.into()
}

/// The bound with another number of folds for `filters` and `channels`.
fn claimed(case: &Stacking, folds: fn(usize, usize) -> usize) -> Natural {
    let stack = case.stack();
    let last = stack.unfolded_last();
    let (cells, _) = last.window.maximum(last.units, LIMIT).expect("the last layer is small");
    let channels = case.input[0];
    let (_, folding) = stack.stages().split_last().expect("a stack has a layer");
    let copies = folding.iter().map(|stage| {
        let samples = u32::try_from(stage.window.positions() * channels).expect("a small shape");
        Natural::from(folds(stage.units, channels)).pow(samples)
    });
    copies.product::<Natural>() * cells
}

/// What no parameters exceed.
fn ceiling(case: &Stacking) -> Natural {
    let stack = case.stack();
    let serra = dense::serra_upper(stack.inputs(), &stack.widths());
    serra.min(stack.by_size_upper(LIMIT).expect("a small shape"))
}

/// Lines with one channel, and single places with two.
fn shapes() -> Cases<Stacking> {
    let dense = (2usize..=5, 1usize..=3).prop_map(|(n, m)| Stacking::dense(2, &[n, m]));
    prop_oneof![4 => line_shapes(1..=2, 3), 1 => line_shapes(3..=3, 2), 1 => dense].cases()
}

fn two_channels() -> Cases<Stacking> {
    (2usize..=3, 2usize..=3).prop_map(|(n, m)| Stacking::dense(2, &[n, m])).cases()
}

/// One filter over two channels, and a last layer with several.
fn too_few_filters() -> Cases<Stacking> {
    (4usize..=6)
        .prop_map(|d| Stacking { input: [2, 1, 3], layers: vec![[1, 2, 1, 1], [1, 2, 1, d]] })
        .cases()
}
