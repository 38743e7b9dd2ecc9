//! The parity of n bits needs n - 1 hidden ReLU units.

use crate::catalogue::prelude::*;
use crate::construct::shallow::{Shallow, Unit};
use crate::generators::shallow::{along_the_diagonal, fitted_to_parity};

pub(super) static CLAIM: Claim<Shallow> = Claim {
    card: conjecture!("perceptron/parity_needs_n_minus_one_units")
        .derived_from("MinskyPapert1969", "parity; the count of ReLU units is ours"),
    statement: "f = c + Σ_{j ≤ m} v_j relu(w_j · x + b_j), m < n - 1  ⟹  f(x) ≠ parity(x) for \
                some x ∈ {0, 1}^n",
    cases: || {
        too_few_units()
            .with("6 bits", 16, fitted_to_parity(6, 4))
            .with("8 bits", 64, fitted_to_parity(8, 6))
            .with("10 bits", 1024, fitted_to_parity(10, 8))
    },
    hypotheses: &[given("fewer than n - 1 units", |case: &Shallow| {
        case.units.len() + 1 < case.bits
    })
    .needed("three units compute the parity of four bits", || along_the_diagonal(4, 3).cases())],
    conclusion: |case| misses(case, |ones, _| ones % 2 == 1, 1),
    twins: &[
        twin("more than half of the points are missed", |case: &Shallow| {
            misses(case, |ones, _| ones % 2 == 1, (1 << (case.bits - 1)) + 1)
        })
        .because("the constant 0 is right where the parity is even"),
        twin("and needs as many units", |case: &Shallow| misses(case, |ones, n| ones == n, 1))
            .because("relu(x + y + z - 2) is AND: a single unit for any number of bits")
            .drawing(|| one_unit().cases()),
    ],
    well_formed: Shallow::check,
};

/// Claims that the network misses `least` points of the predicate of `(ones, bits)` at least.
fn misses(case: &Shallow, predicate: fn(usize, usize) -> bool, least: u32) -> Conclusion {
    at_least("points where the output is wrong", case.misses(predicate), least)
}

/// Units of any small weights, one fewer than conjectured, mostly where the sentence is open.
fn too_few_units() -> impl Strategy<Value = Shallow> {
    prop_oneof![1 => 2usize..=3, 4 => 4usize..=5].prop_flat_map(|n| fitted_to_parity(n, n - 2))
}

/// The unit `relu(x_1 + .. + x_n - n + b)` alone, for a small `b` and three bits at least.
fn one_unit() -> impl Strategy<Value = Shallow> {
    (3usize..=5, numbers::integer(3)).prop_map(|(bits, b)| {
        let bias = b - Rational::from(bits);
        let unit = Unit { weights: vec![Rational::ONE; bits], bias, outer: Rational::ONE };
        Shallow { bits, constant: Rational::ZERO, units: vec![unit] }
    })
}
