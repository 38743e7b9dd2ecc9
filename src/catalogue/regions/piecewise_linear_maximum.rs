//! # The maximum of a piecewise linear layer is `sum r^#B` over generic independent sets
//!
//! The bound of `regions/piecewise_linear_upper` is attained for generic shared filters, by named
//! ones in particular, with one bias for all of them and kinks that are common to all units: on a
//! line it is `sum over K_N of prod C(d, t_p) r^(t_p)`.
#![doc = include_str!("../../../proofs/regions/piecewise_linear_maximum.md")]

use crate::claim::prelude::*;
use crate::generators::filters::{self, NamedKinks};
use proptest::prelude::*;

/// The claim.
pub static CLAIM: Claim<NamedKinks> = Claim {
    card: Card {
        id: "regions/piecewise_linear_maximum",
        title: "The maximum of a piecewise linear layer is Σ r^#B over generic independent sets",
        statement: "filters w_k(i) = 3^k 2^(i (d i − k)), biases 1, kinks 1 − 101^−j, j < r; \
                    windows that overlap along one axis at most: regions = Σ_{t ∈ K_N} \
                    Π C(d, t_p) r^(t_p)",
        source: Source::new(
            "Xiong2024",
            "the formulas are derived here; only the abstract was read",
        ),
        wording: Wording::Derived,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/regions/piecewise_linear_maximum.md",
    },
    cases: || filters::named_kinks(filters::line(4)).cases(),
    hypotheses: &[Hypothesis::new("one axis of overlap, or few filters", |case| {
        case.layout.sliding().published_is_maximum(case.layout.filters)
    })],
    conclusion: |case| {
        let published = case.layout.sliding().published_pieces(case.layout.filters, case.kinks);
        Finding::equal("regions", case.kinked().regions(), published)
    },
    twins: &[
        Twin::without(
            "one axis of overlap, or few filters",
            || {
                let layout = filters::postcard(2);
                Just(NamedKinks { layout, kinks: 1 }).cases()
            },
            "two filters on a box of positions as large as they are commute",
        ),
        Twin::concluding(
            "a unit for each kink",
            |case| {
                let units = case.layout.filters * case.kinks;
                let published = case.layout.sliding().published_count(units);
                Finding::equal("regions", case.kinked().regions(), published)
            },
            "the hyperplanes of one unit are parallel",
        ),
        Twin::concluding(
            "one kink counted",
            |case| {
                let published = case.layout.sliding().published_count(case.layout.filters);
                Finding::equal("regions", case.kinked().regions(), published)
            },
            "every kink is a hyperplane of its own",
        ),
    ],
};
