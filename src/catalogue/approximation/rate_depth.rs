//! # With `J >= 2 d / (s - 1)` layers there is room for a ridge, and `J` filters suffice
//!
//! The rate of approximation counts ridges by layers: `J` layers carry
//! `m = floor((s - 1) J / d) - 1` of them. Their directions are stacked into one filter of degree
//! `M = (m + 1) d - 1`. For `(s - 1) J >= 2 d` it is `m >= 1`, and `J` filters with `s + 1` taps
//! multiply to any filter of degree `M`.
#![doc = include_str!("../../../proofs/approximation/rate_depth.md")]

use crate::claim::prelude::*;
use crate::construct::counts::worst_filter_count;
use crate::generators::expansive::Sizes;
use proptest::prelude::*;
use std::ops::RangeInclusive;

/// The claim.
pub static CLAIM: Claim<Sizes> = Claim {
    card: Card {
        id: "approximation/rate_depth",
        title: "With J ≥ 2d/(s-1) layers there is room for a ridge, and J filters suffice",
        statement: "(s-1) J ≥ 2d, m = ⌊(s-1)J/d⌋ - 1  ⟹  m ≥ 1 and any W of degree (m+1)d - 1 is a \
                    product of at most J real filters of degree s",
        source: Source::new("Zhou2020", "the depth in the theorem on the rate"),
        wording: Wording::Quoted,
        as_printed: Some("for 2 ≤ s ≤ d; the count does not need s ≤ d"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/approximation/rate_depth.md",
    },
    cases: || sizes(0..=6),
    hypotheses: &[Hypothesis::new("(s-1) J ≥ 2d", |case| {
        (case.s - 1) * case.depth >= 2 * case.d
    })],
    conclusion: |case| compare(case, ridges(case), case.depth),
    twins: &[
        Twin::without("(s-1) J ≥ 2d", || sizes(-6..=-1), "the first ridge does not fit"),
        Twin::concluding(
            "2d/s layers",
            |case| compare(case, 1, (2 * case.d).div_ceil(case.s)),
            "for s = 3 and six inputs, five pairs of roots need five filters and not four",
        ),
        Twin::concluding(
            "one ridge more",
            |case| compare(case, ridges(case) + 1, case.depth),
            "then the filter is longer by d",
        ),
    ],
};

/// `m`, one at least.
fn ridges(case: &Sizes) -> usize {
    ((case.s - 1) * case.depth / case.d).saturating_sub(1).max(1)
}

/// The filters that `ridges` directions may need, against the layers that there are. Where no
/// number of filters is enough, one more than there are stands in.
fn compare(case: &Sizes, ridges: usize, layers: usize) -> Conclusion {
    let needed = worst_filter_count((ridges + 1) * case.d - 1, case.s);
    Finding::at_most("filters", needed.unwrap_or(layers + 1), layers)
}

/// Depths around the least that is asked for.
fn sizes(beyond: RangeInclusive<isize>) -> Cases<Sizes> {
    (1usize..=9, 2usize..=6, beyond)
        .prop_map(|(d, s, beyond)| {
            let depth = (2 * d).div_ceil(s - 1).saturating_add_signed(beyond).max(1);
            Sizes { d, s, depth }
        })
        .cases()
}
