#![doc = include_str!("../../../proofs/depth/smallest_width_upper_bound.md")]

use crate::claim::prelude::*;
use crate::generators::stacked::{Dense, dense_layers, general_position, switches, zigzag_then};
use crate::geometry::counting::{choose_up_to, dense};

pub(super) static CLAIM: Claim<Dense> = Claim {
    card: theorem!("depth/smallest_width_upper_bound")
        .quoted_from("Montufar2017", "the upper bound"),
    statement: "regions ≤ Π_l Σ_{j ≤ m_l} C(n_l, j) with m_l = min(n_0, .., n_{l-1})",
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
        .drawing(|| Cases::listed((1..=12).map(switches))),
        Twin::concluding(
            "one region fewer",
            |case: &Dense| {
                let bound = dense::montufar_upper(case.inputs, &case.widths());
                Finding::below("regions", case.regions(), bound)
            },
            "zigzags and single layers in general position meet the bound",
        )
        .drawing(|| Cases::drawn(met(1..=4))),
        Twin::concluding(
            "layers add",
            |case: &Dense| {
                let layer = |&width: &usize| choose_up_to(width, case.inputs);
                let sum = case.widths().iter().map(layer).sum::<Natural>();
                Finding::at_most("regions", case.regions(), sum)
            },
            "every piece of a fold is cut anew",
        )
        .drawing(|| Cases::listed((2..=12).map(zigzag_then))),
    ],
};

/// `Π_l Σ_{j < m_l} C(n_l, j)`.
fn fewer_dimensions(case: &Dense) -> Natural {
    let mut dimension = case.inputs;
    let mut factor = |width: usize| {
        let cells = choose_up_to(width, dimension - 1);
        dimension = dimension.min(width);
        cells
    };
    case.widths().into_iter().map(&mut factor).product()
}

/// Networks that meet the bound.
fn met(inputs: RangeInclusive<usize>) -> impl Strategy<Value = Dense> {
    let one = general_position(inputs, 1..=12);
    prop_oneof![(1usize..=30).prop_map(zigzag_then), one]
}

fn networks() -> Cases<Dense> {
    Cases::drawn(dense_layers(1..=3, 1..=3, 1..=4, 4))
        .with("few different weights", 8, dense_layers(1..=4, 1..=4, 1..=5, 1))
        .with("met", 16, met(1..=4))
        .with("four inputs", 32, dense_layers(2..=4, 2..=4, 3..=7, 9))
        .with("deep", 64, dense_layers(1..=2, 5..=8, 3..=5, 9))
        .with("6 inputs", 128, dense_layers(5..=6, 2..=3, 4..=6, 9))
        .with("met by 5 inputs", 256, general_position(5..=5, 20..=24))
        .with("6 inputs, 40 units", 1024, dense_layers(6..=6, 5..=8, 5..=6, 3))
        .with("met by 6 inputs, 40 units", 4096, general_position(6..=6, 36..=40))
}
