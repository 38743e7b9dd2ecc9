//! Folding networks reach the lower bound for stacked convolutions inside the unit cube.

use crate::catalogue::prelude::*;
use crate::construct::regions::folding_network;
use crate::counting::Stack;
use crate::generators::layer_chains::{Extent, Stacking, line_shapes, plane_shapes, unit_cube};
use crate::generators::stack_sizes::LIMIT;

pub(super) static CLAIM: Claim<Stacking> = Claim {
    card: theorem!("depth/folding_lower_bound", AGAINST_THE_STATEMENT)
        .derived_from("Xiong2020", "Theorem 5, the lower bound")
        .as_printed(
            "quoted: an inequality for the maximum, with the published count of the last layer, of \
             which the argument gives the repaired one; the count of one network in the cube is \
             derived here",
        ),
    statement: "d_l ≥ d_0 for l < L  ⟹  strict regions of the folding network in (0, 1)^n = \
                Π_{l<L} ⌊d_l / d_0⌋^(n_l d_0) · max R of the last layer on d_0 channels",
    cases: || {
        shapes(line_shapes(extent(1..=2, 3, 1..=4, 1..=12)), 1 << 10)
            .with("several channels", 8, shapes(dense(2..=3), 1 << 10))
            .with("planes", 4, shapes(plane_shapes(extent(1..=3, 4, 1..=5, 1..=24)), 1 << 12))
            .with("large", 64, shapes(plane_shapes(extent(2..=3, 6, 3..=6, 16..=40)), 1 << 14))
            .with("6 inputs, 40 units", 1024, {
                shapes(plane_shapes(extent(2..=3, 9, 5..=8, 28..=48)), 1 << 18)
            })
    },
    hypotheses: &[given("as many filters as channels", |case: &Stacking| {
        let (_, folding) = case.layers.split_last().expect("a stack has a layer");
        folding.iter().all(|layer| layer[3] >= case.input[0])
    })
    .needed(
        "a layer with fewer filters than channels loses dimensions, at least one fold or not",
        too_few_filters,
    )],
    conclusion: |case| {
        let bound = bound(case)?;
        match folding_network(&case.stack(), LIMIT) {
            Some(net) => {
                let cube = unit_cube(case.stack().inputs());
                let cells = net.count_regions(Notion::Strict, &cube);
                equal("regions in the cube", cells, bound)
            }
            None => equal("most regions of any network", most(case, &bound), bound),
        }
    },
    twins: &[
        twin("every filter folds every channel", |case: &Stacking| {
            let claimed = claimed(case, |filters, _| filters)?;
            equal("most regions of any network", most(case, &claimed), claimed)
        })
        .because("filters fold one channel each, so d_l / d_0 of them fold a channel")
        .drawing(|| dense(2..=2).cases()),
        twin("one region more", |case: &Stacking| {
            let claimed = bound(case)? + Natural::from(1u32);
            equal("most regions of any network", most(case, &claimed), claimed)
        })
        .because("for one layer on a line the bound is the maximum"),
    ],
    well_formed: Stacking::check,
};

/// What no parameters exceed, where that excludes the number that is claimed.
fn most(case: &Stacking, claimed: &Natural) -> Result<Natural, Undecided> {
    case.fewer_than(claimed).map_err(Undecided)
}

/// The bound; where some layer is too narrow to fold, with one fold for zero.
fn bound(case: &Stacking) -> Result<Natural, Undecided> {
    match case.stack().lower(LIMIT) {
        Some((bound, _)) if bound > Natural::ZERO => Ok(bound),
        _ => claimed(case, |filters, channels| (filters / channels).max(1)),
    }
}

/// The bound with another number of folds for `filters` and `channels`.
fn claimed(case: &Stacking, folds: fn(usize, usize) -> usize) -> Result<Natural, Undecided> {
    case.folded(folds).map_err(Undecided)
}

fn extent(layers: Span, filters: usize, inputs: Span, units: Span) -> Extent {
    Extent { layers, filters, inputs, units }
}

/// A single place with the given channels, and two layers.
fn dense(channels: Span) -> BoxedStrategy<Stacking> {
    (channels, 2usize..=6, 1usize..=4)
        .prop_map(|(inputs, n, m)| Stacking::dense(inputs, &[n.max(inputs), m]))
        .boxed()
}

/// Those of these shapes whose layers can fold, and give at most `most` regions.
fn shapes(any: BoxedStrategy<Stacking>, most: u32) -> BoxedStrategy<Stacking> {
    let widened = any.prop_map(|mut shape| {
        let channels = shape.input[0];
        for layer in &mut shape.layers {
            layer[3] = layer[3].max(channels);
        }
        shape
    });
    widened
        .prop_filter("few enough to count", move |shape| shape.is_countable(Stack::folds, most))
        .boxed()
}

/// One filter over two channels, and a last layer with several.
fn too_few_filters() -> Cases<Stacking> {
    let shape = |d| Stacking { input: [2, 1, 3], layers: vec![[1, 2, 1, 1], [1, 2, 1, d]] };
    Cases::listed((4..=9).map(shape))
}
