//! Without parallel inputs the kernel of a wide network is positive definite.

use crate::catalogue::prelude::*;
use crate::kernel::least_pivot;

pub(super) static CLAIM: Claim<Points> = Claim {
    card: theorem!("width/kernel_definite", STEP_BY_STEP)
        .remembered_from("Du2019", "the assumption on the inputs, and the lemma it serves")
        .as_printed("λ_min(H) > 0 for inputs of norm one, no two of them parallel"),
    statement: "no x_i is a multiple of another  ⟹  every pivot of H is positive",
    cases: || {
        let roots = |d, most| directions::roots(d, most).prop_map(directions::without_parallels);
        let any = |d, most| directions::spacious(d, most).prop_map(directions::without_parallels);
        directions::unparallel()
            .with("8 lines in 4 dimensions", 16, any(4, 8))
            .with("root systems of 6 dimensions", 32, roots(6, 40))
            .with("16 lines in 6 dimensions", 128, any(6, 16))
            .with("40 lines in 6 dimensions", 1024, any(6, 40))
    },
    hypotheses: &[given("no two parallel", |case: &Points| !case.has_parallels())
        .needed("distinct is not enough: three pairs of opposite points in a plane", || {
            directions::distinct().cases()
        })],
    conclusion: |case| above("least pivot", least(case), 0),
    twins: &[
        twin("without the gates", |case: &Points| {
            above("determinant", linear(case).determinant(), 0)
        })
        .because("inner products alone have the rank of the space"),
        twin("a quarter of the diagonal", |case: &Points| {
            let squares = (0..case.len()).map(|i| case.inner(i, i)).min();
            let quarter = squares.expect("there is a point") / Rational::integer(4);
            at_least("least pivot", least(case), quarter)
        })
        .because("points that are nearly parallel make a pivot small"),
    ],
    well_formed: Points::check,
};

fn least(case: &Points) -> Result<Rational, Undecided> {
    least_pivot(case).ok_or(Undecided("the sign of a pivot at 4096 bits"))
}

/// The inner products.
fn linear(case: &Points) -> Matrix {
    let row = |i| (0..case.len()).map(|j| case.inner(i, j)).collect();
    Matrix::from_rows((0..case.len()).map(row).collect())
}
