//! # With full windows in the first layer, `H_J` has `(5 s + 2) J + 2 d - 2 s - 1` parameters
//!
//! `H_J` consists of `J` filters of `s + 1` taps, a bias vector for each layer, and a coefficient
//! for each of the `d + J s` last units. In layer `j < J`, of width `d_j = d + j s`, the biases of
//! the units `s + 1 .. d_j - s` are one number; the last bias is free.
#![doc = include_str!("../../../proofs/convolution/parameter_count.md")]

use crate::claim::{
    self, Card, Cases, Claim, Evidence, Finding, Hypothesis, Source, Standing, Twin, Wording,
};
use crate::exact::{Rational, linear::Matrix};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "convolution/parameter_count",
        title: "With full windows in the first layer, H_J has (5s+2)J + 2d - 2s - 1 parameters",
        statement: "s < d or J = 1  ⟹  H_J has (5s+2)J + 2d - 2s - 1 free parameters",
        source: Source::new("Zhou2020", "the number of parameters of the class"),
        wording: Wording::Quoted,
        as_printed: Some("for 2 ≤ s ≤ d; at s = d and J ≥ 2 the count is one too large"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/convolution/parameter_count.md",
    },
    cases: || sizes(|s| (s + 1..=s + 6).boxed()),
    hypotheses: &[Hypothesis::new("full windows", |case| case.s < case.d || case.depth == 1)],
    conclusion: |case| Finding::equal("parameters", case.count(case.depth - 1), case.formula()),
    twins: &[
        Twin::without(
            "full windows",
            || sizes(|s| (1..=s.max(1)).boxed()),
            "layer 1 has no full window, so no shared bias",
        ),
        Twin::concluding(
            "the last bias is shared too",
            |case| Finding::equal("parameters", case.count(case.depth), case.formula()),
            "the formula counts d + J s biases in the last layer",
        ),
        Twin::concluding(
            "every bias is free",
            |case| Finding::equal("parameters", case.count(0), case.formula()),
            "then the count grows like J^2",
        ),
    ],
};

/// Inputs `d`, filters `w_0 .. w_s`, layers `depth`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    d: usize,
    s: usize,
    depth: usize,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        match (self.d, self.s, self.depth) {
            (1..=64, 1..=64, 1..=64) => Ok(()),
            _ => Err("d, s and depth must lie between 1 and 64".to_owned()),
        }
    }
}

impl Case {
    /// Filters, coefficients, and the dimension of the space of biases when the first `shared`
    /// layers obey the rule.
    fn count(&self, shared: usize) -> usize {
        let width = |j: usize| self.d + j * self.s;
        let biases = (1..=self.depth).map(|j| match j <= shared {
            true => width(j) - shared_middle(width(j), self.s).rank(),
            false => width(j),
        });
        self.depth * (self.s + 1) + width(self.depth) + biases.sum::<usize>()
    }

    fn formula(&self) -> Rational {
        Rational::from((5 * self.s + 2) * self.depth + 2 * self.d) - Rational::from(2 * self.s + 1)
    }
}

/// One row `e_i - e_(i + 1)` for each neighbouring pair of `s + 1 .. width - s`, counted from one.
fn shared_middle(width: usize, s: usize) -> Matrix {
    let pairs: Vec<_> = (s..(width - s).saturating_sub(1)).collect();
    let mut rule = Matrix::zero(pairs.len(), width);
    for (row, &i) in pairs.iter().enumerate() {
        rule[(row, i)] = Rational::ONE;
        rule[(row, i + 1)] = -Rational::ONE;
    }
    rule
}

fn sizes(inputs: fn(usize) -> BoxedStrategy<usize>) -> Cases<Case> {
    (1usize..=4, 1usize..=5)
        .prop_flat_map(move |(s, depth)| (inputs(s), Just((s, depth))))
        .prop_map(|(d, (s, depth))| Case { d, s, depth })
        .boxed()
}
