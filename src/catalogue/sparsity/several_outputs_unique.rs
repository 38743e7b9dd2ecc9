#![doc = include_str!("../../../proofs/sparsity/several_outputs_unique.md")]

use crate::catalogue::prelude::*;
use crate::generators::line_outputs::{Outputs, outputs};

pub(super) static CLAIM: Claim<Outputs> = Claim {
    card: theorem!("sparsity/several_outputs_unique", AGAINST_ITS_NOTE)
        .remembered_from("Nakhleh2024", "multi-task interpolation in one dimension")
        .as_printed("almost always unique; the exact condition is derived here"),
    statement: "a minimiser other than the chords  ⟺  two neighbouring jumps point the same way",
    cases: || outputs(1..=6).cases().with("40 points", 16, outputs(30..=40)),
    hypotheses: &[],
    conclusion: |case| compare(case, |a, b| cross_and_dot(a, b) == (true, true)),
    twins: &[
        twin("always unique", |case: &Outputs| compare(case, |_, _| false))
            .because("jumps (3, 4) and (3, 4) may be merged"),
        twin("one output with jumps of one sign is enough", |case: &Outputs| {
            compare(case, |a, b| (0..2).any(|j| (&a[j] * &b[j]).is_positive()))
        })
        .because("that is so if every output pays on its own, in absolute entries"),
        twin("parallel is enough", |case: &Outputs| {
            compare(case, |a, b| {
                cross_and_dot(a, b).0
                    && *a != [0, 0].map(Rational::integer)
                    && *b != [0, 0].map(Rational::integer)
            })
        })
        .because("opposite jumps do not merge"),
    ],
    well_formed: Outputs::check,
};

/// Whether the rival or the sparsest fit is a minimiser other than the chords, against a rule for
/// neighbouring jumps.
fn compare(case: &Outputs, is_free: fn(&[Rational], &[Rational]) -> bool) -> Conclusion {
    let lost = |_| Undecided("no interpolant");
    let (problem, rival) = (case.problem().map_err(lost)?, case.rival().map_err(lost)?);
    let [chords, sparsest] = [false, true].map(|sparsest| problem.fit(sparsest));
    // Lengths of the data are rational, those of a rival need not be: then it costs more.
    let is_rival =
        rival.least().value() == problem.least().value() && rival.fit(false).at != chords.at;
    let merged = sparsest.at != chords.at;
    let jumps: Vec<_> = problem.jumps().collect();
    let free = jumps.windows(2).any(|pair| is_free(&pair[0], &pair[1]));
    equal("another minimiser", is_rival || merged, free)
}

/// Whether two vectors of the plane are parallel, and whether they have a positive product.
fn cross_and_dot(a: &[Rational], b: &[Rational]) -> (bool, bool) {
    let cross = &a[0] * &b[1] - &a[1] * &b[0];
    (cross.is_zero(), (&a[0] * &b[0] + &a[1] * &b[1]).is_positive())
}
