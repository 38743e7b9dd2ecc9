//! Activation regions do not get fewer with depth.

use crate::catalogue::prelude::*;
use crate::generators::two_hidden_layers::{Deep, sized};

pub(super) static CLAIM: Claim<Deep> = Claim {
    card: theorem!("regions/regions_grow_with_depth", LINE_BY_LINE)
        .derived_from("Crease", "a property to test with"),
    statement: "regions (R2) of the layers up to the first ReLU ≤ regions of the network",
    cases: || {
        two_hidden_layers::networks()
            .with("3 inputs, 12 units", 16, sized(2..=3, [4..=6, 4..=6]))
            .with("6 inputs, 16 units", 128, sized(4..=6, [8..=10, 4..=6]))
            .with("6 inputs, 24 units", 2048, sized(6..=6, [14..=16, 6..=8]))
    },
    hypotheses: &[],
    conclusion: |case| grown(case, Notion::R2, 0),
    twins: &[
        twin("connected affine sets too", |case: &Deep| grown(case, Notion::R4, 0))
            .because("a later layer may be constant where an earlier one was not"),
        twin("strict patterns too", |case: &Deep| grown(case, Notion::Strict, 0))
            .because("a later unit may vanish on a whole cell"),
        twin("at least one more", |case: &Deep| grown(case, Notion::R2, 1))
            .because("a layer may cut nothing"),
    ],
    well_formed: Deep::check,
};

/// Regions of the first stage and `more`, against those of all.
fn grown(case: &Deep, notion: Notion, more: u64) -> Conclusion {
    let first = case.first_stage().regions(notion) + more;
    at_most("regions of the first stage", first, case.regions(notion))
}
