//! One ReLU unit of two inputs has at most twice the average of its linear form, and sometimes
//! more than the same.

use crate::analysis::rademacher::{RootSum, apart};
use crate::catalogue::prelude::*;
use crate::generators::point_sets::{PointSet, point_sets};

pub(super) static CLAIM: Claim<PointSet> = Claim {
    card: theorem!("generalization/absolute_contraction_plane", AGAINST_ITS_NOTE)
        .derived_from("LedouxTalagrand1991", "Theorem 4.12, for one ReLU unit of two inputs"),
    statement: "the mean over all signs of sup over |w| ≤ 1 of |Σ ε_i relu(⟨w, x_i⟩)|, squared, is \
                at most 4 times that of sup |Σ ε_i ⟨w, x_i⟩|, for points of the plane",
    cases: || {
        point_sets(1..=3, 2..=2, 1).with("larger", 4, point_sets(2..=4, 2..=2, 9)).with(
            "6 points",
            32,
            point_sets(6..=6, 2..=2, 3),
        )
    },
    hypotheses: &[],
    conclusion: |case| compare(case, Rational::integer(4)),
    twins: &[
        twin("factor 1", |case: &PointSet| compare(case, Rational::ONE))
            .because("(1, 0), (0, 1), (1, 1) have the ratio (3 + √2)/4 of the means"),
        twin("factor 11/10", |case: &PointSet| compare(case, Rational::new(121, 100)))
            .because("(3 + √2)/4 is above 1.1"),
    ],
    well_formed: |case| {
        case.check()?;
        require!(case.points.iter().all(|x| x.len() == 2), "points of the plane have two entries")?;
        require!(case.points.len() <= 7, "{} points; at most 7", case.points.len())
    },
};

fn compare(case: &PointSet, factor: Rational) -> Conclusion {
    let n = case.points.len();
    let choices = (0..1usize << n)
        .map(|choice| -> Vec<_> { (0..n).map(|i| numbers::sign(choice >> i & 1 == 1)).collect() });
    let after = RootSum::mean(choices.map(|signs| supremum(&case.points, &signs)));
    let before = RootSum::mean(case.squares().into_iter());
    let (found, bound) =
        apart(|bits| after.square(bits), |bits| Ok(before.square(bits)?.scale(&factor)))
            .ok_or(Undecided("the numbers are too near to each other"))?;
    at_most("square of the mean", found, bound)
}

/// The square of the supremum over unit vectors of `F(w) = |Σ ε_i relu(w . x_i)|`.
///
/// Between two lines `w . x_i = 0` the sum is linear in `w`, `g . w`: it is largest along `g`, or
/// `-g`, or on one of the lines.
fn supremum(points: &[Vec<Rational>], signs: &[Rational]) -> Rational {
    let turned = |x: &[Rational]| vec![-&x[1], x[0].clone()];
    let square = |w: &[Rational]| {
        let units = points.iter().zip(signs);
        let sum: Rational = units.map(|(x, e)| dot(w, x).max(Rational::ZERO) * e).sum();
        let length = dot(w, w);
        if length.is_zero() { length } else { &sum * &sum / length }
    };
    let mut most = Rational::ZERO;
    for x in points {
        let ray = turned(x);
        for ray in [ray.iter().map(|r| -r).collect(), ray] {
            // Just beyond the ray, on the side that it turns to.
            let side = turned(&ray);
            let is_on = |x: &&Vec<Rational>| {
                let on = dot(&ray, x);
                on.is_positive() || on.is_zero() && dot(&side, x).is_positive()
            };
            let on = points.iter().zip(signs).filter(|(x, _)| is_on(x));
            let mut g = vec![Rational::ZERO; 2];
            on.for_each(|(x, e)| g.iter_mut().zip(x).for_each(|(g, x)| *g += e * x));
            let opposite: Vec<_> = g.iter().map(|g| -g).collect();
            most = [ray, g, opposite].iter().map(|w| square(w)).fold(most, Rational::max);
        }
    }
    most
}
