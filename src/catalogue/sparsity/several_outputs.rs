//! With several outputs the chords are least, too.

use crate::catalogue::prelude::*;
use crate::generators::line_outputs::{Outputs, outputs};
use crate::spline::univariate::VectorInterpolation;

pub(super) static CLAIM: Claim<Outputs> = Claim {
    card: theorem!("sparsity/several_outputs", AGAINST_ITS_NOTE)
        .remembered_from("Nakhleh2024", "multi-task interpolation in one dimension"),
    statement: "f(x_i) = y_i in R^D  ⟹  Σ |jump|_2 ≥ Σ |s_i - s_(i-1)|_2, the chords attain it",
    cases: || outputs(1..=6).cases().with("40 points", 16, outputs(30..=40)),
    hypotheses: &[],
    conclusion: |case| {
        let (own, least) = (of_chords(&case.problem())?, least(&case.problem(), length)?);
        if own != least {
            return equal("cost of the chords", own, least);
        }
        compare(case, length)
    },
    twins: &[
        twin("absolute entries", |case: &Outputs| {
            compare(case, |jump| jump.iter().map(Rational::abs).sum())
        })
        .because("outputs that bend together share the cost"),
        twin("squared lengths", |case: &Outputs| {
            compare(case, |jump| jump.iter().map(|entry| entry * entry).sum())
        })
        .because("a kink may be split without cost, so the cost is no square"),
        twin("every output on its own", |case: &Outputs| {
            let rival = case.rival().map_err(|_| Undecided("no interpolant"))?;
            let alone: Rational = rival.jumps().map(|jump| jump[0].abs()).sum();
            at_least("cost", alone, least(&case.problem(), length)?)
        })
        .because("the cost of one output is a part of the whole"),
    ],
    well_formed: Outputs::check,
};

fn compare(case: &Outputs, size: fn(&[Rational]) -> Rational) -> Conclusion {
    let rival = case.rival().map_err(|_| Undecided("no interpolant"))?;
    // Where a length of the rival is irrational its upper end counts, 2^-160 above.
    let found = rival.least().hi().clone();
    at_least("cost", found, least(&case.problem(), size)?)
}

fn least(
    problem: &Result<VectorInterpolation, String>,
    size: fn(&[Rational]) -> Rational,
) -> Result<Rational, Undecided> {
    let problem = problem.as_ref().map_err(|_| Undecided("no data"))?;
    Ok(problem.jumps().map(|jump| size(&jump)).sum())
}

/// What the chords cost as functions with common knots, from below.
fn of_chords(problem: &Result<VectorInterpolation, String>) -> Result<Rational, Undecided> {
    let chords = problem.as_ref().map_err(|_| Undecided("no data"))?.fit(false);
    let jumps: Vec<Vec<Rational>> = chords.outputs.iter().map(|f| f.jumps().collect()).collect();
    let at = |k: usize| jumps.iter().map(|output| output[k].clone()).collect::<Vec<_>>();
    Ok((0..chords.at.len()).map(|k| length(&at(k))).sum())
}

/// The length of a vector, from below.
fn length(jump: &[Rational]) -> Rational {
    let square = jump.iter().map(|entry| entry * entry).sum();
    let root = crate::analysis::enclosure::sqrt(&square, 160);
    root.expect("a sum of squares is not negative").lo().clone()
}
