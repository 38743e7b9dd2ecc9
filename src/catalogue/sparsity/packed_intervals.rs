//! Disjoint intervals each hold a knot of every interpolant.

use crate::catalogue::prelude::*;
use crate::generators::line_data::{self, Rival};
use crate::spline::univariate::Interpolation;

pub(super) static CLAIM: Claim<Rival> = Claim {
    card: theorem!("sparsity/packed_intervals", AGAINST_ITS_NOTE)
        .derived_from("Debarre2022", "the sparsest solution"),
    statement: "f(x_i) = y_i  ⟹  knots of f ≥ packed intervals, every second point of a run",
    cases: || Cases::of(line_data::rivals()),
    hypotheses: &[],
    conclusion: |case| knots(case, |_, packed| packed),
    twins: &[
        twin("every point of a run", |case: &Rival| {
            knots(case, |problem, _| problem.runs().map(|run| run.len()).sum())
        })
        .because("the intervals around neighbours overlap, and one knot serves both"),
        twin("one more where data bend", |case: &Rival| {
            knots(case, |_, packed| packed + usize::from(packed > 0))
        })
        .because("the sparsest interpolant has no more"),
        twin("as many as runs", |case: &Rival| {
            let data = case.data();
            let problem = Interpolation::new(&data);
            let sparsest = problem.sparsest().at.len();
            equal("knots of the sparsest", sparsest, problem.runs().count())
        })
        .because("a long run needs more than one knot"),
    ],
    well_formed: Rival::check,
};

fn knots(case: &Rival, bound: fn(&Interpolation<'_>, usize) -> usize) -> Conclusion {
    let data = case.data();
    let problem = Interpolation::new(&data);
    let packed = problem.packing().count();
    let found = case.function().breakpoints().len();
    at_least("knots", found, bound(&problem, packed))
}
