//! The divergence of the pseudoinverse counts the features beyond the samples.

use crate::catalogue::prelude::*;
use crate::generators::designs::{Design, trace, wide};

pub(super) static CLAIM: Claim<Design> = Claim {
    card: theorem!("generalization/pseudoinverse_divergence", AGAINST_ITS_NOTE)
        .remembered_from("Haff1979", "the identity behind the mean of an inverse Wishart matrix"),
    statement: "X: [n, p] of independent rows, W = (X Xᵀ)⁻¹  ⟹  Σ ∂(W X)_ij/∂X_ij = \
                (p - n - 1) tr W; for p ≥ n + 2 and Gaussian X it says why E tr W = n/(p - n - 1)",
    cases: || {
        wide(1..=2, 0..=2, 2)
            .with("larger", 4, wide(1..=3, 0..=3, 9))
            .with("4 samples of 8 features", 32, wide(4..=4, 4..=4, 3))
            .with("6 samples of 40 features", 64, wide(6..=6, 34..=34, 2))
    },
    hypotheses: &[],
    conclusion: |case| compare(case, -1),
    twins: &[
        twin("p - n", |case: &Design| compare(case, 0))
            .because("the inverse depends on X twice, as a left and as a right factor"),
        twin("p - n + 1", |case: &Design| compare(case, 1))
            .because("that is the number of degrees of freedom of a distance, not of its inverse"),
        twin("the sign of a contraction", |case: &Design| {
            equal("divergence", divergence(case), -factor(case, -1) * trace(&case.inverse_gram()))
        })
        .because("for p > n + 1 the field grows"),
    ],
    well_formed: |case| case.check_wide(64),
};

/// `p - n + more`.
fn factor(case: &Design, more: i64) -> Rational {
    Rational::integer(case.features() as i64 - case.samples() as i64 + more)
}

fn compare(case: &Design, more: i64) -> Conclusion {
    equal("divergence", divergence(case), factor(case, more) * trace(&case.inverse_gram()))
}

/// The field `F = W X` solves `X Xᵀ F = X`, and its derivative `X Xᵀ F' = X' - (X' Xᵀ + X X'ᵀ) F`.
fn divergence(case: &Design) -> Rational {
    let (x, inverse) = (case.matrix(), case.inverse_gram());
    let field = inverse.product(&x);
    let places = (0..x.rows()).flat_map(|i| (0..x.cols()).map(move |j| (i, j)));
    let derivative = |(i, j): (usize, usize)| -> Rational {
        // X' has a one at (i, j) alone: row i of X' Xᵀ F is that of Xᵀ F at j, and column i of
        // X X'ᵀ is column j of X.
        let seen: Rational = (0..x.rows()).map(|k| &x[(k, j)] * &field[(k, j)]).sum();
        let right = (0..x.rows()).map(|k| {
            let own = Rational::from(k == i) * (Rational::ONE - &seen);
            own - &x[(k, j)] * &field[(i, j)]
        });
        inverse.row(i).iter().zip(right).map(|(w, r)| w * r).sum()
    };
    places.map(derivative).sum()
}
