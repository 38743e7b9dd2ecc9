//! n hidden ReLU units compute the parity of n bits, and two compute XOR.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("perceptron/parity_relu_units", AGAINST_ITS_NOTE)
        .derived_from("MinskyPapert1969", "XOR and parity; the ReLU network is folklore"),
    statement: "x ∈ {0, 1}^n, s = Σ x_i  ⟹  relu(s) + 2 Σ_{0<k<n} (-1)^k relu(s - k) = \
                (1 - Π (1 - 2 x_i)) / 2",
    cases: || Cases::listed(up_to_six_bits()).with("7 to 40 bits", 1, bits(7..=40)),
    hypotheses: &[given("bits", |case: &Case| {
        case.x.iter().all(|x| x.is_zero() || *x == Rational::ONE)
    })
    .needed("between the bits the two extensions of parity differ", halves)],
    conclusion: |case| agrees(case, &teeth(case.x.len())),
    twins: &[
        twin("one unit fewer", |case: &Case| agrees(case, &teeth(case.x.len() - 1)))
            .because("without its last unit the network is wrong where all bits are one")
            .drawing(|| bits(2..=6).cases()),
        twin("outer weights of one", |case: &Case| {
            let unit = |(k, v): (usize, Rational)| if k == 0 { v } else { v / Rational::from(2) };
            let outer: Vec<_> = teeth(case.x.len()).into_iter().enumerate().map(unit).collect();
            agrees(case, &outer)
        })
        .because("relu(s) - relu(s - 1) is OR"),
        twin("every unit starts one later", |case: &Case| {
            let late = [Rational::ZERO].into_iter().chain(teeth(case.x.len())).collect::<Vec<_>>();
            agrees(case, &late)
        })
        .because("a unit that starts at s = 1 is silent on a single bit"),
    ],
    well_formed: |case| {
        if case.x.is_empty() { Err("there must be one input at least".to_owned()) } else { Ok(()) }
    },
};

/// The inputs `x: [n]`, `n >= 1`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    x: Vec<Rational>,
}

/// The outer weights `1, -2, 2, -2, ..`, one for each of the `units`.
fn teeth(units: usize) -> Vec<Rational> {
    let weight = |k: usize| match k {
        0 => 1,
        k if k % 2 == 1 => -2,
        _ => 2,
    };
    (0..units).map(|k| Rational::from(weight(k))).collect()
}

/// Compares the network `Σ outer[k] relu(s - k)` with the parity.
fn agrees(case: &Case, outer: &[Rational]) -> Conclusion {
    let s: Rational = case.x.iter().sum();
    let unit = |(k, v): (usize, &Rational)| v * (&s - Rational::from(k)).max(Rational::ZERO);
    let network: Rational = outer.iter().enumerate().map(unit).sum();
    let two = Rational::from(2);
    let sign: Rational = case.x.iter().map(|x| Rational::ONE - &two * x).product();
    equal("output", network, (Rational::ONE - sign) / two)
}

/// All inputs of one to six bits.
fn up_to_six_bits() -> impl Iterator<Item = Case> {
    (1..=6).flat_map(boolean_function::points).map(|x| Case { x })
}

fn bits(n: Span) -> impl Strategy<Value = Case> {
    let bit = any::<bool>().prop_map(Rational::from);
    vec(bit, n).prop_map(|x| Case { x })
}

fn halves() -> Cases<Case> {
    vec(numbers::fraction(2, 2), 1..=4).prop_map(|x| Case { x }).cases()
}
