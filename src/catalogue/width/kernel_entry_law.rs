//! The share of directions that are open at two inputs is what the kernel names.

use crate::catalogue::prelude::*;
use crate::generators::equal_steps::{self, EqualSteps, drawn};

pub(super) static CLAIM: Claim<EqualSteps> = Claim {
    card: theorem!("width/kernel_entry_law", STEP_BY_STEP)
        .derived_from("ChoSaul2009", "the arc-cosine kernel of degree 0"),
    statement: "2^b directions in equal steps, two inputs halfway between some of them  ⟹  \
                2^b (1 - angle/π)/2 directions are open at both",
    cases: || {
        Cases::listed(equal_steps::listed(2..=4))
            .with("up to 2^10 directions", 1, drawn(2..=10, true))
            .with("up to 2^20 directions", 64, drawn(11..=20, true))
    },
    hypotheses: &[given("inputs between directions", EqualSteps::is_between)
        .needed("a unit on a boundary is closed, so fewer are open", || {
            drawn(2..=10, false).cases()
        })],
    conclusion: |case| finding(case, case.law()),
    twins: &[
        twin("without the factor 1/2", |case: &EqualSteps| {
            finding(case, case.law() * Rational::integer(2))
        })
        .because("each gate is open with probability 1/2"),
        twin("independent gates", |case: &EqualSteps| finding(case, Rational::new(1, 4))).because(
            "the gates of a unit at two inputs depend on each other unless these are orthogonal",
        ),
    ],
    well_formed: |case| case.check(24),
};

/// The number of directions that are open at both inputs, beside a share of all.
fn finding(case: &EqualSteps, share: Rational) -> Conclusion {
    equal("directions open at both", case.open(), share * case.directions())
}
