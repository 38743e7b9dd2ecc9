//! The fewest knots through points are half of each run, rounded up.

use crate::catalogue::prelude::*;
use crate::generators::line_data::{self, Rival};
use crate::spline::univariate::{Interpolation, fewest_by_search};

pub(super) static CLAIM: Claim<Rival> = Claim {
    card: theorem!("sparsity/sparsest_interpolant", AGAINST_ITS_NOTE)
        .derived_from("Debarre2022", "the sparsest solution")
        .as_printed("the fewest knots of a minimiser; here of every interpolant"),
    statement: "fewest knots of an interpolant = Σ ⌈r / 2⌉ over runs of r neighbours of one sign",
    cases: || Cases::of(line_data::bare()),
    hypotheses: &[],
    conclusion: |case| {
        let data = case.data();
        let problem = Interpolation::new(&data);
        let built = problem.sparsest();
        let attained = at_most("knots of a minimiser", built.at.len(), problem.fewest())?;
        if !attained.holds() {
            return Ok(attained);
        }
        let minimal = equal("a minimiser", problem.is_minimiser(&built.function()), true)?;
        if !minimal.holds() {
            return Ok(minimal);
        }
        fewest(case, |lengths| lengths.iter().map(|r| r.div_ceil(2)).sum())
    },
    twins: &[
        twin("one knot fewer", |case: &Rival| {
            let data = case.data();
            let bound = Interpolation::new(&data).fewest();
            below("fewest knots", fewest_by_search(&data), bound)
        })
        .because("the intervals around every second point each need a knot"),
        twin("half rounded down", |case: &Rival| {
            fewest(case, |lengths| lengths.iter().map(|r| r / 2).sum())
        })
        .because("wrong for runs of one and of three"),
        twin("one fewer than points of the run", |case: &Rival| {
            fewest(case, |lengths| lengths.iter().map(|r| r - 1).sum())
        })
        .because("wrong for runs of one and of four"),
        twin("runs pass through collinear points", |case: &Rival| {
            let data = case.data();
            let mut signs = Interpolation::new(&data).signs().to_vec();
            for i in 1..signs.len() - 1 {
                if signs[i] == 0 {
                    signs[i] = signs[i - 1];
                }
            }
            let blocks = signs.chunk_by(|a, b| a == b).filter(|block| block[0] != 0);
            let claimed: usize = blocks.map(|block| block.len().div_ceil(2)).sum();
            equal("fewest knots", fewest_by_search(&data), claimed)
        })
        .because("signs ++0++ need two knots, not three"),
        twin("the chords are sparsest", |case: &Rival| {
            fewest(case, |lengths| lengths.iter().sum())
        })
        .because("seven convex points need three knots, the chords have five"),
    ],
    well_formed: Rival::check,
};

fn fewest(case: &Rival, rule: impl Fn(&[usize]) -> usize) -> Conclusion {
    let data = case.data();
    let lengths: Vec<_> = Interpolation::new(&data).runs().map(|run| run.len()).collect();
    equal("fewest knots", fewest_by_search(&data), rule(&lengths))
}
