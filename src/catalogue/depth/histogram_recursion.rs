//! The recursion over histograms of dimensions is the sum over numbers of closed units.

use crate::catalogue::prelude::*;
use crate::counting::{choose, dense};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("depth/histogram_recursion", AGAINST_ITS_NOTE)
        .quoted_from("HinzVanDeGeer2019", "the framework of histograms, with binomial entries")
        .as_printed(
            "quoted: with these entries the framework gives the bound of Serra et al.; sharper \
             entries were announced in 2021 and are not known here",
        ),
    statement: "histograms of dimensions, γ(n, n') = Σ_{j≤n} C(n', j) e_{n'-j} cut at n, layer \
                after layer  =  Σ over j_l ≤ min(n_0, n_1 - j_1, .., n_{l-1} - j_{l-1}, n_l) \
                of Π C(n_l, j_l)",
    cases: || {
        cases(1..=3, 1..=4, 1..=4)
            .with("narrow layers", 4, cases(2..=6, 2..=5, 1..=2))
            .with("10 inputs, 16 units a layer", 16, cases(8..=10, 2..=3, 12..=16))
            .with("20 inputs, 40 units a layer", 128, cases(16..=20, 2..=3, 30..=40))
    },
    hypotheses: &[],
    conclusion: |case| {
        let recursion = dense::serra_upper(case.inputs, &case.widths);
        equal("bound", recursion, sum(case.inputs, &case.widths))
    },
    twins: &[
        twin("the narrowest layer so far", |case: &Case| {
            let narrowest = dense::montufar_upper(case.inputs, &case.widths);
            equal("bound", narrowest, sum(case.inputs, &case.widths))
        })
        .because("units that are closed leave fewer dimensions than the layer has"),
        twin("dimensions in the order of closed units", |case: &Case| {
            equal("bound", mixed(case.inputs, &case.widths), sum(case.inputs, &case.widths))
        })
        .because("j closed units leave n - j dimensions, not j"),
    ],
    well_formed: |case| {
        let fits = (1..=24).contains(&case.inputs) && (1..=6).contains(&case.widths.len());
        require!(fits, "there must be 1 to 24 inputs and 1 to 6 layers")?;
        let fits = case.widths.iter().all(|width| (1..=64).contains(width));
        require!(fits, "there must be 1 to 64 units in each layer")?;
        let choices = case.widths.iter().map(|width| width.min(&case.inputs) + 1);
        let all = choices.fold(1usize, usize::saturating_mul);
        require!(all <= 1 << 17, "{all} choices of closed units; at most 2^17 are listed")
    },
};

/// The inputs and the units of each layer.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    inputs: usize,
    widths: Vec<usize>,
}

/// The sum, choice by choice, with so many dimensions left.
fn sum(dimension: usize, widths: &[usize]) -> Natural {
    let Some((&width, later)) = widths.split_first() else { return Natural::from(1u32) };
    let term = |j: usize| choose(width, j) * sum(dimension.min(width - j), later);
    (0..=dimension.min(width)).map(term).sum()
}

/// The same with `j` dimensions left by `j` closed units.
fn mixed(dimension: usize, widths: &[usize]) -> Natural {
    let Some((&width, later)) = widths.split_first() else { return Natural::from(1u32) };
    let term = |j: usize| choose(width, j) * mixed(dimension.min(j), later);
    (0..=dimension.min(width)).map(term).sum()
}

fn cases(inputs: Span, layers: Span, units: Span) -> impl Strategy<Value = Case> {
    (inputs, vec(units, layers)).prop_map(|(inputs, widths)| Case { inputs, widths })
}
