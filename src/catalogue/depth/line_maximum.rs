//! # On a line, layers of three units and more reach the product of `n_l + 1`
//!
//! No network on a line has more regions than the product of `n_l + 1`. With three units in every
//! layer but the last an explicit network has so many; with two units it cannot.
#![doc = include_str!("../../../proofs/depth/line_maximum.md")]

use crate::claim::prelude::*;
use crate::construct::regions::zigzag_network;
use crate::exact::Rational;
use crate::generators::stacked::Stacking;
use crate::net::regions::{Domain, Notion};
use proptest::collection::vec;
use proptest::prelude::*;

/// The claim.
pub static CLAIM: Claim<Stacking> = Claim {
    card: Card {
        id: "depth/line_maximum",
        title: "On a line, layers of three units and more reach the product of n_l + 1",
        statement: "n_0 = 1 and n_l ≥ 3 for l < L  ⟹  regions of the zigzag network = Π (n_l + 1)",
        source: Source::new("Serra2018", "the maximum for one input"),
        wording: Wording::Quoted,
        as_printed: Some("stated for n_l ≥ 3 in all layers; that the last is free is derived here"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/depth/line_maximum.md",
    },
    cases: || lines(3..=5),
    hypotheses: &[Hypothesis::new("three units a layer", |case: &Stacking| {
        let (_, folding) = case.layers.split_last().expect("a stack has a layer");
        folding.iter().all(|layer| layer[3] >= 3)
    })],
    conclusion: |case| Finding::equal("regions", reached(case), product(case)),
    twins: &[
        Twin::without(
            "three units a layer",
            || (1usize..=5).prop_map(|n| Stacking::dense(1, &[2, n])).cases(),
            "after two units no more than 2 n + 3 regions are possible",
        ),
        Twin::concluding(
            "layers add",
            |case: &Stacking| {
                let kinks: usize = case.layers.iter().map(|layer| layer[3]).sum();
                Finding::at_most("regions", reached(case), kinks + 1)
            },
            "a deep network folds: its units cut every piece anew",
        )
        .drawing(|| {
            (3usize..=5, 3usize..=5).prop_map(|(n, m)| Stacking::dense(1, &[n, m])).cases()
        }),
    ],
};

fn product(case: &Stacking) -> usize {
    case.layers.iter().map(|layer| layer[3] + 1).product()
}

/// The regions of the zigzag network, or without one what no parameters exceed.
fn reached(case: &Stacking) -> Rational {
    let stack = case.stack();
    match (zigzag_network(&stack, 1 << 20), &stack.widths()[..]) {
        (Some(net), _) => net.count_regions(Notion::R2, &Domain::Whole).into(),
        // depth/two_units_then_many.
        (None, &[2, n]) => Rational::from(2 * n + 3),
        (None, _) => Rational::from(product(case)),
    }
}

fn lines(width: std::ops::RangeInclusive<usize>) -> Cases<Stacking> {
    (vec(width, 0..=2), 1usize..=5)
        .prop_map(|(mut widths, last)| {
            widths.push(last);
            Stacking::dense(1, &widths)
        })
        .cases()
}
