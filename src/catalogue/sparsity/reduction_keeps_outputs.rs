//! The reduction keeps every value at the points.

use crate::catalogue::prelude::*;
use crate::generators::ridges::{NetAtPoints, integral, nets_at_points};
use crate::spline::ridge::{Free, Norm, Ridges, reduce};

pub(super) static CLAIM: Claim<NetAtPoints> = Claim {
    card: theorem!("sparsity/reduction_keeps_outputs", AGAINST_ITS_NOTE)
        .derived_from("ParhiNowak2021", "the representer theorem"),
    statement: "the units scaled until no more can go  ⟹  the same values at every point",
    cases: || {
        let large = nets_at_points([2..=3, 12..=12, 20..=20], integral);
        nets_at_points([1..=3, 2..=6, 1..=7], integral).with("20 units", 32, large)
    },
    hypotheses: &[],
    conclusion: |case| compare(case, &reduced(case).0),
    twins: &[
        twin("the affine part as it was", |case: &NetAtPoints| {
            let mut reduced = reduced(case).0;
            let before = case.net.ridges();
            (reduced.slope, reduced.constant) = (before.slope, before.constant);
            compare(case, &reduced)
        })
        .because("what units lose, the affine part takes over"),
        twin("units that go are only left out", |case: &NetAtPoints| {
            let mut left = case.net.ridges();
            reduced(case).1.iter().for_each(|gone| drop(left.units.remove(*gone)));
            compare(case, &left)
        })
        .because("the others are scaled to make up for them"),
        twin("the same value everywhere", |case: &NetAtPoints| {
            let far: Vec<_> =
                (1..=case.net.slope.len() as i32).map(|p| Rational::integer(9).pow(p)).collect();
            let [before, after] = [case.net.ridges(), reduced(case).0];
            same_signal("value", &after.eval(&far), &before.eval(&far))
        })
        .because("away from the points the function is another one"),
    ],
    well_formed: NetAtPoints::check,
};

/// The network with fewer units, and which went in each step.
fn reduced(case: &NetAtPoints) -> (Ridges, Vec<usize>) {
    let done = reduce(&case.net.ridges(), &case.data.points, Norm::L2, Free::Affine);
    (done.network, done.steps.iter().map(|step| step.removed).collect())
}

fn compare(case: &NetAtPoints, found: &Ridges) -> Conclusion {
    let values =
        |f: &Ridges| -> Vec<Rational> { case.data.points.iter().flat_map(|x| f.eval(x)).collect() };
    same_signal("value", &values(found), &values(&case.net.ridges()))
}
