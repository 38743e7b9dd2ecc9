//! On points of the axes, as exclusive or, descent fits exactly what a unit covers.

use crate::catalogue::prelude::*;
use crate::generators::covered_points::{Covering, oblique, on_axes, square};

pub(super) static CLAIM: Claim<Covering> = Claim {
    card: theorem!("width/xor_square_descent", STEP_BY_STEP)
        .derived_from("JiTelgarsky2020", "Section 5, the exclusive or; asked here"),
    statement: "different points ±e_j, one label an axis  ⟹  #(points of margin ≥ 1 within T \
                steps) = #(points with some a_s = y, ⟨w_s, x⟩ > 0 at the start)",
    cases: || {
        square(true)
            .with("axes of up to 4 dimensions", 8, on_axes(4, [1, 4]))
            .with("axes of up to 12 dimensions, up to 49 units", 64, on_axes(12, [5, 7]))
            .with("axes of up to 24 dimensions, up to 144 units", 1024, on_axes(24, [8, 12]))
    },
    hypotheses: &[
        given("one label an axis", has_one_label_an_axis).needed(
            "a unit that crosses zero changes its duty where opposite points have opposite labels",
            || square(false).cases(),
        ),
        given("different points on the axes", is_on_axes)
            .needed("points that overlap help or hinder each other", || oblique().cases()),
    ],
    conclusion: |case| equal("points that reach margin 1", case.reached(), case.covered()),
    twins: &[
        twin("any unit of the right sign", |case: &Covering| {
            let has = |label: bool| case.network.outputs.iter().any(|a| a.is_positive() == label);
            let count = case.samples.positive.iter().filter(|&&label| has(label)).count();
            equal("points that reach margin 1", case.reached(), count)
        })
        .because("two units of a sign may look the same way"),
        twin("every unit covers both points of its axis", |case: &Covering| {
            let mut both = case.clone();
            let mirrored = case.network.weights.iter();
            let mirrored: Vec<_> =
                mirrored.map(|w| w.iter().map(|t| -t).collect::<Vec<Rational>>()).collect();
            both.network.weights.extend(mirrored);
            both.network.outputs.extend(case.network.outputs.clone());
            equal("points that reach margin 1", case.reached(), both.covered())
        })
        .because("a unit sees one of two opposite points"),
    ],
    well_formed: Covering::check,
};

fn is_on_axes(case: &Covering) -> bool {
    let points: Vec<_> = case.samples.all_patches().collect();
    let is_axis = |x: &[Rational]| {
        dot(x, x) == Rational::ONE && x.iter().filter(|t| !t.is_zero()).count() == 1
    };
    case.samples.positions() == 1
        && points.iter().all(|x| is_axis(x))
        && (0..points.len()).all(|i| !points[..i].contains(&points[i]))
}

fn has_one_label_an_axis(case: &Covering) -> bool {
    let samples = &case.samples;
    let points: Vec<_> = samples.all_patches().zip(&samples.positive).collect();
    let is_opposite = |x: &[Rational], y: &[Rational]| x.iter().zip(y).all(|(a, b)| *a == -b);
    points.iter().all(|(x, a)| points.iter().all(|(y, b)| a == b || !is_opposite(x, y)))
}
