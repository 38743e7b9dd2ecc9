//! For the norm l1 the least cost is a linear program over a finite dictionary.

use crate::catalogue::prelude::*;
use crate::engines::lp::{Optimum, System};
use crate::generators::ridges::{Scattered, scattered};
use crate::spline::ridge::{Norm, Skip};

pub(super) static CLAIM: Claim<Scattered> = Claim {
    card: theorem!("sparsity/least_cost_is_a_linear_program", AGAINST_ITS_NOTE)
        .derived_from("PilanciErgen2020", "Theorem 1, as a summary gives it")
        .as_printed("there a convex program with decayed input weights and m* ≤ n + 1 units"),
    statement: "norm l1, two inputs  ⟹  the least cost of a network through the points = the \
                greatest Σ zᵢ yᵢ with z orthogonal to [X 1] and |Σ zᵢ relu(⟨u, xᵢ⟩ - t)| ≤ |u|₁ \
                for axes u and normals u of differences, t = ⟨u, xⱼ⟩",
    cases: || scattered(2, 2..=6, 4).cases().with("7 points", 32, scattered(2, 7..=7, 5)),
    hypotheses: &[],
    conclusion: |case| equal("least cost", least(case)?, program(case, true, true)?),
    twins: &[
        twin("any set of active points", |case: &Scattered| {
            equal("least cost", least(case)?, without_cones(case)?)
        })
        .because("without the cone constraints a jump at one point costs nothing"),
        twin("axes alone", |case: &Scattered| {
            equal("least cost", least(case)?, program(case, true, false)?)
        })
        .because("fewer constraints leave a greater value"),
        twin("normals of differences alone", |case: &Scattered| {
            equal("least cost", least(case)?, program(case, false, true)?)
        })
        .because("the norm bends at the axes"),
        twin("one unit fewer than the bound", |case: &Scattered| {
            let fit = case.least(Norm::L1, Skip::Free).ok_or(Undecided("no network"))?;
            let bound = case.points.len() - case.affine_rank();
            below("units", fit.network.units.len(), bound)
        })
        .because("some data need as many units as N - rank [X 1]"),
    ],
    well_formed: |case| {
        case.check().map_err(|error| error.to_string())?;
        require!(case.dimension() == 2, "there are two inputs")
    },
};

fn least(case: &Scattered) -> Result<Rational, Undecided> {
    let fit = case.least(Norm::L1, Skip::Free).ok_or(Undecided("no network was found"))?;
    fit.value.value().cloned().ok_or(Undecided("the cost is not rational"))
}

/// Multipliers that are orthogonal to `[X 1]`.
fn orthogonal(case: &Scattered) -> System {
    let mut system = System::new(case.points.len());
    for k in 0..2 {
        system.equal(case.points.iter().map(|x| x[k].clone()).collect(), Rational::ZERO);
    }
    system.equal(vec![Rational::ONE; case.points.len()], Rational::ZERO);
    system
}

fn greatest(case: &Scattered, system: &System) -> Result<Rational, Undecided> {
    match system.maximize(&case.values) {
        Optimum::Attained { value, .. } => Ok(value),
        Optimum::Unbounded { .. } => Err(Undecided("the program has no bound")),
        Optimum::Infeasible { .. } => Err(Undecided("the program has no solution")),
    }
}

/// Every constraint written down.
fn program(case: &Scattered, axes: bool, normals: bool) -> Result<Rational, Undecided> {
    let mut directions: Vec<Vec<Rational>> = Vec::new();
    if axes {
        directions.extend([[1, 0], [0, 1]].map(|u| u.map(Rational::integer).to_vec()));
    }
    if normals {
        let pairs = case.points.iter().enumerate();
        directions.extend(pairs.flat_map(|(i, x)| {
            case.points[..i].iter().map(move |y| vec![&y[1] - &x[1], &x[0] - &y[0]])
        }));
    }
    let mut system = orthogonal(case);
    for u in &directions {
        let norm = u[0].abs() + u[1].abs();
        for x in &case.points {
            let t = dot(u, x);
            let features = case.points.iter().map(|x| (dot(u, x) - &t).max(Rational::ZERO));
            let row: Vec<_> = features.collect();
            system.at_most(row.iter().map(|x| -x).collect(), norm.clone());
            system.at_most(row, norm.clone());
        }
    }
    greatest(case, &system)
}

/// For every set of points and every u, whatever side of a line the points lie on:
/// `Σ_S zᵢ = 0` and `|Σ_S zᵢ xᵢ| ≤ 1` in the dual norm.
fn without_cones(case: &Scattered) -> Result<Rational, Undecided> {
    let n = case.points.len();
    let mut system = orthogonal(case);
    for set in 0..1u32 << n {
        let is_in = |i: usize| Rational::from(set >> i & 1 == 1);
        system.equal((0..n).map(is_in).collect(), Rational::ZERO);
        for k in 0..2 {
            let row: Vec<_> = (0..n).map(|i| is_in(i) * &case.points[i][k]).collect();
            system.at_most(row.iter().map(|x| -x).collect(), Rational::ONE);
            system.at_most(row, Rational::ONE);
        }
    }
    greatest(case, &system)
}
