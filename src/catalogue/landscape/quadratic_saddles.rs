//! With as many quadratic units as inputs every second-order point is a global minimum.

use crate::catalogue::prelude::*;
use crate::generators::quadratic_units::{Quadratic, Units, critical};

pub(super) static CLAIM: Claim<Quadratic> = Claim {
    card: theorem!("landscape/quadratic_saddles", AGAINST_ITS_NOTE)
        .remembered_from("DuLee2018", "no spurious minima of quadratic activations for k ≥ d"),
    statement: "f(x) = Σ (w_j · x)², k ≥ d units, W M = 0  ⟹  (the Hessian has no negative \
                eigenvalue  ⟺  M is semidefinite), so every second-order point is a global minimum",
    cases: || {
        let sizes = |inputs, most| Units { inputs, units: |d| d..=d + 1, signs: -1..=1, most };
        critical(sizes(1..=2, 2)).with("3 inputs", 4, critical(sizes(3..=3, 3))).with(
            "4 inputs",
            32,
            critical(sizes(4..=4, 5)),
        )
    },
    hypotheses: &[
        given("W M = 0", Quadratic::is_critical).needed(
            "then a Hessian may be positive where M is not",
            || {
                let sizes = Units { inputs: 1..=2, units: |d| d..=d, signs: 0..=1, most: 2 };
                let tilted = |mut case: Quadratic| {
                    case.residuals.iter_mut().for_each(|r| *r -= Rational::new(1, 8));
                    case
                };
                critical(sizes).prop_map(tilted).cases()
            },
        ),
        given("as many units as inputs", |case: &Quadratic| case.units.len() >= case.dimension())
            .needed("with fewer units no direction is free", || {
                let sizes = Units { inputs: 2..=3, units: |_| 1..=1, signs: -1..=-1, most: 3 };
                critical(sizes).cases()
            }),
    ],
    conclusion: |case| compare(case, Inertia::of(&case.certificate()).is_semidefinite()),
    twins: &[
        twin("no saddles", |case: &Quadratic| compare(case, true))
            .because("W = 0 is one as soon as M has a negative direction"),
        twin("only where it fits", |case: &Quadratic| {
            compare(case, case.loss(&case.units).is_zero())
        })
        .because("a global minimum need not fit the data"),
    ],
    well_formed: |case| {
        case.check()?;
        require!(!case.units.is_empty(), "there must be a unit")
    },
};

fn compare(case: &Quadratic, expected: bool) -> Conclusion {
    equal("is semidefinite", Inertia::of(&case.hessian()).is_semidefinite(), expected)
}
