#![doc = include_str!("../../../proofs/sparsity/axis_variation.md")]

use crate::catalogue::prelude::*;
use crate::generators::ridges::{RidgeNet, integral, nets};
use crate::spline::ridge::Norm;

pub(super) static CLAIM: Claim<RidgeNet> = Claim {
    card: theorem!("sparsity/axis_variation", AGAINST_ITS_NOTE)
        .derived_from("Ongie2020", "the seminorm of a finite network"),
    statement: "Σₖ TV of the derivative of f along axis k  =  seminorm of f in the norm l1, \
                for any lines of generic position",
    cases: || {
        let any = (1usize..=3).prop_flat_map(|d| nets(d, 0..=4, integral));
        any.cases().with("20 units of 4 inputs", 32, nets(4, 20, integral))
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

/// Lines through a point far out on a moment curve, where different hyperplanes are met at
/// different places.
fn along_axes(case: &RidgeNet) -> Rational {
    let (f, d) = (case.ridges(), case.slope.len());
    let start: Vec<_> = (1..=d as i32).map(|p| Rational::integer(10_007).pow(p)).collect();
    let axis = |k: usize| (0..d).map(|i| Rational::from(i == k)).collect::<Vec<_>>();
    (0..d).map(|k| f.variation_along(0, &start, &axis(k))).sum()
}
