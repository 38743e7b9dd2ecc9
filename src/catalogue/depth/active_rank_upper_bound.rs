//! Units that are off leave fewer dimensions to later layers.

use crate::catalogue::prelude::*;
use crate::counting::dense;
use crate::generators::layer_chains::{Dense, bound_is_met, of_all_sizes, valley_then};

pub(super) static CLAIM: Claim<Dense> = Claim {
    card: theorem!("depth/active_rank_upper_bound", AGAINST_THE_STATEMENT)
        .quoted_from("Serra2018", "the upper bound"),
    statement: "regions ≤ Σ_{j_1, .., j_L} Π C(n_l, j_l) over \
                j_l ≤ min(n_0, n_1 - j_1, .., n_{l-1} - j_{l-1}, n_l)",
    cases: || Cases::of(of_all_sizes()),
    hypotheses: &[],
    conclusion: |case| {
        let bound = dense::serra_upper(case.inputs, &case.widths());
        at_most("regions", case.regions(), bound)
    },
    twins: &[
        twin("one dimension fewer after each layer", |case: &Dense| {
            let bound = fewer_dimensions(case.inputs, &case.widths());
            at_most("regions", case.regions(), bound)
        })
        .because("with one unit of two on, the second layer still sees a line")
        .drawing(|| Cases::listed((1..=12).map(valley_then))),
        twin("one region fewer", |case: &Dense| {
            let bound = dense::serra_upper(case.inputs, &case.widths());
            below("regions", case.regions(), bound)
        })
        .because("on a line, with three units in all layers but the last, the bound is attained")
        .drawing(|| bound_is_met().cases()),
    ],
    well_formed: Dense::check,
};

/// The sum by its definition, where every layer takes one dimension more than it should.
fn fewer_dimensions(rank: usize, widths: &[usize]) -> Natural {
    let Some((&width, later)) = widths.split_first() else { return Natural::from(1u32) };
    let term = |j: usize| {
        let left = rank.min((width - j).saturating_sub(1));
        choose(width, j) * fewer_dimensions(left, later)
    };
    (0..=rank.min(width)).map(term).sum()
}
