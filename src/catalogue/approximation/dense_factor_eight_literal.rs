//! Keeping all entries of a downsampling, the factor 8 holds for several layers.

use crate::catalogue::prelude::*;
use crate::construct::sizes::{HiddenBias, group_parameters, published_filter_count};
use crate::generators::dense::{DenseSizes, sizes};

pub(super) static CLAIM: Claim<DenseSizes> = Claim {
    card: refuted!("approximation/dense_factor_eight_literal")
        .remembered_from("Zhou2020b", "dense networks as downsampled networks")
        .as_printed("one reading of the definition; approximation/dense_factor_eight is true"),
    statement: "2 ≤ s ≤ every n', each group reads all entries that downsampling leaves  ⟹  \
                Σ (Δ(3s+2) - 2s - 1 + n) < 8 Σ (n n' + n)",
    cases: || sizes(4, 2..=16).with("up to 4096 units", 16, sizes(6, 2..=4096)),
    hypotheses: &[given("s ≤ n'", DenseSizes::filters_are_short)],
    conclusion: |case| compare(case, 8),
    twins: &[twin("factor 13", |case: &DenseSizes| compare(case, 13))
        .because("four layers of sixteen units with s = 2 take 13.19 times the parameters")
        .drawing(|| sizes(6, 14..=20).cases())],
    well_formed: DenseSizes::check,
};

fn compare(case: &DenseSizes, factor: usize) -> Conclusion {
    let mut inputs = case.widths[0];
    let group = |outputs: &usize| {
        let depth = published_filter_count(inputs * outputs - 1, case.s);
        inputs = (inputs + depth * case.s) / inputs;
        group_parameters(depth, case.s, *outputs, HiddenBias::RepeatedMiddle)
    };
    let found: usize = case.widths[1..].iter().map(group).sum();
    below("parameters", found, factor * case.parameters())
}
