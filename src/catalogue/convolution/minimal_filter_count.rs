//! # The least number of filters of degree s is max(⌈D/s⌉, ⌈q/⌊s/2⌋⌉)
//!
//! Let `W` have true degree `D >= 1`, with `q` pairs of roots that are not real. The least number
//! of real filters with `s + 1` taps that convolve to `W` is
//! `max(ceil(D / s), ceil(q / floor(s / 2)))`, where for `s = 1` there must be no pair.
//!
//! The case gives the roots, so that the true numbers are known. What is found is the number of
//! filters of a factorization built from the coefficients alone; what it is compared with is the
//! least number of bins, searched over all packings of the factors.
#![doc = include_str!("../../../proofs/convolution/minimal_filter_count.md")]

use crate::claim::{
    self, Card, Cases, Claim, Evidence, Finding, Hypothesis, Source, Standing, Twin, Wording,
};
use crate::construct::factor::factor;
use crate::generators::polynomials::{Roots, roots};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "convolution/minimal_filter_count",
        title: "The least number of filters of degree s is max(⌈D/s⌉, ⌈q/⌊s/2⌋⌉)",
        statement: "deg W = D ≥ 1, q pairs, s ≥ 2 or q = 0  ⟹  p_min = max(⌈D/s⌉, ⌈q/⌊s/2⌋⌉)",
        source: Source::new("Zhou2020", "how many short filters a long one needs; derived here"),
        wording: Wording::Derived,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/convolution/minimal_filter_count.md",
    },
    cases: || prop_oneof![4 => cases(2..7, 0..5), 1 => cases(1..2, 0..1)].boxed(),
    hypotheses: &[Hypothesis::new("room for a pair", |case| {
        case.s >= 2 || case.roots.pairs.is_empty()
    })],
    conclusion: |case| compare(case, built(case)),
    twins: &[
        Twin::without("room for a pair", || cases(1..2, 0..5), "no filter of degree 1 has a pair"),
        Twin::concluding(
            "by degree alone",
            |case| compare(case, case.roots.degree().div_ceil(case.s).max(1)),
            "for odd s a filter full of pairs has degree s - 1",
        ),
        Twin::concluding(
            "by pairs alone",
            |case| compare(case, case.roots.pairs.len().div_ceil((case.s / 2).max(1)).max(1)),
            "real roots need room too",
        ),
        Twin::concluding(
            "the general bound",
            |case| compare(case, case.roots.degree().div_ceil((case.s - 1).max(1)).max(1)),
            "ceil(D/(s−1)) is attained for odd s without real roots, not in general",
        ),
    ],
};

/// The filters are built to a residual of at most `2^-BITS`.
const BITS: u32 = 60;

/// The roots of the target and the degree `s` of the filters.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    s: usize,
    roots: Roots,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        if self.s == 0 {
            return Err("s = 0: a filter of one tap only scales".into());
        }
        if self.roots.leading.is_zero() || self.roots.pairs.iter().any(|[_, y]| y.is_zero()) {
            return Err("the leading coefficient and imaginary parts must not be zero".into());
        }
        match self.roots.degree() {
            0..=LARGEST => Ok(()),
            n => Err(format!("{n} roots; packings are searched for at most {LARGEST}")),
        }
    }
}

/// Roots up to which the search over packings is immediate.
const LARGEST: usize = 24;

fn compare(case: &Case, found: usize) -> Finding {
    Finding::equal("filters", found, packing(&case.roots, case.s))
}

/// Filters of the factorization that is built from the coefficients; 0 when none is.
fn built(case: &Case) -> usize {
    factor(&case.roots.polynomial(), case.s, BITS).map_or(0, |found| found.filters.len())
}

/// The least number of bins of size `s` for all pairs, of size two, and real roots, of size one,
/// and one bin at least; where a pair fits no bin, the number of roots.
///
/// Tries every content of every bin: `least[q][r]` bins hold `q` pairs and `r` real roots.
fn packing(roots: &Roots, s: usize) -> usize {
    let (pairs, real) = (roots.pairs.len(), roots.real.len());
    let mut least = vec![vec![roots.degree(); real + 1]; pairs + 1];
    least[0][0] = 0;
    for q in 0..=pairs {
        for r in 0..=real {
            for a in 0..=q.min(s / 2) {
                for b in 0..=r.min(s - 2 * a) {
                    least[q][r] = least[q][r].min(least[q - a][r - b] + usize::from(a + b > 0));
                }
            }
        }
    }
    least[pairs][real].max(1)
}

fn cases(s: Range<usize>, pairs: Range<usize>) -> Cases<Case> {
    (s, roots(0..6, pairs)).prop_map(|(s, roots)| Case { s, roots }).boxed()
}
