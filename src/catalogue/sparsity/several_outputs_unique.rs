//! With several outputs the least fit is unique unless neighbouring jumps point the same way.

use crate::catalogue::prelude::*;
use crate::generators::line_outputs::{Outputs, outputs};
use crate::spline::univariate::{Knots, VectorInterpolation};

pub(super) static CLAIM: Claim<Outputs> = Claim {
    card: theorem!("sparsity/several_outputs_unique", AGAINST_ITS_NOTE)
        .derived_from("Nakhleh2024", "abstract: almost always unique")
        .as_printed("almost always unique; the exact condition is derived here"),
    statement: "a minimiser other than the chords  ⟺  two neighbouring jumps point the same way",
    cases: || outputs(1..=6).cases().with("40 points", 16, outputs(30..=40)),
    hypotheses: &[],
    conclusion: |case| compare(case, |a, b| cross_and_dot(a, b) == (true, true)),
    twins: &[
        twin("always unique", |case: &Outputs| compare(case, |_, _| false))
            .because("jumps (3, 4) and (3, 4) may be merged"),
        twin("one output with jumps of one sign is enough", |case: &Outputs| {
            compare(case, |a, b| a.iter().zip(b).any(|(p, q)| (p * q).is_positive()))
        })
        .because("that is so if every output pays on its own, in absolute entries"),
        twin("parallel is enough", |case: &Outputs| {
            compare(case, |a, b| {
                cross_and_dot(a, b).0
                    && !a.iter().all(Rational::is_zero)
                    && !b.iter().all(Rational::is_zero)
            })
        })
        .because("opposite jumps do not merge"),
    ],
    well_formed: Outputs::check,
};

/// Whether the rival or the sparsest fit, as its values are, is a minimiser other than the chords,
/// against a rule for neighbouring jumps.
fn compare(case: &Outputs, is_free: fn(&[Rational], &[Rational]) -> bool) -> Conclusion {
    let lost = |_| Undecided("no interpolant");
    let (problem, rival) = (case.problem().map_err(lost)?, case.rival().map_err(lost)?);
    let [chords, sparsest] = [false, true].map(|sparsest| problem.fit(sparsest));
    let least = problem.least().value().cloned().ok_or(Undecided("a length is not rational"))?;
    let functions: Vec<_> = sparsest.outputs.iter().map(Knots::function).collect();
    let bend = |t: &Rational| {
        let values = functions.iter().map(|f| f.eval(t));
        [t.clone()].into_iter().chain(values).collect::<Vec<_>>()
    };
    // Through the points in any case: a fit that misses one is another function, and costs more.
    let bends = sparsest.at.iter().filter(|t| !case.x.contains(t)).map(bend).collect();
    let merged = Outputs { bends, ..case.clone() }.rival().map_err(lost)?;
    // A sum of lengths is rational only if each is: an enclosed one is not the least.
    let is_other =
        |f: &VectorInterpolation| f.least().value() == Some(&least) && f.fit(false).at != chords.at;
    let jumps: Vec<_> = problem.jumps().collect();
    let free = jumps.windows(2).any(|pair| is_free(&pair[0], &pair[1]));
    equal("another minimiser", is_other(&rival) || is_other(&merged), free)
}

/// Whether two vectors are parallel, by Cauchy and Schwarz, and whether they have a positive
/// product.
fn cross_and_dot(a: &[Rational], b: &[Rational]) -> (bool, bool) {
    let product = dot(a, b);
    (&product * &product == dot(a, a) * dot(b, b), product.is_positive())
}
