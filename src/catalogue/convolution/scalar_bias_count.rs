//! # With one bias a hidden layer there are `J (3 s + 2) + 2 d - 1` parameters
//!
//! With the same filters, last bias and coefficients, these are `2 s (J - 1)` fewer than the
//! published count `(5 s + 2) J + 2 d - 2 s - 1`; than `H_J` itself has if `s < d` or `J = 1`.
#![doc = include_str!("../../../proofs/convolution/scalar_bias_count.md")]

use crate::claim::{self, Card, Cases, Claim, Evidence, Finding, Source, Standing, Twin, Wording};
use crate::construct::expansive::{Expansive, Stage};
use crate::exact::Rational;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "convolution/scalar_bias_count",
        title: "With one bias a hidden layer there are J(3s+2) + 2d - 1 parameters",
        statement: "one bias in each hidden layer, all else free  ⟹  J(3s+2) + 2d - 1 parameters",
        source: Source::new("Zhou2020", "the number of parameters of the class"),
        wording: Wording::Derived,
        as_printed: Some("(5s+2)J + 2d - 2s - 1, with 2s + 1 biases in each hidden layer"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/convolution/scalar_bias_count.md",
    },
    cases,
    hypotheses: &[],
    conclusion: |case| Finding::equal("parameters", case.count(false), case.formula(0)),
    twins: &[
        Twin::concluding(
            "as many as the published count",
            |case| Finding::equal("parameters", case.count(false), case.formula(case.depth - 1)),
            "each hidden layer saves 2 s biases",
        ),
        Twin::concluding(
            "one bias in the last layer too",
            |case| Finding::equal("parameters", case.count(true), case.formula(0)),
            "the formula counts d + J s last biases",
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
    /// The parameters of such a network, counted in the network itself.
    fn count(&self, single_last_bias: bool) -> usize {
        let zeros = |n: usize| vec![Rational::ZERO; n];
        let units = self.d + self.depth * self.s;
        let stage = |j: usize| {
            let biases = if j < self.depth || single_last_bias { 1 } else { units };
            Stage { filter: zeros(self.s + 1), bias: zeros(biases) }
        };
        let stages = (1..=self.depth).map(stage).collect();
        let net = Expansive { width: self.d, coefficients: zeros(units), stages };
        net.network().expect("the parts fit").parameter_count()
    }

    /// `J (3 s + 2) + 2 d - 1`, and `2 s` more for each of `richer` layers.
    fn formula(&self, richer: usize) -> Rational {
        let (d, s, depth) = (self.d, self.s, self.depth);
        Rational::from(depth * (3 * s + 2) + 2 * d + 2 * s * richer) - Rational::ONE
    }
}

fn cases() -> Cases<Case> {
    (1usize..=6, 1usize..=5, 1usize..=6).prop_map(|(d, s, depth)| Case { d, s, depth }).boxed()
}
