//! m hyperplanes cut n-dimensional space into at most Σ_{i ≤ n} C(m, i) cells.

use crate::catalogue::prelude::*;
use crate::generators::planes::Planes;

pub(super) static CLAIM: Claim<Planes> = Claim {
    card: theorem!("regions/zaslavsky_bound", LINE_BY_LINE)
        .formally("zaslavsky_bound", 0xaa43_ad5e_56b9_d6df)
        .quoted_from("Zaslavsky1975", "the bound for arrangements"),
    statement: "regions (R2) of a fully connected layer of m units on n inputs ≤ \
                Σ_{i ≤ n} C(m, i), all weights and biases",
    cases: || {
        planes::planes(1)
            .with("4 dimensions, 20 hyperplanes", 16, planes::many(3..=4, 10..=20))
            .with("6 dimensions, 24 hyperplanes", 64, planes::many(5..=6, 16..=24))
            .with("6 dimensions, 40 hyperplanes", 1024, planes::many(6..=6, 40..=40))
    },
    hypotheses: &[],
    conclusion: |case| at_most("cells", case.cells(), bound(case, case.dimension())),
    twins: &[
        twin("one dimension fewer", |case: &Planes| {
            at_most("cells", case.cells(), bound(case, case.dimension() - 1))
        })
        .because("vertices count too"),
        twin("one cell fewer", |case: &Planes| {
            let fewer = bound(case, case.dimension()) - Rational::ONE;
            at_most("cells", case.cells(), fewer)
        })
        .because("general position attains the bound"),
        twin("every layer attains it", |case: &Planes| {
            equal("cells", case.cells(), bound(case, case.dimension()))
        })
        .because("parallel or concurrent hyperplanes cut less"),
    ],
    well_formed: Planes::check,
};

fn bound(case: &Planes, dimension: usize) -> Rational {
    Rational::from(choose_up_to(case.count(), dimension))
}
