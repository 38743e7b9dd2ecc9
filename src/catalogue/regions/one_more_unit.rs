//! One more unit at most doubles the regions of a layer.

use crate::catalogue::prelude::*;
use crate::generators::planes::Planes;

pub(super) static CLAIM: Claim<Planes> = Claim {
    card: theorem!("regions/one_more_unit", LINE_BY_LINE)
        .formally("one_more_unit", 0xa467_fc7d_ac1c_4833)
        .derived_from("Xiong2020", "Lemma 2, one unit at a time")
        .as_printed("printed as R ≤ 2^N for N units, which follows; the step is ours"),
    statement: "regions with the last unit ≤ 2 · regions without it, all weights and biases",
    cases: || {
        planes::planes(1)
            .with("4 dimensions, 12 hyperplanes", 16, planes::many(3..=4, 6..=12))
            .with("6 dimensions, 16 hyperplanes", 256, planes::many(5..=6, 12..=16))
            .with("6 dimensions, 40 hyperplanes", 2048, planes::many(6..=6, 40..=40))
    },
    hypotheses: &[],
    conclusion: |case| at_most("cells", case.walked(), 2 * case.cells_without_last()),
    twins: &[
        twin("one region more at most", |case: &Planes| {
            at_most("cells", case.cells(), case.cells_without_last() + 1)
        })
        .because("that is so in one dimension"),
        twin("one region more at least", |case: &Planes| {
            at_least("cells", case.cells(), case.cells_without_last() + 1)
        })
        .because("a unit that vanishes where another does cuts nothing new"),
    ],
    well_formed: Planes::check,
};
