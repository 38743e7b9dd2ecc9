//! # With three filters a channel, a layer of convolutions folds once more than it has filters
//!
//! Serra, Tjandraatmadja and Ramalingam fold a line `n + 1` times with `n >= 3` units: the outer
//! pieces of a zigzag are free once one unit looks the other way. The same filters work where
//! weights are shared over positions, which sharpens the lower bound for stacked convolutions.
#![doc = include_str!("../../../proofs/depth/zigzag_lower_bound.md")]

use crate::claim::prelude::*;
use crate::construct::regions::zigzag_network;
use crate::exact::{Natural, Rational};
use crate::generators::stacked::{Stacking, unit_cube};
use crate::geometry::counting::dense;
use crate::net::regions::Notion;
use proptest::prelude::*;

/// The claim.
pub static CLAIM: Claim<Stacking> = Claim {
    card: Card {
        id: "depth/zigzag_lower_bound",
        title: "With three filters a channel, a layer of convolutions folds once more than it has \
                filters",
        statement: "d_l ≥ 3 d_0 for l < L  ⟹  strict regions of the zigzag network in (0, 1)^n = \
                    Π_{l<L} (⌊d_l / d_0⌋ + 1)^(n_l d_0) · max R of the last layer on d_0 channels",
        source: Source::new("Serra2018", "the lower bound for dense layers, carried over"),
        wording: Wording::Derived,
        as_printed: Some(
            "the dense bound is remembered, for widths n_l ≥ 3 n_0 in all layers; shared weights \
             and the free last layer are derived here",
        ),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/depth/zigzag_lower_bound.md",
    },
    cases: || shapes().cases(),
    hypotheses: &[Hypothesis::new("three filters a channel", has_three)],
    conclusion: |case| Finding::at_least("regions within reach", reached(case), bound(case)),
    twins: &[
        Twin::without(
            "three filters a channel",
            || two_units().cases(),
            "two units fold a line along a curve that no line meets three times",
        ),
        Twin::concluding(
            "two folds more than filters",
            |case: &Stacking| {
                Finding::at_least("regions within reach", reached(case), claimed(case, 2))
            },
            "n units have n kinks, so n + 1 pieces",
        )
        .drawing(|| lines().cases()),
    ],
};

const LIMIT: usize = 1 << 20;

fn has_three(case: &Stacking) -> bool {
    let (_, folding) = case.layers.split_last().expect("a stack has a layer");
    folding.iter().all(|layer| layer[3] >= 3 * case.input[0])
}

/// The regions of the zigzag network in the cube; where there is none, or where it attains the
/// maximum of dense layers on a line, what no parameters exceed.
fn reached(case: &Stacking) -> Rational {
    let stack = case.stack();
    if let Some(net) = zigzag_network(&stack, LIMIT) {
        return net.count_regions(Notion::Strict, &unit_cube(stack.inputs())).into();
    }
    match (stack.inputs(), &stack.widths()[..]) {
        // depth/two_units_then_many.
        (1, &[2, n]) => Rational::from(2 * n + 3),
        (inputs, widths) => dense::serra_upper(inputs, widths).into(),
    }
}

fn bound(case: &Stacking) -> Natural {
    claimed(case, 1)
}

/// The bound with `more` folds than filters.
fn claimed(case: &Stacking, more: usize) -> Natural {
    let stack = case.stack();
    let last = stack.unfolded_last();
    let (cells, _) = last.window.maximum(last.units, LIMIT).expect("the last layer is small");
    let (_, folding) = stack.stages().split_last().expect("a stack has a layer");
    let copies = folding.iter().map(|stage| {
        let samples = stage.window.positions() * case.input[0];
        let folds = stage.units / case.input[0] + more;
        Natural::from(folds).pow(u32::try_from(samples).expect("a small shape"))
    });
    copies.product::<Natural>() * cells
}

/// A line folded at two places, or a dense layer over one or two inputs.
fn shapes() -> BoxedStrategy<Stacking> {
    let shared = (3usize..=4, 1usize..=2, 1usize..=3).prop_map(|(filters, taps, last)| Stacking {
        input: [1, 1, taps + 1],
        layers: vec![[1, taps, 1, filters], [1, 2, 1, last]],
    });
    let two = (6usize..=8, 1usize..=3).prop_map(|(n, m)| Stacking::dense(2, &[n, m]));
    prop_oneof![shared, two, lines()].boxed()
}

fn lines() -> BoxedStrategy<Stacking> {
    let widths = (3usize..=5, 3usize..=4, 1usize..=3);
    widths.prop_map(|(n, m, last)| Stacking::dense(1, &[n, m, last])).boxed()
}

fn two_units() -> BoxedStrategy<Stacking> {
    (1usize..=4).prop_map(|n| Stacking::dense(1, &[2, n])).boxed()
}
