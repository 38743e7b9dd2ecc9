//! Three linear layers that keep the best directions have no negative curvature.

use crate::catalogue::prelude::*;
use crate::generators::linear_layers::{
    Critical, Sizes, critical, keep_the_greatest, keep_the_wrong_ones,
};

pub(super) static CLAIM: Claim<Critical> = Claim {
    card: theorem!("landscape/flat_saddle", AGAINST_ITS_NOTE)
        .derived_from("Kawaguchi2016", "what Theorem 2.3 (iv) leaves out"),
    statement: "three linear layers or more, the directions that explain most are kept  ⟹  the \
                Hessian has no negative eigenvalue, whatever is missed",
    cases: || {
        drawn(1..=2, 2..=2, 2).with("up to 3 hidden layers", 4, drawn(1..=3, 2..=3, 3)).with(
            "four hidden layers",
            16,
            drawn(2..=2, 4..=4, 2),
        )
    },
    hypotheses: &[
        given("three layers", |case: &Critical| case.mixing.len() > 1)
            .needed("with two layers a spare unit has a negative curvature", || {
                drawn(1..=2, 1..=1, 2).cases()
            }),
        given("the greatest are kept", |case: &Critical| {
            let [kept, missed] = case.split();
            missed.iter().all(|missed| kept.iter().all(|kept| missed <= kept))
        })
        .needed("a kept direction turns to a better one", || {
            let sizes = Sizes { ends: 2..=2, hidden: 2..=2, spare: 0..=1, most: 2 };
            critical(sizes, keep_the_wrong_ones).cases()
        }),
    ],
    conclusion: |case| equal("negative eigenvalues", inertia(case).negative, 0),
    twins: &[
        twin("so it is a global minimum", |case: &Critical| {
            equal("is global", inertia(case).is_semidefinite(), case.is_global())
        })
        .because("0 misses everything that three layers could learn, and its Hessian is 0"),
        twin("positive definite", |case: &Critical| {
            let found = inertia(case);
            equal("eigenvalues that are not positive", found.negative + found.zero, 0)
        })
        .because("at 0 the Hessian is 0, and elsewhere a change of a hidden basis changes nothing"),
    ],
    well_formed: Critical::check,
};

fn inertia(case: &Critical) -> Inertia {
    Inertia::of(&case.network().hessian())
}

fn drawn(ends: Span, hidden: Span, most: i64) -> BoxedStrategy<Critical> {
    critical(Sizes { ends, hidden, spare: 0..=1, most }, keep_the_greatest)
}
