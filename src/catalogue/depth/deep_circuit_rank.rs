//! The tensor of a deep arithmetic circuit has rank min(r, M)^(n/2) at most.

use crate::catalogue::prelude::*;
use crate::generators::tensor_trees::{Tree, alike, sizes, trees};

pub(super) static CLAIM: Claim<Tree> = Claim {
    card: theorem!("depth/deep_circuit_rank", AGAINST_ITS_NOTE)
        .remembered_from("CohenSharirShashua2016", "the rank of deep circuits, from above"),
    statement: "tensor of a convolutional arithmetic circuit with n places, M entries and r \
                channels in layer 0, odd against even places  ⟹  rank ≤ min(r, M)^(n/2)",
    cases: || {
        trees(sizes(1..=2, 1..=3, 1..=3), 2)
            .with("all weights alike", 16, alike(sizes(1..=2, 1..=3, 1..=3)))
            .with("identities", 8, sizes(1..=3, 1..=2, 1..=3).prop_map(|s| s.identities()))
            .with("eight places", 16, trees(sizes(3..=3, 2..=2, 1..=3), 3))
            .with("eight places of three entries", 128, trees(sizes(3..=3, 3..=3, 2..=2), 1))
    },
    hypotheses: &[],
    conclusion: |case| at_most("rank", rank(case), case.sizes().full_rank()),
    twins: &[
        twin("every circuit has that rank", |case: &Tree| {
            equal("rank", rank(case), case.sizes().full_rank())
        })
        .because("with all weights one the tensor is a product: rank one")
        .drawing(|| alike(sizes(1..=2, 2..=3, 2..=3)).cases()),
        twin("a shallow circuit of three terms suffices", |case: &Tree| {
            at_most("rank", rank(case), 3)
        })
        .because("four places, two entries and two channels have rank four")
        .drawing(|| trees(sizes(2..=2, 2..=2, 2..=2), 2).cases()),
        twin("ranks add", |case: &Tree| {
            let sizes = case.sizes();
            let pairs = sizes.places() / 2;
            at_most("rank", rank(case), pairs * sizes.channels[0].min(sizes.entries))
        })
        .because("neighbours multiply: eight places of rank two make sixteen")
        .drawing(|| sizes(3..=3, 2..=2, 2..=3).prop_map(|sizes| sizes.identities()).cases()),
    ],
    well_formed: Tree::check,
};

fn rank(case: &Tree) -> usize {
    case.matrix().rank()
}
