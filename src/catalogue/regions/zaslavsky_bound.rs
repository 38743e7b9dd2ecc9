//! # `m` hyperplanes cut space into at most `sum over i <= n of C(m, i)` cells
//!
//! The bound for one fully connected layer of `m` ReLU units on `n` inputs, whatever its weights.
#![doc = include_str!("../../../proofs/regions/zaslavsky_bound.md")]

use crate::claim::prelude::*;
use crate::exact::Rational;
use crate::generators::planes::{self, Planes};
use crate::geometry::counting::choose_up_to;

/// The claim.
pub static CLAIM: Claim<Planes> = Claim {
    card: Card {
        id: "regions/zaslavsky_bound",
        title: "m hyperplanes cut n-dimensional space into at most Σ_{i ≤ n} C(m, i) cells",
        statement: "regions (R2) of a fully connected layer of m units on n inputs ≤ \
                    Σ_{i ≤ n} C(m, i), all weights and biases",
        source: Source::new("Zaslavsky1975", "the bound for arrangements"),
        wording: Wording::Quoted,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/regions/zaslavsky_bound.md",
    },
    cases: || planes::planes(1).cases(),
    hypotheses: &[],
    conclusion: |case| Finding::at_most("cells", case.cells(), bound(case, case.dimension())),
    twins: &[
        Twin::concluding(
            "one dimension fewer",
            |case| Finding::at_most("cells", case.cells(), bound(case, case.dimension() - 1)),
            "vertices count too",
        ),
        Twin::concluding(
            "one cell fewer",
            |case| {
                let fewer = bound(case, case.dimension()) - Rational::ONE;
                Finding::at_most("cells", case.cells(), fewer)
            },
            "general position attains the bound",
        ),
        Twin::concluding(
            "every layer attains it",
            |case| Finding::equal("cells", case.cells(), bound(case, case.dimension())),
            "parallel or concurrent hyperplanes cut less",
        ),
    ],
};

fn bound(case: &Planes, dimension: usize) -> Rational {
    Rational::from(choose_up_to(case.count(), dimension))
}
