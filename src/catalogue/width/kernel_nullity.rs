//! The kernel is singular by repetitions and by dependent opposite pairs, only.

use crate::catalogue::prelude::*;
use crate::kernel::{first_layer, nullity};

pub(super) static CLAIM: Claim<Points> = Claim {
    card: theorem!("width/kernel_nullity", STEP_BY_STEP)
        .derived_from("Du2019", "where no two inputs are parallel: the case of dimension 0"),
    statement: "dim ker H = (n - directions) + (opposite pairs - their rank)",
    cases: || {
        directions::any()
            .with("pairs and scattered lines in 5 dimensions", 16, directions::spacious(5, 6))
            .with("roots of 6 dimensions, repeated and opposite", 32, directions::roots(6, 40))
            .with("10 lines in 6 dimensions", 512, directions::spacious(6, 10))
            .with("120 roots of 8 dimensions", 1024, directions::roots(8, 120))
    },
    hypotheses: &[],
    conclusion: |case| finding(case, case.opposite_pairs().len() - case.pair_rank()),
    twins: &[
        twin("distinct inputs are independent", |case: &Points| finding(case, 0))
            .because("three opposite pairs in a plane"),
        twin("every opposite pair is a dependence", |case: &Points| {
            finding(case, case.opposite_pairs().len())
        })
        .because("a pair has the matrix diag(1/2, 1/2)"),
        twin("two pairs are free, in any space", |case: &Points| {
            finding(case, case.opposite_pairs().len().saturating_sub(2))
        })
        .because("three pairs in space can be independent, and two on a line cannot be"),
    ],
    well_formed: Points::check,
};

fn finding(case: &Points, by_pairs: usize) -> Conclusion {
    let repeated = case.len() - case.directions().len();
    // The matrix itself where it is rational, and the gates of all units elsewhere.
    let found = match first_layer(case, 64).exact() {
        Some(kernel) => case.len() - kernel.rank(),
        None => nullity(case),
    };
    equal("dimension of the null space", found, repeated + by_pairs)
}
