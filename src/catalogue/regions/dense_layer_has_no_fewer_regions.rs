//! A fully connected layer with as many units has no fewer regions.

use crate::catalogue::prelude::*;
use crate::generators::filters::Layout;

/// The most sets that are listed for a maximum.
const STEPS: usize = 1 << 20;

pub(super) static CLAIM: Claim<Layout> = Claim {
    card: theorem!("regions/dense_layer_has_no_fewer_regions", LINE_BY_LINE)
        .derived_from("Xiong2020", "the comparison around Theorem 6, at equal neurons")
        .as_printed(
            "at equal units it is ours; remembered is a comparison per parameter, for d → ∞",
        ),
    statement: "maximum of one convolution ≤ Σ_{i ≤ n} C(N, i), the maximum of N fully \
                connected units on n inputs",
    cases,
    hypotheses: &[],
    conclusion: |case| at_most("regions", convolution(case), dense(case)),
    twins: &[
        twin("the convolution has no fewer", |case: &Layout| {
            at_least("regions", convolution(case), dense(case))
        })
        .because("windows that miss inputs and shared filters cut less"),
        twin("a fully connected layer has no fewer a parameter", |case: &Layout| {
            let [own, full] = parameters(case);
            at_most("regions a parameter", convolution(case)? / own, dense(case) / full)
        })
        .because("shared filters have far fewer parameters"),
    ],
    well_formed: Layout::check,
};

fn convolution(case: &Layout) -> Result<Rational, Undecided> {
    match case.sliding().maximum(case.filters, STEPS) {
        Some((maximum, _)) => Ok(maximum.into()),
        None => Err(Undecided("the maximum takes too many steps")),
    }
}

fn dense(case: &Layout) -> Rational {
    Rational::from(case.sliding().dense_count(case.filters))
}

/// Parameters of the convolution, and of a fully connected layer with as many units.
fn parameters(case: &Layout) -> [Rational; 2] {
    let (inputs, units) = (case.sliding().inputs(), case.units());
    let [weights, biases] = [units * inputs, units].map(|n| vec![Rational::ZERO; n]);
    let full = Network::new(Shape::Flat(inputs), vec![Layer::dense(units, weights, biases)]);
    let own = case.named().network(Activation::relu());
    [own, full.expect("the layer fits")].map(|net| Rational::from(net.parameter_count()))
}

fn cases() -> Cases<Layout> {
    let plane =
        filters::plane(6).prop_map(|layout| Layout { filters: layout.filters.min(2), ..layout });
    let small = wide_layouts::layouts(1..=5, 1..=11);
    prop_oneof![2 => filters::line(12), 1 => plane, 3 => small]
        .with("6 inputs, 20 units", 16, wide_layouts::layouts(2..=6, 12..=20))
        .with("6 inputs, 40 units", 64, wide_layouts::layouts(6..=6, 40..=40))
        .with("8 inputs, 60 units", 512, wide_layouts::layouts(7..=8, 40..=60))
}
