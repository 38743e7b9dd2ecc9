//! Every finite set of inputs that was tried obeys the bound, and equispaced ones come close to it.

use crate::analysis::enclosure::{self, Enclosure};
use crate::catalogue::prelude::*;
use crate::generators::directions::{self, pivot_beyond_separation};
use crate::kernel::Points;

pub(super) static CLAIM: Claim<Points> = Claim {
    card: conjecture!(
        "width/circle_eigenvalue",
        "On the circle the smallest eigenvalue is at least the separation over 4π"
    )
    .derived_from("Crease", "asked here; known bounds have the number of inputs in them"),
    statement: "|x_i| = 1 in the plane, none parallel, δ = min |x_i ± x_j|  ⟹  \
                λ_min(H) > δ/(4π)",
    cases: || {
        let circle = |most, denominator| {
            let points = directions::on_the_circle(most, denominator);
            points.prop_filter("two inputs", |points| points.len() > 1)
        };
        prop_oneof![circle(6, 8), directions::around_half_the_circle()]
            .with("close together", 16, circle(4, 5000))
            .with("up to 12 inputs", 32, circle(12, 64))
            .with("up to 40 inputs", 512, circle(40, 200))
    },
    hypotheses: &[
        given("on the unit circle", |case: &Points| {
            case.dimension() == 2 && (0..case.len()).all(|i| case.inner(i, i) == Rational::ONE)
        })
        .needed("a square patch of nine inputs on the sphere is below it", || {
            directions::patches_of_the_sphere().cases()
        }),
        given("no two parallel", |case: &Points| !case.has_parallels()).needed(
            "an input and itself, or three opposite pairs: the separation and the pivot are zero",
            || directions::on_a_hexagon(6).cases(),
        ),
    ],
    conclusion: |case| finding(case, 4),
    twins: &[
        twin("half of that", |case: &Points| finding(case, 2)).because("two inputs attain δ/(2π)"),
        twin("a third", |case: &Points| finding(case, 3)).because("three inputs attain δ/(3π)"),
    ],
    well_formed: Points::check,
};

/// The least pivot of `H - delta / (factor pi)`: positive exactly when the smallest eigenvalue is
/// larger.
fn finding(case: &Points, factor: i64) -> Conclusion {
    let share = |bits| {
        let pi = enclosure::pi(bits).scale(&Rational::integer(factor));
        Enclosure::point(Rational::ONE).quotient(&pi).expect("pi is positive")
    };
    let found = pivot_beyond_separation(case, share).map_err(Undecided);
    above("least pivot after the shift", found, 0)
}
