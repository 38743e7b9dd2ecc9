//! With one bias a hidden layer the factor of a dense layer is below 5/2.

use crate::catalogue::prelude::*;
use crate::construct::sizes::{HiddenBias, group_parameters, worst_filter_count};
use crate::generators::dense::{DenseSizes, one_layer, sizes};

pub(super) static CLAIM: Claim<DenseSizes> = Claim {
    card: theorem!("approximation/dense_factor_scalar_bias", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020b", "dense networks as downsampled networks; derived here"),
    statement: "2 ≤ s ≤ every n', p = max(1, ⌈M/s⌉, ⌈⌊M/2⌋/⌊s/2⌋⌉), M = n n' - 1  ⟹  \
                Σ (p(s+2) - 1 + n) < 5/2 Σ (n n' + n)",
    cases: || {
        let strata = sizes(3, 2..=40).with("up to 64 units", 16, sizes(8, 2..=64));
        strata.with("up to 4096 units", 16, sizes(6, 2..=4096))
    },
    hypotheses: &[given("s ≤ n'", DenseSizes::filters_are_short)
        .needed("one filter of s + 1 taps exceeds a small layer", || {
            one_layer(4..=12, 1..=3).cases()
        })],
    conclusion: |case| compare(case, HiddenBias::Scalar, Rational::new(5, 2)),
    twins: &[
        twin("repeated middles", |case: &DenseSizes| {
            compare(case, HiddenBias::RepeatedMiddle, Rational::new(5, 2))
        })
        .because("2 s + 1 numbers a layer are three in five of all"),
        twin("12/5", |case: &DenseSizes| compare(case, HiddenBias::Scalar, Rational::new(12, 5)))
            .because("s = 3 comes close to 5/2")
            .drawing(|| {
                let wide = (20usize..=64, 20usize..=64);
                wide.prop_map(|(a, b)| DenseSizes { s: 3, widths: vec![a, b] }).cases()
            }),
    ],
    well_formed: DenseSizes::check,
};

fn compare(case: &DenseSizes, hidden: HiddenBias, factor: Rational) -> Conclusion {
    let group = |(inputs, outputs): (usize, usize)| {
        let depth = worst_filter_count(inputs * outputs - 1, case.s);
        group_parameters(depth.expect("s is two at least"), case.s, outputs, hidden)
    };
    let found: usize = case.layers().map(group).sum();
    below("parameters", found, factor * Rational::from(case.parameters()))
}
