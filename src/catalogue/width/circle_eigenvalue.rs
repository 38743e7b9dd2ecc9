//! # On the circle the smallest eigenvalue is at least the separation over `4 pi`
//!
//! For inputs on the unit circle let `delta` be the least distance of one input to another or to
//! its opposite. Every finite set that was tried has `lambda_min(H) > delta / (4 pi)`, however many
//! inputs there are, and equispaced ones come close. We know no proof.

use crate::claim::prelude::*;
use crate::exact::Rational;
use crate::exact::enclosure::{self, Enclosure};
use crate::generators::directions;
use crate::kernel::{Points, first_layer};
use proptest::prelude::*;

/// The claim.
pub static CLAIM: Claim<Points> = Claim {
    card: Card {
        id: "width/circle_eigenvalue",
        title: "On the circle the smallest eigenvalue is at least the separation over 4π",
        statement: "|x_i| = 1 in the plane, δ = min |x_i ± x_j|  ⟹  λ_min(H) > δ/(4π)",
        source: Source::new("Crease", "asked here; known bounds have the number of inputs in them"),
        wording: Wording::Derived,
        as_printed: None,
        standing: Standing::Conjecture,
        evidence: Evidence::PropertyTested,
        note: "",
    },
    cases: || {
        let few = prop_oneof![directions::on_the_circle(6), directions::around_half_the_circle()];
        few.prop_filter("two inputs", |points| points.len() > 1).cases()
    },
    hypotheses: &[Hypothesis::new("in the plane", |case| case.dimension() == 2)],
    conclusion: |case| finding(case, 4),
    twins: &[
        Twin::without(
            "in the plane",
            || directions::patches_of_the_sphere().cases(),
            "a square patch of nine inputs on the sphere is below it",
        ),
        Twin::concluding("half of that", |case| finding(case, 2), "two inputs attain δ/(2π)"),
        Twin::concluding("a third", |case| finding(case, 3), "three inputs attain δ/(3π)"),
    ],
};

/// The least pivot of `H - delta / (factor pi)`, rounded down: positive exactly when the smallest
/// eigenvalue is larger. 0 where 400 bits cannot tell, which refutes nothing that is true.
fn finding(case: &Points, factor: i64) -> Conclusion {
    let found = [100, 400].into_iter().find_map(|bits| decided(case, factor, bits));
    Finding::above("least pivot after the shift", found.unwrap_or_default(), 0)
}

/// The pivot if its sign is certain.
fn decided(case: &Points, factor: i64, bits: u32) -> Option<Rational> {
    let cosine = |i: usize, j: usize| case.inner(i, j).abs();
    let pairs = (0..case.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
    let nearest = pairs.map(|(i, j)| cosine(i, j)).max().unwrap_or_default();
    // |x - y|^2 = 2 - 2 <x, y>.
    let square = Rational::integer(2) * (Rational::ONE - nearest);
    let distance = enclosure::sqrt(&square, bits).expect("a cosine is at most 1");
    let pi = enclosure::pi(bits).scale(&Rational::integer(factor));
    let shift = distance.quotient(&pi).expect("pi is positive").outward(bits);
    let least = |shift: &Rational| -> Enclosure {
        let pivots = first_layer(case, bits).shifted(shift).pivots(bits);
        pivots.into_iter().min_by(|a, b| a.lo().cmp(b.lo())).expect("there is an input")
    };
    let (low, high) = (least(shift.hi()), least(shift.lo()));
    if low.lo().is_positive() {
        Some(low.lo().clone())
    } else {
        high.hi().is_negative().then(|| high.hi().clone())
    }
}
