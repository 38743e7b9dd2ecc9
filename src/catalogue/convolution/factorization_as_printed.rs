//! # Fewer than M/(s−1) + 1 filters of degree s multiply to any filter of degree M
//!
//! As remembered: for `s >= 2`, a filter with taps `W_0 .. W_M` is the convolution of
//! `p < M / (s - 1) + 1` filters with `s + 1` taps. At `M = 0` this promises a product of no
//! filters, which is the filter `(1)`, whatever `W_0` is. With at least one filter the statement is
//! true (`convolution/factorization`).
#![doc = include_str!("../../../proofs/convolution/factorization_as_printed.md")]

use crate::claim::{
    self, Card, Cases, Claim, Evidence, Finding, Hypothesis, Source, Standing, Wording,
};
use crate::construct::factor::{Factorization, shortfall};
use crate::exact::Rational;
use crate::exact::polynomial::Polynomial;
use crate::generators::polynomials;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "convolution/factorization_as_printed",
        title: "Fewer than M/(s−1) + 1 filters of degree s multiply to any filter of degree M",
        statement: "deg W ≤ M, s ≥ 2  ⟹  W = w_1 ∗ … ∗ w_p, deg w_j ≤ s, p < M/(s−1) + 1",
        source: Source::new("Zhou2020", "the factorization of long filters into short ones"),
        wording: Wording::Remembered,
        as_printed: Some("the strict inequality is remembered; it fails at M = 0 only"),
        standing: Standing::RefutedAsPrinted { repaired_by: "convolution/factorization" },
        evidence: Evidence::PropertyTested,
        note: "proofs/convolution/factorization_as_printed.md",
    },
    cases,
    hypotheses: &[Hypothesis::unsharp(
        "s >= 2",
        |case| case.s >= 2,
        "the statement is refuted where it holds; its repair shows the need",
    )],
    conclusion: |case| {
        let (target, count) = (Polynomial::new(case.taps.clone()), case.promised());
        let found = match count {
            0 => Factorization::of(&target, Vec::new()).residual_norm(),
            _ => shortfall(&target, case.s, count, BITS),
        };
        let bound = Rational::integer(2).pow(-(BITS as i32));
        Finding::at_most("filters missing, else residual", found, bound)
    },
    twins: &[],
};

/// The residual that a built factorization may leave is `2^-BITS`.
const BITS: u32 = 100;

/// The taps `W_0 .. W_M` and the degree `s` of the filters.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    s: usize,
    taps: Vec<Rational>,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        match (self.s, self.taps.len()) {
            (0 | 1, _) => Err(format!("s = {}: M/(s−1) needs s >= 2", self.s)),
            (_, 0) => Err("no taps; the zero filter has one".into()),
            (_, n @ 66..) => Err(format!("{n} taps; filters of at most 65 are factored here")),
            _ => Ok(()),
        }
    }
}

impl Case {
    /// The largest integer below `M / (s - 1) + 1`.
    fn promised(&self) -> usize {
        (self.taps.len() - 1).div_ceil(self.s - 1)
    }
}

fn cases() -> Cases<Case> {
    (2usize..6, polynomials::filters()).prop_map(|(s, taps)| Case { s, taps }).boxed()
}
