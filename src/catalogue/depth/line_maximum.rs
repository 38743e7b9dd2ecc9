//! On a line, layers of three units and more reach the product of n_l + 1.

use crate::catalogue::prelude::*;
use crate::construct::regions::zigzag_network;
use crate::generators::layer_chains::Stacking;

pub(super) static CLAIM: Claim<Stacking> = Claim {
    card: theorem!("depth/line_maximum", AGAINST_THE_STATEMENT)
        .derived_from("Serra2018", "the maximum for one input")
        .as_printed(
            "quoted: the maximum is the product if n_l ≥ 3 in all layers; the network that has it, \
             and the free last layer, are derived here",
        ),
    statement: "n_0 = 1 and n_l ≥ 3 for l < L  ⟹  regions of the zigzag network = Π (n_l + 1)",
    cases: || {
        lines(3..=6, 0..=3)
            .with("deep", 32, lines(3..=7, 4..=4))
            .with("wide", 64, lines(8..=20, 1..=2))
            .with("40 units, 8 layers", 1024, lines(3..=5, 7..=7))
    },
    hypotheses: &[given("three units a layer", |case: &Stacking| {
        let (_, folding) = case.layers.split_last().expect("a stack has a layer");
        folding.iter().all(|layer| layer[3] >= 3)
    })
    .needed("after two units no more than 2 n + 3 regions are possible", || {
        Cases::listed((1..=40).map(|n| Stacking::dense(1, &[2, n])))
    })],
    conclusion: |case| {
        let product = product(case);
        match zigzag_network(&case.stack(), 1 << 20) {
            Some(net) => {
                let regions = net.count_regions(Notion::R2, &Domain::Whole);
                equal("regions", regions, product)
            }
            None => {
                let most = case.fewer_than(&product).map_err(Undecided);
                equal("most regions of any network", most, product)
            }
        }
    },
    twins: &[twin("layers add", |case: &Stacking| {
        let net = zigzag_network(&case.stack(), 1 << 20)
            .ok_or(Undecided("a layer is too narrow for the network"))?;
        let kinks: usize = case.layers.iter().map(|layer| layer[3]).sum();
        let regions = net.count_regions(Notion::R2, &Domain::Whole);
        at_most("regions", regions, kinks + 1)
    })
    .because("a deep network folds: its units cut every piece anew")
    .drawing(|| lines(3..=5, 1..=1).cases())],
    well_formed: Stacking::check,
};

/// `Π (n_l + 1)`.
fn product(case: &Stacking) -> Natural {
    case.layers.iter().map(|layer| Natural::from(layer[3] + 1)).product()
}

/// Layers and units in these numbers, and a last layer of any width.
fn lines(units: Span, folding: Span) -> impl Strategy<Value = Stacking> {
    let most = *units.end();
    (vec(units, folding), 1..=most).prop_map(|(mut widths, last)| {
        widths.push(last);
        Stacking::dense(1, &widths)
    })
}
