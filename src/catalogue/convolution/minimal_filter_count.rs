//! # The least number of filters of degree s is max(⌈D/s⌉, ⌈q/⌊s/2⌋⌉)
//!
//! Let `W` have true degree `D >= 1`, with `q` pairs of roots that are not real. The least number
//! of real filters with `s + 1` taps that convolve to `W` is
//! `max(ceil(D / s), ceil(q / floor(s / 2)))`, where for `s = 1` there must be no pair.
//!
//! The case gives the roots, so that the true numbers are known. What is found is the number of
//! filters of a factorization built from the coefficients alone; what it is compared with is the
//! least number found by a search over all ways to share the factors out.
#![doc = include_str!("../../../proofs/convolution/minimal_filter_count.md")]

use crate::claim::prelude::*;
use crate::construct::factor::factor;
use crate::generators::polynomials::{SharedRoots, roots};
use proptest::prelude::*;
use std::ops::Range;

/// The claim.
pub static CLAIM: Claim<SharedRoots> = Claim {
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
    cases: || prop_oneof![4 => cases(2..7, 0..5), 1 => cases(1..2, 0..1)].cases(),
    hypotheses: &[Hypothesis::new("room for a pair", |case| {
        case.s >= 2 || case.roots.pairs.is_empty()
    })],
    conclusion: |case| compare(case, built(case)),
    twins: &[
        Twin::without(
            "room for a pair",
            || cases(1..2, 0..5).cases(),
            "no filter of degree 1 has a pair: what differs are stand-ins, 0 for nothing built \
             and the number of roots for no sharing",
        ),
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

/// Compares with the search; where no number of filters suffices, the number of roots stands in.
fn compare(case: &SharedRoots, found: usize) -> Conclusion {
    let fewest = case.roots.fewest_filters(case.s);
    Finding::equal("filters", found, fewest.unwrap_or(case.roots.degree()))
}

/// Filters of the factorization that is built from the coefficients; 0 when none is.
fn built(case: &SharedRoots) -> usize {
    factor(&case.roots.polynomial(), case.s, BITS).map_or(0, |found| found.filters.len())
}

fn cases(s: Range<usize>, pairs: Range<usize>) -> BoxedStrategy<SharedRoots> {
    (s, roots(0..6, pairs)).prop_map(|(s, roots)| SharedRoots { s, roots }).boxed()
}
