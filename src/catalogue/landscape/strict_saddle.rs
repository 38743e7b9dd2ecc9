//! A saddle of deep linear layers is strict if what is above has full rank.

use crate::catalogue::prelude::*;
use crate::generators::linear_layers::{
    Critical, Sizes, critical, keep_any, keep_the_greatest, keep_the_wrong_ones,
    without_spare_units,
};

pub(super) static CLAIM: Claim<Critical> = Claim {
    card: theorem!("landscape/strict_saddle", AGAINST_ITS_NOTE)
        .remembered_from("Kawaguchi2016", "Theorem 2.3 (iv)")
        .as_printed(
            "for data whose covariance has distinct eigenvalues and, as remembered, full rank of \
             X Yᵀ and no more outputs than inputs, none of which is needed",
        ),
    statement: "linear layers, a critical point that is no global minimum, the layers above the \
                first of the rank of the least width  ⟹  the Hessian has a negative eigenvalue",
    cases: || {
        wrong(2..=2, 1..=2, 2).with("3 inputs and outputs", 4, wrong(2..=3, 1..=2, 3)).with(
            "four hidden layers",
            16,
            wrong(2..=2, 4..=4, 2),
        )
    },
    hypotheses: &[
        given("the layers above have full rank", |case: &Critical| {
            case.network().above(0).rank() == case.least_width()
        })
        .needed("three layers of one weight, all 0: the Hessian is 0", || {
            let sizes = Sizes { ends: 1..=2, hidden: 2..=2, spare: 1..=1, most: 2 };
            critical(sizes, keep_any).cases()
        }),
        given("no global minimum", |case: &Critical| !case.is_global()).needed(
            "a minimum has none",
            || {
                let sizes = Sizes { ends: 1..=2, hidden: 1..=2, spare: 0..=1, most: 2 };
                critical(sizes, |case| {
                    case.kept[0] = true;
                    keep_the_greatest(case);
                })
                .prop_map(without_spare_units)
                .cases()
            },
        ),
    ],
    conclusion: |case| at_least("negative eigenvalues", negative(case), 1),
    twins: &[
        twin("two of them", |case: &Critical| at_least("negative eigenvalues", negative(case), 2))
            .because("one kept direction may have one better one only"),
        twin("one a hidden layer", |case: &Critical| {
            at_least("negative eigenvalues", negative(case), case.mixing.len())
        })
        .because("depth adds flat directions, not descending ones"),
    ],
    well_formed: Critical::check,
};

fn negative(case: &Critical) -> usize {
    Inertia::of(&case.network().hessian()).negative
}

fn wrong(ends: Span, hidden: Span, most: i64) -> BoxedStrategy<Critical> {
    let sizes = Sizes { ends, hidden, spare: 0..=1, most };
    critical(sizes, keep_the_wrong_ones).prop_map(without_spare_units).boxed()
}
