//! With three filters a channel, a layer of convolutions folds once more than it has filters.

use crate::catalogue::prelude::*;
use crate::construct::regions::zigzag_network;
use crate::counting::Stack;
use crate::generators::layer_chains::{Extent, Stacking, plane_shapes, unit_cube};
use crate::generators::stack_sizes::LIMIT;

pub(super) static CLAIM: Claim<Stacking> = Claim {
    card: theorem!("depth/zigzag_lower_bound", AGAINST_THE_STATEMENT)
        .derived_from("Serra2018", "the lower bound for dense layers, carried over")
        .as_printed(
            "the dense bound is remembered, for widths n_l ≥ 3 n_0 in all layers; shared weights \
             and the free last layer are derived here",
        ),
    statement: "d_l ≥ 3 d_0 for l < L  ⟹  strict regions of the zigzag network in (0, 1)^n = \
                Π_{l<L} (⌊d_l / d_0⌋ + 1)^(n_l d_0) · max R of the last layer on d_0 channels",
    cases: || {
        prop_oneof![shared(), two(), lines(3..=5, 2..=2)]
            .with("deep lines", 16, lines(3..=9, 1..=4))
            .with("6 inputs, 40 units in few places", 128, few_places())
            .with("planes", 8, wide(2..=5, 8..=24, 1 << 10))
            .with("large planes", 64, wide(4..=6, 16..=40, 1 << 14))
            .with("6 inputs, 40 units", 1024, wide(5..=7, 24..=48, 1 << 18))
    },
    hypotheses: &[given("three filters a channel", has_three)
        .needed("two units fold a line along a curve that no line meets three times", || {
            Cases::listed((1..=20).map(|n| Stacking::dense(1, &[2, n])))
        })],
    conclusion: |case| {
        let bound = claimed(case, 1)?;
        match zigzag_network(&case.stack(), LIMIT) {
            Some(net) => equal("regions in the cube", in_the_cube(&net), bound),
            None => {
                let most = case.fewer_than(&bound).map_err(Undecided);
                equal("most regions of any network", most, bound)
            }
        }
    },
    twins: &[twin("two folds more than filters", |case: &Stacking| {
        let net = zigzag_network(&case.stack(), LIMIT)
            .ok_or(Undecided("the filters of the last layer were not found"))?;
        at_least("regions in the cube", in_the_cube(&net), claimed(case, 2)?)
    })
    .because("n units have n kinks, so n + 1 pieces")
    .drawing(|| lines(3..=5, 2..=2).cases())],
    well_formed: Stacking::check,
};

fn has_three(case: &Stacking) -> bool {
    let (_, folding) = case.layers.split_last().expect("a stack has a layer");
    folding.iter().all(|layer| layer[3] >= 3 * case.input[0])
}

fn in_the_cube(net: &Network) -> u64 {
    net.count_regions(Notion::Strict, &unit_cube(net.input().units()))
}

/// The bound with `more` folds than filters.
fn claimed(case: &Stacking, more: usize) -> Result<Natural, Undecided> {
    case.folded(|filters, channels| filters / channels + more).map_err(Undecided)
}

/// A line folded at two or three places.
fn shared() -> impl Strategy<Value = Stacking> {
    (3usize..=4, 1usize..=2, 1usize..=3).prop_map(|(filters, taps, last)| Stacking {
        input: [1, 1, taps + 1],
        layers: vec![[1, taps, 1, filters], [1, 2, 1, last]],
    })
}

/// A dense layer over two inputs.
fn two() -> impl Strategy<Value = Stacking> {
    (6usize..=8, 1usize..=3).prop_map(|(n, m)| Stacking::dense(2, &[n, m]))
}

/// A line, with layers that fold and their units in these numbers.
fn lines(units: Span, folding: Span) -> impl Strategy<Value = Stacking> {
    (vec(units, folding), 1usize..=9).prop_map(|(mut widths, last)| {
        widths.push(last);
        Stacking::dense(1, &widths)
    })
}

/// Forty units over six to eight inputs in one place or two, so that regions are few.
fn few_places() -> BoxedStrategy<Stacking> {
    (6usize..=8, 1usize..=2, 1usize..=3)
        .prop_map(|(inputs, places, last)| Stacking {
            input: [1, 1, inputs],
            layers: vec![[1, inputs + 1 - places, 1, 40 / places], [1, places, 1, last]],
        })
        .boxed()
}

/// Shapes with three filters a channel at least, and at most `most` regions.
fn wide(inputs: Span, units: Span, most: u32) -> impl Strategy<Value = Stacking> {
    let extent = Extent { layers: 2..=3, filters: 6, inputs, units };
    plane_shapes(extent)
        .prop_map(|mut shape| {
            let (least, last) = (3 * shape.input[0], shape.layers.len() - 1);
            for layer in &mut shape.layers[..last] {
                layer[3] = layer[3].max(least);
            }
            shape
        })
        .prop_filter("few enough to count", move |shape| shape.is_countable(Stack::zigzags, most))
}
