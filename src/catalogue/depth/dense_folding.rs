//! Dense layers fold each input ⌊n_l / n_0⌋ times.

use crate::catalogue::prelude::*;
use crate::construct::regions::folding_network;
use crate::generators::layer_chains::{Stacking, unit_cube};

pub(super) static CLAIM: Claim<Stacking> = Claim {
    card: theorem!("depth/dense_folding", AGAINST_THE_STATEMENT)
        .derived_from("Montufar2014", "the lower bound for deep networks")
        .as_printed(
            "quoted: an inequality for the maximum, with n_l ≥ n_0 in all layers; the count of one \
             network in the cube, and the free last layer, are derived here",
        ),
    statement: "n_l ≥ n_0 for l < L  ⟹  strict regions of the folding network in (0, 1)^n_0 = \
                Π_{l<L} ⌊n_l / n_0⌋^n_0 · Σ_{j≤n_0} C(n_L, j)",
    cases: || {
        shapes(1..=3, 1..=2, 2..=6, 1..=6)
            .with("four inputs", 32, shapes(2..=4, 1..=2, 2..=9, 4..=9))
            .with("6 inputs", 256, shapes(5..=6, 1..=2, 6..=12, 6..=9))
            .with("6 inputs, 40 units", 1024, shapes(6..=6, 2..=4, 6..=12, 10..=14))
    },
    hypotheses: &[given("as wide as the input", |case: &Stacking| {
        let (_, folding) = case.layers.split_last().expect("a stack has a layer");
        folding.iter().all(|layer| layer[3] >= case.input[0])
    })
    .needed("a narrow layer leaves a line, however the fold is rounded", || {
        Cases::listed((3..=12).map(|n| Stacking::dense(2, &[1, n])))
    })],
    conclusion: |case| {
        let claimed = claimed(case, case.input[0]);
        match folding_network(&case.stack(), 1 << 20) {
            Some(net) => {
                let cube = unit_cube(case.input[0]);
                equal("regions", net.count_regions(Notion::Strict, &cube), claimed)
            }
            None => equal("most regions of any network", most(case, &claimed), claimed),
        }
    },
    twins: &[twin("a fold for every unit", |case: &Stacking| {
        let claimed = claimed(case, case.layers[0][3]);
        equal("most regions of any network", most(case, &claimed), claimed)
    })
    .because("the folds of n_0 directions multiply, those of one direction add")
    .drawing(|| Cases::listed((1..=12).map(|n| Stacking::dense(2, &[4, n]))))],
    well_formed: Stacking::check,
};

/// What no parameters exceed, where that excludes the number that is claimed.
fn most(case: &Stacking, claimed: &Natural) -> Result<Natural, Undecided> {
    case.fewer_than(claimed).map_err(Undecided)
}

/// `Π max(1, ⌊n_l / n_0⌋)^exponent` times the cells of the last layer.
fn claimed(case: &Stacking, exponent: usize) -> Natural {
    let inputs = case.input[0];
    let (last, folding) = case.layers.split_last().expect("a stack has a layer");
    let exponent = u32::try_from(exponent).expect("a small shape");
    let folds = folding.iter().map(|layer| Natural::from((layer[3] / inputs).max(1)).pow(exponent));
    folds.product::<Natural>() * choose_up_to(last[3], inputs)
}

/// So many inputs and layers that fold, of `widths` units, and a last one of `last`, with at most
/// 100,000 regions.
fn shapes(
    inputs: Span,
    folding: Span,
    widths: Span,
    last: Span,
) -> impl Strategy<Value = Stacking> {
    (inputs, vec(widths, folding), last)
        .prop_map(|(inputs, mut widths, last)| {
            widths.iter_mut().for_each(|width| *width = inputs.max(*width));
            widths.push(last);
            Stacking::dense(inputs, &widths)
        })
        .prop_filter("few enough to count", |case| {
            claimed(case, case.input[0]) <= Natural::from(1u32 << 17)
        })
}
