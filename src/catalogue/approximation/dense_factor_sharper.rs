//! With the fewest filters a dense layer's factor is 4, 11/2, 7/2 for s = 2, 3, 4.

use crate::catalogue::prelude::*;
use crate::construct::sizes::{
    HiddenBias, group_parameters, published_filter_count, worst_filter_count,
};
use crate::generators::dense::DenseSizes;

pub(super) static CLAIM: Claim<DenseSizes> = Claim {
    card: theorem!("approximation/dense_factor_sharper", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020b", "dense networks as downsampled networks; derived here"),
    statement: "s ≤ 4, p = max(1, ⌈M/s⌉, ⌈⌊M/2⌋/⌊s/2⌋⌉), M = n n' - 1  ⟹  \
                Σ (p(3s+2) - 2s - 1 + n) < κ Σ (n n' + n) with κ = 4, 11/2, 7/2",
    cases: || {
        let strata = cases(2..=4, 1..=24).with("up to 64 units", 16, cases(2..=4, 1..=64));
        strata.with("up to 4096 units", 16, cases(2..=4, 1..=4096))
    },
    hypotheses: &[given("s ≤ 4", |case: &DenseSizes| case.s <= 4).needed(
        "s = 5 wastes a tap of six, and long filters cost more than a small layer",
        || cases(5..=12, 1..=24).cases(),
    )],
    conclusion: |case| compare(case, depth, halves),
    twins: &[
        twin("the published depth", |case: &DenseSizes| {
            compare(case, published_filter_count, halves)
        })
        .because("for s = 2 it is twice as many layers"),
        twin("7/2 for every s", |case: &DenseSizes| compare(case, depth, |_| 7))
            .because("with s = 2 there are eight numbers for every two roots"),
        twin("39/10, 27/5, 17/5", |case: &DenseSizes| {
            let tenths = |s: usize| [39, 54, 34][s.clamp(2, 4) - 2];
            let (found, all) = (parameters(case, depth), Rational::from(case.parameters()));
            below("parameters", found, all * Rational::new(tenths(case.s), 10))
        })
        .because("large layers come close to 4, 11/2 and 7/2")
        .drawing(|| cases(2..=4, 30..=64).cases()),
    ],
    well_formed: DenseSizes::check,
};

/// Twice the factor: 8, 11 and 7, the last for longer filters, too.
fn halves(s: usize) -> i64 {
    [8, 11, 7][s.clamp(2, 4) - 2]
}

fn depth(degree: usize, s: usize) -> usize {
    worst_filter_count(degree, s).expect("filters of degree two hold a pair")
}

fn parameters(case: &DenseSizes, depth: fn(usize, usize) -> usize) -> usize {
    let group = |(inputs, outputs): (usize, usize)| {
        let depth = depth(inputs * outputs - 1, case.s);
        group_parameters(depth, case.s, outputs, HiddenBias::RepeatedMiddle)
    };
    case.layers().map(group).sum()
}

/// Against `halves / 2` times the dense parameters.
fn compare(
    case: &DenseSizes,
    depth: fn(usize, usize) -> usize,
    halves: fn(usize) -> i64,
) -> Conclusion {
    let all = Rational::from(case.parameters());
    let bound = all * Rational::new(halves(case.s), 2);
    below("parameters", parameters(case, depth), bound)
}

fn cases(s: Span, widths: Span) -> impl Strategy<Value = DenseSizes> {
    (s, vec(widths, 2..=4)).prop_map(|(s, widths)| DenseSizes { s, widths })
}
