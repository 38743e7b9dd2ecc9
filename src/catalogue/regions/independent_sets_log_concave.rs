//! # The numbers of independent sets are ultra-log-concave
//!
//! Let `I_k` be the number of independent sets of `k` rows out of `m`. Then `I_k / C(m, k)` is a
//! log-concave sequence: Mason's strongest conjecture, a theorem for all matroids since 2018.
#![doc = include_str!("../../../proofs/regions/independent_sets_log_concave.md")]

use crate::claim::{self, prelude::*};
use crate::exact::Rational;
use crate::generators::filters::{self, Filters};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "regions/independent_sets_log_concave",
        title: "The numbers of independent sets are ultra-log-concave",
        statement: "m rows, 0 < k < m:  I_k² k (m − k) ≥ I_(k−1) I_(k+1) (k + 1) (m − k + 1)",
        source: Source::new("Anari2018", "Mason's strongest conjecture"),
        wording: Wording::Remembered,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/regions/independent_sets_log_concave.md",
    },
    cases: || cases().cases(),
    hypotheses: &[],
    conclusion: |case| {
        let [before, here, after, k, others] = case.numbers();
        let found = &here * &here * &k * &others;
        let bound = before * after * (k + Rational::ONE) * (others + Rational::ONE);
        Finding::at_least("I_k squared, weighted", found, bound)
    },
    twins: &[
        Twin::concluding(
            "strictly",
            |case| {
                let [before, here, after, k, others] = case.numbers();
                let found = &here * &here * &k * &others;
                let bound = before * after * (k + Rational::ONE) * (others + Rational::ONE);
                Finding::above("I_k squared, weighted", found, bound)
            },
            "if all sets are independent the sequence is constant",
        ),
        Twin::concluding(
            "the numbers increase",
            |case| {
                let [_, here, after, _, _] = case.numbers();
                Finding::at_least("I_(k+1)", after, here)
            },
            "beyond the middle, or the rank, they fall",
        ),
    ],
};

/// A layer, and a size of sets of its units.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    size: usize,
    layer: Filters,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        self.layer.check()?;
        match self.layer.layout().units() {
            units if (1..units).contains(&self.size) => Ok(()),
            units => Err(format!("sets of {} of {units} units", self.size)),
        }
    }
}

impl Case {
    /// `I_(k-1), I_k, I_(k+1), k, m - k`.
    fn numbers(&self) -> [Rational; 5] {
        let sizes = self.layer.independent_by_size();
        let sets = |size: usize| sizes.get(size).cloned().map_or(Rational::ZERO, Rational::from);
        let k = self.size;
        let others = self.layer.layout().units() - k;
        [sets(k - 1), sets(k), sets(k + 1), Rational::from(k), Rational::from(others)]
    }
}

/// Layers of two to nine units.
fn cases() -> BoxedStrategy<Case> {
    let several = |layout: filters::Layout| match layout.units() {
        1 => filters::Layout { filters: 2, ..layout },
        _ => layout,
    };
    let layouts = prop_oneof![3 => filters::line(9), 1 => filters::plane(8)];
    filters::layers(layouts.prop_map(several).boxed(), 4)
        .prop_flat_map(|layer| (1..layer.layout().units(), Just(layer)))
        .prop_map(|(size, layer)| Case { size, layer })
        .boxed()
}
