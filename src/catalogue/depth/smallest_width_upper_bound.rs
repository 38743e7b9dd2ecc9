//! Each layer cuts in as many dimensions as the narrowest layer before it leaves.

use crate::catalogue::prelude::*;
use crate::counting::dense;
use crate::generators::layer_chains::{Dense, bound_is_met, of_all_sizes, switches, zigzag_then};

pub(super) static CLAIM: Claim<Dense> = Claim {
    card: theorem!("depth/smallest_width_upper_bound", AGAINST_THE_STATEMENT)
        .formally("smallest_width_upper_bound", 0xf0d9_20c0_14a2_8478)
        .quoted_from("Montufar2017", "the upper bound"),
    statement: "regions ≤ Π_l Σ_{j ≤ m_l} C(n_l, j) with m_l = min(n_0, .., n_{l-1})",
    cases: || Cases::of(of_all_sizes()),
    hypotheses: &[],
    conclusion: |case| {
        let bound = dense::montufar_upper(case.inputs, &case.widths());
        at_most("regions", case.regions(), bound)
    },
    twins: &[
        twin("one dimension fewer", |case: &Dense| {
            at_most("regions", case.regions(), fewer_dimensions(case))
        })
        .because("on a line every unit may cut")
        .drawing(|| Cases::listed((1..=12).map(switches))),
        twin("one region fewer", |case: &Dense| {
            let bound = dense::montufar_upper(case.inputs, &case.widths());
            below("regions", case.regions(), bound)
        })
        .because("zigzags and single layers in general position meet the bound")
        .drawing(|| bound_is_met().cases()),
        twin("layers add", |case: &Dense| {
            let layer = |&width: &usize| choose_up_to(width, case.inputs);
            let sum = case.widths().iter().map(layer).sum::<Natural>();
            at_most("regions", case.regions(), sum)
        })
        .because("every piece of a fold is cut anew")
        .drawing(|| Cases::listed((2..=12).map(zigzag_then))),
    ],
    well_formed: Dense::check,
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
