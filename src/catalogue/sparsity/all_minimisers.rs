#![doc = include_str!("../../../proofs/sparsity/all_minimisers.md")]

use crate::claim::prelude::*;
use crate::generators::line_data::{self, Rival};
use crate::spline::univariate::{Data, Interpolation, tv2};

pub(super) static CLAIM: Claim<Rival> = Claim {
    card: theorem!("sparsity/all_minimisers", AGAINST_ITS_NOTE)
        .remembered_from("Debarre2022", "the solution set of the interpolation problem"),
    statement: "f(x_i) = y_i  ⟹  (TV2(f) = T  ⟺  every jump of f lies where eta is its sign)",
    cases: || Cases::of(line_data::rivals()),
    hypotheses: &[],
    conclusion: |case| {
        let data = case.data();
        let is_allowed = Interpolation::new(&data).is_minimiser(&case.function());
        Finding::equal("is a minimiser", costs_the_least(case, &data), is_allowed)
    },
    twins: &[
        Twin::concluding(
            "knots at points only",
            |case| {
                let (data, f) = (case.data(), case.function());
                let is_point = |knot: &Rational| data.x().contains(knot);
                let allowed = f.breakpoints().iter().all(is_point);
                Finding::equal("is a minimiser", costs_the_least(case, &data), allowed)
            },
            "inside a run knots may leave the points",
        ),
        Twin::concluding(
            "collinear points continue a run",
            |case| {
                let (data, f) = (case.data(), case.function());
                let allowed = allowed_through_collinear_points(&data, case);
                let interpolates = Interpolation::new(&data).is_interpolated_by(&f);
                let found = costs_the_least(case, &data);
                Finding::equal("is a minimiser", found, allowed && interpolates)
            },
            "at a collinear point the dual function is 0, and no knot is free around it",
        ),
        Twin::concluding(
            "as many knots as the chords at most",
            |case| {
                let (data, f) = (case.data(), case.function());
                let chords = Interpolation::new(&data).chords().at.len();
                let allowed = f.breakpoints().len() <= chords;
                Finding::equal("is a minimiser", costs_the_least(case, &data), allowed)
            },
            "minimisers may have more knots, and few knots may cost more",
        ),
    ],
};

fn costs_the_least(case: &Rival, data: &Data) -> bool {
    tv2(&case.function()) == Interpolation::new(data).least_exactly()
}

/// The geometric test with the sign of a collinear point taken over from the point before it.
fn allowed_through_collinear_points(data: &Data, case: &Rival) -> bool {
    let mut signs = Interpolation::new(data).signs().to_vec();
    for i in 2..data.len() - 1 {
        if signs[i] == 0 {
            signs[i] = signs[i - 1];
        }
    }
    let f = case.function();
    let jumps = f.pieces().windows(2).map(|pair| &pair[1].0 - &pair[0].0);
    f.breakpoints().iter().zip(jumps).all(|(knot, jump)| {
        let around = (0..data.len() - 1).find(|i| data.x()[*i] <= *knot && *knot < data.x()[i + 1]);
        around.is_some_and(|i| {
            let is_point = data.x()[i] == *knot;
            signs[i] == jump.signum() && (is_point || signs[i + 1] == jump.signum())
        })
    })
}
