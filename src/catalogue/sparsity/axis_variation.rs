//! In the norm l1 the seminorm is the sum of the variations along the axes.

use crate::catalogue::prelude::*;
use crate::generators::ridges::{RidgeNet, integral, nets};
use crate::spline::ridge::{Hyperplane, Norm, Unit};
use crate::spline::univariate::{along_line, tv2};
use std::collections::BTreeSet;

pub(super) static CLAIM: Claim<RidgeNet> = Claim {
    card: theorem!("sparsity/axis_variation", AGAINST_ITS_NOTE)
        .derived_from("Ongie2020", "the seminorm of a finite network"),
    statement: "Σₖ TV of the derivative of f along axis k  =  seminorm of f in the norm l1, \
                for any lines of generic position",
    cases: || {
        let any = (1usize..=3).prop_flat_map(|d| nets(d, 0..=4, integral));
        any.with("20 units of 4 inputs", 32, nets(4, 20, integral)).with(
            "40 units of 6 inputs",
            64,
            nets(6, 40, integral),
        )
    },
    hypotheses: &[],
    conclusion: |case| equal("sum of variations", along_axes(case), norm(case, Norm::L1)?),
    twins: &[
        twin("the greatest norm", |case: &RidgeNet| {
            equal("sum of variations", along_axes(case), norm(case, Norm::Linf)?)
        })
        .because("an oblique kink is seen along every axis"),
        twin("the path norm", |case: &RidgeNet| {
            let path = case.ridges().path_norm(Norm::L1, 1);
            let path = path.value().cloned().ok_or(Undecided("a norm is not rational"));
            equal("sum of variations", along_axes(case), path?)
        })
        .because("units that share a hyperplane may cancel"),
    ],
    well_formed: |case| case.check().map_err(|error| error.to_string()),
};

fn norm(case: &RidgeNet, norm: Norm) -> Result<Rational, Undecided> {
    let value = case.ridges().seminorm(norm, 1);
    value.value().cloned().ok_or(Undecided("a norm is not rational"))
}

/// The sum over the lines along the axes, from running the units on them: the affine part has no
/// variation.
fn along_axes(case: &RidgeNet) -> Rational {
    let (d, units) = (case.slope.len(), case.weights.len());
    if units == 0 {
        return Rational::ZERO;
    }
    let layers = vec![
        Layer::dense(units, case.weights.concat(), case.thresholds.iter().map(|t| -t).collect()),
        Layer::relu(),
        Layer::dense(1, case.outer.clone(), Vec::new()),
    ];
    let input = Shape::from_axes(&[d]).expect("one axis");
    let network = Network::new(input, layers).expect("the layers fit");
    let start = start(case);
    let axis = |k: usize| (0..d).map(|i| Rational::from(i == k)).collect::<Vec<_>>();
    (0..d).map(|k| tv2(&along_line(&network, &start, &axis(k))[0])).sum()
}

/// The first point `(a, a², .., a^d)` from 10007 on such that different hyperplanes meet each line
/// through it along an axis at different places.
fn start(case: &RidgeNet) -> Vec<Rational> {
    let d = case.slope.len();
    let units = case.ridges().units;
    let planes: BTreeSet<Hyperplane> =
        units.iter().filter_map(Unit::hyperplane).map(|(plane, _)| plane).collect();
    let is_generic = |start: &Vec<Rational>| {
        (0..d).all(|k| {
            let met = planes.iter().filter(|plane| !plane.normal[k].is_zero());
            let place = |plane: &Hyperplane| {
                (&plane.threshold - dot(&plane.normal, start)) / &plane.normal[k]
            };
            met.clone().map(place).collect::<BTreeSet<_>>().len() == met.count()
        })
    };
    let point = |a: i64| (1..=d as i32).map(|p| Rational::integer(a).pow(p)).collect::<Vec<_>>();
    (10_007..).map(point).find(is_generic).expect("almost every point will do")
}
