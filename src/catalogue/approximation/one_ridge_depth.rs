//! # One ridge needs `max(ceil(2 d / s), ceil((d - 1) / floor(s / 2)))` layers, whatever it is
//!
//! One ridge and an affine part on `d` inputs are two directions, stacked into a filter of degree
//! at most `2 d - 1`. The construction needs as many layers as this filter has factors of degree
//! `s`, and `J s >= 2 d` for its constant. The least `J` that serves every pair of directions is
//! found here by a search over all numbers of real roots and pairs.
#![doc = include_str!("../../../proofs/approximation/one_ridge_depth.md")]

use crate::claim::{self, prelude::*};
use crate::exact::Rational;
use crate::generators::polynomials::Roots;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "approximation/one_ridge_depth",
        title: "One ridge needs max(⌈2d/s⌉, ⌈(d-1)/⌊s/2⌋⌉) layers, whatever it is",
        statement: "s ≥ 2  ⟹  the construction has c_0⟨a_0, x⟩ + c_1 relu(⟨a_1, x⟩ - t) for all \
                    a_0, a_1 ∈ ℝ^d from J = max(⌈2d/s⌉, ⌈(d-1)/⌊s/2⌋⌉) layers on",
        source: Source::new("Zhou2020", "the depth in the theorem on the rate; derived here"),
        wording: Wording::Derived,
        as_printed: Some("the rate asks for J ≥ 2d/(s-1); for even s, J ≥ 2d/s is enough"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/approximation/one_ridge_depth.md",
    },
    cases: || cases(2..=7),
    hypotheses: &[Hypothesis::new("s ≥ 2", |case| case.s >= 2)],
    conclusion: |case| {
        let by_pairs = (case.d - 1).div_ceil((case.s / 2).max(1));
        compare(case, (2 * case.d).div_ceil(case.s).max(by_pairs))
    },
    twins: &[
        Twin::without("s ≥ 2", || cases(1..=1), "linear filters have no pair of roots"),
        Twin::concluding(
            "2d/s for every s",
            |case| compare(case, (2 * case.d).div_ceil(case.s)),
            "for odd s a filter full of pairs has degree s - 1: six inputs and s = 3 need 5, not 4",
        ),
        Twin::concluding(
            "2d/(s-1) is needed",
            |case| compare(case, (2 * case.d).div_ceil(case.s - 1)),
            "sufficient, but with d = s = 2 two layers do and not four",
        ),
        Twin::concluding(
            "(2d-1)/(s-1) is needed",
            |case| compare(case, (2 * case.d - 1).div_ceil(case.s - 1)),
            "even filters are full of pairs, so for s = 2 half of it is enough",
        ),
    ],
};

/// Inputs `d` and the degree `s` of a filter.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    d: usize,
    s: usize,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        match (self.d, self.s) {
            (1..=12, 1..=24) => Ok(()),
            _ => Err("d must lie between 1 and 12, s between 1 and 24".to_owned()),
        }
    }
}

/// Compares with the least depth that the search finds, 0 when some filter has no factors.
fn compare(case: &Case, layers: usize) -> Conclusion {
    Finding::equal("layers", needed(case).unwrap_or(0), layers)
}

/// The least number of layers that holds for all pairs of directions, by a search.
fn needed(case: &Case) -> Option<usize> {
    let splits = (0..2 * case.d)
        .flat_map(|degree| (0..=degree / 2).map(move |pairs| (degree - 2 * pairs, pairs)));
    let filters = splits.map(|(real, pairs)| {
        let [zero, one] = [Rational::ZERO, Rational::ONE];
        let pair = [zero.clone(), one.clone()];
        let roots = Roots { leading: one, real: vec![zero; real], pairs: vec![pair; pairs] };
        roots.fewest_filters(case.s)
    });
    let most = filters.collect::<Option<Vec<_>>>()?.into_iter().max();
    Some(most.expect("a constant has a factor").max((2 * case.d).div_ceil(case.s)))
}

fn cases(s: std::ops::RangeInclusive<usize>) -> Cases<Case> {
    (1usize..=8, s).prop_map(|(d, s)| Case { d, s }).cases()
}
