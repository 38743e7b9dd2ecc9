//! The parity of n bits needs n hidden ReLU units.

use crate::catalogue::prelude::*;
use crate::construct::shallow::Shallow;
use crate::generators::shallow::{along_the_diagonal, fitted_to_parity};

pub(super) static CLAIM: Claim<Shallow> = Claim {
    card: refuted!("perceptron/parity_needs_n_units")
        .derived_from("MinskyPapert1969", "parity; the count of ReLU units is ours"),
    statement: "f = c + Σ_{j ≤ m} v_j relu(w_j · x + b_j), m < n  ⟹  f(x) ≠ parity(x) for some \
                x ∈ {0, 1}^n",
    cases,
    hypotheses: &[given("fewer than n units", |case| case.units.len() < case.bits)],
    conclusion: |case| {
        let misses = case.misses(|ones, _| ones % 2 == 1);
        at_least("points where the output is not the parity", misses, 1)
    },
    twins: &[],
    well_formed: Shallow::check,
};

/// Networks with `n - 1` units, three of four along the diagonal.
fn cases() -> Cases<Shallow> {
    (prop_oneof![Just(1usize), Just(2), Just(3), Just(4), Just(4)], 0..4)
        .prop_flat_map(|(n, kind)| match kind {
            0 => fitted_to_parity(n.min(3), n.min(3) - 1),
            _ => along_the_diagonal(n, n - 1),
        })
        .cases()
}
