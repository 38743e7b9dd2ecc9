//! The least eigenvalue of the kernel is at least the separation over 24 n².

use crate::analysis::enclosure::Enclosure;
use crate::catalogue::prelude::*;
use crate::generators::directions::{self, pivot_beyond_separation};
use crate::generators::sphere;
use crate::kernel::Points;

pub(super) static CLAIM: Claim<Points> = Claim {
    card: theorem!("width/eigenvalue_separation", STEP_BY_STEP)
        .derived_from("OymakSoltanolkotabi2020", "the least eigenvalue of the kernel")
        .as_printed("from memory: δ/(100 n²); the proof here gives the constant 24"),
    statement: "n ≥ 2, |x_i| = 1, none parallel, δ = min |x_i ± x_j|  ⟹  λ_min(H) > δ/(24 n²)",
    cases: || {
        prop_oneof![circle(6, 8), space(3, 2..=6)]
            .with("close together", 8, circle(4, 5000))
            .with("up to 12 inputs", 32, circle(12, 64))
            .with("5 dimensions, 20 inputs", 64, space(5, 12..=20))
            .with("8 dimensions, 40 inputs", 1024, space(8, 30..=40))
    },
    hypotheses: &[
        given("on the unit sphere", |case: &Points| {
            (0..case.len()).all(|i| case.inner(i, i) == Rational::ONE)
        })
        .needed(
            "the kernel shrinks with the square of the points, their distance does not",
            || circle(4, 8).prop_map(shrunk).cases(),
        ),
        given("no two parallel", |case: &Points| !case.has_parallels())
            .needed("the separation is 0, and so is a pivot", || {
                directions::on_a_hexagon(6).prop_filter("two", |case| case.len() > 1).cases()
            }),
    ],
    conclusion: |case| finding(case, 24 * square(case)),
    twins: &[
        twin("a sixth, whatever n", |case: &Points| finding(case, 6))
            .because("two inputs close together attain δ/(2π)"),
        twin("the separation over n²", |case: &Points| finding(case, square(case)))
            .because("two inputs close together attain δ/(2π), and a quarter is more"),
    ],
    well_formed: |case| {
        case.check().map_err(|error| error.to_string())?;
        require!(case.len() > 1, "one input has no distance to another")
    },
};

fn square(case: &Points) -> usize {
    case.len().pow(2)
}

/// The least pivot of `H - delta / parts`: positive exactly when the smallest eigenvalue is larger.
fn finding(case: &Points, parts: usize) -> Conclusion {
    let share = Enclosure::point(Rational::from(parts).recip());
    let found = pivot_beyond_separation(case, |_| share.clone()).map_err(Undecided);
    above("least pivot after the shift", found, 0)
}

fn circle(most: usize, denominator: i64) -> BoxedStrategy<Points> {
    let points = directions::on_the_circle(most, denominator);
    points.prop_filter("two inputs", |points| points.len() > 1).boxed()
}

/// Points of a sphere, no two of them on a line.
fn space(d: usize, n: Span) -> BoxedStrategy<Points> {
    let points = vec(sphere::point(d), n);
    let points = points.prop_map(|all| directions::without_parallels(Points::plain(all)));
    points.prop_filter("two inputs", |points| points.len() > 1).boxed()
}

/// The same directions at a distance of 1/64.
fn shrunk(mut points: Points) -> Points {
    points.points.iter_mut().flatten().for_each(|t| *t /= Rational::from(64));
    points
}
