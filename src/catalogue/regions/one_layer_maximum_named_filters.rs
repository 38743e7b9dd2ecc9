//! The filters 3^k 2^(i (d i − k)) with every bias one attain the maximum.

use crate::catalogue::prelude::*;
use crate::generators::filters::Layout;

pub(super) static CLAIM: Claim<Layout> = Claim {
    card: refuted!("regions/one_layer_maximum_named_filters")
        .derived_from("Crease", "listed here as a theorem until larger layers were drawn"),
    statement: "filters w_k(i) = 3^k 2^(i (d i − k)), every bias 1: regions = #{independent \
                sets of generic shared filters}",
    cases: || {
        prop_oneof![2 => filters::line(6), 1 => filters::plane(6)]
            .with("15 units", 4, wide_layouts::layouts(3..=4, 12..=15))
            .with("three filters on a box", 64, Just(filters::postcard(3)))
    },
    hypotheses: &[],
    conclusion: |case| equal("regions", case.named().regions(), maximum(case)),
    twins: &[],
    well_formed: Layout::check,
};

fn maximum(case: &Layout) -> Result<Natural, Undecided> {
    let found = case.sliding().maximum(case.filters, usize::MAX);
    found.map(|(count, _)| count).ok_or(Undecided("too many sets to be counted"))
}
