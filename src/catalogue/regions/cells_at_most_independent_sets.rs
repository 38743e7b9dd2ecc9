//! # A layer has at most one region for each independent set of its rows
//!
//! Whatever the weights and biases, shared or not, zero or not: the regions of one ReLU layer are
//! no more than the sets of its units whose rows are linearly independent. Where a dependent set
//! of units vanishes together they are fewer.
#![doc = include_str!("../../../proofs/regions/cells_at_most_independent_sets.md")]

use crate::claim::prelude::*;
use crate::exact::Rational;
use crate::generators::filters::{self, Filters};
use proptest::prelude::*;

/// The claim.
pub static CLAIM: Claim<Filters> = Claim {
    card: Card {
        id: "regions/cells_at_most_independent_sets",
        title: "A layer has at most one region for each independent set of its rows",
        statement: "regions (R2) of one convolution ≤ #{linearly independent sets of rows}, all \
                    weights and biases",
        source: Source::new("Xiong2020", "the first half of the proof of Theorem 2"),
        wording: Wording::Derived,
        as_printed: Some("there by counting vectors t; here for the rows that the layer has"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/regions/cells_at_most_independent_sets.md",
    },
    cases: || {
        let layouts = prop_oneof![3 => filters::line(6), 1 => filters::plane(6)];
        filters::layers(layouts.boxed(), 5).cases()
    },
    hypotheses: &[],
    conclusion: |case| Finding::at_most("regions", case.regions(), case.independent()),
    twins: &[
        Twin::concluding(
            "one region fewer",
            |case| {
                let fewer = Rational::from(case.independent()) - Rational::ONE;
                Finding::at_most("regions", case.regions(), fewer)
            },
            "general biases attain the bound",
        ),
        Twin::concluding(
            "for every bias as many",
            |case| Finding::equal("regions", case.regions(), case.independent()),
            "dependent units that vanish together cut less",
        ),
        Twin::concluding(
            "no set as large as the rank",
            |case| {
                let mut sizes = case.independent_by_size();
                sizes.pop();
                let smaller = sizes.into_iter().map(Rational::from).sum::<Rational>();
                Finding::at_most("regions", case.regions(), smaller)
            },
            "independent units meet in a vertex, which counts too",
        ),
    ],
};
