//! Roots of jumps are least where neighbours are merged two by two.

use crate::catalogue::prelude::*;
use crate::generators::line_data::{self, Rival};
use crate::spline::univariate::{Interpolation, root_of_jump};

pub(super) static CLAIM: Claim<Rival> = Claim {
    card: theorem!("sparsity/roots_of_jumps", AGAINST_ITS_NOTE)
        .remembered_from("Nakhleh2025", "the geometry of minimal path quasi-norms in one dimension")
        .as_printed("for all 0 < p < 1 and all interpolants; here p = 1/2 and those of least TV2"),
    statement: "TV2(f) = T  ⟹  Σ √|c_k| ≥ the least over mergings of neighbours two by two",
    cases: || Cases::of(line_data::minimisers()),
    hypotheses: &[given("least variation", |case: &Rival| {
        Interpolation::new(&case.data()).is_minimiser(&case.function())
    })
    .unsharp("the source has it for all interpolants; the proof here is for these")],
    conclusion: |case| {
        let least = Interpolation::new(&case.data()).least_of_roots(ORDER).lo().clone();
        at_least("roots", roots(&case.function()), least)
    },
    twins: &[
        twin("jumps without roots", |case: &Rival| {
            let least = Interpolation::new(&case.data()).least_exactly();
            at_least("roots", roots(&case.function()), least)
        })
        .because("the root of a jump above 1 is less than the jump"),
        twin("merged from the left", |case: &Rival| {
            compare(case, |problem| problem.sparsest().function())
        })
        .because("which neighbours are merged matters"),
        twin("nothing merged", |case: &Rival| compare(case, |problem| problem.chords().function()))
            .because("a root of a sum is less than a sum of roots"),
    ],
    well_formed: Rival::check,
};

const ORDER: u32 = 2;

/// `Σ √|c_k|`, from above.
fn roots(f: &Activation) -> Rational {
    let jumps = f.pieces().windows(2).map(|pair| &pair[1].0 - &pair[0].0);
    jumps.map(|jump| root_of_jump(&jump, ORDER).hi().clone()).sum()
}

/// Whether what is built attains the least.
fn compare(case: &Rival, built: fn(&Interpolation<'_>) -> Activation) -> Conclusion {
    let data = case.data();
    let problem = Interpolation::new(&data);
    let slack = Rational::new(1, 1 << 40);
    let least = problem.least_of_roots(ORDER).hi() + slack;
    at_most("roots", roots(&built(&problem)), least)
}
