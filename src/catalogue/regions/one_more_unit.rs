//! # One more unit at most doubles the regions of a layer
//!
//! A hyperplane cuts each cell in two at most, and loses none.
#![doc = include_str!("../../../proofs/regions/one_more_unit.md")]

use crate::claim::prelude::*;
use crate::generators::planes::{self, Planes};

/// The claim.
pub static CLAIM: Claim<Planes> = Claim {
    card: Card {
        id: "regions/one_more_unit",
        title: "One more unit at most doubles the regions of a layer",
        statement: "regions with the last unit ≤ 2 · regions without it, all weights and biases",
        source: Source::new("Xiong2020", "Lemma 2, one unit at a time"),
        wording: Wording::Quoted,
        as_printed: Some("there as R ≤ 2^N for N units"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/regions/one_more_unit.md",
    },
    cases: || planes::planes(1).cases(),
    hypotheses: &[],
    conclusion: |case| Finding::at_most("cells", case.cells(), 2 * case.cells_without_last()),
    twins: &[
        Twin::concluding(
            "one region more at most",
            |case| Finding::at_most("cells", case.cells(), case.cells_without_last() + 1),
            "that is so in one dimension",
        ),
        Twin::concluding(
            "one region more at least",
            |case| Finding::at_least("cells", case.cells(), case.cells_without_last() + 1),
            "a unit that vanishes where another does cuts nothing new",
        ),
    ],
};
