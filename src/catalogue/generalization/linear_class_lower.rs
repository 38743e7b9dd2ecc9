//! The Rademacher average of linear functions is at least the root of half the sum of squares.

use crate::catalogue::prelude::*;
use crate::generators::point_sets::{PointSet, of_every_size};

pub(super) static CLAIM: Claim<PointSet> = Claim {
    card: theorem!("generalization/linear_class_lower", AGAINST_ITS_NOTE)
        .remembered_from("LatalaOleszkiewicz1994", "the best constant in Khinchin's inequality"),
    statement: "the mean over all signs of |Σ ε_i x_i|, squared, is at least Σ |x_i|²/2",
    cases: || Cases::of(of_every_size()),
    hypotheses: &[],
    conclusion: |case| compare(case, Rational::new(1, 2)),
    twins: &[
        twin("two thirds", |case: &PointSet| compare(case, Rational::new(2, 3)))
            .because("two equal points have one half: 1/√2 is the best constant"),
        twin("2/π, as for Gaussian numbers", |case: &PointSet| {
            compare(case, Rational::new(7, 11))
        })
        .because("two signs are far from Gaussian, and 7/11 < 2/π"),
    ],
    well_formed: PointSet::check,
};

fn compare(case: &PointSet, share: Rational) -> Conclusion {
    let pair = case.squared_mean_beside(&(case.energy() * share));
    let (found, bound) = pair.ok_or(Undecided("the numbers are too near to each other"))?;
    at_least("square of the mean", found, bound)
}
