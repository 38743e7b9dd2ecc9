//! With fewer samples the perceptron makes no more mistakes.

use crate::catalogue::prelude::*;
use crate::construct::perceptron;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: refuted!("perceptron/fewer_samples_fewer_mistakes")
        .derived_from("Novikoff1962", "suggested by the bound, which is monotone"),
    statement: "⟨u, z_i⟩ > 0 for i = 1 … n  ⟹  mistakes on z_1 … z_{n-1} ≤ mistakes on \
                z_1 … z_n",
    cases: || {
        (1usize..=2, 2usize..=4)
            .prop_flat_map(|(d, n)| samples::separated(d, n, 2))
            .prop_map(|(u, points)| {
                let signed = separation::signed(&points.samples, &points.positive);
                Case { u, signed }
            })
            .cases()
    },
    hypotheses: &[given("separated by u", |case| {
        separation::accepts_weights(&case.signed, &case.u)
    })],
    conclusion: |case| {
        let (all, most) = (&case.signed[..], &case.signed[..case.signed.len() - 1]);
        at_most("mistakes without the last sample", mistakes(most), mistakes(all))
    },
    twins: &[],
    well_formed: |case| {
        let fits = case.signed.len() >= 2;
        require!(fits, "there must be two samples at least, so that one can be left out")?;
        match case.signed.iter().find(|z| z.len() != case.u.len()) {
            Some(z) => Err(format!("u has {} entries, a sample {}", case.u.len(), z.len())),
            None => Ok(()),
        }
    },
};

/// The samples times their labels, `signed: [n, d]` with `n >= 2`, and the direction `u: [d]`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    u: Vec<Rational>,
    signed: Vec<Vec<Rational>>,
}

/// Mistakes until a pass is clean, or 400 of them, started at zero.
///
/// The limit refutes nothing by itself: if this number is larger without the last sample, then with
/// it the run stopped before the limit, so that number is exact and the larger one is reached.
fn mistakes(signed: &[Vec<Rational>]) -> usize {
    let start = vec![Rational::ZERO; signed[0].len()];
    perceptron::run(&start, signed, 400).mistakes()
}
