//! Downsampled convolutions for a dense network take less than 8 times its parameters.

use crate::catalogue::prelude::*;
use crate::construct::sizes::{HiddenBias, group_parameters, published_filter_count};
use crate::generators::dense::{DenseSizes, one_layer, sizes};

pub(super) static CLAIM: Claim<DenseSizes> = Claim {
    card: theorem!("approximation/dense_factor_eight", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020b", "dense networks as downsampled networks")
        .as_printed("the constant 8 is remembered; what is counted and the proof are ours"),
    statement: "2 ≤ s ≤ every n'  ⟹  Σ (Δ(3s+2) - 2s - 1 + n) < 8 Σ (n n' + n) with Δ = \
                ⌈(n n' - 1)/(s-1)⌉ layers a group, downsampling cut to n units",
    cases: || {
        let strata = sizes(4, 2..=16).with("up to 64 units", 16, sizes(8, 2..=64));
        strata.with("up to 4096 units", 16, sizes(6, 2..=4096))
    },
    hypotheses: &[given("s ≤ n'", DenseSizes::filters_are_short)
        .needed("one long filter costs more than a small layer", || {
            one_layer(30..=64, 1..=2).cases()
        })],
    conclusion: |case| compare(case, parameters(case), 8),
    twins: &[
        twin("factor 7", |case: &DenseSizes| compare(case, parameters(case), 7))
            .because("eight units on eight inputs with s = 2 take 507 of 504"),
        twin("all entries kept", |case: &DenseSizes| compare(case, literal(case), 8))
            .because("every further layer then reads s/(s-1) times as many units"),
    ],
    well_formed: DenseSizes::check,
};

fn compare(case: &DenseSizes, found: usize, factor: usize) -> Conclusion {
    below("parameters", found, factor * case.parameters())
}

/// The parameters of all groups when the first `n` entries are kept.
fn parameters(case: &DenseSizes) -> usize {
    case.layers().map(|(inputs, outputs)| group(inputs, outputs, case.s).0).sum()
}

/// The same when each group hands on all that downsampling leaves.
fn literal(case: &DenseSizes) -> usize {
    let mut inputs = case.widths[0];
    let group = |outputs: &usize| {
        let (parameters, kept) = group(inputs, *outputs, case.s);
        inputs = kept;
        parameters
    };
    case.widths[1..].iter().map(group).sum()
}

/// Parameters of a group on `inputs` units, and the entries that downsampling leaves.
fn group(inputs: usize, outputs: usize, s: usize) -> (usize, usize) {
    let depth = published_filter_count(inputs * outputs - 1, s);
    let parameters = group_parameters(depth, s, outputs, HiddenBias::RepeatedMiddle);
    (parameters, (inputs + depth * s) / inputs)
}
