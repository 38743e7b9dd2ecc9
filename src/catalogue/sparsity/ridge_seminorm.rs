//! The seminorm of a network is the sum of its merged kinks.

use crate::catalogue::prelude::*;
use crate::generators::ridges::{RidgeNet, nets, pythagorean};
use crate::spline::ridge::{Hyperplane, Norm};

pub(super) static CLAIM: Claim<RidgeNet> = Claim {
    card: theorem!("sparsity/ridge_seminorm", AGAINST_ITS_NOTE)
        .quoted_from("Ongie2020", "the representational cost of a finite network, reduced form")
        .as_printed("stated for one unit a hyperplane; that both orientations merge is ours"),
    statement: "f = Σ vₖ relu(⟨wₖ, x⟩ - tₖ) + affine  ⟹  Σ over hyperplanes |Σ vₖ |wₖ|| \
                = Σ over hyperplanes |jump of the normal derivative of f|",
    cases: || {
        let any = (1usize..=3).prop_flat_map(|d| nets(d, 0..=4, pythagorean));
        let strata = any.with("12 units", 16, nets(2, 12, pythagorean));
        strata.with("30 units of 4 inputs", 64, nets(4, 30, pythagorean)).with(
            "40 units of 6 inputs",
            128,
            nets(6, 40, pythagorean),
        )
    },
    hypotheses: &[],
    conclusion: |case| equal("total jump", jumps(case)?, seminorm(case)?),
    twins: &[
        twin("opposite orientations kept apart", |case: &RidgeNet| {
            equal("total jump", jumps(case)?, oriented(case)?)
        })
        .because("relu(s) - relu(-s) = s has no kink"),
        twin("signs ignored", |case: &RidgeNet| {
            let path = case.ridges().path_norm(Norm::L2, 1);
            equal("total jump", jumps(case)?, rational(path.value())?)
        })
        .because("units on one hyperplane may cancel"),
        twin("variation along the first axis", |case: &RidgeNet| {
            let d = case.slope.len();
            let axis: Vec<_> = (0..d).map(|k| Rational::from(k == 0)).collect();
            let along = case.ridges().variation_along(0, &vec![Rational::ZERO; d], &axis);
            equal("total jump", jumps(case)?, along)
        })
        .because("a line sees a kink as small as its angle to it"),
    ],
    well_formed: |case| case.check().map_err(|error| error.to_string()),
};

fn rational(value: Option<&Rational>) -> Result<Rational, Undecided> {
    value.cloned().ok_or(Undecided("a norm is not rational"))
}

fn seminorm(case: &RidgeNet) -> Result<Rational, Undecided> {
    rational(case.ridges().seminorm(Norm::L2, 1).value())
}

/// The hyperplanes of all units, each once.
fn planes(case: &RidgeNet) -> Vec<Hyperplane> {
    let units = case.ridges().units;
    let mut planes: Vec<_> = units.iter().filter_map(|u| Some(u.hyperplane()?.0)).collect();
    planes.sort();
    planes.dedup();
    planes
}

fn distance(plane: &Hyperplane, x: &[Rational]) -> Rational {
    dot(&plane.normal, x) - &plane.threshold
}

/// By function values alone: at a point of each hyperplane off the others, the second difference
/// across it, over a step that stays clear of the others.
fn jumps(case: &RidgeNet) -> Result<Rational, Undecided> {
    let (planes, f) = (planes(case), case.ridges());
    let mut total = Rational::ZERO;
    for (k, plane) in planes.iter().enumerate() {
        let others = || planes.iter().enumerate().filter(|(i, _)| *i != k).map(|(_, p)| p);
        let length = dot(&plane.normal, &plane.normal);
        // Points of a moment curve, put on the hyperplane: few of them lie on another one.
        let point = |s: i64| -> Vec<Rational> {
            let curve: Vec<_> =
                (1..=plane.normal.len() as i32).map(|p| Rational::integer(s).pow(p)).collect();
            let off = distance(plane, &curve) / &length;
            curve.iter().zip(&plane.normal).map(|(x, n)| x - &off * n).collect()
        };
        let is_clear = |x: &Vec<Rational>| others().all(|p| !distance(p, x).is_zero());
        let limit = 40 * planes.len() as i64 + 40;
        let x = (0..limit).map(point).find(is_clear).ok_or(Undecided("no point off the others"))?;
        let room = others().map(|p| {
            let rate = dot(&p.normal, &plane.normal).abs() + Rational::ONE;
            distance(p, &x).abs() / rate
        });
        let step = room.fold(Rational::ONE, Rational::min) / Rational::integer(2);
        let at = |sign: i64| {
            let step = &step * Rational::integer(sign);
            let moved: Vec<_> = x.iter().zip(&plane.normal).map(|(x, n)| x + &step * n).collect();
            f.eval(&moved).remove(0)
        };
        let second = at(1) + at(-1) - at(0) * Rational::integer(2);
        let length = Norm::L2.of(&plane.normal, 1);
        // The step is that many lengths of the normal.
        total += second.abs() / step / rational(length.value())?;
    }
    Ok(total)
}

/// The same sum over hyperplanes with a side each.
fn oriented(case: &RidgeNet) -> Result<Rational, Undecided> {
    let mut masses: Vec<((Hyperplane, bool), Rational)> = Vec::new();
    for unit in case.ridges().units {
        let Some((plane, factor)) = unit.hyperplane() else { continue };
        let side = (plane, factor.is_positive());
        let mass = &unit.outer[0] * rational(Norm::L2.of(&unit.weights, 1).value())?;
        match masses.iter_mut().find(|(other, _)| *other == side) {
            Some((_, sum)) => *sum += mass,
            None => masses.push((side, mass)),
        }
    }
    Ok(masses.iter().map(|(_, mass)| mass.abs()).sum())
}
