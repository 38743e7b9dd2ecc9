//! # Without parallel inputs the kernel of a wide network is positive definite
//!
//! `H_ij = <x_i, x_j> (1 - angle / pi) / 2` is the tangent kernel of a wide ReLU layer without
//! biases. If no input is a multiple of another one, all pivots of its elimination are positive.
//! They are computed exactly where the angles are rational, and enclosed elsewhere.
#![doc = include_str!("../../../proofs/width/kernel_definite.md")]

use crate::claim::prelude::*;
use crate::exact::Rational;
use crate::exact::linear::Matrix;
use crate::generators::directions;
use crate::kernel::{Points, least_pivot};

/// The claim.
pub static CLAIM: Claim<Points> = Claim {
    card: Card {
        id: "width/kernel_definite",
        title: "Without parallel inputs the kernel of a wide network is positive definite",
        statement: "no x_i is a multiple of another  ⟹  every pivot of H is positive",
        source: Source::new("Du2019", "the assumption on the inputs, and the lemma it serves"),
        wording: Wording::Remembered,
        as_printed: Some("λ_min(H) > 0 for inputs of norm one, no two of them parallel"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/width/kernel_definite.md",
    },
    cases: || directions::unparallel().cases(),
    hypotheses: &[Hypothesis::new("no two parallel", |case| !case.has_parallels())],
    conclusion: |case| Finding::above("least pivot", least_pivot(case), 0),
    twins: &[
        Twin::without(
            "no two parallel",
            || directions::distinct().cases(),
            "distinct is not enough: three pairs of opposite points in a plane",
        ),
        Twin::concluding(
            "without the gates",
            |case| Finding::above("determinant", linear(case).determinant(), 0),
            "inner products alone have the rank of the space",
        ),
        Twin::concluding(
            "a quarter of the diagonal",
            |case| {
                let squares = (0..case.len()).map(|i| case.inner(i, i)).min().unwrap_or_default();
                Finding::at_least("least pivot", least_pivot(case), squares / Rational::integer(4))
            },
            "points that are nearly parallel make a pivot small",
        ),
    ],
};

/// The inner products.
fn linear(case: &Points) -> Matrix {
    let row = |i| (0..case.len()).map(|j| case.inner(i, j)).collect();
    Matrix::from_rows((0..case.len()).map(row).collect())
}
