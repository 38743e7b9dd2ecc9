//! # A constant bias disturbs shifts only near the ends, by one filter a layer
//!
//! Let `F` be a chain of expansive ReLU convolutions with filters of lengths `s_j + 1`, each with
//! one bias of any sign for all positions. If `x` of length `D` vanishes on its last `k` samples,
//! then `F(S_k x)` at `i` is `F(x)` at `i - k` for `k + s_2 + .. + s_J <= i < D + s_1`. Before `k`
//! it is what `F` makes of silence.
//!
//! Tempting to say that the vacated `k` samples are the only ones that differ: true for one layer.
//! Every further layer spreads them by its filter, and cuts the other end by as much.
#![doc = include_str!("../../../proofs/symmetry/shifted_interior.md")]

use crate::claim::{
    self, Card, Cases, Claim, Evidence, Finding, Hypothesis, Source, Standing, Twin, Wording,
};
use crate::generators::shifts::{self, Biases, Room, Shifted, Signs};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "symmetry/shifted_interior",
        title: "A constant bias disturbs shifts only near the ends, by one filter a layer",
        statement: "k + s_2 + .. + s_J ≤ i < D + s_1  ⟹  F(S_k x)_i = F(x)_(i-k), any constant b_j",
        source: Source::new("Han2023", "translation equivariance of zero padding"),
        wording: Wording::Derived,
        as_printed: Some("said of zero-padded networks; where it holds exactly is ours"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/symmetry/shifted_interior.md",
    },
    cases: || cases(Biases::Constant, Room::Enough),
    hypotheses: &[
        Hypothesis::new("one bias a layer", |case| case.shifted.has_constant_biases()),
        Hypothesis::new("room to shift", |case| case.shifted.has_room()),
    ],
    conclusion: |case| gap(case, case.from(), case.to()),
    twins: &[
        Twin::without(
            "one bias a layer",
            || cases(Biases::PerUnit, Room::Enough),
            "a bias for each position stays where it is",
        ),
        Twin::without(
            "room to shift",
            || cases(Biases::Constant, Room::None),
            "samples are pushed over the edge of the input, not of the output",
        ),
        Twin::concluding(
            "only the vacated samples differ",
            |case| gap(case, case.shifted.shift(), case.to()),
            "the second layer spreads them by its filter",
        ),
        Twin::concluding(
            "up to the end",
            |case| gap(case, case.from(), usize::MAX),
            "the second layer does not see what the first would write beyond its end",
        ),
    ],
};

/// A chain of expansive convolutions, an input and a shift.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Case {
    shifted: Shifted,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        self.shifted.check()
    }
}

impl Case {
    /// `k + s_2 + .. + s_J`.
    fn from(&self) -> usize {
        self.shifted.shift() + self.shifted.growth().skip(1).sum::<usize>()
    }

    /// `D + s_1`.
    fn to(&self) -> usize {
        self.shifted.len() + self.shifted.growth().take(1).sum::<usize>()
    }
}

/// `F(S_k x)` against `F(x)` moved right by `k`, at the samples `from <= i < to`.
fn gap(case: &Case, from: usize, to: usize) -> Finding {
    let (before, after) = case.shifted.outputs();
    let moved = shifts::right(&before, case.shifted.shift());
    let to = to.min(after.len());
    let samples = from.min(to)..to;
    Finding::same_signal("largest gap inside", &after[samples.clone()], &moved[samples])
}

fn cases(biases: Biases, room: Room) -> Cases<Case> {
    shifts::shifted(biases, Signs::Any, room).prop_map(|shifted| Case { shifted }).boxed()
}
