//! # Each layer cuts in as many dimensions as the narrowest layer before it leaves
//!
//! A cell that reaches layer `l` passes through every layer before it, so its image has at most as
//! many dimensions as the smallest of their widths.
#![doc = include_str!("../../../proofs/depth/smallest_width_upper_bound.md")]

use crate::claim::prelude::*;
use crate::exact::Natural;
use crate::generators::stacked::{Dense, dense_with, switches, zigzag_then};
use crate::geometry::counting::{choose_up_to, dense};
use proptest::collection::vec;
use proptest::prelude::*;

/// The claim.
pub static CLAIM: Claim<Dense> = Claim {
    card: Card {
        id: "depth/smallest_width_upper_bound",
        title: "Each layer cuts in as many dimensions as the narrowest layer before it leaves",
        statement: "regions ≤ Π_l Σ_{j ≤ m_l} C(n_l, j) with m_l = min(n_0, .., n_{l-1})",
        source: Source::new("Montufar2017", "the upper bound"),
        wording: Wording::Quoted,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/depth/smallest_width_upper_bound.md",
    },
    cases: networks,
    hypotheses: &[],
    conclusion: |case| {
        let bound = dense::montufar_upper(case.inputs, &case.widths());
        Finding::at_most("regions", case.regions(), bound)
    },
    twins: &[
        Twin::concluding(
            "one dimension fewer",
            |case: &Dense| Finding::at_most("regions", case.regions(), fewer_dimensions(case)),
            "on a line every unit may cut",
        )
        .drawing(|| (1usize..=4).prop_map(switches).cases()),
        Twin::concluding(
            "layers add",
            |case: &Dense| {
                let layer = |&width: &usize| choose_up_to(width, case.inputs);
                let sum = case.widths().iter().map(layer).sum::<Natural>();
                Finding::at_most("regions", case.regions(), sum)
            },
            "every piece of a fold is cut anew",
        )
        .drawing(|| (2usize..=4).prop_map(zigzag_then).cases()),
    ],
};

/// `Π_l Σ_{j < m_l} C(n_l, j)`.
fn fewer_dimensions(case: &Dense) -> Natural {
    let mut dimension = case.inputs;
    let mut factor = |width: usize| {
        let cells = dimension.checked_sub(1).map_or(Natural::ZERO, |d| choose_up_to(width, d));
        dimension = dimension.min(width);
        cells
    };
    case.widths().into_iter().map(&mut factor).product()
}

fn networks() -> Cases<Dense> {
    let any = (1usize..=3, vec(1usize..=4, 1..=3))
        .prop_flat_map(|(inputs, widths)| dense_with(inputs, widths, 4));
    // Where the bound is met.
    let folded = (1usize..=4).prop_map(zigzag_then);
    prop_oneof![7 => any, 1 => folded].cases()
}
