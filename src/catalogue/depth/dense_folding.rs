//! # Dense layers fold each input `⌊n_l / n_0⌋` times
//!
//! The lower bound of Montúfar, Pascanu, Cho and Bengio for deep networks, attained in the open
//! unit cube: every layer before the last maps `⌊n_l / n_0⌋^n_0` boxes onto the cube, and the last
//! layer cuts each of them as hyperplanes in general position.
#![doc = include_str!("../../../proofs/depth/dense_folding.md")]

use crate::claim::prelude::*;
use crate::construct::regions::folding_network;
use crate::exact::{Natural, Rational};
use crate::generators::stacked::{Stacking, unit_cube};
use crate::geometry::counting::{choose_up_to, dense};
use crate::net::regions::Notion;
use proptest::prelude::*;

/// The claim.
pub static CLAIM: Claim<Stacking> = Claim {
    card: Card {
        id: "depth/dense_folding",
        title: "Dense layers fold each input ⌊n_l / n_0⌋ times",
        statement: "n_l ≥ n_0 for l < L  ⟹  strict regions of the folding network in (0, 1)^n_0 = \
                    Π_{l<L} ⌊n_l / n_0⌋^n_0 · Σ_{j≤n_0} C(n_L, j)",
        source: Source::new("Montufar2014", "the lower bound for deep networks"),
        wording: Wording::Quoted,
        as_printed: Some("an inequality for the maximum, with n_l ≥ n_0 in all layers"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/depth/dense_folding.md",
    },
    cases: shapes,
    hypotheses: &[Hypothesis::new("as wide as the input", |case: &Stacking| {
        let (_, folding) = case.layers.split_last().expect("a stack has a layer");
        folding.iter().all(|layer| layer[3] >= case.input[0])
    })],
    conclusion: |case| Finding::equal("regions", reached(case), claimed(case, case.input[0])),
    twins: &[
        Twin::without(
            "as wide as the input",
            || (3usize..=5).prop_map(|n| Stacking::dense(2, &[1, n])).cases(),
            "a narrow layer leaves a line, however the fold is rounded",
        ),
        Twin::concluding(
            "a fold for every unit",
            |case: &Stacking| {
                let claimed = claimed(case, case.layers[0][3]);
                Finding::at_most("claimed for the maximum", claimed, ceiling(case))
            },
            "the folds of n_0 directions multiply, those of one direction add",
        )
        .drawing(|| (1usize..=3).prop_map(|n| Stacking::dense(2, &[4, n])).cases()),
    ],
};

/// Strict regions of the folding network in the cube, or without one what no parameters exceed.
fn reached(case: &Stacking) -> Rational {
    match folding_network(&case.stack(), 1 << 20) {
        Some(net) => net.count_regions(Notion::Strict, &unit_cube(case.input[0])).into(),
        None => ceiling(case).into(),
    }
}

/// `Π max(1, ⌊n_l / n_0⌋)^exponent` times the cells of the last layer.
fn claimed(case: &Stacking, exponent: usize) -> Natural {
    let inputs = case.input[0];
    let (last, folding) = case.layers.split_last().expect("a stack has a layer");
    let exponent = u32::try_from(exponent).expect("a small shape");
    let folds = folding.iter().map(|layer| Natural::from((layer[3] / inputs).max(1)).pow(exponent));
    folds.product::<Natural>() * choose_up_to(last[3], inputs)
}

fn ceiling(case: &Stacking) -> Natural {
    dense::serra_upper(case.input[0], &case.stack().widths())
}

/// One to three inputs, one or two folding layers.
fn shapes() -> Cases<Stacking> {
    let deep = (2usize..=3, 2usize..=4, 1usize..=4)
        .prop_map(|(n, m, last)| Stacking::dense(1, &[n, m, last]));
    let two = (2usize..=6, 1usize..=4).prop_map(|(n, last)| Stacking::dense(2, &[n, last]));
    let three = (3usize..=6, 1usize..=3).prop_map(|(n, last)| Stacking::dense(3, &[n, last]));
    prop_oneof![deep, two, three].cases()
}
