//! The Rademacher average of bounded linear functions is at most the root of the sum of squares.

use crate::catalogue::prelude::*;
use crate::generators::point_sets::{PointSet, of_every_size};

pub(super) static CLAIM: Claim<PointSet> = Claim {
    card: theorem!("generalization/linear_class", AGAINST_ITS_NOTE)
        .remembered_from("BartlettMendelson2002", "averages of linear functions"),
    statement: "the mean over all signs of sup over |w| ≤ 1 of Σ ε_i ⟨w, x_i⟩, squared, is at most \
                Σ |x_i|²",
    cases: || Cases::of(of_every_size()),
    hypotheses: &[],
    conclusion: |case| compare(case, &case.energy()),
    twins: &[
        twin("equality", |case: &PointSet| {
            let [found, bound] = numbers_of(case, &case.energy())?;
            equal("square of the mean", found, bound)
        })
        .because("only if all sums have one length, as for orthogonal points"),
        twin("the rate 1/n", |case: &PointSet| {
            let most = case.points.iter().map(|x| dot(x, x)).max();
            compare(case, &most.ok_or(Undecided("there is no point"))?)
        })
        .because("signs cancel up to the root of their number: ten equal points have 0.246 > 0.1"),
        twin("half", |case: &PointSet| compare(case, &(case.energy() / Rational::integer(2))))
            .because("a single point has no sign to cancel"),
    ],
    well_formed: PointSet::check,
};

fn numbers_of(case: &PointSet, bound: &Rational) -> Result<[Rational; 2], Undecided> {
    let pair = case.squared_mean_beside(bound);
    let (found, bound) = pair.ok_or(Undecided("the numbers are too near to each other"))?;
    Ok([found, bound])
}

fn compare(case: &PointSet, bound: &Rational) -> Conclusion {
    let [found, bound] = numbers_of(case, bound)?;
    at_most("square of the mean", found, bound)
}
